//! Who asks.

use async_graphql::{Context, Object};

use super::enums::{Permission, Role};
use super::unit::Unit;
use crate::domain;
use crate::domain::access::Caller;
use crate::graphql::error::Result;
use crate::graphql::loader::{UnitId, rows_of};

/// The caller.
pub(crate) struct Viewer(pub(crate) Caller);

/// Who asks, and what they may do (người gọi).
#[Object]
impl Viewer {
    /// Login of the user or label of the token (tên).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Role (vai trò).
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// What the role allows; the scope decides on which units (các quyền).
    async fn permissions(&self) -> Vec<Permission> {
        let all = domain::access::Permission::ALL.into_iter();
        all.filter(|permission| self.0.may(*permission)).map(Into::into).collect()
    }

    /// Whether assignments, reports and imports of every unit may be seen (xem mọi đơn vị).
    async fn sees_all_units(&self) -> bool {
        self.0.scope() == domain::access::Scope::All
    }

    /// The units whose assignments, reports and imports may be seen, for a caller who does not see all (các đơn vị).
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn units(&self, ctx: &Context<'_>) -> Result<Vec<Unit>> {
        let found = rows_of(ctx)?.load_many(self.0.units.iter().copied().map(UnitId)).await?;
        let mut units: Vec<_> = found.into_values().collect();
        units.sort_by_key(|unit| (unit.sort_order, unit.id));
        Ok(units.into_iter().map(Unit).collect())
    }
}
