//! Writing rows in batches that fit both databases. Ids are minted by the program, so nothing needs to be returned.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityName, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait,
    sea_query::{OnConflict, Query},
};

use super::dialect::{self, List, MAX_VALUES, ROWS_BY_COLUMN};

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
    if dialect::writes_by_column(db.get_database_backend()) && lists::<M::Entity>().is_some() {
        return write_by_column(db, rows, conflict).await;
    }
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

/// An empty list for each column of an entity; `None` when a column cannot travel so.
fn lists<E: EntityTrait>() -> Option<Vec<(E::Column, List)>> {
    E::Column::iter().map(|column| Some((column, List::of(column.def().get_column_type())?))).collect()
}

async fn write_by_column<M>(
    db: &impl ConnectionTrait,
    rows: Vec<M>,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut lists = lists::<M::Entity>().unwrap_or_default();
        for row in rows.by_ref().take(ROWS_BY_COLUMN) {
            let mut row = row.into_active_model();
            for (column, list) in &mut lists {
                let value = row.take(*column).into_value();
                list.push(value.ok_or_else(|| DbErr::AttrNotSet(column.as_str().to_owned()))?)?;
            }
        }
        let mut insert = Query::insert();
        insert.into_table(M::Entity::default().table_ref()).columns(lists.iter().map(|(column, _)| *column));
        // The first column is a key; it tells how many rows there are.
        let values = lists.into_iter().enumerate().map(|(at, (_, list))| list.unfolded(at > 0));
        let select = Query::select().exprs(values).to_owned();
        insert.select_from(select).map_err(|error| DbErr::Custom(error.to_string()))?;
        if let Some(conflict) = &conflict {
            insert.on_conflict(conflict.clone());
        }
        db.execute(&insert).await?;
    }
    Ok(())
}
