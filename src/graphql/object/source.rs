//! Where one value comes from, down to its cell.

use async_graphql::{Context, ID, Object};

use super::enums::{DecisionKind, Part};
use super::import::Import;
use super::report::Report;
use crate::graphql::error::Result;
use crate::graphql::loader::{ReportId, rows_of};
use crate::graphql::scalar::{Date, DateTime};
use crate::sheet::cell::cell_name;
use crate::store::provenance::{self, FileCell};

/// The source of one value.
pub(crate) struct ValueSource(pub(crate) provenance::Source);

impl ValueSource {
    fn file(&self) -> Option<&FileCell> {
        self.0.file.as_ref()
    }
}

/// Where one value comes from: import, file, sheet and cell, the people, and the value before (nguồn gốc của một số
/// liệu).
#[Object]
impl ValueSource {
    /// Which value (nội dung).
    async fn part(&self) -> Part {
        self.0.part.into()
    }

    /// The value as people write it, such as 65,5% or 02/3/2020; null when it was cleared (giá trị).
    async fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// Whether it was written so; false when it follows, as the day of completion from the day of the report (ghi trực
    /// tiếp).
    async fn stated(&self) -> bool {
        self.0.is_stated
    }

    /// The import it came with; null when it was typed in or decided (lần nạp).
    async fn import(&self) -> Option<Import> {
        self.file().map(|file| Import(file.import.clone()))
    }

    /// SHA-256 of the workbook it came with, in hex (mã băm của tệp).
    async fn file_sha256(&self) -> Option<&str> {
        self.file().map(|file| file.import.file_sha256.as_str())
    }

    /// Name of that workbook (tên tệp).
    async fn file_name(&self) -> Option<&str> {
        self.file().and_then(|file| file.import.file_name.as_deref())
    }

    /// Name of the sheet (trang tính).
    async fn sheet(&self) -> Option<&str> {
        self.file().and_then(|file| file.sheet.as_deref())
    }

    /// The cell of this very value, such as F12 (ô).
    async fn cell(&self) -> Option<String> {
        self.file()?.cell.map(|(row, column)| cell_name(row, column))
    }

    /// Sheet and cell together, such as Sheet1!F12 (trang tính và ô).
    async fn place(&self) -> Option<String> {
        let file = self.file()?;
        let (row, column) = file.cell?;
        Some(format!("{}!{}", file.sheet.as_deref().unwrap_or_default(), cell_name(row, column)))
    }

    /// Who uploaded the workbook (người gửi tệp).
    async fn uploaded_by(&self) -> Option<&str> {
        self.file().map(|file| file.import.uploaded_by.as_str())
    }

    /// Who committed the import (người ghi lần nạp).
    async fn committed_by(&self) -> Option<&str> {
        self.file().and_then(|file| file.import.committed_by.as_deref())
    }

    /// Who recorded it: committed, typed in, or decided (người ghi).
    async fn recorded_by(&self) -> &str {
        &self.0.by
    }

    /// When it was recorded; null for decisions, which have a day only (thời điểm ghi).
    async fn recorded_at(&self) -> Option<DateTime> {
        self.0.at.map(DateTime)
    }

    /// The day it speaks of: of the report or of the decision (ngày báo cáo, ngày quyết định).
    async fn reported_on(&self) -> Date {
        Date(self.0.day)
    }

    /// Who of the office confirmed it; null while nobody has (người xác nhận).
    async fn confirmed_by(&self) -> Option<&str> {
        self.0.confirmed.as_ref().map(|(by, _)| by.as_str())
    }

    /// The day of that confirmation (ngày xác nhận).
    async fn confirmed_on(&self) -> Option<Date> {
        self.0.confirmed.as_ref().map(|(_, day)| Date(*day))
    }

    /// The decision that gave the value; null when a report did (quyết định).
    async fn decision(&self) -> Option<DecisionKind> {
        self.0.decision.map(Into::into)
    }

    /// The report that gave the value (báo cáo).
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<Report>> {
        let Some(id) = self.0.report else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(ReportId(id)).await?.map(Report))
    }

    /// Id of that report (mã báo cáo).
    async fn report_id(&self) -> Option<ID> {
        self.0.report.map(Into::into)
    }

    /// Number of the event that recorded it (số sự kiện).
    async fn event(&self) -> i64 {
        self.0.event
    }

    /// The value before it that was another, with its own source (giá trị trước).
    async fn previous(&self) -> Option<ValueSource> {
        self.0.previous.as_ref().map(|previous| ValueSource((**previous).clone()))
    }
}
