//! Imports.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use crate::actions::plan_undo::plan_undo;
use crate::error::Code;
use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::lists::ImportFilter;
use crate::graphql::input::order::OrderDirection;
use crate::graphql::input::reference;
use crate::graphql::limits;
use crate::graphql::loader::{ImportId, rows_of};
use crate::graphql::object::import::Import;
use crate::graphql::object::undo::UndoPlan;
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct ImportQuery;

#[Object]
impl ImportQuery {
    /// Imports inside the caller's scope, newest first unless asked otherwise (danh sách lần nạp).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which imports (bộ lọc)")] filter: Option<ImportFilter>,
        #[graphql(desc = "Which way, by time (chiều)", default_with = "OrderDirection::Descending")]
        direction: OrderDirection,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Import>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let filter = filter.unwrap_or_default().resolve(asking).await?;
        let db = asking.app.database.clone();
        let scope = asking.scope.clone();
        let slice = store::import::page(db.reader(), &scope, &filter, direction.into(), &page).await?;
        let count = move || {
            let (db, scope, filter) = (db.clone(), scope.clone(), filter.clone());
            Box::pin(async move { Ok(store::import::count(db.reader(), &scope, &filter).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Import(Arc::new(row)), Box::new(count)))
    }

    /// What undoing a committed import would do now; for one that was undone, what restoring it would do. Null outside the
    /// scope (bản dự kiến hoàn tác).
    #[graphql(complexity = "limits::PLAN + child_complexity")]
    async fn undo_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the import (lần nạp)")] import: ID,
    ) -> Result<Option<UndoPlan>> {
        let asking = reading(ctx)?;
        match plan_undo(&asking.app, &asking.caller, reference::id(&import)).await {
            Ok(planned) => Ok(Some(UndoPlan(Arc::new(planned.plan)))),
            Err(error) if error.code == Code::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// An import by its id (một lần nạp).
    async fn import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id, the same as in /imports/{id} (mã định danh)")] id: ID,
    ) -> Result<Option<Import>> {
        reading(ctx)?;
        Ok(rows_of(ctx)?.load_one(ImportId(reference::id(&id))).await?.map(Import))
    }
}
