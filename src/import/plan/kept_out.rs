//! The rows of a plan that a commit would leave out, as data: where each stands, why, and what to do.

use serde_json::{Value as Json, json};

use crate::domain::change::{Choice, Theirs};
use crate::domain::finding::Finding;
use crate::import::value::Value;
use crate::sheet::cell::cell_name;

use super::{CellChange, Outcome, Plan, PlannedRow, Reason};

/// One reason why a row stays out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOut {
    /// Sheet name.
    pub sheet: String,
    /// Row as the workbook shows it.
    pub row: u32,
    /// Cell to blame: `F12`.
    pub cell: Option<String>,
    /// Code of the task, when linked.
    pub task: Option<String>,
    /// Conflict, ask or error.
    pub outcome: Outcome,
    /// Stable code: that of the finding, `conflict`, or the reason of the row.
    pub code: &'static str,
    /// What is wrong.
    pub sentence: String,
    /// What to do.
    pub remedy: &'static str,
}

impl KeptOut {
    /// As doors answer it.
    pub fn json(&self) -> Json {
        let KeptOut { sheet, row, cell, task, outcome, code, sentence, remedy } = self;
        json!({
            "sheet": sheet, "row": row, "cell": cell, "task": task, "outcome": outcome.as_str(), "code": code,
            "sentence": sentence, "remedy": remedy,
        })
    }
}

impl Plan {
    /// Every row that would stay out, in the order of the plan; a row with several reasons is named with each.
    pub fn kept_out(&self) -> Vec<KeptOut> {
        self.rows.iter().flat_map(of_row).collect()
    }
}

fn of_row(row: &PlannedRow) -> Vec<KeptOut> {
    match row.outcome {
        Outcome::Conflict => row
            .cells()
            .filter(|cell| cell.choice == Choice::Conflict)
            .map(|cell| conflict(row, &cell))
            .collect(),
        Outcome::Ask | Outcome::Error => {
            let blocking = row.findings.iter().filter(|finding| finding.code.severity().blocks());
            let found: Vec<KeptOut> = blocking.map(|finding| of_finding(row, finding)).collect();
            if found.is_empty() { vec![of_reason(row)] } else { found }
        }
        Outcome::Create | Outcome::NoChange | Outcome::NotOurs | Outcome::Skipped => Vec::new(),
    }
}

fn entry(row: &PlannedRow, code: &'static str, (sentence, remedy): (String, &'static str)) -> KeptOut {
    KeptOut {
        sheet: row.place.sheet.to_string(),
        row: row.place.row + 1,
        cell: None,
        task: row.task.as_deref().map(str::to_owned),
        outcome: row.outcome,
        code,
        sentence,
        remedy,
    }
}

fn of_finding(row: &PlannedRow, finding: &Finding) -> KeptOut {
    let cell = finding.row.zip(finding.column).map(|(row, column)| cell_name(row.saturating_sub(1), column));
    let said = (finding.sentence(), finding.code.remedy());
    KeptOut { cell, row: finding.row.unwrap_or(row.place.row + 1), ..entry(row, finding.code.as_str(), said) }
}

fn conflict(row: &PlannedRow, cell: &CellChange) -> KeptOut {
    let shown = |value: Option<&Value>| {
        value.map_or_else(|| "(trống)".to_owned(), |value| format!("“{}”", value.shown()))
    };
    let theirs = match &cell.theirs {
        Theirs::Value(value) => shown(Some(value)),
        Theirs::Clear => "(xoá)".to_owned(),
        Theirs::Absent | Theirs::Blank => shown(None),
    };
    let by = cell.author.as_ref().map_or_else(String::new, |author| {
        format!(" ({}, {})", author.name, crate::domain::date::official(author.at.date_naive()))
    });
    let label = cell.part.label();
    let sentence =
        format!("Hai bên cùng sửa “{label}”: hiện có {}{by}, trong tệp {theirs}.", shown(cell.ours.as_ref()));
    let said = (sentence, "Chọn giá trị hiện có hoặc giá trị trong tệp.");
    KeptOut { cell: cell.cell.map(|(line, column)| cell_name(line, column)), ..entry(row, "conflict", said) }
}

fn of_reason(row: &PlannedRow) -> KeptOut {
    let reason = row.reason.unwrap_or(Reason::Link);
    let (sentence, remedy) = match reason {
        Reason::Workbook => (
            "Có phát hiện về cả tệp cần trả lời trước.",
            "Xem phát hiện chung của tệp, rồi xác nhận vẫn nhận tệp hoặc gửi tệp đúng.",
        ),
        Reason::UnknownTask => (
            "Nhiệm vụ của dòng không (hoặc không còn) thuộc thông báo đang theo dõi.",
            "Chọn nhiệm vụ đúng, hoặc xác nhận dòng không thuộc thông báo.",
        ),
        Reason::Question => {
            ("Có giá trị của dòng cần xác nhận.", "Trả lời câu hỏi về dòng này, hoặc sửa ô trong tệp.")
        }
        Reason::Link
        | Reason::Heading
        | Reason::Detail
        | Reason::Duplicate
        | Reason::EarlierPeriod
        | Reason::Finding
        | Reason::Answered => (
            "Chưa rõ dòng này nói về nhiệm vụ nào.",
            "Chọn nhiệm vụ của dòng, hoặc xác nhận dòng không thuộc thông báo.",
        ),
    };
    entry(row, reason.as_str(), (sentence.to_owned(), remedy))
}
