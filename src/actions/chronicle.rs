//! One more entry in the history of an assignment, with the state beside it brought up to date.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::app::App;
use crate::domain::history::{Entry, state_now};
use crate::entities::{assignment, task};
use crate::error::{Code, Error, Result};
use crate::store;

/// The history of an assignment.
pub(super) async fn entries(db: &impl ConnectionTrait, assignment: Uuid) -> Result<Vec<Entry>> {
    let found = store::history::of_ids(db, &[assignment]).await?.remove(&assignment);
    Ok(found.unwrap_or_default())
}

/// Writes the state after `entries` beside the history, and gives the assignment with it.
pub(super) async fn bring_up_to_date(
    db: &impl ConnectionTrait,
    (mut assignment, task): (assignment::Model, &task::Model),
    entries: &[Entry],
) -> Result<assignment::Model> {
    store::history::put_state(&mut assignment, &state_now(task.deadline_due, entries));
    store::assignment::put_states(db, vec![assignment.clone()]).await?;
    Ok(assignment)
}

/// The day that was given, or today; never a day to come.
pub(super) fn day_not_after_today(app: &App, given: Option<NaiveDate>, field: &str) -> Result<NaiveDate> {
    let today = app.clock.today();
    match given {
        None => Ok(today),
        Some(day) if day <= today => Ok(day),
        Some(_) => Err(Error::with(Code::InvalidInput, "Ngày không được sau hôm nay.").field(field)),
    }
}
