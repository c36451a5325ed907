//! Where the heading of a table stands: a row whose cells are known headings, with the rows above and below that
//! belong to it (merged either way, or grouped without merging).

use std::collections::HashMap;

use crate::import::matching::Index;
use crate::import::rows::stt::{self, Stt};
use crate::import::vocabulary::headings::{Guess, LONGEST_HEADING, Meaning, guesses, is_known};
use crate::import::vocabulary::statuses;
use crate::sheet::cell::{Row, Value};
use crate::sheet::column::Field;

use super::column_numbers::is_column_numbers;
use super::grid::Grid;
use super::shape;

/// The heading of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Its rows, from the first to the last.
    pub rows: Vec<u32>,
    /// Its columns that have a heading.
    pub columns: Vec<Heading>,
    /// Whether it is known by its shape and not by its words.
    pub by_shape: bool,
}

/// The heading of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// The column.
    pub column: u32,
    /// Its texts from top to bottom, levels joined with " / ".
    pub text: String,
    /// Its lowest text.
    pub leaf: String,
    /// What it may mean.
    pub guesses: Vec<Guess>,
    /// Whether the column lies under a merged heading that begins further left.
    pub covered: bool,
}

/// A heading has at most this many rows (group, column, unit of measure).
const MOST_ROWS: u32 = 3;
/// Headings of more words exist, but not in a row of which fewer than three are headings as a whole.
const LONGEST_IN_WORDS: usize = 14;
/// One longer heading may stand beside so many known ones: "Các nhiệm vụ Bộ trưởng giao tại Hội nghị giao ban quý I ...".
const LONGEST_OF_ALL: usize = 24;
const FIELDS_BESIDE_LONG: usize = 4;
const TOO_LONG: usize = 9;
/// Rows below a heading among which the first number stands.
const ROWS_BELOW: usize = 3;
/// A guess below this says too little to make a row a heading.
const CLEAR: f64 = 0.5;

/// Looks for headings in one sheet; remembers what each short text may mean.
pub struct Finder<'g, 'a> {
    pub(super) grid: &'g Grid<'a>,
    index: &'g Index<'g>,
    known: HashMap<String, Vec<Guess>>,
}

impl<'g, 'a> Finder<'g, 'a> {
    /// A finder for a sheet.
    pub fn new(grid: &'g Grid<'a>, index: &'g Index<'g>) -> Finder<'g, 'a> {
        Finder { grid, index, known: HashMap::new() }
    }

    /// Every heading of the sheet, from top to bottom.
    pub fn headers(&mut self) -> Vec<Header> {
        let sheet = self.grid.sheet;
        let mut found: Vec<Header> = Vec::new();
        for row in &sheet.rows {
            let after = found.last().and_then(|header| header.rows.last().copied());
            if after.is_some_and(|last| row.number <= last) || !self.may_be_heading(row) {
                continue;
            }
            let by_words = self.is_heading(row);
            if by_words || self.is_shaped(row) {
                let header = self.whole_header(row.number, after);
                found.push(Header { by_shape: !by_words, ..header });
            }
        }
        found
    }

    /// The cheap look: rows of the body begin with a number, and hold long texts or several numbers.
    fn may_be_heading(&self, row: &Row) -> bool {
        let (mut texts, mut numbers) = (0, 0);
        for (index, cell) in row.cells.iter().enumerate() {
            match &cell.value {
                Value::Text(text) if text.len() > LONGEST_HEADING * 2 => return false,
                Value::Text(text) => {
                    let ordinal =
                        text.trim_start().starts_with(|c: char| c.is_ascii_digit() || "-+(*".contains(c));
                    // "1. STT": headings that are numbered themselves.
                    if index == 0 && ordinal && !is_known(text) {
                        return false;
                    }
                    texts += 1;
                }
                Value::Number(_) | Value::DateTime(_) => {
                    if index == 0 || cell.formula {
                        return false;
                    }
                    numbers += 1;
                }
                Value::Empty | Value::Bool(_) | Value::Error(_) => {}
            }
        }
        texts >= 2 && numbers <= 1
    }

    fn is_heading(&mut self, row: &Row) -> bool {
        let mut fields: Vec<Meaning> = Vec::new();
        let (mut cells, mut known, mut whole, mut statuses_seen, mut content) = (0, 0, 0, 0, false);
        let mut long = 0;
        for cell in &row.cells {
            let Some(text) = self.grid.text(cell) else { continue };
            cells += 1;
            let words = text.split_whitespace().count();
            long += match &cell.value {
                Value::Text(_) if words <= LONGEST_IN_WORDS => 0,
                Value::Text(_) if words <= LONGEST_OF_ALL => 1,
                Value::Text(_) | Value::Number(_) | Value::DateTime(_) => TOO_LONG,
                Value::Empty | Value::Bool(_) | Value::Error(_) => TOO_LONG,
            };
            let guesses = self.guesses(&text);
            let Some(best) = guesses.first().filter(|guess| guess.weight >= CLEAR) else {
                let is_status = statuses::as_heading(&text).is_some();
                statuses_seen += usize::from(is_status);
                continue;
            };
            known += 1;
            whole += usize::from(is_known(&text));
            content |= guesses
                .iter()
                .any(|guess| guess.meaning == Meaning::Field(Field::Content) && guess.weight >= CLEAR);
            if let Meaning::Field(_) = best.meaning
                && !fields.contains(&best.meaning)
            {
                fields.push(best.meaning);
            }
        }
        let enough = if content { fields.len() >= 2 } else { fields.len() >= 3 };
        let mostly_known = (known + statuses_seen) * 2 >= cells;
        // A row of the body without a number may hold heading words too ("Báo cáo kết quả nhiệm vụ"); two cells that
        // are headings as a whole, or four that hold heading words, are no accident.
        // Where every heading is a sentence the numbers below tell.
        let short = long <= usize::from(fields.len() >= FIELDS_BESIDE_LONG)
            || long < TOO_LONG && fields.len() > FIELDS_BESIDE_LONG && self.begins_below(row);
        let few = whole >= 2 || fields.len() >= 4 || fields.len() >= 3 && self.begins_below(row);
        enough && mostly_known && (whole >= 3 || short && few)
    }

    /// Whether the numbers of a table begin in the first column right below a row, column numbers and a section between.
    fn begins_below(&self, row: &Row) -> bool {
        let Some(first) = row.cells.first().map(|cell| cell.column) else { return false };
        let rows = &self.grid.sheet.rows;
        let from = rows.partition_point(|below| below.number <= row.number);
        let below = rows[from..].iter().take(ROWS_BELOW).filter_map(|below| below.cell(first));
        let mut numbers = below.filter_map(|cell| stt::parse(&self.grid.text(cell)?));
        numbers.any(|number| matches!(number, Stt::Arabic(ref parts) if *parts == [1]))
    }

    fn is_shaped(&mut self, row: &'a Row) -> bool {
        let known = row.cells.iter().filter_map(|cell| self.grid.text(cell));
        let known = known.filter(|text| self.guesses(text).first().is_some_and(|best| best.weight >= CLEAR));
        let known = known.count();
        shape::is_heading(self.grid, self.index, row, known)
    }

    pub(super) fn guesses(&mut self, text: &str) -> Vec<Guess> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let found = guesses(text);
        self.known.insert(text.to_owned(), found.clone());
        found
    }

    fn whole_header(&mut self, row: u32, after: Option<u32>) -> Header {
        let mut top = row;
        while top > 0
            && row - top + 1 < MOST_ROWS
            && after.is_none_or(|last| top - 1 > last)
            && self.groups(top - 1, top)
        {
            top -= 1;
        }
        let mut bottom = row;
        while bottom - top + 1 < MOST_ROWS && self.goes_on(top, bottom) {
            bottom += 1;
        }
        let rows: Vec<u32> = (top..=bottom).collect();
        let columns = self.columns(&rows);
        Header { rows, columns, by_shape: false }
    }

    /// Whether `upper` holds group headings over the heading row `lower`.
    fn groups(&self, upper: u32, lower: u32) -> bool {
        let (Some(above), Some(below)) = (self.grid.sheet.row(upper), self.grid.sheet.row(lower)) else {
            return false;
        };
        let (Some(first), Some(last)) = (below.cells.first(), below.cells.last()) else { return false };
        let width = last.column - first.column;
        let mut groups = 0;
        for cell in &above.cells {
            if cell.column < first.column.saturating_sub(1) || cell.column > last.column + 1 {
                return false;
            }
            match self.grid.merge_at(upper, cell.column) {
                Some(range) if range.bottom > upper => groups += 1,
                Some(range) if range.right > range.left && range.right - range.left < width => groups += 1,
                Some(_) => return false,
                None => {}
            }
        }
        groups >= 1 && above.cells.len() >= 2
    }

    /// Whether the row below `bottom` still belongs to the heading.
    fn goes_on(&mut self, top: u32, bottom: u32) -> bool {
        let next = bottom + 1;
        let heading_columns: Vec<u32> = (top..=bottom)
            .filter_map(|row| self.grid.sheet.row(row))
            .flat_map(|row| row.cells.iter().map(|cell| cell.column))
            .collect();
        let reaches_down = heading_columns.iter().any(|column| {
            self.grid.merge_at(bottom, *column).is_some_and(|range| range.top >= top && range.bottom >= next)
        });
        let Some(row) = self.grid.sheet.row(next) else { return reaches_down };
        if !row
            .cells
            .iter()
            .all(|cell| matches!(&cell.value, Value::Text(text) if text.len() <= LONGEST_HEADING))
        {
            return false;
        }
        if reaches_down {
            return !is_column_numbers(&self.texts(row));
        }
        let under_group = row.cells.iter().any(|cell| {
            self.grid.merge_at(bottom, cell.column).is_some_and(|range| range.right > range.left)
        });
        let first_heading = heading_columns.iter().min().copied().unwrap_or(0);
        let begins_below_first = row.cells.first().is_some_and(|cell| cell.column == first_heading);
        let texts = self.texts(row);
        let heading_like = texts.iter().filter(|text| self.is_heading_text(text)).count();
        let mostly = heading_like * 2 >= texts.len() && heading_like >= 2;
        !begins_below_first
            && !is_column_numbers(&texts)
            && (under_group && heading_like * 2 >= texts.len() || mostly)
    }

    fn texts(&self, row: &'a Row) -> Vec<String> {
        row.cells.iter().filter_map(|cell| self.grid.text(cell)).map(std::borrow::Cow::into_owned).collect()
    }

    fn is_heading_text(&mut self, text: &str) -> bool {
        let figure = text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
        !figure
            && (self.guesses(text).first().is_some_and(|guess| guess.weight >= CLEAR)
                || statuses::as_heading(text).is_some())
    }
}
