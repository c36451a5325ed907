//! Undo: the reports of a committed import are taken back; what came later stays. And the undo of an undo: they count
//! again. Both quote the hash of the plan that was seen.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::undoing::{Turning, turning};
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::history::state_now;
use crate::domain::import::ImportState;
use crate::entities::{assignment, import, report_retraction, unit};
use crate::error::{Code, Error, Result};
use crate::events::{Draft, Log};
use crate::import::undo::{Direction, UndoPlan, turned};
use crate::store;

/// What is to be undone or restored.
#[derive(Clone, Debug, Default)]
pub struct UndoImport {
    /// The import.
    pub id: Uuid,
    /// Hash of the plan that was seen.
    pub plan_hash: String,
    /// Why.
    pub reason: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Undone {
    /// It was done.
    Done {
        /// The import.
        import: Box<import::Model>,
        /// The unit that reports.
        unit: Box<unit::Model>,
        /// The plan that was carried out.
        plan: Box<UndoPlan>,
    },
    /// It had been done before; nothing was done.
    Repeated {
        /// The import.
        import: Box<import::Model>,
    },
    /// The plan quoted is not the plan of now (`PLAN_STALE`); nothing was done.
    Stale {
        /// The plan of now.
        plan: Box<UndoPlan>,
    },
}

/// Takes back the reports of a committed import.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it is not committed, or when the office has confirmed
/// what it reported (a unit may then not undo it itself); `INVALID_INPUT` for a reason that is too long.
pub async fn undo_import(app: &App, caller: &Caller, wanted: UndoImport) -> Result<Undone> {
    turn(app, caller, wanted, Direction::Undo).await
}

/// Restores the reports of an import that was undone: it is committed again.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it was not undone, or when the office undid it (a unit may
/// then not restore it itself); `INVALID_INPUT` for a reason that is too long.
pub async fn redo_import(app: &App, caller: &Caller, wanted: UndoImport) -> Result<Undone> {
    turn(app, caller, wanted, Direction::Redo).await
}

/// Longest reason, in characters.
const REASON_CHARS: usize = 1000;

async fn turn(app: &App, caller: &Caller, wanted: UndoImport, direction: Direction) -> Result<Undone> {
    caller.require(Permission::Import)?;
    let reason = wanted.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS) {
        let sentence = format!("Lý do dài quá {REASON_CHARS} ký tự.");
        return Err(Error::with(Code::InvalidInput, sentence).field("reason"));
    }
    let (transaction, mut log) = super::begin(app, caller).await?;
    let import = super::import_in_scope(&transaction, &caller.scope(), wanted.id).await?;
    let (from, to, kind) = match direction {
        Direction::Undo => (ImportState::Committed, ImportState::Undone, "import.undone"),
        Direction::Redo => (ImportState::Undone, ImportState::Committed, "import.redone"),
    };
    if import.state == to {
        return Ok(Undone::Repeated { import: Box::new(import) });
    }
    let found = turning(&transaction, caller, import, app.clock.today()).await?;
    if found.plan.hash != wanted.plan_hash {
        return Ok(Undone::Stale { plan: Box::new(found.plan) });
    }
    carry_out(&transaction, &mut log, &found, reason.as_ref()).await?;
    let Turning { import, unit, plan, .. } = found;
    let _ = log.record(Draft {
        kind,
        subject: "import",
        subject_id: Some(import.id),
        unit_id: Some(import.unit_id),
        import_id: Some(import.id),
        place: None,
        payload: json!({
            "plan_hash": plan.hash,
            "reports": plan.rows.len(),
            "left_alone": plan.left_alone.len(),
            "reason": reason,
            "role": caller.role.as_str(),
        }),
    });
    let change = import::ActiveModel { state: Set(to), ..Default::default() };
    if !store::import::advance(&transaction, import.id, from, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    super::finish(app, transaction, log).await?;
    let import = Box::new(import::Model { state: to, ..import });
    Ok(Undone::Done { import, unit: Box::new(unit), plan: Box::new(plan) })
}

/// One retraction a report (the second one restores it), and the states beside the histories brought up to date.
async fn carry_out(
    db: &impl ConnectionTrait,
    log: &mut Log,
    found: &Turning,
    reason: Option<&String>,
) -> Result<()> {
    let kind = match found.plan.direction {
        Direction::Undo => "report.retracted",
        Direction::Redo => "report.restored",
    };
    let mut numbers: BTreeMap<Uuid, i64> = BTreeMap::new();
    for row in &found.plan.rows {
        let number = log.record(Draft {
            kind,
            subject: "assignment",
            subject_id: Some(row.assignment),
            unit_id: Some(found.import.unit_id),
            import_id: Some(found.import.id),
            place: row.cell.clone(),
            payload: json!({ "report": row.report, "reason": reason }),
        });
        numbers.insert(row.report, number);
    }
    let retractions = numbers.iter().map(|(report, number)| report_retraction::Model {
        id: store::write::new_id(),
        report_id: *report,
        event_no: *number,
        reason: reason.cloned(),
    });
    store::write::insert_all::<report_retraction::Model>(db, retractions.collect::<Vec<_>>()).await?;
    let states = found.made.iter().filter(|made| numbers.contains_key(&made.report)).filter_map(|made| {
        let mut assignment = found.assignments.get(&made.assignment)?.clone();
        let state = state_now(made.due, &turned(&made.entries, &numbers));
        store::history::put_state(&mut assignment, &state);
        Some((assignment.id, assignment))
    });
    // By id: an import reports once about an assignment, but a statement that wrote a row twice would be refused.
    let states: BTreeMap<Uuid, assignment::Model> = states.collect();
    store::assignment::put_states(db, states.into_values()).await?;
    Ok(())
}
