//! A committed import made into the plan of its undo, or one that was undone into the plan of its redo. Writes nothing.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::domain::access::{Caller, Role, Scope};
use crate::domain::decision::DecisionKind;
use crate::domain::history::{Entry, What};
use crate::domain::import::ImportState;
use crate::entities::{assignment, import, report, task, unit};
use crate::error::{Code, Error, Result};
use crate::import::author::Author;
use crate::import::claim::Place;
use crate::import::undo::{Direction, Made, UndoPlan, undo_plan};
use crate::store;
use crate::store::import::KeptRow;

/// An import with the plan of its undo or redo, and all that the plan was made from.
pub(super) struct Turning {
    pub(super) import: import::Model,
    pub(super) unit: unit::Model,
    pub(super) plan: UndoPlan,
    pub(super) made: Vec<Made>,
    pub(super) assignments: HashMap<Uuid, assignment::Model>,
}

/// What can be done with an import: a committed one can be undone, an undone one restored.
///
/// # Errors
/// `IMPORT_STATE` for all others.
pub(super) fn direction(import: &import::Model) -> Result<Direction> {
    let sentence = match import.state {
        ImportState::Committed => return Ok(Direction::Undo),
        ImportState::Undone => return Ok(Direction::Redo),
        ImportState::Received | ImportState::Read | ImportState::Planned => {
            "Chỉ hoàn tác được lần nạp đã ghi; lần nạp này chưa ghi, nếu không cần thì huỷ."
        }
        ImportState::Discarded => "Chỉ hoàn tác được lần nạp đã ghi; lần nạp này đã bị huỷ mà chưa ghi gì.",
    };
    Err(Error::with(Code::ImportState, sentence))
}

/// The plan of undoing or restoring an import as of now.
///
/// # Errors
/// `IMPORT_STATE` when there is nothing to undo, or when a unit may not because the office has confirmed or undone it.
pub(super) async fn turning(
    db: &impl ConnectionTrait,
    caller: &Caller,
    import: import::Model,
    today: NaiveDate,
) -> Result<Turning> {
    let direction = direction(&import)?;
    let scope = caller.scope();
    if direction == Direction::Redo && caller.role == Role::Unit {
        refuse_undone_by_office(db, &scope, import.id).await?;
    }
    let unit = store::unit::find(db, &scope, import.unit_id).await?.ok_or_else(|| super::absent("unit"))?;
    let reports = store::report::of_import(db, import.id).await?;
    let ids: Vec<Uuid> = reports.iter().map(|report| report.assignment_id).collect();
    let histories = store::history::of_ids(db, &ids).await?;
    let assignments = store::assignment::by_ids(db, &scope, &ids).await?;
    let task_ids: Vec<Uuid> = assignments.values().map(|assignment| assignment.task_id).collect();
    let tasks = store::task::by_ids(db, &scope, &task_ids).await?;
    let places = places(db, import.id).await?;
    let made: Vec<Made> = reports
        .iter()
        .filter_map(|report| {
            let assignment = assignments.get(&report.assignment_id)?;
            let task = tasks.get(&assignment.task_id)?;
            let entries = histories.get(&assignment.id).cloned().unwrap_or_default();
            Some(made(report, (assignment, task), entries, &places))
        })
        .collect();
    if direction == Direction::Undo && caller.role == Role::Unit {
        refuse_confirmed(&made)?;
    }
    let mut plan = undo_plan(direction, import.reported_on, &made, today);
    name_authors(db, &mut plan).await?;
    Ok(Turning { import, unit, plan, made, assignments })
}

fn made(
    report: &report::Model,
    (assignment, task): (&assignment::Model, &task::Model),
    entries: Vec<Entry>,
    places: &HashMap<Uuid, Place>,
) -> Made {
    let nowhere = || Place { sheet: "".into(), row: 0, row_to: 0, table: None };
    Made {
        report: report.id,
        assignment: assignment.id,
        task: task.id,
        code: task.code.clone(),
        role: assignment.role,
        place: report.import_row_id.and_then(|row| places.get(&row).cloned()).unwrap_or_else(nowhere),
        cell: report.place.clone(),
        due: task.deadline_due,
        entries,
    }
}

/// Where the rows of an import stand.
async fn places(db: &impl ConnectionTrait, import: Uuid) -> Result<HashMap<Uuid, Place>> {
    let names = store::import::sheet_names(db, import).await?;
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    let take = move |places: &mut HashMap<Uuid, Place>, row: KeptRow| {
        let sheet = names.get(&row.sheet_id).cloned().unwrap_or_default();
        places.insert(row.id, Place { sheet, row: number(row.row), row_to: number(row.row_to), table: None });
        Ok(())
    };
    Ok(store::import::each_kept_row(db, &[import], HashMap::new(), take).await?)
}

/// What the office has confirmed, a unit does not take back itself.
fn refuse_confirmed(made: &[Made]) -> Result<()> {
    let confirmed: Vec<&str> =
        made.iter().filter(|made| is_confirmed(made)).map(|made| made.code.as_str()).collect();
    if confirmed.is_empty() {
        return Ok(());
    }
    let sentence = format!(
        "Văn phòng Bộ đã xác nhận kết quả mà lần nạp này báo cáo ({}); đề nghị Văn phòng Bộ hoàn tác.",
        confirmed.join(", ")
    );
    Err(Error::with(Code::ImportState, sentence))
}

/// What the office has undone, a unit does not restore itself.
async fn refuse_undone_by_office(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<()> {
    let events = store::event::about(db, scope, import, EVENTS).await?;
    let undone = events.iter().find(|event| event.kind == "import.undone");
    let said: Option<serde_json::Value> = undone.and_then(|event| serde_json::from_str(&event.payload).ok());
    // Events of before the role was noted do not tell; they hold up nobody.
    let role = said.as_ref().and_then(|said| said.get("role")?.as_str()).and_then(Role::parse);
    if role.is_none_or(|role| role == Role::Unit) {
        return Ok(());
    }
    let sentence = "Văn phòng Bộ đã hoàn tác lần nạp này; đề nghị Văn phòng Bộ khôi phục, hoặc gửi lại tệp.";
    Err(Error::with(Code::ImportState, sentence))
}

/// Events about an import that are looked through for its last undo, newest first.
const EVENTS: u64 = 20;

/// Whether the office has confirmed after the report, and has not returned it since.
fn is_confirmed(made: &Made) -> bool {
    let is_ours = |entry: &&Entry| matches!(&entry.what, What::Report { id, .. } if *id == made.report);
    let Some(number) = made.entries.iter().find(is_ours).map(|entry| entry.number) else { return false };
    let verdicts = made.entries.iter().filter(|entry| entry.number > number).filter_map(|entry| match entry
        .what
    {
        What::Decision(kind @ (DecisionKind::Confirm | DecisionKind::Return)) => Some((entry.number, kind)),
        What::Decision(_) | What::Report { .. } | What::DeadlineChange(_) => None,
    });
    verdicts.max_by_key(|(number, _)| *number).is_some_and(|(_, kind)| kind == DecisionKind::Confirm)
}

/// Says of what is left alone who did it and when.
async fn name_authors(db: &impl ConnectionTrait, plan: &mut UndoPlan) -> Result<()> {
    let numbers: Vec<i64> = plan.left_alone.iter().map(|later| later.number).collect();
    let callers = store::event::callers(db, &numbers).await?;
    for later in &mut plan.left_alone {
        later.author = callers.get(&later.number).cloned().map(|(name, at)| Author { name, at });
    }
    Ok(())
}
