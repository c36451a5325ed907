//! The rows of an import as they are kept, to plan it again: as many at a time as memory and the other thread like.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::domain::import::RowOutcome;
use crate::entities::import_row::{Column, Entity};

/// What is kept of a row, to plan it again.
#[derive(Clone, Debug, FromQueryResult)]
pub struct KeptRow {
    /// The row.
    pub id: Uuid,
    /// Its import.
    pub import_id: Uuid,
    /// Its table or sheet.
    pub sheet_id: Uuid,
    /// First row, 0-based.
    pub row: i32,
    /// Last row, 0-based.
    pub row_to: i32,
    /// The claim as JSON.
    pub reading: String,
    /// The task it speaks of.
    pub task_id: Option<Uuid>,
    /// What became of it.
    pub outcome: RowOutcome,
}

/// Rows that are asked for at a time: of a hundred thousand, the texts and the driver's own rows need not lie in memory
/// together, and of ten thousand, the first are taken while the others come.
const KEPT_ROWS: usize = 2_500;

/// Gives every row of these imports to `take`, in the order in which they were read, with what has been gathered so far; gives
/// back what has been gathered. Rows are taken on another thread while the next come. The imports must come from inside
/// the scope.
///
/// # Errors
/// Those of `take`; when the database does not answer.
pub async fn each_kept_row<T: Send + 'static>(
    db: &impl ConnectionTrait,
    imports: &[Uuid],
    mut gathered: T,
    mut take: impl FnMut(&mut T, KeptRow) -> Result<(), DbErr> + Send + 'static,
) -> Result<T, DbErr> {
    let ids = row_ids(db, imports).await?;
    let mut pages = ids.chunks(KEPT_ROWS);
    let mut next = kept_rows(db, imports, pages.next()).await?;
    while !next.is_empty() {
        let page = std::mem::take(&mut next);
        let taking = tokio::task::spawn_blocking(move || {
            let rows = page.iter().map(|row| KeptRow::from_query_result(row, ""));
            let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
            rows.sort_unstable_by_key(|row| row.id);
            rows.into_iter().try_for_each(|row| take(&mut gathered, row)).map(|()| (gathered, take))
        });
        let (page, taken) = tokio::join!(kept_rows(db, imports, pages.next()), taking);
        (gathered, take) = taken.map_err(|error| DbErr::Custom(error.to_string()))??;
        next = page?;
    }
    Ok(gathered)
}

/// The rows of these imports. Ids sort by the time at which they were made, and rows are made in their order.
async fn row_ids(db: &impl ConnectionTrait, imports: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
    let select = Entity::find().select_only().column(Column::Id);
    select.filter(of(imports)).order_by_asc(Column::Id).into_tuple().all(db).await
}

/// The rows from the first to the last of these, in any order, as the driver has them. PostgreSQL asked for them in their
/// order sorted all that were left, texts and all, for every page.
async fn kept_rows(
    db: &impl ConnectionTrait,
    imports: &[Uuid],
    ids: Option<&[Uuid]>,
) -> Result<Vec<QueryResult>, DbErr> {
    let Some((first, last)) = ids.and_then(|ids| ids.first().copied().zip(ids.last().copied())) else {
        return Ok(Vec::new());
    };
    let columns = [
        Column::Id,
        Column::ImportId,
        Column::SheetId,
        Column::Row,
        Column::RowTo,
        Column::Reading,
        Column::TaskId,
        Column::Outcome,
    ];
    let select = Entity::find().select_only().columns(columns);
    let select = select.filter(of(imports)).filter(Column::Id.between(first, last));
    db.query_all(&select.into_query()).await
}

fn of(imports: &[Uuid]) -> Expr {
    match imports {
        [import] => Column::ImportId.eq(*import),
        _ => Column::ImportId.is_in(imports.iter().copied()),
    }
}
