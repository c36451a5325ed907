//! First phase: how the texts of a workbook are stored, sheet by sheet and column by column.

use std::collections::BTreeMap;

use crate::domain::legacy_text::{Encoding, detect};
use crate::sheet::cell::{Sheet, Value, Workbook};

use super::recognise::grid::Encodings;

/// Texts looked at in one sheet and in one column: enough to tell an encoding, few enough for a sheet of any length.
const SAMPLE: usize = 400;
const COLUMN_SAMPLE: usize = 60;
/// Rows looked at; a sheet does not change its encoding half-way.
const ROWS: usize = 2_000;

/// The encoding of every sheet, and the one that stands for the workbook (the first that is not Unicode).
pub fn encodings(workbook: &Workbook) -> (Vec<Encodings>, Encoding) {
    let sheets: Vec<Encodings> = workbook.sheets.iter().map(of_sheet).collect();
    let legacy = sheets
        .iter()
        .flat_map(|sheet| sheet.sheet.iter().chain(sheet.columns.values()))
        .find(|encoding| **encoding != Encoding::Unicode);
    let workbook = legacy.copied().unwrap_or(Encoding::Unicode);
    (sheets, workbook)
}

/// Texts of one column or sheet: a sample of those that may be legacy, and how many surely are Unicode.
#[derive(Default)]
struct Sample<'a> {
    maybe: Vec<&'a str>,
    unicode: usize,
}

impl<'a> Sample<'a> {
    fn take(&mut self, text: &'a str, kind: Kind, most: usize) {
        match kind {
            Kind::Plain => {}
            Kind::Unicode => self.unicode += 1,
            Kind::MaybeLegacy if self.maybe.len() < most => self.maybe.push(text),
            Kind::MaybeLegacy => {}
        }
    }

    fn encoding(self) -> Encoding {
        if self.maybe.is_empty() || self.unicode > self.maybe.len() {
            Encoding::Unicode
        } else {
            detect(self.maybe.into_iter())
        }
    }
}

fn of_sheet(sheet: &Sheet) -> Encodings {
    let mut columns: BTreeMap<u32, Sample<'_>> = BTreeMap::new();
    let mut all = Sample::default();
    for cell in sheet.rows.iter().take(ROWS).flat_map(|row| &row.cells) {
        let Value::Text(text) = &cell.value else { continue };
        let kind = kind(text);
        all.take(text, kind, SAMPLE);
        columns.entry(cell.column).or_default().take(text, kind, COLUMN_SAMPLE);
    }
    let whole = all.encoding();
    let columns = columns
        .into_iter()
        .filter(|(_, sample)| !sample.maybe.is_empty())
        .map(|(column, sample)| (column, sample.encoding()))
        .filter(|(_, encoding)| *encoding != whole && *encoding != Encoding::Unicode)
        .collect();
    Encodings { sheet: Some(whole).filter(|encoding| *encoding != Encoding::Unicode), columns }
}

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Unicode,
    MaybeLegacy,
}

/// Only texts with letters above ASCII and none of the letters that legacy text cannot hold are worth a look; this
/// keeps the scoring away from the many cells of plain Unicode.
fn kind(text: &str) -> Kind {
    let mut kind = Kind::Plain;
    for c in text.chars() {
        match c {
            '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{36f}' | 'ă' | 'đ' | 'ơ' | 'ư' | 'Đ' => {
                return Kind::Unicode;
            }
            '\u{a1}'..='\u{ff}' => kind = Kind::MaybeLegacy,
            _ => {}
        }
    }
    kind
}
