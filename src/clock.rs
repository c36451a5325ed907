//! The only place that asks the machine for the time. Everything else is handed a [`Clock`], an instant or a day.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Vietnam keeps UTC+7 the year round.
const VIETNAM_SECONDS_EAST: i32 = 7 * 3600;

/// Where the time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this instant: tests, and the demonstration's past days.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// A clock that stands at noon (Vietnamese time) of this day.
    pub fn fixed_on(day: NaiveDate) -> Clock {
        // Noon in Vietnam is five o'clock in UTC on the same day.
        let hour = chrono::NaiveTime::from_hms_opt(5, 0, 0).unwrap_or(chrono::NaiveTime::MIN);
        Clock::Fixed(day.and_time(hour).and_utc())
    }

    /// The present instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that may")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Fixed(instant) => *instant,
        }
    }

    /// Today in Vietnam: the day on which a deadline is judged.
    pub fn today(&self) -> NaiveDate {
        vietnamese_day(self.now())
    }
}

/// The Vietnamese calendar day of an instant.
pub fn vietnamese_day(instant: DateTime<Utc>) -> NaiveDate {
    match FixedOffset::east_opt(VIETNAM_SECONDS_EAST) {
        Some(zone) => instant.with_timezone(&zone).date_naive(),
        // Seven hours is always a legal offset; UTC is the harmless answer all the same.
        None => instant.date_naive(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_vietnam_not_in_utc() {
        for (instant, day) in [
            ("2020-03-30T16:59:59Z", "2020-03-30"),
            ("2020-03-30T17:00:00Z", "2020-03-31"),
            ("2020-03-31T16:59:59Z", "2020-03-31"),
        ] {
            let clock = Clock::Fixed(instant.parse().unwrap());
            assert_eq!(clock.today().to_string(), day, "{instant}");
        }
    }

    #[test]
    fn a_clock_fixed_on_a_day_shows_that_day() {
        let day = NaiveDate::from_ymd_opt(2020, 3, 31).unwrap();
        assert_eq!(Clock::fixed_on(day).today(), day);
    }
}
