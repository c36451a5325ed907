//! Which part of the package is what: relations, the list of sheets, custom properties.

use quick_xml::events::{BytesStart, Event};

use crate::domain::refusal::Refusal;
use crate::sheet::cell::Visibility;
use crate::workbook::limits;
use crate::workbook::preflight::package::Package;
use crate::workbook::preflight::xml::{Xml, attribute, flag, local};

/// What the workbook part says.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) date_1904: bool,
    pub(crate) sheets: Vec<Entry>,
    pub(crate) styles: Option<String>,
    pub(crate) strings: Option<String>,
    pub(crate) theme: Option<String>,
}

/// A sheet as listed.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) visibility: Visibility,
    pub(crate) part: String,
}

/// One line of a relations part.
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
}

/// The name of the workbook part, as the package relations give it.
pub(crate) fn workbook_part(package: &mut Package<'_>) -> Result<Option<String>, Refusal> {
    let relations = relations(package, "")?;
    Ok(relations
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map(|found| found.target))
}

/// The relations of a part, targets made whole; none when it has no relations part. External targets are left out.
pub(crate) fn relations(package: &mut Package<'_>, of: &str) -> Result<Vec<Relation>, Refusal> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name =
        if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(text) = package.text(&name)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text);
    let mut relations = Vec::new();
    loop {
        match xml.next_event()? {
            Event::Start(element) | Event::Empty(element) if local(&element) == "Relationship" => {
                if attribute(&element, "TargetMode")?.is_some_and(|mode| mode == "External") {
                    continue;
                }
                let text = |name| attribute(&element, name).map(Option::unwrap_or_default);
                relations.push(Relation {
                    id: text("Id")?.into_owned(),
                    kind: text("Type")?.into_owned(),
                    target: whole(folder, &text("Target")?),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// A target seen from the root of the package.
fn whole(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            _ => path.push(step),
        }
    }
    path.join("/")
}

/// The target of the first relation of a kind.
pub(crate) fn target(relations: &[Relation], ending: &str) -> Option<String> {
    relations.iter().find(|relation| relation.kind.ends_with(ending)).map(|relation| relation.target.clone())
}

/// Reads the workbook part.
pub(crate) fn outline(package: &mut Package<'_>, name: &str) -> Result<Outline, Refusal> {
    let relations = relations(package, name)?;
    let mut outline = Outline {
        styles: target(&relations, "/styles"),
        strings: target(&relations, "/sharedStrings"),
        theme: target(&relations, "/theme"),
        ..Outline::default()
    };
    let text = package.text(name)?.ok_or(Refusal::FileDamaged)?;
    let mut xml = Xml::new(&text);
    loop {
        match xml.next_event()? {
            Event::Start(element) | Event::Empty(element) => match local(&element) {
                "workbookPr" => outline.date_1904 = flag(&element, "date1904")?,
                "sheet" => {
                    let id = relation_id(&element)?.unwrap_or_default();
                    let relation = relations.iter().find(|relation| relation.id == id);
                    let relation = relation.ok_or(Refusal::FileDamaged)?;
                    // Chart sheets, dialogs and Excel 4 macro sheets hold no table.
                    if !relation.kind.ends_with("/worksheet") {
                        continue;
                    }
                    let hidden = attribute(&element, "state")?.is_some_and(|state| state != "visible");
                    outline.sheets.push(Entry {
                        name: attribute(&element, "name")?.unwrap_or_default().into_owned(),
                        visibility: if hidden { Visibility::Hidden } else { Visibility::Visible },
                        part: relation.target.clone(),
                    });
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if outline.sheets.is_empty() { Err(Refusal::NotAWorkbook) } else { Ok(outline) }
}

/// The id of a relation that an element names, whatever prefix the file gives to that namespace.
fn relation_id(element: &BytesStart<'_>) -> Result<Option<String>, Refusal> {
    let mut attributes = element.attributes();
    let named = attributes.with_checks(false).flatten().find(|attribute| {
        // `sheetId` is another name; only the namespace of relations has one called `id`.
        attribute.key.local_name().into_inner() == "id"
    });
    let Some(name) = named.map(|attribute| attribute.key.as_ref().to_owned()) else { return Ok(None) };
    Ok(attribute(element, &name)?.map(std::borrow::Cow::into_owned))
}

/// The custom document properties, as text, in their order.
pub(crate) fn properties(package: &mut Package<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let relations = relations(package, "")?;
    let Some(relation) = relations.iter().find(|relation| relation.kind.ends_with("/custom-properties"))
    else {
        return Ok(Vec::new());
    };
    let Some(text) = package.text(&relation.target)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text);
    let mut properties = Vec::new();
    loop {
        match xml.next_event()? {
            Event::Start(element) if local(&element) == "property" => {
                let name = attribute(&element, "name")?.unwrap_or_default().into_owned();
                let mut value = String::new();
                xml.text_into(&mut value)?;
                if properties.len() < limits::MAX_PROPERTIES && value.len() <= limits::MAX_PROPERTY_BYTES {
                    properties.push((name, value.trim().to_owned()));
                }
            }
            Event::Eof => return Ok(properties),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn targets_are_made_whole() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl/worksheets", "../sharedStrings.xml", "xl/sharedStrings.xml"),
            ("", "./xl/workbook.xml", "xl/workbook.xml"),
            ("", "../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(whole(folder, target), expected);
        }
    }
}
