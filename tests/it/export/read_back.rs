//! A written workbook read back: cells as text, formulas with their stored results, and formulas worked out again.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};

/// By 0-based row and column.
type Cells<T> = BTreeMap<(u32, u32), T>;

/// A workbook read back.
pub(super) struct Back {
    /// Sheets in their order: name, values, formulas.
    pub(super) sheets: Vec<(String, Cells<Data>, Cells<String>)>,
    /// Custom document properties.
    pub(super) properties: BTreeMap<String, String>,
    bytes: Vec<u8>,
}

impl Back {
    pub(super) fn read(bytes: &[u8]) -> Back {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names().clone();
        let sheets = names
            .into_iter()
            .map(|name| {
                let values = book.worksheet_range(&name).unwrap();
                let (top, left) = values.start().unwrap_or_default();
                let at = move |row: usize, column: usize| {
                    (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap())
                };
                let values = values
                    .used_cells()
                    .filter(|(_, _, value)| !value.is_empty())
                    .map(|(row, column, value)| (at(row, column), value.clone()))
                    .collect();
                let formulas = book.worksheet_formula(&name).unwrap();
                let (top, left) = formulas.start().unwrap_or_default();
                let formulas = formulas
                    .used_cells()
                    .filter(|(_, _, formula)| !formula.is_empty())
                    .map(|(row, column, formula)| {
                        let place =
                            (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
                        (place, formula.clone())
                    })
                    .collect();
                (name, values, formulas)
            })
            .collect();
        let properties = book.workbook_properties().unwrap();
        let properties = properties.custom_properties.into_iter().collect();
        Back { sheets, properties, bytes: bytes.to_vec() }
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.sheets.iter().map(|(name, _, _)| name.as_str()).collect()
    }

    pub(super) fn values(&self, sheet: &str) -> &Cells<Data> {
        &self.sheets.iter().find(|(name, _, _)| name == sheet).unwrap().1
    }

    /// The place of the first cell with this text.
    pub(super) fn find(&self, sheet: &str, text: &str) -> Option<(u32, u32)> {
        let found = self.values(sheet).iter().find(|(_, value)| value.as_string().as_deref() == Some(text));
        found.map(|(place, _)| *place)
    }

    /// A number in a cell; 0 where it is empty.
    pub(super) fn number(&self, sheet: &str, place: (u32, u32)) -> f64 {
        self.values(sheet).get(&place).and_then(DataType::as_f64).unwrap_or(0.0)
    }

    /// Rows as lines of cells, for snapshots; formulas as their results.
    pub(super) fn text(&self, sheet: &str) -> String {
        let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for ((row, _), value) in self.values(sheet) {
            let shown = match value {
                Data::DateTime(date) => date.as_datetime().unwrap().format("%Y-%m-%d").to_string(),
                value => value.to_string(),
            };
            lines.entry(*row).or_default().push(shown);
        }
        lines.values().map(|cells| cells.join(" | ")).collect::<Vec<_>>().join("\n")
    }

    /// A part of the package as text.
    pub(super) fn part(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Works out a formula of the three forms that the exports use: sums of a range, counts of a word in a range of
    /// another sheet, and additions of cells.
    pub(super) fn work_out(&self, sheet: &str, formula: &str) -> f64 {
        let formula = formula.trim_start_matches('=');
        if let Some(range) = formula.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')) {
            return places(range).into_iter().map(|place| self.number(sheet, place)).sum();
        }
        if let Some(rest) = formula.strip_prefix("COUNTIF('").and_then(|rest| rest.strip_suffix("\")")) {
            let (target, rest) = rest.split_once("'!").unwrap();
            let (range, word) = rest.split_once(",\"").unwrap();
            let values = self.values(&target.replace("''", "'"));
            let same =
                |place: &(u32, u32)| values.get(place).and_then(DataType::as_string).as_deref() == Some(word);
            return f64::from(
                u32::try_from(places(range).iter().filter(|place| same(place)).count()).unwrap(),
            );
        }
        formula.split('+').map(|cell| self.number(sheet, place(cell))).sum()
    }
}

fn places(range: &str) -> Vec<(u32, u32)> {
    let (from, to) = range.split_once(':').unwrap();
    let ((top, left), (bottom, right)) = (place(from), place(to));
    (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column))).collect()
}

/// `$G$12` as 0-based row and column.
pub(super) fn place(name: &str) -> (u32, u32) {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit()).unwrap();
    let column = name[..digits].bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (name[digits..].parse::<u32>().unwrap() - 1, column - 1)
}
