//! Dates in the official style (02/3/2020), dates typed by people, serial numbers of spreadsheets.

use chrono::{Datelike, Days, NaiveDate};

use super::phrase::Phrase;

/// The date in the official style (Nghị định 30/2020/NĐ-CP): day of two digits, month of two digits for 1 and 2 only.
pub fn official(date: NaiveDate) -> String {
    format!("{:02}/{}", date.day(), official_month(date))
}

/// Month and year in the official style: 02/2020, 3/2020.
pub fn official_month(date: NaiveDate) -> String {
    let (year, month) = (date.year(), date.month());
    if month <= 2 { format!("{month:02}/{year}") } else { format!("{month}/{year}") }
}

/// The date that the whole text is: 30/6/2020, 30-6-20, 30.6.2020, 2020-06-30, "ngày 30 tháng 6 năm 2020".
pub fn parse(text: &str) -> Option<NaiveDate> {
    let mut phrase = Phrase::of(text);
    phrase.take_word("ngay");
    let date = full_date(&mut phrase)?.to_date();
    phrase.is_done().then_some(date)?
}

/// The first full date (day, month and year) in a running text.
pub fn find(text: &str) -> Option<NaiveDate> {
    let mut phrase = Phrase::of(text);
    while !phrase.is_done() {
        match full_date(&mut phrase) {
            Some(written) if written.to_date().is_some() => return written.to_date(),
            Some(_) => {}
            None => phrase.at += 1,
        }
    }
    None
}

/// Whether a date stands for an empty cell: the epochs of Unix and of spreadsheets, and the last day of all.
pub fn is_placeholder(date: NaiveDate) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    matches!((year, month, day), (1 | 1900 | 1970, 1, 1) | (1899, 12, 30 | 31) | (9999, 12, 31))
}

/// The day of a spreadsheet's serial number, the time of day cut off. In the usual system day 60 is the 29/02/1900 that
/// never was; with `from_1904` day 0 is 01/01/1904. None outside 1900 to 2199.
pub fn from_serial(serial: f64, from_1904: bool) -> Option<NaiveDate> {
    if !(0.0..110_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
    let days = serial.floor() as u64;
    let (origin, days) = match (from_1904, days) {
        (true, days) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        (false, 0 | 60) => return None,
        (false, 1..60) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        (false, days) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    origin.checked_add_days(Days::new(days))
}

/// The last day of a month.
pub fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let (next_year, next) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next_year, next, 1)?.pred_opt()
}

/// Day, month and year as written; no calendar was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) day: u32,
    pub(super) month: u32,
    pub(super) year: i32,
}

impl Written {
    pub(super) fn to_date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, self.day).filter(|_| self.year > 0)
    }
}

/// A year as written: four digits as they are, two digits in this century; a cut one ("201") is none.
pub(super) fn year_of((value, digits): (u32, usize)) -> Option<i32> {
    match digits {
        4 => i32::try_from(value).ok(),
        2 => i32::try_from(2000 + value).ok(),
        _ => None,
    }
}

/// Reads a day with month and year, if one is next. The year of a wrong count of digits becomes 0, which is no date
/// people mean, so that "20/01/201" is seen as a date that is wrong and not as none.
pub(super) fn full_date(phrase: &mut Phrase) -> Option<Written> {
    let start = phrase.at;
    let written = figures(phrase).or_else(|| {
        phrase.at = start;
        in_words(phrase)
    });
    if written.is_none() {
        phrase.at = start;
    }
    written
}

/// 30/6/2020, 30-6-20, 30.6.2020, 2020-06-30: three numbers with twice the same sign.
fn figures(phrase: &mut Phrase) -> Option<Written> {
    let first = phrase.take_number(4)?;
    let sign = phrase.take_sign(&['/', '-', '.'])?;
    let (month, month_digits) = phrase.take_number(2)?;
    phrase.take_sign(&[sign])?;
    let last = phrase.take_number(9)?;
    match (first.1, month_digits) {
        (4, _) if last.1 <= 2 => Some(Written { day: last.0, month, year: year_of(first)? }),
        (1 | 2, _) => Some(Written { day: first.0, month, year: year_of(last).unwrap_or(0) }),
        _ => None,
    }
}

/// "30 tháng 6 năm 2020", "30 tháng 6/2020".
fn in_words(phrase: &mut Phrase) -> Option<Written> {
    let (day, _) = phrase.take_number(2)?;
    phrase.take_word("thang").then_some(())?;
    let (month, _) = phrase.take_number(2)?;
    let sign = phrase.take_sign(&['/', '-', ',']);
    let word = phrase.take_word("nam");
    let year = phrase.take_number(4)?;
    // "15 tháng 6, 20 ..." names another day, not the year 2020.
    (word || (sign.is_some() && sign != Some(',')) || year.1 == 4).then_some(())?;
    Some(Written { day, month, year: year_of(year)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn official_dates_have_two_digits_where_the_decree_says_so() {
        for (date, want) in [
            (day(2020, 3, 2), "02/3/2020"),
            (day(2020, 1, 31), "31/01/2020"),
            (day(2026, 2, 13), "13/02/2026"),
            (day(2020, 12, 5), "05/12/2020"),
        ] {
            assert_eq!(official(date), want);
        }
        assert_eq!(official_month(day(2020, 2, 1)), "02/2020");
        assert_eq!(official_month(day(2020, 10, 1)), "10/2020");
    }

    #[test]
    fn dates_typed_by_people_are_read() {
        for (text, want) in [
            ("30/6/2020", Some(day(2020, 6, 30))),
            ("30/06/2020", Some(day(2020, 6, 30))),
            ("30-6-20", Some(day(2020, 6, 30))),
            ("30.6.2020", Some(day(2020, 6, 30))),
            (" 30 / 6 / 2020 ", Some(day(2020, 6, 30))),
            ("2020-06-30", Some(day(2020, 6, 30))),
            ("ngày 02 tháng 3 năm 2020", Some(day(2020, 3, 2))),
            ("Ngày 02 tháng 3, năm 2020", Some(day(2020, 3, 2))),
            ("2 tháng 3/2020", Some(day(2020, 3, 2))),
            ("31/6/2020", None),
            ("6/30/2020", None),
            ("20/01/201", None),
            ("30/6-2020", None),
            ("30/6", None),
            ("trước 30/6/2020", None),
            ("", None),
        ] {
            assert_eq!(parse(text), want, "{text}");
        }
    }

    #[test]
    fn a_date_is_found_in_running_text() {
        for (text, want) in [
            ("Đã hoàn thành: Công văn số 12/STTTT-CNTT ngày 28/3/2020", Some(day(2020, 3, 28))),
            ("QĐ số 45/2020/QĐ-UBND ngày 5 tháng 3 năm 2020 của UBND", Some(day(2020, 3, 5))),
            ("31/6/2020 sửa thành 30/6/2020", Some(day(2020, 6, 30))),
            ("không có ngày", None),
        ] {
            assert_eq!(find(text), want, "{text}");
        }
    }

    #[test]
    fn serial_numbers_count_from_either_origin() {
        for (serial, from_1904, want) in [
            (43_951.0, false, Some(day(2020, 4, 30))),
            (43_951.75, false, Some(day(2020, 4, 30))),
            (42_489.0, true, Some(day(2020, 4, 30))),
            (1.0, false, Some(day(1900, 1, 1))),
            (59.0, false, Some(day(1900, 2, 28))),
            (60.0, false, None),
            (61.0, false, Some(day(1900, 3, 1))),
            (0.0, false, None),
            (-1.0, false, None),
            (f64::NAN, false, None),
            (1e9, false, None),
        ] {
            assert_eq!(from_serial(serial, from_1904), want, "{serial}");
        }
    }

    #[test]
    fn dates_that_stand_for_none_are_known() {
        for date in [day(1970, 1, 1), day(1899, 12, 30), day(1900, 1, 1), day(9999, 12, 31)] {
            assert!(is_placeholder(date), "{date}");
        }
        assert!(!is_placeholder(day(2020, 1, 1)));
    }

    proptest! {
        #[test]
        fn an_official_date_reads_back(days in 0u64..80_000) {
            let date = day(1990, 1, 1).checked_add_days(Days::new(days)).unwrap();
            prop_assert_eq!(parse(&official(date)), Some(date));
            prop_assert_eq!(find(&format!("Hoàn thành {} rồi", official(date))), Some(date));
            prop_assert_eq!(parse(&date.to_string()), Some(date));
        }

        #[test]
        fn any_text_may_be_no_date(text in any::<String>()) {
            let _ = (parse(&text), find(&text));
        }
    }
}
