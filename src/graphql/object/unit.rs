//! Units and provinces.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::assignment::Assignment;
use super::enums::{AssignmentRole, UnitKind};
use crate::entities::{province, unit};
use crate::graphql::connection::short;
use crate::graphql::context::asking;
use crate::graphql::error::Result;
use crate::graphql::limits;
use crate::graphql::loader::{AliasesOf, AssignmentsOf, Parent, ProvinceId, SuccessorsOf, rows_of};
use crate::graphql::scalar::Date;

/// A unit row.
pub(crate) struct Unit(pub(crate) Arc<unit::Model>);

/// A unit of the ministry or a provincial department (đơn vị).
#[Object]
impl Unit {
    /// Id (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Province code of 2020 for departments, abbreviation for units of the ministry: 40, THH (mã đơn vị).
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Full name (tên đơn vị).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Short name as offices write it (tên viết tắt).
    async fn abbreviation(&self) -> &str {
        &self.0.abbreviation
    }

    /// Kind (loại đơn vị).
    async fn kind(&self) -> UnitKind {
        self.0.kind.into()
    }

    /// Whether it reports progress; group words and partners do not (có báo cáo).
    async fn reports(&self) -> bool {
        self.0.reports
    }

    /// First day of its existence, where known (có từ ngày).
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// Last day of its existence, where known (đến ngày).
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// The province of a department (tỉnh, thành phố).
    async fn province(&self, ctx: &Context<'_>) -> Result<Option<Province>> {
        let Some(id) = self.0.province_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(ProvinceId(id)).await?.map(Province))
    }

    /// Other spellings of its name (tên gọi khác).
    async fn aliases(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let aliases = rows_of(ctx)?.load_one(AliasesOf(self.0.id)).await?.unwrap_or_default();
        Ok(aliases.iter().map(|row| row.alias.clone()).collect())
    }

    /// The units that took over from it (đơn vị kế thừa).
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<Unit>> {
        let units = rows_of(ctx)?.load_one(SuccessorsOf(self.0.id)).await?.unwrap_or_default();
        Ok(units.iter().cloned().map(Unit).collect())
    }

    /// Its first assignments in the order of the notices, inside the caller's scope; for pages and filters ask the root
    /// `assignments` (nhiệm vụ được giao).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only with this role (vai trò)")] role: Option<AssignmentRole>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
        #[graphql(desc = "As they stood on this day; today when nothing is said (tính đến ngày)")]
        as_of: Option<Date>,
    ) -> Result<Vec<Assignment>> {
        let as_of = asking(ctx)?.as_of(as_of.map(Into::into))?;
        let limit = short(first)?;
        let key = AssignmentsOf { parent: Parent::Unit(self.0.id), role: role.map(Into::into), limit, as_of };
        Assignment::all(ctx, key).await
    }
}

/// A province row.
pub(crate) struct Province(pub(crate) Arc<province::Model>);

/// A province or centrally run city; its code means it only together with a day (tỉnh, thành phố).
#[Object]
impl Province {
    /// Id (mã định danh).
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Code of the General Statistics Office (mã tỉnh).
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name (tên).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Province or city (cấp hành chính).
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Code in electronic document exchange (mã định danh điện tử).
    async fn egov_code(&self) -> Option<&str> {
        self.0.egov_code.as_deref()
    }

    /// First day, where known (có từ ngày).
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// Last day, where known (đến ngày).
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }
}
