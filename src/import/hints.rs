//! What is known beforehand about reading this unit's file: the layouts it has sent before, the answers about this one,
//! and which of its wordings mean which task. Pure: the store fills it, the reader asks it.
//!
//! Hints help where the file leaves something open. They never overrule what it plainly says: the exact wording of
//! another task, numbers that contradict a percent scale, cells that cannot be what a column is said to mean.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use crate::domain::text;
use crate::import::answers::Link;
use crate::import::matching::decide::{without_deadline, without_marker};
use crate::import::vocabulary::words;
use crate::sheet::meaning::{ColumnFacts, ColumnMeaning};

/// Everything known beforehand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// Layouts of committed imports of this unit, last used first.
    pub layouts: Vec<Layout>,
    /// Answered wordings by [`wording_key`].
    pub wordings: HashMap<String, Wording>,
    /// What a person has said about the columns of this file, by sheet and column.
    pub told: BTreeMap<(String, u32), ColumnFacts>,
}

/// A layout as remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Where it is known from, for people: "lần nạp ngày 15/4/2020".
    pub source: String,
    /// Its columns that have a heading, from left to right.
    pub columns: Vec<Remembered>,
}

/// A column of a remembered layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Remembered {
    /// The heading as read.
    pub heading: String,
    /// What it meant.
    pub facts: ColumnFacts,
    /// Whether a person has said so, and not only the reader.
    pub by_person: bool,
}

/// A wording that a person has linked.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    /// To what.
    pub link: Link,
    /// Where it is known from, for people.
    pub source: String,
}

/// What the hints say about one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expected {
    /// By column.
    pub columns: BTreeMap<u32, Expectation>,
    /// Headings that stand where the layout had others.
    pub changed: Vec<Changed>,
    /// Whether a remembered layout has exactly these headings.
    pub known_layout: bool,
}

/// What is expected of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expectation {
    /// What a person has said about this file.
    pub answer: ColumnFacts,
    /// What was so in the remembered layout.
    pub memory: ColumnFacts,
    /// Whether a person has said what memory holds.
    pub by_person: bool,
    /// Where memory has it from.
    pub source: String,
}

impl Expectation {
    /// The sentence that says why, for the evidence of a column.
    pub fn reason(&self) -> String {
        if self.answer == ColumnFacts::default() {
            format!("theo mẫu đã nhớ, {}", self.source)
        } else {
            "do người dùng chỉ định".to_owned()
        }
    }
}

/// A heading that has changed since the layout was remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The column as it is now.
    pub column: u32,
    /// Its heading now.
    pub heading: String,
    /// The heading that stood there.
    pub before: String,
    /// What the column meant then.
    pub meaning: ColumnMeaning,
}

/// A layout whose headings differ in more places than this is another layout.
const MOST_CHANGED: usize = 2;
/// And it shares at least so many headings, and two thirds of its own.
const LEAST_SHARED: usize = 3;
/// Wordings of fewer words are titles or fragments that may mean anything next month.
const FEWEST_WORDS: usize = 3;

impl Hints {
    /// What is said about a table with these headings (column and text, from left to right).
    pub fn of_table(&self, sheet: &str, headings: &[(u32, &str)]) -> Expected {
        let mut expected = self.remembered(headings);
        let of_sheet = self.told.range((sheet.to_owned(), 0)..=(sheet.to_owned(), u32::MAX));
        for ((_, column), facts) in of_sheet {
            expected.columns.entry(*column).or_default().answer = *facts;
            expected.changed.retain(|changed| changed.column != *column || facts.meaning.is_none());
        }
        expected
    }

    fn remembered(&self, headings: &[(u32, &str)]) -> Expected {
        let keys: Vec<String> = headings.iter().map(|(_, heading)| heading_key(heading)).collect();
        let same = |layout: &&Layout| {
            layout.columns.len() == keys.len()
                && layout.columns.iter().zip(&keys).all(|(column, key)| heading_key(&column.heading) == *key)
        };
        if let Some(layout) = self.layouts.iter().find(same) {
            let pairs = (0..keys.len()).map(|at| (at, at)).collect::<Vec<_>>();
            return Expected { known_layout: true, ..expected(layout, headings, &pairs) };
        }
        let near = self.layouts.iter().filter_map(|layout| near(layout, &keys).map(|pairs| (layout, pairs)));
        // Of equally near ones the last used.
        let nearest = near.rev().max_by_key(|(_, pairs)| pairs.len());
        nearest.map_or_else(Expected::default, |(layout, pairs)| Expected {
            changed: changed(layout, headings, &pairs),
            ..expected(layout, headings, &pairs)
        })
    }

    /// The link of a wording.
    pub fn wording(&self, content: &str) -> Option<&Wording> {
        if self.wordings.is_empty() {
            return None;
        }
        self.wordings.get(&wording_key(content)?)
    }
}

fn expected(layout: &Layout, headings: &[(u32, &str)], pairs: &[(usize, usize)]) -> Expected {
    let columns = pairs.iter().map(|(old, new)| {
        let Remembered { facts, by_person, .. } = layout.columns[*old];
        let source = layout.source.clone();
        let answer = ColumnFacts::default();
        (headings[*new].0, Expectation { answer, memory: facts, by_person, source })
    });
    Expected { columns: columns.collect(), ..Expected::default() }
}

/// The headings that the layout and the table share, in order, when they are near enough to be the same layout with one
/// or two headings changed.
fn near(layout: &Layout, keys: &[String]) -> Option<Vec<(usize, usize)>> {
    let known: Vec<String> = layout.columns.iter().map(|column| heading_key(&column.heading)).collect();
    let pairs = in_common(&known, keys);
    let enough = pairs.len() >= LEAST_SHARED && pairs.len() * 3 >= known.len() * 2;
    (enough && replaced(&pairs, known.len(), keys.len()).len() <= MOST_CHANGED).then_some(pairs)
}

fn changed(layout: &Layout, headings: &[(u32, &str)], pairs: &[(usize, usize)]) -> Vec<Changed> {
    let replaced = replaced(pairs, layout.columns.len(), headings.len()).into_iter();
    let changed = replaced.filter_map(|(old, new)| {
        let before = &layout.columns[old];
        let (column, heading) = headings[new];
        let meaning = before.facts.meaning.filter(|meaning| *meaning != ColumnMeaning::Nothing)?;
        Some(Changed { column, heading: heading.to_owned(), before: before.heading.clone(), meaning })
    });
    changed.collect()
}

/// The places where one heading took the place of another: between the same neighbours, as many as before.
fn replaced(pairs: &[(usize, usize)], known: usize, now: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (next_old, next_new) in pairs.iter().copied().chain([(known, now)]) {
        if next_old - old == next_new - new {
            found.extend((old..next_old).zip(new..next_new));
        }
        (old, new) = (next_old + 1, next_new + 1);
    }
    found
}

/// The longest common run of two lists, as pairs of places. Empty keys are common to nothing.
fn in_common(one: &[String], other: &[String]) -> Vec<(usize, usize)> {
    let same = |a: usize, b: usize| !one[a].is_empty() && one[a] == other[b];
    let mut longest = vec![vec![0usize; other.len() + 1]; one.len() + 1];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            longest[a][b] =
                if same(a, b) { longest[a + 1][b + 1] + 1 } else { longest[a + 1][b].max(longest[a][b + 1]) };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < one.len() && b < other.len() {
        if same(a, b) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[a + 1][b] >= longest[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// A heading for comparing: without marks, signs and figures ("Kết quả đến ngày 15/4/2020" is the same in May).
pub fn heading_key(heading: &str) -> String {
    let figure = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    words(heading).split(' ').filter(|word| !figure(word)).collect::<Vec<_>>().join(" ")
}

/// SHA-256 of the headings of a table: two tables of one layout have the same.
pub fn fingerprint<'h>(headings: impl Iterator<Item = &'h str>) -> String {
    let mut digest = Sha256::new();
    for heading in headings {
        digest.update(heading_key(heading));
        digest.update("\n");
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A wording for comparing; `None` when it is too short to be told from others.
pub fn wording_key(content: &str) -> Option<String> {
    let key = text::key(without_marker(without_deadline(content)));
    (key.split(' ').count() >= FEWEST_WORDS).then_some(key)
}

#[cfg(test)]
mod tests;
