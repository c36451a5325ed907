//! The history of assignments, ready to be folded by `domain::history`. The number of statements does not depend on
//! the number of assignments.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use futures_util::{StreamExt, TryStreamExt};
use sea_orm::sea_query::{ColumnType, Expr, ExprTrait, Query, SelectStatement, Value};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoSimpleExpr,
    QueryFilter, QueryResult, QuerySelect, QueryTrait, SelectModel, Selector,
};
use uuid::Uuid;

use super::dialect::{MAX_VALUES, among};
use crate::domain::access::Scope;
use crate::domain::history::past::plain_claim;
use crate::domain::history::{AssignmentState, Entry, Part, Stated, What};
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;
use crate::entities::{assignment, deadline_change, decision, report, report_retraction};

/// The entries of these assignments; those without history are absent.
///
/// # Errors
/// When the database does not answer.
pub async fn of_ids(
    db: &impl ConnectionTrait,
    assignments: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Entry>>, DbErr> {
    let mut all = HashMap::new();
    for ids in assignments.chunks(MAX_VALUES) {
        let backend = db.get_database_backend();
        let keys = || ids.iter().map(|id| Value::from(*id));
        all.extend(load(db, |column: Expr| among(backend, (column, &ColumnType::Uuid), keys())).await?);
    }
    Ok(all)
}

/// The entries of the assignments that a condition on `assignment`, `task`, `notice` and `unit` finds.
pub(crate) async fn of_found(
    db: &impl ConnectionTrait,
    ids: &SelectStatement,
) -> Result<HashMap<Uuid, Vec<Entry>>, DbErr> {
    load(db, |column: Expr| Ok(column.in_subquery(ids.clone()))).await
}

/// Four statements: reports, their retractions, decisions, deadline changes.
async fn load(
    db: &impl ConnectionTrait,
    among: impl Fn(Expr) -> Result<Expr, DbErr>,
) -> Result<HashMap<Uuid, Vec<Entry>>, DbErr> {
    let reports = among(report::Column::AssignmentId.into_simple_expr())?;
    let retracted = Query::select()
        .column(report::Column::Id)
        .from(report::Entity)
        .cond_where(Condition::all().add(reports.clone()))
        .to_owned();
    let retractions = report_retraction::Entity::find()
        .filter(report_retraction::Column::ReportId.in_subquery(retracted))
        .all(db)
        .await?;
    let mut retractions_of: HashMap<Uuid, Vec<i64>> = HashMap::new();
    for retraction in retractions {
        retractions_of.entry(retraction.report_id).or_default().push(retraction.event_no);
    }
    let mut entries: HashMap<Uuid, Vec<Entry>> = HashMap::new();
    for report in Told::those(&Condition::all().add(reports)).all(db).await? {
        let retractions = retractions_of.remove(&report.id).unwrap_or_default();
        let Told { id, assignment_id, reported_on: day, event_no: number, .. } = report;
        let what = What::Report { id, stated: report.stated()?, retractions };
        entries.entry(assignment_id).or_default().push(Entry { day, number, what });
    }
    let decisions = among(decision::Column::AssignmentId.into_simple_expr())?;
    for decision in decision::Entity::find().filter(decisions).all(db).await? {
        entries.entry(decision.assignment_id).or_default().push(Entry {
            day: decision.decided_on,
            number: decision.event_no,
            what: What::Decision(decision.kind),
        });
    }
    let changes = among(deadline_change::Column::AssignmentId.into_simple_expr())?;
    for change in deadline_change::Entity::find().filter(changes).all(db).await? {
        entries.entry(change.assignment_id).or_default().push(Entry {
            day: change.decided_on,
            number: change.event_no,
            what: What::DeadlineChange(change.new_due),
        });
    }
    Ok(entries)
}

/// What a report states and when, without what is told of its origin: there are many.
#[derive(Debug, FromQueryResult)]
struct Told {
    id: Uuid,
    assignment_id: Uuid,
    reported_on: NaiveDate,
    event_no: i64,
    progress: Option<Progress>,
    percent: Option<Percent>,
    completed_on: Option<NaiveDate>,
    result: Option<String>,
    difficulties: Option<String>,
    proposals: Option<String>,
    note: Option<String>,
    cleared: String,
}

impl Told {
    fn those(found: &Condition) -> Selector<SelectModel<Told>> {
        use report::Column;
        let columns = [
            Column::Id,
            Column::AssignmentId,
            Column::ReportedOn,
            Column::EventNo,
            Column::Progress,
            Column::Percent,
            Column::CompletedOn,
            Column::Result,
            Column::Difficulties,
            Column::Proposals,
            Column::Note,
            Column::Cleared,
        ];
        report::Entity::find().select_only().columns(columns).filter(found.clone()).into_model()
    }

    /// # Errors
    /// When its list of cleared parts names one that the rules do not know.
    fn stated(self) -> Result<Stated, DbErr> {
        let Told {
            id, progress, percent, completed_on, result, difficulties, proposals, note, cleared, ..
        } = self;
        let unknown = |name: &str| DbErr::Type(format!("report {id}: cleared “{name}” is not known"));
        let names = cleared.split(',').filter(|name| !name.is_empty());
        let cleared: Result<_, DbErr> =
            names.map(|name| Part::parse(name).ok_or_else(|| unknown(name))).collect();
        Ok(Stated {
            progress,
            percent,
            completed_on,
            result: result.map(Into::into),
            difficulties: difficulties.map(Into::into),
            proposals: proposals.map(Into::into),
            note: note.map(Into::into),
            cleared: cleared?,
        })
    }
}

/// The list of cleared parts as stored.
pub fn cleared_text(stated: &Stated) -> String {
    let names: Vec<&str> = stated.cleared.iter().map(|part| part.as_str()).collect();
    names.join(",")
}

/// The state of an assignment put into the columns that are kept beside its history.
pub fn put_state(assignment: &mut assignment::Model, state: &crate::domain::history::AssignmentState) {
    assignment.progress = state.progress;
    assignment.percent = state.percent;
    assignment.completed_on = state.completed_on;
    assignment.due_on = state.due_on;
    assignment.result = state.result.as_deref().map(str::to_owned);
    assignment.difficulties = state.difficulties.as_deref().map(str::to_owned);
    assignment.proposals = state.proposals.as_deref().map(str::to_owned);
    assignment.note = state.note.as_deref().map(str::to_owned);
    assignment.last_report_id = state.last_report.map(|(id, _)| id);
    assignment.last_reported_on = state.last_report.map(|(_, day)| day);
    assignment.state_event = state.event;
}

/// States that are asked for together: of ten thousand, some are made on other threads while the others come.
const STATES: usize = 2_500;

/// Questions asked at once, where `db` has as many connections.
const AT_ONCE: usize = 3;

/// The states kept beside the history of these assignments, as far as they are inside the scope; what the unit claimed as
/// far as progress tells it ([`plain_claim`]).
///
/// # Errors
/// When the database does not answer.
pub async fn kept_states(
    db: &impl ConnectionTrait,
    scope: &Scope,
    assignments: &[Uuid],
) -> Result<HashMap<Uuid, Arc<AssignmentState>>, DbErr> {
    let pages: Vec<_> = assignments.chunks(STATES).map(|ids| states_of(db, scope, ids)).collect();
    let mut pages = futures_util::stream::iter(pages).buffered(AT_ONCE);
    let mut states = HashMap::with_capacity(assignments.len());
    while let Some(page) = pages.try_next().await? {
        states.extend(page);
    }
    Ok(states)
}

async fn states_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Arc<AssignmentState>)>, DbErr> {
    let column = (assignment::Column::Id.into_simple_expr(), &ColumnType::Uuid);
    let among = among(db.get_database_backend(), column, ids.iter().map(|id| Value::from(*id)))?;
    let select = super::assignment::visible(scope).filter(among).into_query();
    let rows = db.query_all(&select).await?;
    let state = |row: &QueryResult| {
        let assignment = assignment::Model::from_query_result(row, "")?;
        Ok((assignment.id, Arc::new(kept_state(assignment))))
    };
    let making = tokio::task::spawn_blocking(move || rows.iter().map(state).collect());
    making.await.map_err(|error| DbErr::Custom(error.to_string()))?
}

fn kept_state(assignment: assignment::Model) -> AssignmentState {
    AssignmentState {
        progress: assignment.progress,
        claimed: plain_claim(assignment.progress),
        percent: assignment.percent,
        completed_on: assignment.completed_on,
        due_on: assignment.due_on,
        result: assignment.result.map(Into::into),
        difficulties: assignment.difficulties.map(Into::into),
        proposals: assignment.proposals.map(Into::into),
        note: assignment.note.map(Into::into),
        last_report: assignment.last_report_id.zip(assignment.last_reported_on),
        event: assignment.state_event,
    }
}
