//! Writing rows in batches that fit both databases. Ids are minted by the program, so nothing needs to be returned.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, ModelTrait,
    sea_query::{InsertStatement, OnConflict, Query},
};

use super::dialect::{self, List, MAX_VALUES, ROWS_BY_COLUMN};

/// A new id; ids of one program sort by the time at which they were made.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// Rows to be written: a list, or something that makes them one after the other while they are written.
pub trait Rows<M>: IntoIterator<Item = M, IntoIter: Send + 'static> + Send {}

impl<M, I: IntoIterator<Item = M, IntoIter: Send + 'static> + Send> Rows<M> for I {}

/// How many rows of this entity one statement may carry.
fn rows_per_statement<E: EntityTrait>() -> usize {
    (MAX_VALUES / E::Column::iter().count()).clamp(1, 1000)
}

/// Inserts the rows, in as few statements as fit.
///
/// # Errors
/// When a constraint refuses a row; what was inserted before it stands until the transaction is given up.
pub async fn insert_all<M>(db: &impl ConnectionTrait, rows: impl Rows<M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + 'static,
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
    rows: impl Rows<M>,
    conflict: OnConflict,
) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    write_all(db, rows, Some(conflict)).await
}

async fn write_all<M>(
    db: &impl ConnectionTrait,
    rows: impl Rows<M>,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    if dialect::writes_by_column(db.get_database_backend()) && lists::<M::Entity>().is_some() {
        return write_by_column(db, rows.into_iter(), conflict).await;
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

/// The columns of a statement, and what each carries.
type Lists<E> = Vec<(<E as EntityTrait>::Column, List)>;

async fn write_by_column<M>(
    db: &impl ConnectionTrait,
    mut rows: impl Iterator<Item = M> + Send + 'static,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let mut laid = lay_out(&mut rows)?;
    while let Some(lists) = laid {
        let insert = insert::<M::Entity>(lists, conflict.as_ref())?;
        // The next statement is laid out while the server works on this one.
        let next = tokio::task::spawn_blocking(move || (lay_out(&mut rows), rows));
        let (done, next) = tokio::join!(db.execute(&insert), next);
        done?;
        (laid, rows) = match next {
            Ok((laid, rows)) => (laid?, rows),
            Err(error) => return Err(DbErr::Custom(error.to_string())),
        };
    }
    Ok(())
}

/// The next rows, column by column; `None` when there are no more.
fn lay_out<M>(rows: &mut impl Iterator<Item = M>) -> Result<Option<Lists<M::Entity>>, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    let mut lists = lists::<M::Entity>().unwrap_or_default();
    let mut any = false;
    for row in rows.take(ROWS_BY_COLUMN) {
        any = true;
        let mut row = row.into_active_model();
        for (column, list) in &mut lists {
            let value = row.take(*column).into_value();
            list.push(value.ok_or_else(|| DbErr::AttrNotSet(column.as_str().to_owned()))?)?;
        }
    }
    Ok(any.then_some(lists))
}

fn insert<E: EntityTrait>(lists: Lists<E>, conflict: Option<&OnConflict>) -> Result<InsertStatement, DbErr> {
    let mut insert = Query::insert();
    insert.into_table(E::default().table_ref()).columns(lists.iter().map(|(column, _)| *column));
    // The first column is a key; it tells how many rows there are.
    let values = lists.into_iter().enumerate().map(|(at, (_, list))| list.unfolded(at > 0));
    let select = Query::select().exprs(values).to_owned();
    insert.select_from(select).map_err(|error| DbErr::Custom(error.to_string()))?;
    if let Some(conflict) = conflict {
        insert.on_conflict(conflict.clone());
    }
    Ok(insert)
}
