//! The status of a row: words in its column, marks in columns of marks, or the title of its section or table.

use crate::domain::change::is_clear_word;
use crate::domain::date;
use crate::domain::finding::FindingCode;
use crate::domain::percent::Percent;
use crate::domain::text::is_dash;
use crate::import::reading::{ReportedStatus, StatusValue};
use crate::import::recognise::legend::Legend;
use crate::import::recognise::marks::Mark;
use crate::import::vocabulary::statuses::{self, Doubt, StatusWords};
use crate::import::vocabulary::words;

use super::mark::is_no_mark;
use super::percent::Noted;

/// The status in words of a cell, or in the short names of the legend. `percent` settles what words about time alone leave
/// open ("Chưa đến hạn").
pub fn of_words(text: &str, percent: Option<Percent>, legend: &Legend) -> (StatusValue, Vec<Noted>) {
    let raw = Some(text.to_owned());
    if is_clear_word(text) {
        let noted = vec![(FindingCode::StatusNotClearable, text.to_owned())];
        return (StatusValue { raw, ..StatusValue::default() }, noted);
    }
    let Some(words) = legend.status(text).or_else(|| statuses::understand(text)) else {
        let empty =
            text.chars().all(|c| c.is_whitespace() || is_dash(c) || matches!(c, '.' | ',' | '/' | '_' | '…'));
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
    match (words.doubt, status) {
        (Some(Doubt::Abbreviation), Some(status)) => {
            let sure = legend.completed_said() || !is_at_an_end(percent);
            let code =
                if sure { FindingCode::StatusAbbreviated } else { FindingCode::StatusAbbreviationUnsure };
            noted.push((code, format!("{text}” là “{}", status.label())));
        }
        (Some(Doubt::Mixed), _) => noted.push((FindingCode::StatusMixed, text.to_owned())),
        (Some(Doubt::Abbreviation) | None, _) => {}
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

/// The status from the columns of marks: `cells` are those with something in them, with the status of their column;
/// `heading` gives the heading of a column.
pub fn of_marks(
    cells: &[(Mark, String)],
    percent: Option<Percent>,
    heading: impl Fn(u32) -> String,
) -> (StatusValue, Vec<Noted>) {
    let set: Vec<&(Mark, String)> = cells.iter().filter(|(mark, text)| !says_no(text, *mark)).collect();
    match set.as_slice() {
        [] => (StatusValue::default(), vec![(FindingCode::StatusMissing, String::new())]),
        [(mark, text)] => {
            let completed_on = (mark.status == ReportedStatus::Completed).then(|| date::find(text)).flatten();
            let (raw, value, timeliness) = (Some(text.clone()), Some(mark.status), mark.timeliness);
            let noted = doubts(*mark, (&heading(mark.column), text), percent).into_iter().collect();
            (StatusValue { raw, value, timeliness, completed_on, ..StatusValue::default() }, noted)
        }
        parts if are_parts(parts) => {
            let raw = parts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
            let named = parts.iter().map(|(mark, _)| mark.status.label()).collect::<Vec<_>>().join(", ");
            let done = percent == Some(Percent::FULL) || parts.iter().any(|(_, text)| goes_on_for_ever(text));
            let code = if done { FindingCode::StatusInPartsUnsure } else { FindingCode::StatusInParts };
            let value = Some(ReportedStatus::InProgress);
            (StatusValue { raw: Some(raw), value, ..StatusValue::default() }, vec![(code, named)])
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

/// What is doubtful about a mark: its heading is an abbreviation of several phrases, or its text says something else.
fn doubts(mark: Mark, (heading, text): (&str, &str), percent: Option<Percent>) -> Option<Noted> {
    use ReportedStatus::{Completed, InProgress, NotStarted};
    if mark.doubtful && is_at_an_end(percent) {
        return Some((
            FindingCode::StatusAbbreviationUnsure,
            format!("{heading}” là “{}", mark.status.label()),
        ));
    }
    let said = statuses::understand(text);
    let part_done = crate::domain::percent::read_text(text).value.is_some_and(|share| share < Percent::FULL);
    let against = match (mark.status, said.and_then(|words| words.status)) {
        (Completed, Some(InProgress | NotStarted)) => true,
        (Completed, _) => text.contains('%') && part_done,
        (InProgress | NotStarted, Some(Completed)) => said.is_some_and(|words| !words.more_follows),
        (_, _) => false,
    };
    against.then(|| (FindingCode::StatusTextDiffers, format!("{}” ghi “{text}", mark.status.label())))
}

/// Fewer words are a mark with a remark.
const FEWEST_WORDS: usize = 3;

/// Whether texts in several columns of statuses are parts of one task: what has been done, what is under way, what has not
/// been begun. Marks are none.
fn are_parts(cells: &[&(Mark, String)]) -> bool {
    use ReportedStatus::{Completed, InProgress, NotStarted};
    cells.iter().all(|(mark, text)| {
        matches!(mark.status, Completed | InProgress | NotStarted)
            && text.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
    })
}

/// "Tiếp tục duy trì ...": what follows when the task itself is done.
fn goes_on_for_ever(text: &str) -> bool {
    let key = words(text);
    ["tiep tuc duy tri", "duy tri", "thuong xuyen", "tiep tuc van hanh"]
        .iter()
        .any(|begin| key.starts_with(begin))
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
        day_cleared: false,
    }
}

/// Whether a cell says that its column does not hold.
fn says_no(text: &str, mark: Mark) -> bool {
    let not_yet = || matches!(words(text).as_str(), "chua" | "chua co");
    is_no_mark(text) || mark.status != ReportedStatus::NotStarted && not_yet()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_heading_of_marks_is_named_as_it_stands_there() {
        let (status, doubtful) = (ReportedStatus::InProgress, true);
        let mark = Mark { column: 4, status, timeliness: None, doubtful };
        let heading = |column| if column == 4 { "ĐTK".to_owned() } else { String::new() };
        let (value, noted) = of_marks(&[(mark, "x".to_owned())], Some(Percent::FULL), heading);
        let asked = format!("ĐTK” là “{}", status.label());
        assert_eq!(value.value, Some(status));
        assert_eq!(noted, [(FindingCode::StatusAbbreviationUnsure, asked)]);
    }
}
