//! Plans: what an import would do, row by row and cell by cell.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Object, SimpleObject};
use uuid::Uuid;

use super::enums::{AssignmentRole, Part, RowOutcome};
use super::finding::Finding;
use super::import::OutcomeCount;
use super::question::{self, Question};
use super::task::Task;
use crate::domain;
use crate::domain::change::{Base, Theirs};
use crate::graphql::connection::short;
use crate::graphql::error::{Failure, Result};
use crate::graphql::limits;
use crate::graphql::loader::{TaskId, rows_of};
use crate::graphql::scalar::{Date, DateTime};
use crate::import::plan;
use crate::import::plan_json::said;
use crate::import::value::Value;
use crate::sheet::cell::{cell_name, column_letters};

/// A plan.
pub(crate) struct Plan(pub(crate) Arc<plan::Plan>);

/// What an import would do; nothing is written before somebody commits it by its hash (bản dự kiến thay đổi).
#[Object]
impl Plan {
    /// SHA-256 of what would be done; quote it to commit (mã băm).
    async fn hash(&self) -> &str {
        &self.0.hash
    }

    /// The day its reports would speak of (ngày báo cáo).
    async fn reported_on(&self) -> Date {
        Date(self.0.reported_on)
    }

    /// Rows by outcome (số dòng theo kết quả).
    async fn counts(&self) -> Vec<OutcomeCount> {
        let count = |(outcome, count): (&domain::import::RowOutcome, &usize)| OutcomeCount {
            outcome: (*outcome).into(),
            count: *count as u64,
        };
        self.0.counts.iter().map(count).collect()
    }

    /// What it would lead to (hệ quả).
    async fn consequences(&self) -> PlanConsequences {
        PlanConsequences::from(&self.0.consequences)
    }

    /// Its rows in the order of the workbook (các dòng).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn rows(
        &self,
        #[graphql(desc = "Only with these outcomes (kết quả)")] outcomes: Option<Vec<RowOutcome>>,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số dòng)")] first: Option<i32>,
        #[graphql(
            desc = "How many to leave out before; a plan does not change under its hash (bỏ qua)",
            default
        )]
        skip: i32,
    ) -> Result<Vec<PlannedRow>> {
        let limit = usize::try_from(short(first)?).unwrap_or(limits::PAGE);
        let skip =
            usize::try_from(skip).map_err(|_| Failure::input("skip", "Số dòng bỏ qua không được âm."))?;
        let wanted = outcomes.map(|outcomes| outcomes.into_iter().map(Into::into).collect::<Vec<_>>());
        let fits =
            |row: &plan::PlannedRow| wanted.as_ref().is_none_or(|wanted| wanted.contains(&row.outcome));
        let rows = self.0.rows.iter().enumerate().filter(|(_, row)| fits(row)).skip(skip).take(limit);
        Ok(rows.map(|(index, _)| PlannedRow { plan: Arc::clone(&self.0), index }).collect())
    }

    /// Findings about the workbook as a whole (phát hiện chung).
    #[graphql(complexity = "1 + limits::SHORT_LIST * child_complexity")]
    async fn findings(&self) -> Vec<Finding> {
        self.0.findings.iter().map(Finding::from).collect()
    }

    /// What a person has to answer before more of it can be stored, those that settle many rows first; every answer
    /// goes to `answerImport` (câu hỏi cần trả lời).
    #[graphql(complexity = "1 + limits::page_cost(first, None) * child_complexity")]
    async fn questions(
        &self,
        #[graphql(desc = "How many, 1 to 100; 20 when nothing is said (số câu hỏi)")] first: Option<i32>,
    ) -> Result<Vec<Question>> {
        let limit = usize::try_from(short(first)?).unwrap_or(limits::PAGE);
        Ok(question::of_plan(&self.0).into_iter().take(limit).collect())
    }

    /// Codes of the tasks that the sender leads and no row speaks of; they stay as they are (nhiệm vụ không nêu trong tệp).
    async fn not_mentioned(&self) -> Vec<&str> {
        self.0.not_mentioned.iter().map(AsRef::as_ref).collect()
    }
}

/// How many rows would lead to what (hệ quả).
#[derive(SimpleObject)]
pub(crate) struct PlanConsequences {
    /// Would be reported as completed (sẽ hoàn thành).
    would_complete: u64,
    /// Would be reported as not completed after all (sẽ mở lại).
    would_reopen: u64,
    /// Would stand as late or overdue (sẽ quá hạn).
    would_become_late: u64,
    /// Speak of tasks that others lead (nhiệm vụ của đơn vị khác).
    about_tasks_of_others: u64,
}

impl From<&plan::Consequences> for PlanConsequences {
    fn from(consequences: &plan::Consequences) -> PlanConsequences {
        let plan::Consequences { would_complete, would_reopen, would_become_late, about_tasks_of_others } =
            consequences;
        PlanConsequences {
            would_complete: *would_complete as u64,
            would_reopen: *would_reopen as u64,
            would_become_late: *would_become_late as u64,
            about_tasks_of_others: *about_tasks_of_others as u64,
        }
    }
}

/// One reason why a row of a plan stays out (dòng không ghi và lý do).
#[derive(SimpleObject)]
pub(crate) struct KeptOutRow {
    /// Name of the sheet (tên trang tính).
    sheet: String,
    /// Row as the workbook shows it (dòng).
    row_number: u32,
    /// Cell to blame (ô).
    cell: Option<String>,
    /// Code of the task, when linked (mã nhiệm vụ).
    task_code: Option<String>,
    /// Conflict, ask or error (kết quả).
    outcome: RowOutcome,
    /// Stable code: that of the finding, conflict, or the reason of the row (mã lý do).
    code: &'static str,
    /// What is wrong, in Vietnamese (thông báo).
    sentence: String,
    /// What to do, in Vietnamese (cách xử lý).
    remedy: &'static str,
}

impl From<plan::KeptOut> for KeptOutRow {
    fn from(row: plan::KeptOut) -> KeptOutRow {
        let plan::KeptOut { sheet, row, cell, task, outcome, code, sentence, remedy } = row;
        KeptOutRow {
            sheet,
            row_number: row,
            cell,
            task_code: task,
            outcome: outcome.into(),
            code,
            sentence,
            remedy,
        }
    }
}

/// A row of a plan.
pub(crate) struct PlannedRow {
    plan: Arc<plan::Plan>,
    index: usize,
}

impl PlannedRow {
    /// A row by its place in the plan.
    pub(super) fn of(plan: &Arc<plan::Plan>, index: usize) -> PlannedRow {
        PlannedRow { plan: Arc::clone(plan), index }
    }

    fn row(&self) -> &plan::PlannedRow {
        &self.plan.rows[self.index]
    }
}

/// What becomes of one row of a workbook (dòng của bản dự kiến).
#[Object]
impl PlannedRow {
    /// Name of the sheet (tên trang tính).
    async fn sheet(&self) -> &str {
        &self.row().place.sheet
    }

    /// First row as the workbook shows it (dòng đầu).
    async fn row_number(&self) -> u32 {
        self.row().place.row + 1
    }

    /// Last row, for tasks that stretch over several (dòng cuối).
    async fn row_to(&self) -> u32 {
        self.row().place.row_to + 1
    }

    /// Letters of the first column of the table, where another table stands on its left in the same rows (cột đầu của bảng).
    async fn table(&self) -> Option<String> {
        self.row().place.table.map(column_letters)
    }

    /// Wording of the row (nội dung).
    async fn content(&self) -> Option<&str> {
        self.row().content.as_deref()
    }

    /// Code of the task it is linked to (mã nhiệm vụ).
    async fn task_code(&self) -> Option<&str> {
        self.row().task.as_deref()
    }

    /// The task it is linked to (nhiệm vụ).
    async fn task(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        let Some(id) = self.row().task_id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(TaskId(id)).await?.map(Task))
    }

    /// What the sender has to do with the task (vai trò).
    async fn role(&self) -> Option<AssignmentRole> {
        self.row().role.map(Into::into)
    }

    /// How sure the link is: sure, likely, ask, none (độ chắc chắn).
    async fn link(&self) -> &'static str {
        self.row().decision.as_str()
    }

    /// Tasks it may speak of, best first (các nhiệm vụ có thể).
    async fn candidates(&self) -> Vec<TaskCandidate> {
        let candidate = |(code, score): &(Arc<str>, f64)| {
            let task = self.plan.named.get(code);
            let (id, content) = (task.map(|task| task.id), task.map(|task| task.content.to_string()));
            TaskCandidate { code: code.to_string(), score: *score, content, id }
        };
        self.row().candidates.iter().map(candidate).collect()
    }

    /// What becomes of it (kết quả).
    async fn outcome(&self) -> RowOutcome {
        self.row().outcome.into()
    }

    /// Why, where it is not plain: heading, detail, duplicate, earlier_period, workbook, link,
    /// unknown_task, finding, question, answered (lý do).
    async fn reason(&self) -> Option<&'static str> {
        self.row().reason.map(plan::Reason::as_str)
    }

    /// Its values (các ô).
    #[graphql(complexity = "1 + 7 * child_complexity")]
    async fn cells(&self) -> Vec<PlannedCell> {
        self.row().cells().map(PlannedCell::new).collect()
    }

    /// Findings about it (các phát hiện).
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn findings(&self) -> Vec<Finding> {
        self.row().findings.iter().map(Finding::from).collect()
    }
}

/// A task that a row may speak of (nhiệm vụ có thể).
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct TaskCandidate {
    /// Code of the task (mã nhiệm vụ).
    code: String,
    /// How close the wordings are, 0 to 1 (độ giống).
    score: f64,
    /// Wording of the task (nội dung nhiệm vụ).
    content: Option<String>,
    #[graphql(skip)]
    id: Option<Uuid>,
}

#[ComplexObject]
impl TaskCandidate {
    /// The task (nhiệm vụ).
    async fn task(&self, ctx: &Context<'_>) -> Result<Option<Task>> {
        let Some(id) = self.id else { return Ok(None) };
        Ok(rows_of(ctx)?.load_one(TaskId(id)).await?.map(Task))
    }
}

/// What becomes of one value of a row. Values are text: progress by its stable name, percents with a decimal point,
/// days as 2020-03-31 (ô của bản dự kiến).
#[derive(SimpleObject)]
pub(crate) struct PlannedCell {
    /// Which value (nội dung).
    part: Part,
    /// Its cell: F12 (ô).
    cell: Option<String>,
    /// What the sheet does here: absent (no column), blank (keeps), clear ("(xoá)"), value (tệp ghi gì).
    says: &'static str,
    /// What was decided: absent, blank, same, keep, take, clear, conflict (cách xử lý).
    choice: &'static str,
    /// Whether it is known what the sheet started from (biết giá trị gốc).
    base_known: bool,
    /// What the sheet started from (giá trị gốc).
    base: Option<String>,
    /// What is stored (giá trị hiện có).
    ours: Option<String>,
    /// Who stored that, when it is not what the sheet started from (người ghi giá trị hiện có).
    changed_by: Option<String>,
    /// When (thời điểm ghi giá trị hiện có).
    changed_at: Option<DateTime>,
    /// What the sheet says (giá trị trong tệp).
    theirs: Option<String>,
    /// What would be stored afterwards (giá trị sau khi ghi).
    stored: Option<String>,
}

impl PlannedCell {
    fn new(change: plan::CellChange) -> PlannedCell {
        let plan::CellChange { part, cell, base, ours, author, theirs, choice, stored } = change;
        let base = match base {
            Base::Unknown => None,
            Base::Blank => Some(None),
            Base::Value(value) => Some(Some(text(&value))),
        };
        let says = said(&theirs);
        let theirs = match theirs {
            Theirs::Value(value) => Some(text(&value)),
            Theirs::Absent | Theirs::Blank | Theirs::Clear => None,
        };
        PlannedCell {
            part: part.into(),
            cell: cell.map(|(row, column)| cell_name(row, column)),
            says,
            choice: choice.as_str(),
            base_known: base.is_some(),
            base: base.flatten(),
            ours: ours.as_ref().map(text),
            changed_by: author.as_ref().map(|author| author.name.to_string()),
            changed_at: author.map(|author| DateTime(author.at)),
            theirs,
            stored: stored.as_ref().map(text),
        }
    }
}

/// A value as text: what plans of every kind show.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Progress(progress) => progress.as_str().to_owned(),
        Value::Percent(percent) => percent.value().to_string(),
        Value::Day(day) => day.to_string(),
        Value::Text(text) => text.to_string(),
    }
}
