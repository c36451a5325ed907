//! Values by part: at most seven, so a sorted list instead of a tree, which would take a node for eleven.

use super::Part;

/// Values by part, in the order of [`Part::ALL`].
#[derive(Clone, Debug, PartialEq)]
pub struct Parts<V>(Vec<(Part, V)>);

impl<V> Parts<V> {
    /// Without any.
    pub fn new() -> Parts<V> {
        Parts(Vec::new())
    }

    /// The value of a part.
    pub fn get(&self, part: &Part) -> Option<&V> {
        self.0.iter().find(|(held, _)| held == part).map(|(_, value)| value)
    }

    /// Puts a value in the place of the one before.
    pub fn insert(&mut self, part: Part, value: V) {
        match self.0.binary_search_by_key(&part, |(held, _)| *held) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (part, value)),
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, part: &Part) -> Option<V> {
        let at = self.0.binary_search_by_key(part, |(held, _)| *held).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Gives back what was set aside for further values: of many thousand rows it weighs.
    pub fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }

    /// The parts with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&Part, &V)> {
        self.0.iter().map(|(part, value)| (part, value))
    }
}

impl<V> Default for Parts<V> {
    fn default() -> Parts<V> {
        Parts::new()
    }
}

impl<V> FromIterator<(Part, V)> for Parts<V> {
    fn from_iter<I: IntoIterator<Item = (Part, V)>>(values: I) -> Parts<V> {
        let mut parts = Parts::new();
        for (part, value) in values {
            parts.insert(part, value);
        }
        parts.shrink_to_fit();
        parts
    }
}

impl<V, const N: usize> From<[(Part, V); N]> for Parts<V> {
    fn from(values: [(Part, V); N]) -> Parts<V> {
        values.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_part_counts_and_parts_are_in_their_order() {
        let mut parts = Parts::from([(Part::Note, 1), (Part::Progress, 2), (Part::Note, 3)]);
        assert_eq!(
            parts.iter().map(|(part, value)| (*part, *value)).collect::<Vec<_>>(),
            [(Part::Progress, 2), (Part::Note, 3)]
        );
        assert_eq!(parts.remove(&Part::Note), Some(3));
        assert_eq!((parts.remove(&Part::Note), parts.get(&Part::Note)), (None, None));
        assert_eq!(parts.get(&Part::Progress), Some(&2));
    }
}
