//! A point or span in time as written, and the days it means.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Precision;
use crate::domain::date::{end_of_month, is_placeholder};

/// A point or span as written; the year stands apart, as it may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// A day.
    Day { day: u32, month: u32 },
    /// ISO week of the year.
    Week(u32),
    /// Week of a month, counted as ISO counts those of a year: it belongs where its Thursday lies. None = the last one.
    WeekOfMonth { week: Option<u32>, month: u32 },
    /// Month.
    Month(u32),
    /// Quarter, 1 to 4.
    Quarter(u32),
    /// "6 tháng đầu năm": first and last month.
    Months(u32, u32),
    /// The year itself.
    Year,
}

/// A part of a month, quarter or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Đầu: taken as the first third of a month or quarter, the first quarter of a year.
    Start,
    /// Giữa: taken to end with the second third of a month or quarter, the first half of a year.
    Middle,
    /// Cuối: ends with the whole.
    End,
    /// Thượng tuần: days 1 to 10.
    FirstTen,
    /// Trung tuần: days 11 to 20.
    SecondTen,
}

/// A point in time of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// Where it stands in the phrase.
    pub(super) place: usize,
    /// The year, where written or shared.
    pub(super) year: Option<i32>,
    /// "từ" stands before it.
    pub(super) opens: bool,
    /// "trước" stands before it.
    pub(super) before: bool,
    /// What is written.
    pub(super) span: Span,
    /// "đầu", "giữa", "cuối" before it.
    pub(super) part: Option<Part>,
}

/// What a point means in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) precision: Precision,
    /// First day; none for single days and for "trước".
    pub(super) from: Option<NaiveDate>,
    /// Last day that is in time.
    pub(super) due: NaiveDate,
}

impl Point {
    /// Whether the date stands for an empty cell (01/01/1970, 00/01/1900).
    pub(super) fn is_placeholder(&self) -> bool {
        match (self.span, self.year) {
            (Span::Day { day: 0, month: 1 }, Some(1900)) => true,
            (Span::Day { day, month }, Some(year)) => {
                NaiveDate::from_ymd_opt(year, month, day).is_some_and(is_placeholder)
            }
            _ => false,
        }
    }

    /// Whether the reading puts a day where none is written.
    pub(super) fn is_approximate(&self) -> bool {
        matches!(self.part, Some(Part::Start | Part::Middle)) || matches!(self.span, Span::WeekOfMonth { .. })
    }

    /// The month in which the point begins; weeks of the year are left out.
    pub(super) fn first_month(&self) -> Option<u32> {
        match self.span {
            Span::Day { month, .. } | Span::WeekOfMonth { month, .. } | Span::Month(month) => Some(month),
            Span::Months(first, _) => Some(first),
            Span::Quarter(quarter) => Some(quarter * 3),
            Span::Week(_) | Span::Year => None,
        }
    }

    /// The days meant; none when the calendar does not have them (31/6, tuần 54, tháng 13) or the year is not of
    /// this century.
    pub(super) fn resolve(&self) -> Option<Resolved> {
        let year = self.year.filter(|year| (2000..=2100).contains(year))?;
        let (precision, first, last) = self.days(year)?;
        let (first, last) = match self.part {
            Some(part) => narrow(self.span, part, (first, last))?,
            None => (first, last),
        };
        Some(match (self.before, self.part) {
            // "Trước cuối tháng 6" leaves the whole month: no day is named that could be excluded.
            (true, Some(Part::End)) => Resolved { precision, from: None, due: last },
            (true, _) => Resolved { precision, from: None, due: first.pred_opt()? },
            (false, _) => {
                let from = (precision != Precision::Day).then_some(first);
                Resolved { precision, from, due: last }
            }
        })
    }

    fn days(&self, year: i32) -> Option<(Precision, NaiveDate, NaiveDate)> {
        let months = |first: u32, last: u32| {
            Some((NaiveDate::from_ymd_opt(year, first, 1)?, end_of_month(year, last)?))
        };
        let (precision, (first, last)) = match self.span {
            Span::Day { day, month } => {
                let day = NaiveDate::from_ymd_opt(year, month, day)?;
                (Precision::Day, (day, day))
            }
            Span::Week(week) => {
                let week = |weekday| NaiveDate::from_isoywd_opt(year, week, weekday);
                (Precision::Week, (week(Weekday::Mon)?, week(Weekday::Sun)?))
            }
            Span::WeekOfMonth { week, month } => (Precision::Week, week_of_month(year, month, week)?),
            Span::Month(month) => (Precision::Month, months(month, month)?),
            Span::Quarter(quarter @ 1..=4) => (Precision::Quarter, months(quarter * 3 - 2, quarter * 3)?),
            Span::Quarter(_) => return None,
            Span::Months(first, last) => {
                let precision = if last - first == 5 { Precision::HalfYear } else { Precision::Month };
                (precision, months(first, last)?)
            }
            Span::Year => (Precision::Year, months(1, 12)?),
        };
        Some((precision, first, last))
    }
}

/// Monday and Sunday of a week of a month.
fn week_of_month(year: i32, month: u32, week: Option<u32>) -> Option<(NaiveDate, NaiveDate)> {
    let thursdays = |week: u32| {
        let week = u8::try_from(week).ok()?;
        NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Thu, week)
    };
    let thursday = match week {
        Some(week) => thursdays(week)?,
        None => thursdays(5).or_else(|| thursdays(4))?,
    };
    Some((thursday.checked_sub_days(Days::new(3))?, thursday.checked_add_days(Days::new(3))?))
}

/// The part of a span.
fn narrow(span: Span, part: Part, (first, last): (NaiveDate, NaiveDate)) -> Option<(NaiveDate, NaiveDate)> {
    let year = first.year();
    let day = |day| first.with_day(day);
    let month_end = |offset: u32| end_of_month(year, first.month() + offset);
    let month_start = |offset: u32| NaiveDate::from_ymd_opt(year, first.month() + offset, 1);
    Some(match (span, part) {
        (Span::Month(_), Part::Start | Part::FirstTen) => (first, day(10)?),
        (Span::Month(_), Part::Middle | Part::SecondTen) => (day(11)?, day(20)?),
        (Span::Month(_), Part::End) => (day(21)?, last),
        (Span::Quarter(_), Part::Start) => (first, month_end(0)?),
        (Span::Quarter(_), Part::Middle) => (month_start(1)?, month_end(1)?),
        (Span::Quarter(_), Part::End) => (month_start(2)?, last),
        (Span::Year, Part::Start) => (first, month_end(2)?),
        (Span::Year, Part::Middle) => (month_start(3)?, month_end(5)?),
        (Span::Year, Part::End) => (month_start(9)?, last),
        (Span::Quarter(_) | Span::Year, Part::FirstTen | Part::SecondTen) => return None,
        (Span::Day { .. } | Span::Week(_) | Span::WeekOfMonth { .. } | Span::Months(..), _) => (first, last),
    })
}
