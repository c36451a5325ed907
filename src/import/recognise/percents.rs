//! Bare numbers under a heading that says nothing, beside a column of statuses: 100 where a task is completed and nowhere
//! else, 0 where it is not begun. Such numbers are the shares done.

use crate::domain::status::ReportedStatus;
use crate::import::vocabulary::statuses;
use crate::sheet::cell::Value;
use crate::sheet::column::Field;

use super::columns::{Column, Columns};
use super::grid::Grid;

/// Rows with a number and a status that are enough to tell.
const FEWEST: usize = 3;

/// Takes such a column for the percents, where no other has them.
pub(super) fn beside_statuses(
    (grid, sample): (&Grid<'_>, &[u32]),
    columns: &[Column<'_>],
    settled: &[u32],
    result: &mut Columns,
) {
    let Some(status) = result.fields.get(&Field::Status).copied() else { return };
    if result.fields.contains_key(&Field::Percent) {
        return;
    }
    let free = |column: &&Column<'_>| {
        let says = column.heading.and_then(|heading| heading.guesses.first());
        let looks = &column.looks;
        !settled.contains(&column.number)
            && result.fields.values().chain(&result.code).all(|at| *at != column.number)
            && says.is_none_or(|guess| guess.weight < 0.5)
            && looks.numbers == looks.filled
    };
    let found = columns.iter().filter(free).find(|column| goes_with(grid, sample, status, column.number));
    if let Some(column) = found {
        result.fields.insert(Field::Percent, column.number);
    }
}

/// Whether the numbers of a column go with the statuses of another, row by row, with both ends or the upper one seen.
fn goes_with(grid: &Grid<'_>, rows: &[u32], status: u32, numbers: u32) -> bool {
    let (mut all, mut agreeing, mut done, mut begun) = (0_usize, 0_usize, 0_usize, 0_usize);
    for row in rows {
        let said = grid.seen(*row, status).and_then(|text| statuses::understand(&text)?.status);
        let number = grid.cell(*row, numbers).and_then(|(cell, _)| match &cell.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.trim().replacen(',', ".", 1).parse().ok(),
            Value::Empty | Value::DateTime(_) | Value::Bool(_) | Value::Error(_) => None,
        });
        let Some((said, number)) = said.zip(number) else { continue };
        all += 1;
        let (full, none) = (number >= 100.0, number <= 0.0);
        agreeing += usize::from(match said {
            ReportedStatus::Completed => full,
            ReportedStatus::NotStarted => none,
            ReportedStatus::InProgress | ReportedStatus::Ongoing => !full,
            ReportedStatus::Suspended | ReportedStatus::Cancelled | ReportedStatus::NotApplicable => true,
        });
        done += usize::from(full && said == ReportedStatus::Completed);
        begun += usize::from(!full && !none);
    }
    all >= FEWEST && agreeing * 10 >= all * 9 && done > 0 && begun > 0
}
