//! Bytes become what an import keeps of them: read in the child, understood with what is known beforehand, stored as
//! sheets, rows and findings. For the first reading, and for reading again after an answer about columns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::memory::hints;
use crate::app::App;
use crate::domain::access::Scope;
use crate::domain::refusal::Refusal;
use crate::entities::{import_finding, import_row, import_sheet, unit};
use crate::error::{Error, Result};
use crate::import::claim::{Claim, ClaimKind};
use crate::import::claim_json;
use crate::import::plan::Plan;
use crate::import::snapshot::{self, Known, Purpose};
use crate::import::understood::{self, SheetTaken, Understood};
use crate::sheet::cell::Workbook;
use crate::sheet::meaning::ColumnFacts;
use crate::sheet::template::Identity;
use crate::store;

/// What a person has said about the columns of a file.
pub(super) type Told = BTreeMap<(String, u32), ColumnFacts>;

/// What is understood of a file, with what it was understood by.
pub(super) async fn understand(
    app: &App,
    unit: &unit::Model,
    read: std::result::Result<Workbook, Refusal>,
    told: Told,
) -> Result<(Known, std::result::Result<Understood, Refusal>)> {
    let mut known = snapshot::known(app.database.reader(), unit, Purpose::Reading).await?;
    let workbook = match read {
        Err(refusal) => return Ok((known, Err(refusal))),
        Ok(workbook) => workbook,
    };
    known.catalogue.hints = hints(app.database.reader(), &known, told).await?;
    let on_record = on_record(app, unit, &workbook).await?;
    // Recognising a large sheet takes a while; the server's own threads go on meanwhile.
    tokio::task::spawn_blocking(move || {
        let read = |workbook: &Workbook| crate::import::understand(workbook, &known.catalogue);
        let understood = understood::of_workbook(Cow::Owned(workbook), &known, on_record, read);
        (known, understood)
    })
    .await
    .map_err(Error::internal)
}

/// The number of the last event in the export that a workbook says it is from, as recorded for this unit.
async fn on_record(app: &App, unit: &unit::Model, workbook: &Workbook) -> Result<Option<i64>> {
    let Some(identity) = Identity::of(workbook) else { return Ok(None) };
    let scope = Scope::Units([unit.id].into());
    let record = store::export_record::find(app.database.reader(), &scope, identity.export_id).await?;
    Ok(record.map(|record| record.event_no))
}

/// The workbook of these bytes; a sheet that has no name of its own is named after the file.
pub(super) async fn read(
    app: &App,
    bytes: Vec<u8>,
    file_name: Option<&str>,
) -> std::result::Result<Workbook, Refusal> {
    let mut workbook = app.reader.read(bytes).await?;
    workbook.name_after(file_name.unwrap_or_default());
    Ok(workbook)
}

/// Keeps what was understood, in the place of what was kept before. The rows are made while they are written.
pub(super) async fn keep_reading(
    db: &impl ConnectionTrait,
    import_id: Uuid,
    (sheets, claims): (Vec<SheetTaken>, Vec<Claim>),
    plan: &Plan,
) -> Result<()> {
    let sheets: Vec<(import_sheet::Model, usize)> = (0..)
        .zip(sheets)
        .map(|(position, sheet)| {
            let row = import_sheet::Model {
                id: store::write::new_id(),
                import_id,
                position,
                name: sheet.name,
                header_rows: json!(sheet.header_rows).to_string(),
                columns: sheet.columns.to_string(),
                taken_for: sheet.taken_for,
                layout: sheet.layout,
            };
            (row, sheet.rows)
        })
        .collect();
    let sheet_ids: Vec<(Uuid, usize)> = sheets.iter().map(|(sheet, rows)| (sheet.id, *rows)).collect();
    let sheet_ids = sheet_ids.into_iter().flat_map(|(id, rows)| std::iter::repeat_n(id, rows));
    let decided: Vec<_> = plan.rows.iter().map(|row| (row.task_id, row.outcome)).collect();
    let rows =
        claims.into_iter().zip(sheet_ids).zip(decided).map(move |((claim, sheet_id), (task_id, outcome))| {
            import_row::Model {
                id: store::write::new_id(),
                import_id,
                sheet_id,
                row: number(claim.place.row),
                row_to: number(claim.place.row_to),
                kind: match claim.kind {
                    ClaimKind::Task => "task",
                    ClaimKind::Detail => "subtask",
                    ClaimKind::Heading => "heading",
                }
                .to_owned(),
                reading: claim_json::write(&claim),
                task_id,
                decision: claim.decision.as_str().to_owned(),
                outcome,
            }
        });
    let sheets = sheets.into_iter().map(|(sheet, _)| sheet).collect();
    let findings = plan.findings.iter().chain(plan.rows.iter().flat_map(|row| &row.findings));
    let findings = findings.map(|finding| import_finding::Model {
        id: store::write::new_id(),
        import_id,
        sheet: finding.sheet.clone(),
        // The table counts rows from 0, a finding as the workbook shows them.
        row: finding.row.map(|row| number(row.saturating_sub(1))),
        column: finding.column.map(number),
        code: finding.code.as_str().to_owned(),
        severity: finding.code.severity(),
        detail: finding.detail.clone(),
    });
    store::import::put_reading(db, import_id, (sheets, rows, findings.collect())).await?;
    Ok(())
}

/// Rows and columns of spreadsheets lie far below the limit.
fn number(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
