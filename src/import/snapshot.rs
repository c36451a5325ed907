//! The store as planning sees it: the tasks a unit's file may speak of ([`known`]), and the state and merge base of
//! those it does speak of ([`snapshot`]). Reads only.

mod authors;
mod earlier;
mod known;
mod pasts;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use earlier::has_stored;
pub use known::{Known, Purpose, TaskRow, known};

use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::change::{Base, Theirs};
use crate::domain::history::past::{Asked, Past};
use crate::domain::history::{AssignmentState, Parts};
use crate::import::claim::{Claim, Place};
use crate::import::claim_json;
use crate::import::plan::{Compared, Snapshot, Started, TaskState, Words};
use crate::import::value::Value;
use crate::store;
use crate::store::assignment::Held;
use crate::store::import::KeptRow;

/// What a snapshot is taken for.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The tasks that claims speak of or that a person has answered with, by code.
    pub codes: &'a BTreeSet<Arc<str>>,
    /// The day reported on.
    pub reported_on: NaiveDate,
    /// The number our own sheet carries; without it the base is what the unit sent last.
    pub base_event: Option<i64>,
    /// The committed import with the same content: what it brought is not news, whatever was sent in between.
    pub alike: Option<Uuid>,
    /// The layouts of its tables: what the unit last sent is looked for in these first.
    pub layouts: &'a BTreeSet<String>,
    /// States that have been asked for already ([`states_ahead`]); what is missing is asked for.
    pub ahead: &'a States,
}

/// States kept beside the history, by assignment.
pub type States = HashMap<Uuid, Arc<AssignmentState>>;

/// States that are asked for before it is known whether a file speaks of them. A unit with more has its files' own only.
const AHEAD: usize = 20_000;

/// The states of all that a unit has reported on, for a plan whose rows are still being read: they need not wait for them.
///
/// # Errors
/// When the database does not answer.
pub async fn states_ahead(db: &impl ConnectionTrait, known: &Known) -> Result<States, DbErr> {
    let touched = known.assignments.values().filter(|held| held.state_event > 0);
    let touched: Vec<Uuid> = touched.map(|held| held.id).collect();
    match touched.len() {
        ..=AHEAD => store::history::kept_states(db, &Scope::Units([known.unit].into()), &touched).await,
        _ => Ok(States::new()),
    }
}

/// The state of the tasks that a file speaks of, and what each value is to be compared with.
///
/// # Errors
/// When the database does not answer.
pub async fn snapshot(db: &impl ConnectionTrait, known: &Known, about: About<'_>) -> Result<Snapshot, DbErr> {
    let About { codes, reported_on, base_event, alike: _, layouts: _, ahead } = about;
    let tasks: Vec<(&Arc<str>, &TaskRow)> =
        codes.iter().filter_map(|code| known.tasks.get_key_value(code)).collect();
    let earlier = earlier::earlier(db, known.unit, about).await?;
    let asked = |task: &TaskRow| {
        let sent = earlier.get(&task.id).map(|sent| sent.event);
        let since = [base_event, sent].into_iter().flatten().min();
        Asked { since, day: reported_on, claimed: base_event.is_none() || sent.is_some() }
    };
    let wanted: Vec<(Held, Asked)> =
        tasks.iter().filter_map(|(_, task)| Some((*known.assignments.get(&task.id)?, asked(task)))).collect();
    let mut pasts = pasts::pasts(db, known.unit, &wanted, ahead).await?;
    drop(wanted);
    let mut untouched = Untouched::default();
    let look = |(code, task): (&Arc<str>, &TaskRow)| {
        let assignment = known.assignments.get(&task.id);
        let past = assignment.and_then(|row| pasts.remove(&row.id));
        let sent = earlier.get(&task.id);
        let is_untouched = past.is_none() && sent.is_none();
        let past = past.unwrap_or_default();
        let see = || compared((task.due, &past), reported_on, (base_event, sent));
        let compared = match is_untouched {
            true => untouched.entry(task.due).or_insert_with(see).clone(),
            false => see(),
        };
        let known = TaskState {
            task: task.id,
            is_heading: task.is_heading,
            assignment: assignment.map(|row| row.id),
            role: assignment.map_or(AssignmentRole::Other, |row| row.role),
            due: task.due,
            superseded: sent.is_some_and(|sent| sent.superseded),
            returned: sent.is_some_and(|sent| past.is_asked_anew(sent.event)),
            // Whatever happened to the assignment makes a plan stale, also what lies after the day reported on.
            event: assignment.map_or(0, |row| row.state_event),
            past,
            compared,
        };
        (Arc::clone(code), known)
    };
    let tasks = tasks.into_iter().map(look).collect();
    let mut snapshot = Snapshot { tasks, ..Snapshot::default() };
    authors::name(db, &mut snapshot, reported_on).await?;
    Ok(snapshot)
}

/// What is seen of tasks that nothing has happened to, by due day: where they are many, each needs no values of its own.
type Untouched = HashMap<Option<NaiveDate>, Compared>;

/// What the store holds of a task, and what the sheet started from.
fn compared(
    (due, past): (Option<NaiveDate>, &Past),
    reported_on: NaiveDate,
    (base_event, sent): (Option<i64>, Option<&earlier::Earlier>),
) -> Compared {
    let words = if base_event.is_some() { Words::Shown } else { Words::Claimed };
    let state = past.as_of(due, reported_on);
    let stored = Compared { state, words, started: Started::Unknown, authors: None };
    let started = match (base_event, sent) {
        (Some(number), _) => Some(past.at_event(due, number)),
        (None, Some(sent)) => Some(past.held(due, sent.event)),
        (None, None) => None,
    };
    let Some(started) = started else { return stored };
    if sent.is_none() && started == stored.state {
        return Compared { started: Started::AsStored, ..stored };
    }
    let mut base = words.base(&started);
    if let Some(sent) = sent {
        put_said(&mut base, sent, (due, past));
    }
    stored.with(base)
}

/// The codes that claims speak of.
pub fn codes_of(claims: &[Claim]) -> BTreeSet<Arc<str>> {
    claims.iter().filter_map(|claim| claim.task.clone()).collect()
}

/// What a sheet said before is the base of what it says again; where it said nothing, what was stored then. What was
/// stored then and has been taken back since (undo of another import with the same words) is no base: said again, it is
/// news.
fn put_said(base: &mut Parts<Base<Value>>, sent: &earlier::Earlier, (due, past): (Option<NaiveDate>, &Past)) {
    let (then, held) = (past.at_event(due, sent.event), past.held(due, sent.event));
    let claimed = |state: &AssignmentState, part| Words::Claimed.value(part, state);
    for (part, theirs) in sent.says.iter() {
        match theirs {
            Theirs::Value(value)
                if claimed(&then, *part).as_ref() == Some(value)
                    && claimed(&held, *part).as_ref() != Some(value) =>
            {
                continue;
            }
            Theirs::Value(value) => base.insert(*part, Base::Value(value.clone())),
            Theirs::Clear => base.insert(*part, Base::Blank),
            Theirs::Absent | Theirs::Blank => continue,
        };
    }
}

/// The claim kept with a row.
///
/// # Errors
/// When the stored text is not a claim, with the row's id.
pub fn claim_of(row: &KeptRow, sheet: Arc<str>) -> Result<Claim, DbErr> {
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    let place = Place { sheet, row: number(row.row), row_to: number(row.row_to), table: None };
    claim_json::read(place, &row.reading)
        .ok_or_else(|| DbErr::Type(format!("import_row.reading of {} is no claim", row.id)))
}
