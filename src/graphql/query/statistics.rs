//! Statistics, as of a day.

use std::collections::BTreeMap;

use async_graphql::{Context, Object};
use uuid::Uuid;

use crate::domain;
use crate::domain::assignment::AssignmentRole;
use crate::domain::standing::standing;
use crate::domain::statistics::Counts;
use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::assignment::AssignmentFilter;
use crate::graphql::object::statistics::{Base, Statistics};
use crate::graphql::scalar::Date;
use crate::store;

/// See the head of this file.
#[derive(Default)]
pub(super) struct StatisticsQuery;

#[Object]
impl StatisticsQuery {
    /// How many assignments inside the caller's scope stand where, by unit, as of a day; lead assignments unless the
    /// filter names roles (thống kê).
    #[graphql(complexity = "AssignmentFilter::size(filter.as_ref()) + 1 + child_complexity")]
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As of this day; today when nothing is said (tính đến ngày)")] as_of: Option<Date>,
        #[graphql(desc = "What the percents are of (cơ sở tính tỷ lệ)", default_with = "Base::Due")]
        base: Base,
        #[graphql(desc = "Which assignments (bộ lọc)")] filter: Option<AssignmentFilter>,
    ) -> Result<Statistics> {
        let asking = reading(ctx)?;
        let as_of = asking.as_of(as_of.map(Into::into))?;
        let mut filter = filter.unwrap_or_default().resolve(asking).await?;
        if filter.roles.is_empty() {
            filter.roles = vec![AssignmentRole::Lead];
        }
        let (db, scope) = (asking.app.database.reader(), &asking.scope);
        let states = store::statistics::states(db, scope, &filter, as_of).await?;
        let mut by_unit: BTreeMap<Uuid, Counts> = BTreeMap::new();
        for (unit, state) in states {
            by_unit.entry(unit).or_default().count(standing(state, as_of.date()), 1);
        }
        let ids: Vec<Uuid> = by_unit.keys().copied().collect();
        let units = store::unit::by_ids(db, scope, &ids).await?;
        let mut rows: Vec<(Uuid, Counts)> = by_unit.into_iter().collect();
        rows.sort_by_key(|(id, _)| (units.get(id).map(|unit| unit.sort_order), *id));
        Ok(Statistics { as_of: as_of.date(), base: domain::statistics::Base::from(base), rows })
    }
}
