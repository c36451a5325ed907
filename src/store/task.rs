//! Tasks of notices. Every role may see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::page::{self, Direction, Kind, Page, Slice, Sort, Term};
use super::{group, load, search};
use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::entities::task::{Column, Entity, Model, Relation};
use crate::entities::{assignment, notice, task_resemblance};
use crate::error::Result;

/// What a list of tasks is asked for. An empty list of values asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of these notices.
    pub notices: Vec<Uuid>,
    /// Of these fields of work.
    pub fields: Vec<Uuid>,
    /// With these codes.
    pub codes: Vec<String>,
    /// Led by one of these units.
    pub lead_units: Vec<Uuid>,
    /// Whether they only head others.
    pub is_heading: Option<bool>,
    /// Due, by the notice, on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due, by the notice, on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Whether the notice sets a due day.
    pub has_deadline: Option<bool>,
    /// Words of the code and the wording.
    pub text: Option<String>,
}

/// What a list of tasks can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// Newest notice first, then the place in the notice.
    #[default]
    Place,
    /// Due day of the notice; tasks without one as if it lay beyond all others.
    Due,
}

/// The tasks a caller may see: all, whatever the scope.
pub fn visible(_scope: &Scope) -> Select<Entity> {
    Entity::find()
}

fn filtered(scope: &Scope, filter: &Filter) -> Select<Entity> {
    let Filter { notices, fields, codes, lead_units, is_heading, due_from, due_to, has_deadline, text } =
        filter;
    let mut all = Condition::all();
    if !notices.is_empty() {
        all = all.add(Column::NoticeId.is_in(notices.iter().copied()));
    }
    if !fields.is_empty() {
        all = all.add(Column::FieldId.is_in(fields.iter().copied()));
    }
    if !codes.is_empty() {
        all = all.add(Column::Code.is_in(codes));
    }
    if !lead_units.is_empty() {
        all = all.add(Column::Id.in_subquery(led_by(lead_units)));
    }
    if let Some(is_heading) = is_heading {
        all = all.add(Column::IsHeading.eq(*is_heading));
    }
    if let Some(from) = due_from {
        all = all.add(Column::DeadlineDue.gte(*from));
    }
    if let Some(to) = due_to {
        all = all.add(Column::DeadlineDue.lte(*to));
    }
    if let Some(has) = has_deadline {
        let column = Column::DeadlineDue;
        all = all.add(if *has { column.is_not_null() } else { column.is_null() });
    }
    if let Some(text) = text {
        all = all.add(search::contains(Column::SearchKey, text));
    }
    visible(scope).join(JoinType::InnerJoin, Relation::Notice.def()).filter(all)
}

/// Tasks that these units lead; who leads what stands in the notice, which everyone may read.
fn led_by(units: &[Uuid]) -> sea_orm::sea_query::SelectStatement {
    sea_orm::sea_query::Query::select()
        .column(assignment::Column::TaskId)
        .from(assignment::Entity)
        .cond_where(
            Condition::all()
                .add(assignment::Column::Role.eq(AssignmentRole::Lead))
                .add(assignment::Column::UnitId.is_in(units.iter().copied())),
        )
        .to_owned()
}

fn sort(order: Order, direction: Direction) -> Sort {
    let id = Term { expr: Expr::col((Entity, Column::Id)), kind: Kind::Id, direction };
    let (name, mut terms) = match order {
        Order::Place => {
            let term = |expr, kind, direction| Term { expr, kind, direction };
            let meeting = Expr::col((notice::Entity, notice::Column::MeetingOn));
            let notice = Expr::col((notice::Entity, notice::Column::Id));
            let place = Expr::col((Entity, Column::SortOrder));
            let terms = vec![
                term(meeting, Kind::Date, direction.reversed()),
                term(notice, Kind::Id, direction),
                term(place, Kind::Int, direction),
            ];
            ("place", terms)
        }
        Order::Due => {
            let due = Func::coalesce([Expr::col((Entity, Column::DeadlineDue)), Expr::value(page::BEYOND)]);
            ("due", vec![Term { expr: Expr::from(due), kind: Kind::Date, direction }])
        }
    };
    terms.push(id);
    Sort { name, terms }
}

/// A page of tasks.
///
/// # Errors
/// `INVALID_INPUT` for a foreign cursor; otherwise when the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    (order, direction): (Order, Direction),
    page: &Page,
) -> Result<Slice<Model>> {
    page::slice(db, filtered(scope, filter), &sort(order, direction), page).await
}

/// How many tasks a filter finds.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<u64> {
    Ok(filtered(scope, filter).count(db).await?)
}

/// One task.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>, DbErr> {
    visible(scope).filter(Column::Id.eq(id)).one(db).await
}

/// These tasks, by id.
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

/// The tasks with these codes, of whatever notice; newest notice first.
///
/// # Errors
/// When the database does not answer.
pub async fn by_codes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    codes: &[String],
) -> Result<Vec<Model>, DbErr> {
    let filter = Filter { codes: codes.to_vec(), ..Filter::default() };
    let newest = notice::Column::MeetingOn;
    filtered(scope, &filter).order_by_desc(newest).order_by_asc(Column::SortOrder).all(db).await
}

/// Every task of these notices, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn of_notices(
    db: &impl ConnectionTrait,
    scope: &Scope,
    notices: &[Uuid],
) -> Result<Vec<Model>, DbErr> {
    let select = visible(scope).order_by_asc(Column::NoticeId).order_by_asc(Column::SortOrder);
    load::by_keys(db, &select, Column::NoticeId, notices).await
}

/// A task without the texts that only its own page shows.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Brief {
    /// Its row.
    pub id: Uuid,
    /// The notice.
    pub notice_id: Uuid,
    /// The heading above.
    pub parent_id: Option<Uuid>,
    /// Printed code.
    pub code: String,
    /// Wording.
    pub content: String,
    /// Whether it only heads others.
    pub is_heading: bool,
    /// The lead as printed.
    pub lead_raw: String,
    /// The deadline as printed.
    pub deadline_raw: Option<String>,
    /// Due day.
    pub deadline_due: Option<NaiveDate>,
}

/// Every task of these notices in brief, in their order: of many thousand tasks the texts weigh.
///
/// # Errors
/// When the database does not answer.
pub async fn briefs_of_notices(
    db: &impl ConnectionTrait,
    scope: &Scope,
    notices: &[Uuid],
) -> Result<Vec<Brief>, DbErr> {
    let columns = [
        Column::Id,
        Column::NoticeId,
        Column::ParentId,
        Column::Code,
        Column::Content,
        Column::IsHeading,
        Column::LeadRaw,
        Column::DeadlineRaw,
        Column::DeadlineDue,
    ];
    let select = visible(scope).order_by_asc(Column::NoticeId).order_by_asc(Column::SortOrder);
    let select =
        select.select_only().columns(columns).filter(Column::NoticeId.is_in(notices.iter().copied()));
    select.into_model::<Brief>().all(db).await
}

/// The first tasks of each notice, in its order.
///
/// # Errors
/// When the database does not answer.
pub async fn by_notice_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    notices: &[Uuid],
    limit: u64,
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let select = filtered(scope, &Filter::default());
    let sort = sort(Order::Place, Direction::Ascending);
    group::first_of_each(db, select, Column::NoticeId, notices, (&sort, limit)).await
}

/// The first tasks of each field of work, in the order of the notice.
///
/// # Errors
/// When the database does not answer.
pub async fn by_field_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    fields: &[Uuid],
    limit: u64,
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let select = filtered(scope, &Filter::default());
    let sort = sort(Order::Place, Direction::Ascending);
    group::first_of_each(db, select, Column::FieldId, fields, (&sort, limit)).await
}

/// The parts of these tasks, in the order of the notice.
///
/// # Errors
/// When the database does not answer.
pub async fn by_parent_ids(
    db: &impl ConnectionTrait,
    scope: &Scope,
    parents: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let select = visible(scope).order_by_asc(Column::SortOrder);
    let mut groups: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for row in load::by_keys(db, &select, Column::ParentId, parents).await? {
        if let Some(parent) = row.parent_id {
            groups.entry(parent).or_default().push(row);
        }
    }
    Ok(groups)
}

/// The tasks that these resemble, in the order in which the notice names them.
///
/// # Errors
/// When the database does not answer.
pub async fn resembling(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, DbErr> {
    let links = task_resemblance::Entity::find();
    let links = load::by_keys(db, &links, task_resemblance::Column::TaskId, tasks).await?;
    let ids: Vec<Uuid> = links.iter().map(|link| link.other_id).collect();
    let found = by_ids(db, scope, &ids).await?;
    let mut groups: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for link in links {
        if let Some(other) = found.get(&link.other_id) {
            groups.entry(link.task_id).or_default().push(other.clone());
        }
    }
    for others in groups.values_mut() {
        others.sort_by_key(|other| other.sort_order);
    }
    Ok(groups)
}
