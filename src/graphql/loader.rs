//! Rows asked for one by one, fetched together: one statement for all the units of a page, whatever its length. Made
//! for one request, inside its caller's scope, so nothing outside it can ever be loaded.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use chrono::NaiveDate;
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use super::context::Asking;
use super::drive::Batch;
use super::error::{Failure, Result};
use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::entities::{
    assignment, deadline_change, decision, field, import, import_finding, import_row, import_sheet, notice,
    province, report, report_retraction, task, unit, unit_alias,
};
use crate::store;
use crate::store::as_of::AsOf;
use crate::store::connect::Database;
use crate::store::provenance::Trace;

/// The loaders of a request.
pub(crate) type RowLoader = DataLoader<Rows, HashMapCache>;

/// Where rows come from: the database, seen from inside a scope.
pub(crate) struct Rows {
    database: Database,
    scope: Scope,
}

/// The loaders of a request. Batches go into the lane of [`super::drive`], which sends them when the query waits; so
/// the loader's own delay is none.
pub(crate) fn rows(asking: &Asking, lane: UnboundedSender<Batch>) -> RowLoader {
    let rows = Rows { database: asking.app.database.clone(), scope: asking.scope.clone() };
    let send = move |batch: Batch| {
        // Nobody listens once the query has been answered or given up; nobody waits for the batch then either.
        let _ = lane.send(batch);
    };
    DataLoader::with_cache(rows, send, HashMapCache::default())
        .delay(Duration::ZERO)
        .max_batch_size(usize::MAX)
}

/// The loaders of this request.
///
/// # Errors
/// Never, as long as `run` hands them over.
pub(crate) fn rows_of<'a>(ctx: &Context<'a>) -> Result<&'a RowLoader> {
    Ok(ctx.data::<RowLoader>()?)
}

/// Rows by their id.
macro_rules! by_id {
    ($($(#[$doc:meta])+ $key:ident => $model:ty, $find:path;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) Uuid);

        impl Loader<$key> for Rows {
            type Value = Arc<$model>;
            type Error = Failure;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Arc<$model>>> {
                let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
                let rows = $find(self.database.reader(), &self.scope, &ids).await?;
                Ok(rows.into_iter().map(|(id, row)| ($key(id), Arc::new(row))).collect())
            }
        }
    )+};
}

by_id! {
    /// A notice.
    NoticeId => notice::Model, store::notice::by_ids;
    /// A field of work.
    FieldId => field::Model, store::field::by_ids;
    /// A unit.
    UnitId => unit::Model, store::unit::by_ids;
    /// A province.
    ProvinceId => province::Model, store::province::by_ids;
    /// A task.
    TaskId => task::Model, store::task::by_ids;
    /// An assignment, as of today.
    AssignmentId => assignment::Model, store::assignment::by_ids;
    /// A report.
    ReportId => report::Model, store::report::by_ids;
    /// The report made of a row of an import, by the row.
    ReportOfRow => report::Model, store::report::by_import_row_ids;
    /// An import.
    ImportId => import::Model, store::import::by_ids;
}

/// Every row that points at a parent.
macro_rules! of_parent {
    ($($(#[$doc:meta])+ $key:ident => $model:ty, $find:path;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) Uuid);

        impl Loader<$key> for Rows {
            type Value = Vec<Arc<$model>>;
            type Error = Failure;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<Arc<$model>>>> {
                let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
                let groups = $find(self.database.reader(), &self.scope, &ids).await?;
                Ok(groups.into_iter().map(|(id, rows)| ($key(id), shared(rows))).collect())
            }
        }
    )+};
}

of_parent! {
    /// The fields of a notice.
    FieldsOf => field::Model, store::field::by_notice_ids;
    /// The parts of a task.
    ChildrenOf => task::Model, store::task::by_parent_ids;
    /// The tasks that resemble a task.
    ResemblancesOf => task::Model, store::task::resembling;
    /// The successors of a unit.
    SuccessorsOf => unit::Model, store::unit::successors_of;
    /// The decisions about an assignment.
    DecisionsOf => decision::Model, store::report::decisions_by_assignment_ids;
    /// The deadline changes of an assignment.
    DeadlineChangesOf => deadline_change::Model, store::report::deadline_changes_by_assignment_ids;
}

/// Every row that belongs to a parent that was itself found inside the scope.
macro_rules! of_visible_parent {
    ($($(#[$doc:meta])+ $key:ident => $model:ty, $find:path;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) Uuid);

        impl Loader<$key> for Rows {
            type Value = Vec<Arc<$model>>;
            type Error = Failure;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<Arc<$model>>>> {
                let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
                let groups = $find(self.database.reader(), &ids).await?;
                Ok(groups.into_iter().map(|(id, rows)| ($key(id), shared(rows))).collect())
            }
        }
    )+};
}

of_visible_parent! {
    /// The retractions of a report, oldest first.
    RetractionsOf => report_retraction::Model, store::report::retractions_by_report_ids;
    /// The findings of an import.
    FindingsOf => import_finding::Model, store::import::findings_by_import_ids;
    /// The sheets of an import.
    SheetsOf => import_sheet::Model, store::import::sheets_by_import_ids;
    /// The other spellings of the name of a unit.
    AliasesOf => unit_alias::Model, store::unit::aliases_by_unit_ids;
}

/// The first rows of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RowsOf {
    /// The import.
    pub(crate) import: Uuid,
    /// How many.
    pub(crate) limit: u64,
}

impl Loader<RowsOf> for Rows {
    type Value = Vec<Arc<import_row::Model>>;
    type Error = Failure;

    async fn load(&self, keys: &[RowsOf]) -> Result<HashMap<RowsOf, Vec<Arc<import_row::Model>>>> {
        let mut found = HashMap::new();
        for (limit, ids) in alike(keys, |key| (key.limit, key.import)) {
            let groups = store::import::first_rows_by_import_ids(self.database.reader(), &ids, limit).await?;
            let keyed = groups.into_iter().map(|(import, rows)| (RowsOf { import, limit }, shared(rows)));
            found.extend(keyed);
        }
        Ok(found)
    }
}

/// The first tasks of a notice or of a field of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TasksOf {
    /// Of a notice.
    Notice {
        /// The notice.
        notice: Uuid,
        /// How many.
        limit: u64,
    },
    /// Of a field of work.
    Field {
        /// The field.
        field: Uuid,
        /// How many.
        limit: u64,
    },
}

impl Loader<TasksOf> for Rows {
    type Value = Vec<Arc<task::Model>>;
    type Error = Failure;

    async fn load(&self, keys: &[TasksOf]) -> Result<HashMap<TasksOf, Vec<Arc<task::Model>>>> {
        let (db, scope) = (self.database.reader(), &self.scope);
        let mut found = HashMap::new();
        let split = |key: &TasksOf| match *key {
            TasksOf::Notice { notice, limit } => ((true, limit), notice),
            TasksOf::Field { field, limit } => ((false, limit), field),
        };
        for ((of_notice, limit), ids) in alike(keys, split) {
            let groups = if of_notice {
                store::task::by_notice_ids(db, scope, &ids, limit).await?
            } else {
                store::task::by_field_ids(db, scope, &ids, limit).await?
            };
            found.extend(groups.into_iter().map(|(id, rows)| {
                let key = if of_notice {
                    TasksOf::Notice { notice: id, limit }
                } else {
                    TasksOf::Field { field: id, limit }
                };
                (key, shared(rows))
            }));
        }
        Ok(found)
    }
}

/// What an assignment belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Parent {
    /// A task.
    Task(Uuid),
    /// A unit.
    Unit(Uuid),
}

/// The first assignments of a task or a unit, as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AssignmentsOf {
    /// The task or unit.
    pub(crate) parent: Parent,
    /// Only with this role.
    pub(crate) role: Option<AssignmentRole>,
    /// How many.
    pub(crate) limit: u64,
    /// As of which day.
    pub(crate) as_of: AsOf,
}

impl Loader<AssignmentsOf> for Rows {
    type Value = Vec<Arc<assignment::Model>>;
    type Error = Failure;

    async fn load(
        &self,
        keys: &[AssignmentsOf],
    ) -> Result<HashMap<AssignmentsOf, Vec<Arc<assignment::Model>>>> {
        let (db, scope) = (self.database.reader(), &self.scope);
        let mut found = HashMap::new();
        let split = |key: &AssignmentsOf| {
            let AssignmentsOf { parent, role, limit, as_of } = *key;
            match parent {
                Parent::Task(id) => ((true, role, limit, as_of), id),
                Parent::Unit(id) => ((false, role, limit, as_of), id),
            }
        };
        for ((of_task, role, limit, as_of), ids) in alike(keys, split) {
            let roles = role.as_slice();
            let groups = if of_task {
                store::assignment::by_task_ids(db, scope, &ids, (roles, as_of, limit)).await?
            } else {
                store::assignment::by_unit_ids(db, scope, &ids, (roles, as_of, limit)).await?
            };
            found.extend(groups.into_iter().map(|(id, rows)| {
                let parent = if of_task { Parent::Task(id) } else { Parent::Unit(id) };
                (AssignmentsOf { parent, role, limit, as_of }, shared(rows))
            }));
        }
        Ok(found)
    }
}

/// The newest reports about an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReportsOf {
    /// The assignment.
    pub(crate) assignment: Uuid,
    /// How many.
    pub(crate) limit: u64,
}

impl Loader<ReportsOf> for Rows {
    type Value = Vec<Arc<report::Model>>;
    type Error = Failure;

    async fn load(&self, keys: &[ReportsOf]) -> Result<HashMap<ReportsOf, Vec<Arc<report::Model>>>> {
        let (db, scope) = (self.database.reader(), &self.scope);
        let mut found = HashMap::new();
        for (limit, ids) in alike(keys, |key| (key.limit, key.assignment)) {
            let groups = store::report::by_assignment_ids(db, scope, &ids, limit).await?;
            let keyed =
                groups.into_iter().map(|(assignment, rows)| (ReportsOf { assignment, limit }, shared(rows)));
            found.extend(keyed);
        }
        Ok(found)
    }
}

/// Where the values of an assignment come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TraceOf {
    /// The assignment.
    pub(crate) assignment: Uuid,
    /// As of which day; the last of days for what is known today.
    pub(crate) until: NaiveDate,
}

impl Loader<TraceOf> for Rows {
    type Value = Arc<Trace>;
    type Error = Failure;

    async fn load(&self, keys: &[TraceOf]) -> Result<HashMap<TraceOf, Arc<Trace>>> {
        let (db, scope) = (self.database.reader(), &self.scope);
        let mut found = HashMap::new();
        for (until, ids) in alike(keys, |key| (key.until, key.assignment)) {
            let traces = store::provenance::of_assignments(db, scope, &ids, until).await?;
            let keyed = traces.into_iter();
            found.extend(keyed.map(|(assignment, trace)| (TraceOf { assignment, until }, Arc::new(trace))));
        }
        Ok(found)
    }
}

/// Keys that differ in their id only, together: one statement for each way of asking, and a query has few of them.
fn alike<K, G: Eq + Hash>(keys: &[K], split: impl Fn(&K) -> (G, Uuid)) -> HashMap<G, Vec<Uuid>> {
    keys.iter().map(split).fold(HashMap::new(), |mut groups: HashMap<G, Vec<Uuid>>, (way, id)| {
        groups.entry(way).or_default().push(id);
        groups
    })
}

fn shared<M>(rows: Vec<M>) -> Vec<Arc<M>> {
    rows.into_iter().map(Arc::new).collect()
}
