//! What a person is to be asked about a plan: each question once, with its kind, its place and the choices. Derived from
//! the plan, so that every door asks the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::domain::finding::{Finding, FindingCode, Severity};
use crate::domain::percent::Percent;
use crate::import::plan::{Outcome, Plan, PlannedRow};
use crate::sheet::cell::column_letters;

/// What is asked, and with which answer it is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionKind {
    /// Whether the workbook may be taken although something about it is strange: accept.
    Workbook,
    /// What a column means now that its heading has changed: its meaning, or accept.
    ColumnMeaning,
    /// Whether 0.5 in a column of percents is a half or half a percent: its scale.
    PercentScale,
    /// Whether day and month of the dates in a column changed places: the order.
    DayOrder,
    /// Which task a row speaks of: a task, or none.
    Task,
    /// How far a task is, where words about time leave it open: its progress.
    Progress,
    /// Whether a value is right as it was read: yes.
    Values,
    /// Whose value counts where both sides changed: ours or theirs.
    Side,
}

impl QuestionKind {
    /// Every kind, in the order in which they are asked: what answers many rows at once comes first.
    pub const ALL: [QuestionKind; 8] = [
        QuestionKind::Workbook,
        QuestionKind::ColumnMeaning,
        QuestionKind::PercentScale,
        QuestionKind::DayOrder,
        QuestionKind::Task,
        QuestionKind::Progress,
        QuestionKind::Values,
        QuestionKind::Side,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            QuestionKind::Workbook => "workbook",
            QuestionKind::ColumnMeaning => "column_meaning",
            QuestionKind::PercentScale => "percent_scale",
            QuestionKind::DayOrder => "day_order",
            QuestionKind::Task => "task",
            QuestionKind::Progress => "progress",
            QuestionKind::Values => "values",
            QuestionKind::Side => "side",
        }
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// The sheet.
    pub sheet: Option<String>,
    /// The first row concerned (0-based), unless the question is about the workbook.
    pub row: Option<u32>,
    /// The column (0-based), where one is to blame.
    pub column: Option<u32>,
    /// First column of the table (0-based), where another one stands on its left in the same rows.
    pub table: Option<u32>,
    /// How many rows wait for the answer; for the workbook all that could be stored otherwise.
    pub rows: usize,
    /// The question as a sentence.
    pub sentence: String,
    /// Both ways of reading an example, in the order of the answers: as stored and swapped, whole and fractions.
    pub readings: Vec<String>,
    /// The row of the plan (index) with its candidates and values, for questions about one row.
    pub planned: Option<usize>,
}

/// The questions of a plan, those that settle many rows first.
pub fn questions(plan: &Plan) -> Vec<Question> {
    let waiting = |row: &&PlannedRow| row.outcome == Outcome::Ask;
    let mut found: Vec<Question> = Vec::new();
    let open =
        plan.rows.iter().filter(waiting).any(|row| row.reason == Some(crate::import::plan::Reason::Workbook));
    if open {
        let rows = plan.rows.iter().filter(waiting).count();
        let of_workbook = plan.findings.iter().filter(|finding| finding.code.severity().blocks());
        found.extend(of_workbook.map(|finding| about_workbook(finding, rows)));
    }
    let mut columns: BTreeMap<(QuestionKind, Arc<str>, Option<u32>), usize> = BTreeMap::new();
    for (index, row) in plan.rows.iter().enumerate() {
        for question in about_row(index, row) {
            let of_column = matches!(question.kind, QuestionKind::PercentScale | QuestionKind::DayOrder);
            let key = (question.kind, row.place.sheet.clone(), question.column);
            match columns.get(&key).filter(|_| of_column) {
                Some(asked) => found[*asked].rows += 1,
                None => {
                    columns.insert(key, found.len());
                    found.push(question);
                }
            }
        }
    }
    found.sort_by_key(|question| question.kind.min(QuestionKind::Task));
    found
}

fn about_workbook(finding: &Finding, rows: usize) -> Question {
    let kind = if finding.code == FindingCode::LayoutHeadingChanged {
        QuestionKind::ColumnMeaning
    } else {
        QuestionKind::Workbook
    };
    Question {
        kind,
        sheet: finding.sheet.clone(),
        row: None,
        table: None,
        column: finding.column,
        rows,
        sentence: finding.sentence(),
        readings: Vec::new(),
        planned: None,
    }
}

fn about_row(index: usize, row: &PlannedRow) -> Vec<Question> {
    let question = |kind, column, sentence, readings| Question {
        kind,
        sheet: Some(row.place.sheet.to_string()),
        row: Some(row.place.row),
        table: row.place.table,
        column,
        rows: 1,
        sentence,
        readings,
        planned: Some(index),
    };
    match row.outcome {
        Outcome::Conflict => {
            let sentence = "Giá trị trong tệp và giá trị hiện có đều đã đổi, khác nhau: lấy giá trị nào?";
            vec![question(QuestionKind::Side, None, sentence.to_owned(), Vec::new())]
        }
        Outcome::Ask => {
            let asks = row.findings.iter().filter(|finding| finding.code.severity() == Severity::Ask);
            let mut found: Vec<Question> = asks
                .map(|finding| {
                    let kind = kind_of(finding.code);
                    question(kind, finding.column, finding.sentence(), readings(finding))
                })
                .collect();
            let unlinked = row.task_id.is_none();
            if unlinked && found.iter().all(|question| question.kind != QuestionKind::Task) {
                let sentence = "Dòng này nói đến nhiệm vụ nào của thông báo?".to_owned();
                found.push(question(QuestionKind::Task, None, sentence, Vec::new()));
            }
            found
        }
        Outcome::Create | Outcome::NoChange | Outcome::Error | Outcome::NotOurs | Outcome::Skipped => {
            Vec::new()
        }
    }
}

/// Which answer settles a finding that asks. What has no answer of its own is settled by "right as read".
fn kind_of(code: FindingCode) -> QuestionKind {
    const PROGRESS: [FindingCode; 5] = [
        FindingCode::StatusMixed,
        FindingCode::StatusTimeOnly,
        FindingCode::StatusAbbreviationUnsure,
        FindingCode::StatusInPartsUnsure,
        FindingCode::StatusTextDiffers,
    ];
    const LINK: [FindingCode; 4] = [
        FindingCode::TaskMatchUnsure,
        FindingCode::ContentMissing,
        FindingCode::KeyUnknown,
        FindingCode::KeyContradicted,
    ];
    if LINK.contains(&code) {
        QuestionKind::Task
    } else if code == FindingCode::PercentScaleUnsure {
        QuestionKind::PercentScale
    } else if code == FindingCode::DeadlineDayMonthSwapped {
        QuestionKind::DayOrder
    } else if PROGRESS.contains(&code) {
        QuestionKind::Progress
    } else {
        QuestionKind::Values
    }
}

fn readings(finding: &Finding) -> Vec<String> {
    if finding.code == FindingCode::DeadlineDayMonthSwapped {
        return finding.detail.split(" hay ").map(str::to_owned).collect();
    }
    if finding.code == FindingCode::PercentScaleUnsure {
        return finding.detail.replace(',', ".").parse().map(both_scales).unwrap_or_default();
    }
    Vec::new()
}

/// A bare number as a whole percent and as a fraction.
fn both_scales(number: f64) -> Vec<String> {
    let percent = |scaled: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "numbers up to 1 are asked about")]
        let hundredths = (scaled * 100.0).round() as i64;
        Percent::from_hundredths(hundredths).map(|percent| percent.to_string())
    };
    [percent(number), percent(number * 100.0)].into_iter().flatten().collect()
}

/// The questions as JSON: places as the workbook shows them, and for a row its candidates with their wording.
pub fn questions_json(plan: &Plan) -> Json {
    let question = |question: &Question| {
        let row = question.planned.and_then(|index| plan.rows.get(index));
        let of_task = question.kind == QuestionKind::Task;
        let candidates = row.filter(|_| of_task).map(|row| candidates_json(plan, row));
        json!({
            "kind": question.kind.as_str(),
            "sheet": question.sheet,
            "row": question.row.map(|row| row + 1),
            "column": question.column.map(column_letters),
            "table": question.table.map(column_letters),
            "rows": question.rows,
            "sentence": question.sentence,
            "readings": question.readings,
            "content": row.and_then(|row| row.content.as_ref()),
            "candidates": candidates,
        })
    };
    questions(plan).iter().map(question).collect()
}

fn candidates_json(plan: &Plan, row: &PlannedRow) -> Json {
    let candidate = |(code, score): &(Arc<str>, f64)| {
        let content = plan.named.get(code).map(|task| &task.content);
        json!({ "task": code, "score": score, "content": content })
    };
    row.candidates.iter().map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::both_scales;

    #[test]
    fn a_bare_number_is_shown_both_ways() {
        assert_eq!(both_scales(0.5), ["0,5%", "50%"]);
        assert_eq!(both_scales(1.0), ["1%", "100%"]);
    }
}
