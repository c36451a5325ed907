//! The store as planning sees it: the tasks a unit's file may speak of ([`known`]), and the state and merge base of
//! those it does speak of ([`snapshot`]). Reads only.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::change::{Base, Theirs};
use crate::domain::history::{
    AssignmentState, Entry, Part, Parts, asked_anew, last_word, state_as_of, state_at_event, state_now,
};
use crate::domain::import::RowOutcome;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{import, notice, unit};
use crate::import::answers_json;
use crate::import::author::Author;
use crate::import::catalogue::{Catalogue, KnownNotice, KnownTask, Sender};
use crate::import::claim::{Claim, Place};
use crate::import::claim_json;
use crate::import::hints::Hints;
use crate::import::own_sheet::Keyed;
use crate::import::plan::{Snapshot, TaskState};
use crate::import::value::{Value, word};
use crate::store;
use crate::store::assignment::Held;
use crate::store::import::KeptRow;
use crate::store::task::Brief;

/// How many committed imports are looked through for what a unit last sent about a task.
const EARLIER_IMPORTS: u64 = 3;

/// The tasks of the open notices from the side of one unit.
#[derive(Clone, Debug)]
pub struct Known {
    /// For the reader and the matcher.
    pub catalogue: Catalogue,
    /// The unit.
    pub unit: Uuid,
    /// Tasks by their code in the catalogue, which has their wordings.
    pub tasks: BTreeMap<Arc<str>, TaskRow>,
    /// The unit's assignments by task.
    pub assignments: HashMap<Uuid, Held>,
}

/// What planning needs of a task beside its wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Its row.
    pub id: Uuid,
    /// Whether it only heads others.
    pub is_heading: bool,
    /// Due day of the notice.
    pub due: Option<NaiveDate>,
}

impl Known {
    /// The tasks with their wordings, by code.
    pub fn wordings(&self) -> impl Iterator<Item = &KnownTask> {
        self.catalogue.notices.iter().flat_map(|notice| &notice.tasks)
    }

    /// Lets the wordings go, which weigh: a plan names the tasks that it speaks of.
    pub fn forget_wordings(&mut self) {
        self.catalogue.notices.iter_mut().for_each(|notice| notice.tasks = Vec::new());
    }

    /// The tasks by the unit's assignments: what the keys of our own sheets mean.
    pub fn by_assignment(&self) -> HashMap<Uuid, Keyed> {
        let keyed = |task: &KnownTask| {
            let (code, row) = self.tasks.get_key_value(task.code.as_str())?;
            let keyed = Keyed { code: Arc::clone(code), wording: Arc::clone(&task.content) };
            Some((self.assignments.get(&row.id)?.id, keyed))
        };
        self.wordings().filter_map(keyed).collect()
    }
}

impl Known {
    /// Codes of the tasks that the unit leads.
    pub fn led(&self) -> BTreeSet<Arc<str>> {
        let leads = |task: &TaskRow| {
            self.assignments.get(&task.id).is_some_and(|row| row.role == AssignmentRole::Lead)
        };
        self.tasks.iter().filter(|(_, task)| leads(task)).map(|(code, _)| code.clone()).collect()
    }
}

/// What a file of this unit may speak of.
///
/// # Errors
/// When the database does not answer.
pub async fn known(db: &impl ConnectionTrait, unit: &unit::Model) -> Result<Known, DbErr> {
    // Notices and tasks may be seen by everybody; assignments are asked for this one unit.
    let scope = Scope::Units([unit.id].into());
    let notices = store::notice::open(db, &scope).await?;
    let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
    let mut tasks = store::task::briefs_of_notices(db, &scope, &ids).await?;
    let task_ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let resembling = store::task::resembling(db, &scope, &task_ids).await?;
    let assignments = store::assignment::held_by_unit(db, &scope, unit.id).await?;
    let assignments: HashMap<Uuid, Held> =
        assignments.into_iter().map(|assignment| (assignment.task_id, assignment)).collect();
    let province = match unit.province_id {
        Some(id) => {
            store::province::by_ids(db, &scope, &[id]).await?.remove(&id).map(|province| province.name)
        }
        None => None,
    };
    let codes = codes_among(&notices, &tasks);
    let code = |id: Uuid, code: &str| codes.get(&id).cloned().unwrap_or_else(|| code.into());
    let known = |task: &mut Brief| KnownTask {
        id: Some(task.id),
        code: code(task.id, &task.code).to_string(),
        parent: task.parent_id.and_then(|parent| codes.get(&parent).map(ToString::to_string)),
        is_heading: task.is_heading,
        content: std::mem::take(&mut task.content).into(),
        due: task.deadline_due,
        deadline_raw: task.deadline_raw.take(),
        lead_unit: std::mem::take(&mut task.lead_raw),
        resembles: resembling
            .get(&task.id)
            .into_iter()
            .flatten()
            .map(|other| code(other.id, &other.code).to_string())
            .collect(),
        role: assignments.get(&task.id).map_or(AssignmentRole::Other, |assignment| assignment.role),
    };
    let catalogue = Catalogue {
        notices: notices
            .iter()
            .map(|notice| KnownNotice {
                date: notice.issued_on.unwrap_or(notice.meeting_on),
                tasks: tasks.iter_mut().filter(|task| task.notice_id == notice.id).map(known).collect(),
            })
            .collect(),
        sender: Sender {
            code: unit.code.clone(),
            name: unit.name.clone(),
            province: province.filter(|_| unit.kind == UnitKind::Department),
        },
        hints: Hints::default(),
    };
    let row = |task: &Brief| TaskRow { id: task.id, is_heading: task.is_heading, due: task.deadline_due };
    let by_code = tasks.iter().map(|task| (code(task.id, &task.code), row(task))).collect();
    Ok(Known { catalogue, unit: unit.id, tasks: by_code, assignments })
}

/// What each task is called among all open notices: its printed code, and behind it the quarter of the notice where more
/// than one notice uses the code (`VII.4-1@2020-Q2`), so that no task is taken for another.
fn codes_among(notices: &[notice::Model], tasks: &[Brief]) -> HashMap<Uuid, Arc<str>> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for task in tasks {
        *uses.entry(task.code.as_str()).or_default() += 1;
    }
    let name = |id: Uuid| {
        let notice = notices.iter().find(|notice| notice.id == id)?;
        // Ids sort by the time at which they were made, so a further notice of the quarter changes no name.
        let before = |other: &&notice::Model| other.quarter == notice.quarter && other.id < notice.id;
        let place = notices.iter().filter(before).count();
        Some(if place == 0 { notice.quarter.clone() } else { format!("{}.{}", notice.quarter, place + 1) })
    };
    let code = |task: &Brief| match uses.get(task.code.as_str()) {
        Some(2..) => format!("{}@{}", task.code, name(task.notice_id).unwrap_or_default()),
        Some(_) | None => task.code.clone(),
    };
    tasks.iter().map(|task| (task.id, code(task).into())).collect()
}

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

/// Says of every value that others have changed since the base who did and when. One statement.
async fn name_authors(db: &impl ConnectionTrait, snapshot: &mut Snapshot) -> Result<(), DbErr> {
    let changed = |task: &TaskState| {
        let parts = task.base.iter().filter(|(part, base)| base.is_changed(task.ours.get(part)));
        parts.filter_map(|(part, _)| Some((*part, last_word(&task.entries, *part)?))).collect::<Vec<_>>()
    };
    let words: Vec<(Arc<str>, Vec<(Part, i64)>)> =
        snapshot.tasks.iter().map(|(code, task)| (code.clone(), changed(task))).collect();
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
