//! What an import has to say about the cells of its workbook, as marks for the sender's own file: findings, conflicts
//! with both values, open questions with their candidates. Pure; `workbook::patch` puts the marks into the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::change::{Base, Choice, Theirs};
use crate::domain::date::official;
use crate::domain::finding::{Finding, Severity};
use crate::domain::history::Part;
use crate::domain::import::{ImportState, RowOutcome};
use crate::import::apply::AsKept;
use crate::import::plan::{CellChange, Plan, PlannedRow, Reason};
use crate::import::value::Value;
use crate::workbook::patch::Mark;

/// What marks are made from besides the plan.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// How far the import has come.
    pub state: ImportState,
    /// Its rows as kept, in the order of the plan.
    pub rows: &'a [AsKept],
    /// Wording of the tasks by code.
    pub tasks: &'a BTreeMap<&'a str, &'a str>,
    /// Who stated the stored values, and when, by task and part.
    pub told: &'a BTreeMap<(Arc<str>, Part), String>,
}

/// The marks of an import, in the order of the workbook; those about the whole workbook first.
pub fn marks(plan: &Plan, context: Context<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = plan.findings.iter().map(of_finding).collect();
    for (row, kept) in plan.rows.iter().zip(context.rows) {
        marks.extend(row.findings.iter().map(of_finding));
        let stays_out = |outcome| match outcome {
            RowOutcome::Conflict | RowOutcome::Ask | RowOutcome::Error => true,
            RowOutcome::Create | RowOutcome::NoChange | RowOutcome::NotOurs | RowOutcome::Skipped => false,
        };
        match context.state {
            ImportState::Received | ImportState::Read | ImportState::Planned => {
                marks.extend(of_outcome(row, context));
            }
            // Afterwards only what stayed out then is still open; what is asked of it is what would be asked now.
            ImportState::Committed | ImportState::Discarded | ImportState::Undone => {
                if stays_out(kept.outcome) && stays_out(row.outcome) {
                    marks.extend(of_outcome(row, context));
                }
                if stays_out(kept.outcome) && context.state == ImportState::Committed {
                    let label = kept.outcome.label().to_lowercase();
                    let sentence = format!("Dòng này chưa được ghi ({label}).");
                    let words = (sentence, "Sửa dòng rồi gửi lại tệp.".to_owned());
                    marks.push(row_mark(row, (Severity::Ask, "not_stored"), words));
                }
            }
        }
    }
    marks
}

/// The words above the list: what the file is, how much was found, what to do with it.
pub fn intro(file: &str, marks: &[Mark]) -> Vec<String> {
    let count = |severity| marks.iter().filter(|mark| mark.severity == severity).count();
    let found = [
        (Severity::Error, "lỗi"),
        (Severity::Ask, "chỗ cần trả lời"),
        (Severity::Warning, "cảnh báo"),
        (Severity::Info, "thông tin"),
    ];
    let found: Vec<String> = found
        .into_iter()
        .filter(|(severity, _)| count(*severity) > 0)
        .map(|(severity, words)| format!("{} {words}", count(severity)))
        .collect();
    let found = if found.is_empty() { "không có phát hiện".to_owned() } else { found.join(", ") };
    vec![
        format!("Tệp “{file}”: {found}."),
        "Sửa ngay tại các ô được tô màu rồi gửi lại chính tệp này. Trang “Phát hiện” và các ghi chú của Giao Ban được bỏ \
         qua khi đọc, không cần xoá. Dòng có lỗi hoặc cần trả lời chưa được ghi; cảnh báo và thông tin không cản việc ghi."
            .to_owned(),
    ]
}

fn of_finding(finding: &Finding) -> Mark {
    Mark {
        sheet: finding.sheet.clone(),
        row: finding.row.map(|row| row.saturating_sub(1)),
        column: finding.column,
        severity: finding.code.severity(),
        code: finding.code.as_str().to_owned(),
        sentence: finding.sentence(),
        remedy: finding.code.remedy().to_owned(),
    }
}

type Words = (String, String);

fn row_mark(row: &PlannedRow, (severity, code): (Severity, &str), (sentence, remedy): Words) -> Mark {
    Mark {
        sheet: Some(row.place.sheet.to_string()),
        row: Some(row.place.row),
        column: None,
        severity,
        code: code.to_owned(),
        sentence,
        remedy,
    }
}

fn of_outcome(row: &PlannedRow, context: Context<'_>) -> Vec<Mark> {
    match row.outcome {
        RowOutcome::Conflict => row.cells().filter_map(|cell| conflict(row, &cell, context)).collect(),
        RowOutcome::Ask => question(row, context).into_iter().collect(),
        RowOutcome::Create
        | RowOutcome::NoChange
        | RowOutcome::Error
        | RowOutcome::NotOurs
        | RowOutcome::Skipped => Vec::new(),
    }
}

fn conflict(row: &PlannedRow, cell: &CellChange, context: Context<'_>) -> Option<Mark> {
    if cell.choice != Choice::Conflict {
        return None;
    }
    let theirs = match &cell.theirs {
        Theirs::Value(value) => format!("ghi “{}”", shown(value)),
        Theirs::Clear => "xoá giá trị".to_owned(),
        Theirs::Absent | Theirs::Blank => return None,
    };
    let ours =
        cell.ours.as_ref().map_or("để trống".to_owned(), |value| format!("đang có “{}”", shown(value)));
    let told = row.task.as_ref().and_then(|task| context.told.get(&(task.clone(), cell.part)));
    let told = told.map_or(String::new(), |told| format!(" ({told})"));
    let base = match &cell.base {
        Base::Value(value) => format!("; trước đó cả hai bên là “{}”", shown(value)),
        Base::Blank => "; trước đó ô này trống".to_owned(),
        Base::Unknown => String::new(),
    };
    let sentence = format!("{}: tệp {theirs}, hệ thống {ours}{told}{base}.", cell.part.label());
    let remedy = "Chọn giá trị đúng khi trả lời lần nạp, hoặc ghi lại ô này theo giá trị đúng rồi gửi lại.";
    let mark = row_mark(row, (Severity::Ask, RowOutcome::Conflict.as_str()), (sentence, remedy.to_owned()));
    let (line, column) = cell.cell.unzip();
    Some(Mark { row: line.or(mark.row), column, ..mark })
}

/// The open question of a row, unless one of its findings or one about the workbook asks it already.
fn question(row: &PlannedRow, context: Context<'_>) -> Option<Mark> {
    let reason = row.reason?;
    let sentence = match reason {
        Reason::Link if row.candidates.is_empty() => {
            "Chưa rõ dòng này là nhiệm vụ nào của thông báo.".to_owned()
        }
        Reason::Link => {
            let named = row.candidates.iter().map(|(code, _)| match context.tasks.get(code.as_ref()) {
                Some(content) => format!("{code} “{}”", beginning(content)),
                None => code.to_string(),
            });
            format!("Dòng này có thể là nhiệm vụ: {}.", named.collect::<Vec<_>>().join("; "))
        }
        Reason::UnknownTask => {
            let task = row.task.as_deref().unwrap_or("này");
            format!("Nhiệm vụ {task} không có trong các thông báo đang theo dõi.")
        }
        Reason::Workbook
        | Reason::Heading
        | Reason::Detail
        | Reason::Duplicate
        | Reason::EarlierPeriod
        | Reason::Finding
        | Reason::Question
        | Reason::Answered => return None,
    };
    let remedy = "Chọn nhiệm vụ khi trả lời lần nạp, hoặc ghi mã nhiệm vụ vào dòng này rồi gửi lại.";
    Some(row_mark(row, (Severity::Ask, reason.as_str()), (sentence, remedy.to_owned())))
}

/// The first words of a task.
fn beginning(content: &str) -> String {
    match content.char_indices().nth(80) {
        None => content.to_owned(),
        Some((at, _)) => format!("{}…", content.get(..at).unwrap_or_default()),
    }
}

/// A value as people write it.
fn shown(value: &Value) -> String {
    match value {
        Value::Progress(progress) => progress.label().to_owned(),
        Value::Percent(percent) => percent.to_string(),
        Value::Day(day) => official(*day),
        Value::Text(text) => beginning(text),
    }
}
