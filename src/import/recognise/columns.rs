//! What each column means: its heading and its cells together. One column a field, but several columns of marks.

use std::collections::BTreeMap;

use crate::import::matching::Index;
use crate::import::reading::{ColumnReading, ReportedStatus};
use crate::import::vocabulary::headings::Meaning;
use crate::import::vocabulary::statuses;
use crate::sheet::column::Field;

use super::evidence::{Looks, looks};
use super::fit::{explain, fit};
use super::grid::Grid;
use super::header::{Header, Heading};

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The column of each field.
    pub fields: BTreeMap<Field, u32>,
    /// Columns of marks with the status a mark stands for.
    pub marks: Vec<(u32, ReportedStatus)>,
    /// The day of completion.
    pub completed_on: Option<u32>,
    /// A code of the notice or of the sender.
    pub code: Option<u32>,
    /// All columns with heading and evidence, in their order.
    pub readings: Vec<ColumnReading>,
    /// How many of the sampled rows speak of a known task.
    pub tasks_seen: usize,
    /// Whether columns count tasks, as those of a summary do.
    pub counts: bool,
}

/// A heading with this weight says plainly what it says; cells alone do not overrule it.
const PLAIN: f64 = 0.8;
/// Heading and cells together must reach this.
const ENOUGH: f64 = 0.45;
/// Cells without a heading must reach this.
const ENOUGH_WITHOUT_HEADING: f64 = 0.35;

struct Column<'h> {
    number: u32,
    heading: Option<&'h Heading>,
    looks: Looks,
}

/// The meanings of the columns of a table, from its heading and a sample of the rows below.
pub fn assign(grid: &Grid<'_>, index: &Index<'_>, header: &Header, sample: &[u32]) -> Columns {
    let columns = gather(grid, index, header, sample);
    let mut result = Columns::default();
    result.marks = marks(&columns);
    let mut scores = scores(&columns, &result.marks);
    scores.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut taken: Vec<u32> = result.marks.iter().map(|(column, _)| *column).collect();
    for (column, field, score) in &scores {
        let free = !taken.contains(column) && !result.fields.contains_key(field);
        let marked = *field == Field::Status && !result.marks.is_empty();
        if free && !marked && *score > 0.0 {
            taken.push(*column);
            result.fields.insert(*field, *column);
        }
    }
    days(&columns, &mut result);
    result.counts = columns.iter().filter(|column| best(column) == Some(Meaning::Count)).count() >= 1;
    result.code =
        columns.iter().find(|column| best(column) == Some(Meaning::Code)).map(|column| column.number);
    if let Some(content) = result.fields.get(&Field::Content) {
        result.tasks_seen =
            columns.iter().find(|column| column.number == *content).map_or(0, |column| column.looks.tasks);
    }
    result.readings = columns.iter().map(|column| reading(column, &result)).collect();
    result
}

fn gather<'h>(grid: &Grid<'_>, index: &Index<'_>, header: &'h Header, sample: &[u32]) -> Vec<Column<'h>> {
    let mut numbers: Vec<u32> = header.columns.iter().map(|heading| heading.column).collect();
    let (first, last) = (numbers.first().copied().unwrap_or(0), numbers.last().copied().unwrap_or(0));
    // A column beside the headings or between them may have values without a heading.
    for row in sample {
        let cells = grid.sheet.row(*row).map_or(&[][..], |row| &row.cells);
        let near = cells.iter().map(|cell| cell.column).filter(|column| {
            *column + 1 >= first && *column <= last + 1 && grid.anchor(*row, *column).1 == *column
        });
        numbers.extend(near);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .map(|number| {
            let heading = header.columns.iter().find(|heading| heading.column == number);
            Column { number, heading, looks: looks(grid, index, number, sample) }
        })
        .filter(|column| column.looks.filled > 0 || column.heading.is_some_and(|heading| !heading.covered))
        .collect()
}

fn best(column: &Column<'_>) -> Option<Meaning> {
    let guess = column.heading?.guesses.first()?;
    (guess.weight >= 0.5).then_some(guess.meaning)
}

/// Columns of marks: the heading is a status, the cells are marks or empty. One such column alone must have marks.
fn marks(columns: &[Column<'_>]) -> Vec<(u32, ReportedStatus)> {
    let found: Vec<(u32, ReportedStatus, bool)> = columns
        .iter()
        .filter_map(|column| {
            let heading = column.heading?;
            let leaf = statuses::understand(&heading.leaf);
            let words = leaf.filter(|words| words.status.is_some()).or_else(|| {
                leaf.and_then(|_| heading.text.rsplit(" / ").nth(1).and_then(statuses::understand))
            })?;
            let marked = column.looks.marks > 0 && column.looks.share(column.looks.marks) >= 0.5;
            let empty = column.looks.filled == 0;
            (marked || empty).then_some((column.number, words.status?, marked))
        })
        .collect();
    let any = found.iter().any(|(_, _, marked)| *marked);
    if any || found.len() >= 2 {
        found.into_iter().map(|(column, status, _)| (column, status)).collect()
    } else {
        Vec::new()
    }
}

fn scores(columns: &[Column<'_>], marks: &[(u32, ReportedStatus)]) -> Vec<(u32, Field, f64)> {
    let content_at = columns
        .iter()
        .max_by(|a, b| content_claim(a).total_cmp(&content_claim(b)))
        .map_or(u32::MAX, |column| column.number);
    let mut scores = Vec::new();
    for column in columns.iter().filter(|column| marks.iter().all(|(mark, _)| *mark != column.number)) {
        for field in Field::ALL {
            let score = score(column, field, content_at);
            if let Some(score) = score {
                scores.push((column.number, field, score));
            }
        }
    }
    scores
}

fn content_claim(column: &Column<'_>) -> f64 {
    score(column, Field::Content, u32::MAX).unwrap_or(-1.0)
}

fn score(column: &Column<'_>, field: Field, content_at: u32) -> Option<f64> {
    let guesses = column.heading.map_or(&[][..], |heading| &heading.guesses);
    let own =
        guesses.iter().find(|guess| guess.meaning == Meaning::Field(field)).map_or(0.0, |guess| guess.weight);
    let plain_other =
        guesses.first().is_some_and(|guess| guess.weight >= PLAIN && guess.meaning != Meaning::Field(field));
    let fit = fit(field, &column.looks);
    if own > 0.0 {
        // A plain heading of another meaning still yields when this one is named too and the cells are clearly its.
        let penalty = if plain_other && !matches!(guesses.first().map(|g| g.meaning), Some(Meaning::Field(_)))
        {
            0.5
        } else {
            0.0
        };
        let total = own + fit - penalty;
        return (total >= ENOUGH).then_some(total);
    }
    if plain_other || !guesses.is_empty() && guesses.iter().any(|guess| guess.weight >= 0.5) {
        return None;
    }
    let by_cells = match field {
        Field::Content => column.looks.share(column.looks.tasks) >= 0.4,
        Field::Stt => {
            column.looks.share(column.looks.ordinals) >= 0.8
                && column.looks.filled >= 2
                && column.number < content_at
        }
        Field::Status => column.looks.share(column.looks.statuses) >= 0.6,
        Field::Percent => column.looks.share(column.looks.percents) >= 0.6,
        Field::Deadline => column.looks.share(column.looks.dates + column.looks.deadlines) >= 0.6,
        Field::DocNo
        | Field::LeadUnit
        | Field::CoordinatingUnits
        | Field::Result
        | Field::Difficulties
        | Field::Proposals
        | Field::Note
        | Field::Province => false,
    };
    let total = fit - 0.05;
    (by_cells && total >= ENOUGH_WITHOUT_HEADING).then_some(total)
}

/// Which day column is the deadline and which the day of completion. A day of completion stands only where the task is
/// completed; a deadline stands elsewhere too.
fn days(columns: &[Column<'_>], result: &mut Columns) {
    let completed = columns.iter().find(|column| best(column) == Some(Meaning::CompletedOn));
    result.completed_on = completed.map(|column| column.number);
    let Some(column) = completed.filter(|_| !result.fields.contains_key(&Field::Deadline)) else { return };
    let status =
        result.fields.get(&Field::Status).and_then(|status| columns.iter().find(|c| c.number == *status));
    let open_rows_filled = status.is_some_and(|status| {
        column.looks.filled >= status.looks.filled.max(2) && status.looks.distinct >= 2
    });
    let spans =
        column.looks.deadlines > column.looks.filled / 2 && column.looks.dates == 0 && open_rows_filled;
    if spans || open_rows_filled {
        result.fields.insert(Field::Deadline, column.number);
        result.completed_on = None;
    }
}

fn reading(column: &Column<'_>, result: &Columns) -> ColumnReading {
    let mark_means = result.marks.iter().find(|(mark, _)| *mark == column.number).map(|(_, status)| *status);
    let field = result.fields.iter().find(|(_, at)| **at == column.number).map(|(field, _)| *field);
    ColumnReading {
        column: column.number,
        header: column.heading.map_or_else(String::new, |heading| heading.text.clone()),
        field: field.or(mark_means.map(|_| Field::Status)),
        mark_means,
        evidence: explain(column.heading, &column.looks),
    }
}
