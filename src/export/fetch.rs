//! Fetches what stands in a workbook, inside the caller's scope, and has it composed. Reads only; that a workbook was
//! handed out is recorded by the verb that asks for it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::frame::Head;
use super::{consolidated, round_trip};
use crate::domain::access::Scope;
use crate::domain::history::{self, AssignmentState};
use crate::domain::notice::NoticeState;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{assignment, province, task, unit};
use crate::error::{Code, Error, Result};
use crate::sheet::template::{Identity, TEMPLATE, VERSION};
use crate::store::history::Of;
use crate::store::register::{self, Register, Reports, SourceRow};

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

/// What is asked for, in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day the figures stand for.
    pub as_of: NaiveDate,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Moment {
    /// Today's figures.
    pub fn today(now: DateTime<Utc>) -> Moment {
        Moment { as_of: super::frame::local(now).date(), now }
    }

    fn is_past(self) -> bool {
        self.as_of < super::frame::local(self.now).date()
    }
}

/// The round-trip sheet of a unit, with today's figures. Call it inside one transaction or on its own: the event number
/// is read before the rows, so that a change that slips in between is at worst shown twice, never overlooked.
///
/// # Errors
/// [`Code::NotFound`] when there is no such unit or it lies outside the scope; otherwise when the database does not
/// answer.
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
    let moment = Moment::today(now);
    let mut register = register::register(db, scope, Of::Unit(unit.id)).await?;
    let Register { notices, tasks, assignments, units: _ } = &mut register;
    notices.retain(|_, notice| notice.state == NoticeState::Open);
    assignments
        .retain(|row| tasks.get(&row.task_id).is_some_and(|task| notices.contains_key(&task.notice_id)));
    let id = crate::store::write::new_id();
    let identity = Identity { version: VERSION, export_id: id, unit_code: unit.code.clone(), event_no };
    let content = round_trip::Content {
        identity,
        unit_name: unit.name.clone(),
        notices: titles(&register),
        as_of: moment.as_of,
        made_at: now,
        rows: ordered(&register).into_iter().map(|(task, row)| round_trip_row(task, row)).collect(),
    };
    let bytes = round_trip::write(&content).map_err(Error::internal)?;
    Ok(Export {
        id,
        kind: Kind::Sheet,
        unit_id: Some(unit.id),
        as_of: moment.as_of,
        event_no,
        template: TEMPLATE,
        template_version: i32::try_from(VERSION).unwrap_or(i32::MAX),
        created_at: now,
        sha256: sha256(&bytes),
        file_name: format!("bao-cao-tien-do-{}-{}.xlsx", unit.code, moment.as_of),
        bytes,
    })
}

/// The consolidated workbook of everything inside the scope, as of a day.
///
/// # Errors
/// When the database does not answer.
pub async fn consolidated(
    db: &impl ConnectionTrait,
    scope: &Scope,
    moment: Moment,
    base: consolidated::Base,
) -> Result<Export> {
    let event_no = crate::store::event::head(db).await?.number;
    let content = consolidated_content(db, scope, moment, base).await?;
    let bytes = consolidated::write(&content).map_err(Error::internal)?;
    Ok(Export {
        id: crate::store::write::new_id(),
        kind: Kind::Consolidated,
        unit_id: None,
        as_of: moment.as_of,
        event_no,
        template: CONSOLIDATED,
        template_version: CONSOLIDATED_VERSION,
        created_at: moment.now,
        sha256: sha256(&bytes),
        file_name: format!("tong-hop-{}.xlsx", moment.as_of),
        bytes,
    })
}

/// What stands in the consolidated workbook.
///
/// # Errors
/// When the database does not answer.
pub async fn consolidated_content(
    db: &impl ConnectionTrait,
    scope: &Scope,
    moment: Moment,
    base: consolidated::Base,
) -> Result<consolidated::Content> {
    let of = Of::Everything;
    let mut register = register::register(db, scope, of).await?;
    let which = if moment.is_past() { Reports::All } else { Reports::Last };
    let sources = register::sources(db, scope, of, which).await?;
    if moment.is_past() {
        turn_back(&mut register, &crate::store::history::entries(db, scope, of).await?, moment.as_of);
    }
    let mut rows: HashMap<Uuid, Vec<consolidated::AssignmentRow>> = HashMap::new();
    for (task, row) in ordered(&register) {
        let source = row.last_report_id.and_then(|report| sources.get(&report));
        rows.entry(row.unit_id).or_default().push(consolidated_row(task, row, source));
    }
    let units = register.units.iter().filter_map(|(unit, province)| {
        Some(consolidated::UnitBlock {
            name: unit.name.clone(),
            label: label(unit, province.as_ref()),
            group: if unit.kind == UnitKind::Department {
                consolidated::Group::Departments
            } else {
                consolidated::Group::Ministry
            },
            rows: rows.remove(&unit.id)?,
        })
    });
    Ok(consolidated::Content {
        units: units.collect(),
        head: head(&register, scope),
        notices: titles(&register),
        as_of: moment.as_of,
        made_at: moment.now,
        base,
    })
}

/// Puts the state as of a past day in the place of the current one.
fn turn_back(
    register: &mut Register,
    entries: &std::collections::BTreeMap<Uuid, Vec<history::Entry>>,
    day: NaiveDate,
) {
    for row in &mut register.assignments {
        let due = register.tasks.get(&row.task_id).and_then(|task| task.deadline_due);
        let known = entries.get(&row.id).map_or(&[][..], Vec::as_slice);
        let state = history::state_as_of(due, known, day);
        let AssignmentState {
            progress,
            claimed: _,
            percent,
            completed_on,
            due_on,
            result,
            difficulties,
            proposals,
            note,
            last_report,
            event,
        } = state;
        (row.progress, row.percent, row.completed_on, row.due_on) = (progress, percent, completed_on, due_on);
        (row.result, row.difficulties, row.proposals, row.note) = (result, difficulties, proposals, note);
        (row.last_report_id, row.last_reported_on) = last_report.unzip();
        row.state_event = event;
    }
}

/// Assignments with their tasks, in the order of the notices; what points to no task is left out (a foreign key keeps
/// that from happening).
fn ordered(register: &Register) -> Vec<(&task::Model, &assignment::Model)> {
    let mut rows: Vec<_> = register
        .assignments
        .iter()
        .filter_map(|row| register.tasks.get(&row.task_id).map(|task| (task, row)))
        .collect();
    rows.sort_by_cached_key(|(task, row)| {
        let day = register.notices.get(&task.notice_id).map(|notice| notice.meeting_on);
        (row.role, day, task.notice_id, task.sort_order)
    });
    rows
}

/// Titles of the notices that the rows come from, the oldest first.
fn titles(register: &Register) -> Vec<String> {
    let mut notices: Vec<_> = register
        .notices
        .values()
        .filter(|notice| register.tasks.values().any(|task| task.notice_id == notice.id))
        .collect();
    notices.sort_by_key(|notice| (notice.meeting_on, notice.id));
    notices.into_iter().map(|notice| notice.title.clone()).collect()
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
    source: Option<&SourceRow>,
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
        source: source.map(source_of),
    }
}

fn source_of(row: &SourceRow) -> consolidated::Source {
    let file =
        row.import_id.zip(row.file_sha256.clone()).map(|(import_id, sha256)| consolidated::SourceFile {
            import_id,
            name: row.file_name.clone(),
            sha256,
            place: row.place.clone().unwrap_or_default(),
        });
    consolidated::Source {
        reported_on: row.reported_on,
        recorded_at: row.recorded_at,
        recorded_by: row.recorded_by.clone(),
        file,
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
