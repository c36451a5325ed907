//! The verbs: permission, rule, write, history, event, in one transaction. Every door calls the same verb; never builds SQL.
//!
//! A verb takes the [`App`](crate::app::App), the caller and what is wanted. What lies outside the caller's scope is
//! answered as absent. Nothing is acknowledged before its transaction is committed; events go out after that.

pub mod annotate_import;
pub mod answer_import;
mod answered;
mod carried;
pub mod check_data;
mod chronicle;
pub mod commit_import;
pub mod correct_layout;
pub mod create_token;
pub mod create_user;
pub mod discard_import;
pub mod export_workbook;
pub mod extend_deadline;
pub mod forget_memory;
mod memory;
pub mod plan_import;
pub mod plan_undo;
mod planning;
pub mod record_decision;
pub mod record_export;
pub mod record_report;
mod remember;
pub mod revoke_token;
pub mod seed;
mod taking_in;
pub mod trace_task;
pub mod undo_import;
mod undoing;
pub mod upload_import;
pub mod watch_import;

use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Scope};
use crate::entities::{assignment, import, task, unit};
use crate::error::{Code, Error, Result};
use crate::events::Log;
use crate::store;

/// The unit with this code, abbreviation, name or alias, inside the scope.
async fn unit_in_scope(db: &impl ConnectionTrait, scope: &Scope, code: &str) -> Result<unit::Model> {
    let found = store::unit::by_code_or_alias(db, code).await?;
    found.filter(|unit| scope.contains(unit.id)).ok_or_else(|| absent("unit"))
}

/// The import, inside the scope.
async fn import_in_scope(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<import::Model> {
    store::import::find(db, scope, id).await?.ok_or_else(|| absent("import"))
}

/// The assignment with its task, inside the scope.
async fn assignment_in_scope(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: Uuid,
) -> Result<(assignment::Model, task::Model)> {
    let found = store::assignment::find(db, scope, id).await?.ok_or_else(|| absent("assignment"))?;
    let task = store::task::find(db, scope, found.task_id).await?.ok_or_else(|| absent("task"))?;
    Ok((found, task))
}

fn absent(what: &str) -> Error {
    Error::new(Code::NotFound).field(what)
}

/// Writes the events, commits, and only then tells those who listen.
async fn finish(app: &App, transaction: DatabaseTransaction, log: Log) -> Result<()> {
    let events = log.finish(&transaction).await?;
    transaction.commit().await?;
    app.bus.send(events);
    Ok(())
}

/// Begins the transaction of a verb with the end of the event log locked: from here on nothing else writes.
async fn begin(app: &App, caller: &Caller) -> Result<(DatabaseTransaction, Log)> {
    let transaction = app.database.begin().await?;
    let log = crate::events::lock(&transaction, caller, app.clock.now()).await?;
    Ok((transaction, log))
}
