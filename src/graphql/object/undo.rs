//! Plans of an undo: what would be taken back or restored, and what stays.

use std::sync::Arc;

use async_graphql::{Enum, ID, Object, SimpleObject};

use super::enums::{AssignmentRole, Part};
use super::plan::{PlanConsequences, text};
use crate::graphql::connection::short;
use crate::graphql::error::{Failure, Result};
use crate::graphql::limits;
use crate::graphql::scalar::{Date, DateTime};
use crate::import::undo;

/// Which way (chiều).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "undo::Direction")]
pub(crate) enum UndoDirection {
    /// The reports of a committed import are taken back (hoàn tác).
    Undo,
    /// The reports of an import that was taken back count again (khôi phục).
    Redo,
}

/// What kind of later work is left alone (loại việc đến sau).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "undo::LaterKind")]
pub(crate) enum LaterKind {
    /// A report (báo cáo).
    Report,
    /// A decision of the office (quyết định).
    Decision,
    /// Another deadline (gia hạn).
    DeadlineChange,
}

/// A plan of an undo.
pub(crate) struct UndoPlan(pub(crate) Arc<undo::UndoPlan>);

/// What undoing an import would do, or restoring one that was undone; nothing is written before somebody quotes the
/// hash (bản dự kiến hoàn tác).
#[Object]
impl UndoPlan {
    /// Undo for a committed import, redo for one that was undone (chiều).
    async fn direction(&self) -> UndoDirection {
        self.0.direction.into()
    }

    /// SHA-256 of what would be done; quote it in undoImport or redoImport (mã băm).
    async fn hash(&self) -> &str {
        &self.0.hash
    }

    /// The day its reports speak of (ngày báo cáo).
    async fn reported_on(&self) -> Date {
        Date(self.0.reported_on)
    }

    /// How many reports would be taken back or restored (số báo cáo).
    async fn count(&self) -> u64 {
        self.0.rows.len() as u64
    }

    /// What it would lead to (hệ quả).
    async fn consequences(&self) -> PlanConsequences {
        PlanConsequences::from(&self.0.consequences)
    }

    /// The reports, in the order in which they were made (các báo cáo).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn rows(
        &self,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
        #[graphql(desc = "How many to leave out before (bỏ qua)", default)] skip: i32,
    ) -> Result<Vec<UndoneRow>> {
        let (skip, limit) = window(first, skip)?;
        Ok(self.0.rows.iter().skip(skip).take(limit).map(UndoneRow::from).collect())
    }

    /// Work about the same assignments that came later and stays (phần đến sau, giữ nguyên).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn left_alone(
        &self,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
        #[graphql(desc = "How many to leave out before (bỏ qua)", default)] skip: i32,
    ) -> Result<Vec<LeftAlone>> {
        let (skip, limit) = window(first, skip)?;
        Ok(self.0.left_alone.iter().skip(skip).take(limit).map(LeftAlone::from).collect())
    }
}

fn window(first: Option<i32>, skip: i32) -> Result<(usize, usize)> {
    let limit = usize::try_from(short(first)?).unwrap_or(limits::PAGE);
    let skip = usize::try_from(skip).map_err(|_| Failure::input("skip", "Số dòng bỏ qua không được âm."))?;
    Ok((skip, limit))
}

/// What becomes of one report (báo cáo được hoàn tác hoặc khôi phục).
#[derive(SimpleObject)]
pub(crate) struct UndoneRow {
    /// Id of the report (mã báo cáo).
    report: ID,
    /// Code of the task (mã nhiệm vụ).
    task_code: String,
    /// What the unit has to do with the task (vai trò).
    role: AssignmentRole,
    /// Name of the sheet it came from (tên trang tính).
    sheet: String,
    /// Row as the workbook shows it (dòng).
    row_number: u32,
    /// Sheet and first cell (ô).
    cell: Option<String>,
    /// The current values that would change; what others have changed since is not among them (các giá trị đổi).
    cells: Vec<UndoneCell>,
}

/// One value before and after; as text, like the values of a plan (giá trị trước và sau).
#[derive(SimpleObject)]
pub(crate) struct UndoneCell {
    /// Which value (nội dung).
    part: Part,
    /// What is stored now (giá trị hiện có).
    ours: Option<String>,
    /// What would be stored afterwards (giá trị sau khi hoàn tác hoặc khôi phục).
    stored: Option<String>,
}

/// Work that came later and stays (phần đến sau, giữ nguyên).
#[derive(SimpleObject)]
pub(crate) struct LeftAlone {
    /// What it is (loại).
    kind: LaterKind,
    /// Code of the task (mã nhiệm vụ).
    task_code: String,
    /// The day it speaks of (ngày).
    day: Date,
    /// Id of the report, where it is one (mã báo cáo).
    report: Option<ID>,
    /// Who recorded it (người ghi).
    recorded_by: Option<String>,
    /// When it was recorded (thời điểm ghi).
    recorded_at: Option<DateTime>,
}

impl From<&undo::UndoneRow> for UndoneRow {
    fn from(row: &undo::UndoneRow) -> UndoneRow {
        UndoneRow {
            report: row.report.into(),
            task_code: row.task.clone(),
            role: row.role.into(),
            sheet: row.place.sheet.to_string(),
            row_number: row.place.row + 1,
            cell: row.cell.clone(),
            cells: row.cells.iter().map(UndoneCell::from).collect(),
        }
    }
}

impl From<&undo::UndoneCell> for UndoneCell {
    fn from(cell: &undo::UndoneCell) -> UndoneCell {
        let undo::UndoneCell { part, ours, stored } = cell;
        UndoneCell { part: (*part).into(), ours: ours.as_ref().map(text), stored: stored.as_ref().map(text) }
    }
}

impl From<&undo::LeftAlone> for LeftAlone {
    fn from(later: &undo::LeftAlone) -> LeftAlone {
        let undo::LeftAlone { kind, number: _, day, report, task, author } = later;
        LeftAlone {
            kind: (*kind).into(),
            task_code: task.clone(),
            day: Date(*day),
            report: report.map(ID::from),
            recorded_by: author.as_ref().map(|author| author.name.to_string()),
            recorded_at: author.as_ref().map(|author| DateTime(author.at)),
        }
    }
}
