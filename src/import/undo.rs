//! What taking an import back would do, or restoring one that was taken back: a pure function of the reports it made
//! and the histories they stand in. Writes nothing; the same rule of hashes as for the plan of a commit.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::assignment::AssignmentRole;
use crate::domain::history::{AssignmentState, Entry, Part, What, state_now};
use crate::import::author::Author;
use crate::import::claim::Place;
use crate::import::plan::{Consequence, Consequences};
use crate::import::value::Value;

/// Changes when the canonical form does, so that an old hash can never fit a new meaning.
const FORM: u32 = 1;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The reports of a committed import are taken back.
    Undo,
    /// The reports of an import that was taken back count again.
    Redo,
}

impl Direction {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Undo => "undo",
            Direction::Redo => "redo",
        }
    }

    /// What becomes of a report.
    pub fn outcome(self) -> &'static str {
        match self {
            Direction::Undo => "retract",
            Direction::Redo => "restore",
        }
    }
}

/// A report that the import made, and what stands around it.
#[derive(Clone, Debug)]
pub struct Made {
    /// The report.
    pub report: Uuid,
    /// The assignment it is about.
    pub assignment: Uuid,
    /// The task.
    pub task: Uuid,
    /// Code of the task.
    pub code: String,
    /// What the unit has to do with the task.
    pub role: AssignmentRole,
    /// Where its row stands.
    pub place: Place,
    /// Sheet and cell, as the report keeps them.
    pub cell: Option<String>,
    /// Due day of the notice.
    pub due: Option<NaiveDate>,
    /// The whole history of the assignment.
    pub entries: Vec<Entry>,
}

/// One value before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoneCell {
    /// Which value.
    pub part: Part,
    /// What is stored now.
    pub ours: Option<Value>,
    /// What would be stored afterwards.
    pub stored: Option<Value>,
}

/// What becomes of one report.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoneRow {
    /// The report.
    pub report: Uuid,
    /// The assignment.
    pub assignment: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// Code of the task.
    pub task: String,
    /// What the unit has to do with the task.
    pub role: AssignmentRole,
    /// Where its row stands.
    pub place: Place,
    /// Sheet and cell.
    pub cell: Option<String>,
    /// The current values that would change; values that others have changed since are not among them.
    pub cells: Vec<UndoneCell>,
    /// What it would lead to.
    pub consequence: Consequence,
    /// Event number of the assignment's state, and how often the report was taken back and restored: a plan is stale
    /// when either changes.
    moment: (i64, usize),
}

/// What kind of later work is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaterKind {
    /// A report.
    Report,
    /// A decision of the office.
    Decision,
    /// Another deadline.
    DeadlineChange,
}

impl LaterKind {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            LaterKind::Report => "report",
            LaterKind::Decision => "decision",
            LaterKind::DeadlineChange => "deadline_change",
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            LaterKind::Report => "Báo cáo",
            LaterKind::Decision => "Quyết định",
            LaterKind::DeadlineChange => "Gia hạn",
        }
    }
}

/// Work about the same assignments that came later and stays.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftAlone {
    /// What it is.
    pub kind: LaterKind,
    /// Its event number.
    pub number: i64,
    /// The day it speaks of.
    pub day: NaiveDate,
    /// The report, where it is one.
    pub report: Option<Uuid>,
    /// Code of the task.
    pub task: String,
    /// Who, and when; filled in from the event log.
    pub author: Option<Author>,
}

/// What would be done.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoPlan {
    /// Which way.
    pub direction: Direction,
    /// The day the reports speak of.
    pub reported_on: NaiveDate,
    /// Reports taken back or restored, in the order in which they were made.
    pub rows: Vec<UndoneRow>,
    /// What came later and stays.
    pub left_alone: Vec<LeftAlone>,
    /// What it would lead to.
    pub consequences: Consequences,
    /// SHA-256 of the canonical form, hexadecimal.
    pub hash: String,
}

/// The plan of taking these reports back, or of restoring them. `today` is the day of the standings compared.
pub fn undo_plan(direction: Direction, reported_on: NaiveDate, made: &[Made], today: NaiveDate) -> UndoPlan {
    let concerned = concerned(direction, made);
    let turned = made.iter().filter(|made| concerned.contains(&made.report));
    let rows: Vec<UndoneRow> = turned.clone().map(|made| row(made, &concerned, today)).collect();
    let mut left_alone: Vec<LeftAlone> = turned.flat_map(|made| later(made, &concerned)).collect();
    left_alone.sort_by_key(|later| later.number);
    left_alone.dedup_by_key(|later| later.number);
    let consequences = Consequences::sum(rows.iter().map(|row| (Some(row.role), row.consequence)));
    let hash = hash(direction, &rows, &left_alone);
    UndoPlan { direction, reported_on, rows, left_alone, consequences, hash }
}

/// The reports that would be turned: an undo takes back what counts, a redo restores what does not.
fn concerned(direction: Direction, made: &[Made]) -> BTreeSet<Uuid> {
    let counts = |made: &Made| made.entries.iter().any(|entry| is(entry, made.report) && entry.counts());
    made.iter()
        .filter(|made| counts(made) == (direction == Direction::Undo))
        .map(|made| made.report)
        .collect()
}

fn is(entry: &Entry, report: Uuid) -> bool {
    matches!(&entry.what, What::Report { id, .. } if *id == report)
}

/// The history after these reports were turned, each by its event.
pub fn turned(entries: &[Entry], by: &BTreeMap<Uuid, i64>) -> Vec<Entry> {
    let mut entries = entries.to_vec();
    for entry in &mut entries {
        if let What::Report { id, retractions, .. } = &mut entry.what
            && let Some(number) = by.get(id)
        {
            retractions.push(*number);
        }
    }
    entries
}

fn row(made: &Made, concerned: &BTreeSet<Uuid>, today: NaiveDate) -> UndoneRow {
    let before = state_now(made.due, &made.entries);
    // The numbers are not known yet; the values do not depend on them.
    let by = concerned.iter().map(|report| (*report, i64::MAX)).collect();
    let after = state_now(made.due, &turned(&made.entries, &by));
    let cells = Part::ALL.into_iter().filter_map(|part| {
        let (ours, stored) = (value(part, &before), value(part, &after));
        (ours != stored).then_some(UndoneCell { part, ours, stored })
    });
    let retractions = made.entries.iter().find(|entry| is(entry, made.report)).map_or(0, retractions);
    UndoneRow {
        report: made.report,
        assignment: made.assignment,
        task_id: made.task,
        task: made.code.clone(),
        role: made.role,
        place: made.place.clone(),
        cell: made.cell.clone(),
        cells: cells.collect(),
        consequence: Consequence::between(&before, &after, today),
        moment: (before.event, retractions),
    }
}

fn retractions(entry: &Entry) -> usize {
    match &entry.what {
        What::Report { retractions, .. } => retractions.len(),
        What::Decision(_) | What::DeadlineChange(_) => 0,
    }
}

/// The value as stored; progress is the full state.
fn value(part: Part, state: &AssignmentState) -> Option<Value> {
    match part {
        Part::Progress => Some(Value::Progress(state.progress)),
        Part::Percent
        | Part::CompletedOn
        | Part::Result
        | Part::Difficulties
        | Part::Proposals
        | Part::Note => Value::of_state(part, state),
    }
}

fn later<'a>(made: &'a Made, concerned: &'a BTreeSet<Uuid>) -> impl Iterator<Item = LeftAlone> + 'a {
    let number = made.entries.iter().find(|entry| is(entry, made.report)).map_or(0, |entry| entry.number);
    made.entries.iter().filter(move |entry| entry.number > number && entry.counts()).filter_map(|entry| {
        let (kind, report) = match &entry.what {
            What::Report { id, .. } if concerned.contains(id) => return None,
            What::Report { id, .. } => (LaterKind::Report, Some(*id)),
            What::Decision(_) => (LaterKind::Decision, None),
            What::DeadlineChange(_) => (LaterKind::DeadlineChange, None),
        };
        let (number, day, task) = (entry.number, entry.day, made.code.clone());
        Some(LeftAlone { kind, number, day, report, task, author: None })
    })
}

/// The canonical form is made of arrays only: the order of keys in an object is nobody's promise.
fn hash(direction: Direction, rows: &[UndoneRow], left_alone: &[LeftAlone]) -> String {
    let value = |value: Option<&Value>| value.map_or(Json::Null, Value::json);
    let rows: Vec<Json> = rows
        .iter()
        .map(|row| {
            let cell = |cell: &UndoneCell| {
                json!([cell.part.as_str(), value(cell.ours.as_ref()), value(cell.stored.as_ref())])
            };
            let cells: Vec<Json> = row.cells.iter().map(cell).collect();
            json!([row.report, row.assignment, row.moment.0, row.moment.1, cells])
        })
        .collect();
    let later: Vec<i64> = left_alone.iter().map(|later| later.number).collect();
    let canonical = json!([FORM, direction.as_str(), rows, later]);
    let digest = Sha256::digest(canonical.to_string().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
