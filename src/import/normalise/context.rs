//! What the values of a table have in common: the scale of its percents, the signs of its days, the status its title gives.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::import::reading::{ColumnReading, StatusValue};
use crate::import::recognise::{Grid, Table};
use crate::import::rows::TaskRow;
use crate::import::rows::title::{says_how_far, status_of_title};
use crate::sheet::column::Field;
use crate::sheet::meaning::ColumnFacts;

use super::deadline::DayColumn;
use super::mark::{is_cross, is_tick, may_be_empty};
use super::percent::Scale;
use super::status;

/// What the values of a table have in common.
#[derive(Clone, Debug)]
pub struct Context {
    pub(super) scale: Scale,
    pub(super) days: DayColumn,
    pub(super) completed: DayColumn,
    pub(super) notice_year: i32,
    pub(super) title_status: Option<StatusValue>,
    /// Whether the column of statuses shows different colours where it has no words.
    pub(super) coloured: bool,
    /// Whether cells in columns of statuses are coloured in place of a mark: one in each row, not always in one column.
    pub(super) marked_by_colour: bool,
    /// Signs in columns of marks that say that their column does not hold.
    pub(super) empty_signs: Vec<String>,
}

impl Context {
    /// The context of a table: the scale of its percents, the signs of its days, the status its title gives.
    pub fn new(grid: &Grid<'_>, table: &Table, tasks: &[TaskRow<'_>], notice_year: i32) -> Context {
        let column = |field: Field| table.columns.fields.get(&field).copied();
        let cells = |column: Option<u32>| {
            tasks.iter().filter_map(move |task| column.and_then(|column| grid.sheet.cell(task.row, column)))
        };
        let days = |column: Option<u32>| {
            let (answer, memory) = expected(table, column);
            DayColumn::of(grid, cells(column)).expecting(answer.days, memory.days)
        };
        let percent = column(Field::Percent);
        let (answer, memory) = expected(table, percent);
        Context {
            scale: Scale::of(grid, cells(percent)).expecting(answer.scale, memory.scale),
            days: days(column(Field::Deadline)),
            completed: days(table.columns.completed_on)
                .swapped_before(expected(table, table.columns.completed_on).1.days),
            notice_year,
            title_status: title_status(grid, table),
            coloured: coloured(grid, tasks, column(Field::Status)),
            marked_by_colour: marked_by_colour(grid, table, tasks),
            empty_signs: empty_signs(grid, table, tasks),
        }
    }

    /// Adds to what is said of the columns how their percents and days are meant, where that is known.
    pub fn note_in(&self, table: &Table, columns: &mut [ColumnReading]) {
        let fields = &table.columns.fields;
        for column in columns {
            let at = Some(&column.column);
            if fields.get(&Field::Percent) == at {
                column.facts.scale = self.scale.known();
            }
            if fields.get(&Field::Deadline) == at {
                column.facts.days = self.days.known();
            } else if table.columns.completed_on.as_ref() == at {
                column.facts.days = self.completed.known();
            }
        }
    }
}

/// Whether cells of a column without a value have different colours.
fn coloured(grid: &Grid<'_>, tasks: &[TaskRow<'_>], column: Option<u32>) -> bool {
    let Some(column) = column.filter(|_| !grid.sheet.fills.is_empty()) else { return false };
    let empty = tasks.iter().filter(|task| grid.cell(task.row, column).is_none());
    let mut colours = empty.filter_map(|task| grid.fill(task.row, column));
    colours.next().is_some_and(|first| colours.any(|colour| colour != first))
}

/// Whether rows without a mark have a colour in one of the columns of statuses, and not all in the same.
fn marked_by_colour(grid: &Grid<'_>, table: &Table, tasks: &[TaskRow<'_>]) -> bool {
    let marks = &table.columns.marks;
    if grid.sheet.fills.is_empty() || marks.is_empty() {
        return false;
    }
    let alone = |task: &TaskRow<'_>| {
        let mut filled = marks.iter().filter(|mark| grid.fill(task.row, mark.column).is_some());
        let first = filled.next()?.column;
        filled.next().is_none().then_some(first)
    };
    let mut columns = tasks.iter().filter_map(alone);
    columns.next().is_some_and(|first| columns.any(|column| column != first))
}

/// The signs that fill the places of marks that are not set: "○" beside other signs, and of two signs the one that stands
/// in all columns but one, row by row.
fn empty_signs(grid: &Grid<'_>, table: &Table, tasks: &[TaskRow<'_>]) -> Vec<String> {
    let marks = &table.columns.marks;
    let seen = |task: &TaskRow<'_>| -> Vec<String> {
        let texts = marks.iter().filter_map(|mark| grid.seen(task.row, mark.column));
        texts.filter(|text| text.chars().count() <= LONGEST_SIGN).map(Cow::into_owned).collect()
    };
    let rows: Vec<Vec<String>> = tasks.iter().take(SAMPLE).map(seen).collect();
    let signs: BTreeSet<&String> = rows.iter().flatten().collect();
    let full: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() == marks.len()).collect();
    let fills = |empty: &str| {
        let one_is_set = |row: &&&Vec<String>| row.iter().filter(|sign| *sign != empty).count() <= 1;
        marks.len() >= 2 && full.len() >= 2 && full.iter().filter(one_is_set).count() * 5 >= full.len() * 4
    };
    let ticked = signs.iter().any(|sign| is_tick(sign));
    let empty = |sign: &&String| {
        signs.len() > 1 && may_be_empty(sign) || ticked && is_cross(sign) || !is_tick(sign) && fills(sign)
    };
    let found: Vec<String> = signs.iter().copied().filter(empty).cloned().collect();
    // All signs cannot be empty, nor all but those that nobody set.
    if found.len() < signs.len() { found } else { Vec::new() }
}

/// Rows that are looked at for the signs of marks, and characters of one.
const SAMPLE: usize = 200;
const LONGEST_SIGN: usize = 2;

/// What a person has said about a column of this file, and what is remembered of it; memory of a column that meant
/// something else then says nothing of its values now.
fn expected(table: &Table, column: Option<u32>) -> (ColumnFacts, ColumnFacts) {
    let columns = &table.columns;
    let Some((column, hint)) = column.and_then(|column| columns.expected.columns.get_key_value(&column))
    else {
        return (ColumnFacts::default(), ColumnFacts::default());
    };
    let still = hint.memory.meaning == Some(columns.meaning_of(*column));
    (hint.answer, if still { hint.memory } else { ColumnFacts::default() })
}

/// The status in the title of a table without a status column, or in the name of its sheet.
fn title_status(grid: &Grid<'_>, table: &Table) -> Option<StatusValue> {
    if table.columns.fields.contains_key(&Field::Status) || !table.columns.marks.is_empty() {
        return None;
    }
    let lines = table.title.iter().rev().flat_map(|(_, line)| line.split('\n'));
    let titled = lines.into_iter().find_map(|line| {
        let words = status_of_title(line).filter(says_how_far)?;
        let bare = crate::import::rows::stt::leading(line).map_or(line, |(_, rest)| rest);
        Some(status::of_title(words, bare, "table_title"))
    });
    titled.or_else(|| {
        let words = status_of_title(&grid.sheet.name).filter(says_how_far)?;
        Some(status::of_title(words, &grid.sheet.name, "sheet_name"))
    })
}
