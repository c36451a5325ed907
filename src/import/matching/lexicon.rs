//! The words of all tasks by their numbers, ready for looking up every word of every row: abbreviations are written out
//! and words that say nothing are known beforehand.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words of a content that are looked at: the longest task has about 120. What a cell holds beyond is no wording.
const MOST_WORDS: usize = 400;

/// The words of a content by their numbers in an index; `None` for one that stands in no task.
#[derive(Clone, Debug)]
pub struct Spelled(pub(super) Vec<Option<u32>>);

/// What each known word is spelled as: a stretch of numbers.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<String, (usize, usize), BuildHasherDefault<WordHasher>>,
    numbers: Vec<Option<u32>>,
}

impl Lexicon {
    /// Adds a word and what it is spelled as.
    pub(super) fn add(&mut self, word: &str, numbers: impl Iterator<Item = Option<u32>>) {
        let from = self.numbers.len();
        self.numbers.extend(numbers);
        self.words.insert(word.to_owned(), (from, self.numbers.len()));
    }

    /// The numbers of these words.
    pub(super) fn spelled(&self, words: &str) -> Spelled {
        let mut spelled = Vec::with_capacity(words.len() / 4 + 1);
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            match self.words.get(word) {
                Some((from, to)) => spelled.extend_from_slice(&self.numbers[*from..*to]),
                None => spelled.push(None),
            }
            if spelled.len() >= MOST_WORDS {
                spelled.truncate(MOST_WORDS);
                break;
            }
        }
        Spelled(spelled)
    }
}

/// FNV-1a. The words looked up come from files of strangers, but those kept are of the notices alone, so that no file can
/// make the table slow.
#[derive(Clone)]
struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        WordHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
