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

/// Statements in their order.
pub type Statements = Vec<InsertStatement>;

/// Statements that are made on another thread while the database works on those before.
pub trait Blocks: Send + 'static {
    /// The next statements; `None` when there are no more.
    ///
    /// # Errors
    /// When they cannot be made.
    fn next(&mut self) -> Result<Option<Statements>, DbErr>;
}

/// Executes statements in the order in which they are made, and gives back what made them.
///
/// # Errors
/// When they cannot be made, or the database refuses one; what was written before it stands until the transaction is
/// given up.
pub async fn in_turn<B: Blocks>(db: &impl ConnectionTrait, blocks: B) -> Result<B, DbErr> {
    let (mut block, mut blocks) = made(blocks).await?;
    while let Some(statements) = block {
        let (done, next) = tokio::join!(execute(db, statements), made(blocks));
        done?;
        (block, blocks) = next?;
    }
    Ok(blocks)
}

/// The next statements, made where they hold up nobody.
async fn made<B: Blocks>(mut blocks: B) -> Result<(Option<Statements>, B), DbErr> {
    let made = tokio::task::spawn_blocking(move || blocks.next().map(|block| (block, blocks)));
    made.await.map_err(|error| DbErr::Custom(error.to_string()))?
}

async fn execute(db: &impl ConnectionTrait, statements: Statements) -> Result<(), DbErr> {
    for statement in statements {
        db.execute(&statement).await?;
    }
    Ok(())
}

/// Rows that go into a table as [`Blocks`], one statement each.
struct Batches<M, I: Iterator<Item = M>> {
    rows: Peekable<I>,
    backend: DbBackend,
    conflict: Option<OnConflict>,
}

impl<M, I> Blocks for Batches<M, I>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Send + 'static,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
    I: Iterator<Item = M> + Send + 'static,
{
    fn next(&mut self) -> Result<Option<Statements>, DbErr> {
        let made = statement(self.backend, &mut self.rows, self.conflict.as_ref())?;
        Ok(made.map(|statement| vec![statement]))
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

/// The statements that insert these rows, or update them where the key is taken. For [`Blocks`].
///
/// # Errors
/// When a row lacks a value, or has one that cannot travel.
pub fn statements<M>(
    backend: DbBackend,
    rows: impl Iterator<Item = M>,
    conflict: Option<&OnConflict>,
) -> Result<Statements, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    let mut rows = rows.peekable();
    std::iter::from_fn(|| statement(backend, &mut rows, conflict).transpose()).collect()
}

/// How many rows of this entity one statement may carry.
fn rows_per_statement<E: EntityTrait>() -> usize {
    (MAX_VALUES / E::Column::iter().count()).clamp(1, 1000)
}

/// The statement for as many of the rows as fit into one; `None` when there are none.
fn statement<M>(
    backend: DbBackend,
    rows: &mut Peekable<impl Iterator<Item = M>>,
    conflict: Option<&OnConflict>,
) -> Result<Option<InsertStatement>, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    if rows.peek().is_none() {
        return Ok(None);
    }
    if dialect::writes_by_column(backend)
        && let Some(lists) = lists::<M::Entity>()
    {
        return insert::<M::Entity>(lay_out(lists, rows)?, conflict).map(Some);
    }
    // A model's values are all set, so every row of the statement has the same columns.
    let size = rows_per_statement::<M::Entity>();
    let batch: Vec<_> = rows.take(size).map(|row| row.into_active_model().reset_all()).collect();
    let mut insert = M::Entity::insert_many(batch).into_query();
    if let Some(conflict) = conflict {
        insert.on_conflict(conflict.clone());
    }
    Ok(Some(insert))
}

/// An empty list for each column of an entity; `None` when a column cannot travel so.
fn lists<E: EntityTrait>() -> Option<Vec<(E::Column, List)>> {
    E::Column::iter().map(|column| Some((column, List::of(column.def().get_column_type())?))).collect()
}

/// The columns of a statement, and what each carries.
type Lists<E> = Vec<(<E as EntityTrait>::Column, List)>;

/// The next rows, column by column.
fn lay_out<M>(
    mut lists: Lists<M::Entity>,
    rows: &mut impl Iterator<Item = M>,
) -> Result<Lists<M::Entity>, DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
{
    for row in rows.take(ROWS_BY_COLUMN) {
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
