//! Commit: carries out the plan that was seen, whole or not at all.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::planning::{self, Planned, planned};
use super::remember::{Lesson, remember};
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::import::{ImportState, RowOutcome};
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::events::{Draft, Log};
use crate::import::apply::{Commit, apply};
use crate::import::plan::Plan;
use crate::import::plan_json::counts_json;
use crate::store;

/// What is to be committed.
#[derive(Clone, Debug, Default)]
pub struct CommitImport {
    /// The import.
    pub id: Uuid,
    /// Hash of the plan that was seen.
    pub plan_hash: String,
    /// A key of the client's own: a second request with it does nothing.
    pub idempotency_key: Option<String>,
    /// All rows or none: refuse when a row is in conflict, open or wrong.
    pub strict: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Committed {
    /// Reports were stored.
    Stored {
        /// The import.
        import: Box<import::Model>,
        /// The plan that was carried out.
        plan: Box<Plan>,
    },
    /// There was nothing to store: all of it is known.
    NoChange {
        /// The import.
        import: Box<import::Model>,
        /// The plan.
        plan: Box<Plan>,
        /// The import that brought it, where it was an import.
        earlier: Option<Uuid>,
    },
    /// It had been committed before; nothing was done.
    Repeated {
        /// The import.
        import: Box<import::Model>,
    },
    /// The plan quoted is not the plan of now (`PLAN_STALE`); nothing was done.
    Stale {
        /// The plan of now.
        plan: Box<Plan>,
    },
}

/// Commits an import.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when the import does not wait for a commit, when nothing
/// of it can be stored, or (strict) when not all of it can; `INVALID_INPUT` for a key that belongs to another import.
pub async fn commit_import(app: &App, caller: &Caller, wanted: CommitImport) -> Result<Committed> {
    caller.require(Permission::Import)?;
    let scope = caller.scope();
    let (transaction, mut log) = super::begin(app, caller).await?;
    let import = super::import_in_scope(&transaction, &scope, wanted.id).await?;
    if let Some(key) = &wanted.idempotency_key {
        let used = store::import::by_idempotency_key(&transaction, &scope, key).await?;
        if used.is_some_and(|used| used.id != import.id) {
            let sentence = "Khoá này đã dùng cho một lần nạp khác.";
            return Err(Error::with(Code::InvalidInput, sentence).field("idempotency_key"));
        }
    }
    if import.state == ImportState::Committed {
        return Ok(Committed::Repeated { import: Box::new(import) });
    }
    planning::require_planned(&import)?;
    let earlier = store::import::committed_alike(&transaction, &import).await?.map(|earlier| earlier.id);
    let found = planned(&transaction, &scope, import).await?;
    let known_already = found.plan.is_no_change();
    // The same content was committed meanwhile, perhaps by the same person in another window: not stale, but done.
    if found.plan.hash != wanted.plan_hash && !(known_already && earlier.is_some()) {
        return Ok(Committed::Stale { plan: Box::new(found.plan) });
    }
    check(&found.plan, wanted.strict)?;
    let commit = Commit {
        import: &found.import,
        rows: &found.rows,
        plan: &found.plan,
        snapshot: &found.snapshot,
        known: &found.known,
        by: &caller.name,
    };
    let reports = apply(&transaction, &mut log, commit).await?;
    let lesson = Lesson { caller, import: &found.import, plan: &found.plan, known: &found.known };
    remember(&transaction, &mut log, lesson).await?;
    let Planned { import, plan, .. } = found;
    let import = committed(&mut log, import, &plan, (caller, wanted.idempotency_key, reports));
    let change = import::ActiveModel {
        state: Set(import.state),
        plan_hash: Set(import.plan_hash.clone()),
        committed_by: Set(import.committed_by.clone()),
        committed_at: Set(import.committed_at),
        counts: Set(import.counts.clone()),
        event_no: Set(import.event_no),
        idempotency_key: Set(import.idempotency_key.clone()),
        ..Default::default()
    };
    if !store::import::advance(&transaction, import.id, ImportState::Planned, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    super::finish(app, transaction, log).await?;
    let (import, plan) = (Box::new(import), Box::new(plan));
    Ok(match reports {
        0 => Committed::NoChange { import, plan, earlier },
        _ => Committed::Stored { import, plan },
    })
}

/// Rows that stay out are named; with `strict` they keep everything out.
fn check(plan: &Plan, strict: bool) -> Result<()> {
    let open = [RowOutcome::Conflict, RowOutcome::Ask, RowOutcome::Error];
    let kept_out: Vec<String> = plan
        .rows
        .iter()
        .filter(|row| open.contains(&row.outcome))
        .map(|row| format!("“{}” dòng {} ({})", row.place.sheet, row.place.row + 1, row.outcome.label()))
        .collect();
    if kept_out.is_empty() || (!strict && plan.count(RowOutcome::Create) > 0) {
        return Ok(());
    }
    let what =
        if strict { "Chưa ghi gì vì còn dòng chưa xong" } else { "Không có dòng nào ghi được" };
    Err(Error::with(Code::ImportState, format!("{what}: {}.", kept_out.join("; "))))
}

fn committed(
    log: &mut Log,
    import: import::Model,
    plan: &Plan,
    (caller, idempotency_key, reports): (&Caller, Option<String>, usize),
) -> import::Model {
    let counts = counts_json(plan);
    let number = log.record(Draft {
        kind: "import.committed",
        subject: "import",
        subject_id: Some(import.id),
        unit_id: Some(import.unit_id),
        import_id: Some(import.id),
        place: None,
        payload: json!({ "plan_hash": plan.hash, "reports": reports, "counts": counts }),
    });
    import::Model {
        state: ImportState::Committed,
        plan_hash: Some(plan.hash.clone()),
        committed_by: Some(caller.name.clone()),
        committed_at: Some(log.at()),
        counts: Some(counts.to_string()),
        event_no: Some(number),
        idempotency_key,
        ..import
    }
}
