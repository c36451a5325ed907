//! The history of assignments, ready to be folded by `domain::history`. The number of statements does not depend on
//! the number of assignments.

use std::collections::HashMap;

use sea_orm::sea_query::{ColumnType, Expr, ExprTrait, Query, SelectStatement, Value};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter};
use uuid::Uuid;

use super::dialect::{MAX_VALUES, among};
use crate::domain::history::{Entry, Part, Stated, What};
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
    for report in report::Entity::find().filter(reports).all(db).await? {
        let retractions = retractions_of.remove(&report.id).unwrap_or_default();
        entries.entry(report.assignment_id).or_default().push(Entry {
            day: report.reported_on,
            number: report.event_no,
            what: What::Report { id: report.id, stated: stated(&report)?, retractions },
        });
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

/// What a stored report states.
///
/// # Errors
/// When its list of cleared parts names one that the rules do not know.
pub fn stated(report: &report::Model) -> Result<Stated, DbErr> {
    let unknown = |name: &str| DbErr::Type(format!("report {}: cleared “{name}” is not known", report.id));
    let names = report.cleared.split(',').filter(|name| !name.is_empty());
    let cleared: Result<_, DbErr> =
        names.map(|name| Part::parse(name).ok_or_else(|| unknown(name))).collect();
    Ok(Stated {
        progress: report.progress,
        percent: report.percent,
        completed_on: report.completed_on,
        result: report.result.as_deref().map(Into::into),
        difficulties: report.difficulties.as_deref().map(Into::into),
        proposals: report.proposals.as_deref().map(Into::into),
        note: report.note.as_deref().map(Into::into),
        cleared: cleared?,
    })
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
