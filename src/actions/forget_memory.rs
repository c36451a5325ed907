//! Forgetting what is remembered of a unit's files: a layout, or the link of a wording. What was committed stays.

use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::{layout, wording};
use crate::error::Result;
use crate::events::Draft;
use crate::store;

/// Forgets a layout: the next file laid out so is read as if it were the first.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope, or when it is forgotten already.
pub async fn forget_layout(app: &App, caller: &Caller, id: Uuid) -> Result<layout::Model> {
    caller.require(Permission::Import)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let found = store::memory::layout(&transaction, &caller.scope(), id).await?;
    let layout = found.ok_or_else(|| super::absent("layout"))?;
    let payload = json!({ "fingerprint": layout.fingerprint, "columns": layout.columns });
    let _ = log.record(forgotten(("layout.forgotten", "layout"), id, layout.unit_id, payload));
    store::memory::forget_layout(&transaction, id).await?;
    super::finish(app, transaction, log).await?;
    Ok(layout)
}

/// Forgets what a wording was linked to: the next row worded so is asked about.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope, or when it is forgotten already.
pub async fn forget_wording(app: &App, caller: &Caller, id: Uuid) -> Result<wording::Model> {
    caller.require(Permission::Import)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let found = store::memory::wording(&transaction, &caller.scope(), id).await?;
    let wording = found.ok_or_else(|| super::absent("wording"))?;
    let payload = json!({ "content": wording.content, "task": wording.task_id });
    let _ = log.record(forgotten(("wording.forgotten", "wording"), id, wording.unit_id, payload));
    store::memory::forget_wordings(&transaction, &[id]).await?;
    super::finish(app, transaction, log).await?;
    Ok(wording)
}

fn forgotten(
    (kind, subject): (&'static str, &'static str),
    id: Uuid,
    unit: Uuid,
    payload: serde_json::Value,
) -> Draft {
    Draft { kind, subject, subject_id: Some(id), unit_id: Some(unit), import_id: None, place: None, payload }
}
