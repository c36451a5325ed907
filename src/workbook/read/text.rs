//! Text with separators: UTF-8 with or without byte order mark, UTF-16, Windows-1258; comma, semicolon or tab.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::domain::refusal::Refusal;
use crate::sheet::cell::{Format, Visibility};
use crate::workbook::event::{Event, Head, Listener, Margins, Place, Seen};

/// Reads the text as one sheet named "CSV". Every cell is text: what a number or a date is, only the columns can tell.
///
/// # Errors
/// `NotAWorkbook` when the bytes are no text, or the text has no columns; limits.
pub fn read(bytes: &[u8], to: &mut dyn Listener) -> Result<(), Refusal> {
    let text = decode(bytes).ok_or(Refusal::NotAWorkbook)?;
    let separator = separator(&text).ok_or(Refusal::NotAWorkbook)?;
    to.take(Event::Workbook(Head {
        format: Format::Csv,
        formats: vec!["General".to_owned()],
        fonts: vec![String::new()],
        ..Head::default()
    }))?;
    to.take(Event::Sheet { name: "CSV", visibility: Visibility::Visible })?;
    // Excel writes the separator into a first line `sep=;` which is no row.
    let body = match text.split_once('\n') {
        Some((first, rest)) if sep_line(first).is_some() => rest,
        Some(_) | None => &text,
    };
    let mut fields = Fields::new(body, separator);
    while let Some((row, column)) = fields.next_field() {
        if !fields.field.is_empty() {
            let row = u32::try_from(row).map_err(|_| Refusal::SheetTooLarge)?;
            let column = u32::try_from(column).map_err(|_| Refusal::SheetTooLarge)?;
            to.take(Event::Cell(Place { row, column, ..Place::default() }, Seen::Text(&fields.field)))?;
        }
    }
    to.take(Event::Margins(Margins::default()))
}

/// Passes through a text field by field, as Excel does: a field that begins with a quote ends at the next single one and
/// may hold separators and line breaks; blank lines count as rows. (The csv crate passes over blank lines without
/// telling, so that rows would not bear the numbers that a person sees.)
struct Fields<'t> {
    rest: &'t str,
    separator: char,
    next: Option<(usize, usize)>,
    field: String,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, separator: u8) -> Self {
        Fields { rest: text, separator: char::from(separator), next: Some((0, 0)), field: String::new() }
    }

    /// Reads the next field into `field`; gives its row and column, or nothing at the end.
    fn next_field(&mut self) -> Option<(usize, usize)> {
        let (row, column) = self.next?;
        self.field.clear();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            self.quoted();
        }
        let end = self.rest.find([self.separator, '\n', '\r']).unwrap_or(self.rest.len());
        self.field.push_str(&self.rest[..end]);
        let after = &self.rest[end..];
        self.next = if let Some(rest) = after.strip_prefix(self.separator) {
            self.rest = rest;
            Some((row, column + 1))
        } else {
            let rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or("");
            self.rest = rest;
            (!rest.is_empty()).then_some((row + 1, 0))
        };
        Some((row, column))
    }

    /// Takes the quoted part of a field, whose opening quote was just passed.
    fn quoted(&mut self) {
        loop {
            let end = self.rest.find('"').unwrap_or(self.rest.len());
            self.field.push_str(&self.rest[..end]);
            let after = &self.rest[end..];
            if let Some(rest) = after.strip_prefix("\"\"") {
                self.field.push('"');
                self.rest = rest;
            } else {
                self.rest = after.strip_prefix('"').unwrap_or(after);
                return;
            }
        }
    }
}

/// The text of the bytes, or nothing when they are no text.
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if looks_utf16(bytes, 1) => (UTF_16LE, bytes),
        None if looks_utf16(bytes, 0) => (UTF_16BE, bytes),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (WINDOWS_1258, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(body)?;
    // Text holds no control characters but tab, line ends, form feed and the end mark of old DOS files.
    let binary = text.chars().any(|c| c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{1A}'));
    if binary {
        return None;
    }
    // Windows-1258 writes tone marks as characters of their own; the text is the same composed.
    Some(if encoding == WINDOWS_1258 { Cow::Owned(text.nfc().collect()) } else { text })
}

/// Whether bytes without a mark are UTF-16: most bytes at `offset` of each pair are nought, none of the others.
fn looks_utf16(bytes: &[u8], offset: usize) -> bool {
    let sample = &bytes[..bytes.len().min(2048) & !1];
    let noughts = |at: usize| sample.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    sample.len() >= 4 && noughts(offset) * 5 > sample.len() && noughts(1 - offset) == 0
}

/// What a first line `sep=;` names.
fn sep_line(line: &str) -> Option<u8> {
    match line.trim_end().strip_prefix("sep=")?.as_bytes() {
        [byte @ (b',' | b';' | b'\t')] => Some(*byte),
        _ => None,
    }
}

/// The separator: the one that gives at least two columns in most of the first lines, and the most columns of these.
/// Nothing when the text has no columns.
fn separator(text: &str) -> Option<u8> {
    if let Some(named) = text.lines().next().and_then(sep_line) {
        return Some(named);
    }
    // Of equals the last: a tab stands in no prose, a semicolon seldom.
    [b',', b';', b'\t']
        .into_iter()
        .filter_map(|separator| Some((usual_width(text, separator)?, separator)))
        .max_by_key(|(width, _)| *width)
        .map(|(_, separator)| separator)
}

/// How many columns the middle one of the first lines has, if more than one. One line of prose with a comma in it is no
/// table.
fn usual_width(text: &str, separator: u8) -> Option<usize> {
    let mut widths: Vec<usize> = Vec::new();
    let mut fields = Fields::new(text, separator);
    while let Some((row, column)) = fields.next_field() {
        if row >= SAMPLE_ROWS || column > usize::from(u16::MAX) {
            break;
        }
        widths.resize(row + 1, 0);
        widths[row] = if column == 0 && fields.field.trim().is_empty() { 0 } else { column + 1 };
    }
    widths.retain(|width| *width > 0);
    widths.sort_unstable();
    let middle = *widths.get(widths.len() / 2)?;
    (middle > 1 && widths.len() > 1).then_some(middle)
}

/// How many lines tell the separator: enough to pass a cover of ten lines, few enough to be quick.
const SAMPLE_ROWS: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::cell::Value;
    use crate::workbook::read::read_workbook;

    fn cells(bytes: &[u8]) -> Result<Vec<(u32, u32, String)>, Refusal> {
        let workbook = read_workbook(bytes)?;
        let rows = workbook.sheets.iter().flat_map(|sheet| &sheet.rows);
        Ok(rows
            .flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell.column, cell)))
            .map(|(row, column, cell)| match &cell.value {
                Value::Text(text) => (row, column, text.to_string()),
                other => panic!("{other:?}"),
            })
            .collect())
    }

    fn expected() -> Vec<(u32, u32, String)> {
        [(0, 0, "STT"), (0, 1, "Nội dung"), (2, 0, "1"), (2, 1, "Tỷ lệ; \"50,5%\"\nđạt")]
            .map(|(row, column, text)| (row, column, text.to_owned()))
            .to_vec()
    }

    #[test]
    fn encodings_and_separators_are_recognised() {
        let text = "STT;Nội dung\r\n\r\n1;\"Tỷ lệ; \"\"50,5%\"\"\nđạt\"\r\n";
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let marked = if mark { format!("\u{FEFF}{text}") } else { text.to_owned() };
            marked
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let tabs = text.replace(';', "\t").replace("lệ\t", "lệ;");
        let commas = text.replace(';', ",").replace("lệ,", "lệ;");
        // Windows-1258: ộ = ô + U+0323, ỷ = y + U+0309, ệ = ê + U+0323, đ, ạ = a + U+0323.
        let windows: Vec<u8> =
            b"STT;N\xF4\xF2i dung\r\n\r\n1;\"Ty\xD2 l\xEA\xF2; \"\"50,5%\"\"\n\xF0a\xF2t\"\r\n".to_vec();
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{FEFF}{text}").into_bytes(),
            utf16(false, true),
            utf16(true, true),
            utf16(false, false),
            utf16(true, false),
            tabs.into_bytes(),
            commas.into_bytes(),
            windows,
        ] {
            assert_eq!(cells(&bytes), Ok(expected()), "{bytes:?}");
        }
    }

    #[test]
    fn a_text_without_columns_is_no_workbook() {
        for text in ["Kính gửi Bộ", "Xin chào, đây là văn bản.", "a\nb\nc\n", "\0\0\0\0binary,\0,\n\0,\n"]
        {
            assert_eq!(cells(text.as_bytes()), Err(Refusal::NotAWorkbook), "{text:?}");
        }
    }
}
