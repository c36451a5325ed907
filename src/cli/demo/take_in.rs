//! One workbook of the demonstration: uploaded by the sender, committed, and confirmed by the office.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::manifest::Entry;
use crate::actions::commit_import::{CommitImport, Committed, commit_import, kept_out};
use crate::actions::record_decision::{RecordDecision, record_decision};
use crate::actions::upload_import::{Upload, upload_import};
use crate::app::App;
use crate::cli::place::local;
use crate::domain::access::{Caller, Role};
use crate::domain::decision::DecisionKind;
use crate::domain::import::{ImportState, RowOutcome};
use crate::domain::progress::Progress;
use crate::entities::unit;
use crate::error::{Code, Error};
use crate::import::plan::Plan;
use crate::store;

/// Imports looked back on to see whether a file was taken in by an earlier run.
const LOOK_BACK: u64 = 100;

/// What became of one workbook.
#[derive(Debug)]
pub(crate) struct Taken {
    file: String,
    unit: String,
    /// None when an earlier run had taken it in.
    plan: Option<Plan>,
    confirmed: usize,
}

impl Taken {
    /// Heads of the columns.
    pub(crate) const HEAD: [&'static str; 8] =
        ["Tệp", "Đơn vị", "Ghi mới", "Không đổi", "Cần hỏi", "Lỗi", "Bỏ qua", "Xác nhận"];

    /// The row of the table.
    pub(crate) fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.file.clone(), self.unit.clone()];
        match &self.plan {
            None => cells.extend(["đã nạp từ trước", "", "", "", ""].map(str::to_owned)),
            Some(plan) => {
                let count = |outcomes: &[RowOutcome]| {
                    outcomes.iter().map(|outcome| plan.count(*outcome)).sum::<usize>().to_string()
                };
                cells.push(count(&[RowOutcome::Create]));
                cells.push(count(&[RowOutcome::NoChange]));
                cells.push(count(&[RowOutcome::Ask, RowOutcome::Conflict]));
                cells.push(count(&[RowOutcome::Error]));
                cells.push(count(&[RowOutcome::NotOurs, RowOutcome::Skipped]));
            }
        }
        cells.push(self.confirmed.to_string());
        cells
    }
}

/// Takes one workbook in, unless an earlier run did.
///
/// # Errors
/// When the file is refused or the database refuses.
pub(crate) async fn take_in(app: &App, entry: &Entry) -> anyhow::Result<Taken> {
    let found = store::unit::by_code_or_alias(app.database.reader(), &entry.unit).await?;
    let unit = found.ok_or_else(|| Error::new(Code::NotFound).field("unit"))?;
    let reported_on: NaiveDate = entry.reported_on.parse()?;
    let bytes = entry.bytes()?;
    let mut taken = Taken { file: entry.file.clone(), unit: unit.name.clone(), plan: None, confirmed: 0 };
    if !was_taken_in(app, &unit, bytes).await? {
        taken.plan = Some(commit(app, &unit, (entry, bytes, reported_on)).await?);
    }
    // Also after an earlier run that was interrupted between the two.
    if entry.confirm {
        taken.confirmed = confirm(app, &unit, reported_on).await?;
    }
    Ok(taken)
}

async fn was_taken_in(app: &App, unit: &unit::Model, bytes: &[u8]) -> anyhow::Result<bool> {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let scope = local().scope();
    let imports = store::import::by_unit_ids(app.database.reader(), &scope, &[unit.id], LOOK_BACK).await?;
    let committed = |state| state == ImportState::Committed;
    Ok(imports.into_values().flatten().any(|import| import.file_sha256 == hash && committed(import.state)))
}

/// As the sender itself does it.
async fn commit(
    app: &App,
    unit: &unit::Model,
    (entry, bytes, reported_on): (&Entry, &[u8], NaiveDate),
) -> anyhow::Result<Plan> {
    let sender = Caller {
        name: format!("demo {}", unit.code),
        user_id: None,
        role: Role::Unit,
        units: BTreeSet::from([unit.id]),
    };
    let upload = Upload {
        unit: unit.code.clone(),
        file_name: Some(entry.file.clone()),
        bytes: bytes.to_vec(),
        reported_on: Some(reported_on),
    };
    let uploaded = upload_import(app, &sender, upload).await?;
    let wanted = CommitImport {
        id: uploaded.import.id,
        plan_hash: uploaded.plan.hash.clone(),
        ..CommitImport::default()
    };
    match commit_import(app, &sender, wanted).await? {
        Committed::Stored { plan, .. } | Committed::NoChange { plan, .. } => Ok(*plan),
        Committed::Repeated { .. } => Ok(uploaded.plan),
        Committed::KeptOut { plan, strict } => Err(kept_out(&plan, strict).into()),
        Committed::Stale { .. } => Err(Error::new(Code::PlanStale).into()),
    }
}

/// The office confirms everything that the unit reported as completed; says how much.
async fn confirm(app: &App, unit: &unit::Model, day: NaiveDate) -> anyhow::Result<usize> {
    let office =
        Caller { name: "demo office".to_owned(), user_id: None, role: Role::Office, units: BTreeSet::new() };
    let assignments = store::assignment::of_unit(app.database.reader(), &office.scope(), unit.id).await?;
    let waiting = assignments.iter().filter(|one| one.progress == Progress::AwaitingConfirmation);
    let mut confirmed = 0;
    for assignment in waiting {
        let wanted = RecordDecision {
            assignment: assignment.id,
            kind: DecisionKind::Confirm,
            decided_on: Some(day),
            note: None,
            transferred_to: None,
        };
        record_decision(app, &office, wanted).await?;
        confirmed += 1;
    }
    Ok(confirmed)
}
