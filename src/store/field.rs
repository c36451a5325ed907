//! Fields of work. Every role may see them.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::load;
use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use crate::domain::access::Scope;
use crate::entities::field::{Column, Entity, Model};
use crate::error::Result;

/// The fields a caller may see: all, whatever the scope.
pub fn visible(_scope: &Scope) -> Select<Entity> {
    Entity::find()
}

/// The same, in the order of the notice.
fn in_order(scope: &Scope) -> Select<Entity> {
    visible(scope).order_by_asc(Column::SortOrder).order_by_asc(Column::Id)
}

/// Those of one notice, or all.
fn of_notice(scope: &Scope, notice: Option<Uuid>) -> Select<Entity> {
    visible(scope).apply_if(notice, |fields, notice| fields.filter(Column::NoticeId.eq(notice)))
}

/// A page of fields, of one notice or of all, in the order of the notice.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    notice: Option<Uuid>,
    direction: Direction,
    page: &Page,
) -> Result<Slice<Model>> {
    let term = |column: Column, kind| Term { expr: Expr::col((Entity, column)), kind, direction };
    let terms = vec![term(Column::SortOrder, Kind::Int), term(Column::Id, Kind::Id)];
    page::slice(db, of_notice(scope, notice), &Sort { name: "field", terms }, page).await
}

/// How many fields there are, of one notice or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, notice: Option<Uuid>) -> Result<u64> {
    Ok(of_notice(scope, notice).count(db).await?)
}

/// One field.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// These fields, by id.
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

/// The fields of these notices.
///
/// # Errors
/// When the database does not answer.
pub async fn by_notice_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    notices: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let rows = load::by_keys(db, &in_order(scope), Column::NoticeId, notices).await?;
    Ok(load::grouped(rows, |row| row.notice_id))
}

/// Every field of every notice (a few dozen).
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Model>, DbErr> {
    in_order(scope).all(db).await
}
