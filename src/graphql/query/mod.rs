//! What can be asked. Every field reads through the store, inside the scope of the caller: what one may not see is
//! answered like what does not exist.

use async_graphql::MergedObject;

use super::error::{Failure, Result};

mod assignment;
mod import;
mod memory;
mod node;
mod notice;
mod report;
mod statistics;
mod task;
mod unit;
mod viewer;

/// Everything that can be asked (truy vấn).
#[derive(Default, MergedObject)]
pub struct Query(
    viewer::ViewerQuery,
    notice::NoticeQuery,
    unit::UnitQuery,
    task::TaskQuery,
    assignment::AssignmentQuery,
    report::ReportQuery,
    import::ImportQuery,
    memory::MemoryQuery,
    statistics::StatisticsQuery,
    node::NodeQuery,
);

/// Refuses a thing that is asked for by id and by name at once, or by neither.
fn one_of(id: bool, name: bool) -> Result<()> {
    if id == name {
        Err(Failure::input("id", "Cần đúng một trong hai: id hoặc code."))
    } else {
        Ok(())
    }
}
