//! Provinces in their lives, and which took over from which. Every role may see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::load;
use crate::domain::access::Scope;
use crate::entities::province::{Column, Entity, Model};
use crate::entities::province_successor;

/// The provinces a caller may see: all, whatever the scope; by code, the earlier life first.
pub fn visible(_scope: &Scope) -> Select<Entity> {
    Entity::find().order_by_asc(Column::Code).order_by_asc(Column::Id)
}

/// The provinces that exist on a day.
///
/// # Errors
/// When the database does not answer.
pub async fn on(db: &impl ConnectionTrait, scope: &Scope, day: NaiveDate) -> Result<Vec<Model>, DbErr> {
    let begun = Condition::any().add(Column::ValidFrom.is_null()).add(Column::ValidFrom.lte(day));
    let lasting = Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(day));
    visible(scope).filter(begun).filter(lasting).all(db).await
}

/// Every province in every life.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Model>, DbErr> {
    visible(scope).all(db).await
}

/// These provinces, by id.
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

/// The successors of these provinces.
///
/// # Errors
/// When the database does not answer.
pub async fn successors_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    provinces: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let links = province_successor::Entity::find();
    let links = load::by_keys(db, &links, province_successor::Column::ProvinceId, provinces).await?;
    let ids: Vec<Uuid> = links.iter().map(|link| link.successor_id).collect();
    let found = by_ids(db, scope, &ids).await?;
    let pairs =
        links.iter().filter_map(|link| Some((link.province_id, found.get(&link.successor_id)?.clone())));
    Ok(pairs.fold(HashMap::new(), |mut groups: HashMap<Uuid, Vec<Model>>, (id, successor)| {
        groups.entry(id).or_default().push(successor);
        groups
    }))
}
