//! The past of an assignment, as far as somebody has to know it: everything that happened, or only what it led to.
//!
//! A unit reports every month, so pasts grow; who plans against the newest state need not read all of it again.

use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{AssignmentState, Entry, Stated, What, asked_anew, state_as_of, state_at_event, state_now};
use crate::domain::progress::Progress;

/// What is known of an assignment's past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Past {
    /// Everything that happened.
    Whole(Vec<Entry>),
    /// What it led to, of an assignment that was at rest at every moment that is asked about: see [`Outline::is_settled`].
    Settled(Arc<AssignmentState>),
}

impl Default for Past {
    fn default() -> Past {
        Past::Whole(Vec::new())
    }
}

impl Past {
    /// The state as of a day: [`state_as_of`].
    pub fn as_of(&self, due_on: Option<NaiveDate>, day: NaiveDate) -> Arc<AssignmentState> {
        self.state(|entries| state_as_of(due_on, entries, day))
    }

    /// The state as it was known when event `number` had happened: [`state_at_event`].
    pub fn at_event(&self, due_on: Option<NaiveDate>, number: i64) -> Arc<AssignmentState> {
        self.state(|entries| state_at_event(due_on, entries, number))
    }

    /// The state after event `number`, as far as it still holds: without what was taken back since.
    pub fn held(&self, due_on: Option<NaiveDate>, number: i64) -> Arc<AssignmentState> {
        self.state(|entries| {
            let by_then: Vec<Entry> =
                entries.iter().filter(|entry| entry.number <= number).cloned().collect();
            state_now(due_on, &by_then)
        })
    }

    /// The state of today with one more report, that of event `number`.
    pub fn with_report(
        &self,
        due_on: Option<NaiveDate>,
        (id, day, number): (Uuid, NaiveDate, i64),
        stated: Stated,
    ) -> AssignmentState {
        match self {
            Past::Whole(entries) => {
                let what = What::Report { id, stated, retractions: Vec::new() };
                let entries = [entries.as_slice(), &[Entry { day, number, what }]].concat();
                state_now(due_on, &entries)
            }
            Past::Settled(state) => {
                let mut state = AssignmentState::clone(state);
                state.report(id, day, &stated);
                AssignmentState { event: number, ..state }
            }
        }
    }

    /// Whether the office has asked for a new word since event `number`: [`asked_anew`].
    pub fn is_asked_anew(&self, number: i64) -> bool {
        match self {
            Past::Whole(entries) => asked_anew(entries, number).is_some(),
            Past::Settled(_) => false,
        }
    }

    fn state(&self, fold: impl FnOnce(&[Entry]) -> AssignmentState) -> Arc<AssignmentState> {
        match self {
            Past::Whole(entries) => Arc::new(fold(entries)),
            Past::Settled(state) => Arc::clone(state),
        }
    }
}

/// The moments of a past that somebody asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// No event before this one; `None` when only today's knowledge counts.
    pub since: Option<i64>,
    /// No day before this one.
    pub day: NaiveDate,
    /// Whether it matters what the unit itself said of its progress ([`AssignmentState::claimed`]).
    pub claimed: bool,
}

/// What can be known of a past without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Highest event number that had a part in the state of today; 0 = untouched.
    pub event: i64,
    /// Progress of today.
    pub progress: Progress,
    /// Day of the last report that counts.
    pub reported_on: Option<NaiveDate>,
    /// The last day of which a decision or a change of the due day speaks.
    pub decided_on: Option<NaiveDate>,
    /// Whether the office has decided anything.
    pub is_decided: bool,
    /// The highest event by which a report was taken back or restored; 0 when none was.
    pub retraction: i64,
}

impl Outline {
    /// Whether the state of today is also the state at every moment that is asked about, and one more report, on that
    /// day or later, would be the last entry of the past.
    pub fn is_settled(&self, asked: Asked) -> bool {
        let since = asked.since.unwrap_or(i64::MAX);
        self.event <= since
            && self.retraction <= since
            && self.reported_on.max(self.decided_on).is_none_or(|day| day <= asked.day)
            && (!asked.claimed || self.is_claim_plain())
    }

    /// Whether progress tells what the unit claimed. Of what is not started it does not: that may have been said or not.
    fn is_claim_plain(&self) -> bool {
        self.event == 0 || (!self.is_decided && self.progress != Progress::NotStarted)
    }
}

/// What the unit claimed, by the progress of an assignment about which the office has decided nothing.
pub fn plain_claim(progress: Progress) -> Option<Progress> {
    match progress {
        Progress::InProgress => Some(Progress::InProgress),
        Progress::AwaitingConfirmation => Some(Progress::Completed),
        Progress::NotStarted
        | Progress::Completed
        | Progress::Suspended
        | Progress::Withdrawn
        | Progress::Transferred => None,
    }
}

#[cfg(test)]
mod tests;
