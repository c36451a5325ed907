//! The zip package around the parts: what is replaced or added is kept aside, all else is copied as it lies.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::domain::refusal::Refusal;
use crate::workbook::limits::MAX_PART_BYTES;

/// A package being patched.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as they stand in the package, by their lower case: part names differ in more than case (OPC 6.2.2.3).
    names: HashMap<String, String>,
    changed: BTreeMap<String, Vec<u8>>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::FileDamaged)?;
        let mut names = HashMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                names.insert(name.to_lowercase(), name.into_owned());
            }
        }
        Ok(Package { archive, names, changed: BTreeMap::new() })
    }

    /// The name as the package spells it.
    fn spelt(&self, name: &str) -> String {
        self.names.get(&name.to_lowercase()).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&name.to_lowercase())
    }

    /// Whether the package carries digital signatures.
    pub(super) fn is_signed(&self) -> bool {
        self.names.keys().any(|name| name.starts_with("_xmlsignatures/"))
    }

    /// A part as it stands now; `None` when there is none.
    pub(super) fn find(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let name = self.spelt(name);
        if let Some(bytes) = self.changed.get(&name) {
            return Ok(Some(text_of(bytes)?));
        }
        let Ok(file) = self.archive.by_name(&name) else { return Ok(None) };
        let mut bytes = Vec::new();
        // What is larger was refused when it came in; the limit holds against what changed since.
        let read = file.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Refusal::FileDamaged)?;
        if read as u64 > MAX_PART_BYTES { Err(Refusal::FileTooLarge) } else { Ok(Some(text_of(&bytes)?)) }
    }

    /// A part that must be there.
    pub(super) fn get(&mut self, name: &str) -> Result<String, Refusal> {
        self.find(name)?.ok_or(Refusal::FileDamaged)
    }

    /// Replaces or adds a part.
    pub(super) fn put(&mut self, name: &str, text: impl Into<Vec<u8>>) {
        let name = self.spelt(name);
        self.names.insert(name.to_lowercase(), name.clone());
        self.changed.insert(name, text.into());
    }

    /// A part name that is not taken: `stem` + the first free number + `ending`.
    pub(super) fn free_name(&self, stem: &str, ending: &str) -> String {
        let mut number = 1u32;
        loop {
            let name = format!("{stem}{number}{ending}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// The package with its changes; parts keep their order, new ones come last.
    pub(super) fn save(mut self) -> Result<Vec<u8>, Refusal> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|_| Refusal::FileDamaged)?;
            let name = file.name().map_err(|_| Refusal::FileDamaged)?.into_owned();
            match self.changed.remove(&name) {
                Some(bytes) => {
                    drop(file);
                    write_part(&mut writer, &name, &bytes, options)?;
                }
                None => writer.raw_copy_file(file).map_err(|_| Refusal::FileDamaged)?,
            }
        }
        for (name, bytes) in &self.changed {
            write_part(&mut writer, name, bytes, options)?;
        }
        let cursor = writer.finish().map_err(|_| Refusal::FileDamaged)?;
        Ok(cursor.into_inner())
    }
}

fn write_part(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
    options: SimpleFileOptions,
) -> Result<(), Refusal> {
    writer.start_file(name, options).map_err(|_| Refusal::FileDamaged)?;
    writer.write_all(bytes).map_err(|_| Refusal::FileDamaged)
}

/// Parts are UTF-8, rarely UTF-16 with a mark. They are written as UTF-8, so a declaration that says otherwise is put
/// right.
fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    let (text, encoding, broken) = encoding_rs::UTF_8.decode(bytes);
    if broken {
        return Err(Refusal::FileDamaged);
    }
    if encoding == encoding_rs::UTF_8 {
        return Ok(text.into_owned());
    }
    let (head, rest) = text.split_at(text.find("?>").unwrap_or(0));
    Ok(head.replace("UTF-16", "UTF-8").replace("utf-16", "UTF-8") + rest)
}

/// The part that a relationship target points to, seen from the part that holds the relationship.
pub(super) fn resolve(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for piece in target.split('/') {
        match piece {
            ".." => {
                folders.pop();
            }
            "." | "" => {}
            piece => folders.push(piece),
        }
    }
    folders.join("/")
}

/// The relationships part of a part: `xl/workbook.xml` has `xl/_rels/workbook.xml.rels`.
pub(super) fn rels_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_part() {
        assert_eq!(resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "/xl/comments1.xml"), "xl/comments1.xml");
        assert_eq!(rels_of("xl/worksheets/sheet1.xml"), "xl/worksheets/_rels/sheet1.xml.rels");
    }
}
