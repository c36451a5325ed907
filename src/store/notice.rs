//! Notices. Every role may see them.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Select,
};
use uuid::Uuid;

use super::load;
use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use crate::domain::access::Scope;
use crate::domain::notice::NoticeState;
use crate::entities::notice::{Column, Entity, Model};
use crate::error::Result;

/// What a list of notices is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<NoticeState>,
    /// Of this quarter: `2020-Q1`.
    pub quarter: Option<String>,
}

/// The notices a caller may see: all, whatever the scope.
pub fn visible(_scope: &Scope) -> Select<Entity> {
    Entity::find()
}

fn filtered(scope: &Scope, filter: &Filter) -> Select<Entity> {
    let mut all = Condition::all();
    if let Some(state) = filter.state {
        all = all.add(Column::State.eq(state));
    }
    if let Some(quarter) = &filter.quarter {
        all = all.add(Column::Quarter.eq(quarter));
    }
    visible(scope).filter(all)
}

/// A page of notices by the day of their meeting.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    direction: Direction,
    page: &Page,
) -> Result<Slice<Model>> {
    let term = |column: Column, kind| Term { expr: Expr::col((Entity, column)), kind, direction };
    let terms = vec![term(Column::MeetingOn, Kind::Date), term(Column::Id, Kind::Id)];
    page::slice(db, filtered(scope, filter), &Sort { name: "notice", terms }, page).await
}

/// How many notices a filter finds.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<u64> {
    Ok(filtered(scope, filter).count(db).await?)
}

/// One notice.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// These notices, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Model>, DbErr> {
    Ok(load::indexed(load::by_keys(db, &visible(scope), Column::Id, ids).await?, |row| row.id))
}

/// The notices that still take reports, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn open(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Model>, DbErr> {
    visible(scope)
        .filter(Column::State.eq(NoticeState::Open))
        .order_by_desc(Column::MeetingOn)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}
