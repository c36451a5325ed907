//! Where each current value comes from: the fold of the history, told step by step. Pure; `store::provenance` adds the
//! file, the cell and the people.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{AssignmentState, Entry, Part, Stated, What};
use crate::domain::date::official;
use crate::domain::decision::DecisionKind;

/// What gave a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A report of the unit.
    Report(Uuid),
    /// A decision of the office.
    Decision(DecisionKind),
}

/// One step in the life of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which value.
    pub part: Part,
    /// The value afterwards, as people write it; none when it was cleared.
    pub value: Option<String>,
    /// What gave it.
    pub origin: Origin,
    /// Whether the report states this very part; otherwise the value follows from another one (the day of completion
    /// from the day of the report).
    pub is_stated: bool,
    /// The day it speaks of.
    pub day: NaiveDate,
    /// Event number.
    pub number: i64,
}

/// The steps of every part that has or had a value, as of a day, oldest first. A report that states a value again is a
/// step of its own: the value stands in its file too. Reports that were taken back have no part in it.
pub fn steps(due_on: Option<NaiveDate>, entries: &[Entry], until: NaiveDate) -> Vec<Step> {
    let mut known: Vec<&Entry> = entries.iter().filter(|entry| entry.day <= until).collect();
    known.sort_unstable_by_key(|entry| (entry.day, entry.number));
    let mut state = AssignmentState::initial(due_on);
    let mut steps = Vec::new();
    for entry in known {
        let before = state.clone();
        let (origin, stated) = match &entry.what {
            What::Report { id, stated, retractions } if retractions.len() % 2 == 0 => {
                state.report(*id, entry.day, stated);
                (Origin::Report(*id), Some(stated))
            }
            What::Decision(kind) => {
                state.decide(entry.day, *kind);
                (Origin::Decision(*kind), None)
            }
            What::Report { .. } | What::DeadlineChange(_) => continue,
        };
        for part in Part::ALL {
            let (old, value) = (shown(part, &before), shown(part, &state));
            let is_stated = stated.is_some_and(|stated| states(stated, part));
            // What the office has decided stands above what a unit says again.
            let held = part == Part::Progress && before.is_decided();
            if old != value || (is_stated && !held && value.is_some()) {
                let (day, number) = (entry.day, entry.number);
                steps.push(Step { part, value, origin, is_stated, day, number });
            }
        }
    }
    steps
}

/// The event number of the confirmation in force as of a day: that of a task that counts as completed.
pub fn confirmation(due_on: Option<NaiveDate>, entries: &[Entry], until: NaiveDate) -> Option<i64> {
    let state = super::state_as_of(due_on, entries, until);
    let confirms =
        |entry: &&Entry| entry.day <= until && matches!(entry.what, What::Decision(DecisionKind::Confirm));
    let last = entries.iter().filter(confirms).max_by_key(|entry| (entry.day, entry.number))?;
    (state.progress == crate::domain::progress::Progress::Completed).then_some(last.number)
}

/// Whether a report says something of a part.
pub fn states(stated: &Stated, part: Part) -> bool {
    stated.cleared.contains(&part)
        || match part {
            Part::Progress => stated.progress.is_some(),
            Part::Percent => stated.percent.is_some(),
            Part::CompletedOn => stated.completed_on.is_some(),
            Part::Result => stated.result.is_some(),
            Part::Difficulties => stated.difficulties.is_some(),
            Part::Proposals => stated.proposals.is_some(),
            Part::Note => stated.note.is_some(),
        }
}

/// What a report says of a part, as people write it; none for what it clears or leaves out.
pub fn stated_value(stated: &Stated, part: Part) -> Option<String> {
    match part {
        Part::Progress => stated.progress.map(|progress| progress.label().to_owned()),
        Part::Percent => stated.percent.map(|percent| percent.to_string()),
        Part::CompletedOn => stated.completed_on.map(official),
        Part::Result => stated.result.as_deref().map(str::to_owned),
        Part::Difficulties => stated.difficulties.as_deref().map(str::to_owned),
        Part::Proposals => stated.proposals.as_deref().map(str::to_owned),
        Part::Note => stated.note.as_deref().map(str::to_owned),
    }
}

/// A value of a state as people write it. Progress has always one, but before the first word nobody gave it.
fn shown(part: Part, state: &AssignmentState) -> Option<String> {
    match part {
        Part::Progress => Some(state.progress.label().to_owned()),
        Part::Percent => state.percent.map(|percent| percent.to_string()),
        Part::CompletedOn => state.completed_on.map(official),
        Part::Result => state.result.as_deref().map(str::to_owned),
        Part::Difficulties => state.difficulties.as_deref().map(str::to_owned),
        Part::Proposals => state.proposals.as_deref().map(str::to_owned),
        Part::Note => state.note.as_deref().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::progress::Progress;

    fn report(number: i64, stated: Stated) -> Entry {
        let id = Uuid::from_u128(u128::try_from(number).unwrap());
        Entry { day: day(number), number, what: What::Report { id, stated, retractions: Vec::new() } }
    }

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 3, u32::try_from(number).unwrap()).unwrap()
    }

    fn told(entries: &[Entry]) -> Vec<String> {
        let step = |step: Step| {
            let value = step.value.unwrap_or_else(|| "-".to_owned());
            format!(
                "{} {} {} {}",
                step.number,
                step.part.as_str(),
                value,
                if step.is_stated { "stated" } else { "follows" }
            )
        };
        steps(None, entries, NaiveDate::MAX).into_iter().map(step).collect()
    }

    #[test]
    fn each_value_has_the_steps_that_made_it() {
        let done = Stated { progress: Some(Progress::Completed), ..Stated::default() };
        let noted = Stated { note: Some("a".into()), ..Stated::default() };
        let cleared = Stated { cleared: [Part::Note].into(), ..Stated::default() };
        let confirmed = Entry { day: day(4), number: 4, what: What::Decision(DecisionKind::Confirm) };
        let entries = [
            report(1, noted.clone()),
            report(2, done.clone()),
            report(3, cleared),
            confirmed,
            report(5, done),
        ];
        assert_eq!(
            told(&entries),
            [
                "1 note a stated",
                "2 progress Chờ xác nhận stated",
                "2 completed_on 02/3/2020 follows",
                "3 note - stated",
                "4 progress Đã hoàn thành follows",
            ]
        );
        assert_eq!(confirmation(None, &entries, NaiveDate::MAX), Some(4));
        assert_eq!(confirmation(None, &entries, day(3)), None);
    }

    #[test]
    fn a_report_taken_back_has_no_part_in_it() {
        let mut taken_back = report(2, Stated { note: Some("b".into()), ..Stated::default() });
        if let What::Report { retractions, .. } = &mut taken_back.what {
            retractions.push(9);
        }
        let first = report(1, Stated { note: Some("a".into()), ..Stated::default() });
        assert_eq!(told(&[first, taken_back]), ["1 note a stated"]);
    }
}
