//! Planning an undo, or the undo of an undo: what would be taken back or restored now. Writes nothing.

use uuid::Uuid;

use super::undoing::{Turning, turning};
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::{import, unit};
use crate::error::Result;
use crate::import::undo::UndoPlan;

/// An import with the plan of its undo or redo.
#[derive(Clone, Debug)]
pub struct UndoPlanned {
    /// The import.
    pub import: import::Model,
    /// The unit that reports.
    pub unit: unit::Model,
    /// What would be done.
    pub plan: UndoPlan,
}

/// What undoing a committed import would do now; for one that was undone, what restoring it would do.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it was never committed, or when the office has confirmed
/// what it reported and a unit asks.
pub async fn plan_undo(app: &App, caller: &Caller, id: Uuid) -> Result<UndoPlanned> {
    caller.require(Permission::Import)?;
    let moment = app.database.snapshot().await?;
    let import = super::import_in_scope(&moment, &caller.scope(), id).await?;
    let Turning { import, unit, plan, .. } = turning(&moment, caller, import, app.clock.today()).await?;
    moment.rollback().await?;
    Ok(UndoPlanned { import, unit, plan })
}
