//! That a workbook went out: who, when, of which moment, with the hash of its bytes.

use serde_json::json;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::export_record;
use crate::error::Result;
use crate::events::Draft;
use crate::export::fetch::Export;
use crate::store;

/// Records an export. Called after the workbook is made and before it is handed out.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit outside the scope.
pub async fn record_export(app: &App, caller: &Caller, made: &Export) -> Result<export_record::Model> {
    caller.require(Permission::Export)?;
    let scope = caller.scope();
    if made.unit_id.is_some_and(|unit| !scope.contains(unit)) {
        return Err(super::absent("unit"));
    }
    let (transaction, mut log) = super::begin(app, caller).await?;
    let row = export_record::Model {
        id: made.id,
        kind: made.kind.as_str().to_owned(),
        unit_id: made.unit_id,
        as_of: made.as_of,
        event_no: made.event_no,
        template: made.template.to_owned(),
        template_version: made.template_version,
        created_by: caller.name.clone(),
        created_at: log.at(),
        sha256: made.sha256.clone(),
    };
    let _ = log.record(Draft {
        kind: "export.made",
        subject: "export",
        subject_id: Some(row.id),
        unit_id: row.unit_id,
        payload: json!({
            "kind": row.kind,
            "as_of": row.as_of.to_string(),
            "event_no": row.event_no,
            "sha256": row.sha256,
        }),
        ..Draft::default()
    });
    store::export_record::insert(&transaction, row.clone()).await?;
    super::finish(app, transaction, log).await?;
    Ok(row)
}
