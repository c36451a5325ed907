//! The style part: for every look that a marked cell has, the same look with a fill by severity; and back again.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::book::Book;
use super::looks::{self, Look, SEVERITIES, Starts, colour};
use super::package::Package;
use super::part::{attribute, emit, emit_raw, prefix_of, prefix_of_name, rewrite, with_attribute};
use super::relations::{declare, relate};
use crate::domain::finding::Severity;
use crate::domain::refusal::Refusal;

const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// The looks asked for so far; indexes are promised at once and written by [`Styles::store`].
pub(super) struct Styles {
    part: String,
    looks: Vec<Known>,
    starts: Starts,
    /// Indexes of the fills that have one of our colours.
    our_fills: Vec<usize>,
    wanted: BTreeMap<Wanted, usize>,
}

/// A look that the part does not hold yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    /// Look `0` with the fill of a severity.
    Marked(usize, Severity),
    /// Look `0` without a fill.
    Plain(usize),
    /// A look of our own sheet.
    Own(Look),
}

/// A look of the part.
struct Known {
    /// Its XML with U+0000 in the place of its fill.
    xml: String,
    /// What it is apart from its fill, whatever the order of attributes.
    key: String,
    fill: usize,
}

impl Styles {
    /// Counts what the part holds; a package without one gets one.
    pub(super) fn of(package: &mut Package<'_>, book: &mut Book) -> Result<Styles, Refusal> {
        let part = match &book.styles {
            Some(part) => part.clone(),
            None => {
                let part = package.free_name("xl/stylesGb", ".xml");
                package.put(&part, looks::fresh(book.flavour.main()));
                declare(package, &part, STYLES_TYPE)?;
                relate(package, &book.part, (book.flavour, "styles"), &part)?;
                book.styles = Some(part.clone());
                part
            }
        };
        let xml = package.get(&part)?;
        let (mut starts, mut our_fills, mut parent) = (Starts::default(), Vec::new(), String::new());
        rewrite(&xml, |event, depth, _| {
            if let Event::Start(element) | Event::Empty(element) = &event {
                match (depth, parent.as_str(), element.local_name().as_ref()) {
                    (1, _, name) => name.clone_into(&mut parent),
                    (2, "fonts", "font") => starts.fonts += 1,
                    (2, "fills", "fill") => starts.fills += 1,
                    (2, "borders", "border") => starts.borders += 1,
                    (4, "fills", "fgColor") => {
                        let rgb = attribute(element, "rgb").unwrap_or_default().to_uppercase();
                        if SEVERITIES.iter().any(|severity| colour(*severity) == rgb) {
                            our_fills.extend(starts.fills.checked_sub(1));
                        }
                    }
                    (_, _, _) => {}
                }
            }
            Ok(())
        })?;
        let looks = known(&xml)?;
        if looks.is_empty() || [starts.fonts, starts.fills, starts.borders].contains(&0) {
            return Err(Refusal::FileDamaged);
        }
        Ok(Styles { part, looks, starts, our_fills, wanted: BTreeMap::new() })
    }

    fn index(&mut self, wanted: Wanted) -> usize {
        let next = self.looks.len() + self.wanted.len();
        *self.wanted.entry(wanted).or_insert(next)
    }

    /// The index of the look `old` with the fill of `severity`.
    pub(super) fn marked(&mut self, old: usize, severity: Severity) -> usize {
        let old = self.unmarked(old);
        // A look promised a moment ago is none of the file's own.
        let old = if old < self.looks.len() { old } else { 0 };
        self.index(Wanted::Marked(old, severity))
    }

    /// The index of the look that `old` was before we marked it; `old` itself when it has none of our fills. The look
    /// that differs only in its fill is taken; where the file has lost it, the cell goes without a fill.
    pub(super) fn unmarked(&mut self, old: usize) -> usize {
        let old = if old < self.looks.len() { old } else { 0 };
        let Some(look) = self.looks.get(old).filter(|look| self.our_fills.contains(&look.fill)) else {
            return old;
        };
        let before = self
            .looks
            .iter()
            .position(|other| other.key == look.key && !self.our_fills.contains(&other.fill));
        before.unwrap_or_else(|| self.index(Wanted::Plain(old)))
    }

    /// The index of a look of our own sheet.
    pub(super) fn own(&mut self, look: Look) -> usize {
        self.index(Wanted::Own(look))
    }

    /// Writes the fonts, fills, borders and looks that were asked for.
    pub(super) fn store(self, package: &mut Package<'_>) -> Result<(), Refusal> {
        let xml = package.get(&self.part)?;
        let mut new: Vec<(&Wanted, &usize)> = self.wanted.iter().collect();
        new.sort_by_key(|(_, index)| **index);
        let starts = self.starts;
        let patched = rewrite(&xml, |event, depth, out| {
            let added = |p: &str, list: &str| -> Vec<String> {
                match list {
                    "fonts" => looks::fonts(p),
                    "fills" => looks::fills(p),
                    "borders" => vec![looks::border(p)],
                    "cellXfs" => new.iter().filter_map(|(wanted, _)| self.xml(**wanted, p)).collect(),
                    _ => Vec::new(),
                }
            };
            let before = |list: &str| match list {
                "fonts" => Some(starts.fonts),
                "fills" => Some(starts.fills),
                "borders" => Some(starts.borders),
                "cellXfs" => Some(self.looks.len()),
                _ => None,
            };
            match &event {
                Event::Start(element) if depth == 1 => {
                    let list = element.local_name().as_ref().to_owned();
                    let Some(before) = before(&list) else { return emit(out, event.borrow()) };
                    let count = before + added("", &list).len();
                    emit(out, Event::Start(with_attribute(element, "count", &count.to_string())))
                }
                Event::End(element) if depth == 1 => {
                    let p = prefix_of_name(&element.name());
                    emit_raw(out, &added(&p, element.local_name().as_ref()).concat());
                    emit(out, event.borrow())
                }
                _ => emit(out, event.borrow()),
            }
        })?;
        package.put(&self.part, patched);
        Ok(())
    }

    fn xml(&self, wanted: Wanted, p: &str) -> Option<String> {
        let (old, fill) = match wanted {
            Wanted::Own(look) => return Some(look.xml(p, self.starts)),
            Wanted::Plain(old) => (old, 0),
            Wanted::Marked(old, severity) => {
                (old, self.starts.fills + SEVERITIES.iter().position(|other| *other == severity)?)
            }
        };
        Some(self.looks.get(old)?.xml.replacen('\u{0}', &fill.to_string(), 1))
    }
}

/// Every look of `cellXfs`.
fn known(xml: &str) -> Result<Vec<Known>, Refusal> {
    let mut looks: Vec<Known> = Vec::new();
    let mut inside = false;
    rewrite(xml, |event, depth, _| {
        match &event {
            Event::Start(element) | Event::Empty(element) if depth == 1 => {
                inside = element.local_name().as_ref() == "cellXfs";
            }
            _ if !inside => {}
            Event::Start(element) | Event::Empty(element) if depth == 2 => {
                looks.push(look(element, matches!(event, Event::Empty(_))));
            }
            Event::Empty(element) => {
                append(&mut looks, &format!("<{}{}/>", element.name().as_ref(), element.attributes_raw()));
            }
            Event::Start(element) => {
                append(&mut looks, &format!("<{}{}>", element.name().as_ref(), element.attributes_raw()));
            }
            Event::End(element) if depth >= 2 => {
                append(&mut looks, &format!("</{}>", element.name().as_ref()));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(looks)
}

fn look(element: &BytesStart<'_>, empty: bool) -> Known {
    let fill = attribute(element, "fillId").and_then(|id| id.parse().ok()).unwrap_or(0);
    let filled = with_attribute(&with_attribute(element, "fillId", "0"), "applyFill", "1");
    let p = prefix_of(element);
    let attributes = filled.attributes_raw().replacen("fillId=\"0\"", "fillId=\"\u{0}\"", 1);
    let mut key: Vec<&str> = attributes.split_whitespace().collect();
    key.sort_unstable();
    let (key, close) = (key.join(" "), if empty { "/>" } else { ">" });
    Known { xml: format!("<{p}xf{attributes}{close}"), key, fill }
}

fn append(looks: &mut [Known], xml: &str) {
    if let Some(last) = looks.last_mut() {
        last.xml.push_str(xml);
        last.key.push_str(xml.trim_end_matches("</xf>"));
    }
}

/// The style index that an element carries in `s`.
pub(super) fn style_of(element: &BytesStart<'_>) -> usize {
    attribute(element, "s").and_then(|s| s.parse().ok()).unwrap_or(0)
}
