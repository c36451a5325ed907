//! Answers to the open questions of an import, and corrections of a remembered layout.

use std::collections::BTreeMap;

use async_graphql::{Enum, ID, InputObject};
use uuid::Uuid;

use super::reference;
use crate::error::{Code, Error};
use crate::graphql::object::column::{ColumnMeaning, ReportedStatus};
use crate::graphql::object::enums::{DayOrder, PercentScale, Progress};
use crate::import::answers::{self, Answers, RowAnswer};
use crate::import::given;
use crate::sheet::meaning::ColumnFacts;

/// Whose value counts where both sides changed (chọn bên nào).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "answers::Side")]
pub(crate) enum Side {
    /// What is stored (giá trị hiện có).
    Ours,
    /// What the sheet says (giá trị trong tệp).
    Theirs,
}

/// Answers about an import; a later answer to the same question replaces an earlier one (trả lời câu hỏi).
#[derive(InputObject)]
pub(crate) struct AnswerImportInput {
    /// The import (lần nạp).
    id: ID,
    /// About rows (các dòng).
    #[graphql(default)]
    rows: Vec<RowAnswerInput>,
    /// About columns; the file is read again with them (các cột).
    #[graphql(default)]
    columns: Vec<ColumnAnswerInput>,
    /// Go on although something about the whole workbook is strange (nhận cả tệp).
    #[graphql(default)]
    accept_workbook: bool,
}

/// An answer about one row (trả lời về một dòng).
#[derive(InputObject)]
pub(crate) struct RowAnswerInput {
    /// Name of the sheet; may be left out when only one has a table (tên trang tính).
    #[graphql(default)]
    sheet: String,
    /// The row, as the workbook shows it (dòng).
    row_number: u32,
    /// Letters of a column of its table, where several tables stand beside each other in the same rows; as in the question
    /// (cột của bảng).
    table: Option<String>,
    /// Code of the task it speaks of (mã nhiệm vụ).
    task: Option<String>,
    /// It is no task of the notice (không phải nhiệm vụ trong thông báo).
    #[graphql(default)]
    not_a_task: bool,
    /// Whose values count in a conflict (chọn bên nào).
    keep: Option<Side>,
    /// How far the task is: not started, in progress or completed (tình trạng).
    progress: Option<Progress>,
    /// Its values are right as they were read (đã đọc đúng).
    #[graphql(default)]
    as_read: bool,
}

/// What is said of one column (trả lời về một cột).
#[derive(InputObject)]
pub(crate) struct ColumnAnswerInput {
    /// Name of the sheet; may be left out when only one has a table (tên trang tính).
    #[graphql(default)]
    sheet: String,
    /// Letters of the column: F (tên cột).
    column: String,
    /// What it means (nghĩa của cột).
    meaning: Option<ColumnMeaning>,
    /// For a column of marks: the status that an x stands for (dấu x nghĩa là).
    mark_means: Option<ReportedStatus>,
    /// How its bare percents are meant (cách ghi tỷ lệ).
    percent_scale: Option<PercentScale>,
    /// How its dates are meant (thứ tự ngày và tháng).
    day_order: Option<DayOrder>,
}

/// A remembered layout with what is wrong in it (sửa mẫu bảng đã nhớ).
#[derive(InputObject)]
pub(crate) struct CorrectLayoutInput {
    /// The layout (mẫu bảng).
    id: ID,
    /// Its columns that are to be corrected; what is left out stays (các cột cần sửa).
    columns: Vec<LayoutColumnInput>,
}

/// What is said of one column of a layout (sửa một cột).
#[derive(InputObject)]
pub(crate) struct LayoutColumnInput {
    /// Its place among the columns of the layout, from 1 (thứ tự).
    position: u32,
    /// What it means (nghĩa của cột).
    meaning: Option<ColumnMeaning>,
    /// For a column of marks: the status that an x stands for (dấu x nghĩa là).
    mark_means: Option<ReportedStatus>,
    /// How its bare percents are meant (cách ghi tỷ lệ).
    percent_scale: Option<PercentScale>,
    /// How its dates are meant (thứ tự ngày và tháng).
    day_order: Option<DayOrder>,
}

fn facts(
    meaning: Option<ColumnMeaning>,
    mark: Option<ReportedStatus>,
    (scale, days): (Option<PercentScale>, Option<DayOrder>),
) -> Result<ColumnFacts, Error> {
    let wrong = || {
        let sentence =
            "Cột đánh dấu (MARK) cần markMeans, và chỉ cột đó mới có: dấu x nghĩa là tình trạng nào.";
        Error::with(Code::InvalidInput, sentence).field("mark_means")
    };
    if mark.is_some() && meaning != Some(ColumnMeaning::Mark) {
        return Err(wrong());
    }
    let meaning = meaning.map(|meaning| meaning.with(mark).ok_or_else(wrong)).transpose()?;
    Ok(ColumnFacts { meaning, scale: scale.map(Into::into), days: days.map(Into::into) })
}

impl AnswerImportInput {
    /// The import and the answers.
    ///
    /// # Errors
    /// `INVALID_INPUT` for places that are none, and for two answers to one question.
    pub(crate) fn answers(self) -> Result<(Uuid, Answers), Error> {
        let mut answers = Answers { accept_workbook: self.accept_workbook, ..Answers::default() };
        for row in self.rows {
            let answer = RowAnswer {
                link: given::link(row.task, row.not_a_task)?,
                side: row.keep.map(Into::into),
                progress: row.progress.map(Into::into),
                as_read: row.as_read,
            };
            given::add_row(&mut answers, (&row.sheet, row.table.as_deref()), row.row_number, answer)?;
        }
        for column in self.columns {
            let values = (column.percent_scale, column.day_order);
            let facts = facts(column.meaning, column.mark_means, values)?;
            given::add_column(&mut answers, &column.sheet, &column.column, facts)?;
        }
        Ok((reference::id(&self.id), answers))
    }
}

impl CorrectLayoutInput {
    /// The layout and its corrections by place, counted from 0.
    ///
    /// # Errors
    /// `INVALID_INPUT` for place 0 and for a mark without its status.
    pub(crate) fn corrections(self) -> Result<(Uuid, BTreeMap<usize, ColumnFacts>), Error> {
        let mut corrections: BTreeMap<usize, ColumnFacts> = BTreeMap::new();
        for column in self.columns {
            let place = column.position.checked_sub(1).and_then(|place| usize::try_from(place).ok());
            let Some(place) = place else {
                let sentence = "Các cột của mẫu bảng được đánh số từ 1.";
                return Err(Error::with(Code::InvalidInput, sentence).field("position"));
            };
            let values = (column.percent_scale, column.day_order);
            let facts = facts(column.meaning, column.mark_means, values)?;
            let known = corrections.entry(place).or_default();
            *known = known.then(facts);
        }
        Ok((reference::id(&self.id), corrections))
    }
}
