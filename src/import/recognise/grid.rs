//! A sheet as the reader sees it: texts in legible Unicode, merged cells resolved to the cell that holds their value.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::domain::legacy_text::{self, Encoding};
use crate::sheet::cell::{Cell, Range, Sheet, Value};
use crate::sheet::colour::Colour;
use crate::sheet::number_format::{Shows, moment, shows};
use crate::sheet::symbol_font;

use super::legend::Legend;

/// Merged ranges wider than this are cut to it: a range over all 16,384 columns says no more than one over 256.
const WIDEST_MERGE: u32 = 256;

/// No value stands further right than this.
const LAST_COLUMN: u32 = 1_023;

/// Bytes of the longest sign: two characters of the private area.
const LONGEST_SIGN: usize = 6;

/// A sheet with what is needed to read it.
pub struct Grid<'a> {
    /// The sheet as stored.
    pub sheet: &'a Sheet,
    /// Whether serial dates count from 1904.
    pub date_1904: bool,
    encodings: Encodings,
    shows: Vec<Shows>,
    /// By column, from top to bottom.
    merges: Vec<Vec<Range>>,
    /// By font: whether its letters are signs.
    of_signs: Vec<bool>,
    /// What other sheets say that short names mean.
    elsewhere: Legend,
}

/// How the texts of a sheet are stored: as a whole, and in columns that differ.
#[derive(Clone, Debug, Default)]
pub struct Encodings {
    /// Most of the sheet; `None` is Unicode.
    pub sheet: Option<Encoding>,
    /// Columns that differ.
    pub columns: HashMap<u32, Encoding>,
}

impl<'a> Grid<'a> {
    /// The view of a sheet.
    pub fn new(sheet: &'a Sheet, encodings: Encodings, date_1904: bool) -> Grid<'a> {
        let mut merges: Vec<Vec<Range>> = Vec::new();
        for range in &sheet.merges {
            // Values stand in the first columns only (`workbook::limits`); a merge further right shows nothing.
            let last = range.right.min(range.left.saturating_add(WIDEST_MERGE)).min(LAST_COLUMN);
            for column in range.left..=last {
                let column = usize::try_from(column).unwrap_or(0);
                if merges.len() <= column {
                    merges.resize_with(column + 1, Vec::new);
                }
                merges[column].push(*range);
            }
        }
        for ranges in &mut merges {
            ranges.sort_by_key(|range| range.top);
        }
        let shows = sheet.formats.iter().map(|code| shows(code)).collect();
        let of_signs = sheet.fonts.iter().map(|font| symbol_font::is_of_signs(font)).collect();
        Grid { sheet, date_1904, encodings, shows, merges, of_signs, elsewhere: Legend::default() }
    }

    /// The view of a sheet whose short names another sheet explains.
    #[must_use]
    pub fn explained(self, elsewhere: Legend) -> Grid<'a> {
        Grid { elsewhere, ..self }
    }

    /// What other sheets say that short names mean.
    pub fn elsewhere(&self) -> &Legend {
        &self.elsewhere
    }

    /// The encoding of the sheet as a whole, for a table that is made of its cells.
    pub fn one_encoding(&self) -> Encodings {
        let sheet = self.encodings.sheet.or_else(|| self.encodings.columns.values().next().copied());
        Encodings { sheet, columns: HashMap::new() }
    }

    /// The merged range over a place.
    pub fn merge_at(&self, row: u32, column: u32) -> Option<&Range> {
        let ranges = self.merges.get(usize::try_from(column).ok()?)?;
        let after = ranges.partition_point(|range| range.top <= row);
        ranges.get(after.checked_sub(1)?).filter(|range| range.bottom >= row)
    }

    /// The place whose cell holds the value seen at a place.
    pub fn anchor(&self, row: u32, column: u32) -> (u32, u32) {
        self.merge_at(row, column).map_or((row, column), |range| (range.top, range.left))
    }

    /// The cell whose value is seen at a place; with its own place.
    pub fn cell(&self, row: u32, column: u32) -> Option<(&'a Cell, (u32, u32))> {
        let place = self.anchor(row, column);
        self.sheet.cell(place.0, place.1).map(|cell| (cell, place))
    }

    /// The colour behind a place.
    pub fn fill(&self, row: u32, column: u32) -> Option<Colour> {
        let (row, column) = self.anchor(row, column);
        let fills = &self.sheet.fills;
        let at = fills.binary_search_by_key(&(row, column), |fill| (fill.row, fill.column)).ok()?;
        fills.get(at).map(|fill| fill.colour)
    }

    /// What the number format of a cell shows.
    pub fn shows(&self, cell: &Cell) -> Shows {
        self.shows.get(usize::from(cell.format)).copied().unwrap_or(Shows::Number)
    }

    /// What a person sees in a cell, legible; `None` when nothing.
    pub fn text(&self, cell: &'a Cell) -> Option<Cow<'a, str>> {
        let text = match &cell.value {
            Value::Empty => return None,
            Value::Text(raw) => {
                let text = self.legible(raw, cell);
                return Some(text).filter(|text| !text.is_empty());
            }
            Value::Number(number) => self.number_text(*number, cell),
            Value::DateTime(moment) => moment.date().to_string(),
            Value::Bool(true) => "TRUE".to_owned(),
            Value::Bool(false) => "FALSE".to_owned(),
            Value::Error(error) => error.to_string(),
        };
        Some(Cow::Owned(text))
    }

    /// Whether a person sees anything in a cell: [`Grid::text`] without making the text.
    pub fn shows_text(&self, cell: &'a Cell) -> bool {
        match &cell.value {
            Value::Text(raw) => raw.bytes().any(|byte| byte.is_ascii_graphic()) || self.text(cell).is_some(),
            Value::Empty => false,
            Value::Number(_) | Value::DateTime(_) | Value::Bool(_) | Value::Error(_) => true,
        }
    }

    /// What a person sees at a place, merged cells resolved.
    pub fn seen(&self, row: u32, column: u32) -> Option<Cow<'a, str>> {
        self.cell(row, column).and_then(|(cell, _)| self.text(cell))
    }

    fn number_text(&self, number: f64, cell: &Cell) -> String {
        match self.shows(cell) {
            Shows::Day | Shows::Month | Shows::Quarter | Shows::Year => moment(number, self.date_1904)
                .map_or_else(|| number.to_string(), |moment| moment.date().to_string()),
            Shows::Percent => format!("{}%", round_hundredths(number * 100.0)),
            Shows::Time | Shows::Number => written(round_noise(number)),
        }
    }

    /// A tick or another sign that was typed as a letter of a symbol font.
    fn sign(&self, raw: &str, cell: &Cell) -> Option<String> {
        let font = usize::from(cell.font);
        if raw.len() > LONGEST_SIGN || !self.of_signs.get(font).copied().unwrap_or(false) {
            return None;
        }
        let name = self.sheet.fonts.get(font)?;
        raw.trim().chars().map(|c| symbol_font::shown(name, c)).collect()
    }

    fn legible(&self, raw: &'a str, cell: &Cell) -> Cow<'a, str> {
        if let Some(sign) = self.sign(raw, cell) {
            return Cow::Owned(sign);
        }
        let encoding = self.encodings.columns.get(&cell.column).copied().or(self.encodings.sheet);
        match encoding {
            None | Some(Encoding::Unicode) => legible(raw),
            Some(_) if raw.is_ascii() || is_surely_unicode(raw) => legible(raw),
            Some(encoding) => {
                let font = self.sheet.fonts.get(usize::from(cell.font)).map_or("", String::as_str);
                let upper = font.starts_with(".Vn") && font.ends_with('H');
                Cow::Owned(legible(&legacy_text::convert(raw, encoding, upper)).into_owned())
            }
        }
    }
}

/// A number as people write it. Nearly all are whole and small, and those need not be asked for their shortest fraction.
#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^31")]
fn written(number: f64) -> String {
    let small = number.fract() == 0.0 && number > 0.0 && number < f64::from(i32::MAX);
    if small { (number as i32).to_string() } else { number.to_string() }
}

/// Numbers carry the noise of binary fractions: 13.100000000000001 was typed as 13.1.
fn round_noise(number: f64) -> f64 {
    let rounded = (number * 1e9).round() / 1e9;
    if rounded.is_finite() { rounded } else { number }
}

fn round_hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Letters that neither TCVN3 nor VNI text can hold.
fn is_surely_unicode(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư'))
}

/// A text in NFC with plain blanks; line breaks stay, blanks at the ends of lines go; ð and Ð become đ and Đ.
pub fn legible(raw: &str) -> Cow<'_, str> {
    if is_plain(raw) {
        return Cow::Borrowed(raw);
    }
    use unicode_normalization::UnicodeNormalization;
    let mut text = String::with_capacity(raw.len());
    for c in raw.nfc() {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => push_blank(&mut text),
            'ð' => text.push('đ'),
            'Ð' => text.push('Đ'),
            c if c.is_whitespace() => push_blank(&mut text),
            c if c.is_control() => push_blank(&mut text),
            c => text.push(c),
        }
    }
    text.truncate(text.trim_end().len());
    Cow::Owned(text)
}

fn push_blank(text: &mut String) {
    if !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

/// Whether a text is legible as it stands. Asked of every cell, several times: by its bytes, without making characters.
fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let mut last = b' ';
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (plain, width) = match byte {
            b' ' => (last != b' ', 1),
            0x21..=0x7e => (true, 1),
            // U+00C0 to U+01B0 without Ð and ð.
            0xc3 => (!matches!(bytes.get(at + 1), Some(0x90 | 0xb0)), 2),
            0xc4 | 0xc5 => (true, 2),
            0xc6 => (bytes.get(at + 1).is_some_and(|second| *second <= 0xb0), 2),
            // U+1EA0 to U+1EF9.
            0xe1 => match bytes.get(at + 1..at + 3) {
                Some([0xba, third]) => (*third >= 0xa0, 3),
                Some([0xbb, third]) => (*third <= 0xb9, 3),
                Some(_) | None => (false, 3),
            },
            // – — “ ” … ‘ ’
            0xe2 => {
                let rest = bytes.get(at + 1..at + 3);
                (matches!(rest, Some([0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6])), 3)
            }
            _ => (false, 1),
        };
        if !plain {
            return false;
        }
        last = *byte;
        at += width;
    }
    last != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_legible_and_keep_their_lines() {
        for (raw, expected) in [
            ("Đang thực hiện", "Đang thực hiện"),
            ("  a  b ", "a b"),
            ("- một \r\n- hai\n\n", "- một\n- hai"),
            ("Ðã\u{a0}hoàn thành", "Đã hoàn thành"),
            ("Nghe\u{323}", "Nghẹ"),
            ("tin\u{200b}học", "tin học"),
            ("", ""),
        ] {
            assert_eq!(legible(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn letters_that_are_legible_as_they_stand_are_told_by_their_bytes() {
        for c in '\u{1}'..'\u{3000}' {
            let plain = matches!(c,
                '\u{21}'..='\u{7e}' | '\u{c0}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}'
                | '–' | '—' | '“' | '”' | '…' | '‘' | '’')
                && !matches!(c, 'ð' | 'Ð');
            assert_eq!(is_plain(&format!("a{c}a")), plain || c == ' ', "{c:?}");
        }
        assert!(["a  b", " a", "a ", "😀"].iter().all(|text| !is_plain(text)));
    }

    #[test]
    fn numbers_are_written_alike_whether_whole_or_not() {
        for number in [0.0, -0.0, 1.0, 13.1, 99_999.0, 2_147_483_646.0, 2_147_483_648.0, -7.0, 0.5, f64::NAN]
        {
            assert_eq!(written(number), number.to_string());
        }
    }

    #[test]
    fn merged_cells_lead_to_the_cell_with_the_value() {
        let range = Range { top: 2, left: 1, bottom: 4, right: 1 };
        let sheet = Sheet {
            name: String::new(),
            visibility: crate::sheet::cell::Visibility::Visible,
            rows: Vec::new(),
            merges: vec![range, Range { top: 7, left: 0, bottom: 7, right: 3 }],
            hidden_rows: Default::default(),
            fills: Vec::new(),
            hidden_columns: Default::default(),
            formats: vec!["General".into()],
            fonts: vec![String::new()],
        };
        let grid = Grid::new(&sheet, Encodings::default(), false);
        assert_eq!(grid.anchor(4, 1), (2, 1));
        assert_eq!(grid.anchor(5, 1), (5, 1));
        assert_eq!(grid.anchor(7, 2), (7, 0));
    }
}
