//! Workbooks handed out: a round-trip sheet that comes back is merged with the moment its record names.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::write;
use crate::domain::access::Scope;
use crate::entities::export_record::{Column, Entity, Model};

/// Keeps a record.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl ConnectionTrait, record: Model) -> Result<(), DbErr> {
    write::insert_all::<Model>(db, vec![record]).await
}

/// One record: of a unit inside the scope, or (for those who see all) of the whole ministry.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    let seen = match scope {
        Scope::All => Condition::all(),
        Scope::Units(units) => Condition::all().add(Column::UnitId.is_in(units.iter().copied())),
    };
    Entity::find_by_id(id).filter(seen).one(db).await
}
