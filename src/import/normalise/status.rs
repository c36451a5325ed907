//! The status of a row: words in its column, marks in columns of marks, or the title of its section or table.

use crate::domain::date;
use crate::domain::finding::FindingCode;
use crate::domain::percent::Percent;
use crate::import::reading::{ReportedStatus, StatusValue};
use crate::import::recognise::marks::Mark;
use crate::import::vocabulary::statuses::{self, StatusWords};

use super::percent::Noted;

/// The status in words of a cell. `percent` settles what words about time alone leave open ("Chưa đến hạn").
pub fn of_words(text: &str, percent: Option<Percent>) -> (StatusValue, Vec<Noted>) {
    let raw = Some(text.to_owned());
    let Some(words) = statuses::understand(text) else {
        let empty = text.chars().all(|c| !c.is_alphanumeric());
        let noted = if empty { Vec::new() } else { vec![(FindingCode::StatusUnreadable, text.to_owned())] };
        return (StatusValue { raw, ..StatusValue::default() }, noted);
    };
    let (mut status, mut noted) = (words.status, Vec::new());
    if status.is_none() && words.timeliness.is_some() {
        status = Some(ReportedStatus::InProgress);
        if is_at_an_end(percent) {
            noted.push((FindingCode::StatusTimeOnly, text.to_owned()));
        }
    } else if status.is_none() {
        noted.push((FindingCode::StatusUnreadable, text.to_owned()));
    }
    let completed_on = (status == Some(ReportedStatus::Completed)).then(|| date::find(text)).flatten();
    let timeliness = words.timeliness;
    let found = StatusValue { raw, value: status, timeliness, completed_on, ..StatusValue::default() };
    (found, noted)
}

/// Whether a percent leaves open what words about time alone mean: none, 0 or 100.
pub fn is_at_an_end(percent: Option<Percent>) -> bool {
    percent.is_none_or(|percent| percent == Percent::ZERO || percent == Percent::FULL)
}

/// The status from the columns of marks: `cells` are those with something in them, with the status of their column.
pub fn of_marks(cells: &[(Mark, String)]) -> (StatusValue, Vec<Noted>) {
    let set: Vec<&(Mark, String)> = cells.iter().filter(|(_, text)| !is_no_mark(text)).collect();
    match set.as_slice() {
        [] => (StatusValue::default(), vec![(FindingCode::StatusMissing, String::new())]),
        [(mark, text)] => {
            let completed_on = (mark.status == ReportedStatus::Completed).then(|| date::find(text)).flatten();
            let (raw, value, timeliness) = (Some(text.clone()), Some(mark.status), mark.timeliness);
            (StatusValue { raw, value, timeliness, completed_on, ..StatusValue::default() }, Vec::new())
        }
        several => {
            let raw = several.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
            let named = several.iter().map(|(mark, _)| mark.status.label()).collect::<Vec<_>>().join(", ");
            (
                StatusValue { raw: Some(raw), ..StatusValue::default() },
                vec![(FindingCode::StatusMultipleMarks, named)],
            )
        }
    }
}

/// The status that the title of a section or table gives to its tasks.
pub fn of_title(words: StatusWords, title: &str, source: &'static str) -> StatusValue {
    StatusValue {
        raw: Some(title.to_owned()),
        value: words.status,
        timeliness: words.timeliness,
        source: Some(source),
        completed_on: None,
        completed_at: None,
    }
}

/// What people write into a column of marks to say that it does not hold.
fn is_no_mark(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "" | "-" | "–" | "0" | "không" | "o" | "." | "…" | "..." | "/" | "n/a"
    )
}
