//! What is remembered of units' files: layouts and wordings.
#![expect(clippy::too_many_arguments, reason = "a field of the schema has the arguments that clients see")]

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use crate::error::{Code, Error};
use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{Asking, reading};
use crate::graphql::error::{Failure, Result};
use crate::graphql::input::reference;
use crate::graphql::limits;
use crate::graphql::object::memory::{Layout, Wording};
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct MemoryQuery;

#[Object]
impl MemoryQuery {
    /// The layouts remembered of a unit inside the caller's scope, the one met first last (các mẫu bảng đã nhớ).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn layouts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, by code, abbreviation or name (đơn vị)")] unit: String,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Layout>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let unit = unit_of(asking, &unit).await?;
        let (db, scope) = (asking.app.database.clone(), asking.scope.clone());
        let slice = store::memory::layouts(db.reader(), &scope, unit, &page).await?;
        let count = move || {
            let (db, scope) = (db.clone(), scope.clone());
            Box::pin(async move { Ok(store::memory::count_layouts(db.reader(), &scope, unit).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Layout(Arc::new(row)), Box::new(count)))
    }

    /// A remembered layout by its id (một mẫu bảng đã nhớ).
    async fn layout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: ID,
    ) -> Result<Option<Layout>> {
        let asking = reading(ctx)?;
        let db = asking.app.database.reader();
        let found = store::memory::layout(db, &asking.scope, reference::id(&id)).await?;
        Ok(found.map(|row| Layout(Arc::new(row))))
    }

    /// The wordings of a unit that a person has linked, the one answered first last (các cách ghi đã nhớ).
    #[graphql(complexity = "limits::page_cost(first, last) * child_complexity")]
    async fn wordings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, by code, abbreviation or name (đơn vị)")] unit: String,
        #[graphql(desc = "The first so many, 1 to 100; 20 when nothing is said (số dòng đầu)")] first: Option<
            i32,
        >,
        #[graphql(desc = "After this cursor (sau con trỏ)")] after: Option<String>,
        #[graphql(desc = "The last so many, 1 to 100 (số dòng cuối)")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (trước con trỏ)")] before: Option<String>,
    ) -> Result<Connection<Wording>> {
        let asking = reading(ctx)?;
        let page = Paging { first, after, last, before }.page()?;
        let unit = unit_of(asking, &unit).await?;
        let (db, scope) = (asking.app.database.clone(), asking.scope.clone());
        let slice = store::memory::wordings(db.reader(), &scope, unit, &page).await?;
        let count = move || {
            let (db, scope) = (db.clone(), scope.clone());
            Box::pin(async move { Ok(store::memory::count_wordings(db.reader(), &scope, unit).await?) }) as _
        };
        Ok(Connection::new(slice, |row| Wording(Arc::new(row)), Box::new(count)))
    }
}

/// The unit, inside the scope: what is remembered of another unit's files is as absent as the unit's reports.
async fn unit_of(asking: &Asking, code: &str) -> Result<uuid::Uuid> {
    let found = store::unit::by_code_or_alias(asking.app.database.reader(), code).await?;
    let found = found.filter(|unit| asking.scope.contains(unit.id));
    found.map(|unit| unit.id).ok_or_else(|| Failure::from(Error::new(Code::NotFound).field("unit")))
}
