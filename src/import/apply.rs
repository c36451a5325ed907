//! A plan is carried out: reports, states, events, all inside the transaction of the verb that calls this.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ModelTrait};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::domain::assignment::AssignmentRole;
use crate::domain::history::past::Past;
use crate::domain::history::{Part, Stated};
use crate::domain::import::RowOutcome;
use crate::entities::{assignment, event, import, report};
use crate::error::Result;
use crate::events::{Draft, Log, Recorder};
use crate::import::plan::{Plan, PlannedRow, Snapshot};
use crate::import::running::{Phase, Teller, Under};
use crate::import::snapshot::Known;
use crate::import::value::Value;
use crate::sheet::cell::cell_name;
use crate::store;
use crate::store::write::{Batch, Statements};

/// A row of an import as it is kept: what became of it when the file came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsKept {
    /// The row.
    pub id: Uuid,
    /// What became of it.
    pub outcome: RowOutcome,
    /// The task it speaks of.
    pub task_id: Option<Uuid>,
}

/// What a plan is carried out with.
#[derive(Debug)]
pub struct Commit {
    /// The import.
    pub import: import::Model,
    /// Its rows, in the order of the plan.
    pub rows: Vec<AsKept>,
    /// What is to be done.
    pub plan: Plan,
    /// What the plan was made from.
    pub snapshot: Snapshot,
    /// Tasks and assignments of the unit.
    pub known: Known,
    /// Name of the caller.
    pub by: String,
}

/// Writes the reports of the plan and gives their number. `under` is told how far it has come. States, reports and
/// events are made while those before are written: never all of them in memory, and the database need not wait for them.
///
/// # Errors
/// `CANCELLED` when somebody stopped it; when the database refuses.
pub async fn apply(
    db: &impl ConnectionTrait,
    log: &mut Log,
    commit: &Arc<Commit>,
    under: &Under,
) -> Result<usize> {
    let made = reports_of(commit);
    let count = made.len();
    under.step(Phase::Writing, 0, count)?;
    let writing = Writing {
        commit: Arc::clone(commit),
        made,
        first: log.number() + 1,
        at: log.at(),
        pass: Pass::States,
        done: 0,
        recorder: log.lend(db, count).await?,
        teller: under.teller(),
        backend: db.get_database_backend(),
    };
    let writing = store::write::in_turn(db, writing).await?;
    under.step(Phase::Writing, count, count)?;
    log.take_back(writing.recorder);
    store::import::put_outcomes(db, &changed_rows(commit)).await?;
    Ok(count)
}

/// The reports of a plan with what they have in common.
#[derive(Debug)]
struct Writing {
    commit: Arc<Commit>,
    made: Vec<Made>,
    /// Number of the event of the first report.
    first: i64,
    at: DateTime<Utc>,
    /// What is being made.
    pass: Pass,
    /// How many of these have been made.
    done: usize,
    recorder: Recorder,
    teller: Teller,
    backend: DbBackend,
}

/// What is made of all reports before the next is. Written by turns, a thousand of each, the states took a third longer
/// (measured on PostgreSQL).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// First the assignments: those of role `other` are new, and reports point at them.
    States,
    Reports,
    Events,
}

impl Statements for Writing {
    /// The next rows. There are no more when somebody has stopped the commit, which the next step then says.
    fn next(&mut self) -> Result<Option<Batch>, DbErr> {
        let count = self.made.len();
        if self.done == count {
            self.pass = match self.pass {
                Pass::States => Pass::Reports,
                Pass::Reports => Pass::Events,
                Pass::Events => return Ok(None),
            };
            self.done = 0;
        }
        let done = (self.pass as usize * count + self.done) / 3;
        if count == 0 || self.teller.step(Phase::Writing, done, count).is_err() {
            return Ok(None);
        }
        let backend = self.backend;
        match self.pass {
            Pass::States => {
                let rows = self.next_rows::<assignment::Model>();
                store::assignment::state_statement(backend, rows.map(|index| self.state(index)))
            }
            Pass::Reports => {
                let rows = self.next_rows::<report::Model>();
                store::write::statement(backend, rows.map(|index| self.report(index)), None)
            }
            Pass::Events => {
                let rows = self.next_rows::<event::Model>();
                let Writing { commit, made, recorder, .. } = self;
                let event = |index: usize| recorder.record(draft_of(commit, &made[index]));
                store::write::statement(backend, rows.map(event), None)
            }
        }
        .map(Some)
    }
}

/// A report that is to be written.
#[derive(Debug)]
struct Made {
    /// The row of the plan.
    row: usize,
    /// Id of the report.
    report: Uuid,
    /// Id of the assignment.
    assignment: Uuid,
    /// The task.
    task: Uuid,
    /// What the unit has to do with it.
    role: AssignmentRole,
}

/// The reports that a plan makes.
fn reports_of(commit: &Commit) -> Vec<Made> {
    let stored = |(row, planned): (usize, &PlannedRow)| {
        let task = planned.task_id.filter(|_| planned.outcome == RowOutcome::Create)?;
        let held = commit.known.assignments.get(&task);
        Some(Made {
            row,
            report: store::write::new_id(),
            assignment: held.map_or_else(store::write::new_id, |held| held.id),
            task,
            role: held.map_or(AssignmentRole::Other, |held| held.role),
        })
    };
    commit.plan.rows.iter().enumerate().filter_map(stored).collect()
}

impl Writing {
    /// As many of the reports as one statement may carry of what is made of them.
    fn next_rows<M: ModelTrait>(&mut self) -> Range<usize> {
        let from = self.done;
        self.done = self.made.len().min(from + store::write::rows_per_statement::<M>(self.backend));
        from..self.done
    }

    fn planned(&self, index: usize) -> (&Made, &PlannedRow) {
        let made = &self.made[index];
        (made, &self.commit.plan.rows[made.row])
    }

    fn number(&self, index: usize) -> i64 {
        self.first + i64::try_from(index).unwrap_or(i64::MAX)
    }

    /// The assignment with the state that its history gives, the report included.
    fn state(&self, index: usize) -> assignment::Model {
        let (made, planned) = self.planned(index);
        let Commit { import, snapshot, known, .. } = &*self.commit;
        let known_of = planned.task.as_ref().and_then(|code| snapshot.tasks.get(code));
        let due = known_of.and_then(|task| task.due);
        let report = (made.report, import.reported_on, self.number(index));
        let never = Past::default();
        let past = known_of.map_or(&never, |task| &task.past);
        let state = past.with_report(due, report, planned.stated());
        let untouched = store::assignment::untouched((made.task, due), known.unit, made.role);
        let mut assignment = assignment::Model { id: made.assignment, ..untouched };
        store::history::put_state(&mut assignment, &state);
        assignment
    }

    fn report(&self, index: usize) -> report::Model {
        let (made, planned) = self.planned(index);
        let Commit { import, rows, by, known, .. } = &*self.commit;
        let row = rows.get(made.row).map(|row| (import.id, row.id));
        let origin = Origin { import: row, place: Some(place_of(planned)) };
        let on = (import.reported_on, self.at, self.number(index));
        report_row((made.report, made.assignment, known.unit), on, (by, &planned.stated()), origin)
    }
}

/// The event of a report.
fn draft_of(commit: &Commit, made: &Made) -> Draft {
    let Commit { import, known, plan, .. } = commit;
    let planned = &plan.rows[made.row];
    Draft {
        kind: "report.recorded",
        subject: "assignment",
        subject_id: Some(made.assignment),
        unit_id: Some(known.unit),
        import_id: Some(import.id),
        place: Some(place_of(planned)),
        payload: payload(made.report, import.reported_on, &planned.stated()),
    }
}

/// Where a report comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Import and row.
    pub import: Option<(Uuid, Uuid)>,
    /// Sheet and cell.
    pub place: Option<String>,
}

/// The moment of a report: the day it speaks of, when it was recorded, its event number.
pub type Moment = (chrono::NaiveDate, chrono::DateTime<chrono::Utc>, i64);

/// A report as stored, by its id, its assignment and the unit of that.
pub fn report_row(
    (id, assignment_id, unit_id): (Uuid, Uuid, Uuid),
    (reported_on, recorded_at, event_no): Moment,
    (recorded_by, stated): (&str, &Stated),
    origin: Origin,
) -> report::Model {
    let cleared = store::history::cleared_text(stated);
    let Stated { progress, percent, completed_on, result, difficulties, proposals, note, cleared: _ } =
        stated;
    let text = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
    report::Model {
        id,
        assignment_id,
        unit_id,
        reported_on,
        recorded_at,
        recorded_by: recorded_by.to_owned(),
        event_no,
        progress: *progress,
        percent: *percent,
        completed_on: *completed_on,
        result: text(result),
        difficulties: text(difficulties),
        proposals: text(proposals),
        note: text(note),
        cleared,
        import_id: origin.import.map(|(import, _)| import),
        import_row_id: origin.import.map(|(_, row)| row),
        place: origin.place,
    }
}

/// What the event log keeps of a report: everything it states, so that history can be rebuilt from the log alone.
pub fn payload(report: Uuid, reported_on: chrono::NaiveDate, stated: &Stated) -> Json {
    let Stated { progress, percent, completed_on, result, difficulties, proposals, note, cleared } = stated;
    let text = |text: &Option<Arc<str>>| text.clone().map(Value::Text);
    let values = [
        (Part::Progress, progress.map(Value::Progress)),
        (Part::Percent, percent.map(Value::Percent)),
        (Part::CompletedOn, completed_on.map(Value::Day)),
        (Part::Result, text(result)),
        (Part::Difficulties, text(difficulties)),
        (Part::Proposals, text(proposals)),
        (Part::Note, text(note)),
    ];
    let stated: serde_json::Map<String, Json> = values
        .into_iter()
        .filter_map(|(part, value)| Some((part.as_str().to_owned(), value?.json())))
        .collect();
    let cleared: Vec<&str> = cleared.iter().map(|part| part.as_str()).collect();
    json!({ "report": report, "reported_on": reported_on.to_string(), "stated": stated, "cleared": cleared })
}

/// The sheet and the first cell that a row's values stand in: `Phụ lục!F12`.
fn place_of(row: &PlannedRow) -> String {
    match row.first_cell() {
        Some((line, column)) => format!("{}!{}", row.place.sheet, cell_name(line, column)),
        None => format!("{}!{}", row.place.sheet, row.place.row + 1),
    }
}

/// Rows whose outcome or task is another one than when the file came in: answers, or work of others since.
fn changed_rows(commit: &Commit) -> HashMap<Uuid, (RowOutcome, Option<Uuid>)> {
    let pairs = commit.plan.rows.iter().zip(&commit.rows);
    pairs
        .filter(|(planned, row)| (planned.outcome, planned.task_id) != (row.outcome, row.task_id))
        .map(|(planned, row)| (row.id, (planned.outcome, planned.task_id)))
        .collect()
}
