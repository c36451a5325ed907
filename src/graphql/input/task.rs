//! Which tasks.

use async_graphql::{ID, InputObject};

use super::reference::{self, DateRange};
use crate::graphql::context::Asking;
use crate::graphql::error::Result;
use crate::store::task::Filter;

/// Which tasks; what is left out is not asked about, several values of one field mean any of them (bộ lọc).
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct TaskFilter {
    /// Of these notices, by id (thông báo).
    notices: Option<Vec<ID>>,
    /// Of these fields of work, by numeral (III) or id (lĩnh vực).
    fields: Option<Vec<String>>,
    /// With these codes (mã nhiệm vụ).
    codes: Option<Vec<String>>,
    /// Led by one of these units, by code (40, THH), abbreviation or id (đơn vị chủ trì).
    lead_units: Option<Vec<String>>,
    /// Whether they only head others (chỉ là đề mục).
    is_heading: Option<bool>,
    /// Due by the notice in this span (thời hạn trong khoảng).
    due: Option<DateRange>,
    /// Whether the notice sets a due day (có thời hạn).
    has_deadline: Option<bool>,
    /// Words of the task, without regard to case and diacritics (từ khoá).
    text: Option<String>,
}

impl TaskFilter {
    /// How many values it holds; each costs like a field.
    pub(crate) fn size(filter: Option<&TaskFilter>) -> usize {
        let Some(filter) = filter else { return 0 };
        let TaskFilter { notices, fields, codes, lead_units, .. } = filter;
        let names = [fields, codes, lead_units].into_iter().flatten().map(Vec::len).sum::<usize>();
        names + notices.as_ref().map_or(0, Vec::len)
    }

    /// What is asked of the store.
    pub(crate) async fn resolve(self, asking: &Asking) -> Result<Filter> {
        let TaskFilter { notices, fields, codes, lead_units, is_heading, due, has_deadline, text } = self;
        let due = due.unwrap_or_default();
        Ok(Filter {
            notices: reference::ids(notices, "notices")?,
            fields: reference::fields(asking, fields).await?,
            codes: reference::values(codes, "codes")?,
            lead_units: reference::units(asking, lead_units).await?,
            is_heading,
            due_from: due.from.map(Into::into),
            due_to: due.to.map(Into::into),
            has_deadline,
            text: reference::text(text)?,
        })
    }
}
