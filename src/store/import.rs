//! Imports with their bytes, sheets, rows and findings, seen inside the scope.

mod kept;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select, TryInsertResult,
};
use uuid::Uuid;

pub use kept::{KeptRow, each_kept_row};

use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use super::scope::inside;
use super::{group, load, write};
use crate::domain::access::Scope;
use crate::domain::import::{ImportState, RowOutcome};
use crate::entities::import::{ActiveModel, Column, Entity, Model};
use crate::entities::{file, import_finding, import_row, import_sheet};
use crate::error::Result;

/// What a list of imports is asked for. An empty list of values asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// From these units.
    pub units: Vec<Uuid>,
    /// In these states.
    pub states: Vec<ImportState>,
}

/// The imports inside the scope.
pub fn visible(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(inside(scope, Column::UnitId))
}

fn filtered(scope: &Scope, filter: &Filter) -> Select<Entity> {
    let mut all = Condition::all();
    if !filter.units.is_empty() {
        all = all.add(Column::UnitId.is_in(filter.units.iter().copied()));
    }
    if !filter.states.is_empty() {
        all = all.add(Column::State.is_in(filter.states.iter().copied()));
    }
    visible(scope).filter(all)
}

/// As they were uploaded: ids sort by time.
fn sort(direction: Direction) -> Sort {
    let id = Term { expr: Expr::col((Entity, Column::Id)), kind: Kind::Id, direction };
    Sort { name: "import", terms: vec![id] }
}

/// A page of imports as they were uploaded.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    direction: Direction,
    page: &Page,
) -> Result<Slice<Model>> {
    page::slice(db, filtered(scope, filter), &sort(direction), page).await
}

/// How many imports a filter finds.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<u64> {
    Ok(filtered(scope, filter).count(db).await?)
}

/// One import.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// The import of the unit that was committed with this key.
///
/// # Errors
/// When the database does not answer.
pub async fn by_commit_key(db: &impl ConnectionTrait, unit: Uuid, key: &str) -> Result<Option<Model>, DbErr> {
    let of_unit = Entity::find().filter(Column::UnitId.eq(unit));
    of_unit.filter(Column::CommitKey.eq(key)).one(db).await
}

/// These imports, by id.
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

/// The newest imports of each unit.
///
/// # Errors
/// When the database does not answer.
pub async fn by_unit_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    units: &[Uuid],
    limit: u64,
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let sort = sort(Direction::Descending);
    group::first_of_each(db, visible(scope), Column::UnitId, units, (&sort, limit)).await
}

/// The sheets of these imports in the order of the workbook. The imports must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn sheets_by_import_ids(
    db: &impl ConnectionTrait,
    imports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<import_sheet::Model>>, DbErr> {
    let select = import_sheet::Entity::find().order_by_asc(import_sheet::Column::Position);
    let rows = load::by_keys(db, &select, import_sheet::Column::ImportId, imports).await?;
    Ok(load::grouped(rows, |row| row.import_id))
}

/// The names of the sheets of an import, by sheet. The import must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn sheet_names(db: &impl ConnectionTrait, import: Uuid) -> Result<HashMap<Uuid, Arc<str>>, DbErr> {
    let sheets = sheets_by_import_ids(db, &[import]).await?.remove(&import);
    Ok(sheets.unwrap_or_default().into_iter().map(|sheet| (sheet.id, sheet.name.into())).collect())
}

/// Every row of these imports in the order of the workbook. The imports must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn rows_by_import_ids(
    db: &impl ConnectionTrait,
    imports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<import_row::Model>>, DbErr> {
    let select = import_row::Entity::find()
        .join(JoinType::InnerJoin, import_row::Relation::ImportSheet.def())
        .filter(import_row::Column::ImportId.is_in(imports.iter().copied()))
        .order_by_asc(import_sheet::Column::Position)
        .order_by_asc(import_row::Column::Row);
    Ok(load::grouped(select.all(db).await?, |row| row.import_id))
}

/// The first rows of each import, in the order in which they were read.
///
/// # Errors
/// When the database does not answer.
pub async fn first_rows_by_import_ids(
    db: &impl ConnectionTrait,
    imports: &[Uuid],
    limit: u64,
) -> Result<HashMap<Uuid, Vec<import_row::Model>>, DbErr> {
    let id = Expr::col((import_row::Entity, import_row::Column::Id));
    let terms = vec![Term { expr: id, kind: Kind::Id, direction: Direction::Ascending }];
    let sort = Sort { name: "import_row", terms };
    let select = import_row::Entity::find();
    group::first_of_each(db, select, import_row::Column::ImportId, imports, (&sort, limit)).await
}

/// The findings of these imports, in the order in which they were made. The imports must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn findings_by_import_ids(
    db: &impl ConnectionTrait,
    imports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<import_finding::Model>>, DbErr> {
    let select = import_finding::Entity::find().order_by_asc(import_finding::Column::Id);
    let rows = load::by_keys(db, &select, import_finding::Column::ImportId, imports).await?;
    Ok(load::grouped(rows, |row| row.import_id))
}

/// The findings about the workbook of an import as a whole, in the order in which they were made: those about its rows,
/// which may be many, are kept with the rows too. The import must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn workbook_findings(
    db: &impl ConnectionTrait,
    import: Uuid,
) -> Result<Vec<import_finding::Model>, DbErr> {
    use import_finding::Column;
    let select = import_finding::Entity::find().filter(Column::ImportId.eq(import));
    select.filter(Column::Row.is_null()).order_by_asc(Column::Id).all(db).await
}

/// The bytes of an import, exactly as they came.
///
/// # Errors
/// When the database does not answer.
pub async fn bytes(db: &impl ConnectionTrait, import: &Model) -> Result<Option<Vec<u8>>, DbErr> {
    let file = file::Entity::find_by_id(import.file_sha256.clone()).one(db).await?;
    Ok(file.map(|file| file.bytes))
}

/// Keeps the bytes of a workbook; bytes that are kept already are not written again.
///
/// # Errors
/// When the database refuses.
pub async fn keep_bytes(db: &impl ConnectionTrait, sha256: String, bytes: Vec<u8>) -> Result<(), DbErr> {
    let size = i64::try_from(bytes.len()).map_err(|_| DbErr::Type("file size".to_owned()))?;
    let file = file::ActiveModel {
        sha256: sea_orm::ActiveValue::Set(sha256),
        size: sea_orm::ActiveValue::Set(size),
        bytes: sea_orm::ActiveValue::Set(bytes),
    };
    let insert = file::Entity::insert(file).on_conflict_do_nothing_on([file::Column::Sha256]);
    match insert.exec_without_returning(db).await? {
        TryInsertResult::Empty | TryInsertResult::Conflicted | TryInsertResult::Inserted(_) => Ok(()),
    }
}

/// Writes the fields that are set, if the import is still in the state it was found in; says whether it was.
///
/// # Errors
/// When the database refuses.
pub async fn advance(
    db: &impl ConnectionTrait,
    id: Uuid,
    found_in: ImportState,
    change: ActiveModel,
) -> Result<bool, DbErr> {
    let result = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(found_in))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Replaces what is kept of the reading of an import: sheets, rows and findings. Only before commit: a report that
/// points at a row keeps it from being replaced.
///
/// # Errors
/// When the database refuses.
pub async fn put_reading(
    db: &impl ConnectionTrait,
    import: Uuid,
    (sheets, rows, findings): (
        Vec<import_sheet::Model>,
        impl write::Rows<import_row::Model>,
        Vec<import_finding::Model>,
    ),
) -> Result<(), DbErr> {
    import_finding::Entity::delete_many()
        .filter(import_finding::Column::ImportId.eq(import))
        .exec(db)
        .await?;
    import_row::Entity::delete_many().filter(import_row::Column::ImportId.eq(import)).exec(db).await?;
    import_sheet::Entity::delete_many().filter(import_sheet::Column::ImportId.eq(import)).exec(db).await?;
    write::insert_all::<import_sheet::Model>(db, sheets).await?;
    write::insert_all::<import_row::Model>(db, rows).await?;
    write::insert_all::<import_finding::Model>(db, findings).await
}

/// Writes the outcome and the task of rows that are there.
///
/// # Errors
/// When the database refuses.
pub async fn put_outcomes(
    db: &impl ConnectionTrait,
    outcomes: &HashMap<Uuid, (RowOutcome, Option<Uuid>)>,
) -> Result<(), DbErr> {
    let ids: Vec<Uuid> = outcomes.keys().copied().collect();
    let mut rows = load::by_keys(db, &import_row::Entity::find(), import_row::Column::Id, &ids).await?;
    for row in &mut rows {
        if let Some(now) = outcomes.get(&row.id) {
            (row.outcome, row.task_id) = *now;
        }
    }
    let outcome = [import_row::Column::Outcome, import_row::Column::TaskId];
    let conflict = OnConflict::column(import_row::Column::Id).update_columns(outcome).to_owned();
    write::insert_or_update::<import_row::Model>(db, rows, conflict).await
}

/// The imports of a unit that are committed (and not undone) and speak of no later day, the first one first.
///
/// # Errors
/// When the database does not answer.
pub async fn committed(db: &impl ConnectionTrait, unit: Uuid, until: NaiveDate) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::State.eq(ImportState::Committed))
        .filter(Column::ReportedOn.lte(until))
        .order_by_asc(Column::EventNo)
        .all(db)
        .await
}

/// The last committed import of the unit with these bytes.
///
/// # Errors
/// When the database does not answer.
pub async fn committed_with_bytes(
    db: &impl ConnectionTrait,
    unit: Uuid,
    sha256: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::State.eq(ImportState::Committed))
        .filter(Column::FileSha256.eq(sha256))
        .order_by_desc(Column::EventNo)
        .one(db)
        .await
}

/// That an import has spoken of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The task.
    pub task: Uuid,
    /// The layout of the sheet; none for our own sheets.
    pub layout: Option<String>,
    /// Event number of the last import that spoke of it in such a sheet.
    pub event: i64,
}

/// Which of these imports last spoke of each task, layout by layout. Untouched rows of our own sheets say nothing: what
/// stands in them is what we wrote. The imports must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn last_told(db: &impl ConnectionTrait, imports: &[Uuid]) -> Result<Vec<Told>, DbErr> {
    use import_row::{Column as Row, Relation};
    let untouched =
        Condition::all().add(Row::Outcome.eq(RowOutcome::NoChange)).add(Column::BaseEvent.is_null());
    let told: Vec<(Uuid, Option<String>, i64)> = import_row::Entity::find()
        .select_only()
        .column(Row::TaskId)
        .column(import_sheet::Column::Layout)
        .column_as(Column::EventNo.max(), "event")
        .join(JoinType::InnerJoin, Relation::Import.def())
        .join(JoinType::InnerJoin, Relation::ImportSheet.def())
        .filter(Row::ImportId.is_in(imports.iter().copied()))
        .filter(Row::TaskId.is_not_null())
        .filter(Condition::any().add(Row::Outcome.eq(RowOutcome::Create)).add(untouched))
        .group_by(Row::TaskId)
        .group_by(import_sheet::Column::Layout)
        .into_tuple()
        .all(db)
        .await?;
    Ok(told.into_iter().map(|(task, layout, event)| Told { task, layout, event }).collect())
}

/// The committed imports of the unit with the same bytes or the same content, the first one first. Our own sheets must
/// be of the same export: the same words in a sheet of another state are another statement.
///
/// # Errors
/// When the database does not answer.
pub async fn committed_alike(db: &impl ConnectionTrait, import: &Model) -> Result<Vec<Model>, DbErr> {
    let of_same_export = match import.base_event {
        Some(number) => Column::BaseEvent.eq(number),
        None => Column::BaseEvent.is_null(),
    };
    let same_content = import
        .content_hash
        .as_ref()
        .map(|hash| Condition::all().add(Column::ContentHash.eq(hash)).add(of_same_export));
    let same = Condition::any().add(Column::FileSha256.eq(&import.file_sha256)).add_option(same_content);
    Entity::find()
        .filter(Column::UnitId.eq(import.unit_id))
        .filter(Column::State.eq(ImportState::Committed))
        .filter(Column::Id.ne(import.id))
        .filter(same)
        .order_by_asc(Column::EventNo)
        .all(db)
        .await
}

/// Writes a new import.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl ConnectionTrait, import: Model) -> Result<(), DbErr> {
    write::insert_all::<Model>(db, vec![import]).await
}
