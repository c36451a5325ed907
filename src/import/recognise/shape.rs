//! A heading in words that are not in the data, known by its shape: a row of short texts of one kind each, over cells of
//! another kind (days, percents, statuses, units, numbers of rows) and over a column of tasks of the notice.

use crate::import::matching::Index;
use crate::sheet::cell::{Row, Value};

use super::column_numbers::is_column_numbers;
use super::evidence::{Looks, looks};
use super::grid::Grid;
use super::legend::Legend;

/// Rows below that are looked at.
const BELOW: usize = 8;
/// A row below the heading stands at most so far down (column numbers, a section row and a blank row between).
const FARTHEST: u32 = 12;
/// Letters and words of the longest heading.
const LONGEST: (usize, usize) = (60, 12);
/// A table has at least this many columns.
const FEWEST_COLUMNS: usize = 3;
/// Columns whose cells are of a kind that their heading is not, before a row of unknown words is a heading.
const CONTRASTS: usize = 2;
/// Most of the cells below are of one kind.
const MOSTLY: f64 = 0.6;
/// Of the cells below the heading of the contents.
const TASKS: f64 = 0.4;
/// The sender's own tasks are known by their length and their first words alone; then more must differ.
const OWN_TASKS: f64 = 0.5;
const OWN_LENGTH: usize = 25;
const CONTRASTS_OF_OWN: usize = 3;

/// Whether a row is the heading of a table by its shape. `known` is how many of its cells are known headings: one of them
/// stands for one contrast.
pub(super) fn is_heading(grid: &Grid<'_>, index: &Index<'_>, row: &Row, known: usize) -> bool {
    if !may_be(grid, row) {
        return false;
    }
    let below = rows_below(grid, row);
    if below.is_empty() {
        return false;
    }
    let none = Legend::default();
    let (mut contrasts, mut contents, mut own_contents, mut progress) = (0, false, false, false);
    for cell in &row.cells {
        let own = looks((grid, index, &none), cell.column, &[row.number]);
        let cells = looks((grid, index, &none), cell.column, &below);
        if own.tasks > 0 {
            return false;
        }
        contrasts += usize::from(differs(&own, &cells));
        contents |= cells.tasks >= below.len().min(2)
            && cells.share(cells.tasks) >= TASKS
            && own.letters * 2 < cells.average_length();
        own_contents |= cells.filled * 2 > below.len()
            && cells.average_length() >= OWN_LENGTH.max(own.letters * 2)
            && cells.share(cells.orders) >= OWN_TASKS;
        progress |= own.statuses + own.percents == 0
            && (cells.share(cells.statuses) >= MOSTLY || cells.share(cells.percents) >= MOSTLY);
    }
    contents && contrasts + known.min(1) >= CONTRASTS
        || own_contents && progress && below.len() >= 2 && contrasts + known.min(1) >= CONTRASTS_OF_OWN
}

/// The cheap look: short texts only, all different, and nothing right above but a line of title.
fn may_be(grid: &Grid<'_>, row: &Row) -> bool {
    if row.cells.len() < FEWEST_COLUMNS {
        return false;
    }
    let above = row.number.checked_sub(1).and_then(|above| grid.sheet.row(above));
    if above.is_some_and(|above| above.cells.len() > 2) {
        return false;
    }
    let mut texts = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let Value::Text(_) = cell.value else { return false };
        let Some(text) = grid.text(cell) else { continue };
        let short = text.chars().count() <= LONGEST.0 && text.split_whitespace().count() <= LONGEST.1;
        if !short || texts.contains(&text) {
            return false;
        }
        texts.push(text);
    }
    let texts: Vec<String> = texts.into_iter().map(std::borrow::Cow::into_owned).collect();
    texts.len() >= FEWEST_COLUMNS && !is_column_numbers(&texts)
}

fn rows_below(grid: &Grid<'_>, row: &Row) -> Vec<u32> {
    let from = grid.sheet.rows.partition_point(|below| below.number <= row.number);
    grid.sheet.rows[from..]
        .iter()
        .take_while(|below| below.number - row.number <= FARTHEST)
        .filter(|below| below.cells.len() >= 2)
        .filter(|below| {
            let texts: Vec<String> = below
                .cells
                .iter()
                .filter_map(|cell| grid.text(cell))
                .map(std::borrow::Cow::into_owned)
                .collect();
            !is_column_numbers(&texts)
        })
        .map(|below| below.number)
        .take(BELOW)
        .collect()
}

/// Whether the cells are mostly of one kind and the heading is not of that kind.
fn differs(own: &Looks, cells: &Looks) -> bool {
    let kinds = [
        (own.dates + own.deadlines, cells.dates + cells.deadlines),
        (own.percents + own.numbers, cells.percents + cells.numbers),
        (own.statuses, cells.statuses),
        (own.units, cells.units),
        (own.ordinals, cells.ordinals),
        (own.marks, cells.marks),
    ];
    cells.filled > 0 && kinds.iter().any(|(own, below)| *own == 0 && cells.share(*below) >= MOSTLY)
}
