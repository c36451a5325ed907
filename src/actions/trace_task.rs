//! Where the figures of one task of one unit come from. Reads only.

use chrono::NaiveDate;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::{assignment, task, unit};
use crate::error::{Code, Error, Result};
use crate::store;
use crate::store::provenance::Trace;

/// A task of a unit with the sources of its values.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The unit.
    pub unit: unit::Model,
    /// The task.
    pub task: task::Model,
    /// What the unit has to do with it, as it stands today.
    pub assignment: assignment::Model,
    /// The sources.
    pub trace: Trace,
    /// As of which day.
    pub as_of: NaiveDate,
}

/// The sources of every value of a unit's task, as of a day (today when not given). Of two open notices that use one
/// code the newer one counts.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit outside the scope or a task that it has nothing to do with; `INVALID_INPUT` for a
/// day to come.
pub async fn trace_task(
    app: &App,
    caller: &Caller,
    (unit, code): (&str, &str),
    as_of: Option<NaiveDate>,
) -> Result<Traced> {
    caller.require(Permission::Read)?;
    let scope = caller.scope();
    let today = app.clock.today();
    let as_of = as_of.unwrap_or(today);
    if as_of > today {
        let sentence = "Ngày “tính đến” phải là hôm nay hoặc một ngày đã qua.";
        return Err(Error::with(Code::InvalidInput, sentence).field("asOf"));
    }
    let moment = app.database.snapshot().await?;
    let unit = super::unit_in_scope(&moment, &scope, unit).await?;
    let notices = store::notice::open(&moment, &scope).await?;
    let ids: Vec<_> = notices.iter().map(|notice| notice.id).collect();
    let tasks = store::task::of_notices(&moment, &scope, &ids).await?;
    let rank = |task: &task::Model| ids.iter().position(|id| *id == task.notice_id);
    let task = tasks.into_iter().filter(|task| task.code == code).min_by_key(rank);
    let absent = || {
        let sentence =
            format!("{} không có nhiệm vụ “{code}”. Kiểm tra mã nhiệm vụ, ví dụ VII.4-1.", unit.name);
        Error::with(Code::NotFound, sentence).field("task")
    };
    let task = task.ok_or_else(absent)?;
    let assignments = store::assignment::of_unit(&moment, &scope, unit.id).await?;
    let assignment = assignments.into_iter().find(|row| row.task_id == task.id).ok_or_else(absent)?;
    let until = if as_of < today { as_of } else { NaiveDate::MAX };
    let mut traces = store::provenance::of_assignments(&moment, &scope, &[assignment.id], until).await?;
    moment.rollback().await?;
    let trace = traces.remove(&assignment.id).unwrap_or_default();
    Ok(Traced { unit, task, assignment, trace, as_of })
}
