//! What is remembered of a unit's files: layouts, and wordings that a person has linked.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::column::LayoutColumn;
use super::import::Import;
use super::task::Task;
use super::unit::Unit;
use crate::entities::{layout, wording};
use crate::graphql::error::{Failure, Result};
use crate::graphql::limits;
use crate::graphql::loader::{ImportId, TaskId, UnitId, rows_of};
use crate::graphql::scalar::{Date, DateTime};
use crate::import::columns_json;

/// A layout.
pub(crate) struct Layout(pub(crate) Arc<layout::Model>);

/// How one unit lays a table out, remembered from a committed import (mẫu bảng đã nhớ).
#[Object]
impl Layout {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The unit (đơn vị).
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        Ok(rows_of(ctx)?.load_one(UnitId(self.0.unit_id)).await?.map(Unit))
    }

    /// Name of the sheet it was last seen on (tên trang tính).
    async fn sheet(&self) -> &str {
        &self.0.sheet_name
    }

    /// Hash of the headings: a table with the same headings has the same (mã băm của tiêu đề).
    async fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// Its columns that have a heading, from left to right (các cột).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    async fn columns(&self) -> Result<Vec<LayoutColumn>> {
        let columns = columns_json::read(&self.0.columns)
            .ok_or_else(|| Failure::internal(anyhow::anyhow!("layout {}: columns", self.0.id)))?;
        Ok(columns.into_iter().enumerate().map(|(place, column)| LayoutColumn::at(place, column)).collect())
    }

    /// The last committed import in this layout: the evidence for it (lần nạp gần nhất).
    async fn import(&self, ctx: &Context<'_>) -> Result<Option<Import>> {
        Ok(rows_of(ctx)?.load_one(ImportId(self.0.import_id)).await?.map(Import))
    }

    /// The day that import spoke of (ngày báo cáo).
    async fn reported_on(&self) -> Date {
        Date(self.0.reported_on)
    }

    /// How many committed imports had it (số lần dùng).
    async fn uses(&self) -> i32 {
        self.0.uses
    }

    /// Who corrected it by hand, last (người sửa).
    async fn corrected_by(&self) -> Option<&str> {
        self.0.corrected_by.as_deref()
    }

    /// When it was first committed (lần đầu).
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was last committed (lần cuối).
    async fn last_used_at(&self) -> DateTime {
        DateTime(self.0.last_used_at)
    }
}

/// A wording.
pub(crate) struct Wording(pub(crate) Arc<wording::Model>);

/// A wording that a person has linked to a task, or to none, remembered for a unit (cách ghi đã nhớ).
#[Object]
impl Wording {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The unit that words it so (đơn vị).
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        Ok(rows_of(ctx)?.load_one(UnitId(self.0.unit_id)).await?.map(Unit))
    }

    /// The wording as last written (nội dung).
    async fn content(&self) -> &str {
        &self.0.content
    }

    /// Whether it is a task; otherwise it is none of the notices that were open then (là nhiệm vụ).
    async fn is_task(&self) -> bool {
        self.0.is_task
    }

    /// The task it means (nhiệm vụ).
    async fn task(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        let Some(id) = self.0.task_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(TaskId(id)).await?.map(Task))
    }

    /// The import it was last answered for (lần nạp).
    async fn import(&self, ctx: &Context<'_>) -> Result<Option<Import>> {
        Ok(rows_of(ctx)?.load_one(ImportId(self.0.import_id)).await?.map(Import))
    }

    /// Who committed the answer (người trả lời).
    async fn answered_by(&self) -> &str {
        &self.0.answered_by
    }

    /// When it was last answered (thời điểm trả lời).
    async fn answered_at(&self) -> DateTime {
        DateTime(self.0.answered_at)
    }
}
