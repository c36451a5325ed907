//! Deadlines of a table: text, date cells, serial numbers, time stamps; day and month swapped by a US setting.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use crate::domain::date;
use crate::domain::deadline::{self, Deadline, DeadlineReading, Precision};
use crate::domain::finding::FindingCode;
use crate::import::kept::Kept;
use crate::import::reading::DeadlineCell;
use crate::import::recognise::Grid;
use crate::import::recognise::evidence::is_day_serial;
use crate::sheet::cell::{Cell, Value};
use crate::sheet::meaning::DayOrder;
use crate::sheet::number_format::{Shows, moment, month_first};

use super::percent::Noted;

/// What a column of deadlines shows as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayColumn {
    /// True dates were typed day first under a US setting, so that day and month changed places.
    pub swapped: bool,
    /// Whether a person has said how the dates are meant; otherwise a swapped one is asked about.
    pub told: bool,
    /// Whether a true date has a day after the 12th, which no swapping can have made.
    pub as_stored: bool,
}

/// Texts of one column kept while its signs are looked for.
const MOST_KEPT: usize = 512;

/// Vietnam is seven hours ahead of UTC.
const AHEAD_OF_UTC: TimeDelta = TimeDelta::hours(7);

impl DayColumn {
    /// The signs of a whole column: every true date has a day up to 12, while dates with a later day stayed text (the
    /// US setting could not read them). One true date is enough when its format puts the month first. In the sheet in
    /// which this was measured 17 of 25 dates are right after swapping, and none as stored.
    pub fn of<'c>(grid: &Grid<'_>, cells: impl Iterator<Item = &'c Cell>) -> DayColumn {
        let (mut true_dates, mut late_text, mut late_true, mut month_first_format) = (0, false, 0, false);
        let mut late = Kept::at_most(MOST_KEPT);
        for cell in cells {
            match &cell.value {
                Value::Number(number) if grid.shows(cell) == Shows::Day => {
                    let Some(day) = moment(*number, grid.date_1904) else { continue };
                    true_dates += 1;
                    late_true += usize::from(day.day() > 12);
                    month_first_format |= month_first(grid.sheet.format_of(cell));
                }
                // One is enough to know; the texts of a long column need not all be read.
                Value::Text(text) if text.len() <= 24 && !late_text => {
                    late_text = late.of(text, || date::find(text).is_some_and(|day| day.day() > 12));
                }
                Value::Number(_)
                | Value::Text(_)
                | Value::Empty
                | Value::DateTime(_)
                | Value::Bool(_)
                | Value::Error(_) => {}
            }
        }
        let swapped = late_true == 0
            && (true_dates >= 2 && late_text
                || true_dates >= 1 && late_text && month_first_format
                || true_dates >= 6 && month_first_format);
        DayColumn { swapped, told: false, as_stored: late_true > 0 }
    }

    /// The column in the light of what is known beforehand: a person's word about this file counts, memory only where
    /// the column shows the signs and the question would be asked again.
    #[must_use]
    pub fn expecting(self, answer: Option<DayOrder>, memory: Option<DayOrder>) -> DayColumn {
        match (answer, memory) {
            (Some(order), _) => DayColumn { swapped: order == DayOrder::Swapped, told: true, ..self },
            (None, Some(order)) if self.swapped => {
                DayColumn { swapped: order == DayOrder::Swapped, told: true, ..self }
            }
            (None, _) => self,
        }
    }

    /// A column of days that are stored, in the light of memory: where the days alone do not tell, dates that were swapped
    /// before are asked about, since the same program may have swapped them again.
    #[must_use]
    pub fn swapped_before(self, memory: Option<DayOrder>) -> DayColumn {
        let doubt = memory == Some(DayOrder::Swapped) && !self.told && !self.as_stored;
        DayColumn { swapped: self.swapped || doubt, ..self }
    }

    /// How the dates are meant, where somebody has said so.
    pub fn known(self) -> Option<DayOrder> {
        let order = if self.swapped { DayOrder::Swapped } else { DayOrder::AsStored };
        self.told.then_some(order)
    }

    /// What a stored day is meant as in a column where day and month changed places; `None` where nothing is to be
    /// changed.
    pub fn meant(self, day: NaiveDate) -> Option<NaiveDate> {
        let changes = self.swapped && day.day() != day.month() && !date::is_placeholder(day);
        changes.then(|| NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())).flatten()
    }
}

impl DayColumn {
    /// The question which of two days is right, unless somebody has answered it.
    pub fn question(self, stored: NaiveDate, meant: NaiveDate) -> Option<Noted> {
        let detail = format!("{} hay {}", date::official(stored), date::official(meant));
        (!self.told).then_some((FindingCode::DeadlineDayMonthSwapped, detail))
    }
}

/// The deadline of a cell.
pub fn read(
    grid: &Grid<'_>,
    cell: &Cell,
    text: Option<&str>,
    column: DayColumn,
    notice_year: i32,
) -> (Deadline, DeadlineCell, Vec<Noted>) {
    match &cell.value {
        Value::Number(number) => read_number(grid, cell, *number, column, notice_year),
        Value::DateTime(moment) => {
            let shows = match grid.shows(cell) {
                whole @ (Shows::Month | Shows::Quarter | Shows::Year) => whole,
                Shows::Day | Shows::Number | Shows::Percent | Shows::Time => Shows::Day,
            };
            of_moment(*moment, shows, column)
        }
        Value::Error(error) => {
            let deadline = Deadline {
                raw: Some(error.to_string()),
                precision: Precision::Unreadable,
                ..Deadline::none()
            };
            (deadline, DeadlineCell::Text, vec![(FindingCode::FormulaError, error.to_string())])
        }
        Value::Empty if cell.formula => {
            (Deadline::none(), DeadlineCell::Text, vec![(FindingCode::FormulaWithoutValue, String::new())])
        }
        Value::Empty | Value::Text(_) | Value::Bool(_) => {
            let Some(text) = text else { return (Deadline::none(), DeadlineCell::Text, Vec::new()) };
            // In a text file every number is a text.
            if let Some(serial) = text.trim().parse().ok().filter(|number| is_day_serial(*number)) {
                return read_serial(grid, serial);
            }
            if let Some(stamp) = time_stamp(text) {
                let (mut deadline, _, mut noted) = of_moment(stamp, Shows::Day, DayColumn::default());
                deadline.raw = Some(text.to_owned());
                noted.push((FindingCode::DeadlineTimeZone, text.to_owned()));
                return (deadline, DeadlineCell::Text, noted);
            }
            as_text(deadline::read(text, notice_year), text, DeadlineCell::Text)
        }
    }
}

fn as_text(
    reading: DeadlineReading,
    shown: &str,
    cell: DeadlineCell,
) -> (Deadline, DeadlineCell, Vec<Noted>) {
    let noted = reading.findings.into_iter().map(|code| (code, shown.to_owned())).collect();
    (reading.deadline, cell, noted)
}

fn read_number(
    grid: &Grid<'_>,
    cell: &Cell,
    number: f64,
    column: DayColumn,
    notice_year: i32,
) -> (Deadline, DeadlineCell, Vec<Noted>) {
    let shows = grid.shows(cell);
    let moment = moment(number, grid.date_1904);
    match (shows, moment) {
        (Shows::Day | Shows::Month | Shows::Quarter | Shows::Year, Some(moment)) => {
            of_moment(moment, shows, column)
        }
        (Shows::Number, Some(moment)) if number.fract() == 0.0 && (2015..=2035).contains(&moment.year()) => {
            read_serial(grid, number)
        }
        (
            Shows::Day
            | Shows::Month
            | Shows::Quarter
            | Shows::Year
            | Shows::Number
            | Shows::Percent
            | Shows::Time,
            _,
        ) => {
            let shown = number.to_string();
            as_text(deadline::read(&shown, notice_year), &shown, DeadlineCell::Serial)
        }
    }
}

/// A bare number as the day that it counts.
fn read_serial(grid: &Grid<'_>, number: f64) -> (Deadline, DeadlineCell, Vec<Noted>) {
    let Some(moment) = moment(number, grid.date_1904) else {
        return (Deadline::none(), DeadlineCell::Serial, Vec::new());
    };
    let (mut deadline, _, mut noted) = of_moment(moment, Shows::Day, DayColumn::default());
    deadline.raw = Some(number.to_string());
    noted.push((FindingCode::DeadlineSerialNumber, number.to_string()));
    (deadline, DeadlineCell::Serial, noted)
}

fn of_moment(moment: NaiveDateTime, shows: Shows, column: DayColumn) -> (Deadline, DeadlineCell, Vec<Noted>) {
    let mut noted = Vec::new();
    let mut day = moment.date();
    // Midnight in Vietnam is 17:00 of the day before in UTC: the trace of an export that forgot the time zone.
    if moment.hour() == 17 && moment.minute() == 0 && moment.second() == 0 {
        day = (moment + AHEAD_OF_UTC).date();
        noted.push((FindingCode::DeadlineTimeZone, moment.to_string()));
    }
    let raw = day.to_string();
    let whole = match shows {
        Shows::Year => Some(day.year().to_string()),
        Shows::Quarter => Some(format!("Quý {}/{}", day.month0() / 3 + 1, day.year())),
        Shows::Day | Shows::Month | Shows::Number | Shows::Percent | Shows::Time => None,
    };
    if let Some(whole) = whole {
        let reading = deadline::read(&whole, day.year());
        return (Deadline { raw: Some(raw), ..reading.deadline }, DeadlineCell::Date, noted);
    }
    if shows == Shows::Day
        && let Some(meant) = column.meant(day)
    {
        noted.extend(column.question(day, meant));
        day = meant;
    }
    let reading = deadline::of_cell(day, shows == Shows::Month, raw.clone());
    noted.extend(reading.findings.into_iter().map(|code| (code, raw.clone())));
    (reading.deadline, DeadlineCell::Date, noted)
}

/// A time stamp of an export, in Vietnamese time: "2020-06-29T17:00:00.000Z" is the 30th.
fn time_stamp(text: &str) -> Option<NaiveDateTime> {
    let trimmed = text.trim();
    let (whole, utc) = trimmed.strip_suffix('Z').map_or((trimmed, false), |whole| (whole, true));
    let whole = whole.strip_suffix("+00:00").unwrap_or(whole);
    let utc = utc || whole.len() < trimmed.len();
    let moment = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(whole, format).ok())?;
    Some(if utc { moment + AHEAD_OF_UTC } else { moment })
}
