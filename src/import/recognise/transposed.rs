//! Sheets whose tasks stand side by side, a column each, under headings that run down the left side. Their rows cannot be
//! named and answered by row, so they are refused in words of their own.

use std::collections::BTreeSet;

use crate::import::vocabulary::headings::{Meaning, guesses};
use crate::sheet::cell::{Row, Value};
use crate::sheet::column::Field;

use super::grid::Grid;

/// Columns in which the headings may run down: the first, or the one beside the numbers.
const FIRST_COLUMNS: u32 = 4;
/// Different headings below one another, the content among them.
const FEWEST_HEADINGS: usize = 3;
/// Tasks beside each other.
const FEWEST_TASKS: usize = 2;
/// A heading says plainly what it means.
const PLAIN: f64 = 0.6;
/// Rows that are looked at.
const ROWS: usize = 200;

/// Whether the tasks of a sheet stand in columns.
pub fn tasks_in_columns(grid: &Grid<'_>) -> bool {
    let first = grid.sheet.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.column).min();
    let first = first.unwrap_or(0);
    (first..first + FIRST_COLUMNS).any(|column| {
        let rows = grid.sheet.rows.iter().take(ROWS);
        let fields: BTreeSet<Field> = rows.filter_map(|row| heading(grid, row, column)).collect();
        fields.len() >= FEWEST_HEADINGS && fields.contains(&Field::Content)
    })
}

/// What the cell of a column says as a heading of the values on its right.
fn heading(grid: &Grid<'_>, row: &Row, column: u32) -> Option<Field> {
    let own = |text: &str| match guesses(text).first() {
        Some(guess) if guess.weight >= PLAIN => match guess.meaning {
            Meaning::Field(field) => Some(field),
            Meaning::CompletedOn | Meaning::Code | Meaning::Count | Meaning::Extension | Meaning::Other => {
                None
            }
        },
        Some(_) | None => None,
    };
    let cell = row.cell(column).filter(|cell| matches!(cell.value, Value::Text(_)))?;
    let field = own(&grid.text(cell)?)?;
    let right = row.cells.iter().filter(|cell| cell.column > column);
    let values = right.filter_map(|cell| grid.text(cell)).filter(|text| own(text) != Some(field));
    (values.count() >= FEWEST_TASKS).then_some(field)
}
