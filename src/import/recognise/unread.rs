//! Columns whose headings say plainly what they are and that are not read all the same, so that nothing is left out in
//! silence: another column has the same meaning, or the cells are of another kind.

use crate::import::vocabulary::headings::Meaning;
use crate::sheet::column::Field;

use super::columns::{Column, Columns, PLAIN};
use super::evidence::Looks;

/// A column that is not read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// Which.
    pub column: u32,
    /// Its heading.
    pub heading: String,
    /// What the heading or the cells say.
    pub field: Option<Field>,
    /// Why it is not read.
    pub why: Why,
}

/// Why a column is not read.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// This column has the same meaning.
    Taken(u32),
    /// Its cells are of another kind.
    Cells(String),
    /// Neither its heading nor its cells say what it is.
    Unknown,
}

/// A heading with this weight says something of what it means.
const CLEAR: f64 = 0.5;

/// The columns with values, of those that nobody has spoken for, whose plain headings are not followed.
pub(super) fn unread(open: &[Column<'_>], result: &Columns) -> Vec<Unread> {
    let read = |column: &&Column<'_>| {
        result.fields.values().chain(&result.completed_on).chain(&result.code).any(|at| *at == column.number)
            || result.marks.iter().any(|mark| mark.column == column.number)
    };
    let of = |column: &Column<'_>| {
        let heading = column.heading?;
        if let Some((field, taken)) = second(column, result) {
            return Some(Unread {
                column: column.number,
                heading: heading.text.clone(),
                field: Some(field),
                why: Why::Taken(taken),
            });
        }
        let text = || heading.text.clone();
        let Some(guess) = heading.guesses.first().filter(|guess| guess.weight >= CLEAR) else {
            let asked = result.contested.contains(&column.number);
            let says = !heading.text.is_empty() && !heading.covered && !asked && column.looks.filled > 0;
            return says.then(|| Unread {
                column: column.number,
                heading: text(),
                field: None,
                why: Why::Unknown,
            });
        };
        let Meaning::Field(field) = guess.meaning else { return None };
        let marks = result.marks.first().filter(|_| field == Field::Status).map(|mark| mark.column);
        let taken = result.fields.get(&field).copied().or(marks);
        let why = taken.map_or_else(|| Why::Cells(kinds(&column.looks)), Why::Taken);
        // A heading that may mean several things says nothing when another column has one of them.
        let told = guess.weight >= PLAIN || matches!(why, Why::Cells(_));
        told.then(|| Unread { column: column.number, heading: text(), field: Some(field), why })
    };
    open.iter().filter(|column| column.looks.filled > 0 && !read(column)).filter_map(of).collect()
}

/// What nearly all cells of a column are although another column is that, where the heading names nothing else.
fn second(column: &Column<'_>, result: &Columns) -> Option<(Field, u32)> {
    let looks = &column.looks;
    let named = column.heading.and_then(|heading| heading.guesses.first());
    let open = named.is_none_or(|guess| guess.weight < PLAIN);
    let kinds = [(Field::Status, looks.statuses), (Field::Percent, looks.percents)];
    let (field, _) = kinds.into_iter().find(|(_, count)| open && looks.share(*count) >= PLAIN)?;
    result.fields.get(&field).map(|taken| (field, *taken))
}

/// What most cells are, in words.
fn kinds(looks: &Looks) -> String {
    let kinds = [
        (looks.dates + looks.deadlines, "ngày, thời hạn"),
        (looks.percents, "phần trăm"),
        (looks.statuses + looks.coded, "tình trạng"),
        (looks.marks, "dấu x"),
        (looks.units + looks.persons, "tên đơn vị, tên người"),
        (looks.provinces, "tên tỉnh"),
        (looks.documents, "số văn bản"),
        (looks.tasks, "nhiệm vụ của thông báo"),
        (looks.prose, "câu dài"),
        (looks.numbers + looks.other_numbers, "con số"),
        (looks.filled, "chữ"),
    ];
    // Of kinds with the same count the more telling one, which stands first.
    let most =
        kinds.iter().rev().max_by_key(|(count, what)| (*count * 2 > looks.filled && *what != "chữ", *count));
    most.map_or_else(String::new, |(count, what)| format!("{count}/{} ô là {what}", looks.filled))
}
