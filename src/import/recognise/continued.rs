//! A table that goes on upon another sheet without its heading: the numbers go on, or the contents stand in the same column.

use crate::import::matching::Index;
use crate::import::rows::stt::{self, Stt};
use crate::sheet::column::Field;

use super::columns::assign;
use super::grid::Grid;
use super::header::Header;
use super::tables::{SAMPLE, Table, is_task_table};

/// Rows of fewer cells are titles and sections.
const FEWEST_CELLS: usize = 3;
/// Rows below the first one in which a number may stand.
const FIRST_ROWS: usize = 5;

/// The table of a sheet as the rest of `before`, which stands on `above`. `headless` is what the sheet would be by itself.
pub fn continued(
    (grid, index): (&Grid<'_>, &Index<'_>),
    (above, before): (&Grid<'_>, &Table),
    headless: Option<&Table>,
) -> Option<Table> {
    if before.headings.is_empty() {
        return None;
    }
    let rows = || grid.sheet.rows.iter().filter(|row| row.cells.len() >= FEWEST_CELLS);
    let (first, last) = (rows().next()?.number, grid.sheet.rows.last()?.number);
    let content = *before.columns.fields.get(&Field::Content)?;
    let same_content =
        headless.is_some_and(|table| table.columns.fields.get(&Field::Content) == Some(&content));
    if !same_content && !numbers_go_on(grid, (above, before), first) {
        return None;
    }
    let sample: Vec<u32> = rows().map(|row| row.number).take(SAMPLE).collect();
    let header = Header { rows: Vec::new(), columns: before.headings.clone(), by_shape: false };
    let columns = assign(grid, index, &header, &sample);
    let still = columns.fields.get(&Field::Content) == Some(&content);
    let unheard = before.unheard;
    (still && is_task_table(&columns, &sample)).then(|| Table {
        header_rows: Vec::new(),
        headings: before.headings.clone(),
        repeated: Vec::new(),
        title: Vec::new(),
        columns,
        headless: false,
        unheard,
        first,
        last,
    })
}

/// Whether the first number of the sheet is the one after the last number of the table before.
fn numbers_go_on(grid: &Grid<'_>, (above, before): (&Grid<'_>, &Table), first: u32) -> bool {
    let Some(column) = before.columns.fields.get(&Field::Stt).copied() else { return false };
    let number = |grid: &Grid<'_>, row: u32| match stt::parse(&grid.seen(row, column)?)? {
        Stt::Arabic(parts) => parts.first().copied(),
        Stt::Roman(_) | Stt::Capital(_) | Stt::Letter(_) | Stt::Dash | Stt::Plus | Stt::Bullet => None,
    };
    let within = |row: &&crate::sheet::cell::Row| (before.first..=before.last).contains(&row.number);
    let last = above.sheet.rows.iter().filter(within).rev().find_map(|row| number(above, row.number));
    let below = grid.sheet.rows.iter().filter(|row| row.number >= first).take(FIRST_ROWS);
    let next = below.into_iter().find_map(|row| number(grid, row.number));
    last.zip(next).is_some_and(|(last, next)| next == last + 1 && last >= 1)
}
