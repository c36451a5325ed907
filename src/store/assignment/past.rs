//! Assignments as they stood on a past day: history folded, in a constant number of statements.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, DbErr, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{Column, List, Model, Order, filter, joined};
use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::history;
use crate::entities::task;
use crate::store::history as stored;
use crate::store::page::{self, BEYOND, Key, Sort};

/// The rows of a list with the state of its day, and their keys; not sorted. Six statements.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    scope: &Scope,
    list: &List,
    sort: &Sort,
) -> Result<Vec<(Vec<Key>, Model)>, DbErr> {
    let day = list.as_of.date();
    let select = joined(scope).filter(filter::lasting(&list.filter, list.as_of));
    let ids = select.clone().select_only().column(Column::Id).into_query();
    let dues = dues(db, select.clone()).await?;
    let mut entries = stored::of_found(db, &ids).await?;
    let rows = page::keyed(db, select, sort).await?;
    let stood = rows.into_iter().map(|(mut keys, mut row)| {
        let entries = entries.remove(&row.id).unwrap_or_default();
        let due = dues.get(&row.id).copied().flatten();
        stored::put_state(&mut row, &history::state_as_of(due, &entries, day));
        put_key(&mut keys, &row, list.order);
        (keys, row)
    });
    // A unit that nobody asked has no assignment before its first report.
    let there = |row: &Model| row.role != AssignmentRole::Other || row.last_report_id.is_some();
    Ok(stood.filter(|(_, row)| there(row) && filter::fits(&list.filter, row, day)).collect())
}

/// The due day that the notice set, by assignment.
async fn dues(
    db: &impl ConnectionTrait,
    select: sea_orm::Select<super::Entity>,
) -> Result<HashMap<Uuid, Option<chrono::NaiveDate>>, DbErr> {
    let pairs: Vec<(Uuid, Option<chrono::NaiveDate>)> = select
        .select_only()
        .column(Column::Id)
        .expr_as(Expr::col((task::Entity, task::Column::DeadlineDue)), "due")
        .into_tuple()
        .all(db)
        .await?;
    Ok(pairs.into_iter().collect())
}

/// Where the order is by state, the key is that of the day as well.
fn put_key(keys: &mut [Key], row: &Model, order: Order) {
    let day = match order {
        Order::Task | Order::Unit => return,
        Order::Due => row.due_on,
        Order::LastReported => row.last_reported_on,
    };
    if let Some(first) = keys.first_mut() {
        *first = Key::Date(day.unwrap_or(BEYOND));
    }
}
