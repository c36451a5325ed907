//! What the cells of a column look like: shares of ordinals, dates, percents, statuses, marks, units, prose.

use crate::domain::deadline::{self, Precision};
use crate::domain::status::ReportedStatus;
use crate::import::matching::Index;
use crate::import::normalise::mark::{is_mark, is_no_mark, is_yes};
use crate::import::rows::stt;
use crate::import::vocabulary::places::Place;
use crate::import::vocabulary::{statuses, words};
use crate::sheet::cell::{Cell, Value};
use crate::sheet::number_format::Shows;

use super::grid::Grid;
use super::legend::Legend;

mod texts;

pub use texts::is_unit;
use texts::{
    REPORTS, REQUESTS, TROUBLES, begins_with_any, is_order, is_person, is_room, is_several, is_told,
};

/// Counts over the sampled cells of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looks {
    /// Cells with a value.
    pub filled: usize,
    /// Rows sampled.
    pub rows: usize,
    /// Numbers of rows: 1, 2.1, a), -, IV.
    pub ordinals: usize,
    /// Date cells.
    pub dates: usize,
    /// Texts that read as a deadline, and serial numbers that may be days.
    pub deadlines: usize,
    /// Cells shown as percents, and texts with a percent sign and little else.
    pub percents: usize,
    /// Bare numbers from 0 to 100.
    pub numbers: usize,
    /// Of these, ones: some write 1 for x.
    pub ones: usize,
    /// And zeros: in a column of marks the sum below no marks.
    pub zeros: usize,
    /// Numbers above 100 or below 0.
    pub other_numbers: usize,
    /// Words of a status and nothing else.
    pub statuses: usize,
    /// Of these, words that say the task is done.
    pub completed: usize,
    /// Texts that begin with a status, whatever follows: a day, a share ("Đã hoàn thành ngày 15/4/2020").
    pub begun: usize,
    /// Texts that begin with a status and go on ("Đang thực hiện. Đã họp ..."), and those of them that are completed.
    pub led: usize,
    /// See `led`.
    pub led_by_completed: usize,
    /// Short texts and numbers that the legend of the table explains by a status.
    pub coded: usize,
    /// Marks (x).
    pub marks: usize,
    /// Signs of one or two characters that are no letters, figures or marks known by themselves ("+", "◐").
    pub signs: usize,
    /// Texts of one or two characters without figures.
    pub short: usize,
    /// Words that say as much as a mark ("Có").
    pub yeas: usize,
    /// Words and signs that say that there is no mark ("-", "Không").
    pub nays: usize,
    /// Names of units.
    pub units: usize,
    /// Of these, rooms of the sender itself, and others or several.
    pub rooms: usize,
    /// See `rooms`.
    pub others: usize,
    /// Names and posts of persons.
    pub persons: usize,
    /// Names of provinces.
    pub provinces: usize,
    /// Numbers of documents ("45/KH-UBND").
    pub documents: usize,
    /// Of these, numbers alone of documents of the ministry ("88/TB-BTTTT"), which give tasks.
    pub of_ministry: usize,
    /// Texts of eight words and more.
    pub prose: usize,
    /// Texts that speak of a known task.
    pub tasks: usize,
    /// Texts that begin with what is to be done, as tasks do.
    pub orders: usize,
    /// Texts that tell what was done: "Đã ...", "Báo cáo số 61/BC-STTTT", "Dự thảo ...".
    pub reports: usize,
    /// Texts that tell what is in the way: "Thiếu ...", "Chưa có ...".
    pub troubles: usize,
    /// Texts that ask for something: "Đề nghị Bộ ...", "Hỗ trợ ...", "Cử ...".
    pub requests: usize,
    /// Letters in all texts.
    pub letters: usize,
    /// Different values.
    pub distinct: usize,
    /// Error values of formulas.
    pub errors: usize,
}

/// Letters of an abbreviation, and how many different ones a column of them has.
const LONGEST_CODE: usize = 4;
const MOST_CODES: usize = 6;

/// Letters of the longest word for no mark.
const LONGEST_NAY: usize = 8;

impl Looks {
    /// The share of the filled cells, 0..1.
    pub fn share(&self, count: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "samples are small")]
        let share = if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 };
        share
    }

    /// Whether the cells are a few short texts over and over that nothing explains: abbreviations or signs of somebody's own.
    pub fn are_codes(&self) -> bool {
        let said = self.statuses + self.coded + self.dates + self.deadlines + self.percents + self.documents;
        said == 0
            && self.numbers + self.other_numbers + self.errors == 0
            && self.letters > 0
            && self.average_length() <= LONGEST_CODE
            && self.distinct <= MOST_CODES
    }

    /// Letters in an average text.
    pub fn average_length(&self) -> usize {
        self.letters.checked_div(self.filled).unwrap_or(0)
    }
}

/// Looks of the sampled rows of one column.
pub fn looks((grid, index, legend): (&Grid<'_>, &Index<'_>, &Legend), column: u32, rows: &[u32]) -> Looks {
    let mut looks = Looks { rows: rows.len(), ..Looks::default() };
    let mut values: Vec<String> = Vec::new();
    for row in rows {
        let cell = grid.sheet.cell(*row, column);
        let Some(cell) = cell else { continue };
        let Some(text) = grid.text(cell) else { continue };
        looks.filled += 1;
        let said = looks.statuses;
        look(&mut looks, grid, index, cell, &text);
        looks.coded += usize::from(looks.statuses == said && legend.status(&text).is_some());
        values.push(text.into_owned());
    }
    values.sort_unstable();
    values.dedup();
    looks.distinct = values.len();
    looks
}

fn look(looks: &mut Looks, grid: &Grid<'_>, index: &Index<'_>, cell: &Cell, text: &str) {
    match &cell.value {
        Value::Number(number) => look_at_number(looks, grid.shows(cell), *number, text),
        Value::DateTime(_) => looks.dates += 1,
        Value::Error(_) => looks.errors += 1,
        Value::Text(_) => look_at_text(looks, index, text),
        // The check boxes of an online sheet.
        Value::Bool(true) => looks.marks += 1,
        Value::Bool(false) => looks.nays += 1,
        Value::Empty => {}
    }
}

fn look_at_number(looks: &mut Looks, shows: Shows, number: f64, text: &str) {
    match shows {
        Shows::Day | Shows::Month | Shows::Quarter | Shows::Year => looks.dates += 1,
        Shows::Percent => looks.percents += 1,
        Shows::Time => {}
        Shows::Number => {
            if is_day_serial(number) {
                looks.deadlines += 1;
            }
            if (0.0..=100.0).contains(&number) {
                looks.numbers += 1;
                looks.ones += usize::from((number - 1.0).abs() < f64::EPSILON);
                looks.zeros += usize::from(number.abs() < f64::EPSILON);
                looks.ordinals += usize::from(stt::parse(text).is_some());
            } else {
                looks.other_numbers += 1;
            }
        }
    }
}

/// Whether a bare number may be a day between 2015 and 2035.
pub fn is_day_serial(number: f64) -> bool {
    (42_005.0..49_710.0).contains(&number) && number.fract() == 0.0
}

fn look_at_text(looks: &mut Looks, index: &Index<'_>, text: &str) {
    let letters = text.chars().count();
    looks.letters += letters;
    looks.short += usize::from(letters <= 2 && !text.bytes().any(|byte| byte.is_ascii_digit()));
    if is_mark(text) {
        looks.marks += 1;
        return;
    }
    let count = |counter: &mut usize, holds: bool| *counter += usize::from(holds);
    count(&mut looks.yeas, letters <= LONGEST_NAY && is_yes(text));
    count(&mut looks.signs, letters <= 2 && !text.contains(char::is_alphanumeric) && !is_no_mark(text));
    count(&mut looks.nays, letters <= LONGEST_NAY && is_no_mark(text));
    let words_in = text.split_whitespace().count();
    count(&mut looks.prose, words_in >= 8);
    count(&mut looks.ordinals, letters <= 8 && stt::parse(text).is_some());
    // In a text file every number is a text.
    count(&mut looks.numbers, is_number_to_100(text));
    count(&mut looks.deadlines, letters == 5 && text.parse().is_ok_and(is_day_serial));
    let said = statuses::understand(text);
    count(&mut looks.begun, said.is_some());
    let led = said.filter(|words| {
        words.more_follows && words.doubt.is_none() && text.contains(['.', ':', ';', ',', '\n', '-', '('])
    });
    count(&mut looks.led, led.is_some());
    count(
        &mut looks.led_by_completed,
        led.is_some_and(|words| words.status == Some(ReportedStatus::Completed)),
    );
    let status =
        said.filter(|words| words_in <= 7 && (!words.more_follows || text.contains([':', '(', ';'])));
    count(&mut looks.statuses, status.is_some());
    count(&mut looks.completed, status.is_some_and(|words| words.status == Some(ReportedStatus::Completed)));
    count(&mut looks.percents, is_percent_text(text));
    count(&mut looks.documents, is_document_number(text));
    count(&mut looks.of_ministry, words_in <= 3 && text.contains("BTTTT") && is_document_number(text));
    if letters <= 80 {
        let unit = is_unit(text) && !is_told(text);
        count(&mut looks.units, unit);
        count(&mut looks.rooms, unit && is_room(text));
        count(&mut looks.others, unit && !is_room(text) || is_several(text));
        count(&mut looks.persons, !unit && is_person(text));
        count(&mut looks.provinces, Place::named(text).is_some());
        count(&mut looks.deadlines, is_deadline(text));
    }
    if words_in >= 2 {
        let key = words(text);
        count(&mut looks.reports, begins_with_any(&key, &REPORTS));
        count(&mut looks.troubles, begins_with_any(&key, &TROUBLES));
        count(&mut looks.requests, begins_with_any(&key, &REQUESTS));
    }
    if words_in >= 5 {
        count(&mut looks.orders, is_order(text));
        let known = index.exact(text).is_some()
            || index.likenesses(text).first().is_some_and(|like| like.score() >= 0.5);
        count(&mut looks.tasks, known);
    }
}

fn is_deadline(text: &str) -> bool {
    let reading = deadline::read(text, 2020);
    !matches!(reading.deadline.precision, Precision::None | Precision::Unreadable)
        && text.split_whitespace().count() <= 14
}

/// A bare number from 0 to 100, with a decimal comma or point.
fn is_number_to_100(text: &str) -> bool {
    let plain = text.trim();
    let digits = plain.starts_with(|c: char| c.is_ascii_digit()) && plain.len() <= 6;
    digits && plain.replacen(',', ".", 1).parse::<f64>().is_ok_and(|number| (0.0..=100.0).contains(&number))
}

/// A percent sign after a number, with few words beside it.
fn is_percent_text(text: &str) -> bool {
    let sign = text.find('%').is_some_and(|at| {
        text.get(..at).is_some_and(|before| before.trim_end().ends_with(|c: char| c.is_ascii_digit()))
    });
    sign && text.split_whitespace().count() <= 4
}

/// "45/KH-UBND", "Công văn số 312/STTTT-CNTT".
fn is_document_number(text: &str) -> bool {
    text.split_whitespace().count() <= 8
        && text.split_whitespace().any(|word| {
            word.split_once('/').is_some_and(|(before, after)| {
                before.bytes().any(|b| b.is_ascii_digit())
                    && after.chars().filter(|c| c.is_uppercase()).count() >= 2
            })
        })
}
