//! Which assignments.

use async_graphql::{ID, InputObject};

use super::reference::{self, DateRange};
use crate::graphql::context::Asking;
use crate::graphql::error::Result;
use crate::graphql::object::enums::{AssignmentRole, Progress, Standing, UnitKind};
use crate::store::assignment::Filter;

/// Which assignments; what is left out is not asked about, several values of one field mean any of them (bộ lọc).
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct AssignmentFilter {
    /// Of these notices, by id (thông báo).
    notices: Option<Vec<ID>>,
    /// Of these fields of work, by numeral (III) or id (lĩnh vực).
    fields: Option<Vec<String>>,
    /// Of these tasks, by code (III.1-5) or id (nhiệm vụ).
    tasks: Option<Vec<String>>,
    /// Of these units, by code (40, THH), abbreviation or id (đơn vị).
    units: Option<Vec<String>>,
    /// Of units of these kinds (loại đơn vị).
    unit_kinds: Option<Vec<UnitKind>>,
    /// With these roles; statistics count lead assignments when nothing is said (vai trò).
    roles: Option<Vec<AssignmentRole>>,
    /// In these states of progress (tình trạng).
    progress: Option<Vec<Progress>>,
    /// Standing so on the day asked for (phân loại).
    standing: Option<Vec<Standing>>,
    /// Due in this span (thời hạn trong khoảng).
    due: Option<DateRange>,
    /// Whether there is a due day (có thời hạn).
    has_deadline: Option<bool>,
    /// Whether the unit has ever reported (đã có báo cáo).
    reported: Option<bool>,
    /// Words of the task, without regard to case and diacritics (từ khoá).
    text: Option<String>,
}

impl AssignmentFilter {
    /// How many values it holds; each costs like a field.
    pub(crate) fn size(filter: Option<&AssignmentFilter>) -> usize {
        let Some(filter) = filter else { return 0 };
        let AssignmentFilter { notices, fields, tasks, units, .. } = filter;
        let names = [fields, tasks, units].into_iter().flatten().map(Vec::len).sum::<usize>();
        names + notices.as_ref().map_or(0, Vec::len)
    }

    /// What is asked of the store.
    pub(crate) async fn resolve(self, asking: &Asking) -> Result<Filter> {
        let AssignmentFilter { notices, fields, tasks, units, unit_kinds, roles, progress, .. } = self;
        let due = self.due.unwrap_or_default();
        Ok(Filter {
            notices: reference::ids(notices, "notices")?,
            fields: reference::fields(asking, fields).await?,
            tasks: reference::tasks(asking, tasks).await?,
            units: reference::units(asking, units).await?,
            unit_kinds: reference::values(unit_kinds, "unitKinds")?,
            roles: reference::values(roles, "roles")?,
            progress: reference::values(progress, "progress")?,
            standings: reference::values(self.standing, "standing")?,
            due_from: due.from.map(Into::into),
            due_to: due.to.map(Into::into),
            has_deadline: self.has_deadline,
            reported: self.reported,
            text: reference::text(self.text)?,
        })
    }
}
