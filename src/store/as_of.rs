//! The day a question speaks of, and what "today" is while it is asked.

use chrono::NaiveDate;

/// As of which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AsOf {
    day: NaiveDate,
    today: NaiveDate,
}

impl AsOf {
    /// Today, by the clock of the caller.
    pub fn today(today: NaiveDate) -> AsOf {
        AsOf { day: today, today }
    }

    /// Another day. A day to come is answered with what is known today.
    pub fn day(day: NaiveDate, today: NaiveDate) -> AsOf {
        AsOf { day, today }
    }

    /// The day asked for.
    pub fn date(self) -> NaiveDate {
        self.day
    }

    /// Whether the state kept beside the history does not answer, so that history must be folded.
    pub fn is_past(self) -> bool {
        self.day < self.today
    }
}
