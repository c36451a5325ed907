//! Where each value of an assignment comes from: import, file, sheet and cell, the people, and the value before. One
//! definition for GraphQL, the command line, the consolidated workbook and the annotated original. The number of
//! statements does not depend on the number of assignments.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use super::{assignment, history, import, load, report, task};
use crate::domain::access::Scope;
use crate::domain::decision::DecisionKind;
use crate::domain::history::provenance::{Origin, Step, confirmation, stated_value, states, steps};
use crate::domain::history::{Entry, Part, What};
use crate::entities::{decision, import as import_entity, import_row, import_sheet, report as report_entity};

/// Where one value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which value.
    pub part: Part,
    /// The value as people write it; none when it was cleared.
    pub value: Option<String>,
    /// Whether it was written there; otherwise it follows (the day of completion from the day of the report).
    pub is_stated: bool,
    /// The day it speaks of.
    pub day: NaiveDate,
    /// Number of the event that recorded it.
    pub event: i64,
    /// The report that gave it; none when a decision of the office did.
    pub report: Option<Uuid>,
    /// The decision that gave it.
    pub decision: Option<DecisionKind>,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// The file it stands in; none when it was typed in or decided.
    pub file: Option<FileCell>,
    /// The confirmation of the office that covers it.
    pub confirmed: Option<(String, NaiveDate)>,
    /// The value before it that was another.
    pub previous: Option<Box<Source>>,
}

/// A cell of an uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileCell {
    /// The import, with the name and hash of the file and the people.
    pub import: Arc<import_entity::Model>,
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Row and column of this very value, 0-based; none for a value that follows from others.
    pub cell: Option<(u32, u32)>,
    /// First and last row of the task, 0-based.
    pub rows: Option<(u32, u32)>,
}

/// All that is known of one assignment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The source of every current value, in the order of parts.
    pub current: Vec<Source>,
    /// What each report states, reports taken back included.
    pub by_report: HashMap<Uuid, Vec<Source>>,
}

/// The traces of these assignments inside the scope, as of a day (`NaiveDate::MAX`: all that is known today).
///
/// # Errors
/// When the database does not answer.
pub async fn of_assignments(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
    until: NaiveDate,
) -> Result<HashMap<Uuid, Trace>, DbErr> {
    let assignments = assignment::by_ids(db, scope, ids).await?;
    let tasks: BTreeSet<Uuid> = assignments.values().map(|row| row.task_id).collect();
    let tasks = task::by_ids(db, scope, &tasks.into_iter().collect::<Vec<_>>()).await?;
    let ids: Vec<Uuid> = assignments.keys().copied().collect();
    let histories = history::of_ids(db, &ids).await?;
    let known = Known::fetch(db, scope, &ids, &histories).await?;
    let mut traces = HashMap::new();
    for (id, row) in assignments {
        let due = tasks.get(&row.task_id).and_then(|task| task.deadline_due);
        let entries = histories.get(&id).map_or(&[][..], Vec::as_slice);
        traces.insert(id, known.trace(due, entries, until));
    }
    Ok(traces)
}

/// The rows that steps lead to.
struct Known {
    reports: HashMap<Uuid, report_entity::Model>,
    imports: HashMap<Uuid, Arc<import_entity::Model>>,
    rows: HashMap<Uuid, import_row::Model>,
    sheets: HashMap<Uuid, import_sheet::Model>,
    /// By event number.
    decisions: HashMap<i64, decision::Model>,
}

impl Known {
    async fn fetch(
        db: &impl ConnectionTrait,
        scope: &Scope,
        assignments: &[Uuid],
        histories: &HashMap<Uuid, Vec<Entry>>,
    ) -> Result<Known, DbErr> {
        let ids = |what: &What| match what {
            What::Report { id, .. } => Some(*id),
            What::Decision(_) | What::DeadlineChange(_) => None,
        };
        let reports: Vec<Uuid> = histories.values().flatten().filter_map(|entry| ids(&entry.what)).collect();
        let reports = report::by_ids(db, scope, &reports).await?;
        let imports: BTreeSet<Uuid> = reports.values().filter_map(|report| report.import_id).collect();
        let imports = import::by_ids(db, scope, &imports.into_iter().collect::<Vec<_>>()).await?;
        let rows: Vec<Uuid> = reports.values().filter_map(|report| report.import_row_id).collect();
        let rows = load::by_keys(db, &import_row::Entity::find(), import_row::Column::Id, &rows).await?;
        let sheets: BTreeSet<Uuid> = rows.iter().map(|row| row.sheet_id).collect();
        let sheets: Vec<Uuid> = sheets.into_iter().collect();
        let sheets =
            load::by_keys(db, &import_sheet::Entity::find(), import_sheet::Column::Id, &sheets).await?;
        let decisions = report::decisions_by_assignment_ids(db, scope, assignments).await?;
        Ok(Known {
            reports,
            imports: imports.into_iter().map(|(id, row)| (id, Arc::new(row))).collect(),
            rows: load::indexed(rows, |row| row.id),
            sheets: load::indexed(sheets, |sheet| sheet.id),
            decisions: load::indexed(decisions.into_values().flatten().collect(), |row| row.event_no),
        })
    }

    fn trace(&self, due: Option<NaiveDate>, entries: &[Entry], until: NaiveDate) -> Trace {
        let steps = steps(due, entries, until);
        let confirmed = confirmation(due, entries, until).and_then(|number| self.decisions.get(&number));
        let current = Part::ALL.into_iter().filter_map(|part| {
            let chain: Vec<&Step> = steps.iter().filter(|step| step.part == part).collect();
            let source = self.source(&chain, confirmed)?;
            source.value.is_some().then_some(source)
        });
        let mut by_report = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.day <= until) {
            let What::Report { id, stated, retractions: _ } = &entry.what else { continue };
            let parts = Part::ALL.into_iter().filter(|part| states(stated, *part));
            let sources = parts.filter_map(|part| {
                let value = stated_value(stated, part);
                let (origin, day, number) = (Origin::Report(*id), entry.day, entry.number);
                let own = Step { part, value, origin, is_stated: true, day, number };
                let earlier = |step: &&Step| step.part == part && (step.day, step.number) < (day, number);
                let chain: Vec<&Step> = steps.iter().filter(earlier).chain([&own]).collect();
                self.source(&chain, confirmed)
            });
            by_report.insert(*id, sources.collect());
        }
        Trace { current: current.collect(), by_report }
    }

    /// The last step of a chain with those before it that had another value.
    fn source(&self, chain: &[&Step], confirmed: Option<&decision::Model>) -> Option<Source> {
        let mut source: Option<Source> = None;
        for step in chain {
            let mut next = self.of_step(step, confirmed);
            // The same value said again takes the place of the earlier word, and keeps what was before that.
            next.previous = match source {
                Some(before) if before.value == next.value => before.previous,
                before => before.map(Box::new),
            };
            source = Some(next);
        }
        source
    }

    fn of_step(&self, step: &Step, confirmed: Option<&decision::Model>) -> Source {
        let Step { part, value, origin, is_stated, day, number } = step.clone();
        let covers =
            |confirmed: &&decision::Model| (day, number) <= (confirmed.decided_on, confirmed.event_no);
        let confirmed =
            confirmed.filter(covers).map(|decision| (decision.decided_by.clone(), decision.decided_on));
        let mut source = Source {
            part,
            value,
            is_stated,
            day,
            event: number,
            report: None,
            decision: None,
            by: String::new(),
            at: None,
            file: None,
            confirmed,
            previous: None,
        };
        match origin {
            Origin::Report(id) => {
                source.report = Some(id);
                if let Some(report) = self.reports.get(&id) {
                    source.by.clone_from(&report.recorded_by);
                    source.at = Some(report.recorded_at);
                    source.file = self.file(report, part, is_stated);
                }
            }
            Origin::Decision(kind) => {
                source.decision = Some(kind);
                if let Some(decision) = self.decisions.get(&number) {
                    source.by.clone_from(&decision.decided_by);
                }
            }
        }
        source
    }

    fn file(&self, report: &report_entity::Model, part: Part, is_stated: bool) -> Option<FileCell> {
        let import = Arc::clone(self.imports.get(&report.import_id?)?);
        let row = report.import_row_id.and_then(|id| self.rows.get(&id));
        let number = |number: i32| u32::try_from(number).unwrap_or(0);
        Some(FileCell {
            import,
            sheet: row.and_then(|row| self.sheets.get(&row.sheet_id)).map(|sheet| sheet.name.clone()),
            cell: row.filter(|_| is_stated).and_then(|row| cell_of(&row.reading, part)),
            rows: row.map(|row| (number(row.row), number(row.row_to))),
        })
    }
}

/// The cell of a part in the reading kept with a row (`says.PART.cell`, written by `import::claim_json`).
fn cell_of(reading: &str, part: Part) -> Option<(u32, u32)> {
    let reading: serde_json::Value = serde_json::from_str(reading).ok()?;
    let cell = &reading["says"][part.as_str()]["cell"];
    let number = |index: usize| cell[index].as_u64().and_then(|number| u32::try_from(number).ok());
    number(0).zip(number(1))
}
