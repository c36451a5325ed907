//! What a person is asked about a plan, with everything needed to ask it.

use std::sync::Arc;

use async_graphql::{Enum, Object};

use super::plan::PlannedRow;
use crate::import::plan::Plan;
use crate::import::question;
use crate::sheet::cell::{cell_name, column_letters};

/// What is asked, and with which answer it is settled (loại câu hỏi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "question::QuestionKind")]
pub(crate) enum QuestionKind {
    /// Whether the workbook may be taken all the same: `acceptWorkbook` (nhận cả tệp).
    Workbook,
    /// What a column means now that its heading has changed: `meaning`, or `acceptWorkbook` (nghĩa của cột).
    ColumnMeaning,
    /// Whether 0.5 is a half or half a percent: `percentScale` (cách ghi tỷ lệ).
    PercentScale,
    /// Whether day and month changed places: `dayOrder` (thứ tự ngày và tháng).
    DayOrder,
    /// Which task a row speaks of: `task` or `notATask` (nhiệm vụ nào).
    Task,
    /// How far the task is: `progress` (tình trạng).
    Progress,
    /// Whether the values are right as read: `asRead` (giá trị đọc được).
    Values,
    /// Whose value counts where both sides changed: `keep` (xung đột).
    Side,
}

/// One question about a plan (câu hỏi).
pub(crate) struct Question {
    plan: Arc<Plan>,
    question: question::Question,
}

/// Every question of a plan.
pub(crate) fn of_plan(plan: &Arc<Plan>) -> Vec<Question> {
    let questions = question::questions(plan).into_iter();
    questions.map(|question| Question { plan: Arc::clone(plan), question }).collect()
}

/// One question about a plan; the answer goes to `answerImport` (câu hỏi).
#[Object]
impl Question {
    /// What is asked (loại câu hỏi).
    async fn kind(&self) -> QuestionKind {
        self.question.kind.into()
    }

    /// Name of the sheet (tên trang tính).
    async fn sheet(&self) -> Option<&str> {
        self.question.sheet.as_deref()
    }

    /// The first row concerned, as the workbook shows it; null for questions about the workbook (dòng).
    async fn row_number(&self) -> Option<u32> {
        self.question.row.map(|row| row + 1)
    }

    /// Letters of the column to blame (cột).
    async fn column(&self) -> Option<String> {
        self.question.column.map(column_letters)
    }

    /// Letters of the first column of the table, where another table stands on its left in the same rows; the answer names it
    /// too (cột đầu của bảng).
    async fn table(&self) -> Option<String> {
        self.question.table.map(column_letters)
    }

    /// The first cell concerned: F12 (ô).
    async fn cell(&self) -> Option<String> {
        let place = self.question.row.zip(self.question.column);
        place.map(|(row, column)| cell_name(row, column))
    }

    /// How many rows wait for the answer (số dòng chờ).
    async fn waiting(&self) -> u64 {
        self.question.rows as u64
    }

    /// The question as a Vietnamese sentence (câu hỏi).
    async fn sentence(&self) -> &str {
        &self.question.sentence
    }

    /// Both ways of reading an example, in the order of the answers: as stored, swapped; whole, fractions (hai cách đọc).
    async fn readings(&self) -> &[String] {
        &self.question.readings
    }

    /// The row, with its candidates and with both values where they conflict; null unless it is about a row (dòng).
    async fn row(&self) -> Option<PlannedRow> {
        self.question.planned.map(|index| PlannedRow::of(&self.plan, index))
    }
}
