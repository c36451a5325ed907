//! Upload: keeps the bytes and what was understood of them, and makes the first plan.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::import::ImportState;
use crate::domain::refusal::Refusal;
use crate::entities::{import, import_finding, import_row, import_sheet, unit};
use crate::error::{Code, Error, Result};
use crate::events::{Draft, Log};
use crate::import::answers::Answers;
use crate::import::claim::ClaimKind;
use crate::import::claim_json;
use crate::import::plan::{Context, Plan, plan};
use crate::import::snapshot::{self, Known};
use crate::import::understood::{self, Understood};
use crate::sheet::cell::Workbook;
use crate::store;

/// A workbook that is sent in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Code, abbreviation or name of the unit that reports.
    pub unit: String,
    /// Name of the file.
    pub file_name: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The day the reports speak of; today when not given.
    pub reported_on: Option<NaiveDate>,
}

/// An import with its plan.
#[derive(Clone, Debug)]
pub struct Uploaded {
    /// The import.
    pub import: import::Model,
    /// The unit that reports.
    pub unit: unit::Model,
    /// What a commit would do.
    pub plan: Plan,
    /// The committed import that brought the same bytes or the same content before.
    pub earlier: Option<import::Model>,
}

/// Takes a workbook in. A file that cannot be read is kept with its refusal.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit outside the scope; `INVALID_INPUT` for a day to come; the refusal of the file.
pub async fn upload_import(app: &App, caller: &Caller, upload: Upload) -> Result<Uploaded> {
    caller.require(Permission::Import)?;
    let (unit, reported_on) = check(app, caller, &upload).await?;
    let read = app.reader.read(upload.bytes.clone()).await;
    if read == Err(Refusal::ReaderBusy) {
        // Nothing is wrong with the file; it is to be sent again.
        return Err(Refusal::ReaderBusy.into());
    }
    let read = read.map(|mut workbook| {
        workbook.name_after(upload.file_name.as_deref().unwrap_or_default());
        workbook
    });
    keep(app, caller, Received { upload, unit, reported_on }, read).await
}

struct Received {
    upload: Upload,
    unit: unit::Model,
    reported_on: NaiveDate,
}

async fn check(app: &App, caller: &Caller, upload: &Upload) -> Result<(unit::Model, NaiveDate)> {
    let unit = super::unit_in_scope(app.database.reader(), &caller.scope(), &upload.unit).await?;
    let today = app.clock.today();
    let reported_on = upload.reported_on.unwrap_or(today);
    if reported_on > today {
        let sentence = "Ngày báo cáo không được sau hôm nay.";
        return Err(Error::with(Code::InvalidInput, sentence).field("reported_on"));
    }
    Ok((unit, reported_on))
}

async fn keep(
    app: &App,
    caller: &Caller,
    received: Received,
    read: std::result::Result<Workbook, Refusal>,
) -> Result<Uploaded> {
    let known = snapshot::known(app.database.reader(), &received.unit).await?;
    let (known, understood) = match read {
        Err(refusal) => (known, Err(refusal)),
        // Recognising a large sheet takes a while; the server's own threads go on meanwhile.
        Ok(workbook) => tokio::task::spawn_blocking(move || {
            let read = |workbook: &Workbook| crate::import::understand(workbook, &known.catalogue);
            let understood = understood::of_workbook(&workbook, &known, read);
            (known, understood)
        })
        .await
        .map_err(Error::internal)?,
    };
    match understood {
        Err(refusal) => keep_refused(app, caller, received, refusal).await,
        Ok(understood) => keep_understood(app, caller, received, (known, understood)).await,
    }
}

async fn keep_refused(app: &App, caller: &Caller, received: Received, refusal: Refusal) -> Result<Uploaded> {
    let (transaction, mut log) = super::begin(app, caller).await?;
    let import = import::Model {
        refusal: Some(refusal.as_str().to_owned()),
        state: ImportState::Received,
        ..new_import(caller, &log, &received)
    };
    record(&mut log, &import, "import.refused", json!({ "refusal": refusal.as_str() }));
    store::import::keep_bytes(&transaction, import.file_sha256.clone(), received.upload.bytes).await?;
    store::import::insert(&transaction, import).await?;
    super::finish(app, transaction, log).await?;
    Err(refusal.into())
}

async fn keep_understood(
    app: &App,
    caller: &Caller,
    received: Received,
    (known, understood): (Known, Understood),
) -> Result<Uploaded> {
    let claims = understood.claims();
    let (transaction, mut log) = super::begin(app, caller).await?;
    let mut import = import::Model {
        content_hash: Some(claim_json::content_hash(&claims)),
        base_event: understood.base_event,
        ..new_import(caller, &log, &received)
    };
    let answers = Answers::default();
    let snapshot = super::planning::snapshot_of(&transaction, &known, &import, (&claims, &answers)).await?;
    let context =
        Context { reported_on: import.reported_on, answers: &answers, findings: &understood.findings };
    let plan = plan(&claims, &snapshot, context);
    import.plan_hash = Some(plan.hash.clone());
    let earlier = store::import::committed_alike(&transaction, &import).await?;
    record(
        &mut log,
        &import,
        "import.uploaded",
        json!({ "file": import.file_sha256, "plan_hash": plan.hash }),
    );
    store::import::keep_bytes(&transaction, import.file_sha256.clone(), received.upload.bytes).await?;
    store::import::insert(&transaction, import.clone()).await?;
    keep_reading(&transaction, import.id, &understood, &plan).await?;
    super::finish(app, transaction, log).await?;
    Ok(Uploaded { import, unit: received.unit, plan, earlier })
}

fn new_import(caller: &Caller, log: &Log, received: &Received) -> import::Model {
    let digest = Sha256::digest(&received.upload.bytes);
    import::Model {
        id: store::write::new_id(),
        unit_id: received.unit.id,
        file_sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        file_name: received.upload.file_name.clone(),
        uploaded_by: caller.name.clone(),
        uploaded_at: log.at(),
        reported_on: received.reported_on,
        state: ImportState::Planned,
        refusal: None,
        plan_hash: None,
        committed_by: None,
        committed_at: None,
        counts: None,
        answers: None,
        content_hash: None,
        base_event: None,
        event_no: None,
        idempotency_key: None,
    }
}

fn record(log: &mut Log, import: &import::Model, kind: &'static str, payload: serde_json::Value) {
    let _ = log.record(Draft {
        kind,
        subject: "import",
        subject_id: Some(import.id),
        unit_id: Some(import.unit_id),
        import_id: Some(import.id),
        place: None,
        payload,
    });
}

async fn keep_reading(
    db: &impl ConnectionTrait,
    import_id: Uuid,
    understood: &Understood,
    plan: &Plan,
) -> Result<()> {
    let (mut sheets, mut rows) = (Vec::new(), Vec::new());
    let mut planned = plan.rows.iter();
    for (position, sheet) in (0..).zip(&understood.sheets) {
        let sheet_id = store::write::new_id();
        sheets.push(import_sheet::Model {
            id: sheet_id,
            import_id,
            position,
            name: sheet.name.clone(),
            header_rows: json!(sheet.header_rows).to_string(),
            columns: sheet.columns.to_string(),
            taken_for: sheet.taken_for.clone(),
        });
        for (claim, planned) in sheet.claims.iter().zip(planned.by_ref()) {
            rows.push(import_row::Model {
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
                reading: claim_json::write(claim),
                task_id: planned.task_id,
                decision: claim.decision.as_str().to_owned(),
                outcome: planned.outcome,
                report_id: None,
            });
        }
    }
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
