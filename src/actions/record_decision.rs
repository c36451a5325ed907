//! A decision of the office: confirm, return, suspend, resume, withdraw, transfer.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::chronicle;
use crate::app::App;
use crate::domain::access::{Caller, Permission, Scope};
use crate::domain::assignment::AssignmentRole;
use crate::domain::decision::DecisionKind;
use crate::domain::history::{Entry, What};
use crate::entities::{assignment, deadline_change, decision, task};
use crate::error::{Code, Error, Result};
use crate::events::{Draft, Log};
use crate::store;

/// What is decided.
#[derive(Clone, Debug)]
pub struct RecordDecision {
    /// The assignment.
    pub assignment: Uuid,
    /// What.
    pub kind: DecisionKind,
    /// The day; today when not given.
    pub decided_on: Option<NaiveDate>,
    /// Why, or what remains to be done.
    pub note: Option<String>,
    /// Code of the unit that takes over; for a transfer only, and needed there.
    pub transferred_to: Option<String>,
}

/// Records a decision.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND`; `INVALID_INPUT` for a day to come, a decision that does not fit the progress, or a unit that
/// is missing or too much.
pub async fn record_decision(
    app: &App,
    caller: &Caller,
    wanted: RecordDecision,
) -> Result<(decision::Model, assignment::Model)> {
    caller.require(Permission::Decide)?;
    let decided_on = chronicle::day_not_after_today(app, wanted.decided_on, "decided_on")?;
    let scope = caller.scope();
    let (transaction, mut log) = super::begin(app, caller).await?;
    let (assignment, task) = super::assignment_in_scope(&transaction, &scope, wanted.assignment).await?;
    wanted
        .kind
        .check(assignment.progress)
        .map_err(|error| Error::with(Code::InvalidInput, sentence(&error.to_string())).field("kind"))?;
    let transferred_to = transferee(&transaction, &scope, &wanted, &assignment).await?;
    let number = log.record(Draft {
        kind: "decision.recorded",
        subject: "assignment",
        subject_id: Some(assignment.id),
        unit_id: Some(assignment.unit_id),
        import_id: None,
        place: None,
        payload: json!({
            "kind": wanted.kind.as_str(),
            "decided_on": decided_on.to_string(),
            "note": wanted.note,
            "transferred_to": transferred_to,
        }),
    });
    let row = decision::Model {
        id: store::write::new_id(),
        assignment_id: assignment.id,
        kind: wanted.kind,
        decided_on,
        note: wanted.note,
        transferred_to,
        decided_by: caller.name.clone(),
        event_no: number,
    };
    let mut entries = chronicle::entries(&transaction, assignment.id).await?;
    entries.push(Entry { day: decided_on, number, what: What::Decision(wanted.kind) });
    if let Some(unit) = transferred_to {
        let to = Successor { unit, decided_on, by: &caller.name };
        take_over(&transaction, &mut log, (&assignment, &task), to).await?;
    }
    let assignment = chronicle::bring_up_to_date(&transaction, (assignment, &task), &entries).await?;
    store::write::insert_all::<decision::Model>(&transaction, vec![row.clone()]).await?;
    super::finish(app, transaction, log).await?;
    Ok((row, assignment))
}

/// A sentence of the rules, made one for people.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

async fn transferee(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wanted: &RecordDecision,
    assignment: &assignment::Model,
) -> Result<Option<Uuid>> {
    let invalid = |sentence: &str| Error::with(Code::InvalidInput, sentence).field("transferred_to");
    match (wanted.kind, &wanted.transferred_to) {
        (DecisionKind::Transfer, Some(code)) => {
            let unit = super::unit_in_scope(db, scope, code).await?;
            if unit.id == assignment.unit_id {
                return Err(invalid("Nhiệm vụ đang do chính đơn vị này thực hiện."));
            }
            Ok(Some(unit.id))
        }
        (DecisionKind::Transfer, None) => Err(invalid("Cần đơn vị nhận nhiệm vụ.")),
        (_, Some(_)) => Err(invalid("Chỉ ghi đơn vị nhận khi chuyển nhiệm vụ.")),
        (_, None) => Ok(None),
    }
}

/// Who takes an assignment over, and since when.
#[derive(Clone, Copy)]
struct Successor<'a> {
    unit: Uuid,
    decided_on: NaiveDate,
    by: &'a str,
}

/// The unit that takes over has the role from now on: with the assignment that it has for this task already, or with a
/// new one. A due day that the office had changed goes along, as a change of its own in the history.
async fn take_over(
    db: &impl ConnectionTrait,
    log: &mut Log,
    (from, task): (&assignment::Model, &task::Model),
    to: Successor<'_>,
) -> Result<()> {
    let scope = Scope::Units([to.unit].into());
    let has = store::assignment::all_by_task_ids(db, &scope, &[task.id]).await?.remove(&task.id);
    if let Some(own) = has.unwrap_or_default().first() {
        if from.role == AssignmentRole::Lead && own.role != AssignmentRole::Lead {
            store::assignment::put_role(db, own.id, from.role).await?;
        }
        return Ok(());
    }
    let new = store::assignment::untouched((task.id, task.deadline_due), to.unit, from.role);
    store::assignment::put_states(db, vec![new.clone()]).await?;
    if from.due_on == new.due_on {
        return Ok(());
    }
    let number = log.record(Draft {
        kind: "deadline.changed",
        subject: "assignment",
        subject_id: Some(new.id),
        unit_id: Some(new.unit_id),
        import_id: None,
        place: None,
        payload: json!({
            "old_due": new.due_on.map(|day| day.to_string()),
            "new_due": from.due_on.map(|day| day.to_string()),
            "transferred_from": from.id,
            "decided_on": to.decided_on.to_string(),
        }),
    });
    let change = deadline_change::Model {
        id: store::write::new_id(),
        assignment_id: new.id,
        old_due: new.due_on,
        new_due: from.due_on,
        raw: None,
        reason: Some("Nhận nhiệm vụ cùng thời hạn đã gia hạn.".to_owned()),
        decided_on: to.decided_on,
        decided_by: to.by.to_owned(),
        event_no: number,
    };
    let entry = Entry { day: to.decided_on, number, what: What::DeadlineChange(from.due_on) };
    chronicle::bring_up_to_date(db, (new, task), &[entry]).await?;
    store::write::insert_all::<deadline_change::Model>(db, vec![change]).await?;
    Ok(())
}
