//! The pasts of the assignments that a file speaks of, read only as far as planning asks about them.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::States;
use crate::domain::access::Scope;
use crate::domain::history::past::{Asked, Past};
use crate::store;
use crate::store::assignment::Held;

/// The past of each of these assignments of a unit. Absent are those to which nothing has happened, as far as is asked.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn pasts(
    db: &impl ConnectionTrait,
    unit: Uuid,
    wanted: &[(Held, Asked)],
    ahead: &States,
) -> Result<HashMap<Uuid, Past>, DbErr> {
    let since = wanted.iter().filter_map(|(_, asked)| asked.since).min().unwrap_or(i64::MAX);
    let held = wanted.iter().map(|(held, _)| held);
    let outlines = store::outline::of_held(db, held, (unit, since)).await?;
    let is_settled = |(held, asked): &&(Held, Asked)| {
        outlines.get(&held.id).is_some_and(|outline| outline.is_settled(*asked))
    };
    let (settled, moving): (Vec<_>, Vec<_>) = wanted.iter().partition(is_settled);
    let moving: Vec<Uuid> = moving.iter().map(|(held, _)| held.id).collect();
    let whole = store::history::of_ids(db, &moving).await?;
    let mut pasts: HashMap<Uuid, Past> =
        whole.into_iter().map(|(id, entries)| (id, Past::Whole(entries))).collect();
    let touched = settled.iter().filter(|(held, _)| held.state_event > 0).map(|(held, _)| held.id);
    let missing: Vec<Uuid> = touched.clone().filter(|id| !ahead.contains_key(id)).collect();
    let missing = store::history::kept_states(db, &Scope::Units([unit].into()), &missing).await?;
    let state = |id: Uuid| ahead.get(&id).or_else(|| missing.get(&id)).map(Arc::clone);
    pasts.extend(touched.filter_map(|id| Some((id, Past::Settled(state(id)?)))));
    Ok(pasts)
}
