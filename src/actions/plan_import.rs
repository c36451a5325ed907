//! Planning again: what a commit would do now. Writes nothing.

use uuid::Uuid;

use super::planning::{self, planned};
use super::upload_import::Uploaded;
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::error::Result;

/// The plan of an import as of now.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it does not wait for a commit.
pub async fn plan_import(app: &App, caller: &Caller, id: Uuid) -> Result<Uploaded> {
    caller.require(Permission::Import)?;
    let scope = caller.scope();
    // One moment for all questions, so that the hash is that of a state that was.
    let moment = app.database.snapshot().await?;
    let import = super::import_in_scope(&moment, &scope, id).await?;
    planning::require_planned(&import)?;
    let found = planned(&moment, &scope, import).await?;
    moment.rollback().await?;
    Ok(Uploaded { import: found.import, unit: found.unit, plan: found.plan, earlier: found.earlier })
}
