//! Columns whose cells speak louder than their headings: where nearly all cells are plainly of one kind that no other
//! column has, and the heading only pulls to something else or is contradicted by them, the cells decide, and it is said.
//! And the column of the contents, where no heading names it.

use crate::import::vocabulary::headings::{Guess, Meaning};
use crate::import::vocabulary::money::is_of_money;
use crate::sheet::column::Field;

use super::by_cells::is_headless;
use super::columns::{Column, Columns, PLAIN, is_unheard};
use super::evidence::Looks;
use super::fit::fit;

/// Of the cells.
const NEARLY_ALL: f64 = 0.8;
/// Of the cells, where the other meaning is one of many texts.
const MOST: f64 = 0.6;
/// Cells that fit a meaning as badly as this contradict it.
const CONTRADICTED: f64 = -0.2;
/// Half of the cells.
const HALF: f64 = 0.5;
/// Below this a heading hardly says anything.
const HALF_HEARTED: f64 = 0.5;
/// Letters of an average report.
const REPORT: usize = 25;
/// Fewer cells are no evidence.
const FEWEST: usize = 2;
/// A column of short names has no more different ones.
const MOST_CODES: usize = 8;
/// Letters of an average content.
const CONTENT: usize = 20;
/// Fields that others of the table are known by, before texts under an unknown heading are taken for its contents.
const KNOWN_BESIDE: usize = 2;

/// Gives fields that no column has to columns whose cells plainly speak for them. Returns those columns.
pub(super) fn overruled(columns: &[Column<'_>], settled: &[u32], result: &mut Columns) -> Vec<u32> {
    let mut moved = Vec::new();
    for field in [Field::Status, Field::Percent, Field::Result] {
        let has = result.fields.contains_key(&field) || field == Field::Status && !result.marks.is_empty();
        if has {
            continue;
        }
        let free = |column: &&Column<'_>| {
            !settled.contains(&column.number)
                && result.marks.iter().all(|mark| mark.column != column.number)
                && column.heading.is_some_and(|heading| !heading.text.is_empty())
                && speaks(field, &column.looks)
                && yields(column, field, result)
        };
        let Some(column) = columns.iter().find(free) else { continue };
        result.fields.retain(|_, at| *at != column.number);
        result.fields.insert(field, column.number);
        moved.push(column.number);
    }
    moved
}

/// Whether nearly all results begin with a status, and not all with the same one, while no column has the statuses.
pub(super) fn status_in_result(columns: &[Column<'_>], result: &Columns) -> bool {
    let of = result.fields.get(&Field::Result).filter(|_| !result.fields.contains_key(&Field::Status));
    let column = columns.iter().find(|column| Some(&column.number) == of);
    column.filter(|_| result.marks.is_empty()).is_some_and(|column| {
        let looks = &column.looks;
        looks.filled >= 3
            && looks.share(looks.led) >= 0.9
            && looks.led > looks.led_by_completed
            && looks.led_by_completed > 0
    })
}

/// Whether the cells of a column are plainly of one kind.
fn speaks(field: Field, looks: &Looks) -> bool {
    let share = |count: usize| looks.share(count);
    if looks.filled < FEWEST || looks.filled * 2 < looks.rows {
        return false;
    }
    match field {
        Field::Status => {
            is_coded(looks) || share(looks.statuses + looks.coded) >= NEARLY_ALL && looks.marks == 0
        }
        Field::Percent => share(looks.percents) >= NEARLY_ALL,
        Field::Result => {
            let told = share(looks.reports) >= MOST || share(looks.prose) >= MOST && looks.reports > 0;
            let long = looks.average_length() >= REPORT;
            told && long && looks.statuses == 0 && share(looks.tasks) < 0.3 && share(looks.orders) < 0.3
        }
        Field::Stt
        | Field::Content
        | Field::LeadUnit
        | Field::CoordinatingUnits
        | Field::Deadline
        | Field::DocNo
        | Field::Difficulties
        | Field::Proposals
        | Field::Note
        | Field::Province => false,
    }
}

/// Whether the cells are nothing but short names that a legend explains by different statuses.
fn is_coded(looks: &Looks) -> bool {
    looks.coded >= looks.filled && looks.distinct >= FEWEST && looks.distinct <= MOST_CODES
}

/// Whether what a column was taken for, or what its heading says, gives way to its cells.
fn yields(column: &Column<'_>, to: Field, result: &Columns) -> bool {
    // A share of something that has a name of its own is no progress of the task.
    let of_money = column.heading.is_some_and(|heading| is_of_money(&heading.text));
    if of_money {
        return false;
    }
    if to == Field::Status && is_coded(&column.looks) {
        // Small numbers are explained by chance; there the heading must leave room for a status.
        let of_figures = column.looks.numbers > 0;
        let says = column.heading.and_then(|heading| heading.guesses.first());
        let plain = says.is_some_and(|guess| guess.weight >= PLAIN);
        return !of_figures || !plain || says.is_some_and(|guess| guess.meaning == Meaning::Other);
    }
    let named = if to == Field::Percent { HALF_HEARTED } else { PLAIN };
    let looks = &column.looks;
    let taken = result.fields.iter().find(|(_, at)| **at == column.number).map(|(field, _)| *field);
    let said = column.heading.and_then(|heading| heading.guesses.first());
    match (taken, said) {
        // A status with its day or its share is a status all the same.
        (Some(Field::Status), _) if looks.share(looks.begun) >= HALF => false,
        (Some(field), _) => fit(field, looks) <= CONTRADICTED,
        (None, Some(Guess { meaning: Meaning::Field(field), weight })) => {
            *weight < PLAIN || fit(*field, looks) <= CONTRADICTED
        }
        (None, Some(Guess { weight, .. })) => *weight < named,
        (None, None) => true,
    }
}

/// The column of the contents where no heading names it: among those whose headings say nothing the one with long texts,
/// all different, in nearly every row; rather one with orders than one with reports, rather the first than a later one.
pub(super) fn contents(columns: &[Column<'_>], settled: &[u32], result: &Columns) -> Option<u32> {
    let by_words = result.fields.iter().filter(|(field, at)| {
        let column = columns.iter().find(|column| column.number == **at);
        column.is_some_and(|column| !is_unheard(column, **field) && !is_headless(column))
    });
    let by_words = by_words.count();
    if result.fields.contains_key(&Field::Content) || by_words + result.marks.len() < KNOWN_BESIDE {
        return None;
    }
    let may_be = |column: &&Column<'_>| {
        let looks = &column.looks;
        let says = column.heading.and_then(|heading| heading.guesses.first());
        let other = looks.statuses + looks.dates + looks.deadlines + looks.units + looks.documents;
        !settled.contains(&column.number)
            && result.marks.iter().all(|mark| mark.column != column.number)
            && says.is_none_or(|guess| guess.weight < 0.5)
            && looks.filled >= FEWEST
            && looks.filled * 10 >= looks.rows * 7
            && looks.average_length() >= CONTENT
            && looks.distinct * 10 >= looks.filled * 7
            && looks.share(other) < 0.5
    };
    // A heading that says something else yields to cells that are tasks beyond doubt.
    let is_plainly = |column: &&Column<'_>| {
        let looks = &column.looks;
        let free = result.fields.values().all(|at| *at != column.number);
        let tasks = looks.share(looks.tasks) >= 0.4 || looks.share(looks.orders) >= 0.7;
        free && !settled.contains(&column.number)
            && result.marks.iter().all(|mark| mark.column != column.number)
            && tasks
            && looks.filled * 10 >= looks.rows * 7
            && looks.average_length() >= REPORT
    };
    let mut found: Vec<&Column<'_>> = columns.iter().filter(may_be).collect();
    if found.iter().all(|column| column.looks.share(column.looks.tasks + column.looks.orders) < 0.3) {
        found.extend(columns.iter().filter(is_plainly));
    }
    let first = found.first()?.number;
    let claim = |column: &Column<'_>| {
        let looks = &column.looks;
        #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
        let length = looks.average_length().min(80) as f64 / 80.0;
        let place = if column.number == first { 0.15 } else { 0.0 };
        0.35 * looks.share(looks.tasks) + 0.3 * looks.share(looks.orders) - 0.3 * looks.share(looks.reports)
            + 0.2 * length
            + place
    };
    let best = found.into_iter().max_by(|a, b| claim(a).total_cmp(&claim(b)).then(b.number.cmp(&a.number)));
    best.map(|column| column.number)
}
