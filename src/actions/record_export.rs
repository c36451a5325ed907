//! That a workbook went out: who, when, of which moment, with the hash of its bytes.

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::export_record;
use crate::error::Result;
use crate::events::Draft;
use crate::store;

/// What went out.
#[derive(Clone, Debug)]
pub struct RecordExport<'a> {
    /// Id of the record; it stands in the workbook, so it is minted before.
    pub id: Uuid,
    /// `sheet` or `consolidated`.
    pub kind: &'a str,
    /// The unit of a sheet.
    pub unit: Option<Uuid>,
    /// The day the figures stand for.
    pub as_of: NaiveDate,
    /// Number of the last event that is in it.
    pub event_no: i64,
    /// Template and its version.
    pub template: (&'a str, i32),
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Records an export.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit outside the scope.
pub async fn record_export(
    app: &App,
    caller: &Caller,
    made: RecordExport<'_>,
) -> Result<export_record::Model> {
    caller.require(Permission::Export)?;
    let scope = caller.scope();
    if made.unit.is_some_and(|unit| !scope.contains(unit)) {
        return Err(super::absent("unit"));
    }
    let (transaction, mut log) = super::begin(app, caller).await?;
    let row = export_record::Model {
        id: made.id,
        kind: made.kind.to_owned(),
        unit_id: made.unit,
        as_of: made.as_of,
        event_no: made.event_no,
        template: made.template.0.to_owned(),
        template_version: made.template.1,
        created_by: caller.name.clone(),
        created_at: log.at(),
        sha256: Sha256::digest(made.bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let _ = log.record(Draft {
        kind: "export.made",
        subject: "export",
        subject_id: Some(row.id),
        unit_id: row.unit_id,
        payload: json!({ "kind": row.kind, "as_of": row.as_of.to_string(), "event_no": row.event_no, "sha256": row.sha256 }),
        ..Draft::default()
    });
    store::export_record::insert(&transaction, row.clone()).await?;
    super::finish(app, transaction, log).await?;
    Ok(row)
}
