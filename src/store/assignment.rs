//! Assignments: lists by filter and order, as of today or of a past day; loaders; the state beside the history.

mod filter;
mod past;

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, Func, IntoColumnRef, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

pub use filter::Filter;

use super::as_of::AsOf;
use super::page::{self, BEYOND, Direction, Kind, Page, Slice, Sort, Term};
use super::scope::inside;
use super::{group, load, write};
use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::progress::Progress;
use crate::entities::assignment::{Column, Entity, Model, Relation};
use crate::entities::{notice, task, unit};
use crate::error::Result;

/// What a list can be ordered by. Rows that lack the key (no due day, never reported) stand as if their day lay beyond
/// all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// Newest notice first, then the place in the notice, then the unit.
    #[default]
    Task,
    /// The unit's place in tables, then the task.
    Unit,
    /// Due day.
    Due,
    /// Day of the last report.
    LastReported,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Which assignments.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// Which way.
    pub direction: Direction,
    /// As of which day.
    pub as_of: AsOf,
}

/// The assignments inside the scope.
pub fn visible(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(inside(scope, Column::UnitId))
}

/// A unit that nobody asked has no assignment before its first report, and none again when all its reports were taken
/// back: the row is only what they hang from, and no list or count shows it.
fn is_there() -> Condition {
    Condition::any().add(Column::Role.ne(AssignmentRole::Other)).add(Column::StateEvent.gt(0))
}

/// The assignments inside the scope, with what filters and orders need beside them.
fn joined(scope: &Scope) -> Select<Entity> {
    visible(scope)
        .filter(is_there())
        .join(JoinType::InnerJoin, Relation::Task.def())
        .join(JoinType::InnerJoin, Relation::Unit.def())
        .join(JoinType::InnerJoin, task::Relation::Notice.def())
}

/// What a filter finds today.
pub(super) fn found(scope: &Scope, filter: &Filter, as_of: AsOf) -> Select<Entity> {
    filter::now(joined(scope), filter, as_of)
}

/// A page of assignments as they stood (on a past day the columns of state hold that day's state).
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    list: &List,
    page: &Page,
) -> Result<Slice<Model>> {
    let sort = sort(list.order, list.direction);
    if list.as_of.is_past() {
        let rows = past::rows(db, scope, list, &sort).await?;
        return page::slice_of(rows, &sort, page);
    }
    page::slice(db, found(scope, &list.filter, list.as_of), &sort, page).await
}

/// Every assignment of a list. For workbooks; doors ask for pages.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope, list: &List) -> Result<Vec<Model>> {
    let sort = sort(list.order, list.direction);
    let rows = if list.as_of.is_past() {
        let mut rows = past::rows(db, scope, list, &sort).await?;
        rows.sort_by(|(one, _), (other, _)| sort.compare(one, other));
        rows
    } else {
        page::keyed(db, found(scope, &list.filter, list.as_of), &sort).await?
    };
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// How many assignments a filter finds.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter, as_of: AsOf) -> Result<u64> {
    if as_of.is_past() {
        let list =
            List { filter: filter.clone(), order: Order::Task, direction: Direction::Ascending, as_of };
        let rows = past::rows(db, scope, &list, &sort(Order::Task, Direction::Ascending)).await?;
        return Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    }
    Ok(found(scope, filter, as_of).count(db).await?)
}

/// One assignment.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// These assignments, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Model>, DbErr> {
    let rows = load::by_keys(db, &visible(scope), Column::Id, ids).await?;
    Ok(load::indexed(rows, |row| row.id))
}

/// Every assignment of one unit.
///
/// # Errors
/// When the database does not answer.
pub async fn of_unit(db: &impl ConnectionTrait, scope: &Scope, unit: Uuid) -> Result<Vec<Model>, DbErr> {
    visible(scope).filter(Column::UnitId.eq(unit)).all(db).await
}

/// An assignment without the texts of its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    /// The assignment.
    pub id: Uuid,
    /// Its task.
    pub task_id: Uuid,
    /// What the unit has to do with it.
    pub role: AssignmentRole,
    /// Highest event number that had a part in its state.
    pub state_event: i64,
    /// Progress.
    pub progress: Progress,
    /// Day of the last report.
    pub last_reported_on: Option<NaiveDate>,
}

/// Every assignment of one unit without the texts of its state, which weigh where they are many.
///
/// # Errors
/// When the database does not answer.
pub async fn held_by_unit(db: &impl ConnectionTrait, scope: &Scope, unit: Uuid) -> Result<Vec<Held>, DbErr> {
    let columns = [
        Column::Id,
        Column::TaskId,
        Column::Role,
        Column::StateEvent,
        Column::Progress,
        Column::LastReportedOn,
    ];
    let select = visible(scope).select_only().columns(columns).filter(Column::UnitId.eq(unit));
    select.into_model::<Held>().all(db).await
}

/// One assignment as it stood.
///
/// # Errors
/// When the database does not answer.
pub async fn find_as_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: Uuid,
    as_of: AsOf,
) -> Result<Option<Model>> {
    let found = find(db, scope, id).await?;
    let Some(row) = found.as_ref().filter(|_| as_of.is_past()) else { return Ok(found) };
    let filter = Filter { tasks: vec![row.task_id], units: vec![row.unit_id], ..Filter::default() };
    let list = List { filter, order: Order::Task, direction: Direction::Ascending, as_of };
    Ok(all(db, scope, &list).await?.into_iter().next())
}

/// The first assignments of each task with one of these roles (any, when none is named), in the order of units.
///
/// # Errors
/// When the database does not answer.
pub async fn by_task_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[Uuid],
    (roles, as_of, limit): (&[AssignmentRole], AsOf, u64),
) -> Result<HashMap<Uuid, Vec<Model>>> {
    let filter = Filter { roles: roles.to_vec(), ..Filter::default() };
    if as_of.is_past() {
        let filter = Filter { tasks: tasks.to_vec(), ..filter };
        let list = List { filter, order: Order::Unit, direction: Direction::Ascending, as_of };
        return Ok(firsts(all(db, scope, &list).await?, limit, |row| row.task_id));
    }
    let sort = sort(Order::Unit, Direction::Ascending);
    let select = found(scope, &filter, as_of);
    Ok(group::first_of_each(db, select, Column::TaskId, tasks, (&sort, limit)).await?)
}

/// The first assignments of each unit with one of these roles (any, when none is named), in the order of tasks.
///
/// # Errors
/// When the database does not answer.
pub async fn by_unit_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    units: &[Uuid],
    (roles, as_of, limit): (&[AssignmentRole], AsOf, u64),
) -> Result<HashMap<Uuid, Vec<Model>>> {
    let filter = Filter { roles: roles.to_vec(), ..Filter::default() };
    if as_of.is_past() {
        let filter = Filter { units: units.to_vec(), ..filter };
        let list = List { filter, order: Order::Task, direction: Direction::Ascending, as_of };
        return Ok(firsts(all(db, scope, &list).await?, limit, |row| row.unit_id));
    }
    let sort = sort(Order::Task, Direction::Ascending);
    let select = found(scope, &filter, as_of);
    Ok(group::first_of_each(db, select, Column::UnitId, units, (&sort, limit)).await?)
}

/// The first rows of each group, of rows that are sorted already.
fn firsts(rows: Vec<Model>, limit: u64, parent: impl Fn(&Model) -> Uuid) -> HashMap<Uuid, Vec<Model>> {
    let mut groups = load::grouped(rows, parent);
    for rows in groups.values_mut() {
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    groups
}

/// Every assignment of each task (a handful, or one a department). For loaders that count or colour.
///
/// # Errors
/// When the database does not answer.
pub async fn all_by_task_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let rows = load::by_keys(db, &visible(scope), Column::TaskId, tasks).await?;
    Ok(load::grouped(rows, |row| row.task_id))
}

/// The assignments after this id, in the order of their ids. For going through all of them; not for callers.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &impl ConnectionTrait, id: Uuid, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Writes the columns of state of these assignments (and inserts those that are not there yet).
///
/// # Errors
/// When a constraint refuses a state.
pub async fn put_states(
    db: &impl ConnectionTrait,
    assignments: impl write::Rows<Model>,
) -> Result<(), DbErr> {
    write::insert_or_update::<Model>(db, assignments, other_state()).await
}

/// The statement of [`put_states`] for as many assignments as one statement may carry.
///
/// # Errors
/// When a row has a value that cannot travel.
pub fn state_statement(
    backend: DbBackend,
    assignments: impl Iterator<Item = Model>,
) -> Result<write::Batch, DbErr> {
    write::statement(backend, assignments, Some(&other_state()))
}

/// What is there takes the columns of state.
fn other_state() -> OnConflict {
    let state = [
        Column::Progress,
        Column::Percent,
        Column::CompletedOn,
        Column::DueOn,
        Column::Result,
        Column::Difficulties,
        Column::Proposals,
        Column::Note,
        Column::LastReportId,
        Column::LastReportedOn,
        Column::StateEvent,
    ];
    OnConflict::column(Column::Id).update_columns(state).to_owned()
}

/// Gives an assignment another role (a task handed over to a unit that had another part in it).
///
/// # Errors
/// When the database refuses.
pub async fn put_role(
    db: &impl ConnectionTrait,
    id: Uuid,
    role: crate::domain::assignment::AssignmentRole,
) -> Result<(), DbErr> {
    let change = Entity::update_many().col_expr(Column::Role, Expr::value(role));
    change.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// A new assignment of a task (id and due day): not started, due as the notice says.
pub fn untouched(
    (task_id, due_on): (Uuid, Option<NaiveDate>),
    unit: Uuid,
    role: crate::domain::assignment::AssignmentRole,
) -> Model {
    Model {
        id: write::new_id(),
        task_id,
        unit_id: unit,
        role,
        progress: Progress::NotStarted,
        percent: None,
        completed_on: None,
        due_on,
        result: None,
        difficulties: None,
        proposals: None,
        note: None,
        last_report_id: None,
        last_reported_on: None,
        state_event: 0,
    }
}

/// The terms of an order.
fn sort(order: Order, direction: Direction) -> Sort {
    let plain = |column: Expr, kind: Kind, direction: Direction| Term { expr: column, kind, direction };
    let task = |direction: Direction| {
        [
            plain(col((notice::Entity, notice::Column::MeetingOn)), Kind::Date, direction.reversed()),
            plain(col((notice::Entity, notice::Column::Id)), Kind::Id, direction),
            plain(col((task::Entity, task::Column::SortOrder)), Kind::Int, direction),
        ]
    };
    let unit = || plain(col((unit::Entity, unit::Column::SortOrder)), Kind::Int, direction);
    let id = plain(col((Entity, Column::Id)), Kind::Id, direction);
    let (name, mut terms) = match order {
        Order::Task => ("task", [task(direction).as_slice(), &[unit()]].concat()),
        Order::Unit => ("unit", [&[unit()], task(Direction::Ascending).as_slice()].concat()),
        Order::Due => ("due", vec![plain(or_last(Column::DueOn), Kind::Date, direction)]),
        Order::LastReported => {
            ("last_reported", vec![plain(or_last(Column::LastReportedOn), Kind::Date, direction)])
        }
    };
    terms.push(id);
    Sort { name, terms }
}

fn or_last(column: Column) -> Expr {
    Expr::from(Func::coalesce([col((Entity, column)), Expr::value(BEYOND)]))
}

fn col(column: impl IntoColumnRef) -> Expr {
    Expr::col(column)
}
