//! What texts were made into, kept for the next time the same text comes: sheets say the same things over and over.

use std::collections::HashMap;

/// What at most so many texts were made into. One full is emptied, so that its memory is bounded and what comes again
/// soon is back soon.
#[derive(Debug)]
pub(super) struct Kept<V> {
    values: HashMap<String, V>,
    most: usize,
}

impl<V: Clone> Kept<V> {
    /// Nothing yet, and room for `most` texts.
    pub(super) fn at_most(most: usize) -> Kept<V> {
        Kept { values: HashMap::new(), most }
    }

    /// What this text was made into, or is made into now.
    pub(super) fn of(&mut self, text: &str, make: impl FnOnce() -> V) -> V {
        if let Some(known) = self.values.get(text) {
            return known.clone();
        }
        if self.values.len() >= self.most {
            self.values.clear();
        }
        let value = make();
        self.values.insert(text.to_owned(), value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_made_once_and_again_when_the_room_was_used_up() {
        let mut kept = Kept::at_most(2);
        let mut made = Vec::new();
        for text in ["a", "b", "a", "c", "a", "c"] {
            let value = kept.of(text, || {
                made.push(text);
                text.to_uppercase()
            });
            assert_eq!(value, text.to_uppercase());
        }
        assert_eq!(made, ["a", "b", "c", "a"]);
    }
}
