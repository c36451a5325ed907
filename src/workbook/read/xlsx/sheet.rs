//! One sheet part, in one pass: cells with their styles and formulas, hidden rows and columns, merged ranges.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::part::Entry;
use super::strings::{Strings, rich_text, unescape};
use super::style::Styles;
use crate::domain::refusal::Refusal;
use crate::sheet::cell::Range;
use crate::workbook::event::{Event, Listener, Margins, Place, Seen};
use crate::workbook::limits;
use crate::workbook::preflight::scan::{Scanner, Tag, Token};

/// Reads sheets of one workbook.
pub(super) struct Reader<'r> {
    pub(super) strings: &'r Strings,
    pub(super) styles: &'r Styles,
    pub(super) to: &'r mut dyn Listener,
}

/// Where the pass is, and what it keeps between cells.
#[derive(Default)]
struct Pass {
    row: u32,
    next_column: u32,
    margins: Margins,
    inline: String,
}

impl Pass {
    /// The place of a cell; one that does not name its own comes after the last.
    fn place(&mut self, named: Option<(u32, u32)>) -> (u32, u32) {
        let (row, column) = named.unwrap_or((self.row, self.next_column));
        (self.row, self.next_column) = (row, column.saturating_add(1));
        (row, column)
    }
}

/// The three attributes of a cell that matter.
#[derive(Default)]
struct Attributes<'a> {
    place: Option<(u32, u32)>,
    style: usize,
    kind: &'a str,
}

impl Reader<'_> {
    /// Reads the part and tells the listener.
    pub(super) fn read(&mut self, entry: &Entry, part: &str) -> Result<(), Refusal> {
        self.to.take(Event::Sheet { name: &entry.name, visibility: entry.visibility })?;
        let mut xml = Scanner::new(part);
        let mut pass = Pass::default();
        loop {
            match xml.token()? {
                Token::Start(tag) => match tag.local() {
                    "c" => self.cell(&mut xml, tag, &mut pass)?,
                    "row" => start_row(tag, &mut pass)?,
                    // Alternatives for older programs would show cells twice.
                    "Fallback" | "extLst" => xml.skip()?,
                    name => around(name, tag, &mut pass.margins)?,
                },
                Token::Empty(tag) => match tag.local() {
                    // A cell without content: only its place matters, for cells after it that do not name theirs.
                    "c" => {
                        let attributes = attributes(tag)?;
                        let (row, column) = pass.place(attributes.place);
                        if let Some(colour) = self.styles.get(attributes.style).fill {
                            pass.margins.fill(row, column, colour);
                        }
                    }
                    "row" => {
                        start_row(tag, &mut pass)?;
                        pass.row = pass.row.saturating_add(1);
                    }
                    name => around(name, tag, &mut pass.margins)?,
                },
                Token::End("row") => {
                    pass.row = pass.row.saturating_add(1);
                    pass.next_column = 0;
                }
                Token::End(_) | Token::Text(_) | Token::CData(_) => {}
                Token::Eof => break,
            }
        }
        self.to.take(Event::Margins(pass.margins))
    }

    /// Reads a cell whose start was just read, to its end.
    fn cell(&mut self, xml: &mut Scanner<'_>, tag: Tag<'_>, pass: &mut Pass) -> Result<(), Refusal> {
        let attributes = attributes(tag)?;
        let (row, column) = pass.place(attributes.place);
        pass.inline.clear();
        let mut value = Cow::Borrowed("");
        let mut formula = false;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.token()? {
                Token::Start(inner) => match inner.local() {
                    "v" => value = xml.content()?,
                    "is" => rich_text(xml, &mut pass.inline)?,
                    "f" => {
                        formula = true;
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Token::Empty(inner) if inner.local() == "f" => formula = true,
                Token::Empty(_) | Token::End(_) | Token::Text(_) | Token::CData(_) | Token::Eof => {}
            }
        }
        let style = self.styles.get(attributes.style);
        if let Some(colour) = style.fill {
            pass.margins.fill(row, column, colour);
        }
        let place = Place { row, column, format: style.format, font: style.font, formula };
        let text = match attributes.kind {
            "inlineStr" => Some(unescape(&pass.inline)),
            "str" => Some(unescape(&value)),
            _ => None,
        };
        let seen = match &text {
            Some(text) => Seen::Text(text),
            None => self.strings.value(attributes.kind, &value)?,
        };
        match seen {
            Seen::Empty | Seen::Text("") if !formula => Ok(()),
            _ => self.to.take(Event::Cell(place, seen)),
        }
    }
}

impl Strings {
    /// What the content of `v` means, by the cell's type (ECMA-376 part 1, 18.18.11).
    fn value<'v>(&'v self, kind: &str, value: &'v str) -> Result<Seen<'v>, Refusal> {
        if value.is_empty() {
            return Ok(Seen::Empty);
        }
        Ok(match kind {
            "s" => {
                let index = value.trim().parse().map_err(|_| Refusal::FileDamaged)?;
                Seen::Text(self.get(index).ok_or(Refusal::FileDamaged)?)
            }
            "b" => match value.trim() {
                "1" | "true" => Seen::Bool(true),
                "0" | "false" => Seen::Bool(false),
                _ => Seen::Text(value),
            },
            "e" => Seen::Error(value),
            "d" => iso_date_time(value).map_or(Seen::Text(value), Seen::DateTime),
            // NaN and infinity are no numbers for a sheet; they stay visible as the text they are.
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Seen::Number(number),
                Ok(_) | Err(_) => Seen::Text(value),
            },
        })
    }
}

/// A date, or a date and time, as ISO 8601 writes it; a time zone is dropped, since sheets know none.
pub(crate) fn iso_date_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    let date_time = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|pattern| NaiveDateTime::parse_from_str(text, pattern).ok());
    date_time.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}

fn attributes(tag: Tag<'_>) -> Result<Attributes<'_>, Refusal> {
    let mut found = Attributes::default();
    for attribute in tag.attributes() {
        match attribute? {
            ("r", value) => found.place = Some(place(value).ok_or(Refusal::FileDamaged)?),
            ("s", value) => found.style = value.parse().unwrap_or(0),
            ("t", value) => found.kind = value,
            _ => {}
        }
    }
    Ok(found)
}

/// A number in an attribute; nothing when it is absent or no number.
fn number(tag: Tag<'_>, name: &str) -> Result<Option<u32>, Refusal> {
    Ok(tag.attribute(name)?.and_then(|value| value.trim().parse().ok()))
}

/// Whether an attribute says yes in the way of XML Schema.
fn flag(tag: Tag<'_>, name: &str) -> Result<bool, Refusal> {
    Ok(tag.attribute(name)?.is_some_and(|value| matches!(value, "1" | "true" | "on")))
}

/// Begins a row: its number, and whether it is hidden.
fn start_row(tag: Tag<'_>, pass: &mut Pass) -> Result<(), Refusal> {
    if let Some(row) = number(tag, "r")? {
        pass.row = row.checked_sub(1).ok_or(Refusal::FileDamaged)?;
    }
    pass.next_column = 0;
    if pass.row < limits::MAX_ROWS && (flag(tag, "hidden")? || is_zero(tag, "ht")?) {
        pass.margins.hidden_rows.insert(pass.row);
    }
    Ok(())
}

/// Whether a height or width is nought, which hides as well.
fn is_zero(tag: Tag<'_>, name: &str) -> Result<bool, Refusal> {
    Ok(tag.attribute(name)?.and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= 0.0))
}

/// Elements before and after the cells: hidden columns, merged ranges.
fn around(name: &str, tag: Tag<'_>, margins: &mut Margins) -> Result<(), Refusal> {
    match name {
        "col" if flag(tag, "hidden")? || is_zero(tag, "width")? => {
            let (first, last) = (number(tag, "min")?, number(tag, "max")?);
            hide(&mut margins.hidden_columns, first.unwrap_or(0), last.unwrap_or(0));
        }
        "mergeCell" => {
            let range = tag.attribute("ref")?.and_then(range);
            margins.merges.push(range.ok_or(Refusal::FileDamaged)?);
            if margins.merges.len() > limits::MAX_MERGES {
                return Err(Refusal::SheetTooLarge);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Notes the columns `first..=last` (1-based) as hidden, as far as columns are read at all.
fn hide(hidden: &mut BTreeSet<u32>, first: u32, last: u32) {
    for column in first.max(1)..=last.min(limits::MAX_COLUMNS) {
        hidden.insert(column - 1);
    }
}

/// The range `A1:C3`, or `A1` alone.
pub(crate) fn range(text: &str) -> Option<Range> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some(Range {
        top: top.min(bottom),
        left: left.min(right),
        bottom: top.max(bottom),
        right: left.max(right),
    })
}

/// The 0-based row and column of `G8` or `$G$8`.
fn place(text: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0u32, 0u32);
    for byte in text.bytes() {
        match byte {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                column = column.checked_mul(26)?.checked_add(digit)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_ranges_are_read() {
        for (text, expected) in [
            ("A1", Some((0, 0))),
            ("G8", Some((7, 6))),
            ("$AA$10", Some((9, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("7", None),
            ("A", None),
            ("A1B", None),
            ("A99999999999", None),
            ("", None),
        ] {
            assert_eq!(place(text), expected, "{text}");
        }
        assert_eq!(range("C3:A1"), Some(Range { top: 0, left: 0, bottom: 2, right: 2 }));
    }

    #[test]
    fn dates_are_read_as_iso_writes_them() {
        for (text, expected) in [
            ("2020-03-02", Some("2020-03-02 00:00:00")),
            ("2020-03-02T08:30:00Z", Some("2020-03-02 08:30:00")),
            ("2020-03-02T08:30:00.5", Some("2020-03-02 08:30:00.500")),
            ("02/03/2020", None),
        ] {
            assert_eq!(iso_date_time(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }
}
