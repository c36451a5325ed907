//! Answers as people give them: places as the workbook shows them (row 12, column F), words by their stable names. What
//! is no such place or word is refused with the words that would do.

use crate::domain::progress::Progress;
use crate::error::{Code, Error, Result};
use crate::import::answers::{Answers, Link, RowAnswer, Side};
use crate::sheet::cell::column_number;
use crate::sheet::meaning::{ColumnFacts, ColumnMeaning, DayOrder, PercentScale};

/// Adds the answer about a row, counted from 1. An empty sheet name stands for the only sheet. `table` is a column of its
/// table, where several stand beside each other in the same rows.
///
/// # Errors
/// `INVALID_INPUT` for row 0, or when the row is given another answer to the same question in the same breath.
pub fn add_row(
    answers: &mut Answers,
    (sheet, table): (&str, Option<&str>),
    row: u32,
    answer: RowAnswer,
) -> Result<()> {
    let Some(number) = row.checked_sub(1) else {
        return Err(wrong("rows", "Dòng được đánh số từ 1, như trong bảng tính.".to_owned()));
    };
    let table = table
        .map(|letters| {
            let sentence = format!("“{letters}” không phải tên cột của bảng. Ghi chữ cái của cột, ví dụ F.");
            column_number(letters.trim()).ok_or_else(|| wrong("rows", sentence))
        })
        .transpose()?;
    let known = answers.entry(sheet, number, table);
    let twice = differ(known.link.as_ref(), answer.link.as_ref())
        || differ(known.side.as_ref(), answer.side.as_ref())
        || differ(known.progress.as_ref(), answer.progress.as_ref());
    if twice {
        return Err(wrong("rows", format!("Dòng {row} có hai câu trả lời khác nhau cho cùng một câu hỏi.")));
    }
    *known = RowAnswer {
        link: answer.link.or(known.link.take()),
        side: answer.side.or(known.side),
        progress: answer.progress.or(known.progress),
        as_read: answer.as_read || known.as_read,
    };
    Ok(())
}

/// Adds what is said of a column, named by its letters.
///
/// # Errors
/// `INVALID_INPUT` for what names no column, or when two different things are said of it in the same breath.
pub fn add_column(answers: &mut Answers, sheet: &str, letters: &str, facts: ColumnFacts) -> Result<()> {
    let Some(number) = column_number(letters.trim()) else {
        return Err(wrong(
            "columns",
            format!("“{letters}” không phải tên cột. Ghi chữ cái của cột, ví dụ F."),
        ));
    };
    let known = answers.columns.entry((sheet.to_owned(), number)).or_default();
    let twice = differ(known.meaning.as_ref(), facts.meaning.as_ref())
        || differ(known.scale.as_ref(), facts.scale.as_ref())
        || differ(known.days.as_ref(), facts.days.as_ref());
    if twice {
        return Err(wrong(
            "columns",
            format!("Cột {letters} có hai câu trả lời khác nhau cho cùng một câu hỏi."),
        ));
    }
    *known = known.then(facts);
    Ok(())
}

fn differ<T: PartialEq>(known: Option<&T>, new: Option<&T>) -> bool {
    matches!((known, new), (Some(known), Some(new)) if known != new)
}

/// The link that a task and the word "no task" give together.
///
/// # Errors
/// `INVALID_INPUT` when both are given.
pub fn link(task: Option<String>, not_a_task: bool) -> Result<Option<Link>> {
    match (task, not_a_task) {
        (Some(_), true) => {
            let sentence = "Một dòng hoặc là một nhiệm vụ, hoặc không phải nhiệm vụ trong thông báo; không thể là cả hai.";
            Err(wrong("rows", sentence.to_owned()))
        }
        (Some(code), false) => Ok(Some(Link::Task(code.trim().into()))),
        (None, true) => Ok(Some(Link::NotATask)),
        (None, false) => Ok(None),
    }
}

/// What is said of a column, by the names of meaning, percent scale and order of days.
///
/// # Errors
/// `INVALID_INPUT` for names that there are not.
pub fn facts(meaning: Option<&str>, scale: Option<&str>, days: Option<&str>) -> Result<ColumnFacts> {
    Ok(ColumnFacts {
        meaning: meaning.map(self::meaning).transpose()?,
        scale: scale.map(self::scale).transpose()?,
        days: days.map(self::days).transpose()?,
    })
}

/// The meaning of this name.
///
/// # Errors
/// `INVALID_INPUT` with the names that there are.
pub fn meaning(name: &str) -> Result<ColumnMeaning> {
    ColumnMeaning::parse(name.trim()).ok_or_else(|| {
        let names: Vec<String> = ColumnMeaning::all().map(ColumnMeaning::name).collect();
        wrong("columns", format!("Không có nghĩa cột “{name}”. Chọn một trong: {}.", names.join(", ")))
    })
}

/// The percent scale of this name.
///
/// # Errors
/// `INVALID_INPUT` with the names that there are.
pub fn scale(name: &str) -> Result<PercentScale> {
    PercentScale::parse(name.trim()).ok_or_else(|| {
        wrong(
            "columns",
            format!("Không có cách ghi tỷ lệ “{name}”. Chọn: whole (50 là 50%) hoặc fractions (0,5 là 50%)."),
        )
    })
}

/// The order of days of this name.
///
/// # Errors
/// `INVALID_INPUT` with the names that there are.
pub fn days(name: &str) -> Result<DayOrder> {
    DayOrder::parse(name.trim()).ok_or_else(|| {
        let sentence = format!(
            "Không có cách hiểu ngày “{name}”. Chọn: as_stored (giữ ngày như trong ô) hoặc swapped (đổi chỗ ngày và tháng)."
        );
        wrong("columns", sentence)
    })
}

/// The side of this name.
///
/// # Errors
/// `INVALID_INPUT` with the names that there are.
pub fn side(name: &str) -> Result<Side> {
    Side::parse(name.trim()).ok_or_else(|| {
        wrong(
            "rows",
            format!(
                "Không có cách chọn “{name}”. Chọn: ours (giá trị hiện có) hoặc theirs (giá trị trong tệp)."
            ),
        )
    })
}

/// The progress of this name.
///
/// # Errors
/// `INVALID_INPUT` with the names that there are.
pub fn progress(name: &str) -> Result<Progress> {
    Progress::parse(name.trim()).ok_or_else(|| {
        wrong("rows", format!("Không có tình trạng “{name}”. Chọn: not_started, in_progress hoặc completed."))
    })
}

fn wrong(field: &str, sentence: String) -> Error {
    Error::with(Code::InvalidInput, sentence).field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_answers_to_one_question_in_one_breath_are_refused_and_answers_to_several_add_up() {
        let task = |code: &str| RowAnswer { link: Some(Link::Task(code.into())), ..RowAnswer::default() };
        let side = RowAnswer { side: Some(Side::Ours), ..RowAnswer::default() };
        let mut answers = Answers::default();
        add_row(&mut answers, ("A", None), 12, task("I.1-1")).unwrap();
        add_row(&mut answers, ("A", None), 12, side.clone()).unwrap();
        assert_eq!(*answers.entry("A", 11, None), RowAnswer { side: side.side, ..task("I.1-1") });
        assert!(add_row(&mut answers, ("A", None), 12, task("I.1-2")).is_err());
        assert!(add_row(&mut answers, ("A", None), 0, side).is_err());
        add_row(&mut answers, ("A", Some("f")), 12, task("I.1-3")).unwrap();
        assert_eq!(*answers.entry("A", 11, Some(5)), task("I.1-3"));
        assert!(add_row(&mut answers, ("A", Some("1")), 12, task("I.1-3")).is_err());
        assert!(link(Some("I.1-1".into()), true).is_err());
    }

    #[test]
    fn words_that_are_none_of_ours_are_refused_with_those_that_are() {
        for refused in [
            meaning("tyle").unwrap_err(),
            scale("percent").unwrap_err(),
            days("us").unwrap_err(),
            side("mine").unwrap_err(),
            progress("done").unwrap_err(),
        ] {
            let sentence = refused.message;
            assert!(sentence.contains("Chọn") && sentence.ends_with('.'), "{sentence}");
        }
        let mut answers = Answers::default();
        assert!(add_column(&mut answers, "A", "12", ColumnFacts::default()).is_err());
        let scale = |scale| ColumnFacts { scale: Some(scale), ..ColumnFacts::default() };
        add_column(&mut answers, "A", "f", scale(PercentScale::Whole)).unwrap();
        assert!(add_column(&mut answers, "A", "F", scale(PercentScale::Fractions)).is_err());
    }
}
