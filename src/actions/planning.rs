//! An import as it lies in the store, made into a plan. Writes nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::domain::access::Scope;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::import::ImportState;
use crate::entities::{import, import_finding, unit};
use crate::error::{Code, Error, Result};
use crate::import::answers::{Answers, Link};
use crate::import::answers_json;
use crate::import::apply::AsKept;
use crate::import::claim::Claim;
use crate::import::plan::{Context, NamedTask, Plan, Snapshot, plan};
use crate::import::snapshot::{self, About, Known, Purpose, States};
use crate::store;
use crate::store::import::KeptRow;

/// An import with its plan and all that the plan was made from.
pub(super) struct Planned {
    pub(super) import: import::Model,
    pub(super) unit: unit::Model,
    /// Its rows as kept, in the order of the plan.
    pub(super) rows: Vec<AsKept>,
    pub(super) plan: Plan,
    pub(super) snapshot: Snapshot,
    pub(super) known: Known,
    /// The committed import that brought the same bytes or the same content before.
    pub(super) earlier: Option<import::Model>,
}

/// The plan of an import as of now. What does not need each other is asked side by side: at once where `db` has several
/// connections, one after the other in a transaction.
pub(super) async fn planned(
    db: &impl ConnectionTrait,
    scope: &Scope,
    import: import::Model,
) -> Result<Planned> {
    let unit = store::unit::find(db, scope, import.unit_id).await?.ok_or_else(|| super::absent("unit"))?;
    let answers = answers(&import)?;
    let known = async {
        let known = snapshot::known(db, &unit, Purpose::Planning).await?;
        let states = snapshot::states_ahead(db, &known).await?;
        Ok((known, states))
    };
    let ((rows, mut claims, layouts), (mut known, states), findings, earlier) = tokio::try_join!(
        claims(db, &import),
        known,
        workbook_findings(db, &import),
        earlier_alike(db, &import)
    )?;
    let alike = repeated(earlier.as_ref(), &answers);
    share_wordings(&mut claims, &known);
    let snapshot = snapshot_of(db, &known, (&import, alike, &layouts), (&claims, &answers), &states).await?;
    drop(states);
    known.forget_wordings();
    let context = Context { reported_on: import.reported_on, answers: &answers, findings: &findings };
    let plan = plan(claims, &snapshot, context);
    Ok(Planned { import, unit, rows, plan, snapshot, known, earlier })
}

pub(super) async fn snapshot_of(
    db: &impl ConnectionTrait,
    known: &Known,
    (import, alike, layouts): (&import::Model, Option<Uuid>, &BTreeSet<String>),
    (claims, answers): (&[Claim], &Answers),
    ahead: &States,
) -> Result<Snapshot> {
    let mut codes = snapshot::codes_of(claims);
    codes.extend(answers.of_rows().filter_map(|(.., answer)| match &answer.link {
        Some(Link::Task(code)) => Some(code.clone()),
        Some(Link::NotATask) | None => None,
    }));
    let (reported_on, base_event) = (import.reported_on, import.base_event);
    let about = About { codes: &codes, reported_on, base_event, alike, layouts, ahead };
    let mut found = snapshot::snapshot(db, known, about).await?;
    let candidates = claims.iter().flat_map(|claim| &claim.candidates).map(|(code, _)| code.clone());
    codes.extend(candidates);
    let named = known.wordings().filter_map(|task| {
        let code = codes.get(task.code.as_str())?;
        Some((Arc::clone(code), NamedTask { id: task.id?, content: task.content.clone() }))
    });
    found.named = Arc::new(named.collect());
    found.led = known.led();
    Ok(found)
}

/// The committed import that brought the same bytes or the same content: of several the last that stored something.
pub(super) async fn earlier_alike(
    db: &impl ConnectionTrait,
    import: &import::Model,
) -> Result<Option<import::Model>> {
    let mut alike = store::import::committed_alike(db, import).await?;
    let last = alike.iter().rposition(snapshot::has_stored).unwrap_or(0);
    Ok((last < alike.len()).then(|| alike.swap_remove(last)))
}

/// The import that is merely sent again: what it brought is not news, unless a person has accepted the file as it is.
pub(super) fn repeated(earlier: Option<&import::Model>, answers: &Answers) -> Option<Uuid> {
    earlier.filter(|_| !answers.accept_workbook).map(|earlier| earlier.id)
}

/// The rows of an import with their claims, and the layouts of its tables.
pub(super) type Kept = (Vec<AsKept>, Vec<Claim>, BTreeSet<String>);

pub(super) async fn claims(db: &impl ConnectionTrait, import: &import::Model) -> Result<Kept> {
    let sheets = store::import::sheets_by_import_ids(db, &[import.id]).await?.remove(&import.id);
    let (mut names, mut layouts) = (HashMap::new(), BTreeSet::new());
    for sheet in sheets.unwrap_or_default() {
        names.insert(sheet.id, Arc::from(sheet.name));
        layouts.extend(sheet.layout);
    }
    let nowhere = Arc::from("");
    let take = move |(rows, claims): &mut (Vec<AsKept>, Vec<Claim>), row: KeptRow| {
        claims.push(snapshot::claim_of(&row, Arc::clone(names.get(&row.sheet_id).unwrap_or(&nowhere)))?);
        rows.push(AsKept { id: row.id, outcome: row.outcome, task_id: row.task_id });
        Ok(())
    };
    let kept = store::import::each_kept_row(db, &[import.id], (Vec::new(), Vec::new()), take).await?;
    Ok((kept.0, kept.1, layouts))
}

/// A row that is worded as its task needs no text of its own.
fn share_wordings(claims: &mut [Claim], known: &Known) {
    let wordings: HashMap<&str, &Arc<str>> =
        known.wordings().map(|task| (task.code.as_str(), &task.content)).collect();
    for claim in claims {
        let wording = claim.task.as_ref().and_then(|code| wordings.get(&**code));
        if let Some(wording) = wording.filter(|wording| claim.content.as_ref() == Some(wording)) {
            claim.content = Some(Arc::clone(wording));
        }
    }
}

/// Findings about the workbook as a whole; those about rows are kept with their claims.
async fn workbook_findings(db: &impl ConnectionTrait, import: &import::Model) -> Result<Vec<Finding>> {
    let kept = store::import::workbook_findings(db, import.id).await?;
    kept.into_iter()
        .map(|import_finding::Model { code, sheet, column, detail, .. }| {
            let unknown =
                || Error::internal(anyhow::anyhow!("import {}: finding {code} is not known", import.id));
            let code = FindingCode::parse(&code).ok_or_else(unknown)?;
            let column = column.and_then(|column| u32::try_from(column).ok());
            Ok(Finding { sheet, column, ..Finding::of_workbook(code, detail) })
        })
        .collect()
}

/// What has been answered about an import.
pub(super) fn answers(import: &import::Model) -> Result<Answers> {
    let Some(text) = &import.answers else { return Ok(Answers::default()) };
    let json = serde_json::from_str(text).map_err(Error::internal)?;
    let unknown = || Error::internal(anyhow::anyhow!("import {}: answers cannot be read", import.id));
    answers_json::read(&json).ok_or_else(unknown)
}

/// Refuses unless the import waits for a commit.
pub(super) fn require_planned(import: &import::Model) -> Result<()> {
    let sentence = match import.state {
        ImportState::Planned => return Ok(()),
        ImportState::Received | ImportState::Read => "Lần nạp này chưa có bản dự kiến vì tệp không đọc được.",
        ImportState::Committed => "Lần nạp này đã được ghi.",
        ImportState::Discarded => "Lần nạp này đã bị huỷ. Gửi lại tệp nếu cần.",
        ImportState::Undone => "Lần nạp này đã được hoàn tác. Gửi lại tệp nếu cần.",
    };
    Err(Error::with(Code::ImportState, sentence))
}
