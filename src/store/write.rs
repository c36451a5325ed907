//! Writing rows in batches that fit both databases. Ids are minted by the program, so nothing needs to be returned.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, ModelTrait,
    sea_query::OnConflict,
};

use super::dialect::MAX_VALUES;

/// A new id; ids of one program sort by the time at which they were made.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// How many rows of this entity one statement may carry.
fn rows_per_statement<E: EntityTrait>() -> usize {
    (MAX_VALUES / E::Column::iter().count()).clamp(1, 1000)
}

/// Inserts the rows, in as few statements as fit.
///
/// # Errors
/// When a constraint refuses a row; what was inserted before it stands until the transaction is given up.
pub async fn insert_all<M>(db: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    write_all(db, rows, None).await
}

/// Inserts the rows; where the key is taken, the named columns take the new values instead.
///
/// # Errors
/// When another constraint refuses a row.
pub async fn insert_or_update<M>(
    db: &impl ConnectionTrait,
    rows: Vec<M>,
    conflict: OnConflict,
) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    write_all(db, rows, Some(conflict)).await
}

async fn write_all<M>(
    db: &impl ConnectionTrait,
    rows: Vec<M>,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let size = rows_per_statement::<M::Entity>();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        // A model's values are all set, so every row of the statement has the same columns.
        let batch: Vec<_> = rows.by_ref().take(size).map(|row| row.into_active_model().reset_all()).collect();
        let mut insert = M::Entity::insert_many(batch);
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(db).await?;
    }
    Ok(())
}
