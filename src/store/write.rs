//! Writing rows in batches that fit both databases. Ids are minted by the program, so nothing needs to be returned.

use std::iter::Peekable;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, QueryTrait,
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

/// A statement that writes rows, as many as one may carry.
pub type Batch = InsertStatement;

/// Statements that are made on another thread while the database works on those before.
pub trait Statements: Send + 'static {
    /// The next statement; `None` when there are no more.
    ///
    /// # Errors
    /// When it cannot be made.
    fn next(&mut self) -> Result<Option<Batch>, DbErr>;
}

/// Statements that may wait for the database: some are made quicker than they are executed, others slower.
const AHEAD: usize = 4;

/// Executes statements in the order in which they are made, and gives back what made them.
///
/// # Errors
/// When one cannot be made, or the database refuses one; what was written before it stands until the transaction is
/// given up.
pub async fn in_turn<S: Statements>(db: &impl ConnectionTrait, mut statements: S) -> Result<S, DbErr> {
    let (sender, mut made) = tokio::sync::mpsc::channel(AHEAD);
    let making = tokio::task::spawn_blocking(move || {
        while let Some(statement) = statements.next()? {
            // Nobody takes it any more: an earlier one was refused.
            if sender.blocking_send(statement).is_err() {
                break;
            }
        }
        Ok(statements)
    });
    while let Some(statement) = made.recv().await {
        db.execute(&statement).await?;
    }
    making.await.map_err(|error| DbErr::Custom(error.to_string()))?
}

/// Rows that go into one table.
struct Batches<M, I: Iterator<Item = M>> {
    rows: Peekable<I>,
    backend: DbBackend,
    conflict: Option<OnConflict>,
}

impl<M, I> Statements for Batches<M, I>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Send + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
    I: Iterator<Item = M> + Send + 'static,
{
    fn next(&mut self) -> Result<Option<Batch>, DbErr> {
        if self.rows.peek().is_none() {
            return Ok(None);
        }
        let rows = self.rows.by_ref().take(rows_per_statement::<M>(self.backend));
        statement(self.backend, rows, self.conflict.as_ref()).map(Some)
    }
}

/// Inserts the rows, in as few statements as fit.
///
/// # Errors
/// When a constraint refuses a row; what was inserted before it stands until the transaction is given up.
pub async fn insert_all<M>(db: &impl ConnectionTrait, rows: impl Rows<M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Send + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let (rows, backend) = (rows.into_iter().peekable(), db.get_database_backend());
    in_turn(db, Batches { rows, backend, conflict: None }).await.map(drop)
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
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Send + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let (rows, backend) = (rows.into_iter().peekable(), db.get_database_backend());
    in_turn(db, Batches { rows, backend, conflict: Some(conflict) }).await.map(drop)
}

/// How many rows of this kind one statement may carry.
pub fn rows_per_statement<M: ModelTrait>(backend: DbBackend) -> usize {
    match dialect::writes_by_column(backend) && lists::<M::Entity>().is_some() {
        true => ROWS_BY_COLUMN,
        false => (MAX_VALUES / <M::Entity as EntityTrait>::Column::iter().count()).clamp(1, ROWS_OF_VALUES),
    }
}

/// Rows that one statement carries at most when they travel value by value.
const ROWS_OF_VALUES: usize = 1000;

/// The statement for these rows, which updates instead where a key is taken. There must be some, and no more than
/// [`rows_per_statement`].
///
/// # Errors
/// When a row lacks a value, or has one that cannot travel.
pub fn statement<M>(
    backend: DbBackend,
    rows: impl Iterator<Item = M>,
    conflict: Option<&OnConflict>,
) -> Result<Batch, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    if dialect::writes_by_column(backend)
        && let Some(lists) = lists::<M::Entity>()
    {
        return insert::<M::Entity>(lay_out(lists, rows)?, conflict);
    }
    // A model's values are all set, so every row of the statement has the same columns.
    let rows: Vec<_> = rows.map(|row| row.into_active_model().reset_all()).collect();
    let mut insert = M::Entity::insert_many(rows).into_query();
    if let Some(conflict) = conflict {
        insert.on_conflict(conflict.clone());
    }
    Ok(insert)
}

/// An empty list for each column of an entity; `None` when a column cannot travel so.
fn lists<E: EntityTrait>() -> Option<Vec<(E::Column, List)>> {
    E::Column::iter().map(|column| Some((column, List::of(column.def().get_column_type())?))).collect()
}

/// The columns of a statement, and what each carries.
type Lists<E> = Vec<(<E as EntityTrait>::Column, List)>;

/// The rows, column by column.
fn lay_out<M>(mut lists: Lists<M::Entity>, rows: impl Iterator<Item = M>) -> Result<Lists<M::Entity>, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    for row in rows {
        let mut row = row.into_active_model();
        for (column, list) in &mut lists {
            let value = row.take(*column).into_value();
            list.push(value.ok_or_else(|| DbErr::AttrNotSet(column.as_str().to_owned()))?)?;
        }
    }
    Ok(lists)
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
