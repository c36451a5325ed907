//! A plan is carried out: reports, states, events, all inside the transaction of the verb that calls this.

use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::domain::assignment::AssignmentRole;
use crate::domain::history::{Entry, Part, Stated, What, state_now};
use crate::domain::import::RowOutcome;
use crate::entities::{assignment, import, import_row, report};
use crate::error::Result;
use crate::events::{Draft, Log};
use crate::import::plan::{Plan, PlannedRow, Snapshot};
use crate::import::running::{Phase, Under};
use crate::import::snapshot::Known;
use crate::import::value::Value;
use crate::sheet::cell::cell_name;
use crate::store;

/// What a plan is carried out with. `rows` are those of the import, in the order of the plan.
#[derive(Clone, Copy, Debug)]
pub struct Commit<'a> {
    /// The import.
    pub import: &'a import::Model,
    /// Its rows.
    pub rows: &'a [import_row::Model],
    /// What is to be done.
    pub plan: &'a Plan,
    /// What the plan was made from.
    pub snapshot: &'a Snapshot,
    /// Tasks and assignments of the unit.
    pub known: &'a Known,
    /// Name of the caller.
    pub by: &'a str,
}

/// Rows written between two steps that are told of.
const STEP: usize = 2000;

/// Writes the reports of the plan and gives their number. `under` is told how far it has come.
///
/// # Errors
/// `CANCELLED` when somebody stopped it; when the database refuses.
pub async fn apply(
    db: &impl ConnectionTrait,
    log: &mut Log,
    commit: Commit<'_>,
    under: &Under,
) -> Result<usize> {
    let count = commit.plan.count(RowOutcome::Create);
    under.step(Phase::Writing, 0, count)?;
    let pairs = commit.plan.rows.iter().zip(commit.rows);
    let mut pairs = pairs.filter(|(planned, _)| planned.outcome == RowOutcome::Create);
    let mut written = 0;
    loop {
        // A step's reports, states and events are written before the next are made: never all of them in memory.
        let step = pairs.by_ref().filter_map(|(planned, row)| report_of(log, commit, planned, row));
        let (reports, states): (Vec<_>, Vec<_>) = step.take(STEP).unzip();
        if reports.is_empty() {
            break;
        }
        written += reports.len();
        // Assignments first: those of role `other` are new, and reports point at them.
        store::assignment::put_states(db, states).await?;
        store::write::insert_all::<report::Model>(db, reports).await?;
        log.write(db).await?;
        under.step(Phase::Writing, written, count)?;
    }
    store::import::put_outcomes(db, changed_rows(commit)).await?;
    Ok(written)
}

fn report_of(
    log: &mut Log,
    commit: Commit<'_>,
    planned: &PlannedRow,
    row: &import_row::Model,
) -> Option<(report::Model, assignment::Model)> {
    let code = planned.task.as_ref()?;
    let (task, state) = (commit.known.tasks.get(code)?, commit.snapshot.tasks.get(code)?);
    let mut assignment = match commit.known.assignments.get(&task.id) {
        Some(assignment) => assignment.clone(),
        None => store::assignment::untouched((task.id, task.due), commit.known.unit, AssignmentRole::Other),
    };
    let (import, id) = (commit.import, store::write::new_id());
    let place = place_of(planned);
    let number = log.record(Draft {
        kind: "report.recorded",
        subject: "assignment",
        subject_id: Some(assignment.id),
        unit_id: Some(assignment.unit_id),
        import_id: Some(import.id),
        place: Some(place.clone()),
        payload: payload(id, import.reported_on, &planned.stated),
    });
    let what = What::Report { id, stated: planned.stated.clone(), retractions: Vec::new() };
    let mut entries = state.entries.clone();
    entries.push(Entry { day: import.reported_on, number, what });
    store::history::put_state(&mut assignment, &state_now(state.due, &entries));
    let origin = Origin { import: Some((import.id, row.id)), place: Some(place) };
    let on = (import.reported_on, log.at(), number);
    Some((report_row(id, &assignment, on, (commit.by, &planned.stated), origin), assignment))
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

/// A report as stored.
pub fn report_row(
    id: Uuid,
    assignment: &assignment::Model,
    (reported_on, recorded_at, event_no): Moment,
    (recorded_by, stated): (&str, &Stated),
    origin: Origin,
) -> report::Model {
    let cleared = store::history::cleared_text(stated);
    let Stated { progress, percent, completed_on, result, difficulties, proposals, note, cleared: _ } =
        stated.clone();
    report::Model {
        id,
        assignment_id: assignment.id,
        unit_id: assignment.unit_id,
        reported_on,
        recorded_at,
        recorded_by: recorded_by.to_owned(),
        event_no,
        progress,
        percent,
        completed_on,
        result,
        difficulties,
        proposals,
        note,
        cleared,
        import_id: origin.import.map(|(import, _)| import),
        import_row_id: origin.import.map(|(_, row)| row),
        place: origin.place,
    }
}

/// What the event log keeps of a report: everything it states, so that history can be rebuilt from the log alone.
pub fn payload(report: Uuid, reported_on: chrono::NaiveDate, stated: &Stated) -> Json {
    let Stated { progress, percent, completed_on, result, difficulties, proposals, note, cleared } = stated;
    let text = |text: &Option<String>| text.clone().map(Value::Text);
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
    let cell = row.cells.iter().filter_map(|cell| cell.cell).min_by_key(|(_, column)| *column);
    match cell {
        Some((line, column)) => format!("{}!{}", row.place.sheet, cell_name(line, column)),
        None => format!("{}!{}", row.place.sheet, row.place.row + 1),
    }
}

/// Rows whose outcome or task is another one than when the file came in: answers, or work of others since.
/// Only these two are written (`put_outcomes`); the text of the reading is not with the row any more.
fn changed_rows(commit: Commit<'_>) -> Vec<import_row::Model> {
    let pairs = commit.plan.rows.iter().zip(commit.rows);
    pairs
        .filter(|(planned, row)| (planned.outcome, planned.task_id) != (row.outcome, row.task_id))
        .map(|(planned, row)| import_row::Model {
            outcome: planned.outcome,
            task_id: planned.task_id,
            ..row.clone()
        })
        .collect()
}
