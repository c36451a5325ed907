//! The style part: for every look that a marked cell has, the same look with a fill by severity.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::package::Package;
use super::part::{attribute, emit, emit_raw, prefix_of, rewrite, with_attribute};
use super::workbook_part::Book;
use crate::domain::finding::Severity;
use crate::domain::refusal::Refusal;

/// Fill colours (ARGB): light enough to print and to read black text on.
fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "FFDDEBF7",
        Severity::Warning => "FFFFF2CC",
        Severity::Ask => "FFFCE4D6",
        Severity::Error => "FFFFC7CE",
    }
}

const SEVERITIES: [Severity; 4] = [Severity::Info, Severity::Warning, Severity::Ask, Severity::Error];

/// The looks asked for so far; indexes are promised at once and written by [`Styles::store`].
pub(super) struct Styles {
    part: String,
    looks: usize,
    fills: usize,
    wanted: BTreeMap<(usize, Severity), usize>,
}

impl Styles {
    /// Counts what the part holds.
    pub(super) fn of(package: &mut Package<'_>, workbook: &Book) -> Result<Styles, Refusal> {
        let part = workbook.styles.clone().ok_or(Refusal::FileDamaged)?;
        let xml = package.get(&part)?;
        let (mut looks, mut fills) = (0, 0);
        let mut parent = String::new();
        rewrite(&xml, |event, depth, _| {
            if let Event::Start(element) | Event::Empty(element) = &event {
                let name = element.local_name();
                match (depth, name.as_ref()) {
                    (1, name) => name.clone_into(&mut parent),
                    (2, "xf") if parent == "cellXfs" => looks += 1,
                    (2, "fill") if parent == "fills" => fills += 1,
                    (_, _) => {}
                }
            }
            Ok(())
        })?;
        if looks == 0 || fills == 0 {
            Err(Refusal::FileDamaged)
        } else {
            Ok(Styles { part, looks, fills, wanted: BTreeMap::new() })
        }
    }

    /// The index of the look `old` with the fill of `severity`.
    pub(super) fn marked(&mut self, old: usize, severity: Severity) -> usize {
        let old = if old < self.looks { old } else { 0 };
        let next = self.looks + self.wanted.len();
        *self.wanted.entry((old, severity)).or_insert(next)
    }

    /// Writes the fills and looks that were asked for.
    pub(super) fn store(self, package: &mut Package<'_>) -> Result<(), Refusal> {
        if self.wanted.is_empty() {
            return Ok(());
        }
        let xml = package.get(&self.part)?;
        let old_looks = copies(&xml)?;
        let mut new: Vec<(&(usize, Severity), &usize)> = self.wanted.iter().collect();
        new.sort_by_key(|(_, index)| **index);
        let patched = rewrite(&xml, |event, depth, out| match &event {
            Event::Start(element) if depth == 1 && element.local_name().as_ref() == "fills" => {
                let count = (self.fills + SEVERITIES.len()).to_string();
                emit(out, Event::Start(with_attribute(element, "count", &count)))
            }
            Event::Start(element) if depth == 1 && element.local_name().as_ref() == "cellXfs" => {
                let count = (self.looks + new.len()).to_string();
                emit(out, Event::Start(with_attribute(element, "count", &count)))
            }
            Event::End(element) if depth == 1 && element.local_name().as_ref() == "fills" => {
                let p =
                    element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
                for severity in SEVERITIES {
                    let argb = colour(severity);
                    emit_raw(
                        out,
                        &format!(
                            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{argb}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
                        ),
                    );
                }
                emit(out, event.borrow())
            }
            Event::End(element) if depth == 1 && element.local_name().as_ref() == "cellXfs" => {
                for ((old, severity), _) in &new {
                    let fill = self.fills + SEVERITIES.iter().position(|s| s == severity).unwrap_or(0);
                    let look = old_looks.get(*old).ok_or(Refusal::FileDamaged)?;
                    emit_raw(out, &look.replacen("\u{0}", &fill.to_string(), 1));
                }
                emit(out, event.borrow())
            }
            _ => emit(out, event.borrow()),
        })?;
        package.put(&self.part, patched);
        Ok(())
    }
}

/// Every look of `cellXfs` as XML with U+0000 in the place of its fill.
fn copies(xml: &str) -> Result<Vec<String>, Refusal> {
    let mut copies: Vec<String> = Vec::new();
    let mut inside = false;
    rewrite(xml, |event, depth, _| {
        match &event {
            Event::Start(element) | Event::Empty(element) if depth == 1 => {
                inside = element.local_name().as_ref() == "cellXfs";
            }
            _ if !inside => {}
            Event::Start(element) | Event::Empty(element) if depth == 2 => {
                let filled = with_attribute(&with_attribute(element, "fillId", "0"), "applyFill", "1");
                let p = prefix_of(element);
                let attributes = filled.attributes_raw().replacen("fillId=\"0\"", "fillId=\"\u{0}\"", 1);
                let close = if matches!(event, Event::Empty(_)) { "/>" } else { ">" };
                copies.push(format!("<{p}xf{attributes}{close}"));
            }
            Event::Empty(element) => {
                append(&mut copies, &format!("<{}{}/>", element.name().as_ref(), element.attributes_raw()));
            }
            Event::Start(element) => {
                append(&mut copies, &format!("<{}{}>", element.name().as_ref(), element.attributes_raw()));
            }
            Event::End(element) if depth >= 2 => {
                append(&mut copies, &format!("</{}>", element.name().as_ref()));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(copies)
}

fn append(copies: &mut [String], xml: &str) {
    if let Some(last) = copies.last_mut() {
        last.push_str(xml);
    }
}

/// The style index that an element carries in `s`.
pub(super) fn style_of(element: &quick_xml::events::BytesStart<'_>) -> usize {
    attribute(element, "s").and_then(|s| s.parse().ok()).unwrap_or(0)
}
