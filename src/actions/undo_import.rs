//! Undo: the reports of a committed import are taken back; what came later stays.

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission, Role};
use crate::domain::decision::DecisionKind;
use crate::domain::history::{Entry, What, state_now};
use crate::domain::import::ImportState;
use crate::entities::{import, report, report_retraction};
use crate::error::{Code, Error, Result};
use crate::events::{Draft, Log};
use crate::store;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Undone {
    /// The import.
    pub import: import::Model,
    /// Reports taken back.
    pub retracted: Vec<Uuid>,
    /// Reports about the same assignments that came later and were left alone.
    pub left_alone: Vec<Uuid>,
}

/// Takes back the reports of a committed import.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it is not committed, or when the office has confirmed
/// what it reported (a unit may then not undo it itself).
pub async fn undo_import(app: &App, caller: &Caller, id: Uuid, reason: Option<String>) -> Result<Undone> {
    caller.require(Permission::Import)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let import = super::import_in_scope(&transaction, &caller.scope(), id).await?;
    if import.state != ImportState::Committed {
        return Err(Error::with(Code::ImportState, "Chỉ hoàn tác được lần nạp đã ghi."));
    }
    let reports = store::report::of_import(&transaction, id).await?;
    let (retracted, left_alone) =
        take_back(&transaction, &mut log, caller, (&reports, reason.as_ref())).await?;
    let _ = log.record(Draft {
        kind: "import.undone",
        subject: "import",
        subject_id: Some(id),
        unit_id: Some(import.unit_id),
        import_id: Some(id),
        place: None,
        payload: json!({ "reports": retracted.len(), "left_alone": left_alone, "reason": reason }),
    });
    let change = import::ActiveModel { state: Set(ImportState::Undone), ..Default::default() };
    if !store::import::advance(&transaction, id, ImportState::Committed, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    super::finish(app, transaction, log).await?;
    let import = import::Model { state: ImportState::Undone, ..import };
    Ok(Undone { import, retracted, left_alone })
}

async fn take_back(
    db: &impl ConnectionTrait,
    log: &mut Log,
    caller: &Caller,
    (reports, reason): (&[report::Model], Option<&String>),
) -> Result<(Vec<Uuid>, Vec<Uuid>)> {
    let scope = caller.scope();
    let ids: Vec<Uuid> = reports.iter().map(|report| report.assignment_id).collect();
    let mut histories = store::history::of_ids(db, &ids).await?;
    let mut assignments = store::assignment::by_ids(db, &scope, &ids).await?;
    let task_ids: Vec<Uuid> = assignments.values().map(|assignment| assignment.task_id).collect();
    let tasks = store::task::by_ids(db, &scope, &task_ids).await?;
    let (mut rows, mut states, mut left_alone) = (Vec::new(), Vec::new(), Vec::new());
    for report in reports {
        let mut entries = histories.remove(&report.assignment_id).unwrap_or_default();
        if caller.role == Role::Unit && confirmed_after(&entries, report.event_no) {
            let sentence = "Văn phòng Bộ đã xác nhận kết quả của lần nạp này; đề nghị Văn phòng Bộ hoàn tác.";
            return Err(Error::with(Code::ImportState, sentence));
        }
        let number = log.record(Draft {
            kind: "report.retracted",
            subject: "assignment",
            subject_id: Some(report.assignment_id),
            unit_id: Some(report.unit_id),
            import_id: report.import_id,
            place: report.place.clone(),
            payload: json!({ "report": report.id, "reason": reason }),
        });
        left_alone.extend(retract(&mut entries, report, number));
        rows.push(report_retraction::Model {
            id: store::write::new_id(),
            report_id: report.id,
            event_no: number,
            reason: reason.cloned(),
        });
        let Some(mut assignment) = assignments.remove(&report.assignment_id) else { continue };
        let due = tasks.get(&assignment.task_id).and_then(|task| task.deadline_due);
        store::history::put_state(&mut assignment, &state_now(due, &entries));
        states.push(assignment);
    }
    let retracted = rows.iter().map(|row| row.report_id).collect();
    store::write::insert_all::<report_retraction::Model>(db, rows).await?;
    store::assignment::put_states(db, states).await?;
    Ok((retracted, left_alone))
}

/// Marks the report as taken back; gives the reports about the same assignment that came after it.
fn retract(entries: &mut [Entry], report: &report::Model, number: i64) -> Vec<Uuid> {
    let mut later = Vec::new();
    for entry in entries {
        if let What::Report { id, retractions, .. } = &mut entry.what {
            if *id == report.id {
                retractions.push(number);
            } else if entry.number > report.event_no && retractions.len().is_multiple_of(2) {
                later.push(*id);
            }
        }
    }
    later
}

fn confirmed_after(entries: &[Entry], event: i64) -> bool {
    let confirms = |what: &What| *what == What::Decision(DecisionKind::Confirm);
    entries.iter().any(|entry| entry.number > event && confirms(&entry.what))
}
