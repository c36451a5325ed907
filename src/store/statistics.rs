//! What statistics are counted from: the unit and the state of each assignment. Counting itself is `domain`'s.

use sea_orm::{ConnectionTrait, QuerySelect};
use uuid::Uuid;

use super::as_of::AsOf;
use super::assignment::{self, Filter, List, Order};
use super::page::Direction;
use crate::domain::access::Scope;
use crate::domain::standing::State;
use crate::entities::assignment::Column;
use crate::error::Result;

/// The unit and the state of every assignment that the filter finds, as of the day. One statement for today, six for
/// a past day.
///
/// # Errors
/// When the database does not answer.
pub async fn states(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    as_of: AsOf,
) -> Result<Vec<(Uuid, State)>> {
    if as_of.is_past() {
        let list =
            List { filter: filter.clone(), order: Order::Unit, direction: Direction::Ascending, as_of };
        let rows = assignment::all(db, scope, &list).await?;
        let state = |row: &crate::entities::assignment::Model| State {
            progress: row.progress,
            due: row.due_on,
            completed_on: row.completed_on,
        };
        return Ok(rows.iter().map(|row| (row.unit_id, state(row))).collect());
    }
    let rows: Vec<(
        Uuid,
        crate::domain::progress::Progress,
        Option<chrono::NaiveDate>,
        Option<chrono::NaiveDate>,
    )> = assignment::found(scope, filter, as_of)
        .select_only()
        .columns([Column::UnitId, Column::Progress, Column::DueOn, Column::CompletedOn])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(unit, progress, due, completed_on)| (unit, State { progress, due, completed_on }))
        .collect())
}
