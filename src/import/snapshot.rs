//! The store as planning sees it: the tasks a unit's file may speak of ([`known`]), and the state and merge base of
//! those it does speak of ([`snapshot`]). Reads only.

mod known;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use known::{Known, TaskRow, known};

use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::change::{Base, Theirs};
use crate::domain::history::{
    AssignmentState, Entry, Part, Parts, asked_anew, last_word, state_as_of, state_at_event, state_now,
};
use crate::domain::import::RowOutcome;
use crate::entities::import;
use crate::import::answers_json;
use crate::import::author::Author;
use crate::import::claim::{Claim, Place};
use crate::import::claim_json;
use crate::import::plan::{Snapshot, TaskState};
use crate::import::value::{Value, word};
use crate::store;
use crate::store::import::KeptRow;

/// How many committed imports are looked through for what a unit last sent about a task.
const EARLIER_IMPORTS: u64 = 3;

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
}

/// The state of the tasks that a file speaks of, and what each value is to be compared with.
///
/// # Errors
/// When the database does not answer.
pub async fn snapshot(db: &impl ConnectionTrait, known: &Known, about: About<'_>) -> Result<Snapshot, DbErr> {
    let About { codes, reported_on, base_event, alike: _ } = about;
    let tasks: Vec<(&Arc<str>, &TaskRow)> =
        codes.iter().filter_map(|code| known.tasks.get_key_value(code)).collect();
    let assignments: Vec<Uuid> =
        tasks.iter().filter_map(|(_, task)| known.assignments.get(&task.id)).map(|row| row.id).collect();
    let mut histories = store::history::of_ids(db, &assignments).await?;
    let earlier = earlier(db, known.unit, about).await?;
    let mut untouched = Untouched::default();
    let look = |(code, task): (&Arc<str>, &TaskRow)| {
        let assignment = known.assignments.get(&task.id);
        let entries = assignment.and_then(|row| histories.remove(&row.id)).unwrap_or_default();
        let sent = earlier.get(&task.id);
        let see = || {
            let state = state_as_of(task.due, &entries, reported_on);
            let (ours, base) = compared((task.due, &entries), &state, (base_event, sent));
            Seen { state: Arc::new(state), ours: Arc::new(ours), base: Arc::new(base) }
        };
        let seen = match entries.is_empty() && sent.is_none() {
            true => untouched.entry(task.due).or_insert_with(see).clone(),
            false => see(),
        };
        let known = TaskState {
            task: task.id,
            is_heading: task.is_heading,
            assignment: assignment.map(|row| row.id),
            role: assignment.map_or(AssignmentRole::Other, |row| row.role),
            due: task.due,
            returned: sent.and_then(|sent| asked_anew(&entries, sent.event)).is_some(),
            // Whatever happened to the assignment makes a plan stale, also what lies after the day reported on.
            event: assignment.map_or(0, |row| row.state_event),
            entries,
            state: seen.state,
            ours: seen.ours,
            base: seen.base,
            authors: Parts::new(),
        };
        (Arc::clone(code), known)
    };
    let tasks = tasks.into_iter().map(look).collect();
    let mut snapshot = Snapshot { tasks, ..Snapshot::default() };
    name_authors(db, &mut snapshot).await?;
    Ok(snapshot)
}

/// What planning sees of a task.
#[derive(Clone, Debug)]
struct Seen {
    state: Arc<AssignmentState>,
    ours: Arc<Parts<Value>>,
    base: Arc<Parts<Base<Value>>>,
}

/// What is seen of tasks that nothing has happened to, by due day: where they are many, each needs no values of its own.
type Untouched = HashMap<Option<NaiveDate>, Seen>;

/// What the store holds of a task, and what the sheet started from.
fn compared(
    (due, entries): (Option<NaiveDate>, &[Entry]),
    state: &AssignmentState,
    (base_event, sent): (Option<i64>, Option<&Earlier>),
) -> (Values, Parts<Base<Value>>) {
    let (ours, mut base) = match base_event {
        Some(number) => (shown(state), known_base(&shown(&state_at_event(due, entries, number)))),
        None => {
            let held = sent.map(|sent| held(sent.event, due, entries));
            (claimed(state), held.map(|held| known_base(&claimed(&held))).unwrap_or_default())
        }
    };
    if let Some(sent) = sent {
        put_said(&mut base, sent, due, entries);
    }
    (ours, base)
}

/// The codes that claims speak of.
pub fn codes_of(claims: &[Claim]) -> BTreeSet<Arc<str>> {
    claims.iter().filter_map(|claim| claim.task.clone()).collect()
}

/// A task by its code, with the events that last spoke of parts of it.
type Words = (Arc<str>, Vec<(Part, i64)>);

/// Says of every value that others have changed since the base who did and when. One statement.
async fn name_authors(db: &impl ConnectionTrait, snapshot: &mut Snapshot) -> Result<(), DbErr> {
    let changed = |task: &TaskState| {
        let parts = task.base.iter().filter(|(part, base)| base.is_changed(task.ours.get(part)));
        parts.filter_map(|(part, _)| Some((*part, last_word(&task.entries, *part)?))).collect::<Vec<_>>()
    };
    let words: Vec<Words> = snapshot.tasks.iter().map(|(code, task)| (code.clone(), changed(task))).collect();
    let numbers: Vec<i64> =
        words.iter().flat_map(|(_, words)| words.iter().map(|(_, number)| *number)).collect();
    let events = store::event::by_numbers(db, &numbers).await?;
    for (code, words) in words {
        let Some(task) = snapshot.tasks.get_mut(&code) else { continue };
        task.authors = words
            .into_iter()
            .filter_map(|(part, number)| {
                let event = events.get(&number)?;
                Some((part, Author { name: event.caller.clone(), at: event.at }))
            })
            .collect();
    }
    Ok(())
}

type Values = Parts<Value>;

/// The values as our own sheet shows them.
fn shown(state: &AssignmentState) -> Values {
    values(state, word(state.progress))
}

/// The values as the unit itself put them.
fn claimed(state: &AssignmentState) -> Values {
    values(state, state.claimed.and_then(word))
}

fn values(state: &AssignmentState, progress: Option<crate::domain::progress::Progress>) -> Values {
    let mut values: Values =
        Part::ALL.into_iter().filter_map(|part| Some((part, Value::of_state(part, state)?))).collect();
    if let Some(progress) = progress {
        values.insert(Part::Progress, Value::Progress(progress));
    }
    values
}

fn known_base(then: &Values) -> Parts<Base<Value>> {
    Part::ALL.into_iter().map(|part| (part, Base::known(then.get(&part).cloned()))).collect()
}

/// What a unit last sent about a task.
struct Earlier {
    claim: Claim,
    event: i64,
}

/// What a unit last sent about each task; for our own sheets, which carry their base, only the same sheet sent before.
/// Rows that were not taken (conflict, error, question) are no base: their values were never agreed on.
async fn earlier(
    db: &impl ConnectionTrait,
    unit: Uuid,
    about: About<'_>,
) -> Result<HashMap<Uuid, Earlier>, DbErr> {
    let scope = Scope::Units([unit].into());
    let alike: Vec<Uuid> = about.alike.into_iter().collect();
    let mut imports: Vec<import::Model> =
        store::import::by_ids(db, &scope, &alike).await?.into_values().collect();
    if about.base_event.is_none() {
        let newest = store::import::committed(db, unit, EARLIER_IMPORTS).await?;
        imports.extend(newest.into_iter().filter(|import| Some(import.id) != about.alike));
    }
    let (mut found, nowhere) = (HashMap::new(), Arc::from(""));
    for import in imports {
        let chosen = chosen_progress(&import);
        let mut look = |row: KeptRow| {
            let taken = matches!(row.outcome, RowOutcome::Create | RowOutcome::NoChange);
            let (Some(task), Some(event), true) = (row.task_id, import.event_no, taken) else {
                return Ok(());
            };
            if let std::collections::hash_map::Entry::Vacant(place) = found.entry(task) {
                let mut claim = claim_of(&row, Arc::clone(&nowhere))?;
                if chosen.contains(&row.row) {
                    // What was stored then is what the person chose, not what the reader made of the words.
                    claim.says.remove(&Part::Progress);
                }
                place.insert(Earlier { claim, event });
            }
            Ok(())
        };
        store::import::each_kept_row(db, import.id, &mut look).await?;
    }
    Ok(found)
}

/// Rows of an import whose progress a person chose.
fn chosen_progress(import: &import::Model) -> BTreeSet<i32> {
    let answers = import.answers.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let answers = answers.as_ref().and_then(answers_json::read).unwrap_or_default();
    let rows = answers.rows.into_iter().filter(|(_, answer)| answer.progress.is_some());
    rows.filter_map(|((_, row), _)| i32::try_from(row).ok()).collect()
}

/// The state after event `number`, as far as it still holds: without what was taken back since.
fn held(number: i64, due: Option<NaiveDate>, entries: &[Entry]) -> AssignmentState {
    let by_then: Vec<Entry> = entries.iter().filter(|entry| entry.number <= number).cloned().collect();
    state_now(due, &by_then)
}

/// What a sheet said before is the base of what it says again; where it said nothing, what was stored then. What was
/// stored then and has been taken back since (undo of another import with the same words) is no base: said again, it is
/// news.
fn put_said(base: &mut Parts<Base<Value>>, sent: &Earlier, due: Option<NaiveDate>, entries: &[Entry]) {
    let then = claimed(&state_at_event(due, entries, sent.event));
    let held = claimed(&held(sent.event, due, entries));
    for (part, said) in sent.claim.says.iter() {
        match &said.theirs {
            Theirs::Value(value) if then.get(part) == Some(value) && held.get(part) != Some(value) => {
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
    let place = Place { sheet, row: number(row.row), row_to: number(row.row_to) };
    claim_json::read(place, &row.reading)
        .ok_or_else(|| DbErr::Type(format!("import_row.reading of {} is no claim", row.id)))
}
