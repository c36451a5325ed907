//! What is remembered of a unit's files, seen inside the scope: its layouts, and the wordings that a person has linked.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use super::scope::inside;
use super::{load, write};
use crate::domain::access::Scope;
use crate::domain::import::ImportState;
use crate::entities::{import, layout, wording};
use crate::error::Result;

/// The layouts inside the scope; of one unit where one is named.
pub fn visible_layouts(scope: &Scope, unit: Option<Uuid>) -> Select<layout::Entity> {
    let seen = layout::Entity::find().filter(inside(scope, layout::Column::UnitId));
    match unit {
        Some(unit) => seen.filter(layout::Column::UnitId.eq(unit)),
        None => seen,
    }
}

/// The wordings inside the scope; of one unit where one is named.
pub fn visible_wordings(scope: &Scope, unit: Option<Uuid>) -> Select<wording::Entity> {
    let seen = wording::Entity::find().filter(inside(scope, wording::Column::UnitId));
    match unit {
        Some(unit) => seen.filter(wording::Column::UnitId.eq(unit)),
        None => seen,
    }
}

/// A page of the layouts of a unit, the one first met last.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn layouts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    unit: Uuid,
    page: &Page,
) -> Result<Slice<layout::Model>> {
    let id = Term {
        expr: Expr::col((layout::Entity, layout::Column::Id)),
        kind: Kind::Id,
        direction: Direction::Descending,
    };
    page::slice(db, visible_layouts(scope, Some(unit)), &Sort { name: "layout", terms: vec![id] }, page).await
}

/// How many layouts a unit has.
///
/// # Errors
/// When the database does not answer.
pub async fn count_layouts(db: &impl ConnectionTrait, scope: &Scope, unit: Uuid) -> Result<u64> {
    Ok(visible_layouts(scope, Some(unit)).count(db).await?)
}

/// A page of the wordings of a unit, the one first answered last.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn wordings(
    db: &impl ConnectionTrait,
    scope: &Scope,
    unit: Uuid,
    page: &Page,
) -> Result<Slice<wording::Model>> {
    let id = Term {
        expr: Expr::col((wording::Entity, wording::Column::Id)),
        kind: Kind::Id,
        direction: Direction::Descending,
    };
    page::slice(db, visible_wordings(scope, Some(unit)), &Sort { name: "wording", terms: vec![id] }, page)
        .await
}

/// How many wordings a unit has.
///
/// # Errors
/// When the database does not answer.
pub async fn count_wordings(db: &impl ConnectionTrait, scope: &Scope, unit: Uuid) -> Result<u64> {
    Ok(visible_wordings(scope, Some(unit)).count(db).await?)
}

/// One layout.
///
/// # Errors
/// When the database does not answer.
pub async fn layout(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<layout::Model>, DbErr> {
    visible_layouts(scope, None).filter(layout::Column::Id.eq(id)).one(db).await
}

/// One wording.
///
/// # Errors
/// When the database does not answer.
pub async fn wording(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<wording::Model>, DbErr> {
    visible_wordings(scope, None).filter(wording::Column::Id.eq(id)).one(db).await
}

/// These layouts, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn layouts_by_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, layout::Model>, DbErr> {
    let found = load::by_keys(db, &visible_layouts(scope, None), layout::Column::Id, ids).await?;
    Ok(load::indexed(found, |row| row.id))
}

/// The layouts that a unit used last, at most `limit`; not those that only an import has taught which is undone.
///
/// # Errors
/// When the database does not answer.
pub async fn last_layouts(
    db: &impl ConnectionTrait,
    unit: Uuid,
    limit: u64,
) -> Result<Vec<layout::Model>, DbErr> {
    let stands = layout::Column::ImportId.not_in_subquery(undone(unit));
    layout::Entity::find()
        .filter(layout::Column::UnitId.eq(unit))
        .filter(stands.or(layout::Column::Uses.gt(1)))
        .order_by_desc(layout::Column::LastUsedAt)
        .order_by_desc(layout::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// The wordings that a unit answered last, at most `limit`; not what was answered for an import that is undone.
///
/// # Errors
/// When the database does not answer.
pub async fn last_wordings(
    db: &impl ConnectionTrait,
    unit: Uuid,
    limit: u64,
) -> Result<Vec<wording::Model>, DbErr> {
    wording::Entity::find()
        .filter(wording::Column::UnitId.eq(unit))
        .filter(wording::Column::ImportId.not_in_subquery(undone(unit)))
        .order_by_desc(wording::Column::AnsweredAt)
        .order_by_desc(wording::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// The imports of a unit that are undone: what they taught comes back when they do.
fn undone(unit: Uuid) -> SelectStatement {
    let of_unit = import::Entity::find().filter(import::Column::UnitId.eq(unit));
    let undone = of_unit.filter(import::Column::State.eq(ImportState::Undone));
    undone.select_only().column(import::Column::Id).into_query()
}

/// The layouts of a unit with these fingerprints.
///
/// # Errors
/// When the database does not answer.
pub async fn layouts_by_fingerprints(
    db: &impl ConnectionTrait,
    unit: Uuid,
    fingerprints: &[String],
) -> Result<HashMap<String, layout::Model>, DbErr> {
    let of_unit = layout::Entity::find().filter(layout::Column::UnitId.eq(unit));
    let found = load::by_keys(db, &of_unit, layout::Column::Fingerprint, fingerprints).await?;
    Ok(load::indexed(found, |row| row.fingerprint.clone()))
}

/// The wordings of a unit with these keys.
///
/// # Errors
/// When the database does not answer.
pub async fn wordings_by_keys(
    db: &impl ConnectionTrait,
    unit: Uuid,
    keys: &[String],
) -> Result<HashMap<String, wording::Model>, DbErr> {
    let of_unit = wording::Entity::find().filter(wording::Column::UnitId.eq(unit));
    let found = load::by_keys(db, &of_unit, wording::Column::Key, keys).await?;
    Ok(load::indexed(found, |row| row.key.clone()))
}

/// Writes layouts; of one that is there (same unit, same fingerprint) everything but its id and first day is replaced.
///
/// # Errors
/// When the database refuses.
pub async fn put_layouts(db: &impl ConnectionTrait, layouts: Vec<layout::Model>) -> Result<(), DbErr> {
    use layout::Column;
    let known = OnConflict::columns([Column::UnitId, Column::Fingerprint])
        .update_columns([
            Column::SheetName,
            Column::Columns,
            Column::ImportId,
            Column::ReportedOn,
            Column::Uses,
            Column::CorrectedBy,
            Column::LastUsedAt,
        ])
        .to_owned();
    write::insert_or_update::<layout::Model>(db, layouts, known).await
}

/// Writes wordings; of one that is there (same unit, same key) everything but its id and first day is replaced.
///
/// # Errors
/// When the database refuses.
pub async fn put_wordings(db: &impl ConnectionTrait, wordings: Vec<wording::Model>) -> Result<(), DbErr> {
    use wording::Column;
    let known = OnConflict::columns([Column::UnitId, Column::Key])
        .update_columns([
            Column::Content,
            Column::IsTask,
            Column::TaskId,
            Column::NoticeDay,
            Column::ImportId,
            Column::ReportedOn,
            Column::AnsweredBy,
            Column::AnsweredAt,
        ])
        .to_owned();
    write::insert_or_update::<wording::Model>(db, wordings, known).await
}

/// Forgets a layout; says whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn forget_layout(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    Ok(layout::Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

/// Forgets wordings; says how many were there.
///
/// # Errors
/// When the database refuses.
pub async fn forget_wordings(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<u64, DbErr> {
    let gone = wording::Entity::delete_many().filter(wording::Column::Id.is_in(ids.iter().copied()));
    Ok(gone.exec(db).await?.rows_affected)
}
