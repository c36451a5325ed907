//! The workbook part, its relationships and the list of content types: which sheets there are, and one more first.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::package::{Package, rels_of, resolve};
use super::part::{RELATIONSHIPS, attribute, emit, emit_raw, escape, prefix_of, rewrite, with_attribute};
use crate::domain::refusal::Refusal;

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/// What the workbook part says.
pub(super) struct Book {
    /// Name of the workbook part.
    pub(super) part: String,
    /// Name and part of every worksheet, in order.
    pub(super) sheets: Vec<(String, String)>,
    /// The style part.
    pub(super) styles: Option<String>,
    highest_sheet_id: u32,
    /// The sheet that we added on an earlier occasion, if the file was annotated before.
    ours: Option<String>,
}

impl Book {
    /// Reads the workbook part.
    pub(super) fn of(package: &mut Package<'_>) -> Result<Book, Refusal> {
        let part = relationships(package, "")?
            .into_values()
            .find(|(kind, _)| kind.ends_with("/officeDocument"))
            .map(|(_, target)| target)
            .ok_or(Refusal::FileDamaged)?;
        let targets = relationships(package, &part)?;
        let mut book =
            Book { part: part.clone(), sheets: Vec::new(), styles: None, highest_sheet_id: 0, ours: None };
        book.styles =
            targets.values().find(|(kind, _)| kind.ends_with("/styles")).map(|(_, target)| target.clone());
        let xml = package.get(&part)?;
        rewrite(&xml, |event, _, _| {
            if let Event::Start(element) | Event::Empty(element) = &event
                && element.local_name().as_ref() == "sheet"
            {
                let id = attribute(element, "sheetId").and_then(|id| id.parse().ok()).unwrap_or(0);
                book.highest_sheet_id = book.highest_sheet_id.max(id);
                let target = attribute(element, "id").and_then(|id| targets.get(&id));
                if let (Some(name), Some((kind, target))) = (attribute(element, "name"), target)
                    && kind.ends_with("/worksheet")
                {
                    book.sheets.push((name, target.clone()));
                }
            }
            Ok(())
        })?;
        for (name, target) in &book.sheets {
            if name == super::SHEET_NAME && package.get(target)?.contains(super::SIGNATURE) {
                book.ours = Some(target.clone());
            }
        }
        Ok(book)
    }
}

/// Relationships of a part (`""` = the package): id to kind and target part. External targets are left out.
pub(super) fn relationships(
    package: &mut Package<'_>,
    part: &str,
) -> Result<BTreeMap<String, (String, String)>, Refusal> {
    let mut targets = BTreeMap::new();
    let Some(xml) = package.find(&rels_of(part))? else { return Ok(targets) };
    rewrite(&xml, |event, _, _| {
        if let Event::Start(element) | Event::Empty(element) = &event
            && element.local_name().as_ref() == "Relationship"
            && attribute(element, "TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"))
        {
            targets.insert(id, (kind, resolve(part, &target)));
        }
        Ok(())
    })?;
    Ok(targets)
}

/// Adds a relationship to a part and gives its id.
pub(super) fn relate(
    package: &mut Package<'_>,
    part: &str,
    kind: &str,
    target: &str,
) -> Result<String, Refusal> {
    let rels = rels_of(part);
    let xml = package.find(&rels)?.unwrap_or_else(|| {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
    });
    let mut number = 1;
    while xml.contains(&format!("\"rIdGb{number}\"")) {
        number += 1;
    }
    let id = format!("rIdGb{number}");
    let entry =
        format!("Relationship Id=\"{id}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"/{}\"/>", escape(target));
    let patched = rewrite(&xml, |event, depth, out| {
        match &event {
            Event::End(element) if depth == 0 => {
                let p =
                    element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
                emit_raw(out, &format!("<{p}{entry}"));
            }
            // A list without an entry may be written as one empty element.
            Event::Empty(element) if depth == 0 => {
                let (name, p) = (element.name().as_ref().to_owned(), prefix_of(element));
                emit_raw(out, &format!("<{name}{}><{p}{entry}</{name}>", element.attributes_raw()));
                return Ok(());
            }
            _ => {}
        }
        emit(out, event.borrow())
    })?;
    package.put(&rels, patched);
    Ok(id)
}

/// Adds entries (`<Default .../>` or `<Override .../>` without the brackets) to the list of content types.
pub(super) fn declare(package: &mut Package<'_>, entries: &[String]) -> Result<(), Refusal> {
    let name = "[Content_Types].xml";
    let xml = package.get(name)?;
    let patched = rewrite(&xml, |event, depth, out| {
        if let Event::End(element) = &event
            && depth == 0
        {
            let p = element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
            for entry in entries.iter().filter(|entry| !xml.contains(entry.as_str())) {
                emit_raw(out, &format!("<{p}{entry}/>"));
            }
        }
        emit(out, event.borrow())
    })?;
    package.put(name, patched);
    Ok(())
}

/// Puts the sheet of findings first and moves what counts sheets by position. A sheet of ours from an earlier
/// occasion is overwritten in its place.
pub(super) fn insert_first(package: &mut Package<'_>, book: &Book, sheet: String) -> Result<(), Refusal> {
    if let Some(part) = &book.ours {
        package.put(part, sheet);
        return Ok(());
    }
    let part = package.free_name("xl/worksheets/giaoban", ".xml");
    package.put(&part, sheet);
    declare(package, &[format!("Override PartName=\"/{part}\" ContentType=\"{SHEET_TYPE}\"")])?;
    let relationship = relate(package, &book.part, "worksheet", &part)?;
    let id = book.highest_sheet_id + 1;
    let xml = package.get(&book.part)?;
    let patched = rewrite(&xml, |event, _, out| match &event {
        Event::Start(element) if element.local_name().as_ref() == "sheets" => {
            let p = prefix_of(element);
            emit(out, event.borrow())?;
            emit_raw(
                out,
                &format!(
                    "<{p}sheet name=\"{}\" sheetId=\"{id}\" xmlns:gbr=\"{RELATIONSHIPS}\" gbr:id=\"{relationship}\"/>",
                    super::SHEET_NAME
                ),
            );
            Ok(())
        }
        Event::Start(element) | Event::Empty(element) => {
            let moved = match element.local_name().as_ref() {
                "definedName" => moved(element, "localSheetId"),
                "workbookView" => {
                    Some(with_attribute(&with_attribute(element, "activeTab", "0"), "firstSheet", "0"))
                }
                _ => None,
            };
            match (moved, &event) {
                (Some(element), Event::Empty(_)) => emit(out, Event::Empty(element)),
                (Some(element), _) => emit(out, Event::Start(element)),
                (None, _) => emit(out, event.borrow()),
            }
        }
        _ => emit(out, event.borrow()),
    })?;
    package.put(&book.part, patched);
    Ok(())
}

/// The element with a sheet position moved by one, if it carries one.
fn moved(
    element: &quick_xml::events::BytesStart<'_>,
    name: &str,
) -> Option<quick_xml::events::BytesStart<'static>> {
    let position: u32 = attribute(element, name)?.parse().ok()?;
    Some(with_attribute(element, name, &(position + 1).to_string()))
}
