//! What a number format code says about the number under it: a date, a month, a percent. And serial dates.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

/// What a number format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// A day (`dd/mm/yyyy`).
    Day,
    /// A month without its day (`m/yyyy`, `"Tháng "m/yyyy`): the stored first day stands for the whole month.
    Month,
    /// A quarter (`"Quý "q/yyyy` of OpenDocument): the stored day stands for the whole quarter.
    Quarter,
    /// A year only (`yyyy`).
    Year,
    /// A percent (`0%`): 0.655 is shown as 65.5 %.
    Percent,
    /// A time of day or a duration.
    Time,
    /// Anything else.
    Number,
}

/// What a format code shows. Letters in quotes, after a backslash and in brackets are not part of the pattern.
pub fn shows(code: &str) -> Shows {
    let pattern = pattern(code);
    if pattern == "general" || pattern.is_empty() || pattern == "@" {
        return Shows::Number;
    }
    let has = |letters: &[char]| pattern.contains(letters);
    match () {
        () if has(&['%']) => Shows::Percent,
        () if has(&['d']) => Shows::Day,
        () if has(&['y']) && has(&['q']) && !has(&['m']) => Shows::Quarter,
        () if has(&['y']) && has(&['m']) => Shows::Month,
        () if has(&['y']) => Shows::Year,
        () if has(&['h', 's']) => Shows::Time,
        () if has(&['m']) => Shows::Month,
        () => Shows::Number,
    }
}

/// Whether the pattern puts the month before the day, as US settings do.
pub fn month_first(code: &str) -> bool {
    let pattern = pattern(code);
    matches!((pattern.find('m'), pattern.find('d')), (Some(month), Some(day)) if month < day)
}

fn pattern(code: &str) -> String {
    // Only the part for positive numbers counts; the others follow after `;`.
    let (mut pattern, mut quoted, mut bracket, mut escaped) = (String::new(), false, false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            ';' => break,
            _ => pattern.extend(c.to_lowercase()),
        }
    }
    pattern
}

/// The moment of a serial number. Day 1 is 1900-01-01, or day 0 is 1904-01-01 (`from_1904`). None outside 1900..9999.
pub fn moment(serial: f64, from_1904: bool) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    // Excel counts a day that never was (1900-02-29, number 60); before it the count is one off.
    let base = match (from_1904, serial < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    let (days, seconds) = (serial.floor(), (serial.fract() * 86_400.0).round());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked above"
    )]
    let (days, seconds) = (days as u64, seconds as u32);
    let day = base?.checked_add_days(Days::new(days + u64::from(seconds / 86_400)))?;
    Some(day.and_time(NaiveTime::from_num_seconds_from_midnight_opt(seconds % 86_400, 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_say_what_they_show() {
        for (code, expected) in [
            ("General", Shows::Number),
            ("0", Shows::Number),
            ("#,##0.00", Shows::Number),
            ("0%", Shows::Percent),
            ("0.0%", Shows::Percent),
            ("dd/mm/yyyy", Shows::Day),
            ("m/d/yyyy", Shows::Day),
            ("[$-42A]dd\\ mmmm\\ yyyy", Shows::Day),
            ("m/yyyy", Shows::Month),
            ("\"Tháng \"m/yyyy", Shows::Month),
            ("yyyy", Shows::Year),
            ("\"Quý \"q/yyyy", Shows::Quarter),
            ("\"năm \"yyyy", Shows::Year),
            ("hh:mm", Shows::Time),
            ("\"d\"0", Shows::Number),
            ("@", Shows::Number),
        ] {
            assert_eq!(shows(code), expected, "{code}");
        }
        assert!(month_first("mm/dd/yyyy") && !month_first("dd/mm/yyyy"));
    }

    #[test]
    fn serial_numbers_become_days() {
        let day = |serial, from_1904| moment(serial, from_1904).map(|moment| moment.date().to_string());
        assert_eq!(day(43951.0, false).as_deref(), Some("2020-04-30"));
        assert_eq!(day(42489.0, true).as_deref(), Some("2020-04-30"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(-1.0, false), None);
        assert_eq!(day(f64::NAN, false), None);
    }
}
