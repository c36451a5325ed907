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
    let (decisions, changes, retractions) = tokio::try_join!(
        by_assignment::<_, NaiveDate>(db, decisions(), unit),
        by_assignment::<_, NaiveDate>(db, deadline_changes(), unit),
        by_assignment::<_, i64>(db, retractions(since), unit),
    )?;
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
    use decision::{Column, Entity, Relation};
    let joined = Entity::find().join(JoinType::InnerJoin, Relation::Assignment.def());
    last(joined, Column::AssignmentId, Column::DecidedOn)
}

fn deadline_changes() -> Select<deadline_change::Entity> {
    use deadline_change::{Column, Entity, Relation};
    let joined = Entity::find().join(JoinType::InnerJoin, Relation::Assignment.def());
    last(joined, Column::AssignmentId, Column::DecidedOn)
}

fn retractions(since: i64) -> Select<report_retraction::Entity> {
    use report_retraction::{Column, Entity, Relation};
    let joined = Entity::find()
        .join(JoinType::InnerJoin, Relation::Report.def())
        .join(JoinType::InnerJoin, report::Relation::Assignment.def());
    last(joined.filter(Column::EventNo.gt(since)), report::Column::AssignmentId, Column::EventNo)
}

/// The highest of a column for each assignment.
fn last<E: EntityTrait>(select: Select<E>, assignment: impl ColumnTrait, of: impl ColumnTrait) -> Select<E> {
    select.select_only().column(assignment).column_as(of.max(), "last").group_by(assignment)
}

async fn by_assignment<E: EntityTrait, T: TryGetable>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    unit: Uuid,
) -> Result<HashMap<Uuid, T>, DbErr> {
    let of_unit = select.filter(assignment::Column::UnitId.eq(unit));
    Ok(of_unit.into_tuple().all(db).await?.into_iter().collect())
}
