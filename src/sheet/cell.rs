//! Workbooks as read: sheets, cells, merges, what is hidden. Values are as stored; meaning comes later (`import`).

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::colour::Colour;

/// A file format, recognised by content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML (.xlsx, .xlsm).
    #[default]
    Xlsx,
    /// Binary Office Open XML.
    Xlsb,
    /// BIFF, .xls.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with separators.
    Csv,
}

/// A workbook as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// How the file is stored.
    pub format: Format,
    /// Whether serial numbers count from 1904 (old Macintosh files).
    pub date_1904: bool,
    /// The sheets in their order, hidden ones included.
    pub sheets: Vec<Sheet>,
    /// Custom document properties (name, text); our own sheets carry their identity here.
    pub properties: Vec<(String, String)>,
}

/// Whether a sheet is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Shown.
    Visible,
    /// Hidden, or hidden so that only a macro shows it.
    Hidden,
}

/// A rectangle of cells, all bounds inclusive and 0-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// One sheet: its rows that have content, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// Rows with at least one cell that has a value, by ascending number.
    pub rows: Vec<Row>,
    /// Merged ranges.
    pub merges: Vec<Range>,
    /// Rows hidden by hand or by a filter, 0-based.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns, 0-based.
    pub hidden_columns: BTreeSet<u32>,
    /// Cells with a colour behind them, empty ones too, by row and column; as far as the format tells and no more than the
    /// reader keeps.
    pub fills: Vec<Fill>,
    /// Number format codes; a cell points into this list. Index 0 is "General".
    pub formats: Vec<String>,
    /// Font names; a cell points into this list. Index 0 is "" (unknown).
    pub fonts: Vec<String>,
}

/// A cell with a colour behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fill {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
    /// The colour.
    pub colour: Colour,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 0-based number (the workbook shows `number + 1`).
    pub number: u32,
    /// Cells that have a value, by ascending column.
    pub cells: Vec<Cell>,
}

/// One cell that has a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// 0-based column.
    pub column: u32,
    /// The stored value.
    pub value: Value,
    /// Index into `Sheet::formats`.
    pub format: u16,
    /// Index into `Sheet::fonts`.
    pub font: u16,
    /// Whether a formula stands in the cell (its stored result is `value`).
    pub formula: bool,
}

/// A stored value. Dates of .xlsx, .xlsb and .xls are `Number` with a date format; .ods gives `DateTime`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A formula without a stored result; plain empty cells are not kept.
    Empty,
    /// Text as stored, not normalised.
    Text(Box<str>),
    /// A number or a serial date.
    Number(f64),
    /// A typed date of .ods or an ISO date cell.
    DateTime(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value such as `#DIV/0!`.
    Error(Box<str>),
}

impl Workbook {
    /// Names the one sheet of a text file after the file, as spreadsheet programs do; other sheets have names of their own.
    pub fn name_after(&mut self, file_name: &str) {
        let last = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        if let ([sheet], Format::Csv) = (self.sheets.as_mut_slice(), self.format)
            && !stem.is_empty()
        {
            stem.clone_into(&mut sheet.name);
        }
    }
}

impl Sheet {
    /// The row with this 0-based number, if it has content.
    pub fn row(&self, number: u32) -> Option<&Row> {
        // Most sheets have no gaps below their first row, so that the number tells the place.
        let first = self.rows.first()?.number;
        let guess = usize::try_from(number.checked_sub(first)?).ok()?;
        match self.rows.get(guess) {
            Some(row) if row.number == number => Some(row),
            // Row numbers ascend by one at least: the row stands at the guess or before it.
            Some(_) | None => {
                let before = &self.rows[..guess.min(self.rows.len())];
                before.binary_search_by_key(&number, |row| row.number).ok().map(|index| &before[index])
            }
        }
    }

    /// The cell at this place, if it has a value.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.row(row).and_then(|row| row.cell(column))
    }

    /// The number format code of a cell.
    pub fn format_of(&self, cell: &Cell) -> &str {
        self.formats.get(usize::from(cell.format)).map_or("General", String::as_str)
    }
}

impl Row {
    /// The cell in this 0-based column, if it has a value.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        if let Some(cell) = usize::try_from(column).ok().and_then(|guess| self.cells.get(guess))
            && cell.column == column
        {
            return Some(cell);
        }
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|index| &self.cells[index])
    }
}

/// The letters of a 0-based column: 0 = A, 26 = AA.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The 0-based column of these letters, in either case: A = 0, aa = 26. `None` for what names no column (XFD is the last).
pub fn column_number(letters: &str) -> Option<u32> {
    const LAST: u32 = 16_384;
    let number = letters.bytes().try_fold(0u32, |number, letter| {
        let letter = letter.to_ascii_uppercase();
        let digit = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        Some(number * 26 + digit).filter(|number| *number <= LAST)
    })?;
    number.checked_sub(1)
}

/// The name of a place as workbooks show it: (7, 6) = "G8".
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), u64::from(row) + 1)
}
