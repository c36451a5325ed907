//! What is known of the pasts of assignments without reading them: from the state kept beside the history, and from what
//! the office did, which is little beside what units report.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
    Select, TryGetable,
};
use uuid::Uuid;

use super::assignment::Held;
use crate::domain::history::past::Outline;
use crate::entities::{assignment, deadline_change, decision, report, report_retraction};

/// The outlines of a unit's assignments, which must be the unit's; of retractions they tell those after event `since`.
/// Three statements.
///
/// # Errors
/// When the database does not answer.
pub async fn of_held(
    db: &impl ConnectionTrait,
    held: impl Iterator<Item = &Held>,
    (unit, since): (Uuid, i64),
) -> Result<HashMap<Uuid, Outline>, DbErr> {
    let decisions: HashMap<Uuid, NaiveDate> = by_assignment(db, decisions(), unit).await?;
    let changes: HashMap<Uuid, NaiveDate> = by_assignment(db, deadline_changes(), unit).await?;
    let retractions: HashMap<Uuid, i64> = by_assignment(db, retractions(since), unit).await?;
    let outline = |held: &Held| Outline {
        event: held.state_event,
        progress: held.progress,
        reported_on: held.last_reported_on,
        decided_on: decisions.get(&held.id).max(changes.get(&held.id)).copied(),
        is_decided: decisions.contains_key(&held.id),
        retraction: retractions.get(&held.id).copied().unwrap_or(0),
    };
    Ok(held.map(|held| (held.id, outline(held))).collect())
}

fn decisions() -> Select<decision::Entity> {
    decision::Entity::find()
        .join(JoinType::InnerJoin, decision::Relation::Assignment.def())
        .select_only()
        .column(decision::Column::AssignmentId)
        .column_as(decision::Column::DecidedOn.max(), "last")
        .group_by(decision::Column::AssignmentId)
}

fn deadline_changes() -> Select<deadline_change::Entity> {
    deadline_change::Entity::find()
        .join(JoinType::InnerJoin, deadline_change::Relation::Assignment.def())
        .select_only()
        .column(deadline_change::Column::AssignmentId)
        .column_as(deadline_change::Column::DecidedOn.max(), "last")
        .group_by(deadline_change::Column::AssignmentId)
}

fn retractions(since: i64) -> Select<report_retraction::Entity> {
    report_retraction::Entity::find()
        .join(JoinType::InnerJoin, report_retraction::Relation::Report.def())
        .join(JoinType::InnerJoin, report::Relation::Assignment.def())
        .filter(report_retraction::Column::EventNo.gt(since))
        .select_only()
        .column(report::Column::AssignmentId)
        .column_as(report_retraction::Column::EventNo.max(), "last")
        .group_by(report::Column::AssignmentId)
}

async fn by_assignment<E: EntityTrait, T: TryGetable>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    unit: Uuid,
) -> Result<HashMap<Uuid, T>, DbErr> {
    let of_unit = select.filter(assignment::Column::UnitId.eq(unit));
    Ok(of_unit.into_tuple().all(db).await?.into_iter().collect())
}
