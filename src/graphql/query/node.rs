//! Anything by its id (Relay's `node`). Ids are unique over all tables, so the tables are asked in turn.

use async_graphql::{Context, ID, Interface, Object};

use crate::graphql::context::reading;
use crate::graphql::error::Result;
use crate::graphql::input::reference;
use crate::graphql::loader::{AssignmentId, FieldId, ImportId, NoticeId, ReportId, TaskId, UnitId, rows_of};
use crate::graphql::object::assignment::Assignment;
use crate::graphql::object::import::Import;
use crate::graphql::object::notice::{Field, Notice};
use crate::graphql::object::report::Report;
use crate::graphql::object::task::Task;
use crate::graphql::object::unit::Unit;

/// Anything that has an id (đối tượng có mã định danh).
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Id (mã định danh)."))]
pub(crate) enum Node {
    /// A notice.
    Notice(Notice),
    /// A field of work.
    Field(Field),
    /// A unit.
    Unit(Unit),
    /// A task.
    Task(Task),
    /// An assignment.
    Assignment(Assignment),
    /// A report.
    Report(Report),
    /// An import.
    Import(Import),
}

/// See the head of this file.
#[derive(Default)]
pub(super) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its id; assignments as of today (đối tượng theo mã định danh).
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id (mã định danh)")] id: ID,
    ) -> Result<Option<Node>> {
        let today = reading(ctx)?.as_of(None)?;
        let id = reference::id(&id);
        let rows = rows_of(ctx)?;
        if let Some(row) = rows.load_one(TaskId(id)).await? {
            return Ok(Some(Task(row).into()));
        }
        if let Some(row) = rows.load_one(AssignmentId(id)).await? {
            return Ok(Some(Assignment::new(row, today).into()));
        }
        if let Some(row) = rows.load_one(ReportId(id)).await? {
            return Ok(Some(Report(row).into()));
        }
        if let Some(row) = rows.load_one(UnitId(id)).await? {
            return Ok(Some(Unit(row).into()));
        }
        if let Some(row) = rows.load_one(ImportId(id)).await? {
            return Ok(Some(Import(row).into()));
        }
        if let Some(row) = rows.load_one(FieldId(id)).await? {
            return Ok(Some(Field(row).into()));
        }
        Ok(rows.load_one(NoticeId(id)).await?.map(|row| Notice(row).into()))
    }
}
