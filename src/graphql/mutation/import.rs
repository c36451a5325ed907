//! Imports: answer, commit, discard, undo and redo. Files come in by POST /imports.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use crate::actions::answer_import::answer_import;
use crate::actions::commit_import::{Committed, commit_import, kept_out};
use crate::actions::discard_import::discard_import;
use crate::actions::undo_import::{Undone, redo_import, undo_import};
use crate::actions::watch_import::cancel_import;
use crate::error::{Code, Error};
use crate::graphql::context::asking;
use crate::graphql::error::{Refused, Result, refused};
use crate::graphql::input::answer::AnswerImportInput;
use crate::graphql::input::deed::{CommitImportInput, UndoImportInput};
use crate::graphql::input::reference;
use crate::graphql::object::import::Import;
use crate::graphql::object::plan::{KeptOutRow, Plan};
use crate::graphql::object::undo::UndoPlan;
use crate::import::plan;

/// What came of a commit (kết quả ghi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum CommitOutcome {
    /// Reports were stored (đã ghi).
    Stored,
    /// There was nothing to store: all of it is known (không có gì mới).
    NoChange,
    /// It had been committed before; nothing was done (đã ghi từ trước).
    Repeated,
    /// The plan quoted is not the plan of now; nothing was done (bản dự kiến đã cũ).
    Stale,
}

/// What came of a commit (kết quả ghi lần nạp).
#[derive(Default, SimpleObject)]
pub(crate) struct CommitImportPayload {
    /// What came of it; null when it was refused (kết quả).
    outcome: Option<CommitOutcome>,
    /// The import, unless the plan was stale (lần nạp).
    import: Option<Import>,
    /// The plan that was carried out; the plan of now when the one quoted was stale (bản dự kiến).
    plan: Option<Plan>,
    /// Id of the import that brought the same before, when there was nothing to store (lần nạp trước có cùng nội dung).
    earlier: Option<ID>,
    /// The rows that stayed out, each with its reason (các dòng không ghi).
    kept_out: Vec<KeptOutRow>,
    /// Why nothing was written; empty when all went well (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of answers (kết quả trả lời).
#[derive(SimpleObject)]
pub(crate) struct AnswerImportPayload {
    /// The import (lần nạp).
    import: Option<Import>,
    /// What a commit would do now, with what is still open (bản dự kiến).
    plan: Option<Plan>,
    /// Why the answers were not taken; empty when they were (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of discarding (kết quả huỷ lần nạp).
#[derive(SimpleObject)]
pub(crate) struct DiscardImportPayload {
    /// The import (lần nạp).
    import: Option<Import>,
    /// Why it was not discarded; empty when it was (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of stopping a commit (kết quả dừng ghi).
#[derive(SimpleObject)]
pub(crate) struct CancelImportPayload {
    /// The import (lần nạp).
    import: Option<Import>,
    /// Why it was not stopped; empty when it was (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of an undo or a redo (kết quả hoàn tác).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum UndoOutcome {
    /// It was done (đã thực hiện).
    Done,
    /// It had been done before; nothing was done (đã thực hiện từ trước).
    Repeated,
    /// The plan quoted is not the plan of now; nothing was done (bản dự kiến đã cũ).
    Stale,
}

/// What came of an undo or a redo (kết quả hoàn tác lần nạp).
#[derive(Default, SimpleObject)]
pub(crate) struct UndoImportPayload {
    /// What came of it; null when it was refused (kết quả).
    outcome: Option<UndoOutcome>,
    /// The import, unless the plan was stale (lần nạp).
    import: Option<Import>,
    /// The plan that was carried out; the plan of now when the one quoted was stale (bản dự kiến).
    plan: Option<UndoPlan>,
    /// Why nothing was done; empty when all went well (lý do từ chối).
    errors: Vec<Refused>,
}

impl UndoImportPayload {
    fn of(done: Option<Undone>, errors: Vec<Refused>) -> UndoImportPayload {
        let nothing = UndoImportPayload { errors, ..UndoImportPayload::default() };
        let import = |row: Box<_>| Some(Import(Arc::new(*row)));
        let plan = |plan: Box<_>| Some(UndoPlan(Arc::new(*plan)));
        match done {
            None => nothing,
            Some(Undone::Done { import: row, unit: _, plan: done }) => UndoImportPayload {
                outcome: Some(UndoOutcome::Done),
                import: import(row),
                plan: plan(done),
                ..nothing
            },
            Some(Undone::Repeated { import: row }) => {
                UndoImportPayload { outcome: Some(UndoOutcome::Repeated), import: import(row), ..nothing }
            }
            Some(Undone::Stale { plan: now }) => UndoImportPayload {
                outcome: Some(UndoOutcome::Stale),
                plan: plan(now),
                errors: vec![Error::new(Code::PlanStale).field("planHash").into()],
                ..nothing
            },
        }
    }
}

/// See the head of this file.
#[derive(Default)]
pub(super) struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Carries out the plan that was seen, whole or not at all (ghi lần nạp).
    async fn commit_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be committed (lần nạp và bản dự kiến đã xem)")] input: CommitImportInput,
    ) -> Result<CommitImportPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(commit_import(&asking.app, &asking.caller, input.into()).await)?;
        let import = |row: Box<_>| Some(Import(Arc::new(*row)));
        let out = |plan: &plan::Plan| plan.kept_out().into_iter().map(KeptOutRow::from).collect();
        let plan = |plan: Box<_>| Some(Plan(Arc::new(*plan)));
        let nothing = CommitImportPayload { errors, ..CommitImportPayload::default() };
        let Some(done) = done else { return Ok(nothing) };
        Ok(match done {
            Committed::Stored { import: row, plan: done } => CommitImportPayload {
                outcome: Some(CommitOutcome::Stored),
                import: import(row),
                kept_out: out(&done),
                plan: plan(done),
                ..nothing
            },
            Committed::NoChange { import: row, plan: done, earlier } => CommitImportPayload {
                outcome: Some(CommitOutcome::NoChange),
                import: import(row),
                kept_out: out(&done),
                plan: plan(done),
                earlier: earlier.map(ID::from),
                ..nothing
            },
            Committed::Repeated { import: row } => {
                CommitImportPayload { outcome: Some(CommitOutcome::Repeated), import: import(row), ..nothing }
            }
            Committed::KeptOut { plan: now, strict } => CommitImportPayload {
                errors: vec![kept_out(&now, strict).into()],
                kept_out: out(&now),
                plan: plan(now),
                ..nothing
            },
            Committed::Stale { plan: now } => CommitImportPayload {
                outcome: Some(CommitOutcome::Stale),
                plan: plan(now),
                errors: vec![Error::new(Code::PlanStale).field("planHash").into()],
                ..nothing
            },
        })
    }

    /// Takes the answers of a person and plans again; answers about columns read the file again (trả lời câu hỏi).
    async fn answer_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers (lần nạp và các câu trả lời)")] input: AnswerImportInput,
    ) -> Result<AnswerImportPayload> {
        let asking = asking(ctx)?;
        let done = match input.answers() {
            Ok((id, answers)) => answer_import(&asking.app, &asking.caller, id, answers).await,
            Err(error) => Err(error),
        };
        let (done, errors) = refused(done)?;
        let (import, plan) = done.map(|done| (done.import, done.plan)).unzip();
        Ok(AnswerImportPayload {
            import: import.map(|row| Import(Arc::new(row))),
            plan: plan.map(|plan| Plan(Arc::new(plan))),
            errors,
        })
    }

    /// Takes back the reports of a committed import; what came later stays (hoàn tác lần nạp).
    async fn undo_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import and the plan that was seen (lần nạp và bản dự kiến đã xem)")]
        input: UndoImportInput,
    ) -> Result<UndoImportPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(undo_import(&asking.app, &asking.caller, input.into()).await)?;
        Ok(UndoImportPayload::of(done, errors))
    }

    /// Restores the reports of an import that was undone (khôi phục lần nạp đã hoàn tác).
    async fn redo_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import and the plan that was seen (lần nạp và bản dự kiến đã xem)")]
        input: UndoImportInput,
    ) -> Result<UndoImportPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(redo_import(&asking.app, &asking.caller, input.into()).await)?;
        Ok(UndoImportPayload::of(done, errors))
    }

    /// Stops the commit of an import that is under way in this server: nothing is stored, and it still waits for a commit
    /// (dừng ghi).
    async fn cancel_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import (lần nạp)")] id: ID,
    ) -> Result<CancelImportPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(cancel_import(&asking.app, &asking.caller, reference::id(&id)).await)?;
        Ok(CancelImportPayload { import: done.map(|row| Import(Arc::new(row))), errors })
    }

    /// Throws an import away that shall not be committed; bytes and reading are kept (huỷ lần nạp).
    async fn discard_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import (lần nạp)")] id: ID,
    ) -> Result<DiscardImportPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(discard_import(&asking.app, &asking.caller, reference::id(&id)).await)?;
        Ok(DiscardImportPayload { import: done.map(|row| Import(Arc::new(row))), errors })
    }
}
