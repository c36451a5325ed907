//! What the values of a sheet are compared with: those that are stored, those that it started from, and who changed them
//! in between. Nothing is held that the state of the assignment says already: of a hundred thousand rows it weighs.

use std::sync::Arc;

use crate::domain::change::Base;
use crate::domain::history::{AssignmentState, Part, Parts};
use crate::import::author::Author;
use crate::import::value::{Value, word};

/// In whose words progress is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// As our own sheet shows it.
    #[default]
    Shown,
    /// As the unit itself put it.
    Claimed,
}

impl Words {
    /// A value of a state in these words; none where it has none.
    pub fn value(self, part: Part, state: &AssignmentState) -> Option<Value> {
        match (part, self) {
            (Part::Progress, Words::Shown) => word(state.progress).map(Value::Progress),
            (Part::Progress, Words::Claimed) => state.claimed.and_then(word).map(Value::Progress),
            (
                Part::Percent
                | Part::CompletedOn
                | Part::Result
                | Part::Difficulties
                | Part::Proposals
                | Part::Note,
                Words::Shown | Words::Claimed,
            ) => Value::of_state(part, state),
        }
    }

    /// A state as the base of every part.
    pub fn base(self, state: &AssignmentState) -> Parts<Base<Value>> {
        Part::ALL.into_iter().map(|part| (part, Base::known(self.value(part, state)))).collect()
    }
}

/// What a sheet started from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Started {
    /// From nothing that is known: a first sheet.
    #[default]
    Unknown,
    /// From what is stored still.
    AsStored,
    /// From this; of parts that are not named nothing is known.
    From(Arc<Parts<Base<Value>>>),
}

/// What the values of one row are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What is stored: the state as of the day reported on.
    pub state: Arc<AssignmentState>,
    /// In whose words.
    pub words: Words,
    /// What the sheet started from.
    pub started: Started,
    /// Who changed what is no longer as the sheet started from.
    pub authors: Option<Arc<Parts<Author>>>,
}

impl Compared {
    /// The same with a base that is known for some parts, in as little room as it needs.
    #[must_use]
    pub fn with(self, base: Parts<Base<Value>>) -> Compared {
        let is_as_stored = |part| base.get(&part).is_some_and(|base| is_same(base, self.ours(part).as_ref()));
        let started = match Part::ALL.into_iter().all(is_as_stored) {
            true => Started::AsStored,
            false => Started::From(Arc::new(base)),
        };
        Compared { started, ..self }
    }

    /// What is stored.
    pub fn ours(&self, part: Part) -> Option<Value> {
        self.words.value(part, &self.state)
    }

    /// What the sheet started from.
    pub fn base(&self, part: Part) -> Base<Value> {
        match &self.started {
            Started::Unknown => Base::Unknown,
            Started::AsStored => Base::known(self.ours(part)),
            Started::From(base) => base.get(&part).cloned().unwrap_or(Base::Unknown),
        }
    }

    /// Who changed it since the sheet started.
    pub fn author(&self, part: Part) -> Option<&Author> {
        self.authors.as_ref()?.get(&part)
    }

    /// The parts of which something else is stored than the sheet started from.
    pub fn changed(&self) -> impl Iterator<Item = Part> {
        let is_started = matches!(self.started, Started::From(_));
        let is_changed =
            move |part: &Part| is_started && self.base(*part).is_changed(self.ours(*part).as_ref());
        Part::ALL.into_iter().filter(is_changed)
    }
}

/// Whether a base is what is stored, to the letter: a plan shows both.
fn is_same(base: &Base<Value>, ours: Option<&Value>) -> bool {
    match (base, ours) {
        (Base::Value(Value::Text(base)), Some(Value::Text(ours))) => base == ours,
        (Base::Value(base), Some(ours)) => base == ours,
        (Base::Blank, None) => true,
        (Base::Unknown | Base::Blank | Base::Value(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::progress::Progress;

    fn compared(words: Words) -> Compared {
        let state = AssignmentState {
            progress: Progress::AwaitingConfirmation,
            claimed: Some(Progress::InProgress),
            result: Some("Đã gửi văn bản".into()),
            ..AssignmentState::initial(None)
        };
        Compared { state: Arc::new(state), words, started: Started::Unknown, authors: None }
    }

    #[test]
    fn progress_is_compared_in_the_words_of_the_sheet() {
        let progress = |words| compared(words).ours(Part::Progress);
        assert_eq!(progress(Words::Shown), Some(Value::Progress(Progress::Completed)));
        assert_eq!(progress(Words::Claimed), Some(Value::Progress(Progress::InProgress)));
    }

    #[test]
    fn a_base_that_is_what_is_stored_is_not_held_again_and_reads_the_same() {
        for words in [Words::Shown, Words::Claimed] {
            let plain = compared(words);
            let base = words.base(&plain.state);
            let with = plain.with(base.clone());
            assert_eq!(with.started, Started::AsStored);
            assert_eq!(with.changed().count(), 0);
            for part in Part::ALL {
                assert_eq!(Some(&with.base(part)), base.get(&part), "{part:?}");
            }
        }
    }

    #[test]
    fn a_base_that_differs_in_a_letter_or_is_not_known_of_every_part_is_held() {
        let plain = compared(Words::Shown);
        let mut base = Words::Shown.base(&plain.state);
        base.insert(Part::Result, Base::Value(Value::Text("Đã  gửi văn bản".into())));
        let with = plain.clone().with(base);
        assert!(
            matches!(with.base(Part::Result), Base::Value(Value::Text(text)) if &*text == "Đã  gửi văn bản")
        );
        assert_eq!(with.changed().count(), 0, "blanks are no change");

        let one = Parts::from([(Part::Result, Base::Blank)]);
        let with = plain.with(one);
        assert_eq!(with.base(Part::Percent), Base::Unknown);
        assert_eq!(with.changed().collect::<Vec<_>>(), [Part::Result]);
    }
}
