//! What units reported and the office decided, and where each figure comes from.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::assignment::Assignment;
use super::enums::{DecisionKind, Part, Progress};
use super::import::Import;
use super::source::ValueSource;
use super::unit::Unit;
use crate::domain;
use crate::entities::{deadline_change, decision, report};
use crate::graphql::context::asking;
use crate::graphql::error::Result;
use crate::graphql::loader::{AssignmentId, ImportId, RetractionsOf, TraceOf, UnitId, rows_of};
use crate::graphql::scalar::{Date, DateTime};

/// A report row.
pub(crate) struct Report(pub(crate) Arc<report::Model>);

/// One statement by a unit about an assignment; never changed, only taken back. A part that was not stated is null and
/// keeps the earlier value (báo cáo tiến độ).
#[Object]
impl Report {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The assignment, as of today (nhiệm vụ được giao).
    async fn assignment(&self, ctx: &Context<'_>) -> Result<Option<Assignment>> {
        let today = asking(ctx)?.as_of(None)?;
        let row = rows_of(ctx)?.load_one(AssignmentId(self.0.assignment_id)).await?;
        Ok(row.map(|row| Assignment::new(row, today)))
    }

    /// The unit that speaks (đơn vị báo cáo).
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        Ok(rows_of(ctx)?.load_one(UnitId(self.0.unit_id)).await?.map(Unit))
    }

    /// The day it speaks of (ngày báo cáo).
    async fn reported_on(&self) -> Date {
        Date(self.0.reported_on)
    }

    /// When it was recorded (thời điểm ghi).
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// Progress as stated (tình trạng).
    async fn progress(&self) -> Option<Progress> {
        self.0.progress.map(Into::into)
    }

    /// Percent as stated, 0 to 100 (tỷ lệ hoàn thành, %).
    async fn percent(&self) -> Option<f64> {
        self.0.percent.map(domain::percent::Percent::value)
    }

    /// Day of completion as stated (ngày hoàn thành).
    async fn completed_on(&self) -> Option<Date> {
        self.0.completed_on.map(Date)
    }

    /// Result as stated (kết quả).
    async fn result(&self) -> Option<&str> {
        self.0.result.as_deref()
    }

    /// Difficulties as stated (khó khăn, vướng mắc).
    async fn difficulties(&self) -> Option<&str> {
        self.0.difficulties.as_deref()
    }

    /// Proposals as stated (đề xuất, kiến nghị).
    async fn proposals(&self) -> Option<&str> {
        self.0.proposals.as_deref()
    }

    /// Note as stated (ghi chú).
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Parts that it clears by the word "(xoá)" (nội dung bị xoá).
    async fn cleared(&self) -> Vec<Part> {
        let names = self.0.cleared.split(',');
        names.filter_map(domain::history::Part::parse).map(Into::into).collect()
    }

    /// Whether it was taken back and counts no more (đã thu hồi).
    async fn retracted(&self, ctx: &Context<'_>) -> Result<bool> {
        let retractions = rows_of(ctx)?.load_one(RetractionsOf(self.0.id)).await?.unwrap_or_default();
        // A second retraction restores the report.
        Ok(retractions.len() % 2 == 1)
    }

    /// Where it comes from (nguồn gốc).
    async fn provenance(&self) -> Provenance {
        Provenance(Arc::clone(&self.0))
    }
}

/// Where a report row comes from.
pub(crate) struct Provenance(pub(crate) Arc<report::Model>);

/// Where a figure comes from: person, import, file, sheet and cell (nguồn gốc số liệu).
#[Object]
impl Provenance {
    /// Who recorded it (người ghi).
    async fn recorded_by(&self) -> &str {
        &self.0.recorded_by
    }

    /// When it was recorded (thời điểm ghi).
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// The import it came with; null when it was typed in (lần nạp).
    async fn import(&self, ctx: &Context<'_>) -> Result<Option<Import>> {
        let Some(id) = self.0.import_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(ImportId(id)).await?.map(Import))
    }

    /// SHA-256 of the workbook it came with, in hex (mã băm của tệp).
    async fn file_sha256(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(id) = self.0.import_id else { return Ok(None) };
        let import = rows_of(ctx)?.load_one(ImportId(id)).await?;
        Ok(import.map(|import| import.file_sha256.clone()))
    }

    /// Sheet and cell, such as Sheet1!F12 (trang tính và ô).
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Number of the event that recorded it (số sự kiện).
    async fn event(&self) -> i64 {
        self.0.event_no
    }

    /// Every value that it states, each with its own cell and the value before (nguồn gốc của từng số liệu).
    #[graphql(complexity = "1 + 7 * child_complexity")]
    async fn values(&self, ctx: &Context<'_>) -> Result<Vec<ValueSource>> {
        let key = TraceOf { assignment: self.0.assignment_id, until: chrono::NaiveDate::MAX };
        let trace = rows_of(ctx)?.load_one(key).await?;
        let stated = trace.as_ref().and_then(|trace| trace.by_report.get(&self.0.id));
        Ok(stated.map_or(Vec::new(), |stated| stated.iter().cloned().map(ValueSource).collect()))
    }
}

/// A decision row.
pub(crate) struct Decision(pub(crate) Arc<decision::Model>);

/// What the office decided about an assignment (quyết định).
#[Object]
impl Decision {
    /// Id (mã định danh).
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What was decided (loại quyết định).
    async fn kind(&self) -> DecisionKind {
        self.0.kind.into()
    }

    /// The day it was decided (ngày quyết định).
    async fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// Who decided (người quyết định).
    async fn decided_by(&self) -> &str {
        &self.0.decided_by
    }

    /// Why, or what remains to be done (ghi chú).
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The unit that takes over (đơn vị nhận).
    async fn transferred_to(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.transferred_to else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(UnitId(id)).await?.map(Unit))
    }
}

/// A deadline change row.
pub(crate) struct DeadlineChange(pub(crate) Arc<deadline_change::Model>);

/// The office sets another due day, or none (gia hạn).
#[Object]
impl DeadlineChange {
    /// Id (mã định danh).
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Due day before (hạn cũ).
    async fn old_due(&self) -> Option<Date> {
        self.0.old_due.map(Date)
    }

    /// Due day after (hạn mới).
    async fn new_due(&self) -> Option<Date> {
        self.0.new_due.map(Date)
    }

    /// The new deadline as written (nguyên văn).
    async fn raw(&self) -> Option<&str> {
        self.0.raw.as_deref()
    }

    /// Why (lý do).
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The day it was decided (ngày quyết định).
    async fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// Who decided (người quyết định).
    async fn decided_by(&self) -> &str {
        &self.0.decided_by
    }
}
