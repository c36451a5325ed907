//! Reports.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::lists::ReportFilter;
use crate::graphql::input::order::OrderDirection;
use crate::graphql::input::reference;
use crate::graphql::limits;
use crate::graphql::loader::{ReportId, rows_of};
use crate::graphql::object::report::Report;
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct ReportQuery;

#[Object]
impl ReportQuery {
    /// Reports inside the caller's scope, newest first unless asked otherwise; those taken back are shown as such
    /// (danh sách báo cáo).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which reports (bộ lọc)")] filter: Option<ReportFilter>,
        #[graphql(desc = "Which way, by day (chiều)", default_with = "OrderDirection::Descending")]
        direction: OrderDirection,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Report>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let filter = filter.unwrap_or_default().resolve(asking).await?;
        let db = asking.app.database.clone();
        let scope = asking.scope.clone();
        let slice = store::report::page(db.reader(), &scope, &filter, direction.into(), &page).await?;
        let count = move || {
            let (db, scope, filter) = (db.clone(), scope.clone(), filter.clone());
            Box::pin(async move { Ok(store::report::count(db.reader(), &scope, &filter).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Report(Arc::new(row)), Box::new(count)))
    }

    /// A report by its id (một báo cáo).
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: ID,
    ) -> Result<Option<Report>> {
        reading(ctx)?;
        Ok(rows_of(ctx)?.load_one(ReportId(reference::id(&id))).await?.map(Report))
    }
}
