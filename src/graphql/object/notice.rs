//! Notices and their fields of work.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::enums::NoticeState;
use super::task::Task;
use crate::entities::{field, notice};
use crate::graphql::connection::short;
use crate::graphql::error::Result;
use crate::graphql::limits;
use crate::graphql::loader::{FieldsOf, NoticeId, TasksOf, rows_of};
use crate::graphql::scalar::Date;

/// A notice row.
pub(crate) struct Notice(pub(crate) Arc<notice::Model>);

/// A document that assigns tasks (thông báo, văn bản giao nhiệm vụ).
#[Object]
impl Notice {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Official number, where it has one (số, ký hiệu).
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// Title (trích yếu).
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Kind of document (loại văn bản).
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Who issued it (cơ quan ban hành).
    async fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Day of issue, where it is written (ngày ban hành).
    async fn issued_on(&self) -> Option<Date> {
        self.0.issued_on.map(Date)
    }

    /// Day of the meeting at which the tasks were assigned (ngày họp).
    async fn meeting_on(&self) -> Date {
        Date(self.0.meeting_on)
    }

    /// Quarter it belongs to, such as 2020-Q1 (quý).
    async fn quarter(&self) -> &str {
        &self.0.quarter
    }

    /// Who signed it (người ký).
    async fn signer(&self) -> Option<&str> {
        self.0.signer.as_deref()
    }

    /// Office of the signer (chức vụ người ký).
    async fn signer_role(&self) -> Option<&str> {
        self.0.signer_role.as_deref()
    }

    /// Whether it is still followed (trạng thái theo dõi).
    async fn state(&self) -> NoticeState {
        self.0.state.into()
    }

    /// The whole text as issued (toàn văn).
    async fn source_text(&self) -> &str {
        &self.0.source_text
    }

    /// Its fields of work in their order (các lĩnh vực).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    async fn fields(&self, ctx: &Context<'_>) -> Result<Vec<Field>> {
        let fields = rows_of(ctx)?.load_one(FieldsOf(self.0.id)).await?.unwrap_or_default();
        Ok(fields.iter().cloned().map(Field).collect())
    }

    /// Its first tasks and headings in their order; for pages ask the root `tasks` (các nhiệm vụ).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
    ) -> Result<Vec<Task>> {
        let key = TasksOf::Notice { notice: self.0.id, limit: short(first)? };
        let tasks = rows_of(ctx)?.load_one(key).await?.unwrap_or_default();
        Ok(tasks.iter().cloned().map(Task).collect())
    }
}

/// A field row.
pub(crate) struct Field(pub(crate) Arc<field::Model>);

/// A field of work: section I..VII of a notice (lĩnh vực).
#[Object]
impl Field {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Roman numeral of the section (số La Mã).
    async fn numeral(&self) -> &str {
        &self.0.numeral
    }

    /// Name (tên lĩnh vực).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The notice it belongs to (thông báo).
    async fn notice(&self, ctx: &Context<'_>) -> Result<Option<Notice>> {
        Ok(rows_of(ctx)?.load_one(NoticeId(self.0.notice_id)).await?.map(Notice))
    }

    /// Its first tasks in their order; for pages ask the root `tasks` (các nhiệm vụ).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
    ) -> Result<Vec<Task>> {
        let key = TasksOf::Field { field: self.0.id, limit: short(first)? };
        let tasks = rows_of(ctx)?.load_one(key).await?.unwrap_or_default();
        Ok(tasks.iter().cloned().map(Task).collect())
    }
}
