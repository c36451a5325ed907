//! Upload: keeps the bytes and what was understood of them, and makes the first plan.

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{carried, taking_in};
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::import::ImportState;
use crate::domain::refusal::Refusal;
use crate::entities::{import, unit};
use crate::error::{Code, Error, Result};
use crate::events::{Draft, Log};
use crate::import::answers::Answers;
use crate::import::answers_json;
use crate::import::claim_json;
use crate::import::plan::{Context, Plan, plan};
use crate::import::snapshot::{Known, States};
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
    let read = taking_in::read(app, upload.bytes.clone(), upload.file_name.as_deref()).await;
    if read == Err(Refusal::ReaderBusy) {
        // Nothing is wrong with the file; it is to be sent again.
        return Err(Refusal::ReaderBusy.into());
    }
    let digest = Sha256::digest(&upload.bytes);
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    keep(app, caller, Received { upload, sha256, unit, reported_on }, read).await
}

struct Received {
    upload: Upload,
    /// SHA-256 of the bytes, hexadecimal.
    sha256: String,
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
    let Received { unit, sha256, .. } = &received;
    let same_bytes = store::import::committed_with_bytes(app.database.reader(), unit.id, sha256).await?;
    let told = carried::told(same_bytes.as_ref())?;
    let (known, understood) = taking_in::understand(app, unit, read, told).await?;
    match understood {
        Err(refusal) => keep_refused(app, caller, received, refusal).await,
        Ok(understood) => keep_understood(app, caller, received, (known, understood, same_bytes)).await,
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
    (known, understood, same_bytes): (Known, Understood, Option<import::Model>),
) -> Result<Uploaded> {
    let Understood { sheets, claims, findings, base_event } = understood;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let mut import = import::Model {
        content_hash: Some(claim_json::content_hash(&claims)),
        base_event,
        ..new_import(caller, &log, &received)
    };
    // What is done with is let go at once: bytes, tasks and states of a large sheet need not lie in memory together.
    store::import::keep_bytes(&transaction, import.file_sha256.clone(), received.upload.bytes).await?;
    let earlier = super::planning::earlier_alike(&transaction, &import).await?;
    let answers = match same_bytes.as_ref().or(earlier.as_ref()) {
        Some(answered) => carried::answers(&transaction, answered, (&import, &claims)).await?,
        None => Answers::default(),
    };
    import.answers = (!answers.is_empty()).then(|| answers_json::write(&answers).to_string());
    let alike = super::planning::repeated(earlier.as_ref(), &answers);
    let layouts = understood::layouts(&sheets);
    let snapshot = super::planning::snapshot_of(
        &transaction,
        &known,
        (&import, alike, &layouts),
        (&claims, &answers),
        &States::new(),
    )
    .await?;
    drop(known);
    let context = Context { reported_on: import.reported_on, answers: &answers, findings: &findings };
    let plan = plan(&claims, &snapshot, context);
    import.plan_hash = Some(plan.hash.clone());
    record(
        &mut log,
        &import,
        "import.uploaded",
        json!({ "file": import.file_sha256, "plan_hash": plan.hash }),
    );
    store::import::insert(&transaction, import.clone()).await?;
    drop(snapshot);
    taking_in::keep_reading(&transaction, import.id, (sheets, claims), &plan).await?;
    super::finish(app, transaction, log).await?;
    Ok(Uploaded { import, unit: received.unit, plan, earlier })
}

fn new_import(caller: &Caller, log: &Log, received: &Received) -> import::Model {
    import::Model {
        id: store::write::new_id(),
        unit_id: received.unit.id,
        file_sha256: received.sha256.clone(),
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
        commit_key: None,
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
