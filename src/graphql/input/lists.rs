//! Which notices, units, reports and imports.

use async_graphql::{ID, InputObject};

use super::reference::{self, DateRange};
use crate::graphql::context::Asking;
use crate::graphql::error::Result;
use crate::graphql::object::enums::{ImportState, NoticeState, UnitKind};
use crate::store;

/// Which notices (bộ lọc).
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct NoticeFilter {
    /// In this state (trạng thái).
    state: Option<NoticeState>,
    /// Of this quarter: 2020-Q1 (quý).
    quarter: Option<String>,
}

impl From<NoticeFilter> for store::notice::Filter {
    fn from(filter: NoticeFilter) -> store::notice::Filter {
        let NoticeFilter { state, quarter } = filter;
        store::notice::Filter { state: state.map(Into::into), quarter }
    }
}

/// Which units (bộ lọc).
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct UnitFilter {
    /// Of these kinds (loại đơn vị).
    kinds: Option<Vec<UnitKind>>,
    /// Whether they report progress (có báo cáo).
    reports: Option<bool>,
    /// With these codes (mã đơn vị).
    codes: Option<Vec<String>>,
    /// Words of name, abbreviation or code, without regard to case and diacritics (từ khoá).
    text: Option<String>,
}

impl UnitFilter {
    /// What is asked of the store.
    pub(crate) fn resolve(self) -> Result<store::unit::Filter> {
        let UnitFilter { kinds, reports, codes, text } = self;
        Ok(store::unit::Filter {
            kinds: reference::values(kinds, "kinds")?,
            reports,
            codes: reference::values(codes, "codes")?,
            text: reference::text(text)?,
        })
    }
}

/// Which reports (bộ lọc).
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct ReportFilter {
    /// About these assignments, by id (nhiệm vụ được giao).
    assignments: Option<Vec<ID>>,
    /// About these tasks, by code (III.1-5) or id (nhiệm vụ).
    tasks: Option<Vec<String>>,
    /// By these units, by code (40, THH), abbreviation or id (đơn vị).
    units: Option<Vec<String>>,
    /// Come with these imports, by id (lần nạp).
    imports: Option<Vec<ID>>,
    /// Speaking of a day in this span (ngày báo cáo trong khoảng).
    reported_on: Option<DateRange>,
}

impl ReportFilter {
    /// What is asked of the store.
    pub(crate) async fn resolve(self, asking: &Asking) -> Result<store::report::Filter> {
        let ReportFilter { assignments, tasks, units, imports, reported_on } = self;
        let day = reported_on.unwrap_or_default();
        Ok(store::report::Filter {
            assignments: reference::ids(assignments, "assignments")?,
            tasks: reference::tasks(asking, tasks).await?,
            units: reference::units(asking, units).await?,
            imports: reference::ids(imports, "imports")?,
            from: day.from.map(Into::into),
            to: day.to.map(Into::into),
        })
    }
}

/// Which imports (bộ lọc).
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct ImportFilter {
    /// From these units, by code (40, THH), abbreviation or id (đơn vị).
    units: Option<Vec<String>>,
    /// In these states (trạng thái).
    states: Option<Vec<ImportState>>,
}

impl ImportFilter {
    /// What is asked of the store.
    pub(crate) async fn resolve(self, asking: &Asking) -> Result<store::import::Filter> {
        let ImportFilter { units, states } = self;
        Ok(store::import::Filter {
            units: reference::units(asking, units).await?,
            states: reference::values(states, "states")?,
        })
    }
}
