//! One cell of an OpenDocument table: its typed value, or the text that it shows.

use chrono::NaiveDateTime;
use quick_xml::events::{BytesStart, Event as Tag};

use crate::domain::refusal::Refusal;
use crate::sheet::cell::Range;
use crate::workbook::event::Seen;
use crate::workbook::preflight::xml::{Xml, attribute, number, push_text};
use crate::workbook::read::xlsx::iso_date_time;

/// A cell as read, before its place is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) value: Owned,
    /// The style that the cell itself names.
    pub(super) style: Option<String>,
    pub(super) formula: bool,
    /// Whether the number is a percentage or a time, whatever its style says.
    pub(super) means: Means,
    /// Columns and rows that the cell spans.
    pub(super) span: (u32, u32),
}

/// What kind of number it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Means {
    /// As its format says.
    #[default]
    Plain,
    /// A percentage, stored as a fraction.
    Percentage,
    /// A time, as a fraction of a day.
    Time,
}

/// A value with its own text; a cell may have to be told many times (`number-columns-repeated`).
#[derive(Clone, Debug, Default)]
pub(super) enum Owned {
    #[default]
    Nothing,
    Text(String),
    Number(f64),
    DateTime(NaiveDateTime),
    Bool(bool),
    Error(String),
}

impl Read {
    /// What is to be told of the cell, if anything.
    pub(super) fn seen(&self) -> Option<Seen<'_>> {
        match &self.value {
            Owned::Nothing => self.formula.then_some(Seen::Empty),
            Owned::Text(text) => (self.formula || !text.is_empty()).then_some(Seen::Text(text)),
            Owned::Number(number) => Some(Seen::Number(*number)),
            Owned::DateTime(date_time) => Some(Seen::DateTime(*date_time)),
            Owned::Bool(value) => Some(Seen::Bool(*value)),
            Owned::Error(text) => Some(Seen::Error(text)),
        }
    }

    /// The merged range of the cell at this place, if it spans others.
    pub(super) fn merge(&self, row: u32, column: u32) -> Option<Range> {
        let (columns, rows) = self.span;
        (columns > 1 || rows > 1).then(|| Range {
            top: row,
            left: column,
            bottom: row.saturating_add(rows.max(1) - 1),
            right: column.saturating_add(columns.max(1) - 1),
        })
    }

    /// Reads the cell; `open` says that its content follows and is to be passed.
    pub(super) fn of_element(
        xml: &mut Xml<'_>,
        element: &BytesStart<'_>,
        open: bool,
    ) -> Result<Read, Refusal> {
        let mut shown = String::new();
        if open {
            paragraphs(xml, &mut shown)?;
        }
        let text = |name| attribute(element, name);
        let mut read = Read {
            style: text("table:style-name")?.map(std::borrow::Cow::into_owned),
            formula: text("table:formula")?.is_some(),
            span: (
                number(element, "table:number-columns-spanned")?.unwrap_or(1),
                number(element, "table:number-rows-spanned")?.unwrap_or(1),
            ),
            ..Read::default()
        };
        let kind = text("office:value-type")?.unwrap_or_default();
        if text("calcext:value-type")?.as_deref() == Some("error") {
            read.value = Owned::Error(shown);
            return Ok(read);
        }
        match kind.as_ref() {
            "float" | "currency" | "percentage" => {
                if kind.as_ref() == "percentage" {
                    read.means = Means::Percentage;
                }
                let value = text("office:value")?.unwrap_or_default();
                read.value = match value.parse::<f64>() {
                    Ok(number) if number.is_finite() => Owned::Number(number),
                    Ok(_) | Err(_) => Owned::Text(if shown.is_empty() { value.into_owned() } else { shown }),
                };
            }
            "date" => {
                let value = text("office:date-value")?.unwrap_or_default();
                read.value = iso_date_time(&value).map_or(Owned::Text(shown), Owned::DateTime);
            }
            "time" => {
                let value = text("office:time-value")?.unwrap_or_default();
                read.means = Means::Time;
                read.value = days(&value).map_or(Owned::Text(shown), Owned::Number);
            }
            "boolean" => read.value = Owned::Bool(text("office:boolean-value")?.as_deref() == Some("true")),
            "string" => {
                let value = text("office:string-value")?;
                read.value = Owned::Text(value.map_or(shown, std::borrow::Cow::into_owned));
            }
            // A cell without a type has no value; some programs write text all the same.
            _ if !shown.is_empty() => read.value = Owned::Text(shown),
            _ => {}
        }
        Ok(read)
    }
}

/// Appends the paragraphs of the cell whose start was just read, a line each, and passes its end. Notes and drawings
/// are no text of the cell.
fn paragraphs(xml: &mut Xml<'_>, text: &mut String) -> Result<(), Refusal> {
    let outside = xml.depth().saturating_sub(1);
    let mut first = true;
    while xml.depth() > outside {
        if let Tag::Start(element) = xml.next_event()? {
            if element.name().into_inner() != "text:p" {
                xml.skip()?;
                continue;
            }
            if !first {
                text.push('\n');
            }
            first = false;
            paragraph(xml, text)?;
        }
    }
    Ok(())
}

/// Appends one paragraph whose start was just read. White space counts as in HTML, blanks that matter have an element.
fn paragraph(xml: &mut Xml<'_>, text: &mut String) -> Result<(), Refusal> {
    let outside = xml.depth().saturating_sub(1);
    let start = text.len();
    let mut piece = String::new();
    while xml.depth() > outside {
        let event = xml.next_event()?;
        if let Tag::Start(element) | Tag::Empty(element) = &event {
            match element.name().into_inner() {
                "text:s" => {
                    let count = number(element, "text:c")?.unwrap_or(1).min(MAX_BLANKS);
                    text.extend((0..count).map(|_| ' '));
                }
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                "office:annotation" | "text:note" if matches!(event, Tag::Start(_)) => xml.skip()?,
                _ => {}
            }
            continue;
        }
        piece.clear();
        push_text(&event, &mut piece)?;
        for character in piece.chars() {
            if !matches!(character, ' ' | '\t' | '\n' | '\r') {
                text.push(character);
            } else if text.len() > start && !text.ends_with(' ') {
                text.push(' ');
            }
        }
    }
    Ok(())
}

/// More blanks in a row than a cell can hold are not meant.
const MAX_BLANKS: u32 = 32_767;

/// A duration such as `PT08H30M00S` in days.
fn days(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix('P')?;
    let mut days = 0.0;
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (in_time, rest) = (true, time);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        let part = match (rest.as_bytes().get(end)?, in_time) {
            (b'D', false) => 1.0,
            (b'H', true) => 24.0,
            (b'M', true) => 24.0 * 60.0,
            (b'S', true) => 24.0 * 60.0 * 60.0,
            _ => return None,
        };
        days += number / part;
        rest = rest.get(end + 1..)?;
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn durations_become_days() {
        for (text, expected) in [
            ("PT12H00M00S", Some(0.5)),
            ("P1DT6H", Some(1.25)),
            ("PT36H", Some(1.5)),
            ("12:00", None),
            ("P1M", None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
