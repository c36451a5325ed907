//! Fetches what stands in a workbook, inside the caller's scope, and has it composed. Reads only; that a workbook was
//! handed out is recorded by the verb that asks for it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::consolidated::{self, Base, Group};
use super::frame::{self, Head};
use super::round_trip;
use crate::domain::access::Scope;
use crate::domain::notice::NoticeState;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{assignment, notice, province, task, unit};
use crate::error::{Code, Error, Result};
use crate::sheet::template::{Identity, TEMPLATE, VERSION};
use crate::store::as_of::AsOf;
use crate::store::assignment::{Filter, List, Order};
use crate::store::page::Direction;
use crate::store::provenance::Trace;

/// Name of the consolidated workbook's template in the export record.
const CONSOLIDATED: &str = "giaoban.consolidated";
/// Its version.
const CONSOLIDATED_VERSION: i32 = 1;

/// What kind of workbook was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The round-trip sheet of a unit.
    Sheet,
    /// The consolidated workbook.
    Consolidated,
}

impl Kind {
    /// The stable name, as in the export record.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Sheet => "sheet",
            Kind::Consolidated => "consolidated",
        }
    }
}

/// A workbook, and everything its export record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Id of the export record; a round-trip sheet carries it.
    pub id: Uuid,
    /// Kind.
    pub kind: Kind,
    /// The unit of a sheet.
    pub unit_id: Option<Uuid>,
    /// The day the figures stand for.
    pub as_of: NaiveDate,
    /// The last event it knows.
    pub event_no: i64,
    /// Name of the template.
    pub template: &'static str,
    /// Version of the template.
    pub template_version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The .xlsx file.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// A name for the file, in plain letters.
    pub file_name: String,
}

/// The round-trip sheet of a unit, with today's figures: its assignments in the open notices. Asked in one snapshot of
/// the database, since the sheet carries the number of the last event that it knows.
///
/// # Errors
/// [`Code::NotFound`] when the unit lies outside the scope; otherwise when the database does not answer.
pub async fn sheet_for_unit(
    db: &impl ConnectionTrait,
    scope: &Scope,
    unit: &unit::Model,
    now: DateTime<Utc>,
) -> Result<Export> {
    if !scope.contains(unit.id) {
        return Err(Error::new(Code::NotFound));
    }
    let event_no = crate::store::event::head(db).await?.number;
    let as_of = frame::local(now).date();
    let filter = Filter { units: vec![unit.id], ..Filter::default() };
    let register = Register::fetch(db, scope, filter, AsOf::today(as_of)).await?;
    let id = crate::store::write::new_id();
    let identity = Identity { version: VERSION, export_id: id, unit_code: unit.code.clone(), event_no };
    let open = |(_, _, notice): &Line<'_>| notice.state == NoticeState::Open;
    let lines: Vec<Line<'_>> = register.lines().filter(open).collect();
    let content = round_trip::Content {
        identity,
        unit_name: unit.name.clone(),
        notices: titles(&lines),
        as_of,
        made_at: now,
        rows: lines.iter().map(|(row, task, _)| round_trip_row(task, row)).collect(),
    };
    let bytes = round_trip::write(&content).map_err(Error::internal)?;
    Ok(Export {
        id,
        kind: Kind::Sheet,
        unit_id: Some(unit.id),
        as_of,
        event_no,
        template: TEMPLATE,
        template_version: i32::try_from(VERSION).unwrap_or(i32::MAX),
        created_at: now,
        sha256: sha256(&bytes),
        file_name: format!("bao-cao-tien-do-{}-{as_of}.xlsx", unit.code),
        bytes,
    })
}

/// The consolidated workbook of everything inside the scope, as of a day. Asked in one snapshot of the database.
///
/// # Errors
/// When the database does not answer.
pub async fn consolidated(
    db: &impl ConnectionTrait,
    scope: &Scope,
    as_of: NaiveDate,
    base: Base,
    now: DateTime<Utc>,
) -> Result<Export> {
    let event_no = crate::store::event::head(db).await?.number;
    let today = frame::local(now).date();
    let register = Register::fetch(db, scope, Filter::default(), AsOf::day(as_of, today)).await?;
    let content = consolidated_content(&register, scope, as_of, base, now);
    let bytes = consolidated::write(&content).map_err(Error::internal)?;
    Ok(Export {
        id: crate::store::write::new_id(),
        kind: Kind::Consolidated,
        // A unit's own workbook is filed under the unit, so that the unit may see its record.
        unit_id: match (scope, register.units.as_slice()) {
            (Scope::Units(_), [(unit, _)]) => Some(unit.id),
            (Scope::Units(_) | Scope::All, _) => None,
        },
        as_of,
        event_no,
        template: CONSOLIDATED,
        template_version: CONSOLIDATED_VERSION,
        created_at: now,
        sha256: sha256(&bytes),
        file_name: format!("tong-hop-{as_of}.xlsx"),
        bytes,
    })
}

fn consolidated_content(
    register: &Register,
    scope: &Scope,
    as_of: NaiveDate,
    base: Base,
    made_at: DateTime<Utc>,
) -> consolidated::Content {
    let lines: Vec<Line<'_>> = register.lines().collect();
    let mut rows: HashMap<Uuid, Vec<consolidated::AssignmentRow>> = HashMap::new();
    for (row, task, _) in &lines {
        rows.entry(row.unit_id).or_default().push(consolidated_row(task, row, register.source(row)));
    }
    let units = register.units.iter().filter_map(|(unit, province)| {
        let is_department = unit.kind == UnitKind::Department;
        Some(consolidated::UnitBlock {
            name: unit.name.clone(),
            short_name: if is_department { unit.abbreviation.clone() } else { unit.name.clone() },
            label: label(unit, province.as_ref()),
            group: if is_department { Group::Departments } else { Group::Ministry },
            rows: rows.remove(&unit.id)?,
        })
    });
    consolidated::Content {
        units: units.collect(),
        head: head(register, scope),
        notices: titles(&lines),
        as_of,
        made_at,
        base,
    }
}

/// Assignments with everything they point to.
struct Register {
    /// In the order of units, then of tasks.
    assignments: Vec<assignment::Model>,
    tasks: HashMap<Uuid, task::Model>,
    notices: HashMap<Uuid, notice::Model>,
    /// In the order of tables.
    units: Vec<(unit::Model, Option<province::Model>)>,
    /// Where the figures come from.
    traces: HashMap<Uuid, Trace>,
}

/// An assignment with its task and notice.
type Line<'a> = (&'a assignment::Model, &'a task::Model, &'a notice::Model);

impl Register {
    /// What the filter finds inside the scope, as of the day. The number of statements does not depend on the rows (ids
    /// go in as many to a statement as the database takes).
    async fn fetch(
        db: &impl ConnectionTrait,
        scope: &Scope,
        filter: Filter,
        as_of: AsOf,
    ) -> Result<Register> {
        use crate::store;
        let list = List { filter, order: Order::Unit, direction: Direction::Ascending, as_of };
        let assignments = store::assignment::all(db, scope, &list).await?;
        let tasks =
            store::task::by_ids(db, scope, &distinct(assignments.iter().map(|row| row.task_id))).await?;
        let notices =
            store::notice::by_ids(db, scope, &distinct(tasks.values().map(|task| task.notice_id))).await?;
        let units =
            store::unit::by_ids(db, scope, &distinct(assignments.iter().map(|row| row.unit_id))).await?;
        let provinces = distinct(units.values().filter_map(|unit| unit.province_id));
        let provinces = store::province::by_ids(db, scope, &provinces).await?;
        let ids: Vec<Uuid> = assignments.iter().map(|row| row.id).collect();
        let until = if as_of.is_past() { as_of.date() } else { NaiveDate::MAX };
        let traces = store::provenance::of_assignments(db, scope, &ids, until).await?;
        let mut units: Vec<_> = units
            .into_values()
            .map(|unit| {
                let province = unit.province_id.and_then(|id| provinces.get(&id)).cloned();
                (unit, province)
            })
            .collect();
        units.sort_by(|(one, _), (other, _)| {
            (one.sort_order, &one.code).cmp(&(other.sort_order, &other.code))
        });
        Ok(Register { assignments, tasks, notices, units, traces })
    }

    /// The assignments in their order. (One without a task or notice cannot be: foreign keys see to that.)
    fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.assignments.iter().filter_map(|row| {
            let task = self.tasks.get(&row.task_id)?;
            Some((row, task, self.notices.get(&task.notice_id)?))
        })
    }

    fn source(&self, row: &assignment::Model) -> Option<consolidated::Source> {
        super::source::of_trace(self.traces.get(&row.id)?, row.last_report_id?)
    }
}

fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    ids.collect::<BTreeSet<Uuid>>().into_iter().collect()
}

/// Titles of the notices that the lines come from, the newest first.
fn titles(lines: &[Line<'_>]) -> Vec<String> {
    let notices: BTreeSet<_> = lines
        .iter()
        .map(|(_, _, notice)| (std::cmp::Reverse(notice.meeting_on), notice.id, &notice.title))
        .collect();
    notices.into_iter().map(|(_, _, title)| title.clone()).collect()
}

/// "40 Nghệ An" for a department, "Cục THH" for a unit of the ministry.
fn label(unit: &unit::Model, province: Option<&province::Model>) -> String {
    match province {
        Some(province) => format!("{} {}", unit.code, province.name),
        None => unit.abbreviation.clone(),
    }
}

/// Who issues the workbook: the following office for those who see everything, the unit for its own officers.
fn head(register: &Register, scope: &Scope) -> Head {
    let ministry = register.notices.values().map(|notice| notice.issuer.clone()).min();
    let capital = || Some("Hà Nội".to_owned());
    match (scope, register.units.as_slice()) {
        (Scope::Units(_), [(unit, Some(province))]) => {
            Head { superior: None, body: unit.name.clone(), place: Some(province.name.clone()) }
        }
        (Scope::Units(_), [(unit, None)]) => {
            Head { superior: ministry, body: unit.name.clone(), place: capital() }
        }
        (Scope::Units(_), _) => {
            Head { superior: None, body: "Các đơn vị được giao".to_owned(), place: None }
        }
        (Scope::All, _) => Head { superior: ministry, body: "Văn phòng".to_owned(), place: capital() },
    }
}

fn round_trip_row(task: &task::Model, row: &assignment::Model) -> round_trip::Row {
    round_trip::Row {
        assignment_id: row.id,
        code: task.code.clone(),
        content: task.content.clone(),
        role: row.role,
        deadline_raw: task.deadline_raw.clone(),
        deadline_due: task.deadline_due,
        due: row.due_on,
        progress: row.progress,
        percent: row.percent,
        completed_on: row.completed_on,
        result: row.result.clone(),
        difficulties: row.difficulties.clone(),
        proposals: row.proposals.clone(),
        note: row.note.clone(),
    }
}

fn consolidated_row(
    task: &task::Model,
    row: &assignment::Model,
    source: Option<consolidated::Source>,
) -> consolidated::AssignmentRow {
    consolidated::AssignmentRow {
        code: task.code.clone(),
        content: task.content.clone(),
        role: row.role,
        deadline_raw: task.deadline_raw.clone(),
        state: crate::domain::standing::State {
            progress: row.progress,
            due: row.due_on,
            completed_on: row.completed_on,
        },
        percent: row.percent,
        result: row.result.clone(),
        difficulties: row.difficulties.clone(),
        proposals: row.proposals.clone(),
        note: row.note.clone(),
        source,
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
