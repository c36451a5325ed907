//! Tasks.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::one_of;
use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::order::TaskOrder;
use crate::graphql::input::reference;
use crate::graphql::input::task::TaskFilter;
use crate::graphql::limits;
use crate::graphql::loader::{TaskId, rows_of};
use crate::graphql::object::task::Task;
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct TaskQuery;

#[Object]
impl TaskQuery {
    /// Tasks and headings of the notices (danh sách nhiệm vụ).
    #[graphql(
        complexity = "TaskFilter::size(filter.as_ref()) + limits::page_cost(first, last) * child_complexity"
    )]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tasks (bộ lọc)")] filter: Option<TaskFilter>,
        #[graphql(desc = "In which order (sắp xếp)")] order_by: Option<TaskOrder>,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Task>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let filter = filter.unwrap_or_default().resolve(asking).await?;
        let TaskOrder { field, direction } = order_by.unwrap_or_default();
        let db = asking.app.database.clone();
        let scope = asking.scope.clone();
        let order = (field.into(), direction.into());
        let slice = store::task::page(db.reader(), &scope, &filter, order, &page).await?;
        let count = move || {
            let (db, scope, filter) = (db.clone(), scope.clone(), filter.clone());
            Box::pin(async move { Ok(store::task::count(db.reader(), &scope, &filter).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Task(Arc::new(row)), Box::new(count)))
    }

    /// A task by its id, or by its code in a notice (một nhiệm vụ).
    async fn task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: Option<ID>,
        #[graphql(desc = "Code: III.1-5; in the newest notice that has it (mã nhiệm vụ)")] code: Option<
            String,
        >,
        #[graphql(desc = "The notice that the code is of, by id (thông báo)")] notice: Option<ID>,
    ) -> Result<Option<Task>> {
        let asking = reading(ctx)?;
        one_of(id.is_some(), code.is_some())?;
        if let Some(id) = id {
            return Ok(rows_of(ctx)?.load_one(TaskId(reference::id(&id))).await?.map(Task));
        }
        let Some(code) = code else { return Ok(None) };
        let notice = notice.map(|id| reference::id(&id));
        let found = store::task::by_codes(asking.app.database.reader(), &asking.scope, &[code]).await?;
        let task = found.into_iter().find(|task| notice.is_none_or(|notice| task.notice_id == notice));
        Ok(task.map(|task| Task(Arc::new(task))))
    }
}
