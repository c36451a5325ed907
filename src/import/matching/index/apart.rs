//! What sets tasks that resemble each other apart, and how much of it a wording has.

use super::{Index, Spelled, place};

impl Index<'_> {
    /// Of what sets task `of` apart from task `from` (words that only the former has, by their weight) the share that the
    /// content has too: 0 to 1.
    pub(in crate::import::matching) fn apart(&self, content: &Spelled, (of, from): (usize, usize)) -> f64 {
        let (mut said, mut all) = (0.0, 0.0);
        for (id, word) in self.single.iter().enumerate() {
            if word.tasks.contains(&of) && !word.tasks.contains(&from) {
                all += word.weight;
                let heard = content.0.iter().any(|heard| heard.is_some_and(|heard| place(heard) == id));
                said += if heard { word.weight } else { 0.0 };
            }
        }
        if all > 0.0 { said / all } else { 0.0 }
    }
}
