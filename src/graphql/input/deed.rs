//! The inputs of mutations, turned into what the verbs want.

use async_graphql::{ID, InputObject};

use super::reference;
use crate::actions::commit_import::CommitImport;
use crate::actions::extend_deadline::ExtendDeadline;
use crate::actions::record_decision::RecordDecision;
use crate::actions::record_report::RecordReport;
use crate::actions::undo_import::UndoImport;
use crate::domain::history::Stated;
use crate::domain::percent::Percent;
use crate::error::{Code, Error};
use crate::graphql::object::enums::{DecisionKind, Part, Progress};
use crate::graphql::scalar::Date;

/// What a unit reports about one of its assignments. What is left out keeps its earlier value (báo cáo tiến độ).
#[derive(InputObject)]
pub(crate) struct RecordReportInput {
    /// The assignment (nhiệm vụ được giao).
    assignment: ID,
    /// The day the report speaks of; today when nothing is said (ngày báo cáo).
    reported_on: Option<Date>,
    /// Not started, in progress or completed; completed waits for confirmation (tình trạng).
    progress: Option<Progress>,
    /// Percent done, 0 to 100, at most two decimals (tỷ lệ hoàn thành, %).
    percent: Option<f64>,
    /// Day of completion, only together with completed (ngày hoàn thành).
    completed_on: Option<Date>,
    /// Result (kết quả).
    result: Option<String>,
    /// Difficulties (khó khăn, vướng mắc).
    difficulties: Option<String>,
    /// Proposals (đề xuất, kiến nghị).
    proposals: Option<String>,
    /// Note (ghi chú).
    note: Option<String>,
    /// Parts whose value is to be cleared; progress cannot be (nội dung cần xoá).
    clear: Option<Vec<Part>>,
}

impl TryFrom<RecordReportInput> for RecordReport {
    type Error = Error;

    fn try_from(input: RecordReportInput) -> Result<RecordReport, Error> {
        let RecordReportInput { assignment, reported_on, progress, percent, completed_on, .. } = input;
        let stated = Stated {
            progress: progress.map(Into::into),
            percent: percent.map(hundredths).transpose()?,
            completed_on: completed_on.map(Into::into),
            result: input.result.map(Into::into),
            difficulties: input.difficulties.map(Into::into),
            proposals: input.proposals.map(Into::into),
            note: input.note.map(Into::into),
            cleared: input.clear.unwrap_or_default().into_iter().map(Into::into).collect(),
        };
        let reported_on = reported_on.map(Into::into);
        Ok(RecordReport { assignment: reference::id(&assignment), reported_on, stated })
    }
}

/// A percent with at most two decimals.
fn hundredths(percent: f64) -> Result<Percent, Error> {
    let wrong = || {
        let message = "Tỷ lệ phải từ 0 đến 100, tối đa hai chữ số thập phân.";
        Error::with(Code::InvalidInput, message).field("percent")
    };
    let scaled = percent * 100.0;
    // 65.43 * 100 is not exactly 6543; a third decimal is off by at least a tenth.
    if !(0.0..=10_000.0).contains(&scaled) || (scaled - scaled.round()).abs() > 1e-6 {
        return Err(wrong());
    }
    #[expect(clippy::cast_possible_truncation, reason = "lies in 0..=10000")]
    Percent::from_hundredths(scaled.round() as i64).ok_or_else(wrong)
}

/// What the office decides about an assignment (quyết định).
#[derive(InputObject)]
pub(crate) struct RecordDecisionInput {
    /// The assignment (nhiệm vụ được giao).
    assignment: ID,
    /// What (loại quyết định).
    kind: DecisionKind,
    /// The day; today when nothing is said (ngày quyết định).
    decided_on: Option<Date>,
    /// Why, or what remains to be done (ghi chú).
    note: Option<String>,
    /// The unit that takes over, by code, abbreviation or name; for a transfer only (đơn vị nhận).
    transferred_to: Option<String>,
}

impl From<RecordDecisionInput> for RecordDecision {
    fn from(input: RecordDecisionInput) -> RecordDecision {
        let RecordDecisionInput { assignment, kind, decided_on, note, transferred_to } = input;
        let (assignment, decided_on) = (reference::id(&assignment), decided_on.map(Into::into));
        RecordDecision { assignment, kind: kind.into(), decided_on, note, transferred_to }
    }
}

/// Another due day for an assignment, or none (gia hạn).
#[derive(InputObject)]
pub(crate) struct ExtendDeadlineInput {
    /// The assignment (nhiệm vụ được giao).
    assignment: ID,
    /// Last day that is in time; null lifts the deadline (hạn mới).
    new_due: Option<Date>,
    /// The new deadline as written (nguyên văn).
    raw: Option<String>,
    /// Why (lý do).
    reason: Option<String>,
    /// The day of the decision; today when nothing is said (ngày quyết định).
    decided_on: Option<Date>,
}

impl From<ExtendDeadlineInput> for ExtendDeadline {
    fn from(input: ExtendDeadlineInput) -> ExtendDeadline {
        let ExtendDeadlineInput { assignment, new_due, raw, reason, decided_on } = input;
        let (new_due, decided_on) = (new_due.map(Into::into), decided_on.map(Into::into));
        ExtendDeadline { assignment: reference::id(&assignment), new_due, raw, reason, decided_on }
    }
}

/// The import to commit, and the plan that was seen (ghi lần nạp).
#[derive(InputObject)]
pub(crate) struct CommitImportInput {
    /// The import (lần nạp).
    id: ID,
    /// Hash of the plan that was seen; if the plan of now is another, nothing is written (mã băm của bản dự kiến).
    plan_hash: String,
    /// A key of the client's own, for one import of the unit: a second request with it does nothing; not blank, at most
    /// 200 characters (khoá chống gửi lặp).
    idempotency_key: Option<String>,
    /// All rows or none: refuse when a row is in conflict, open or wrong (ghi tất cả hoặc không ghi gì).
    #[graphql(default)]
    strict: bool,
}

impl From<CommitImportInput> for CommitImport {
    fn from(input: CommitImportInput) -> CommitImport {
        let CommitImportInput { id, plan_hash, idempotency_key, strict } = input;
        CommitImport { id: reference::id(&id), plan_hash, idempotency_key, strict }
    }
}

/// The import to undo or to restore, and the plan that was seen (hoàn tác lần nạp).
#[derive(InputObject)]
pub(crate) struct UndoImportInput {
    /// The import (lần nạp).
    id: ID,
    /// Hash of the plan that was seen (undoPlan); if the plan of now is another, nothing is done (mã băm của bản dự kiến).
    plan_hash: String,
    /// Why (lý do).
    reason: Option<String>,
}

impl From<UndoImportInput> for UndoImport {
    fn from(input: UndoImportInput) -> UndoImport {
        let UndoImportInput { id, plan_hash, reason } = input;
        UndoImport { id: reference::id(&id), plan_hash, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn a_percent_has_at_most_two_decimals_and_lies_between_0_and_100() {
        for (percent, expected) in [
            (0.0, Some(0)),
            (65.5, Some(6550)),
            (65.43, Some(6543)),
            (0.07, Some(7)),
            (100.0, Some(10_000)),
            (65.433, None),
            (100.01, None),
            (-0.01, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(hundredths(percent).ok().map(super::Percent::hundredths), expected, "{percent}");
        }
    }
}
