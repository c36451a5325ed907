//! Workbooks to which a sheet, a table or a section is added each month or quarter: they report on the same tasks, and the
//! latest says how things stand.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::domain::date;
use crate::domain::finding::{Finding, FindingCode};
use crate::sheet::column::Field;

use super::reading::{Decision, RowKind, RowReading, TableReading};
use super::rows::phrases::place_and_date;
use super::rows::stt;
use super::vocabulary::words;

/// A period that a name gives: what kind, of which year where it is written, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Place of the kind among week, month, quarter, half-year, round.
    pub kind: usize,
    year: Option<u32>,
    number: u32,
}

/// The words that name a period, without diacritics; `t` and `q` stand right before their number.
const KINDS: [(&str, &str); 5] = [("tuan", ""), ("thang", "t"), ("qui", "q"), ("ki", ""), ("dot", "")];

/// Places of the kinds that are compared with others or told otherwise.
const MONTH: usize = 1;
const QUARTER: usize = 2;
const DAY: usize = KINDS.len();

/// The first period that a text names: "Tháng 4", "T4-2020", "Quý II", "Kết quả tuần 12".
pub fn period_of(text: &str) -> Option<Period> {
    let key = words(text);
    let parts: Vec<&str> = key.split(' ').collect();
    (0..parts.len()).find_map(|at| {
        let (kind, number, after) = numbered(&parts, at)?;
        // "ngày 20 tháng 4 năm 2020" is a day.
        if at >= 2 && parts[at - 2] == "ngay" {
            return None;
        }
        let year = parts.get(after).and_then(|year| year.parse().ok()).filter(|year| *year > 1900);
        Some(Period { kind, year, number })
    })
}

/// The kind and number that begin at a word, and the place after them.
fn numbered(parts: &[&str], at: usize) -> Option<(usize, u32, usize)> {
    let word = parts.get(at)?;
    for (kind, (long, short)) in KINDS.iter().enumerate() {
        if word == long {
            let number = parts.get(at + 1)?;
            let number = number.parse().ok().or_else(|| stt::roman(&number.to_uppercase()))?;
            return Some((kind, number, at + 2));
        }
        let digits = word.strip_prefix(short).filter(|_| !short.is_empty());
        if let Some(number) = digits.and_then(|digits| digits.parse().ok()) {
            return Some((kind, number, at + 1));
        }
    }
    None
}

/// Where a table stands in time: what its title lines (from the nearest up) and the name of its sheet say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    title: Option<Period>,
    sheet: Option<Period>,
}

impl Dated {
    /// From the lines above a table, top to bottom, and the name of its sheet.
    pub fn of<'l>(title: impl DoubleEndedIterator<Item = &'l str>, sheet: &str) -> Dated {
        let lines = title.rev().flat_map(|text| text.split('\n'));
        let title = lines.filter(|line| place_and_date(line).is_none()).find_map(period_or_day);
        Dated { title, sheet: period_of(sheet) }
    }
}

/// A period, or the day up to which a report goes ("đến ngày 15/4/2020").
pub fn period_or_day(line: &str) -> Option<Period> {
    period_of(line).or_else(|| {
        let day = date::find(line).filter(|_| words(line).split(' ').any(|word| word == "den"))?;
        Some(Period { kind: DAY, year: u32::try_from(day.year()).ok(), number: day.ordinal() })
    })
}

/// The period of a heading, or its day, in whatever words: "Kết quả tháng 4", "Tiến độ 15/4 (%)".
pub fn of_heading(heading: &str) -> Option<Period> {
    period_of(heading).or_else(|| {
        let day = date::find(heading);
        let (year, number) = match day {
            Some(day) => (u32::try_from(day.year()).ok(), day.month() * 31 + day.day()),
            None => (None, month_and_day(heading)?),
        };
        Some(Period { kind: DAY, year, number })
    })
}

/// "15/4" in a heading, in the order of the year.
fn month_and_day(heading: &str) -> Option<u32> {
    let parts = heading.split(|c: char| !(c.is_ascii_digit() || c == '/'));
    parts.into_iter().find_map(|part| {
        let (day, month) = part.split_once('/')?;
        let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(month * 31 + day)
    })
}

/// Notes the rows that report how a task stood in an earlier period than another row of the file does. The latest period
/// says how things stand now; the rows of earlier ones are history. Only what the file itself says counts: the section row
/// above a row, the title of its table, or the name of its sheet; a row without any contradicts the others as before.
/// `dated` says where each table stands; a period without a year is of the year of the notice.
pub fn note(tables: &mut [TableReading], dated: &[Dated], notice_year: i32) {
    let around = tables.len() >= 2 && dated.iter().any(|dated| *dated != Dated::default());
    if !around && !in_sections(tables) {
        return;
    }
    let mut same: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        for (number, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind != RowKind::Heading) {
            if let Some(key) = speaks_of(row) {
                same.entry(key).or_default().push((at, number));
            }
        }
    }
    let year = u32::try_from(notice_year).unwrap_or(0);
    let mut earlier: Vec<((usize, usize), String)> = Vec::new();
    for places in same.into_values().filter(|places| places.len() > 1) {
        earlier.extend(earlier_of(tables, dated, &places, year));
    }
    for ((at, number), detail) in earlier {
        let sheet = tables[at].sheet.clone();
        let row = &mut tables[at].rows[number];
        row.findings.push(Finding::at(FindingCode::EarlierPeriod, &sheet, row.row + 1, None, detail));
    }
}

/// Whether some section or group names a period. Rows of one section stand together.
fn in_sections(tables: &[TableReading]) -> bool {
    tables.iter().any(|table| {
        let mut last: [Option<&String>; 2] = [None, None];
        table.rows.iter().any(|row| {
            let own = [row.section.as_ref(), row.group.as_ref()];
            let new = own != last;
            last = own;
            new && own.into_iter().flatten().any(|text| period_of(text).is_some())
        })
    })
}

/// What rows of one task have in common: the task they are linked to, or else their wording.
fn speaks_of(row: &RowReading) -> Option<String> {
    let content = row.texts.get(&Field::Content)?.as_deref()?;
    let linked = matches!(row.matched.decision, Decision::Sure | Decision::Likely);
    let own = row.findings.iter().all(|finding| finding.code != FindingCode::ProvinceMismatch);
    let key = row.matched.task.clone().filter(|_| linked).unwrap_or_else(|| words(content));
    (own && row.matched.how != "detail").then_some(key)
}

/// The rows among `places` that are older than the latest, each with what is said of it.
fn earlier_of(
    tables: &[TableReading],
    around: &[Dated],
    places: &[(usize, usize)],
    notice_year: u32,
) -> Vec<((usize, usize), String)> {
    let row = |place: &(usize, usize)| &tables[place.0].rows[place.1];
    let of_section = |place: &(usize, usize)| {
        let row = row(place);
        [&row.group, &row.section].into_iter().flatten().find_map(|text| period_of(text))
    };
    let of_title = |place: &(usize, usize)| around.get(place.0)?.title;
    let of_sheet = |place: &(usize, usize)| around.get(place.0)?.sheet;
    let dated = |period: &dyn Fn(&(usize, usize)) -> Option<Period>| {
        let dated: Vec<((usize, usize), Period)> =
            places.iter().filter_map(|place| Some((*place, period(place)?))).collect();
        let (_, first) = *dated.first()?;
        let alike = dated.iter().all(|(_, period)| period.scale() == first.scale());
        let order = |period: Period| period.order(notice_year);
        let differ = dated.iter().any(|(_, period)| order(*period) != order(first));
        (alike && differ).then_some(dated)
    };
    let told = dated(&of_section).or_else(|| dated(&of_title)).or_else(|| dated(&of_sheet));
    let Some(told) = told else { return Vec::new() };
    let order = |(_, period): &((usize, usize), Period)| period.order(notice_year);
    let Some(newest) = told.iter().max_by_key(|told| order(told)) else { return Vec::new() };
    let latest = &newest.0;
    let sheet = tables[latest.0].sheet.as_str();
    let detail = format!("dòng {} trang “{sheet}”", row(latest).row + 1);
    let older = told.iter().filter(|told| order(told) < order(newest));
    older.map(|(place, _)| (*place, detail.clone())).collect()
}

impl Period {
    /// Months and quarters stand on one scale, every other kind on its own.
    fn scale(self) -> usize {
        if self.kind == QUARTER { MONTH } else { self.kind }
    }

    /// For comparing periods on one scale: the year, and the number (of a quarter, its last month).
    fn order(self, notice_year: u32) -> (u32, u32) {
        let number = if self.kind == QUARTER { self.number * 3 } else { self.number };
        (self.year.unwrap_or(notice_year), number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_and_headings_give_their_period() {
        let order = |text: &str| period_of(text).map(|period| (period.kind, period.number));
        assert_eq!(order("Tháng 4"), Some((1, 4)));
        assert_eq!(order("BC T04.2020"), Some((1, 4)));
        assert_eq!(order("Quý II"), Some((2, 2)));
        assert_eq!(order("Q1"), Some((2, 1)));
        assert_eq!(order("Kết quả tuần 12"), Some((0, 12)));
        assert_eq!(order("Sheet1"), None);
        assert_eq!(order("TT"), None);
        assert!(period_of("Tháng 12/2019") < period_of("Tháng 1/2020"));
    }
}
