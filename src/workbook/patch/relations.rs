//! Relationships of parts and the list of content types: what is there, and one more.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::package::{Package, rels_of, resolve};
use super::part::{attribute, emit, emit_raw, escape, prefix_of, prefix_of_name, rewrite};
use crate::domain::refusal::Refusal;

/// The two families of namespaces of ISO 29500: parts of one package keep to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// What Excel usually writes.
    Transitional,
    /// "Strict Open XML".
    Strict,
}

impl Flavour {
    /// Namespace of worksheets, comments and styles.
    pub(super) fn main(self) -> &'static str {
        match self {
            Flavour::Transitional => "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            Flavour::Strict => "http://purl.oclc.org/ooxml/spreadsheetml/main",
        }
    }

    /// Namespace of `r:id`; with a word added, the type of a relationship.
    pub(super) fn relationships(self) -> &'static str {
        match self {
            Flavour::Transitional => "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            Flavour::Strict => "http://purl.oclc.org/ooxml/officeDocument/relationships",
        }
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
    (flavour, kind): (Flavour, &str),
    target: &str,
) -> Result<String, Refusal> {
    let rels = rels_of(part);
    let xml = package.find(&rels)?.unwrap_or_else(|| {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
    });
    let mut number = 1;
    while xml.contains(&format!("rIdGb{number}\"")) || xml.contains(&format!("rIdGb{number}'")) {
        number += 1;
    }
    let id = format!("rIdGb{number}");
    let family = flavour.relationships();
    let entry = format!("Relationship Id=\"{id}\" Type=\"{family}/{kind}\" Target=\"/{}\"/>", escape(target));
    package.put(&rels, with_entries(&xml, &[entry])?);
    Ok(id)
}

/// Says what kind of content a part has.
pub(super) fn declare(package: &mut Package<'_>, part: &str, content: &str) -> Result<(), Refusal> {
    let name = "[Content_Types].xml";
    let xml = package.get(name)?;
    let entry = format!("Override PartName=\"/{}\" ContentType=\"{content}\"/>", escape(part));
    package.put(name, with_entries(&xml, &[entry])?);
    Ok(())
}

/// Says what kind of content parts with this ending have, unless that is said already.
pub(super) fn declare_ending(package: &mut Package<'_>, ending: &str, content: &str) -> Result<(), Refusal> {
    let name = "[Content_Types].xml";
    let xml = package.get(name)?;
    let mut known = false;
    rewrite(&xml, |event, _, _| {
        if let Event::Start(element) | Event::Empty(element) = &event
            && element.local_name().as_ref() == "Default"
        {
            known |= attribute(element, "Extension").is_some_and(|other| other.eq_ignore_ascii_case(ending));
        }
        Ok(())
    })?;
    if !known {
        let entry = format!("Default Extension=\"{ending}\" ContentType=\"{content}\"/>");
        package.put(name, with_entries(&xml, &[entry])?);
    }
    Ok(())
}

/// The list with these entries (without their opening bracket) at its end.
fn with_entries(xml: &str, entries: &[String]) -> Result<Vec<u8>, Refusal> {
    let all = |p: &str| entries.iter().map(|entry| format!("<{p}{entry}")).collect::<String>();
    rewrite(xml, |event, depth, out| {
        match &event {
            Event::End(element) if depth == 0 => {
                emit_raw(out, &all(&prefix_of_name(&element.name())));
            }
            // A list without an entry may be written as one empty element.
            Event::Empty(element) if depth == 0 => {
                let (name, p) = (element.name().as_ref().to_owned(), prefix_of(element));
                emit_raw(out, &format!("<{name}{}>{}</{name}>", element.attributes_raw(), all(&p)));
                return Ok(());
            }
            _ => {}
        }
        emit(out, event.borrow())
    })
}
