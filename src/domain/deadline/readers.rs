//! How each kind of point in time is written: days, months, quarters, weeks, halves, years, and the year after them.

use super::points::Scan;
use super::span::{Point, Span};
use crate::domain::date::{full_date, year_of};
use crate::domain::phrase::Token;

/// A year that is written wrongly ("20/01/201"): no date resolves in it.
const BROKEN_YEAR: i32 = 0;

/// What a reader gives: the span, and its year where one is written. It gives none, and may leave the phrase anywhere,
/// when something else is written.
type Read = Option<(Span, Option<i32>)>;

impl Scan {
    /// Reads a span with its year, if one is next.
    pub(super) fn span(&mut self) -> Read {
        let place = self.phrase.at;
        for reader in [
            Scan::full_day,
            Scan::months_of_year,
            Scan::iso_month,
            Scan::english,
            Scan::day_in_words,
            Scan::two_figures,
            Scan::first_of_days,
            Scan::month,
            Scan::quarter,
            Scan::week,
            Scan::half,
            Scan::year,
            Scan::bare_year,
        ] {
            self.phrase.at = place;
            if let Some(found) = reader(self) {
                return Some(found);
            }
        }
        self.phrase.at = place;
        None
    }

    fn full_day(&mut self) -> Read {
        let written = full_date(&mut self.phrase)?;
        Some((Span::Day { day: written.day, month: written.month }, Some(written.year)))
    }

    /// "6 tháng đầu năm 2020", "sáu tháng cuối năm", "9 tháng đầu năm".
    fn months_of_year(&mut self) -> Read {
        let count = match (self.phrase.peek_number(0), self.phrase.peek_word(0)) {
            (Some((count @ 1..=11, _)), _) => count,
            (_, Some("sau")) => 6,
            (_, Some("chin")) => 9,
            _ => return None,
        };
        self.phrase.at += 1;
        self.phrase.take_word("thang").then_some(())?;
        let span = self.first_or_last_months(count)?;
        Some((span, self.year_part()))
    }

    /// "đầu" or "cuối" after a count of months.
    fn first_or_last_months(&mut self, count: u32) -> Option<Span> {
        if self.phrase.take_word("dau") {
            Some(Span::Months(1, count))
        } else if self.phrase.take_word("cuoi") {
            Some(Span::Months(13 - count, 12))
        } else {
            None
        }
    }

    /// "2020-06": a month as programs write it.
    fn iso_month(&mut self) -> Read {
        let year = self.phrase.take_number(4).filter(|(_, digits)| *digits == 4)?;
        self.phrase.take_sign(&['-', '/'])?;
        let (month, _) = self.phrase.take_number(2).filter(|(month, _)| (1..=12).contains(month))?;
        self.phrase.is_done().then(|| (Span::Month(month), year_of(year)))
    }

    /// "30-Apr-20", "30 April 2020", "Apr-20", "Thg6-20": the formats of Excel in English and Vietnamese.
    fn english(&mut self) -> Read {
        let day = self.phrase.take_number(2);
        if day.is_some() {
            self.phrase.take_sign(&['-', '/']);
        }
        let month = if self.phrase.take_word("thg") {
            self.phrase.take_number(2)?.0
        } else {
            let month = english_month(self.phrase.peek_word(0)?)?;
            self.phrase.at += 1;
            month
        };
        self.phrase.take_sign(&['.']);
        self.phrase.take_sign(&['-', '/', ',']);
        let year = year_of(self.phrase.take_number(4)?)?;
        Some((day.map_or(Span::Month(month), |(day, _)| Span::Day { day, month }), Some(year)))
    }

    /// "30 tháng 6", "30/T6", the year perhaps after it.
    fn day_in_words(&mut self) -> Read {
        let (day, _) = self.phrase.take_number(2)?;
        let slash = self.phrase.take_sign(&['/']).is_some();
        let short = slash && (self.phrase.take_word("t") || self.phrase.take_word("th"));
        (short || self.phrase.take_word("thang")).then_some(())?;
        let month = match self.phrase.take_number(2) {
            Some((month, _)) => month,
            // "6 tháng năm 2020" is half a year or a length of time.
            None if self.phrase.peek_word(0) == Some("nam") => return None,
            None => self.named_month()?,
        };
        Some((Span::Day { day, month }, self.year_part()))
    }

    /// "6/2020" (a month) or "30/6" (a day). With other signs than a slash only where nothing else can be meant.
    fn two_figures(&mut self) -> Read {
        let plain = match self.phrase.previous() {
            None => true,
            Some(Token::Word(word)) => matches!(word.as_str(), "ngay" | "truoc" | "den" | "tu"),
            Some(Token::Number { .. } | Token::Sign(_)) => false,
        };
        let (first, _) = self.phrase.take_number(2)?;
        let sign = self.phrase.take_sign(&['/', '-', '.'])?;
        let second = self.phrase.take_number(4)?;
        match second.1 {
            4 => Some((Span::Month(first), year_of(second))),
            1 | 2 if sign == '/' => {
                self.phrase.take_sign(&['/']);
                let year = if self.phrase.take_word("nam") {
                    self.phrase.take_number(4).and_then(year_of)
                } else {
                    None
                };
                Some((Span::Day { day: first, month: second.0 }, year))
            }
            1 | 2 if plain && second.0 <= 12 && self.phrase.is_done() => {
                Some((Span::Day { day: first, month: second.0 }, None))
            }
            _ => None,
        }
    }

    /// The "15" of "15-20/6/2020" and of "từ 15 đến 20/6": the month is that of the day after the dash.
    fn first_of_days(&mut self) -> Read {
        let (day, _) = self.phrase.take_number(2).filter(|(day, _)| (1..=31).contains(day))?;
        self.connector().then_some(())?;
        let rest = self.phrase.at;
        self.phrase.take_word("ngay");
        let second = match self.full_day() {
            Some((span, _)) => span,
            None => self.two_figures().or_else(|| self.day_in_words())?.0,
        };
        self.phrase.at = rest;
        match second {
            Span::Day { day: last, month } if last > day => Some((Span::Day { day, month }, None)),
            _ => None,
        }
    }

    /// "tháng 6/2020", "T6/2020", "th.6", "tháng sáu năm 2020".
    fn month(&mut self) -> Read {
        let counted = matches!(self.phrase.previous(), Some(Token::Number { .. }));
        let word = self.phrase.peek_word(0)?.to_owned();
        if !matches!(word.as_str(), "thang" | "t" | "th" | "thg") {
            return None;
        }
        self.phrase.at += 1;
        let named = if word == "thang" && !counted { self.named_month() } else { None };
        if let Some(month) = named {
            return Some((Span::Month(month), self.year_part()));
        }
        self.phrase.take_sign(&['.']);
        let (month, _) = self.phrase.take_number(2)?;
        // "2020-06-30T17:00" holds a time and no month.
        (self.phrase.peek_sign(0) != Some(':')).then_some(())?;
        Some((Span::Month(month), self.year_part()))
    }

    /// A month by its name. "Tháng sau" is "next month" unless a year follows.
    fn named_month(&mut self) -> Option<u32> {
        let with_year = self.phrase.peek_word(1) == Some("nam")
            || self.phrase.peek_number(1).is_some()
            || matches!(self.phrase.peek_sign(1), Some('/' | '-')) && self.phrase.peek_number(2).is_some();
        let month = match self.phrase.peek_word(0)? {
            "gieng" => 1,
            "hai" => 2,
            "ba" => 3,
            "tu" => 4,
            "nam" if with_year => 5,
            "sau" if with_year => 6,
            "bay" => 7,
            "tam" => 8,
            "chin" => 9,
            "muoi" => match self.phrase.peek_word(1) {
                Some("mot") => 11,
                Some("hai") => 12,
                _ => 10,
            },
            "chap" => 12,
            _ => return None,
        };
        self.phrase.at += if month > 10 && self.phrase.peek_word(0) == Some("muoi") { 2 } else { 1 };
        Some(month)
    }

    /// "Quý II/2020", "Q2/2020", "Q.II-2020", "quý 2 năm 2020".
    fn quarter(&mut self) -> Read {
        let word = self.phrase.peek_word(0)?.to_owned();
        let after_quarter = matches!(self.points.last(), Some(Point { span: Span::Quarter(_), .. }));
        let glued = ["quy", "qui", "q"].into_iter().find_map(|prefix| roman(word.strip_prefix(prefix)?));
        let bare = roman(&word).filter(|_| after_quarter);
        let quarter = match glued.or(bare) {
            Some(quarter) => {
                self.phrase.at += 1;
                quarter
            }
            None if matches!(word.as_str(), "qui" | "quy" | "q") => {
                self.phrase.at += 1;
                self.phrase.take_sign(&['.']);
                self.quarter_figure()?
            }
            None => return None,
        };
        Some((Span::Quarter(quarter), self.year_part()))
    }

    fn quarter_figure(&mut self) -> Option<u32> {
        let quarter = match (self.phrase.peek_number(0), self.phrase.peek_word(0)) {
            (Some((quarter, 1 | 2)), _) => quarter,
            (_, Some(word)) => roman(word).or_else(|| quarter_in_words(word))?,
            _ => return None,
        };
        self.phrase.at += 1;
        Some(quarter)
    }

    /// "tuần 11/2020", "tuần 3 tháng 6/2020", "tuần 2, 3 tháng 6", "tuần cuối tháng 6".
    fn week(&mut self) -> Read {
        let place = self.phrase.at;
        self.phrase.take_word("tuan").then_some(())?;
        self.phrase.take_word("thu");
        let week = if self.phrase.take_word("dau") {
            Some(1)
        } else if self.phrase.take_word("cuoi") {
            None
        } else {
            Some(self.phrase.take_number(2)?.0)
        };
        let after_week = self.phrase.at;
        if let Some((last, month, year)) = self.weeks_of_month() {
            if last.is_some() {
                self.push(place, Span::WeekOfMonth { week, month }, None);
            }
            return Some((Span::WeekOfMonth { week: last.or(week), month }, year));
        }
        self.phrase.at = after_week;
        Some((Span::Week(week?), self.year_part()))
    }

    /// What makes the week before it one of a month: the last of more weeks, the month, the year.
    fn weeks_of_month(&mut self) -> Option<(Option<u32>, u32, Option<i32>)> {
        let mut last = None;
        while self.connector() {
            self.phrase.take_word("tuan");
            match self.phrase.take_number(1) {
                Some((week, _)) => last = Some(week),
                None => break,
            }
        }
        self.phrase.take_word("cua");
        let (Span::Month(month), year) = self.month()? else {
            return None;
        };
        Some((last, month, year))
    }

    /// "nửa đầu năm 2020", "nửa cuối năm".
    fn half(&mut self) -> Read {
        self.phrase.take_word("nua").then_some(())?;
        let span = self.first_or_last_months(6)?;
        (self.phrase.peek_word(0) == Some("nam")).then_some(())?;
        Some((span, self.year_part()))
    }

    /// "năm 2020"; "trong năm", "cuối năm", "năm nay" without a year.
    fn year(&mut self) -> Read {
        let stands_alone = match self.phrase.previous() {
            Some(Token::Word(word)) => matches!(word.as_str(), "trong" | "ca" | "het" | "cuoi" | "giua"),
            Some(Token::Number { .. } | Token::Sign(_)) | None => false,
        };
        self.phrase.take_word("nam").then_some(())?;
        match self.phrase.take_number(9) {
            Some(number) => Some((Span::Year, Some(year_of(number).unwrap_or(BROKEN_YEAR)))),
            None if self.phrase.take_word("nay") || stands_alone => Some((Span::Year, None)),
            None => None,
        }
    }

    /// "2020", "2020-2025", "giai đoạn 2020 - 2025", the "2018" of "năm 2017 - 2018".
    fn bare_year(&mut self) -> Read {
        let begins = match self.phrase.previous() {
            None => true,
            Some(Token::Word(word)) => {
                matches!(word.as_str(), "den" | "doan" | "ki" | "truoc" | "tu" | "het" | "toi" | "cuoi")
            }
            Some(Token::Sign(sign)) => {
                *sign == '-' && matches!(self.points.last(), Some(Point { span: Span::Year, .. }))
            }
            Some(Token::Number { .. }) => false,
        };
        let number = self.phrase.take_number(4).filter(|(_, digits)| begins && *digits == 4)?;
        let ends = self.phrase.is_done()
            || self.phrase.peek_sign(0).is_some()
            || self.phrase.peek_word(0) == Some("den");
        ends.then_some((Span::Year, year_of(number)))
    }

    /// Reads a year after a span: "/2020", " năm 2020", "-2020", ", năm 2020", "/20".
    pub(super) fn year_part(&mut self) -> Option<i32> {
        let start = self.phrase.at;
        let sign = self.phrase.take_sign(&['/', '-', '.', ',']);
        self.phrase.take_word("cua");
        let word = self.phrase.take_word("nam");
        let number = self.phrase.take_number(9);
        let year = match (sign, word, number) {
            (Some(','), false, _) | (_, _, None) => None,
            (_, _, Some((_, 4))) => number.and_then(year_of),
            // Only a slash makes a year of two digits; "tháng 5-12/2017" goes on to December.
            (Some('/'), _, Some((13.., 2))) | (_, true, Some((_, 2))) => number.and_then(year_of),
            (Some('/'), _, Some(_)) => Some(BROKEN_YEAR),
            _ => None,
        };
        // "6 tháng đầu năm" without a year: the word belongs to the span all the same.
        if year.is_none() {
            self.phrase.at = start;
            if sign.is_none() && word && number.is_none() {
                self.phrase.at += 1;
            }
        }
        year
    }
}

/// "Quý hai".
fn quarter_in_words(word: &str) -> Option<u32> {
    match word {
        "mot" | "nhat" => Some(1),
        "hai" => Some(2),
        "ba" => Some(3),
        "tu" | "bon" => Some(4),
        _ => None,
    }
}

/// A month as programs in English write it: "30-Apr-20", "April 2020".
fn english_month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let fits = |name: &str| word.len() >= 3 && name.starts_with(word) && (word.len() == 3 || name == word);
    MONTHS.iter().position(|name| fits(name)).and_then(|at| u32::try_from(at + 1).ok())
}

/// A Roman number from 1 to 4 (and 1111-like slips are none).
fn roman(word: &str) -> Option<u32> {
    match word {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        _ => None,
    }
}
