//! What texts were made into, kept for the next time the same text comes: sheets say the same things over and over.

use std::hash::{BuildHasher, RandomState};

/// What some texts were made into. Each text has one place, which it may lose to another one, so that the memory is
/// bounded. What was made is kept from the second time on: of a text that comes once nothing is copied.
#[derive(Debug)]
pub(super) struct Kept<V> {
    places: Vec<Place<V>>,
    hasher: RandomState,
}

#[derive(Clone, Debug)]
struct Place<V> {
    hash: u64,
    kept: Option<(Box<str>, V)>,
}

impl<V: Clone> Kept<V> {
    /// Nothing yet, and room for `most` texts.
    pub(super) fn at_most(most: usize) -> Kept<V> {
        Kept { places: vec![Place { hash: 0, kept: None }; most.max(1)], hasher: RandomState::new() }
    }

    /// What this text was made into, or is made into now.
    pub(super) fn of(&mut self, text: &str, make: impl FnOnce() -> V) -> V {
        let hash = self.hasher.hash_one(text);
        let at = usize::try_from(hash % self.places.len() as u64).unwrap_or(0);
        let place = &mut self.places[at];
        if place.hash != hash {
            *place = Place { hash, kept: None };
            return make();
        }
        match &place.kept {
            Some((known, value)) if **known == *text => value.clone(),
            Some(_) | None => {
                let value = make();
                place.kept = Some((text.into(), value.clone()));
                value
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_made_twice_at_most_while_it_keeps_its_place() {
        let mut kept = Kept::at_most(4);
        let mut made = 0;
        for _ in 0..9 {
            let value = kept.of("trước 30/6", || {
                made += 1;
                "read"
            });
            assert_eq!(value, "read");
        }
        assert_eq!(made, 2);
    }

    #[test]
    fn however_many_texts_come_each_gets_its_own() {
        let mut kept = Kept::at_most(4);
        for turn in 0..3 {
            for text in (0..50).map(|number| (number / 2).to_string()) {
                assert_eq!(kept.of(&text, || text.clone()), text, "turn {turn}");
            }
        }
        assert_eq!(kept.places.len(), 4);
    }
}
