//! Reports, retractions, decisions and deadline changes: append-only, seen inside the scope.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use super::scope::inside;
use super::{group, load};
use crate::domain::access::Scope;
use crate::entities::report::{Column, Entity, Model, Relation};
use crate::entities::{assignment, deadline_change, decision, report_retraction};
use crate::error::Result;

/// What a list of reports is asked for. An empty list of values asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// About these assignments.
    pub assignments: Vec<Uuid>,
    /// About these tasks.
    pub tasks: Vec<Uuid>,
    /// By these units.
    pub units: Vec<Uuid>,
    /// Come with these imports.
    pub imports: Vec<Uuid>,
    /// Speaking of this day or later.
    pub from: Option<NaiveDate>,
    /// Speaking of this day or earlier.
    pub to: Option<NaiveDate>,
}

/// The reports inside the scope, retracted ones included: a list shows that they were taken back.
pub fn visible(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(inside(scope, Column::UnitId))
}

fn filtered(scope: &Scope, filter: &Filter) -> Select<Entity> {
    let Filter { assignments, tasks, units, imports, from, to } = filter;
    let mut select = visible(scope);
    let mut all = Condition::all();
    if !assignments.is_empty() {
        all = all.add(Column::AssignmentId.is_in(assignments.iter().copied()));
    }
    if !tasks.is_empty() {
        select = select.join(JoinType::InnerJoin, Relation::Assignment.def());
        all = all.add(assignment::Column::TaskId.is_in(tasks.iter().copied()));
    }
    if !units.is_empty() {
        all = all.add(Column::UnitId.is_in(units.iter().copied()));
    }
    if !imports.is_empty() {
        all = all.add(Column::ImportId.is_in(imports.iter().copied()));
    }
    if let Some(from) = from {
        all = all.add(Column::ReportedOn.gte(*from));
    }
    if let Some(to) = to {
        all = all.add(Column::ReportedOn.lte(*to));
    }
    select.filter(all)
}

/// By the day they speak of, then as they were recorded.
fn sort(direction: Direction) -> Sort {
    let term = |column: Column, kind| Term { expr: Expr::col((Entity, column)), kind, direction };
    let terms = vec![
        term(Column::ReportedOn, Kind::Date),
        term(Column::EventNo, Kind::Big),
        term(Column::Id, Kind::Id),
    ];
    Sort { name: "report", terms }
}

/// A page of reports by the day they speak of.
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

/// How many reports a filter finds.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<u64> {
    Ok(filtered(scope, filter).count(db).await?)
}

/// One report.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// These reports, by id.
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

/// The reports made of these rows of imports, by row.
///
/// # Errors
/// When the database does not answer.
pub async fn by_import_row_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    rows: &[Uuid],
) -> Result<HashMap<Uuid, Model>, DbErr> {
    let made = load::by_keys(db, &visible(scope), Column::ImportRowId, rows).await?;
    Ok(made.into_iter().filter_map(|report| Some((report.import_row_id?, report))).collect())
}

/// The newest reports about each assignment.
///
/// # Errors
/// When the database does not answer.
pub async fn by_assignment_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    assignments: &[Uuid],
    limit: u64,
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let sort = sort(Direction::Descending);
    group::first_of_each(db, visible(scope), Column::AssignmentId, assignments, (&sort, limit)).await
}

/// The retractions of these reports, oldest first: an odd number means taken back.
///
/// # Errors
/// When the database does not answer.
pub async fn retractions_by_report_ids(
    db: &impl ConnectionTrait,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<report_retraction::Model>>, DbErr> {
    let select = report_retraction::Entity::find().order_by_asc(report_retraction::Column::EventNo);
    let rows = load::by_keys(db, &select, report_retraction::Column::ReportId, reports).await?;
    Ok(load::grouped(rows, |row| row.report_id))
}

/// The decisions about these assignments, oldest first. The assignments must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn decisions_by_assignment_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    assignments: &[Uuid],
) -> Result<HashMap<Uuid, Vec<decision::Model>>, DbErr> {
    let select = decision::Entity::find()
        .join(JoinType::InnerJoin, decision::Relation::Assignment.def())
        .filter(inside(scope, assignment::Column::UnitId))
        .order_by_asc(decision::Column::DecidedOn)
        .order_by_asc(decision::Column::EventNo);
    let rows = load::by_keys(db, &select, decision::Column::AssignmentId, assignments).await?;
    Ok(load::grouped(rows, |row| row.assignment_id))
}

/// The deadline changes of these assignments, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn deadline_changes_by_assignment_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    assignments: &[Uuid],
) -> Result<HashMap<Uuid, Vec<deadline_change::Model>>, DbErr> {
    let select = deadline_change::Entity::find()
        .join(JoinType::InnerJoin, deadline_change::Relation::Assignment.def())
        .filter(inside(scope, assignment::Column::UnitId))
        .order_by_asc(deadline_change::Column::DecidedOn)
        .order_by_asc(deadline_change::Column::EventNo);
    let rows = load::by_keys(db, &select, deadline_change::Column::AssignmentId, assignments).await?;
    Ok(load::grouped(rows, |row| row.assignment_id))
}

/// Every report of an import, in the order of their events. The import must come from inside the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn of_import(db: &impl ConnectionTrait, import: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::ImportId.eq(import)).order_by_asc(Column::EventNo).all(db).await
}
