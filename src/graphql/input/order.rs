//! What lists can be ordered by.

use async_graphql::{Enum, InputObject};

use crate::store;

/// Which way a list runs (chiều sắp xếp).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::page::Direction")]
pub(crate) enum OrderDirection {
    /// Smallest, earliest first (tăng dần).
    #[default]
    Ascending,
    /// Largest, latest first (giảm dần).
    Descending,
}

/// What assignments can be ordered by (tiêu chí sắp xếp).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::assignment::Order")]
pub(crate) enum AssignmentOrderField {
    /// Newest notice first, then the place in the notice, then the unit (theo nhiệm vụ).
    #[default]
    Task,
    /// The unit's place in tables, then the task (theo đơn vị).
    Unit,
    /// Due day; those without one come last (theo hạn).
    Due,
    /// Day of the last report; those without one come last (theo ngày báo cáo).
    LastReported,
}

/// The order of assignments (sắp xếp).
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct AssignmentOrder {
    /// What to order by (tiêu chí).
    #[graphql(default)]
    pub(crate) field: AssignmentOrderField,
    /// Which way (chiều).
    #[graphql(default)]
    pub(crate) direction: OrderDirection,
}

/// What tasks can be ordered by (tiêu chí sắp xếp).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::task::Order")]
pub(crate) enum TaskOrderField {
    /// Newest notice first, then the place in the notice (theo thứ tự trong thông báo).
    #[default]
    Place,
    /// Due day; those without one come last (theo hạn).
    Due,
}

/// The order of tasks (sắp xếp).
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct TaskOrder {
    /// What to order by (tiêu chí).
    #[graphql(default)]
    pub(crate) field: TaskOrderField,
    /// Which way (chiều).
    #[graphql(default)]
    pub(crate) direction: OrderDirection,
}
