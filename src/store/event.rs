//! The event log and its head.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::dialect::MAX_VALUES;
use super::scope::inside;
use crate::domain::access::Scope;
use crate::entities::{event, event_head};

/// What the first event has for the hash before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The end of the log, locked until the transaction ends. (SQLite has one writer anyway.)
///
/// # Errors
/// When the lock is not given in time.
pub async fn lock_head(db: &impl ConnectionTrait) -> Result<event_head::Model, DbErr> {
    found(event_head::Entity::find_by_id(1).lock_exclusive().one(db).await?)
}

/// The end of the log.
///
/// # Errors
/// When the database does not answer.
pub async fn head(db: &impl ConnectionTrait) -> Result<event_head::Model, DbErr> {
    found(event_head::Entity::find_by_id(1).one(db).await?)
}

fn found(head: Option<event_head::Model>) -> Result<event_head::Model, DbErr> {
    head.ok_or_else(|| DbErr::RecordNotFound("event_head 1".to_owned()))
}

/// Moves the end of the log.
///
/// # Errors
/// When the database refuses.
pub async fn move_head(db: &impl ConnectionTrait, number: i64, hash: &str) -> Result<(), DbErr> {
    let head = event_head::ActiveModel { id: Set(1), number: Set(number), hash: Set(hash.to_owned()) };
    event_head::Entity::update(head).exec(db).await?;
    Ok(())
}

/// The events after a number, in their order. For checking the chain; not for callers.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &impl ConnectionTrait, number: i64, limit: u64) -> Result<Vec<event::Model>, DbErr> {
    event::Entity::find()
        .filter(event::Column::Number.gt(number))
        .order_by_asc(event::Column::Number)
        .limit(limit)
        .all(db)
        .await
}

/// The newest events about a thing, inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn about(
    db: &impl ConnectionTrait,
    scope: &Scope,
    subject: Uuid,
    limit: u64,
) -> Result<Vec<event::Model>, DbErr> {
    event::Entity::find()
        .filter(inside(scope, event::Column::UnitId))
        .filter(event::Column::SubjectId.eq(subject))
        .order_by_desc(event::Column::Number)
        .limit(limit)
        .all(db)
        .await
}

/// Who called, and when, by the number of the event. For what is told of an assignment inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn callers(
    db: &impl ConnectionTrait,
    numbers: &[i64],
) -> Result<HashMap<i64, (Arc<str>, DateTime<Utc>)>, DbErr> {
    use event::Column;
    let mut found = HashMap::new();
    for numbers in numbers.chunks(MAX_VALUES) {
        let select =
            event::Entity::find().select_only().columns([Column::Number, Column::Caller, Column::At]);
        let select = select.filter(Column::Number.is_in(numbers.iter().copied())).into_tuple();
        let rows: Vec<(i64, String, DateTime<Utc>)> = select.all(db).await?;
        found.extend(rows.into_iter().map(|(number, caller, at)| (number, (caller.into(), at))));
    }
    Ok(found)
}
