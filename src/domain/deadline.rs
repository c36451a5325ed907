//! Deadlines (thời hạn): what a phrase such as "trước 30/6/2020" says, as dates. The raw text is always kept.
//!
//! Rules (design.md section 2): week, month, quarter, half-year and year are due their last day; "trước" excludes what
//! it names; ranges and lists are due at their end; a missing year is that of the notice, with a finding; what cannot
//! be read is a finding and never a guess. The words are in `seeds/vocabulary/deadline.csv`.

mod points;
mod readers;
mod span;
mod words;

use chrono::NaiveDate;

use self::points::points;
use self::span::Point;
use self::words::Meaning;
use super::date::{end_of_month, is_placeholder};
use super::finding::FindingCode;
use super::phrase::Phrase;
use super::text::{is_blank, is_dash};

/// How precise a deadline is as written; the words of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day, or "trước" a day.
    Day,
    /// An ISO week; due its Sunday.
    Week,
    /// A month; due its last day.
    Month,
    /// A quarter of the calendar; due its last day.
    Quarter,
    /// Six months.
    HalfYear,
    /// A year; due 31 December.
    Year,
    /// Thường xuyên, or a beginning without an end: no due date.
    Ongoing,
    /// Nothing written.
    None,
    /// Something written that gives no date.
    Unreadable,
}

impl Precision {
    /// Every precision, from the closest to none.
    pub const ALL: [Precision; 9] = [
        Precision::Day,
        Precision::Week,
        Precision::Month,
        Precision::Quarter,
        Precision::HalfYear,
        Precision::Year,
        Precision::Ongoing,
        Precision::None,
        Precision::Unreadable,
    ];

    /// The stable name, as stored and as in the samples.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::HalfYear => "half-year",
            Precision::Year => "year",
            Precision::Ongoing => "ongoing",
            Precision::None => "none",
            Precision::Unreadable => "unreadable",
        }
    }

    /// The precision with this stable name.
    pub fn parse(name: &str) -> Option<Precision> {
        Precision::ALL.into_iter().find(|precision| precision.as_str() == name)
    }
}

/// A deadline as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Text as written.
    pub raw: Option<String>,
    /// How precise it is.
    pub precision: Precision,
    /// First day of a span, where one is written.
    pub from: Option<NaiveDate>,
    /// Last day that is in time.
    pub due: Option<NaiveDate>,
    /// "cố gắng": wished for, not required.
    pub best_effort: bool,
    /// A range, due at its end.
    pub range: bool,
}

impl Deadline {
    /// Nothing written.
    pub fn none() -> Deadline {
        Deadline::of(None, Precision::None)
    }

    fn of(raw: Option<String>, precision: Precision) -> Deadline {
        Deadline { raw, precision, from: None, due: None, best_effort: false, range: false }
    }
}

/// A deadline with what was noticed while reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineReading {
    /// The deadline.
    pub deadline: Deadline,
    /// Findings about it.
    pub findings: Vec<FindingCode>,
}

/// The reading of a phrase. `notice_year` fills in a missing year (with a finding).
pub fn read(raw: &str, notice_year: i32) -> DeadlineReading {
    if raw.chars().all(|c| is_blank(c) || is_dash(c) || matches!(c, '.' | '…' | '/' | '_')) {
        // Blank, or a dash or dots in place of a deadline.
        let written = (!raw.trim().is_empty()).then(|| raw.to_owned());
        return DeadlineReading { deadline: Deadline::of(written, Precision::None), findings: Vec::new() };
    }
    let phrase = Phrase::of(raw);
    let (mut deadline, findings) = understand(&phrase, notice_year);
    deadline.raw = Some(raw.to_owned());
    deadline.best_effort = words::place_of(Meaning::BestEffort, &phrase).is_some();
    DeadlineReading { deadline, findings }
}

/// The reading of a true date cell; `whole_month` when its format shows month and year only (the cell then holds the
/// first day and means the month). `raw` is what the workbook shows.
pub fn of_cell(date: NaiveDate, whole_month: bool, raw: String) -> DeadlineReading {
    use chrono::Datelike;
    let mut deadline = Deadline::of(Some(raw), Precision::Day);
    if is_placeholder(date) {
        deadline.precision = Precision::None;
        return DeadlineReading { deadline, findings: vec![FindingCode::DeadlinePlaceholder] };
    }
    deadline.due = Some(date);
    if whole_month {
        deadline.precision = Precision::Month;
        deadline.from = date.with_day(1);
        deadline.due = end_of_month(date.year(), date.month());
    }
    DeadlineReading { deadline, findings: Vec::new() }
}

fn unreadable() -> (Deadline, Vec<FindingCode>) {
    (Deadline::of(None, Precision::Unreadable), vec![FindingCode::DeadlineUnreadable])
}

fn understand(phrase: &Phrase, notice_year: i32) -> (Deadline, Vec<FindingCode>) {
    if words::is_exactly(Meaning::None, phrase) {
        return (Deadline::of(None, Precision::None), Vec::new());
    }
    if words::place_of(Meaning::Report, phrase) == Some(0) {
        return unreadable();
    }
    let Some(mut points) = points(phrase) else {
        return unreadable();
    };
    if points.len() > 1 {
        let asked = words::place_of(Meaning::AskedFor, phrase).unwrap_or(usize::MAX);
        if points[0].place < asked {
            points.retain(|point| point.place < asked);
        }
    }
    let relative = words::place_of(Meaning::Relative, phrase);
    let ongoing =
        words::place_of(Meaning::Ongoing, phrase).is_some() || words::is_exactly(Meaning::Ongoing, phrase);
    match points.first() {
        // "10 ngày làm việc sau khi Nghị quyết 12/2026 được ban hành": the date that follows is not the deadline.
        Some(first) if relative.is_some_and(|place| place <= first.place) => unreadable(),
        // "Thường xuyên, trước ngày 15/12": each year again.
        Some(_) if ongoing && points.iter().all(|point| point.year.is_none()) => {
            (Deadline::of(None, Precision::Ongoing), Vec::new())
        }
        Some(_) => {
            let endless = words::place_of(Meaning::Onward, phrase).is_some();
            dated(points, notice_year, endless).unwrap_or_else(unreadable)
        }
        None if relative.is_some() => unreadable(),
        None if ongoing => (Deadline::of(None, Precision::Ongoing), Vec::new()),
        None => unreadable(),
    }
}

/// The deadline of one or more points in time; none when one of them is no date. `endless` when words say that they are
/// only the beginning.
fn dated(mut points: Vec<Point>, notice_year: i32, endless: bool) -> Option<(Deadline, Vec<FindingCode>)> {
    if points.iter().any(Point::is_placeholder) {
        return Some((Deadline::of(None, Precision::None), vec![FindingCode::DeadlinePlaceholder]));
    }
    let mut findings = Vec::new();
    if share_years(&mut points, notice_year) {
        findings.push(FindingCode::DeadlineYearAssumed);
    }
    if points.iter().any(Point::is_approximate) {
        findings.push(FindingCode::DeadlineApproximate);
    }
    let spans = points.iter().map(Point::resolve).collect::<Option<Vec<_>>>()?;
    let last = spans.iter().max_by_key(|span| span.due)?;
    let begin = spans.iter().map(|span| span.from.unwrap_or(span.due)).min();
    let mut deadline = Deadline::of(None, last.precision);
    deadline.range = spans.len() > 1;
    if endless || points.iter().all(|point| point.opens) {
        // "Từ Quý I/2026": a beginning and no end.
        deadline.precision = Precision::Ongoing;
        deadline.from = begin;
    } else {
        deadline.from = if deadline.range { begin } else { last.from };
        deadline.due = Some(last.due);
    }
    Some((deadline, findings))
}

/// Gives points without a year the year of the next one that has it, else of the one before, else of the notice; true
/// when the notice's year was taken.
fn share_years(points: &mut [Point], notice_year: i32) -> bool {
    let mut year = None;
    for index in (0..points.len()).rev() {
        let month_of_next = points.get(index + 1).and_then(Point::first_month);
        let point = &mut points[index];
        if point.year.is_none() {
            // "Tháng 11 đến tháng 2/2021" begins in 2020.
            let turns = matches!((point.first_month(), month_of_next), (Some(own), Some(next)) if own > next);
            point.year = year.map(|year| if turns { year - 1 } else { year });
        }
        year = point.year.or(year);
    }
    let mut year = None;
    let mut assumed = false;
    for point in points {
        if point.year.is_none() {
            assumed |= year.is_none();
            point.year = year.or(Some(notice_year));
        }
        year = point.year;
    }
    assumed
}

#[cfg(test)]
mod tests;
