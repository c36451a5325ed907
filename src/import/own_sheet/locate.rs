//! Where the table of one of our sheets stands in the file that came back: columns may have been moved or deleted and
//! their headings retyped, rows sorted, inserted and deleted, the tab copied.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::headings;
use crate::domain::finding::Finding;
use crate::import::vocabulary::words;
use crate::sheet::cell::{Row, Sheet, Value, Visibility, Workbook};
use crate::sheet::template::{Column, SHEET};

/// The headings are searched for in so many rows from the top.
const HEADING_WITHIN: u32 = 30;
/// A row without the key heading is the heading of one of our tables when it names so many of its columns.
const FEWEST_HEADINGS: usize = 4;

/// The table of one of our sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Index of the sheet.
    pub sheet: usize,
    /// Row of the headings.
    pub heading_row: u32,
    /// Where each column that is still there stands.
    pub columns: BTreeMap<Column, u32>,
    /// Rows that carry a key, in the order of the sheet: row and assignment. A key met twice is a copied row.
    pub keys: Vec<(u32, Uuid)>,
    /// Rows with content and without a readable key: inserted by hand, or the foot of the sheet.
    pub keyless: Vec<u32>,
    /// What is odd about its columns.
    pub findings: Vec<Finding>,
}

/// The tables of our own in a workbook. The first is the one that counts: on a sheet that is shown, and by the name that
/// we gave; the others are copies.
pub fn tables(workbook: &Workbook) -> Vec<Located> {
    let mut tables: Vec<Located> =
        workbook.sheets.iter().enumerate().filter_map(|(index, sheet)| in_sheet(index, sheet)).collect();
    tables.sort_by_key(|table| {
        let sheet = &workbook.sheets[table.sheet];
        (sheet.visibility != Visibility::Visible, words(&sheet.name) != words(SHEET))
    });
    tables
}

/// The keys below a key heading, for a workbook that has lost its marks.
pub fn keys(workbook: &Workbook) -> Vec<Uuid> {
    let named = |sheet: &Sheet| top(sheet).any(|row| named_key(row).is_some());
    if !workbook.sheets.iter().any(named) {
        return Vec::new();
    }
    tables(workbook).into_iter().flat_map(|table| table.keys).map(|(_, key)| key).collect()
}

fn top(sheet: &Sheet) -> impl Iterator<Item = &Row> {
    sheet.rows.iter().take_while(|row| row.number < HEADING_WITHIN)
}

fn named_key(row: &Row) -> Option<u32> {
    let cell = row.cells.iter().find(|cell| headings::named(&cell.value) == Some(Column::Key));
    cell.map(|cell| cell.column)
}

fn in_sheet(index: usize, sheet: &Sheet) -> Option<Located> {
    // Of rows that name as many columns the first.
    let counted = top(sheet).map(|row| (headings::count(row), row));
    let (count, heading) = counted.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let key = named_key(heading);
    if key.is_none() && count < FEWEST_HEADINGS {
        return None;
    }
    let key = key.or_else(|| column_of_keys(sheet, heading.number));
    let (columns, findings) = headings::columns(sheet, heading, key);
    let (mut keys, mut keyless) = (Vec::new(), Vec::new());
    for row in sheet.rows.iter().filter(|row| row.number > heading.number) {
        match key.and_then(|at| row.cell(at)).and_then(|cell| key_of(&cell.value)) {
            Some(key) => keys.push((row.number, key)),
            None => keyless.push(row.number),
        }
    }
    Some(Located { sheet: index, heading_row: heading.number, columns, keys, keyless, findings })
}

/// The column that holds keys although nothing is written above them.
fn column_of_keys(sheet: &Sheet, heading: u32) -> Option<u32> {
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    let cells = sheet.rows.iter().filter(|row| row.number > heading).flat_map(|row| &row.cells);
    for cell in cells.filter(|cell| key_of(&cell.value).is_some()) {
        *found.entry(cell.column).or_default() += 1;
    }
    found.into_iter().max_by_key(|(_, keys)| *keys).map(|(column, _)| column)
}

fn key_of(value: &Value) -> Option<Uuid> {
    let Value::Text(text) = value else { return None };
    text.trim().parse().ok()
}
