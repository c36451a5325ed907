//! A table without a heading (exports, copied parts of sheets): a column of known tasks, the others told by their cells.

use crate::import::matching::Index;

use super::columns::assign;
use super::evidence::looks;
use super::grid::Grid;
use super::header::{Header, Heading};
use super::legend::Legend;
use super::tables::{SAMPLE, Table, is_task_table};

/// Rows that must speak of known tasks before a sheet without a heading is taken for a table.
const KNOWN_ROWS: usize = 2;

/// The table of a sheet without headings.
pub(super) fn headless(grid: &Grid<'_>, index: &Index<'_>) -> Option<Table> {
    let rows: Vec<u32> = grid
        .sheet
        .rows
        .iter()
        .filter(|row| row.cells.len() >= 3)
        .map(|row| row.number)
        .take(SAMPLE)
        .collect();
    let (first, last) = (*rows.first()?, grid.sheet.rows.last()?.number);
    let mut numbers: Vec<u32> = rows
        .iter()
        .filter_map(|row| grid.sheet.row(*row))
        .flat_map(|row| row.cells.iter().map(|cell| cell.column))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let known = numbers.iter().any(|column| {
        let looks = looks((grid, index, &Legend::default()), *column, &rows);
        looks.tasks >= KNOWN_ROWS && looks.share(looks.tasks) >= 0.5
    });
    if !known {
        return None;
    }
    let heading = |column: u32| Heading {
        column,
        text: String::new(),
        leaf: String::new(),
        guesses: Vec::new(),
        covered: false,
    };
    let header =
        Header { rows: Vec::new(), columns: numbers.into_iter().map(heading).collect(), by_shape: false };
    let columns = assign(grid, index, &header, &rows);
    is_task_table(&columns, &rows).then(|| Table {
        header_rows: Vec::new(),
        headings: Vec::new(),
        repeated: Vec::new(),
        title: Vec::new(),
        columns,
        headless: true,
        unheard: false,
        first,
        last,
    })
}
