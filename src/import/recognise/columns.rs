//! What each column means: its heading and its cells together. One column a field, but several columns of marks.

use std::collections::BTreeMap;

use crate::import::hints::{Changed, Expected};
use crate::import::matching::Index;
use crate::import::reading::ColumnReading;
use crate::import::vocabulary::headings::{Guess, Meaning};
use crate::import::vocabulary::{word_position, words};
use crate::sheet::column::Field;
use crate::sheet::meaning::ColumnFacts;

use super::by_cells::{by_cells, contested, is_headless, names_another_day};
use super::evidence::{Looks, looks};
use super::expected::{doubts, expected, settled};
use super::fit::{explain, fit};
use super::grid::Grid;
use super::header::{Header, Heading};
use super::legend::Legend;
use super::marks::{Mark, marks};
use super::overruled::{contents, overruled, status_in_result};
use super::percents;
use super::prefer;
use super::unread::{Unread, unread};

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The column of each field.
    pub fields: BTreeMap<Field, u32>,
    /// Columns of marks with the status a mark stands for.
    pub marks: Vec<Mark>,
    /// The day of completion.
    pub completed_on: Option<u32>,
    /// A code of the notice or of the sender.
    pub code: Option<u32>,
    /// A later deadline that was asked for or agreed.
    pub extension: Option<u32>,
    /// Columns whose headings say plainly what they are, and that are not read all the same.
    pub unread: Vec<Unread>,
    /// What short texts in a column of statuses stand for.
    pub legend: Legend,
    /// All columns with heading and evidence, in their order.
    pub readings: Vec<ColumnReading>,
    /// How many of the sampled rows speak of a known task.
    pub tasks_seen: usize,
    /// How many columns have a heading whose words say what they were taken for.
    pub by_words: usize,
    /// Columns whose heading says nothing of what their cells say they are.
    pub by_cells: Vec<u32>,
    /// Of these, columns whose headings say something else.
    pub overruled: Vec<u32>,
    /// Whether the results begin with the status, and no column has it.
    pub status_in_result: bool,
    /// Columns of days of which nobody can tell the deadline.
    pub contested: Vec<u32>,
    /// Whether columns count tasks, as those of a summary do.
    pub counts: bool,
    /// What was known beforehand.
    pub expected: Expected,
    /// Headings that have changed since the layout was remembered, and that only a person can tell.
    pub doubts: Vec<Changed>,
}

/// A heading with this weight says plainly what it says; cells alone do not overrule it.
pub(super) const PLAIN: f64 = 0.8;
/// Heading and cells together must reach this.
const ENOUGH: f64 = 0.45;

/// Below this a heading only hints at a meaning.
const HALF_HEARTED: f64 = 0.6;
/// Cells that fit a meaning as badly as this speak against it.
const CONTRADICTS: f64 = -0.2;

/// A column with what is known of it.
#[derive(Clone)]
pub(super) struct Column<'h> {
    pub(super) number: u32,
    pub(super) heading: Option<&'h Heading>,
    pub(super) looks: Looks,
    /// Whether the heading of the table says too little, so that the cells must speak for all meanings.
    pub(super) by_cells: bool,
}

/// The meanings of the columns of a table, from its heading and a sample of the rows below.
pub fn assign(grid: &Grid<'_>, index: &Index<'_>, header: &Header, sample: &[u32]) -> Columns {
    let legend = Legend::of(grid, header);
    let columns = gather((grid, index, &legend), header, sample);
    let expected = expected(grid, index, header);
    let settled = settled(&columns, &expected);
    let marks = settled.with_marks(marks(&columns, &legend));
    let mut result = Columns { marks, fields: settled.fields.clone(), expected, ..Columns::default() };
    let mut scores = scores(&columns, &result.marks);
    prefer::latest(&columns, &mut scores);
    prefer::so_far(&columns, &mut scores);
    prefer::given(&columns, &mut scores);
    scores.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    take_best(&scores, &settled.taken, &mut result);
    if let Some(column) = contents(&columns, &settled.taken, &result) {
        result.fields.retain(|_, at| *at != column);
        result.fields.insert(Field::Content, column);
    }
    percents::beside_statuses((grid, sample), &columns, &settled.taken, &mut result);
    result.overruled = overruled(&columns, &settled.taken, &mut result);
    let is_open = |column: &&Column<'_>| !settled.taken.contains(&column.number);
    let open: Vec<Column<'_>> = columns.iter().filter(is_open).cloned().collect();
    let says = |meaning: Meaning| open.iter().find(|column| best(column) == Some(meaning)).map(|c| c.number);
    if settled.fields.contains_key(&Field::Deadline) {
        result.completed_on = says(Meaning::CompletedOn);
    } else {
        days(&open, &mut result);
    }
    result.completed_on = settled.completed_on.or(result.completed_on);
    let of_status = result.fields.get(&Field::Status);
    let status = columns.iter().find(|column| Some(&column.number) == of_status);
    let completed_said = status.is_some_and(|status| status.looks.completed > 0);
    result.legend = legend.beside(completed_said);
    result.status_in_result = status_in_result(&columns, &result);
    result.counts = columns.iter().filter(|column| best(column) == Some(Meaning::Count)).count() >= 1;
    result.code = settled.code.or(says(Meaning::Code));
    let of_days = |column: &&Column<'_>| column.looks.dates + column.looks.deadlines > 0;
    let later = open.iter().filter(of_days).find(|column| best(column) == Some(Meaning::Extension));
    result.extension = later.map(|column| column.number);
    if let Some(content) = result.fields.get(&Field::Content) {
        result.tasks_seen =
            columns.iter().find(|column| column.number == *content).map_or(0, |column| column.looks.tasks);
    }
    let says_so = |column: &&Column<'_>| {
        let fields = &result.fields;
        let taken = fields.iter().find(|(_, at)| **at == column.number).map(|(field, _)| *field);
        taken.is_some_and(|field| best(column) == Some(Meaning::Field(field)))
    };
    let unheard = |(field, at): (&Field, &u32)| {
        let column = columns.iter().find(|column| column.number == *at && !column.by_cells)?;
        (is_unheard(column, *field) && !settled.taken.contains(at)).then_some(*at)
    };
    result.by_cells = result.fields.iter().filter_map(unheard).collect();
    if !result.fields.contains_key(&Field::Deadline) {
        result.contested = contested(&open);
    }
    result.by_words = columns.iter().filter(says_so).count();
    result.unread = unread(&open, &result);
    result.doubts = doubts(&columns, &result.expected, &result);
    result.readings = columns.iter().map(|column| reading(column, &result)).collect();
    result
}

/// Gives each field the column that fits best of those that are free, the best first.
fn take_best(scores: &[(u32, Field, f64)], settled: &[u32], result: &mut Columns) {
    let marked = result.marks.iter().map(|mark| mark.column);
    let mut taken: Vec<u32> = settled.iter().copied().chain(marked).collect();
    for (column, field, score) in scores {
        let free = !taken.contains(column) && !result.fields.contains_key(field);
        let marked = *field == Field::Status && !result.marks.is_empty();
        if free && !marked && *score > 0.0 {
            taken.push(*column);
            result.fields.insert(*field, *column);
        }
    }
}

fn gather<'h>(
    (grid, index, legend): (&Grid<'_>, &Index<'_>, &Legend),
    header: &'h Header,
    sample: &[u32],
) -> Vec<Column<'h>> {
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
            Column {
                number,
                heading,
                looks: looks((grid, index, legend), number, sample),
                by_cells: header.by_shape,
            }
        })
        .filter(|column| column.looks.filled > 0 || column.heading.is_some_and(|heading| !heading.covered))
        .collect()
}

fn best(column: &Column<'_>) -> Option<Meaning> {
    let guess = column.heading?.guesses.first()?;
    (guess.weight >= 0.5).then_some(guess.meaning)
}

fn scores(columns: &[Column<'_>], marks: &[Mark]) -> Vec<(u32, Field, f64)> {
    let content_at = columns
        .iter()
        .max_by(|a, b| content_claim(a).total_cmp(&content_claim(b)))
        .map_or(u32::MAX, |column| column.number);
    let mut scores = Vec::new();
    let contested = !contested(columns).is_empty();
    for column in columns.iter().filter(|column| marks.iter().all(|mark| mark.column != column.number)) {
        // An x is no percent, whatever the heading above says.
        let crossed = column.looks.marks > 0 && column.looks.share(column.looks.marks) >= 0.5;
        for field in Field::ALL.into_iter().filter(|field| !(crossed && *field == Field::Percent)) {
            let score = score(column, field, content_at);
            let by_shape = field == Field::Deadline
                && (is_unheard(column, field) || is_headless(column))
                && (contested || column.heading.is_some_and(|heading| names_another_day(&heading.text)));
            if let Some(score) = score.filter(|_| !by_shape) {
                scores.push((column.number, field, score));
            }
        }
    }
    scores
}

/// Whether a column has a heading of its own that says nothing of a field.
pub(super) fn is_unheard(column: &Column<'_>, field: Field) -> bool {
    let says = |heading: &Heading| heading.guesses.iter().any(|guess| guess.meaning == Meaning::Field(field));
    column.heading.is_some_and(|heading| !heading.text.is_empty() && !says(heading))
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
    let fit_of = |field: Field| fit(field, &column.looks);
    let fit = fit_of(field);
    if own > 0.0 {
        // A plain heading of another meaning still yields when this one is named too and the cells are clearly its.
        let penalty = if plain_other && !matches!(guesses.first().map(|g| g.meaning), Some(Meaning::Field(_)))
        {
            0.5
        } else {
            0.0
        };
        let total = own + fit - penalty;
        // Sums of such fractions fall short by a hair.
        return (total + f64::EPSILON >= ENOUGH).then_some(total);
    }
    // A heading that says something half-heartedly yields when the cells are clearly something else.
    let contradicted = |guess: &Guess| match guess.meaning {
        Meaning::Field(named) => guess.weight < HALF_HEARTED && fit_of(named) <= CONTRADICTS,
        Meaning::CompletedOn | Meaning::Code | Meaning::Count | Meaning::Extension | Meaning::Other => false,
    };
    if plain_other || guesses.iter().any(|guess| guess.weight >= 0.5 && !contradicted(guess)) {
        return None;
    }
    by_cells(column, field, (fit, content_at))
}

/// Which day column is the deadline and which the day of completion. A day of completion stands only where the task is
/// completed; a deadline stands elsewhere too.
fn days(columns: &[Column<'_>], result: &mut Columns) {
    let by_number = |number: &u32| columns.iter().find(|column| column.number == *number);
    let status = result.fields.get(&Field::Status).and_then(by_number);
    let completed = columns.iter().find(|column| best(column) == Some(Meaning::CompletedOn));
    result.completed_on = completed.map(|column| column.number);
    match (result.fields.get(&Field::Deadline).and_then(by_number), completed) {
        (None, Some(column)) => {
            // "Ngày hoàn thành" alone, filled also where the task is open, is the day by which to complete.
            let actual = column.heading.is_some_and(|heading| says_actual(&heading.text));
            let open_too = !actual
                && status.is_some_and(|status| {
                    status.looks.completed < status.looks.filled
                        && column.looks.filled >= status.looks.filled.max(2)
                });
            if open_too {
                result.fields.insert(Field::Deadline, column.number);
                result.completed_on = None;
            }
        }
        (Some(deadline), _) => {
            // "Thời gian hoàn thành" beside "Tiến độ" with days: the one that only completed tasks have is the day of
            // completion.
            let other = columns
                .iter()
                .find(|column| is_other_deadline(column, deadline, status.map(|status| &status.looks)));
            if let Some(other) = other {
                result.fields.retain(|_, column| *column != other.number);
                result.fields.insert(Field::Deadline, other.number);
                result.completed_on = Some(deadline.number);
            }
        }
        (None, None) => {}
    }
    // "Thời gian hoàn thành" beside a deadline: with days in the rows that are done alone it is the day of completion.
    let read = |column: &Column<'_>| result.fields.values().any(|at| *at == column.number);
    let only_done = |column: &&Column<'_>| {
        let may = column
            .heading
            .is_some_and(|heading| heading.guesses.iter().any(|guess| guess.meaning == Meaning::CompletedOn));
        let done = status.map_or(0, |status| status.looks.completed);
        let looks = &column.looks;
        may && looks.filled > 0 && looks.filled <= done && looks.dates + looks.deadlines >= looks.filled
    };
    if result.completed_on.is_none() {
        let day = columns.iter().filter(|column| !read(column)).find(only_done);
        result.completed_on = day.map(|column| column.number);
    }
}

/// Whether a heading says that what it names has happened: "Ngày hoàn thành thực tế", "Ngày đã xong".
fn says_actual(heading: &str) -> bool {
    let key = words(heading);
    ["thuc te", "da", "xong"].iter().any(|word| word_position(&key, word).is_some())
        && word_position(&key, "phai").is_none()
}

fn is_other_deadline(column: &Column<'_>, deadline: &Column<'_>, status: Option<&Looks>) -> bool {
    let says_deadline = column.heading.is_some_and(|heading| {
        heading
            .guesses
            .iter()
            .any(|guess| guess.meaning == Meaning::Field(Field::Deadline) && guess.weight >= 0.3)
    });
    let is_dates = column.looks.share(column.looks.dates + column.looks.deadlines) >= 0.5;
    let said_twice = deadline
        .heading
        .is_some_and(|heading| heading.guesses.iter().any(|guess| guess.meaning == Meaning::CompletedOn));
    let fewer = deadline.looks.filled < column.looks.filled;
    // Without a column of statuses: deadlines are also phrases ("Thường xuyên", "Quý III"), and stand in most rows.
    let only_completed = match status {
        Some(status) => deadline.looks.filled <= status.completed,
        None => deadline.looks.deadlines == 0 && deadline.looks.filled * 2 <= column.looks.filled,
    };
    column.number != deadline.number && says_deadline && is_dates && said_twice && fewer && only_completed
}

fn reading(column: &Column<'_>, result: &Columns) -> ColumnReading {
    let mark_means = result.marks.iter().find(|mark| mark.column == column.number).map(|mark| mark.status);
    let field = result.fields.iter().find(|(_, at)| **at == column.number).map(|(field, _)| *field);
    let meaning = result.meaning_of(column.number);
    let looks = explain(column.heading, &column.looks);
    let hint = result.expected.columns.get(&column.number);
    let hint = hint.filter(|hint| hint.answer.meaning.or(hint.memory.meaning) == Some(meaning));
    ColumnReading {
        column: column.number,
        header: column.heading.map_or_else(String::new, |heading| heading.text.clone()),
        headed: column.heading.is_some_and(|heading| !heading.covered),
        field: field.or(mark_means.map(|_| Field::Status)),
        mark_means,
        facts: ColumnFacts { meaning: Some(meaning), scale: None, days: None },
        evidence: hint.map_or(looks.clone(), |hint| format!("{}; {looks}", hint.reason())),
    }
}
