//! Finds the points in time of a phrase, with the words before them: "trước", "từ", "đầu", "giữa", "cuối".

use super::span::{Part, Point, Span};
use crate::domain::date::{full_date, year_of};
use crate::domain::phrase::{Phrase, Token};

/// A year that is written wrongly ("20/01/201"): no date resolves in it.
const BROKEN_YEAR: i32 = 0;

/// The points of a phrase in their order; none when what is written names no time to be done by ("sau 30/6").
pub(super) fn points(phrase: &Phrase) -> Option<Vec<Point>> {
    let mut scan = Scan { phrase: phrase.clone(), points: Vec::new(), before: Before::default() };
    while !scan.phrase.is_done() {
        scan.step()?;
    }
    Some(scan.points)
}

struct Scan {
    phrase: Phrase,
    points: Vec<Point>,
    before: Before,
}

/// What stands before the next point.
#[derive(Clone, Copy, Default)]
struct Before {
    excluded: bool,
    opens: bool,
    after: bool,
    part: Option<Part>,
}

impl Scan {
    fn step(&mut self) -> Option<()> {
        let place = self.phrase.at;
        if self.time_of_day() {
            // "Trước 17h ngày 30/6": that day itself is in time.
            self.before.excluded = false;
        } else if self.document_number() {
            self.before = Before::default();
        } else if let Some((span, year)) = self.span() {
            if self.before.after {
                return None;
            }
            self.push(place, span, year);
            self.before = Before::default();
            self.list(place, span);
        } else {
            self.phrase.at = place;
            if self.counted_months() {
                return None;
            }
            self.word_before();
        }
        Some(())
    }

    fn push(&mut self, place: usize, span: Span, year: Option<i32>) {
        let Before { excluded, opens, after: _, part } = self.before;
        self.points.push(Point { place, year, opens, before: excluded, span, part });
    }

    /// "6 tháng năm 2020": half a year or a length of time, nobody can tell.
    fn counted_months(&self) -> bool {
        self.phrase.peek_number(0).is_some()
            && self.phrase.peek_word(1) == Some("thang")
            && self.phrase.peek_word(2) == Some("nam")
    }

    /// Takes one token and remembers what it says about a point that follows directly.
    fn word_before(&mut self) {
        let next_is_ten_days = self.phrase.peek_word(1) == Some("tuan");
        match self.phrase.peek_word(0) {
            Some("truoc") => self.before.excluded = true,
            Some("tu") => self.before.opens = true,
            Some("sau") => self.before.after = true,
            Some("dau") => self.before.part = Some(Part::Start),
            Some("giua") => self.before.part = Some(Part::Middle),
            Some("cuoi") => self.before.part = Some(Part::End),
            Some("thuong") if next_is_ten_days => self.ten_days(Part::FirstTen),
            Some("trung") if next_is_ten_days => self.ten_days(Part::SecondTen),
            Some("ha") if next_is_ten_days => self.ten_days(Part::End),
            Some("ngay" | "mung" | "mong" | "het" | "vao") => {}
            Some(_) => self.before = Before::default(),
            None if self.phrase.peek_sign(0).is_some() => {}
            None => self.before = Before::default(),
        }
        self.phrase.at += 1;
    }

    fn ten_days(&mut self, part: Part) {
        self.before.part = Some(part);
        self.phrase.at += 1;
    }

    /// 17:00, 17h30, 17 giờ.
    fn time_of_day(&mut self) -> bool {
        if self.phrase.peek_number(0).is_none() {
            return false;
        }
        match (self.phrase.peek_sign(1), self.phrase.peek_word(1)) {
            (Some(':'), _) => {
                self.phrase.at += 2;
                self.phrase.take_number(2);
                if self.phrase.take_sign(&[':']).is_some() {
                    self.phrase.take_number(2);
                }
                true
            }
            (_, Some("h" | "g" | "gio")) => {
                self.phrase.skip_glued();
                self.phrase.take_word("gio");
                true
            }
            _ => false,
        }
    }

    /// "số 12/2020", "12/KH-UBND", "45/2020/QĐ-TTg": no date, though it looks like one.
    fn document_number(&mut self) -> bool {
        let phrase = &mut self.phrase;
        if phrase.peek_word(0) == Some("so") && phrase.peek_number(1).is_some() {
            phrase.at += 1;
            phrase.skip_glued();
            return true;
        }
        let slash = |ahead| phrase.peek_sign(ahead) == Some('/');
        let symbol = |ahead| phrase.peek_word(ahead).is_some_and(|word| word != "nam");
        let short = slash(1) && symbol(2);
        let long = slash(1) && phrase.peek_number(2).is_some() && slash(3) && symbol(4);
        let found = phrase.peek_number(0).is_some() && (short || long);
        if found {
            phrase.skip_glued();
        }
        found
    }

    /// Reads a span with its year, if one is next.
    fn span(&mut self) -> Option<(Span, Option<i32>)> {
        let place = self.phrase.at;
        for reader in [
            Scan::full_day,
            Scan::months_of_year,
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

    fn full_day(&mut self) -> Option<(Span, Option<i32>)> {
        let written = full_date(&mut self.phrase)?;
        Some((Span::Day { day: written.day, month: written.month }, Some(written.year)))
    }

    /// "6 tháng đầu năm 2020", "sáu tháng cuối năm", "9 tháng đầu năm".
    fn months_of_year(&mut self) -> Option<(Span, Option<i32>)> {
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

    /// "30 tháng 6", the year perhaps after it.
    fn day_in_words(&mut self) -> Option<(Span, Option<i32>)> {
        let (day, _) = self.phrase.take_number(2)?;
        self.phrase.take_word("thang").then_some(())?;
        let (month, _) = self.phrase.take_number(2)?;
        Some((Span::Day { day, month }, self.year_part()))
    }

    /// "6/2020" (a month) or "30/6" (a day). With other signs than a slash only where nothing else can be meant.
    fn two_figures(&mut self) -> Option<(Span, Option<i32>)> {
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
    fn first_of_days(&mut self) -> Option<(Span, Option<i32>)> {
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
    fn month(&mut self) -> Option<(Span, Option<i32>)> {
        let counted = matches!(self.phrase.previous(), Some(Token::Number { .. }));
        let word = self.phrase.peek_word(0)?.to_owned();
        if !matches!(word.as_str(), "thang" | "t" | "th") {
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
        let with_year = self.phrase.peek_word(1) == Some("nam") || self.phrase.peek_number(1).is_some();
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
    fn quarter(&mut self) -> Option<(Span, Option<i32>)> {
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
            (_, Some(word)) => roman(word)?,
            _ => return None,
        };
        self.phrase.at += 1;
        Some(quarter)
    }

    /// "tuần 11/2020", "tuần 3 tháng 6/2020", "tuần cuối tháng 6".
    fn week(&mut self) -> Option<(Span, Option<i32>)> {
        self.phrase.take_word("tuan").then_some(())?;
        self.phrase.take_word("thu");
        let week = if self.phrase.take_word("dau") {
            Some(1)
        } else if self.phrase.take_word("cuoi") {
            None
        } else {
            Some(self.phrase.take_number(2)?.0)
        };
        self.phrase.take_sign(&[',']);
        self.phrase.take_word("cua");
        if self.phrase.peek_word(0) == Some("thang") {
            let (span, year) = self.month()?;
            return match span {
                Span::Month(month) => Some((Span::WeekOfMonth { week, month }, year)),
                _ => None,
            };
        }
        Some((Span::Week(week?), self.year_part()))
    }

    /// "nửa đầu năm 2020", "nửa cuối năm".
    fn half(&mut self) -> Option<(Span, Option<i32>)> {
        self.phrase.take_word("nua").then_some(())?;
        let span = self.first_or_last_months(6)?;
        (self.phrase.peek_word(0) == Some("nam")).then_some(())?;
        Some((span, self.year_part()))
    }

    /// "năm 2020"; "trong năm", "cuối năm", "năm nay" without a year.
    fn year(&mut self) -> Option<(Span, Option<i32>)> {
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
    fn bare_year(&mut self) -> Option<(Span, Option<i32>)> {
        let begins = match self.phrase.previous() {
            None => true,
            Some(Token::Word(word)) => matches!(word.as_str(), "den" | "doan" | "ki" | "truoc" | "tu"),
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
    fn year_part(&mut self) -> Option<i32> {
        let start = self.phrase.at;
        let sign = self.phrase.take_sign(&['/', '-', '.', ',']);
        self.phrase.take_word("cua");
        let word = self.phrase.take_word("nam");
        let number = self.phrase.take_number(9);
        let year = match (sign, word, number) {
            (Some(','), false, _) | (_, _, None) => None,
            (_, _, Some((_, 4))) => number.and_then(year_of),
            // "tháng 5-12/2017" goes on to December; only a slash makes of two digits a year that could be a month.
            (Some('-' | '.'), false, Some((12.., 2))) => number.and_then(year_of).filter(|year| *year > 2012),
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

    fn connector(&mut self) -> bool {
        self.phrase.take_sign(&['-', ',', '+', '&', '~', ';']).is_some()
            || ["den", "toi", "va", "hoac"].into_iter().any(|word| self.phrase.take_word(word))
    }

    /// The months or quarters that go on after the first: "Tháng 4, 5/2017", "Quý I và II/2020".
    fn list(&mut self, place: usize, first: Span) {
        loop {
            let start = self.phrase.at;
            let member = match first {
                Span::Month(_) => self.list_member(12).map(|(month, year)| (Span::Month(month), year)),
                Span::Quarter(_) => self.list_member(4).map(|(quarter, year)| (Span::Quarter(quarter), year)),
                Span::Day { .. }
                | Span::Week(_)
                | Span::WeekOfMonth { .. }
                | Span::Months(..)
                | Span::Year => None,
            };
            match member {
                Some((span, year)) => self.push(place, span, year),
                None => {
                    self.phrase.at = start;
                    return;
                }
            }
        }
    }

    /// A number up to `most` that stands for itself and does not begin a date.
    fn list_member(&mut self, most: u32) -> Option<(u32, Option<i32>)> {
        self.connector().then_some(())?;
        let start = self.phrase.at;
        if full_date(&mut self.phrase).is_some() {
            return None;
        }
        self.phrase.at = start;
        let (value, _) = self.phrase.take_number(2).filter(|(value, _)| (1..=most).contains(value))?;
        let begins_date = self.phrase.peek_sign(0) == Some('/')
            && self.phrase.peek_number(1).is_some_and(|(_, digits)| digits != 4);
        let goes_on = match self.phrase.peek(0) {
            None | Some(Token::Sign(_)) => true,
            Some(Token::Word(word)) => matches!(word.as_str(), "nam" | "va" | "den" | "toi" | "hoac"),
            Some(Token::Number { .. }) => false,
        };
        (goes_on && !begins_date).then_some(())?;
        Some((value, self.year_part()))
    }
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
