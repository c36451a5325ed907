//! Reporting periods (kỳ báo cáo) of Nghị định 09/2019/NĐ-CP, Điều 12: data from the 15th to the 14th. Not the quarters
//! and months of deadlines: the quarter I of reports ends on 14/3, the one of a deadline on 31/3.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// Báo cáo tháng.
    Month,
    /// Báo cáo quý.
    Quarter,
    /// Báo cáo 6 tháng.
    HalfYear,
    /// Báo cáo năm.
    Year,
}

impl Length {
    /// Every length, shortest first.
    pub const ALL: [Length; 4] = [Length::Month, Length::Quarter, Length::HalfYear, Length::Year];

    /// Months in a period.
    pub fn months(self) -> u32 {
        match self {
            Length::Month => 1,
            Length::Quarter => 3,
            Length::HalfYear => 6,
            Length::Year => 12,
        }
    }
}

/// One reporting period: from the 15th of the month before its first month to the 14th of its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    length: Length,
    year: i32,
    /// 1-based inside the year.
    number: u32,
}

impl Period {
    /// The period of this length, year and number (quarter II = 2); none when the year has no such number.
    pub fn new(length: Length, year: i32, number: u32) -> Option<Period> {
        let numbers = 12 / length.months();
        ((1..=numbers).contains(&number) && (1900..=9998).contains(&year)).then_some(Period {
            length,
            year,
            number,
        })
    }

    /// The period in which a day lies: 15/12/2019 belongs to quarter I of 2020.
    pub fn containing(length: Length, day: NaiveDate) -> Option<Period> {
        let (year, month) = match (day.day() >= 15, day.month()) {
            (true, 12) => (day.year() + 1, 1),
            (true, month) => (day.year(), month + 1),
            (false, month) => (day.year(), month),
        };
        Period::new(length, year, (month - 1) / length.months() + 1)
    }

    /// How long it is.
    pub fn length(self) -> Length {
        self.length
    }

    /// First day, the 15th of a month.
    pub fn from(self) -> Option<NaiveDate> {
        match (self.number - 1) * self.length.months() {
            0 => NaiveDate::from_ymd_opt(self.year - 1, 12, 15),
            month_before => NaiveDate::from_ymd_opt(self.year, month_before, 15),
        }
    }

    /// Last day, the 14th of a month.
    pub fn to(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.number * self.length.months(), 14)
    }

    /// The period after this one.
    pub fn next(self) -> Option<Period> {
        Period::new(self.length, self.year, self.number + 1)
            .or_else(|| Period::new(self.length, self.year + 1, 1))
    }

    /// The period before this one.
    pub fn previous(self) -> Option<Period> {
        match self.number {
            1 => Period::new(self.length, self.year - 1, 12 / self.length.months()),
            number => Period::new(self.length, self.year, number - 1),
        }
    }
}

/// As printed: "Tháng 3/2020", "Quý I/2020", "6 tháng đầu năm 2020", "Năm 2020".
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Period { length, year, number } = *self;
        match (length, number) {
            (Length::Month, 1 | 2) => write!(f, "Tháng {number:02}/{year}"),
            (Length::Month, _) => write!(f, "Tháng {number}/{year}"),
            (Length::Quarter, 1) => write!(f, "Quý I/{year}"),
            (Length::Quarter, 2) => write!(f, "Quý II/{year}"),
            (Length::Quarter, 3) => write!(f, "Quý III/{year}"),
            (Length::Quarter, _) => write!(f, "Quý IV/{year}"),
            (Length::HalfYear, 1) => write!(f, "6 tháng đầu năm {year}"),
            (Length::HalfYear, _) => write!(f, "6 tháng cuối năm {year}"),
            (Length::Year, _) => write!(f, "Năm {year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_run_from_the_15th_to_the_14th() {
        for (length, number, from, to, printed) in [
            (Length::Month, 1, "2019-12-15", "2020-01-14", "Tháng 01/2020"),
            (Length::Month, 3, "2020-02-15", "2020-03-14", "Tháng 3/2020"),
            (Length::Quarter, 1, "2019-12-15", "2020-03-14", "Quý I/2020"),
            (Length::Quarter, 2, "2020-03-15", "2020-06-14", "Quý II/2020"),
            (Length::Quarter, 3, "2020-06-15", "2020-09-14", "Quý III/2020"),
            (Length::Quarter, 4, "2020-09-15", "2020-12-14", "Quý IV/2020"),
            (Length::HalfYear, 1, "2019-12-15", "2020-06-14", "6 tháng đầu năm 2020"),
            (Length::HalfYear, 2, "2020-06-15", "2020-12-14", "6 tháng cuối năm 2020"),
            (Length::Year, 1, "2019-12-15", "2020-12-14", "Năm 2020"),
        ] {
            let period = Period::new(length, 2020, number).unwrap();
            assert_eq!((period.from(), period.to()), (Some(day(from)), Some(day(to))), "{printed}");
            assert_eq!(period.to_string(), printed);
        }
        assert_eq!(Period::new(Length::Quarter, 2020, 5), None);
        assert_eq!(Period::new(Length::Month, 2020, 0), None);
    }

    #[test]
    fn a_day_lies_in_the_period_that_its_report_closes() {
        for (date, printed) in [
            ("2019-12-14", "Quý IV/2019"),
            ("2019-12-15", "Quý I/2020"),
            ("2020-03-14", "Quý I/2020"),
            ("2020-03-15", "Quý II/2020"),
            ("2020-12-31", "Quý I/2021"),
        ] {
            assert_eq!(Period::containing(Length::Quarter, day(date)).unwrap().to_string(), printed);
        }
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_without_gaps(days in 0u64..40_000, length in 0usize..4) {
            let date = day("1995-01-01") + chrono::Days::new(days);
            let period = Period::containing(Length::ALL[length], date).unwrap();
            prop_assert!(period.from().unwrap() <= date && date <= period.to().unwrap());
            let next = period.next().unwrap();
            prop_assert_eq!(next.from(), period.to().unwrap().succ_opt());
            prop_assert_eq!(next.previous(), Some(period));
        }
    }
}
