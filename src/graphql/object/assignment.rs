//! Assignments: a task given to a unit, as it stands on a day.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::enums::{AssignmentRole, Progress, Standing};
use super::report::{DeadlineChange, Decision, Report};
use super::source::ValueSource;
use super::task::Task;
use super::unit::Unit;
use crate::domain;
use crate::domain::standing::{State, standing};
use crate::entities::assignment;
use crate::graphql::connection::short;
use crate::graphql::error::Result;
use crate::graphql::limits;
use crate::graphql::loader::{
    AssignmentsOf, DeadlineChangesOf, DecisionsOf, ReportId, ReportsOf, TaskId, TraceOf, UnitId, rows_of,
};
use crate::graphql::scalar::Date;
use crate::store::as_of::AsOf;

/// An assignment row with the state of a day.
pub(crate) struct Assignment {
    row: Arc<assignment::Model>,
    as_of: AsOf,
}

impl Assignment {
    /// A row whose columns of state hold the state of this day.
    pub(crate) fn new(row: impl Into<Arc<assignment::Model>>, as_of: AsOf) -> Assignment {
        Assignment { row: row.into(), as_of }
    }

    /// The first assignments of a task or a unit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn all(ctx: &Context<'_>, key: AssignmentsOf) -> Result<Vec<Assignment>> {
        let rows = rows_of(ctx)?.load_one(key).await?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Assignment::new(row, key.as_of)).collect())
    }

    fn state(&self) -> State {
        State { progress: self.row.progress, due: self.row.due_on, completed_on: self.row.completed_on }
    }

    fn stands(&self) -> domain::standing::Standing {
        standing(self.state(), self.as_of.date())
    }
}

/// A task given to a unit; progress belongs here, not to the task (giao nhiệm vụ).
#[Object]
impl Assignment {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.row.id.into()
    }

    /// The day all values of this assignment speak of (tính đến ngày).
    async fn as_of(&self) -> Date {
        Date(self.as_of.date())
    }

    /// The task (nhiệm vụ).
    async fn task(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        Ok(rows_of(ctx)?.load_one(TaskId(self.row.task_id)).await?.map(Task))
    }

    /// The unit (đơn vị).
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        Ok(rows_of(ctx)?.load_one(UnitId(self.row.unit_id)).await?.map(Unit))
    }

    /// What the unit has to do with the task (vai trò).
    async fn role(&self) -> AssignmentRole {
        self.row.role.into()
    }

    /// Progress, decisions of the office included (tình trạng).
    async fn progress(&self) -> Progress {
        self.row.progress.into()
    }

    /// Percent done as last reported, 0 to 100 (tỷ lệ hoàn thành, %).
    async fn percent(&self) -> Option<f64> {
        self.row.percent.map(domain::percent::Percent::value)
    }

    /// Day on which the unit completed, not the day of confirmation (ngày hoàn thành).
    async fn completed_on(&self) -> Option<Date> {
        self.row.completed_on.map(Date)
    }

    /// Due day, with changes by the office (ngày đến hạn).
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on.map(Date)
    }

    /// Where it stands on the day (phân loại).
    async fn standing(&self) -> Standing {
        self.stands().into()
    }

    /// Days past the due day, for what is open and overdue (số ngày quá hạn).
    async fn days_overdue(&self) -> Option<i64> {
        let State { progress, due, completed_on } = self.state();
        let due = due.filter(|_| self.stands() == domain::standing::Standing::OpenOverdue)?;
        let waits = progress == domain::progress::Progress::AwaitingConfirmation;
        let until = completed_on.filter(|_| waits).unwrap_or(self.as_of.date());
        Some((until - due).num_days())
    }

    /// Result as last reported (kết quả).
    async fn result(&self) -> Option<&str> {
        self.row.result.as_deref()
    }

    /// Difficulties as last reported (khó khăn, vướng mắc).
    async fn difficulties(&self) -> Option<&str> {
        self.row.difficulties.as_deref()
    }

    /// Proposals as last reported (đề xuất, kiến nghị).
    async fn proposals(&self) -> Option<&str> {
        self.row.proposals.as_deref()
    }

    /// Note as last reported (ghi chú).
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// Day of the last report (ngày báo cáo gần nhất).
    async fn last_reported_on(&self) -> Option<Date> {
        self.row.last_reported_on.map(Date)
    }

    /// The report that spoke last (báo cáo gần nhất).
    async fn last_report(&self, ctx: &Context<'_>) -> Result<Option<Report>> {
        let Some(id) = self.row.last_report_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(ReportId(id)).await?.map(Report))
    }

    /// Where each of its values comes from: import, file, sheet and cell, people, the value before. Values that nobody
    /// has given are not listed (nguồn gốc số liệu).
    #[graphql(complexity = "1 + 7 * child_complexity")]
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<ValueSource>> {
        let until = if self.as_of.is_past() { self.as_of.date() } else { chrono::NaiveDate::MAX };
        let trace = rows_of(ctx)?.load_one(TraceOf { assignment: self.row.id, until }).await?;
        Ok(trace.map_or(Vec::new(), |trace| trace.current.iter().cloned().map(ValueSource).collect()))
    }

    /// Number of the last event that had a part in this state; quote it to see what has changed since (số sự kiện).
    async fn state_event(&self) -> i64 {
        self.row.state_event
    }

    /// Its newest reports, those of later days included; for pages ask the root `reports` (các báo cáo).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
    ) -> Result<Vec<Report>> {
        let key = ReportsOf { assignment: self.row.id, limit: short(first)? };
        let rows = rows_of(ctx)?.load_one(key).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Report).collect())
    }

    /// What the office decided about it, oldest first (các quyết định).
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<Decision>> {
        let rows = rows_of(ctx)?.load_one(DecisionsOf(self.row.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Decision).collect())
    }

    /// Changes of its due day by the office, oldest first (các lần gia hạn).
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn deadline_changes(&self, ctx: &Context<'_>) -> Result<Vec<DeadlineChange>> {
        let rows = rows_of(ctx)?.load_one(DeadlineChangesOf(self.row.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(DeadlineChange).collect())
    }
}
