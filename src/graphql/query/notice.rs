//! Notices and fields of work.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::lists::NoticeFilter;
use crate::graphql::input::order::OrderDirection;
use crate::graphql::input::reference;
use crate::graphql::limits;
use crate::graphql::loader::{FieldId, NoticeId, rows_of};
use crate::graphql::object::notice::{Field, Notice};
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// Notices, newest meeting first unless asked otherwise (danh sách thông báo).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which notices (bộ lọc)")] filter: Option<NoticeFilter>,
        #[graphql(
            desc = "Which way, by day of meeting (chiều)",
            default_with = "OrderDirection::Descending"
        )]
        direction: OrderDirection,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Notice>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let filter: store::notice::Filter = filter.unwrap_or_default().into();
        let db = asking.app.database.clone();
        let scope = asking.scope.clone();
        let slice = store::notice::page(db.reader(), &scope, &filter, direction.into(), &page).await?;
        let count = move || {
            let (db, scope, filter) = (db.clone(), scope.clone(), filter.clone());
            Box::pin(async move { Ok(store::notice::count(db.reader(), &scope, &filter).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Notice(Arc::new(row)), Box::new(count)))
    }

    /// A notice by its id (một thông báo).
    async fn notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: ID,
    ) -> Result<Option<Notice>> {
        reading(ctx)?;
        Ok(rows_of(ctx)?.load_one(NoticeId(reference::id(&id))).await?.map(Notice))
    }

    /// Fields of work in the order of the notices (danh sách lĩnh vực).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn fields(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this notice, by id (thông báo)")] notice: Option<ID>,
        #[graphql(desc = "Which way (chiều)", default)] direction: OrderDirection,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Field>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let notice = notice.map(|id| reference::id(&id));
        let (db, scope) = (asking.app.database.clone(), asking.scope.clone());
        let slice = store::field::page(db.reader(), &scope, notice, direction.into(), &page).await?;
        let count = move || {
            let (db, scope) = (db.clone(), scope.clone());
            Box::pin(async move { Ok(store::field::count(db.reader(), &scope, notice).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Field(Arc::new(row)), Box::new(count)))
    }

    /// A field of work by its id (một lĩnh vực).
    async fn field(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: ID,
    ) -> Result<Option<Field>> {
        reading(ctx)?;
        Ok(rows_of(ctx)?.load_one(FieldId(reference::id(&id))).await?.map(Field))
    }
}
