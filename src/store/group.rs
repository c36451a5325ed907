//! The first rows of each of many parents, in one statement: children of a whole page without asking row by row.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, WindowStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Iterable, QueryFilter, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::page::{Direction, Sort};

/// For each parent, its first `limit` children in the order. Parents without children are absent.
///
/// # Errors
/// When the database does not answer.
pub async fn first_of_each<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    parent: E::Column,
    parents: &[Uuid],
    (sort, limit): (&Sort, u64),
) -> Result<HashMap<Uuid, Vec<E::Model>>, DbErr> {
    if parents.is_empty() {
        return Ok(HashMap::new());
    }
    let mut window = WindowStatement::partition_by((E::default(), parent));
    for term in &sort.terms {
        let order = match term.direction {
            Direction::Ascending => Order::Asc,
            Direction::Descending => Order::Desc,
        };
        window.order_by_expr(term.expr.clone(), order);
    }
    let mut inner = select.filter(parent.is_in(parents.iter().copied()));
    QueryTrait::query(&mut inner).expr_window_as(Expr::cust("ROW_NUMBER()"), window, "place_in_group");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut outer = Query::select();
    outer
        .columns(E::Column::iter())
        .expr_as(Expr::col(parent), "parent_of_group")
        .from_subquery(QueryTrait::into_query(inner), "numbered")
        .and_where(Expr::col("place_in_group").lte(limit))
        .order_by("place_in_group", Order::Asc);
    let mut groups: HashMap<Uuid, Vec<E::Model>> = HashMap::new();
    for row in db.query_all(&outer).await? {
        let parent: Uuid = row.try_get("", "parent_of_group")?;
        groups.entry(parent).or_default().push(E::Model::from_query_result(&row, "")?);
    }
    Ok(groups)
}
