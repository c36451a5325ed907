//! Assignments, as of a day.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use async_graphql::{Context, ID, Object};

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::assignment::AssignmentFilter;
use crate::graphql::input::order::AssignmentOrder;
use crate::graphql::input::reference;
use crate::graphql::limits;
use crate::graphql::object::assignment::Assignment;
use crate::graphql::scalar::Date;
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct AssignmentQuery;

#[Object]
impl AssignmentQuery {
    /// Assignments inside the caller's scope, as they stood on a day (danh sách giao nhiệm vụ).
    #[graphql(
        complexity = "AssignmentFilter::size(filter.as_ref()) + limits::page_cost(first, last) * child_complexity"
    )]
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which assignments (bộ lọc)")] filter: Option<AssignmentFilter>,
        #[graphql(desc = "In which order (sắp xếp)")] order_by: Option<AssignmentOrder>,
        #[graphql(desc = "As they stood on this day; today when nothing is said (tính đến ngày)")]
        as_of: Option<Date>,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Assignment>> {
        let asking = reading(ctx)?;
        let as_of = asking.as_of(as_of.map(Into::into))?;
        let page = Paging { first, after, last, before }.page()?;
        let filter = filter.unwrap_or_default().resolve(asking).await?;
        let AssignmentOrder { field, direction } = order_by.unwrap_or_default();
        let list =
            store::assignment::List { filter, order: field.into(), direction: direction.into(), as_of };
        let db = asking.app.database.clone();
        let scope = asking.scope.clone();
        let slice = store::assignment::page(db.reader(), &scope, &list, &page).await?;
        let count = move || {
            let (db, scope, filter) = (db.clone(), scope.clone(), list.filter.clone());
            Box::pin(async move { Ok(store::assignment::count(db.reader(), &scope, &filter, as_of).await?) })
                as _
        };
        Ok(Connection::new(slice, |row| Assignment::new(row, as_of), Box::new(count)))
    }

    /// An assignment by its id, as it stood on a day (một nhiệm vụ được giao).
    async fn assignment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: ID,
        #[graphql(desc = "As it stood on this day; today when nothing is said (tính đến ngày)")]
        as_of: Option<Date>,
    ) -> Result<Option<Assignment>> {
        let asking = reading(ctx)?;
        let as_of = asking.as_of(as_of.map(Into::into))?;
        let id = reference::id(&id);
        let row =
            store::assignment::find_as_of(asking.app.database.reader(), &asking.scope, id, as_of).await?;
        Ok(row.map(|row| Assignment::new(row, as_of)))
    }
}
