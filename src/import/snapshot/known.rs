//! The tasks that a unit's file may speak of, with what the unit has to do with them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::domain::access::Scope;
use crate::domain::assignment::AssignmentRole;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{notice, unit};
use crate::import::catalogue::{Catalogue, KnownNotice, KnownTask, Sender};
use crate::import::hints::Hints;
use crate::import::own_sheet::Keyed;
use crate::store;
use crate::store::assignment::Held;
use crate::store::task::Brief;

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

/// What the tasks are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To read a file and link its rows.
    Reading,
    /// To plan rows that are linked: which tasks resemble each other matters no more.
    Planning,
}

/// What a file of this unit may speak of.
///
/// # Errors
/// When the database does not answer.
pub async fn known(db: &impl ConnectionTrait, unit: &unit::Model, purpose: Purpose) -> Result<Known, DbErr> {
    // Notices and tasks may be seen by everybody; assignments are asked for this one unit.
    let scope = Scope::Units([unit.id].into());
    let notices = store::notice::open(db, &scope).await?;
    let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
    let (mut tasks, assignments, province) = tokio::try_join!(
        store::task::briefs_of_notices(db, &scope, &ids),
        store::assignment::held_by_unit(db, &scope, unit.id),
        province(db, &scope, unit),
    )?;
    let resembling = match purpose {
        Purpose::Reading => {
            let ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
            store::task::resembling(db, &scope, &ids).await?
        }
        Purpose::Planning => HashMap::new(),
    };
    let assignments: HashMap<Uuid, Held> =
        assignments.into_iter().map(|assignment| (assignment.task_id, assignment)).collect();
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
        sender: Sender { code: unit.code.clone(), name: unit.name.clone(), province },
        hints: Hints::default(),
    };
    let row = |task: &Brief| TaskRow { id: task.id, is_heading: task.is_heading, due: task.deadline_due };
    let by_code = tasks.iter().map(|task| (code(task.id, &task.code), row(task))).collect();
    Ok(Known { catalogue, unit: unit.id, tasks: by_code, assignments })
}

/// The name of the province whose department the unit is.
async fn province(
    db: &impl ConnectionTrait,
    scope: &Scope,
    unit: &unit::Model,
) -> Result<Option<String>, DbErr> {
    let Some(id) = unit.province_id.filter(|_| unit.kind == UnitKind::Department) else { return Ok(None) };
    Ok(store::province::by_ids(db, scope, &[id]).await?.remove(&id).map(|province| province.name))
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
