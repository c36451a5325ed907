//! Fields of work. Every role may see them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::load;
use crate::domain::access::Scope;
use crate::entities::field::{Column, Entity, Model};

/// The fields a caller may see: all, whatever the scope; in the order of the notice.
pub fn visible(_scope: &Scope) -> Select<Entity> {
    Entity::find().order_by_asc(Column::SortOrder).order_by_asc(Column::Id)
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
    let rows = load::by_keys(db, &visible(scope), Column::NoticeId, notices).await?;
    Ok(load::grouped(rows, |row| row.notice_id))
}

/// Every field of every notice (a few dozen).
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Model>, DbErr> {
    visible(scope).all(db).await
}
