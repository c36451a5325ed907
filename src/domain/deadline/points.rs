//! Finds the points in time of a phrase, with the words before them: "trước", "từ", "đầu", "giữa", "cuối".

use super::span::{Part, Point, Span};
use crate::domain::date::full_date;
use crate::domain::phrase::{Phrase, Token};

/// The points of a phrase in their order; none when what is written names no time to be done by ("sau 30/6").
pub(super) fn points(phrase: &Phrase) -> Option<Vec<Point>> {
    let mut scan = Scan { phrase: phrase.clone(), points: Vec::new(), before: Before::default() };
    while !scan.phrase.is_done() {
        scan.step()?;
    }
    Some(scan.points)
}

/// A phrase on the way of being read.
pub(super) struct Scan {
    pub(super) phrase: Phrase,
    pub(super) points: Vec<Point>,
    before: Before,
}

/// What stands before the next point.
#[derive(Clone, Copy, Default)]
struct Before {
    excluded: bool,
    opens: bool,
    after: bool,
    /// The number of a document: the date that follows is the document's.
    document: bool,
    part: Option<Part>,
}

impl Scan {
    fn step(&mut self) -> Option<()> {
        let place = self.phrase.at;
        if self.time_of_day() {
            // "Trước 17h ngày 30/6": that day itself is in time.
            self.before.excluded = false;
        } else if self.document_number() {
            self.before = Before { document: true, ..Before::default() };
        } else if let Some((span, year)) = self.span() {
            if self.before.document {
                self.before = Before::default();
                return Some(());
            }
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

    pub(super) fn push(&mut self, place: usize, span: Span, year: Option<i32>) {
        let Before { excluded, opens, after: _, document: _, part } = self.before;
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
            // "Thứ sáu, 10/4/2020" names the day of the week.
            Some("sau") if matches!(self.phrase.previous(), Some(Token::Word(word)) if word == "thu") => {}
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
        // "Đợt 2: 30/6" counts and holds no time.
        let day_follows = self.phrase.peek_number(2).is_some() && self.phrase.peek_sign(3) == Some('/');
        match (self.phrase.peek_sign(1), self.phrase.peek_word(1)) {
            (Some(':'), _) if day_follows => false,
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
        let symbol =
            |ahead| phrase.peek_word(ahead).is_some_and(|word| !matches!(word, "nam" | "thang" | "t" | "th"));
        let short = slash(1) && symbol(2);
        let long = slash(1) && phrase.peek_number(2).is_some() && slash(3) && symbol(4);
        let found = phrase.peek_number(0).is_some() && (short || long);
        if found {
            phrase.skip_glued();
        }
        found
    }

    pub(super) fn connector(&mut self) -> bool {
        self.phrase.take_sign(&['-', ',', '+', '&', '~', ';']).is_some()
            || ["den", "toi", "va", "hoac"].into_iter().any(|word| self.phrase.take_word(word))
    }

    /// The weeks, months or quarters that go on after the first: "Tháng 4, 5/2017", "Quý I và II/2020".
    fn list(&mut self, place: usize, first: Span) {
        loop {
            let start = self.phrase.at;
            let member = match first {
                Span::Month(_) => self.list_member(12).map(|(month, year)| (Span::Month(month), year)),
                Span::Quarter(_) => self.list_member(4).map(|(quarter, year)| (Span::Quarter(quarter), year)),
                Span::Week(_) => self.list_member(53).map(|(week, year)| (Span::Week(week), year)),
                Span::Day { .. } | Span::WeekOfMonth { .. } | Span::Months(..) | Span::Year => None,
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
