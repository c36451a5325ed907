//! Commit: carries out the plan that was seen, whole or not at all.

use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
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
use crate::import::running::{Phase, Under};
use crate::store;

/// What is to be committed.
#[derive(Clone, Debug, Default)]
pub struct CommitImport {
    /// The import.
    pub id: Uuid,
    /// Hash of the plan that was seen.
    pub plan_hash: String,
    /// A key of the client's own, for one import of the unit: a second request with it does nothing. Not blank, at most
    /// [`KEY_CHARS`] characters.
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
    /// Rows are in conflict, open or wrong, and no other can be stored (or `strict` wants all); nothing was done. Every
    /// row is named in [`Plan::kept_out`], a sentence for people in [`kept_out`].
    KeptOut {
        /// The plan.
        plan: Box<Plan>,
        /// Whether all or nothing was asked for.
        strict: bool,
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
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when the import does not wait for a commit; `INVALID_INPUT`
/// for a key that belongs to another import of the unit or is none; `CANCELLED` when somebody stopped it.
pub async fn commit_import(app: &App, caller: &Caller, wanted: CommitImport) -> Result<Committed> {
    caller.require(Permission::Import)?;
    wanted.idempotency_key.as_deref().map(check_key).transpose()?;
    // Only whom the import concerns may be seen to wait for it.
    super::import_in_scope(app.database.reader(), &caller.scope(), wanted.id).await?;
    let under = app.running.begin(wanted.id);
    let done = commit(app, caller, wanted, &under).await;
    under.end(match &done {
        Ok(Committed::Stored { .. } | Committed::NoChange { .. } | Committed::Repeated { .. }) => Phase::Done,
        Ok(Committed::KeptOut { .. } | Committed::Stale { .. }) => Phase::Refused,
        Err(error) if error.code == Code::Cancelled => Phase::Cancelled,
        Err(_) => Phase::Refused,
    });
    done
}

async fn commit(app: &App, caller: &Caller, wanted: CommitImport, under: &Under) -> Result<Committed> {
    let scope = caller.scope();
    let (transaction, mut log) = super::begin(app, caller).await?;
    under.step(Phase::Planning, 0, 0)?;
    let import = super::import_in_scope(&transaction, &scope, wanted.id).await?;
    if let Some(key) = &wanted.idempotency_key {
        require_own_key(&transaction, (key, &import)).await?;
    }
    if import.state == ImportState::Committed {
        return Ok(Committed::Repeated { import: Box::new(import) });
    }
    planning::require_planned(&import)?;
    // Nothing else writes while the log is locked, and this has not begun to: every connection sees the same.
    let planning = planned(app.database.reader(), &scope, import);
    let found = store::connect::awake(&transaction, planning).await??;
    let earlier = found.earlier.as_ref().map(|earlier| earlier.id);
    let nothing = found.plan.count(RowOutcome::Create) == 0;
    // The same content was committed meanwhile, perhaps by the same person in another window: not stale, but done.
    let was_shown = found.import.plan_hash.as_ref() == Some(&wanted.plan_hash);
    if found.plan.hash != wanted.plan_hash && !(nothing && earlier.is_some() && was_shown) {
        return Ok(Committed::Stale { plan: Box::new(found.plan) });
    }
    let is_whole = found.plan.kept_out().is_empty();
    if !is_whole && (wanted.strict || (nothing && earlier.is_none())) {
        return Ok(Committed::KeptOut { plan: Box::new(found.plan), strict: wanted.strict });
    }
    let Planned { import, rows, plan, snapshot, known, .. } = found;
    let commit = Arc::new(Commit { import, rows, plan, snapshot, known, by: caller.name.clone() });
    let reports = apply(&transaction, &mut log, &commit, under).await?;
    under.step(Phase::Finishing, reports, reports)?;
    let lesson = Lesson { caller, import: &commit.import, plan: &commit.plan, known: &commit.known };
    remember(&transaction, &mut log, lesson).await?;
    let import = committed(&mut log, &commit, (caller, wanted.idempotency_key, reports));
    let change = import::ActiveModel {
        state: Set(import.state),
        plan_hash: Set(import.plan_hash.clone()),
        committed_by: Set(import.committed_by.clone()),
        committed_at: Set(import.committed_at),
        counts: Set(import.counts.clone()),
        event_no: Set(import.event_no),
        commit_key: Set(import.commit_key.clone()),
        ..Default::default()
    };
    if !store::import::advance(&transaction, import.id, ImportState::Planned, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    let events = log.finish(&transaction).await?;
    // The last moment at which it can be stopped.
    under.seal()?;
    transaction.commit().await?;
    app.bus.send(events);
    // What made the rows is gone, so that this is the last to hold it.
    let plan = Arc::try_unwrap(commit).map_or_else(|commit| commit.plan.clone(), |commit| commit.plan);
    let (import, plan) = (Box::new(import), Box::new(plan));
    Ok(match reports {
        0 => Committed::NoChange { import, plan, earlier },
        _ => Committed::Stored { import, plan },
    })
}

/// Longest key of a client, in characters.
pub const KEY_CHARS: usize = 200;

fn check_key(key: &str) -> Result<()> {
    let sentence = if key.trim().is_empty() {
        "Khoá chống gửi lặp không được để trống; bỏ hẳn khoá nếu không dùng.".to_owned()
    } else if key.chars().count() > KEY_CHARS {
        format!("Khoá chống gửi lặp dài quá {KEY_CHARS} ký tự.")
    } else if key.chars().any(char::is_control) {
        "Khoá chống gửi lặp có ký tự điều khiển. Chỉ dùng chữ, số và dấu.".to_owned()
    } else {
        return Ok(());
    };
    Err(Error::with(Code::InvalidInput, sentence).field("idempotency_key"))
}

/// A key that another import of the unit was committed with says that the client mixes up its requests.
async fn require_own_key(db: &impl ConnectionTrait, (key, import): (&str, &import::Model)) -> Result<()> {
    let used = store::import::by_commit_key(db, import.unit_id, key).await?;
    if used.is_some_and(|used| used.id != import.id) {
        let sentence = "Khoá này đã dùng cho một lần nạp khác.";
        return Err(Error::with(Code::InvalidInput, sentence).field("idempotency_key"));
    }
    Ok(())
}

/// Rows named in a sentence at most; the answer of every door has all of them as data.
const NAMED: usize = 20;

/// Why nothing was written although the plan is the one that was seen.
pub fn kept_out(plan: &Plan, strict: bool) -> Error {
    let open = [RowOutcome::Conflict, RowOutcome::Ask, RowOutcome::Error];
    let rows: Vec<String> = plan
        .rows
        .iter()
        .filter(|row| open.contains(&row.outcome))
        .map(|row| format!("“{}” dòng {} ({})", row.place.sheet, row.place.row + 1, row.outcome.label()))
        .collect();
    let what =
        if strict { "Chưa ghi gì vì còn dòng chưa xong" } else { "Không có dòng nào ghi được" };
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" và {more} dòng khác"),
    };
    let named = rows.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    Error::with(Code::ImportState, format!("{what}: {named}{more}."))
}

fn committed(
    log: &mut Log,
    Commit { import, plan, .. }: &Commit,
    (caller, commit_key, reports): (&Caller, Option<String>, usize),
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
        commit_key,
        ..import.clone()
    }
}
