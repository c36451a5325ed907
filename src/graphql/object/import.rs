//! Imports: uploaded workbooks on their way, their rows and findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::column::TableColumn;
use super::enums::{ImportState, RowOutcome, Severity};
use super::finding::Finding;
use super::plan::Plan;
use super::report::Report;
use super::task::Task;
use super::unit::Unit;
use crate::actions::plan_import::plan_import;
use crate::domain;
use crate::domain::refusal::Refusal;
use crate::entities::{import, import_row, import_sheet};
use crate::graphql::connection::short;
use crate::graphql::context::asking;
use crate::graphql::error::{Failure, Result};
use crate::graphql::limits;
use crate::graphql::loader::{FindingsOf, ReportOfRow, RowsOf, SheetsOf, TaskId, UnitId, rows_of};
use crate::graphql::scalar::{Date, DateTime};
use crate::import::columns_json;

/// An import row.
pub(crate) struct Import(pub(crate) Arc<import::Model>);

/// One uploaded workbook on its way (lần nạp).
#[Object]
impl Import {
    /// Id, the same as in /imports/{id} (mã định danh).
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The unit that sent it (đơn vị gửi).
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        Ok(rows_of(ctx)?.load_one(UnitId(self.0.unit_id)).await?.map(Unit))
    }

    /// How far it has come (trạng thái).
    async fn state(&self) -> ImportState {
        self.0.state.into()
    }

    /// Name of the file as sent (tên tệp).
    async fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }

    /// SHA-256 of the bytes in hex; they are kept and can be downloaded from /imports/{id}/original (mã băm của tệp).
    async fn file_sha256(&self) -> &str {
        &self.0.file_sha256
    }

    /// Where the sender's own file with the findings marked in it can be downloaded; null when the file was refused and
    /// has no cells to mark (tệp gốc có đánh dấu các phát hiện).
    async fn annotated_path(&self) -> Option<String> {
        self.0.refusal.is_none().then(|| format!("/imports/{}/annotated.xlsx", self.0.id))
    }

    /// Who uploaded it (người gửi).
    async fn uploaded_by(&self) -> &str {
        &self.0.uploaded_by
    }

    /// When it was uploaded (thời điểm gửi).
    async fn uploaded_at(&self) -> DateTime {
        DateTime(self.0.uploaded_at)
    }

    /// The day its reports speak of (ngày báo cáo).
    async fn reported_on(&self) -> Date {
        Date(self.0.reported_on)
    }

    /// Why the file cannot be read (lý do từ chối tệp).
    async fn refusal(&self) -> Option<FileRefusal> {
        let refusal = self.0.refusal.as_deref().and_then(Refusal::parse)?;
        Some(FileRefusal { code: refusal.as_str(), sentence: refusal.sentence(), remedy: refusal.remedy() })
    }

    /// Who committed it (người xác nhận ghi).
    async fn committed_by(&self) -> Option<&str> {
        self.0.committed_by.as_deref()
    }

    /// When it was committed (thời điểm ghi).
    async fn committed_at(&self) -> Option<DateTime> {
        self.0.committed_at.map(DateTime)
    }

    /// Hash of the plan last shown; quote it to commit (mã băm của bản dự kiến).
    async fn plan_hash(&self) -> Option<&str> {
        self.0.plan_hash.as_deref()
    }

    /// Rows by outcome, once they were planned or committed (số dòng theo kết quả).
    async fn counts(&self) -> Result<Vec<OutcomeCount>> {
        let Some(text) = self.0.counts.as_deref() else { return Ok(Vec::new()) };
        let counts: BTreeMap<String, u64> = serde_json::from_str(text)
            .map_err(|error| Failure::internal(anyhow::anyhow!("import {}: counts: {error}", self.0.id)))?;
        let outcomes = domain::import::RowOutcome::ALL.into_iter();
        Ok(outcomes
            .map(|outcome| OutcomeCount {
                outcome: outcome.into(),
                count: counts.get(outcome.as_str()).copied().unwrap_or(0),
            })
            .collect())
    }

    /// What a commit would do now; null unless it waits for a commit and the caller may commit. Each plan is computed
    /// anew and costs accordingly (bản dự kiến thay đổi).
    #[graphql(complexity = "limits::PLAN + child_complexity")]
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        let asking = asking(ctx)?;
        let waits = self.0.state == domain::import::ImportState::Planned;
        if !waits || !asking.caller.may(domain::access::Permission::Import) {
            return Ok(None);
        }
        let planned = plan_import(&asking.app, &asking.caller, self.0.id).await?;
        Ok(Some(Plan(Arc::new(planned.plan))))
    }

    /// What the reader noticed, as kept; the plan shows the findings of now (các phát hiện).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this severity (mức độ)")] severity: Option<Severity>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
    ) -> Result<Vec<Finding>> {
        let limit = usize::try_from(short(first)?).unwrap_or(limits::PAGE);
        let severity: Option<domain::finding::Severity> = severity.map(Into::into);
        let found = rows_of(ctx)?.load_one(FindingsOf(self.0.id)).await?.unwrap_or_default();
        let wanted = found.iter().filter(|row| severity.is_none_or(|severity| row.severity == severity));
        Ok(wanted.take(limit).map(|row| Finding::from(row.as_ref())).collect())
    }

    /// Its tables with their columns as they were understood (các bảng).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    async fn tables(&self, ctx: &Context<'_>) -> Result<Vec<ImportTable>> {
        let sheets = rows_of(ctx)?.load_one(SheetsOf(self.0.id)).await?.unwrap_or_default();
        let tables = sheets.iter().filter(|sheet| matches!(sheet.taken_for.as_str(), "tasks" | "own_sheet"));
        tables.map(|sheet| ImportTable::of(sheet)).collect()
    }

    /// Its first rows as read and decided (các dòng).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
    ) -> Result<Vec<ImportRow>> {
        let key = RowsOf { import: self.0.id, limit: short(first)? };
        let rows = rows_of(ctx)?.load_one(key).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ImportRow).collect())
    }
}

/// A table of an import as it was understood (bảng trong tệp).
#[derive(SimpleObject)]
pub(crate) struct ImportTable {
    /// Name of the sheet (tên trang tính).
    sheet: String,
    /// Whether it is one of our own sheets, known by its keys (bảng do hệ thống xuất).
    own: bool,
    /// Rows of its heading, as the workbook shows them (dòng tiêu đề).
    header_rows: Vec<u32>,
    /// Its columns; correct them with `answerImport` (các cột).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    columns: Vec<TableColumn>,
}

impl ImportTable {
    fn of(sheet: &import_sheet::Model) -> Result<ImportTable> {
        let lost = || Failure::internal(anyhow::anyhow!("import_sheet {}: columns", sheet.id));
        let columns = columns_json::kept(&sheet.columns).ok_or_else(lost)?;
        let rows: Vec<u32> = serde_json::from_str(&sheet.header_rows).map_err(|_| lost())?;
        Ok(ImportTable {
            sheet: sheet.name.clone(),
            own: sheet.taken_for == "own_sheet",
            header_rows: rows.into_iter().map(|row| row + 1).collect(),
            columns: columns.into_iter().map(TableColumn::from).collect(),
        })
    }
}

/// Why a file cannot be read (lý do từ chối tệp).
#[derive(SimpleObject)]
pub(crate) struct FileRefusal {
    /// Stable code, such as password_protected (mã lỗi).
    code: &'static str,
    /// What is wrong, in Vietnamese (thông báo).
    sentence: &'static str,
    /// What to do, in Vietnamese (cách xử lý).
    remedy: &'static str,
}

/// How many rows have an outcome (số dòng theo kết quả).
#[derive(SimpleObject)]
pub(crate) struct OutcomeCount {
    /// The outcome (kết quả).
    pub(super) outcome: RowOutcome,
    /// Rows with it (số dòng).
    pub(super) count: u64,
}

/// A row of a workbook.
pub(crate) struct ImportRow(pub(crate) Arc<import_row::Model>);

/// A row of an uploaded workbook, as read and as decided (dòng của bảng).
#[Object]
impl ImportRow {
    /// Id (mã định danh).
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Name of the sheet (tên trang tính).
    async fn sheet(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let sheets = rows_of(ctx)?.load_one(SheetsOf(self.0.import_id)).await?.unwrap_or_default();
        Ok(sheets.iter().find(|sheet| sheet.id == self.0.sheet_id).map(|sheet| sheet.name.clone()))
    }

    /// First row as the workbook shows it (dòng đầu).
    async fn row(&self) -> i32 {
        self.0.row + 1
    }

    /// Last row, for tasks that stretch over several (dòng cuối).
    async fn row_to(&self) -> i32 {
        self.0.row_to + 1
    }

    /// task, heading or detail (loại dòng).
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// How sure the link to a task is: sure, likely, ask, none (độ chắc chắn).
    async fn link(&self) -> &str {
        &self.0.decision
    }

    /// The task it speaks of (nhiệm vụ).
    async fn task(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        let Some(id) = self.0.task_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(TaskId(id)).await?.map(Task))
    }

    /// What became of it (kết quả).
    async fn outcome(&self) -> RowOutcome {
        self.0.outcome.into()
    }

    /// The report made of it (báo cáo).
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<Report>> {
        Ok(rows_of(ctx)?.load_one(ReportOfRow(self.0.id)).await?.map(Report))
    }
}
