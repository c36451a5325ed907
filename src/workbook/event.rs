//! What a reader of any format says, in order: the workbook's head, then for each sheet its head, its rows of cells and
//! its margins. Two listeners exist: `Builder` makes a `Workbook` of it, `frames::FrameWriter` sends it over a pipe.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::limits;
use crate::domain::refusal::Refusal;
use crate::sheet::cell::{Cell, Fill, Format, Range, Row, Sheet, Value, Visibility, Workbook};
use crate::sheet::colour::Colour;

/// One saying of a reader.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// Comes first, once.
    Workbook(Head),
    /// A sheet begins.
    Sheet {
        /// Name on the tab.
        name: &'a str,
        /// Whether it is shown.
        visibility: Visibility,
    },
    /// A cell with a value. Rows and columns ascend in every file that a spreadsheet program wrote.
    Cell(Place, Seen<'a>),
    /// What was seen around the cells; ends the sheet.
    Margins(Margins),
}

/// What holds for the whole workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// How the file is stored.
    pub format: Format,
    /// Whether serial numbers count from 1904.
    pub date_1904: bool,
    /// Custom document properties.
    pub properties: Vec<(String, String)>,
    /// Number format codes, "General" first.
    pub formats: Vec<String>,
    /// Font names, "" first.
    pub fonts: Vec<String>,
}

/// Where a cell stands and how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
    /// Index into `Head::formats`.
    pub format: u16,
    /// Index into `Head::fonts`.
    pub font: u16,
    /// Whether a formula stands there.
    pub formula: bool,
}

/// A value as seen while reading; texts are borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen<'a> {
    /// A formula without a stored result.
    Empty,
    /// Text.
    Text(&'a str),
    /// A finite number or serial date.
    Number(f64),
    /// A typed date.
    DateTime(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value.
    Error(&'a str),
}

/// What surrounds the cells of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Margins {
    /// Merged ranges.
    pub merges: Vec<Range>,
    /// Hidden rows, 0-based.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns, 0-based.
    pub hidden_columns: BTreeSet<u32>,
    /// Cells with a colour behind them; no more than [`limits::MAX_FILLS`].
    pub fills: Vec<Fill>,
}

impl Margins {
    /// Notes the colour behind a cell, as long as there is room.
    pub fn fill(&mut self, row: u32, column: u32, colour: Colour) {
        if self.fills.len() < limits::MAX_FILLS && row < limits::MAX_ROWS && column < limits::MAX_COLUMNS {
            self.fills.push(Fill { row, column, colour });
        }
    }
}

/// Who listens to a reader. Says no when a limit is passed or the pipe is gone; the reader then stops.
pub trait Listener {
    /// Takes one event.
    fn take(&mut self, event: Event<'_>) -> Result<(), Refusal>;
}

/// Counts what passes and refuses what is too much, so that every format is held to the same limits.
pub struct Counted<'l> {
    to: &'l mut dyn Listener,
    cells: usize,
    text: usize,
    sheets: usize,
}

impl<'l> Counted<'l> {
    /// Passes events on to `to` as long as they stay within `limits`.
    pub fn new(to: &'l mut dyn Listener) -> Self {
        Counted { to, cells: 0, text: 0, sheets: 0 }
    }

    fn count_cell(&mut self, place: Place, seen: Seen<'_>) -> Result<(), Refusal> {
        if place.row >= limits::MAX_ROWS || place.column >= limits::MAX_COLUMNS {
            return Err(Refusal::SheetTooLarge);
        }
        self.cells += 1;
        if let Seen::Text(text) | Seen::Error(text) = seen {
            self.text += text.len();
            if text.len() > limits::MAX_CELL_CHARS && text.encode_utf16().count() > limits::MAX_CELL_CHARS {
                return Err(Refusal::SheetTooLarge);
            }
        }
        if self.cells > limits::MAX_CELLS || self.text > limits::MAX_TEXT_BYTES {
            return Err(Refusal::SheetTooLarge);
        }
        Ok(())
    }
}

impl Listener for Counted<'_> {
    fn take(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        match &event {
            Event::Workbook(_) => {}
            Event::Sheet { .. } => {
                self.sheets += 1;
                if self.sheets > limits::MAX_SHEETS {
                    return Err(Refusal::FileTooLarge);
                }
            }
            Event::Cell(place, seen) => self.count_cell(*place, *seen)?,
            Event::Margins(margins) => {
                if margins.merges.len() > limits::MAX_MERGES {
                    return Err(Refusal::SheetTooLarge);
                }
            }
        }
        self.to.take(event)
    }
}

/// Makes a `Workbook` of the events.
#[derive(Default)]
pub struct Builder {
    head: Head,
    sheets: Vec<Sheet>,
}

impl Builder {
    /// The workbook, once the reader has ended well.
    pub fn finish(self) -> Workbook {
        let Head { format, date_1904, properties, formats: _, fonts: _ } = self.head;
        Workbook { format, date_1904, sheets: self.sheets, properties }
    }
}

impl Listener for Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Workbook(head) => self.head = head,
            Event::Sheet { name, visibility } => self.sheets.push(Sheet {
                name: name.to_owned(),
                visibility,
                rows: Vec::new(),
                merges: Vec::new(),
                hidden_rows: BTreeSet::new(),
                hidden_columns: BTreeSet::new(),
                formats: self.head.formats.clone(),
                fonts: self.head.fonts.clone(),
                fills: Vec::new(),
            }),
            Event::Cell(place, seen) => {
                let sheet = self.sheets.last_mut().ok_or(Refusal::FileDamaged)?;
                put(sheet, place, seen);
            }
            Event::Margins(margins) => {
                let sheet = self.sheets.last_mut().ok_or(Refusal::FileDamaged)?;
                sheet.merges = margins.merges;
                sheet.hidden_rows = margins.hidden_rows;
                sheet.hidden_columns = margins.hidden_columns;
                sheet.fills = margins.fills;
                sheet.fills.sort_unstable();
                order(sheet);
            }
        }
        Ok(())
    }
}

/// Puts a cell at the end of the sheet; `order` mends files whose cells do not ascend.
fn put(sheet: &mut Sheet, place: Place, seen: Seen<'_>) {
    let Place { row: number, column, format, font, formula } = place;
    let cell = Cell { column, value: seen.to_value(), format, font, formula };
    if let Some(last) = sheet.rows.last_mut()
        && last.number == number
    {
        last.cells.push(cell);
    } else {
        let width = sheet.rows.last().map_or(0, |row| row.cells.len());
        let mut cells = Vec::with_capacity(width);
        cells.push(cell);
        sheet.rows.push(Row { number, cells });
    }
}

/// Brings rows and cells into ascending order; of two cells in one place the later one stays. Done once per sheet, since
/// inserting each late cell where it belongs would let a hostile file cost quadratic time.
fn order(sheet: &mut Sheet) {
    if !sheet.rows.is_sorted_by(|a, b| a.number < b.number) {
        sheet.rows.sort_by_key(|row| row.number);
        sheet.rows.dedup_by(|later, kept| {
            let same = later.number == kept.number;
            if same {
                kept.cells.append(&mut later.cells);
            }
            same
        });
    }
    for row in &mut sheet.rows {
        if !row.cells.is_sorted_by(|a, b| a.column < b.column) {
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by(|later, kept| {
                let same = later.column == kept.column;
                if same {
                    std::mem::swap(later, kept);
                }
                same
            });
        }
    }
}

impl Seen<'_> {
    /// The value to keep.
    pub fn to_value(self) -> Value {
        match self {
            Seen::Empty => Value::Empty,
            Seen::Text(text) => Value::Text(text.into()),
            Seen::Number(number) => Value::Number(number),
            Seen::DateTime(date_time) => Value::DateTime(date_time),
            Seen::Bool(value) => Value::Bool(value),
            Seen::Error(text) => Value::Error(text.into()),
        }
    }
}
