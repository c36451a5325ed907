//! Workbooks to which a sheet is added each month or quarter: the sheets report on the same tasks, and the latest one
//! says how things stand.

use std::collections::HashSet;

use super::rows::Body;
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

/// The first period that a text names: "Tháng 4", "T4-2020", "Quý II", "Kết quả tuần 12".
pub fn period_of(text: &str) -> Option<Period> {
    let key = words(text);
    let parts: Vec<&str> = key.split(' ').collect();
    (0..parts.len()).find_map(|at| {
        let (kind, number, after) = numbered(&parts, at)?;
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

/// The share of an earlier sheet's tasks that the latest one must have too before the earlier is passed over.
const SAME_TASKS: f64 = 0.5;

/// Which tables are the report of an earlier period: `tables` gives the name of each table's sheet with its rows. Only
/// sheets that name periods of one kind are compared.
pub fn earlier(tables: &[(&str, &Body<'_>)]) -> Vec<bool> {
    let periods: Vec<Option<Period>> = tables.iter().map(|(sheet, _)| period_of(sheet)).collect();
    let dated = periods.iter().flatten();
    let with_years = dated.clone().all(|period| period.year.is_some());
    let order = |period: &Period| (if with_years { period.year } else { None }, period.number);
    let Some(latest) = dated.max_by_key(|period| order(period)).copied() else {
        return vec![false; tables.len()];
    };
    let known: HashSet<String> = tables
        .iter()
        .zip(&periods)
        .filter(|(_, period)| period.is_some_and(|period| order(&period) == order(&latest)))
        .flat_map(|((_, body), _)| body.tasks.iter().filter(|task| task.has_values))
        .map(|task| words(&task.content))
        .collect();
    tables
        .iter()
        .zip(&periods)
        .map(|((_, body), period)| {
            let before =
                period.is_some_and(|period| period.kind == latest.kind && order(&period) < order(&latest));
            let again = body.tasks.iter().filter(|task| known.contains(&words(&task.content))).count();
            #[expect(clippy::cast_precision_loss, reason = "counts of rows are small")]
            let same = again as f64 >= body.tasks.len() as f64 * SAME_TASKS;
            before && !body.tasks.is_empty() && same
        })
        .collect()
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
