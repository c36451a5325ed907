//! A zip package, opened only when its directory looks harmless, and read part by part within limits.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::CompressionMethod;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::domain::refusal::Refusal;
use crate::workbook::limits;

/// An opened package.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry numbers by name: lower case, forward slashes, no leading slash; Excel compares names this way.
    entries: HashMap<String, usize>,
}

impl<'a> Package<'a> {
    /// Opens the package and checks its directory: number of entries, duplicate and overlapping ones, encryption,
    /// declared sizes, ratio.
    ///
    /// # Errors
    /// `FileTruncated`, `FileDamaged`, `FileSuspicious`, `FileTooLarge`, `PasswordProtected`.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(bytes))?;
        if archive.len() > limits::MAX_ENTRIES {
            return Err(Refusal::FileSuspicious);
        }
        if archive.has_duplicate_names() || archive.has_overlapping_entries().map_err(|_| broken(bytes))? {
            return Err(Refusal::FileSuspicious);
        }
        let mut entries = HashMap::with_capacity(archive.len());
        let mut inflated = 0u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| refusal(&error))?;
            if entry.encrypted() {
                return Err(Refusal::PasswordProtected);
            }
            if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(Refusal::FileSuspicious);
            }
            let size = entry.size();
            inflated = inflated.saturating_add(size);
            if size > limits::RATIO_FROM_BYTES && size / entry.compressed_size().max(1) > limits::MAX_RATIO {
                return Err(Refusal::FileSuspicious);
            }
            let name = key(&entry.name().map_err(|error| refusal(&error))?);
            // Two names that differ in case only are one part to Excel and two to other readers.
            if entries.insert(name, index).is_some() {
                return Err(Refusal::FileSuspicious);
            }
        }
        if inflated > limits::MAX_INFLATED_BYTES {
            return Err(Refusal::FileTooLarge);
        }
        Ok(Package { archive, entries })
    }

    /// Whether the package has this part.
    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name))
    }

    /// The inflated bytes of a part, its check sum verified; nothing when there is no such part.
    ///
    /// # Errors
    /// `FileTooLarge` beyond `MAX_PART_BYTES`, whatever the directory declares; `FileDamaged` for a wrong check sum.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.entries.get(&key(name)).copied() else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| refusal(&error))?;
        let declared = entry.size();
        if declared > limits::MAX_PART_BYTES {
            return Err(Refusal::FileTooLarge);
        }
        // A directory that lies about a size must not make us reserve it.
        let packed = entry.compressed_size();
        let reserve = declared.min(packed.saturating_mul(limits::MAX_RATIO)).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(reserve).unwrap_or(0));
        entry.take(limits::MAX_PART_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Refusal::FileDamaged)?;
        let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if read > limits::MAX_PART_BYTES {
            return Err(Refusal::FileTooLarge);
        }
        if read > limits::RATIO_FROM_BYTES && read / packed.max(1) > limits::MAX_RATIO {
            return Err(Refusal::FileSuspicious);
        }
        if read != declared {
            return Err(Refusal::FileDamaged);
        }
        Ok(Some(bytes))
    }

    /// The text of an XML part; UTF-8, or UTF-16 with its byte order mark.
    ///
    /// # Errors
    /// As `bytes`; `FileDamaged` for bytes that are no text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            let (text, _, damaged) = encoding_rs::UTF_16LE.decode(&bytes);
            return if damaged { Err(Refusal::FileDamaged) } else { Ok(Some(text.into_owned())) };
        }
        String::from_utf8(bytes).map(Some).map_err(|_| Refusal::FileDamaged)
    }
}

/// The name by which parts are found.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A directory that cannot be read: cut off when its end record is missing, damaged otherwise.
fn broken(bytes: &[u8]) -> Refusal {
    // The end record has 22 bytes and a comment of at most 65,535 ([APPNOTE] 4.3.16).
    let tail = &bytes[bytes.len().saturating_sub(22 + 65_535)..];
    match tail.windows(4).rposition(|window| window == b"PK\x05\x06") {
        Some(at) if tail.len() - at >= 22 => Refusal::FileDamaged,
        Some(_) | None => Refusal::FileTruncated,
    }
}

fn refusal(error: &ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword => Refusal::PasswordProtected,
        ZipError::CompressionMethodNotSupported(_)
        | ZipError::DecompressedSizeLimitExceeded { .. }
        | ZipError::DecompressedSizeUnknown => Refusal::FileSuspicious,
        ZipError::UnsupportedArchive(reason) if reason.contains("assword") => Refusal::PasswordProtected,
        // The rest is a damaged file, and so is whatever kinds of error a later version of the crate adds.
        _ => Refusal::FileDamaged,
    }
}
