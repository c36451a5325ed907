//! The open questions of a plan as a person reads them at a terminal, each with the flag that answers it.

use crate::clock::vietnamese_day;
use crate::domain::change::{Choice, Theirs};
use crate::domain::date::official;
use crate::import::plan::{CellChange, Plan, PlannedRow};
use crate::import::question::{Question, QuestionKind, questions};
use crate::import::value::Value;
use crate::sheet::cell::column_letters;

/// Questions printed at most; the rest is counted. A screen holds about so many.
const MOST: usize = 20;
/// Letters of a wording that are shown.
const WORDING: usize = 90;

/// The questions with the flags that answer them; empty when nothing is open.
pub(super) fn text(import: &str, plan: &Plan) -> String {
    let open = questions(plan);
    if open.is_empty() {
        return String::new();
    }
    let mut text = String::from("Cần trả lời:\n");
    for (number, question) in (1..).zip(open.iter().take(MOST)) {
        text.push_str(&format!("  {number}. {}{}\n", place(question), question.sentence));
        for line in details(plan, question) {
            text.push_str(&format!("       {line}\n"));
        }
        text.push_str(&format!("     {}\n", flags(question)));
    }
    if open.len() > MOST {
        text.push_str(&format!("  ... và {} câu hỏi khác (--json để xem hết)\n", open.len() - MOST));
    }
    text.push_str(&format!("Trả lời:  giaoban answer {import} TUỲ_CHỌN...\n"));
    text
}

fn place(question: &Question) -> String {
    let sheet = question.sheet.as_deref().map(|sheet| format!("“{sheet}” ")).unwrap_or_default();
    let of_column = matches!(question.kind, QuestionKind::PercentScale | QuestionKind::DayOrder);
    match (question.row, question.column) {
        (_, Some(column)) if of_column => {
            format!("{sheet}cột {} ({} dòng): ", column_letters(column), question.rows)
        }
        (Some(row), _) => {
            let table = question.table.map(|table| format!(" (bảng từ cột {})", column_letters(table)));
            format!("{sheet}dòng {}{}: ", row + 1, table.unwrap_or_default())
        }
        (None, _) => String::new(),
    }
}

fn details(plan: &Plan, question: &Question) -> Vec<String> {
    let Some(row) = question.planned.and_then(|index| plan.rows.get(index)) else { return Vec::new() };
    match question.kind {
        QuestionKind::Task => of_task(plan, row),
        QuestionKind::Side => {
            row.cells().filter(|cell| cell.choice == Choice::Conflict).map(|cell| both(&cell)).collect()
        }
        QuestionKind::Workbook
        | QuestionKind::ColumnMeaning
        | QuestionKind::PercentScale
        | QuestionKind::DayOrder
        | QuestionKind::Progress
        | QuestionKind::Values => Vec::new(),
    }
}

/// Both values of a cell in conflict, and who stored the one that is there.
fn both(cell: &CellChange) -> String {
    let shown = |value: Option<&Value>| value.map_or("(trống)".to_owned(), |value| short(&value.shown()));
    let theirs = match &cell.theirs {
        Theirs::Value(value) => shown(Some(value)),
        Theirs::Clear => "(xoá)".to_owned(),
        Theirs::Absent | Theirs::Blank => shown(None),
    };
    let by = cell.author.as_ref().map_or_else(String::new, |author| {
        format!(" ({}, {})", author.name, official(vietnamese_day(author.at)))
    });
    format!("{}: hiện có {}{by}, trong tệp {theirs}", cell.part.label(), shown(cell.ours.as_ref()))
}

fn of_task(plan: &Plan, row: &PlannedRow) -> Vec<String> {
    let content = row.content.iter().map(|content| format!("“{}”", short(content)));
    let candidates = row.candidates.iter().map(|(code, _)| {
        let wording = plan.named.get(code).map(|task| short(&task.content)).unwrap_or_default();
        format!("{code}  {wording}")
    });
    content.chain(candidates).collect()
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WORDING) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// A word of a command as a shell takes it: the sender chose the name of the sheet, and a person pastes the line.
fn quoted(word: &str) -> String {
    let plain: String = word.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    format!("'{}'", plain.replace('\'', r"'\''"))
}

/// The flags that answer a question, with its place filled in.
fn flags(question: &Question) -> String {
    let at = |rest: String| match &question.sheet {
        Some(sheet) => quoted(&format!("{sheet}!{rest}")),
        None => quoted(&rest),
    };
    // In a table beside another one the row alone would name that of the left one.
    let number = (question.row.unwrap_or(0) + 1).to_string();
    let number = question.table.map(column_letters).unwrap_or_default() + &number;
    let row = at(number.clone());
    let value = |rest: String, value: &str| match &question.sheet {
        Some(sheet) => quoted(&format!("{sheet}!{rest}={value}")),
        None => quoted(&format!("{rest}={value}")),
    };
    let column = column_letters(question.column.unwrap_or(0));
    let readings = |index: usize| question.readings.get(index).map(String::as_str).unwrap_or("?");
    match question.kind {
        QuestionKind::Workbook => "--accept".to_owned(),
        QuestionKind::ColumnMeaning => {
            format!("--column {}  hoặc  --accept", value(column, "NGHĨA"))
        }
        QuestionKind::PercentScale => format!(
            "--scale {} ({})  hoặc  --scale {} ({})",
            value(column.clone(), "whole"),
            readings(0),
            value(column, "fractions"),
            readings(1)
        ),
        QuestionKind::DayOrder => format!(
            "--days {} ({})  hoặc  --days {} ({})",
            value(column.clone(), "as_stored"),
            readings(0),
            value(column, "swapped"),
            readings(1)
        ),
        QuestionKind::Task => format!("--row {}  hoặc  --not-a-task {}", value(number, "MÃ_NHIỆM_VỤ"), row),
        QuestionKind::Progress => format!("--progress {}", value(number, "TÌNH_TRẠNG")),
        QuestionKind::Values => format!("--as-read {row}"),
        QuestionKind::Side => format!("--keep-ours {row}  hoặc  --keep-theirs {row}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_to_be_pasted_takes_the_name_of_a_sheet_as_one_word() {
        let question = Question {
            kind: QuestionKind::PercentScale,
            sheet: Some("Q1 = 'x'; rm -rf ~".to_owned()),
            row: None,
            column: Some(3),
            table: None,
            rows: 1,
            sentence: String::new(),
            readings: Vec::new(),
            planned: None,
        };
        let line = flags(&question);
        assert!(line.starts_with(r"--scale 'Q1 = '\''x'\''; rm -rf ~!D=whole' "), "{line}");
    }
}
