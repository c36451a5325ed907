//! Units.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::one_of;
use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::lists::UnitFilter;
use crate::graphql::input::order::OrderDirection;
use crate::graphql::input::reference;
use crate::graphql::limits;
use crate::graphql::loader::{UnitId, rows_of};
use crate::graphql::object::unit::Unit;
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct UnitQuery;

#[Object]
impl UnitQuery {
    /// Units in the order of tables (danh sách đơn vị).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which units (bộ lọc)")] filter: Option<UnitFilter>,
        #[graphql(desc = "Which way (chiều)", default)] direction: OrderDirection,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Unit>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let filter = filter.unwrap_or_default().resolve()?;
        let db = asking.app.database.clone();
        let scope = asking.scope.clone();
        let slice = store::unit::page(db.reader(), &scope, &filter, direction.into(), &page).await?;
        let count = move || {
            let (db, scope, filter) = (db.clone(), scope.clone(), filter.clone());
            Box::pin(async move { Ok(store::unit::count(db.reader(), &scope, &filter).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Unit(Arc::new(row)), Box::new(count)))
    }

    /// A unit by its id, or by what a person calls it: code (40, THH), abbreviation, name or alias (một đơn vị).
    async fn unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: Option<ID>,
        #[graphql(desc = "Code, abbreviation, name or alias (mã hoặc tên)")] code: Option<String>,
    ) -> Result<Option<Unit>> {
        let asking = reading(ctx)?;
        one_of(id.is_some(), code.is_some())?;
        if let Some(id) = id {
            return Ok(rows_of(ctx)?.load_one(UnitId(reference::id(&id))).await?.map(Unit));
        }
        let Some(code) = reference::text(code)? else { return Ok(None) };
        let unit = store::unit::by_code_or_alias(asking.app.database.reader(), &code).await?;
        Ok(unit.map(|unit| Unit(Arc::new(unit))))
    }
}
