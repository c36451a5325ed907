//! Another due day for an assignment, or none, by decision of the office.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::chronicle;
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::history::{Entry, What};
use crate::entities::{assignment, deadline_change};
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::store;

/// What is decided.
#[derive(Clone, Debug)]
pub struct ExtendDeadline {
    /// The assignment.
    pub assignment: Uuid,
    /// Last day that is in time; `None` lifts the deadline.
    pub new_due: Option<NaiveDate>,
    /// The new deadline as written.
    pub raw: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The day of the decision; today when not given.
    pub decided_on: Option<NaiveDate>,
}

/// Records another due day.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND`; `INVALID_INPUT` for a day of decision to come, or when nothing would change.
pub async fn extend_deadline(
    app: &App,
    caller: &Caller,
    wanted: ExtendDeadline,
) -> Result<(deadline_change::Model, assignment::Model)> {
    caller.require(Permission::Decide)?;
    let decided_on = chronicle::day_not_after_today(app, wanted.decided_on, "decided_on")?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let (assignment, task) =
        super::assignment_in_scope(&transaction, &caller.scope(), wanted.assignment).await?;
    if assignment.due_on == wanted.new_due {
        let sentence = "Thời hạn mới trùng với thời hạn hiện nay.";
        return Err(Error::with(Code::InvalidInput, sentence).field("new_due"));
    }
    let number = log.record(Draft {
        kind: "deadline.changed",
        subject: "assignment",
        subject_id: Some(assignment.id),
        unit_id: Some(assignment.unit_id),
        import_id: None,
        place: None,
        payload: json!({
            "old_due": assignment.due_on.map(|day| day.to_string()),
            "new_due": wanted.new_due.map(|day| day.to_string()),
            "raw": wanted.raw,
            "reason": wanted.reason,
            "decided_on": decided_on.to_string(),
        }),
    });
    let row = deadline_change::Model {
        id: store::write::new_id(),
        assignment_id: assignment.id,
        old_due: assignment.due_on,
        new_due: wanted.new_due,
        raw: wanted.raw,
        reason: wanted.reason,
        decided_on,
        decided_by: caller.name.clone(),
        event_no: number,
    };
    let mut entries = chronicle::entries(&transaction, assignment.id).await?;
    entries.push(Entry { day: decided_on, number, what: What::DeadlineChange(wanted.new_due) });
    let assignment = chronicle::bring_up_to_date(&transaction, (assignment, &task), &entries).await?;
    store::write::insert_all::<deadline_change::Model>(&transaction, vec![row.clone()]).await?;
    super::finish(app, transaction, log).await?;
    Ok((row, assignment))
}
