//! Folds reports, decisions and deadline changes into the state of an assignment, as of a day or an event number.
//!
//! One pure fold serves everything: the state kept beside the history, past days, the base of a merge, and undo.
//! Entries count in the order of their day, then of their event number; the order in which they are given does not
//! matter.

mod parts;
pub mod past;
pub mod provenance;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::decision::DecisionKind;
use super::percent::Percent;
use super::progress::Progress;
use super::standing::State;
pub use parts::Parts;

/// One thing that a report can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Tình trạng.
    Progress,
    /// Tỷ lệ hoàn thành.
    Percent,
    /// Ngày hoàn thành.
    CompletedOn,
    /// Kết quả.
    Result,
    /// Khó khăn, vướng mắc.
    Difficulties,
    /// Đề xuất, kiến nghị.
    Proposals,
    /// Ghi chú.
    Note,
}

impl Part {
    /// Every part, in the order in which plans list them.
    pub const ALL: [Part; 7] = [
        Part::Progress,
        Part::Percent,
        Part::CompletedOn,
        Part::Result,
        Part::Difficulties,
        Part::Proposals,
        Part::Note,
    ];

    /// The stable name: the column of `report` and the field in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Progress => "progress",
            Part::Percent => "percent",
            Part::CompletedOn => "completed_on",
            Part::Result => "result",
            Part::Difficulties => "difficulties",
            Part::Proposals => "proposals",
            Part::Note => "note",
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            Part::Progress => "Tình trạng",
            Part::Percent => "Tỷ lệ hoàn thành",
            Part::CompletedOn => "Ngày hoàn thành",
            Part::Result => "Kết quả",
            Part::Difficulties => "Khó khăn, vướng mắc",
            Part::Proposals => "Đề xuất, kiến nghị",
            Part::Note => "Ghi chú",
        }
    }

    /// The part with this stable name.
    pub fn parse(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.as_str() == name)
    }
}

/// What one report states. `None` = not stated, which keeps the earlier value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Not started, in progress or completed; `Completed` means that the *unit* says so.
    pub progress: Option<Progress>,
    /// Percent.
    pub percent: Option<Percent>,
    /// Day of completion.
    pub completed_on: Option<NaiveDate>,
    /// Result.
    pub result: Option<Arc<str>>,
    /// Difficulties.
    pub difficulties: Option<Arc<str>>,
    /// Proposals.
    pub proposals: Option<Arc<str>>,
    /// Note.
    pub note: Option<Arc<str>>,
    /// Parts cleared by "(xoá)". Progress cannot be cleared; naming it here does nothing.
    pub cleared: BTreeSet<Part>,
}

impl Stated {
    /// Whether it says something about this part: a value, or the word that clears it.
    pub fn speaks_of(&self, part: Part) -> bool {
        let Stated { progress, percent, completed_on, result, difficulties, proposals, note, cleared } = self;
        let value = match part {
            Part::Progress => progress.is_some(),
            Part::Percent => percent.is_some(),
            Part::CompletedOn => completed_on.is_some(),
            Part::Result => result.is_some(),
            Part::Difficulties => difficulties.is_some(),
            Part::Proposals => proposals.is_some(),
            Part::Note => note.is_some(),
        };
        value || cleared.contains(&part)
    }
}

/// One entry of an assignment's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day it speaks of: `reported_on` or `decided_on`.
    pub day: NaiveDate,
    /// Its event number.
    pub number: i64,
    /// What happened.
    pub what: What,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A report of the unit.
    Report {
        /// Id of the report row.
        id: Uuid,
        /// What it states.
        stated: Stated,
        /// Event numbers of its retractions: the first takes it back, a second restores it, and so on.
        retractions: Vec<i64>,
    },
    /// A decision of the office.
    Decision(DecisionKind),
    /// The office sets another due day, or none.
    DeadlineChange(Option<NaiveDate>),
}

/// The state of an assignment: the columns kept beside its history, and what the unit itself last said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentState {
    /// Progress, decisions included.
    pub progress: Progress,
    /// What the unit last said about its progress; `None` before its first word. A return or a resumption asks for a
    /// new word, so that the same word again is news.
    pub claimed: Option<Progress>,
    /// Percent.
    pub percent: Option<Percent>,
    /// Day on which the unit completed.
    pub completed_on: Option<NaiveDate>,
    /// Due day.
    pub due_on: Option<NaiveDate>,
    /// Result.
    pub result: Option<Arc<str>>,
    /// Difficulties.
    pub difficulties: Option<Arc<str>>,
    /// Proposals.
    pub proposals: Option<Arc<str>>,
    /// Note.
    pub note: Option<Arc<str>>,
    /// The report that spoke last, with its day.
    pub last_report: Option<(Uuid, NaiveDate)>,
    /// Highest event number that had a part in this state; 0 = untouched. A report that was taken back before anything
    /// was built on it has no part: the state is that of before, and so is this number. Where later entries stand on
    /// it, taking it back made a state that never was, and its retraction counts.
    pub event: i64,
}

impl AssignmentState {
    /// The state before any history: not started, due as the notice says.
    pub fn initial(due_on: Option<NaiveDate>) -> AssignmentState {
        AssignmentState {
            progress: Progress::NotStarted,
            claimed: None,
            percent: None,
            completed_on: None,
            due_on,
            result: None,
            difficulties: None,
            proposals: None,
            note: None,
            last_report: None,
            event: 0,
        }
    }

    /// What standing depends on.
    pub fn standing_state(&self) -> State {
        State { progress: self.progress, due: self.due_on, completed_on: self.completed_on }
    }

    /// The state after one more report, as if it were the last entry. Planning shows with it what a commit would do.
    pub fn report(&mut self, id: Uuid, day: NaiveDate, stated: &Stated) {
        self.take_texts(stated);
        if let Some(claim) = stated.progress {
            self.claimed = Some(claim);
        }
        if self.is_decided() {
            // Completed after confirmation, suspended, withdrawn, transferred: the office has spoken.
        } else {
            self.take_progress(day, stated);
        }
        self.last_report = Some((id, day));
    }

    fn take_texts(&mut self, stated: &Stated) {
        let cleared = |part| stated.cleared.contains(&part);
        take(&mut self.percent, stated.percent.as_ref(), cleared(Part::Percent));
        take(&mut self.result, stated.result.as_ref(), cleared(Part::Result));
        take(&mut self.difficulties, stated.difficulties.as_ref(), cleared(Part::Difficulties));
        take(&mut self.proposals, stated.proposals.as_ref(), cleared(Part::Proposals));
        take(&mut self.note, stated.note.as_ref(), cleared(Part::Note));
    }

    fn take_progress(&mut self, day: NaiveDate, stated: &Stated) {
        match stated.progress {
            Some(Progress::Completed | Progress::AwaitingConfirmation) => {
                let is_repeated = self.progress == Progress::AwaitingConfirmation;
                self.progress = Progress::AwaitingConfirmation;
                // A day that is written counts, the word clears it. A repeated "completed" keeps the first day, also that it
                // was cleared; otherwise the day of the report stands for one that nobody wrote.
                self.completed_on = match stated.completed_on {
                    Some(written) => Some(written),
                    None if stated.cleared.contains(&Part::CompletedOn) => None,
                    None if is_repeated => self.completed_on,
                    None => Some(day),
                };
            }
            Some(open @ (Progress::NotStarted | Progress::InProgress)) => {
                self.progress = open;
                self.completed_on = None;
            }
            // A unit cannot report what the office decides; the reader never states it.
            Some(Progress::Suspended | Progress::Withdrawn | Progress::Transferred) => {}
            None if self.progress == Progress::AwaitingConfirmation => {
                let clear = stated.cleared.contains(&Part::CompletedOn);
                take(&mut self.completed_on, stated.completed_on.as_ref(), clear);
            }
            None => {}
        }
    }

    fn decide(&mut self, day: NaiveDate, kind: DecisionKind) {
        self.progress = kind.result();
        match kind {
            // The day of the unit counts. Where a back-dated report took it away, the confirmation is the only day
            // left that is known.
            DecisionKind::Confirm => self.completed_on = self.completed_on.or(Some(day)),
            DecisionKind::Return | DecisionKind::Resume => {
                self.completed_on = None;
                self.claimed = Some(Progress::InProgress);
            }
            DecisionKind::Suspend | DecisionKind::Withdraw | DecisionKind::Transfer => {}
        }
    }

    /// Whether the office's decision stands above what a unit reports.
    pub fn is_decided(&self) -> bool {
        match self.progress {
            Progress::Completed | Progress::Suspended | Progress::Withdrawn | Progress::Transferred => true,
            Progress::NotStarted | Progress::InProgress | Progress::AwaitingConfirmation => false,
        }
    }
}

/// Blank keeps, "(xoá)" clears, a value replaces.
fn take<T: Clone>(place: &mut Option<T>, stated: Option<&T>, cleared: bool) {
    if let Some(value) = stated {
        *place = Some(value.clone());
    } else if cleared {
        *place = None;
    }
}

/// The state after everything known today.
pub fn state_now(due_on: Option<NaiveDate>, entries: &[Entry]) -> AssignmentState {
    fold(due_on, entries, i64::MAX, NaiveDate::MAX)
}

/// The state as of a day, by today's knowledge: what was reported or decided on or before that day.
/// `due_on` is the due day of the notice.
pub fn state_as_of(due_on: Option<NaiveDate>, entries: &[Entry], day: NaiveDate) -> AssignmentState {
    fold(due_on, entries, i64::MAX, day)
}

/// The state as it was known when event `number` had happened and nothing after it.
pub fn state_at_event(due_on: Option<NaiveDate>, entries: &[Entry], number: i64) -> AssignmentState {
    fold(due_on, entries, number, NaiveDate::MAX)
}

fn fold(due_on: Option<NaiveDate>, entries: &[Entry], last: i64, until: NaiveDate) -> AssignmentState {
    let mut known: Vec<&Entry> =
        entries.iter().filter(|entry| entry.number <= last && entry.day <= until).collect();
    known.sort_unstable_by_key(|entry| (entry.day, entry.number));
    let mut state = AssignmentState::initial(due_on);
    for entry in known.iter().filter(|entry| entry.counts_at(last)) {
        match &entry.what {
            What::Report { id, stated, retractions: _ } => state.report(*id, entry.day, stated),
            What::Decision(kind) => state.decide(entry.day, *kind),
            What::DeadlineChange(due) => state.due_on = *due,
        }
        state.event = state.event.max(entry.number);
    }
    let newest = state.event;
    for entry in known.into_iter().filter(|entry| entry.number < newest) {
        state.event = entry.retractions_seen(last).fold(state.event, i64::max);
    }
    state
}

impl Entry {
    fn retractions_seen(&self, last: i64) -> impl Iterator<Item = i64> {
        let all: &[i64] = match &self.what {
            What::Report { retractions, .. } => retractions,
            What::Decision(_) | What::DeadlineChange(_) => &[],
        };
        all.iter().copied().filter(move |number| *number <= last)
    }

    fn counts_at(&self, last: i64) -> bool {
        self.retractions_seen(last).count().is_multiple_of(2)
    }

    /// Whether it counts today: it was not taken back, or what took it back was.
    pub fn counts(&self) -> bool {
        self.counts_at(i64::MAX)
    }

    /// Whether it says something about this part.
    pub fn speaks_of(&self, part: Part) -> bool {
        match &self.what {
            What::Report { stated, .. } => stated.speaks_of(part),
            What::Decision(_) => matches!(part, Part::Progress | Part::CompletedOn),
            What::DeadlineChange(_) => false,
        }
    }
}

/// The last time after event `number` that the office asked for a new word: it returned or resumed the task.
pub fn asked_anew(entries: &[Entry], number: i64) -> Option<i64> {
    let asks = |entry: &&Entry| {
        matches!(entry.what, What::Decision(DecisionKind::Return | DecisionKind::Resume))
            && entry.number > number
    };
    entries.iter().filter(asks).map(|entry| entry.number).max()
}

/// The event that last spoke of a part as of a day, of those that count.
pub fn last_word(entries: &[Entry], part: Part, day: NaiveDate) -> Option<i64> {
    let speaks = |entry: &&Entry| entry.day <= day && entry.counts() && entry.speaks_of(part);
    let speaking = entries.iter().filter(speaks);
    speaking.max_by_key(|entry| (entry.day, entry.number)).map(|entry| entry.number)
}

#[cfg(test)]
mod tests;
