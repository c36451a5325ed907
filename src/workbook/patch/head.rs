//! The beginning of a worksheet part: whether it is shown, whether it is our own list, and what that keeps.

use quick_xml::events::{BytesStart, Event};

use super::part::{attribute, rewrite};
use super::styles::style_of;
use crate::domain::refusal::Refusal;
use crate::sheet::annotation::SIGNATURE;
use crate::workbook::preflight::xml::push_text;

/// What the beginning of a worksheet says.
#[derive(Default)]
pub(super) struct Head {
    /// Whether its tab is marked as selected.
    pub(super) selected: bool,
    /// Whether it is our list of findings.
    pub(super) is_ours: bool,
    /// The numbers in the first row behind our words, with the looks of their cells.
    pub(super) kept: Vec<(u8, usize)>,
}

/// A cell of the first row.
#[derive(Default)]
struct FirstRow {
    cells: u32,
    kind: Option<String>,
    look: usize,
    text: String,
}

impl Head {
    /// Looks at the views and at the first row; `signature` is the index of our words among the shared strings.
    pub(super) fn of(xml: &str, signature: Option<usize>) -> Result<Head, Refusal> {
        let mut head = Head::default();
        // The first row ends long before the rest of a large sheet.
        let end = xml.find("</row>").or_else(|| xml.find(":row>")).unwrap_or(xml.len());
        let first = xml.get(..end).unwrap_or(xml);
        let mut row = FirstRow::default();
        // What is cut off is no error: all that matters stands before it.
        let _ = rewrite(first, |event, depth, _| {
            match &event {
                Event::Start(element) | Event::Empty(element)
                    if element.local_name().as_ref() == "sheetView" =>
                {
                    head.selected |=
                        attribute(element, "tabSelected").is_some_and(|on| on == "1" || on == "true");
                }
                Event::Start(element) if depth == 3 => row.starts(element),
                Event::End(_) if depth == 3 => row.ends(&mut head, signature),
                event if depth > 3 => push_text(event, &mut row.text)?,
                _ => {}
            }
            Ok(())
        });
        Ok(head)
    }
}

impl FirstRow {
    fn starts(&mut self, element: &BytesStart<'_>) {
        let first = attribute(element, "r").is_none_or(|name| name == "A1");
        self.cells += if self.cells > 0 || first { 1 } else { 2 };
        self.kind = attribute(element, "t");
        self.look = style_of(element);
        self.text.clear();
    }

    fn ends(&mut self, head: &mut Head, signature: Option<usize>) {
        let text = self.text.trim();
        match self.kind.as_deref() {
            _ if self.cells > 1 && !head.is_ours => {}
            Some("s") if self.cells == 1 => {
                head.is_ours = text.parse().ok().is_some_and(|index: usize| Some(index) == signature);
            }
            _ if self.cells == 1 => head.is_ours = text == SIGNATURE,
            None | Some("n") => head.kept.extend(text.parse().ok().map(|number: u8| (number, self.look))),
            Some(_) => {}
        }
    }
}

/// The index of our words among the shared strings.
pub(super) fn index_of_signature(xml: &str) -> Result<Option<usize>, Refusal> {
    // Programs write letters with marks in more than one way; these they all write alike.
    let plain = SIGNATURE.split_inclusive(|c: char| !c.is_ascii()).next().unwrap_or_default();
    if !xml.contains(plain.trim_end_matches(|c: char| !c.is_ascii())) {
        return Ok(None);
    }
    let (mut index, mut found, mut text) = (0usize, None, String::new());
    rewrite(xml, |event, depth, _| {
        match &event {
            Event::Start(element) | Event::Empty(element)
                if depth == 1 && element.local_name().as_ref() == "si" =>
            {
                index += 1;
                text.clear();
            }
            Event::End(_) if depth == 1 && found.is_none() && text.trim() == SIGNATURE => {
                found = index.checked_sub(1);
            }
            event if depth > 1 && found.is_none() => push_text(event, &mut text)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}
