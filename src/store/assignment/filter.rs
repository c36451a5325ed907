//! Which assignments: conditions on what never changes, and on the state as of the day.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, QueryFilter, Select};
use uuid::Uuid;

use crate::domain::assignment::AssignmentRole;
use crate::domain::progress::Progress;
use crate::domain::standing::{Standing, State, standing};
use crate::domain::unit_kind::UnitKind;
use crate::entities::assignment::{Column, Entity, Model};
use crate::entities::{notice, task, unit};
use crate::store::as_of::AsOf;
use crate::store::{search, standing as sql};

/// What a list of assignments is asked for. An empty list of values asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of these notices.
    pub notices: Vec<Uuid>,
    /// Of these fields of work.
    pub fields: Vec<Uuid>,
    /// Of these tasks.
    pub tasks: Vec<Uuid>,
    /// Of these units.
    pub units: Vec<Uuid>,
    /// Of units of these kinds.
    pub unit_kinds: Vec<UnitKind>,
    /// With these roles.
    pub roles: Vec<AssignmentRole>,
    /// In these states of progress.
    pub progress: Vec<Progress>,
    /// Standing so on the day.
    pub standings: Vec<Standing>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Whether there is a due day.
    pub has_deadline: Option<bool>,
    /// Whether the unit has ever reported.
    pub reported: Option<bool>,
    /// Words of the task.
    pub text: Option<String>,
}

/// As of today (or a day to come): everything in SQL.
pub(super) fn now(select: Select<Entity>, filter: &Filter, as_of: AsOf) -> Select<Entity> {
    select.filter(lasting(filter, as_of)).filter(changing(filter, as_of.date()))
}

/// What never changes. A notice exists from the day of its meeting.
pub(super) fn lasting(filter: &Filter, as_of: AsOf) -> Condition {
    let Filter { notices, fields, tasks, units, unit_kinds, roles, text, .. } = filter;
    let mut all = Condition::all().add(notice::Column::MeetingOn.lte(as_of.date()));
    let ids = [
        (task::Column::NoticeId.into_expr_list(notices)),
        (task::Column::FieldId.into_expr_list(fields)),
        (Column::TaskId.into_expr_list(tasks)),
        (Column::UnitId.into_expr_list(units)),
    ];
    for condition in ids.into_iter().flatten() {
        all = all.add(condition);
    }
    if !unit_kinds.is_empty() {
        all = all.add(unit::Column::Kind.is_in(unit_kinds.iter().copied()));
    }
    if !roles.is_empty() {
        all = all.add(Column::Role.is_in(roles.iter().copied()));
    }
    if let Some(text) = text {
        all = all.add(search::contains(task::Column::SearchKey, text));
    }
    all
}

/// "Is one of these", where any are asked for.
trait OneOf {
    fn into_expr_list(self, ids: &[Uuid]) -> Option<sea_orm::sea_query::Expr>;
}

impl<C: ColumnTrait> OneOf for C {
    fn into_expr_list(self, ids: &[Uuid]) -> Option<sea_orm::sea_query::Expr> {
        (!ids.is_empty()).then(|| self.is_in(ids.iter().copied()))
    }
}

/// What the columns of state say.
fn changing(filter: &Filter, day: NaiveDate) -> Condition {
    let Filter { progress, standings, due_from, due_to, has_deadline, reported, .. } = filter;
    let mut all = Condition::all();
    if !progress.is_empty() {
        all = all.add(Column::Progress.is_in(progress.iter().copied()));
    }
    if !standings.is_empty() {
        all = all.add(sql::is_any(standings, day));
    }
    if let Some(from) = due_from {
        all = all.add(Column::DueOn.gte(*from));
    }
    if let Some(to) = due_to {
        all = all.add(Column::DueOn.lte(*to));
    }
    if let Some(has) = has_deadline {
        all = all.add(if *has { Column::DueOn.is_not_null() } else { Column::DueOn.is_null() });
    }
    if let Some(reported) = reported {
        let column = Column::LastReportId;
        all = all.add(if *reported { column.is_not_null() } else { column.is_null() });
    }
    all
}

/// The same as [`changing`], for a row whose state was folded from history.
pub(super) fn fits(filter: &Filter, row: &Model, day: NaiveDate) -> bool {
    let Filter { progress, standings, due_from, due_to, has_deadline, reported, .. } = filter;
    let state = State { progress: row.progress, due: row.due_on, completed_on: row.completed_on };
    (progress.is_empty() || progress.contains(&row.progress))
        && (standings.is_empty() || standings.contains(&standing(state, day)))
        && due_from.is_none_or(|from| row.due_on.is_some_and(|due| due >= from))
        && due_to.is_none_or(|to| row.due_on.is_some_and(|due| due <= to))
        && has_deadline.is_none_or(|has| row.due_on.is_some() == has)
        && reported.is_none_or(|reported| row.last_report_id.is_some() == reported)
}
