//! Discard: an import that shall not be committed. Bytes and reading are kept.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::import::ImportState;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::store;

/// Discards an import; a second time changes nothing.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` once it is committed.
pub async fn discard_import(app: &App, caller: &Caller, id: Uuid) -> Result<import::Model> {
    caller.require(Permission::Import)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let import = super::import_in_scope(&transaction, &caller.scope(), id).await?;
    if import.state == ImportState::Discarded {
        return Ok(import);
    }
    if !import.state.may_become(ImportState::Discarded) {
        let sentence = "Lần nạp đã được ghi nên không huỷ được; dùng hoàn tác nếu cần.";
        return Err(Error::with(Code::ImportState, sentence));
    }
    let _ = log.record(Draft {
        kind: "import.discarded",
        subject: "import",
        subject_id: Some(import.id),
        unit_id: Some(import.unit_id),
        import_id: Some(import.id),
        place: None,
        payload: json!({}),
    });
    let change = import::ActiveModel { state: Set(ImportState::Discarded), ..Default::default() };
    if !store::import::advance(&transaction, id, import.state, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    super::finish(app, transaction, log).await?;
    Ok(import::Model { state: ImportState::Discarded, ..import })
}
