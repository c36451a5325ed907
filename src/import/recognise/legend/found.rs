//! Where legends are looked for: in headings, in the lines above and below a table, in the cells beside it, and on sheets
//! of notes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::import::recognise::grid::Grid;
use crate::import::recognise::header::Header;
use crate::sheet::cell::{Cell, Row};

use super::pairs::{Name, Pair, beside, explained};
use super::{LONGEST, Legend, status_of};

/// Rows above the heading, and rows at the end of the sheet, that are looked through whatever they hold.
const ROWS: usize = 15;
/// Rows from the heading down whose cells beside the table are looked at.
const BESIDE: usize = 60;
/// Lines between the heading and the end of the sheet that are looked through.
const LINES: usize = 200;
/// Explanations that make a legend; one alone may be chance.
const FEWEST: usize = 2;
/// Rows of more cells belong to the table; a text in them that explains one name is what a task says.
const WIDEST_LINE: usize = 3;
/// A sheet of notes has rows of no more cells.
const WIDEST_NOTE: usize = 4;

/// The legend of a table: in its headings, above it, below it, and beside it.
pub(super) fn of_table(grid: &Grid<'_>, header: &Header) -> Legend {
    let first = header.rows.first().copied().unwrap_or(0);
    let rows = &grid.sheet.rows;
    let above = rows.partition_point(|row| row.number < first);
    let end = rows.len().saturating_sub(ROWS).max(above);
    let mut found = Found::default();
    for heading in &header.columns {
        found.take_text(&heading.text, false);
    }
    for row in &rows[above.saturating_sub(ROWS)..above] {
        found.take_row(grid, row.number, &row.cells);
    }
    for row in rows[above..].iter().take(BESIDE) {
        let (left, right) = beside_table(header, row);
        found.take_row(grid, row.number, left);
        found.take_row(grid, row.number, right);
    }
    let narrow = header.columns.len() <= WIDEST_LINE + 1;
    let lines = rows[above..end].iter().filter(|row| !narrow && row.cells.len() <= WIDEST_LINE);
    for row in lines.take(LINES).chain(&rows[end..]) {
        found.take_row(grid, row.number, &row.cells);
    }
    found.legend()
}

/// The legend in the lines of a sheet. Colours of cells count on a sheet of notes only.
pub(super) fn of_sheet(grid: &Grid<'_>) -> Legend {
    let rows = &grid.sheet.rows;
    let notes = rows.iter().take(LINES).all(|row| row.cells.len() <= WIDEST_NOTE);
    let mut found = Found { colours: notes, ..Found::default() };
    for row in rows.iter().filter(|row| row.cells.len() <= WIDEST_NOTE).take(LINES) {
        found.take_row(grid, row.number, &row.cells);
    }
    found.legend()
}

/// Whether short texts in a row explain each other and nothing else.
pub(super) fn is_row(texts: &[Cow<'_, str>]) -> bool {
    let short = texts.iter().all(|text| text.len() <= LONGEST * 4);
    let pairs = || beside(texts).into_iter().chain(texts.iter().flat_map(|text| explained(text)));
    short && texts.len() >= FEWEST && is_legend(&pairs().collect::<Vec<_>>())
}

/// The cells of a row on the left and on the right of a table.
fn beside_table<'r>(header: &Header, row: &'r Row) -> (&'r [Cell], &'r [Cell]) {
    let (Some(first), Some(last)) = (header.columns.first(), header.columns.last()) else {
        return (&[], &[]);
    };
    let left = row.cells.partition_point(|cell| cell.column < first.column);
    let right = row.cells.partition_point(|cell| cell.column <= last.column);
    (&row.cells[..left], &row.cells[right..])
}

/// Explanations as they are found.
pub(super) struct Found {
    /// Several in one text or row.
    together: Vec<Pair>,
    /// One in a line of its own.
    alone: Vec<Pair>,
    /// Whether the colours of cells are looked at.
    colours: bool,
}

impl Default for Found {
    fn default() -> Found {
        Found { together: Vec::new(), alone: Vec::new(), colours: true }
    }
}

impl Found {
    pub(super) fn take_text(&mut self, text: &str, is_line: bool) {
        self.take(explained(text), is_line);
    }

    fn take_row(&mut self, grid: &Grid<'_>, row: u32, cells: &[Cell]) {
        if cells.is_empty() {
            return;
        }
        let texts: Vec<Cow<'_, str>> = cells.iter().filter_map(|cell| grid.text(cell)).collect();
        let is_line = texts.len() <= WIDEST_LINE;
        let mut of_row = beside(&texts);
        for text in &texts {
            let pairs = explained(text);
            if is_legend(&pairs) {
                self.together.extend(pairs);
            } else {
                of_row.extend(pairs);
            }
        }
        self.take(of_row, is_line);
        if self.colours && !grid.sheet.fills.is_empty() {
            let coloured = cells.iter().filter_map(|cell| coloured(grid, row, cell));
            self.take(coloured.collect(), is_line);
        }
    }

    fn take(&mut self, pairs: Vec<Pair>, is_line: bool) {
        if is_legend(&pairs) {
            self.together.extend(pairs);
        } else if is_line {
            self.alone.extend(pairs);
        }
    }

    /// What stands in the heading or nearest above it comes first and holds.
    pub(super) fn legend(self) -> Legend {
        let mut pairs = self.together;
        if is_legend(&self.alone) {
            pairs.extend(self.alone);
        }
        let mut legend = Legend::default();
        for (name, meaning) in pairs {
            match name {
                Name::Short(name) => {
                    legend.names.entry(name).or_insert(meaning);
                }
                Name::Colours(colours) => {
                    for colour in colours {
                        legend.colours.entry(*colour).or_insert(meaning);
                    }
                }
            }
        }
        legend
    }
}

/// A cell that names a status and is coloured, or stands beside a coloured cell without text.
fn coloured(grid: &Grid<'_>, row: u32, cell: &Cell) -> Option<Pair> {
    let text = grid.text(cell)?;
    // A legend may say "(màu đỏ) Quá hạn" as well; the colour itself counts.
    let meaning = status_of(&text)?;
    let beside = || {
        let left = cell.column.checked_sub(1).filter(|left| grid.seen(row, *left).is_none())?;
        grid.fill(row, left)
    };
    let colour = grid.fill(row, cell.column).or_else(beside)?;
    Some((Name::Colours(colour.alone()), meaning))
}

/// Whether explanations make a legend: several names, for different statuses.
fn is_legend(pairs: &[Pair]) -> bool {
    let names: BTreeSet<&Name> = pairs.iter().map(|(name, _)| name).collect();
    let statuses: BTreeSet<_> = pairs.iter().filter_map(|(_, meaning)| meaning.status).collect();
    names.len() >= FEWEST && statuses.len() >= FEWEST
}
