//! The words of deadlines that are no dates: `seeds/vocabulary/deadline.csv`, one `meaning,phrase` a line.

use std::sync::LazyLock;

use crate::domain::phrase::Phrase;
use crate::domain::text::{plain_key, words};

/// What a phrase of the vocabulary means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Thường xuyên.
    Ongoing,
    /// No deadline, said in words; the whole cell.
    None,
    /// Counted from an event that the cell does not date.
    Relative,
    /// "... trở đi", "... và các năm tiếp theo": no end.
    Onward,
    /// Cố gắng.
    BestEffort,
    /// A report of progress in the wrong column; at the beginning of the cell.
    Report,
    /// What follows is only asked for: deadlines change by a decision of the office.
    AskedFor,
}

impl Meaning {
    fn parse(name: &str) -> Option<Meaning> {
        Some(match name {
            "ongoing" => Meaning::Ongoing,
            "none" => Meaning::None,
            "relative" => Meaning::Relative,
            "onward" => Meaning::Onward,
            "best_effort" => Meaning::BestEffort,
            "report" => Meaning::Report,
            "asked_for" => Meaning::AskedFor,
            _ => return None,
        })
    }
}

/// The phrases with their meaning; lines that are none are left out, and a test counts them.
static VOCABULARY: LazyLock<Vec<(Meaning, Vec<String>)>> = LazyLock::new(|| {
    let table = include_str!("../../../seeds/vocabulary/deadline.csv");
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let (meaning, phrase) = line.split_once(',')?;
            Some((Meaning::parse(meaning)?, words(&plain_key(phrase)).map(str::to_owned).collect()))
        })
        .collect()
});

fn phrases(meaning: Meaning) -> impl Iterator<Item = &'static Vec<String>> {
    VOCABULARY.iter().filter(move |(own, _)| *own == meaning).map(|(_, words)| words)
}

/// The first place in the phrase where one of the words of this meaning stands.
pub(super) fn place_of(meaning: Meaning, phrase: &Phrase) -> Option<usize> {
    phrases(meaning).filter_map(|words| phrase.find(words)).min()
}

/// Whether the phrase is one of this meaning and nothing else.
pub(super) fn is_exactly(meaning: Meaning, phrase: &Phrase) -> bool {
    phrases(meaning).any(|words| phrase.is_exactly(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_vocabulary_has_a_meaning() {
        let lines = include_str!("../../../seeds/vocabulary/deadline.csv").lines().skip(1).count();
        assert_eq!(VOCABULARY.len(), lines);
        assert!(VOCABULARY.iter().all(|(_, words)| !words.is_empty()));
    }
}
