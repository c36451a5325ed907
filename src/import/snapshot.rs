//! The store as planning sees it: the tasks a unit's file may speak of ([`known`]), and the state and merge base of
//! those it does speak of ([`snapshot`]). Reads only.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::change::{Base, Theirs};
use crate::domain::history::{AssignmentState, Entry, Part, state_as_of, state_at_event};
use crate::domain::import::RowOutcome;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{assignment, import, import_row, task, unit};
use crate::import::catalogue::{Catalogue, KnownNotice, KnownTask, Sender};
use crate::import::claim::{Claim, Place};
use crate::import::claim_json;
use crate::import::hints::Hints;
use crate::import::plan::{Snapshot, TaskState};
use crate::import::value::{Value, word};
use crate::store;

/// How many committed imports are looked through for what a unit last sent about a task.
const EARLIER_IMPORTS: u64 = 3;

/// The tasks of the open notices from the side of one unit.
#[derive(Clone, Debug)]
pub struct Known {
    /// For the reader and the matcher.
    pub catalogue: Catalogue,
    /// The unit.
    pub unit: Uuid,
    /// Tasks by their code in the catalogue.
    pub tasks: BTreeMap<String, task::Model>,
    /// The unit's assignments by task.
    pub assignments: HashMap<Uuid, assignment::Model>,
}

impl Known {
    /// Codes of the tasks by the unit's assignments: what the keys of our own sheets mean.
    pub fn codes_by_assignment(&self) -> HashMap<Uuid, String> {
        self.tasks
            .iter()
            .filter_map(|(code, task)| Some((self.assignments.get(&task.id)?.id, code.clone())))
            .collect()
    }
}

impl Known {
    /// Codes of the tasks that the unit leads.
    pub fn led(&self) -> BTreeSet<String> {
        let leads = |task: &task::Model| {
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
    let tasks = store::task::of_notices(db, &scope, &ids).await?;
    let task_ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let resembling = store::task::resembling(db, &scope, &task_ids).await?;
    let assignments = store::assignment::of_unit(db, &scope, unit.id).await?;
    let assignments: HashMap<Uuid, assignment::Model> =
        assignments.into_iter().map(|assignment| (assignment.task_id, assignment)).collect();
    let province = match unit.province_id {
        Some(id) => {
            store::province::by_ids(db, &scope, &[id]).await?.remove(&id).map(|province| province.name)
        }
        None => None,
    };
    let codes: HashMap<Uuid, String> = tasks.iter().map(|task| (task.id, task.code.clone())).collect();
    let known = |task: &task::Model| KnownTask {
        id: Some(task.id),
        code: task.code.clone(),
        parent: task.parent_id.and_then(|parent| codes.get(&parent).cloned()),
        is_heading: task.is_heading,
        content: task.content.clone(),
        due: task.deadline_due,
        deadline_raw: task.deadline_raw.clone(),
        lead_unit: task.lead_raw.clone(),
        resembles: resembling.get(&task.id).into_iter().flatten().map(|other| other.code.clone()).collect(),
        role: assignments.get(&task.id).map_or(AssignmentRole::Other, |assignment| assignment.role),
    };
    let catalogue = Catalogue {
        notices: notices
            .iter()
            .map(|notice| KnownNotice {
                date: notice.issued_on.unwrap_or(notice.meeting_on),
                tasks: tasks.iter().filter(|task| task.notice_id == notice.id).map(known).collect(),
            })
            .collect(),
        sender: Sender {
            code: unit.code.clone(),
            name: unit.name.clone(),
            province: province.filter(|_| unit.kind == UnitKind::Department),
        },
        hints: Hints::default(),
    };
    // Where two open notices use one code, the newer notice has it: notices come newest first.
    let rank: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(rank, id)| (*id, rank)).collect();
    let mut by_code: BTreeMap<String, task::Model> = BTreeMap::new();
    let mut tasks = tasks;
    tasks.sort_by_key(|task| rank.get(&task.notice_id).copied());
    for task in tasks {
        by_code.entry(task.code.clone()).or_insert(task);
    }
    Ok(Known { catalogue, unit: unit.id, tasks: by_code, assignments })
}

/// The state of the tasks that these claims speak of. `codes` are further tasks a person has answered with.
/// `base_event` is the number our own sheet carries; without it the base is what the unit sent last.
///
/// # Errors
/// When the database does not answer.
pub async fn snapshot(
    db: &impl ConnectionTrait,
    known: &Known,
    codes: &BTreeSet<String>,
    reported_on: NaiveDate,
    base_event: Option<i64>,
) -> Result<Snapshot, DbErr> {
    let tasks: Vec<(&String, &task::Model)> =
        codes.iter().filter_map(|code| known.tasks.get_key_value(code)).collect();
    let assignments: Vec<Uuid> =
        tasks.iter().filter_map(|(_, task)| known.assignments.get(&task.id)).map(|row| row.id).collect();
    let mut histories = store::history::of_ids(db, &assignments).await?;
    let earlier = match base_event {
        Some(_) => HashMap::new(),
        None => earlier(db, known.unit).await?,
    };
    let mut snapshot = Snapshot::default();
    for (code, task) in tasks {
        let assignment = known.assignments.get(&task.id);
        let entries = assignment.and_then(|row| histories.remove(&row.id)).unwrap_or_default();
        let mut state = state_as_of(task.deadline_due, &entries, reported_on);
        // Whatever happened to the assignment makes a plan stale, also what lies after the day reported on.
        state.event = assignment.map_or(0, |row| row.state_event);
        let (ours, base) = match base_event {
            Some(number) => {
                let then = state_at_event(task.deadline_due, &entries, number);
                (shown(&state), known_base(&shown(&then)))
            }
            None => {
                let base =
                    earlier.get(&task.id).map(|earlier| sent_base(earlier, task.deadline_due, &entries));
                (claimed(&state), base.unwrap_or_default())
            }
        };
        let role = assignment.map_or(AssignmentRole::Other, |row| row.role);
        let known = TaskState {
            task: task.id,
            is_heading: task.is_heading,
            assignment: assignment.map(|row| row.id),
            role,
            due: task.deadline_due,
            entries,
            state,
            ours,
            base,
        };
        snapshot.tasks.insert(code.clone(), known);
    }
    Ok(snapshot)
}

/// The codes that claims speak of.
pub fn codes_of(claims: &[Claim]) -> BTreeSet<String> {
    claims.iter().filter_map(|claim| claim.task.clone()).collect()
}

type Values = BTreeMap<Part, Value>;

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

fn known_base(then: &Values) -> BTreeMap<Part, Base<Value>> {
    Part::ALL.into_iter().map(|part| (part, Base::known(then.get(&part).cloned()))).collect()
}

/// What a unit last sent about a task.
struct Earlier {
    claim: Claim,
    event: i64,
}

/// What a unit last sent about each task. Rows that were not taken (conflict, error, question) are no base: their
/// values were never agreed on.
async fn earlier(db: &impl ConnectionTrait, unit: Uuid) -> Result<HashMap<Uuid, Earlier>, DbErr> {
    let imports = store::import::committed(db, unit, EARLIER_IMPORTS).await?;
    let ids: Vec<Uuid> = imports.iter().map(|import| import.id).collect();
    let mut rows = store::import::rows_by_import_ids(db, &ids).await?;
    let mut found = HashMap::new();
    for import::Model { id, event_no, .. } in imports {
        for row in rows.remove(&id).unwrap_or_default() {
            let taken = matches!(row.outcome, RowOutcome::Create | RowOutcome::NoChange);
            let (Some(task), Some(event), true) = (row.task_id, event_no, taken) else { continue };
            if let std::collections::hash_map::Entry::Vacant(place) = found.entry(task) {
                place.insert(Earlier { claim: claim_of(&row, String::new())?, event });
            }
        }
    }
    Ok(found)
}

/// The base of a foreign sheet: what the unit's last one said, and where that said nothing, what was stored when it
/// was committed.
fn sent_base(earlier: &Earlier, due: Option<NaiveDate>, entries: &[Entry]) -> BTreeMap<Part, Base<Value>> {
    let mut base = known_base(&claimed(&state_at_event(due, entries, earlier.event)));
    for (part, said) in &earlier.claim.says {
        match &said.theirs {
            Theirs::Value(value) => base.insert(*part, Base::Value(value.clone())),
            Theirs::Clear => base.insert(*part, Base::Blank),
            Theirs::Absent | Theirs::Blank => continue,
        };
    }
    base
}

/// The claim kept with a row.
///
/// # Errors
/// When the stored text is not a claim, with the row's id.
pub fn claim_of(row: &import_row::Model, sheet: String) -> Result<Claim, DbErr> {
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    let place = Place { sheet, row: number(row.row), row_to: number(row.row_to) };
    claim_json::read(place, &row.reading)
        .ok_or_else(|| DbErr::Type(format!("import_row.reading of {} is no claim", row.id)))
}
