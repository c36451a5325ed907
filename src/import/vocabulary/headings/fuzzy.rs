//! Headings with a slip of the pen: every word is the known one or nearly so. A word more, or another word, is no slip:
//! "Đã hoàn thành" is not "Hạn hoàn thành".

use super::{Guess, VOCABULARY};

/// Shorter headings are taken as they stand.
const SHORTEST: usize = 6;
/// Letters of a word in which one letter may be wrong, and of one in which two may be. A short word with a slip is another
/// word ("phần sông", "phân công"), unless much is right around it.
const ONE_SLIP: usize = 5;
const ONE_SLIP_IN_LONG: usize = 3;
const TWO_SLIPS: usize = 6;
/// Letters of a heading in which much is right.
const LONG: usize = 14;
/// A heading with a slip says so much of what the right one says.
const SLIPPED: f64 = 0.95;

/// What a heading means when its slips are mended. `known` tells words that are words of their own.
pub(super) fn fuzzy(key: &str) -> Vec<Guess> {
    if key.len() < SHORTEST {
        return Vec::new();
    }
    let nearest = VOCABULARY
        .whole
        .iter()
        .filter(|(known, _)| known.len().abs_diff(key.len()) <= 3)
        .filter_map(|(known, guesses)| slips(known, key).map(|slips| (slips, known, guesses)))
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    nearest.map_or_else(Vec::new, |(_, _, guesses)| {
        guesses.iter().map(|guess| Guess { weight: guess.weight * SLIPPED, ..*guess }).collect()
    })
}

/// How many letters differ; none when a word differs too much, or when words are more or fewer other than by their blanks.
fn slips(known: &str, key: &str) -> Option<usize> {
    let (left, right) = (known.split(' '), key.split(' '));
    if left.clone().count() != right.clone().count() {
        let joined = |text: &str| text.replace(' ', "");
        return (joined(known) == joined(key)).then_some(1);
    }
    let shortest = if key.len() >= LONG { ONE_SLIP_IN_LONG } else { ONE_SLIP };
    left.zip(right).map(|(known, word)| slips_of_word(known, word, shortest)).sum()
}

fn slips_of_word(known: &str, word: &str, shortest: usize) -> Option<usize> {
    if known == word {
        return Some(0);
    }
    // Figures and words of other headings are no slips.
    if word.bytes().any(|byte| byte.is_ascii_digit()) || VOCABULARY.words.contains(word) {
        return None;
    }
    let length = known.len().max(word.len());
    let allowed = if length >= TWO_SLIPS { 2 } else { usize::from(length >= shortest) };
    let slips = rapidfuzz::distance::osa::distance(known.chars(), word.chars());
    (slips <= allowed).then_some(slips)
}
