//! Tasks and their deadlines.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::assignment::Assignment;
use super::enums::{AssignmentRole, Precision};
use super::notice::{Field, Notice};
use crate::domain::date;
use crate::entities::task;
use crate::graphql::connection::short;
use crate::graphql::context::asking;
use crate::graphql::error::{Failure, Result};
use crate::graphql::limits;
use crate::graphql::loader::{
    AssignmentsOf, ChildrenOf, FieldId, NoticeId, Parent, ResemblancesOf, TaskId, rows_of,
};
use crate::graphql::scalar::Date;

/// A task row.
pub(crate) struct Task(pub(crate) Arc<task::Model>);

/// One item of a notice (nhiệm vụ).
#[Object]
impl Task {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Code inside the notice: III.1-5 (mã nhiệm vụ).
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Place in the notice (thứ tự).
    async fn sort_order(&self) -> i32 {
        self.0.sort_order
    }

    /// Wording without the deadline sentence (nội dung nhiệm vụ).
    async fn content(&self) -> &str {
        &self.0.content
    }

    /// Wording as it stands in the notice (nguyên văn).
    async fn source_text(&self) -> &str {
        &self.0.source_text
    }

    /// Whether it only heads its children and is assigned to nobody (chỉ là đề mục).
    async fn is_heading(&self) -> bool {
        self.0.is_heading
    }

    /// The lead unit as written (đơn vị chủ trì, nguyên văn).
    async fn lead_raw(&self) -> &str {
        &self.0.lead_raw
    }

    /// Coordinating groups that are no units we know, as written (đơn vị phối hợp, nguyên văn).
    async fn coordinating_raw(&self) -> Result<Vec<String>> {
        serde_json::from_str(&self.0.coordinating_raw).map_err(|error| {
            Failure::internal(anyhow::anyhow!("task {}: coordinating_raw: {error}", self.0.id))
        })
    }

    /// The deadline that the notice sets (thời hạn).
    async fn deadline(&self) -> Deadline {
        Deadline(Arc::clone(&self.0))
    }

    /// The notice (thông báo).
    async fn notice(&self, ctx: &Context<'_>) -> Result<Option<Notice>> {
        Ok(rows_of(ctx)?.load_one(NoticeId(self.0.notice_id)).await?.map(Notice))
    }

    /// The field of work (lĩnh vực).
    async fn field(&self, ctx: &Context<'_>) -> Result<Option<Field>> {
        Ok(rows_of(ctx)?.load_one(FieldId(self.0.field_id)).await?.map(Field))
    }

    /// The task it is a part of (nhiệm vụ cha).
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        let Some(id) = self.0.parent_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(TaskId(id)).await?.map(Task))
    }

    /// Its parts (nhiệm vụ con).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Task>> {
        let tasks = rows_of(ctx)?.load_one(ChildrenOf(self.0.id)).await?.unwrap_or_default();
        Ok(tasks.iter().cloned().map(Task).collect())
    }

    /// Tasks whose wording is close; a reader never chooses between them silently (nhiệm vụ gần giống).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    async fn resembles(&self, ctx: &Context<'_>) -> Result<Vec<Task>> {
        let tasks = rows_of(ctx)?.load_one(ResemblancesOf(self.0.id)).await?.unwrap_or_default();
        Ok(tasks.iter().cloned().map(Task).collect())
    }

    /// Its first assignments in the order of the units, inside the caller's scope; for pages and filters ask the root
    /// `assignments` (các đơn vị được giao).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only with this role (vai trò)")] role: Option<AssignmentRole>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
        #[graphql(desc = "As they stood on this day; today when nothing is said (tính đến ngày)")]
        as_of: Option<Date>,
    ) -> Result<Vec<Assignment>> {
        let as_of = asking(ctx)?.as_of(as_of.map(Into::into))?;
        let limit = short(first)?;
        let key = AssignmentsOf { parent: Parent::Task(self.0.id), role: role.map(Into::into), limit, as_of };
        Assignment::all(ctx, key).await
    }
}

/// The deadline of a task row.
pub(crate) struct Deadline(Arc<task::Model>);

/// A deadline as written and as read; half of the tasks have none (thời hạn).
#[Object]
impl Deadline {
    /// As written in the notice (nguyên văn).
    async fn raw(&self) -> Option<&str> {
        self.0.deadline_raw.as_deref()
    }

    /// How precise it is (độ chính xác).
    async fn precision(&self) -> Precision {
        self.0.deadline_precision.into()
    }

    /// First day of a span, where one is written (từ ngày).
    async fn from(&self) -> Option<Date> {
        self.0.deadline_from.map(Date)
    }

    /// Last day that is in time (ngày đến hạn).
    async fn due(&self) -> Option<Date> {
        self.0.deadline_due.map(Date)
    }

    /// The due day in the official style, 02/3/2020 (ngày đến hạn theo thể thức văn bản).
    async fn official_text(&self) -> Option<String> {
        self.0.deadline_due.map(date::official)
    }

    /// Wished for, not required (cố gắng).
    async fn best_effort(&self) -> bool {
        self.0.deadline_best_effort
    }
}
