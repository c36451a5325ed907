//! What the rows of a reading claim about assignments: the reading reduced to what can be compared and stored. A claim
//! is kept with the import (`import_row.reading`), so planning again needs neither the file nor the reader.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::change::{Theirs, is_clear_word};
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::{Part, Parts};
use crate::domain::progress::Progress;
use crate::domain::text::key as text_key;
use crate::import::reading::{Decision, RawValue, ReportedStatus, RowKind, RowReading, TableReading};
use crate::import::value::Value;
use crate::sheet::column::Field;

/// Where a row stands; rows are 0-based.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Sheet name.
    pub sheet: Arc<str>,
    /// First row.
    pub row: u32,
    /// Last row.
    pub row_to: u32,
    /// First column of its table, where another table stands on its left in the same rows.
    pub table: Option<u32>,
}

/// What kind of row makes the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// It speaks of a task.
    Task,
    /// It only heads others.
    Heading,
    /// It is a detail of the task above.
    Detail,
}

impl ClaimKind {
    /// Every kind.
    pub const ALL: [ClaimKind; 3] = [ClaimKind::Task, ClaimKind::Heading, ClaimKind::Detail];

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            ClaimKind::Task => "task",
            ClaimKind::Heading => "heading",
            ClaimKind::Detail => "detail",
        }
    }
}

/// What a row says about one part.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The value, a blank, or "(xoá)"; absent parts are not listed.
    pub theirs: Theirs<Value>,
    /// The cell (row, column), 0-based.
    pub cell: Option<(u32, u32)>,
    /// As it stood there.
    pub raw: Option<Arc<str>>,
}

impl Said {
    /// Whether two rows say the same about a part. Words that were not taken for a value speak for themselves.
    pub fn agree(both: [Option<&Said>; 2]) -> bool {
        let is_value = |said: &Said| matches!(said.theirs, Theirs::Value(_) | Theirs::Clear);
        match both.map(|said| said.filter(|said| is_value(said) || said.raw.is_some())) {
            [None, None] => true,
            [Some(one), Some(other)] if is_value(one) || is_value(other) => one.theirs == other.theirs,
            [Some(one), Some(other)] => {
                one.raw.as_deref().map(text_key) == other.raw.as_deref().map(text_key)
            }
            [Some(_), None] | [None, Some(_)] => false,
        }
    }
}

/// One row's claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where.
    pub place: Place,
    /// Kind of row.
    pub kind: ClaimKind,
    /// How sure the link is.
    pub decision: Decision,
    /// Code of the task linked.
    pub task: Option<Arc<str>>,
    /// Candidates, best first, with scores 0..1.
    pub candidates: Vec<(Arc<str>, f64)>,
    /// Wording of the row, for people.
    pub content: Option<Arc<str>>,
    /// What it says, by part.
    pub says: Parts<Said>,
    /// Findings of the reading.
    pub findings: Vec<Finding>,
}

/// The claims of every row of a table, in its order.
pub fn claims_of(mut table: TableReading) -> Vec<Claim> {
    let columns: BTreeSet<Field> = table.columns.iter().filter_map(|column| column.field).collect();
    let sheet = Arc::from(table.sheet.as_str());
    let rows = std::mem::take(&mut table.rows);
    rows.into_iter().map(|row| claim((&table, &columns), &sheet, &row)).collect()
}

fn claim((table, columns): (&TableReading, &BTreeSet<Field>), sheet: &Arc<str>, row: &RowReading) -> Claim {
    let mut findings = row.findings.clone();
    let says = Part::ALL
        .into_iter()
        .filter_map(|part| {
            let said = match part {
                Part::Progress => progress(table, row, columns, &mut findings),
                Part::Percent => percent(row, columns, &mut findings),
                Part::CompletedOn => completed_on(row),
                Part::Result => text(row, Field::Result),
                Part::Difficulties => text(row, Field::Difficulties),
                Part::Proposals => text(row, Field::Proposals),
                Part::Note => text(row, Field::Note),
            };
            said.map(|said| (part, said))
        })
        .collect();
    Claim {
        place: Place { sheet: Arc::clone(sheet), row: row.row, row_to: row.row_to, table: table.beside },
        kind: match row.kind {
            RowKind::Heading => ClaimKind::Heading,
            RowKind::Task | RowKind::Subtask if row.matched.how == "detail" => ClaimKind::Detail,
            RowKind::Task | RowKind::Subtask => ClaimKind::Task,
        },
        decision: row.matched.decision,
        task: row.matched.task.as_deref().map(Into::into),
        candidates: row
            .matched
            .candidates
            .iter()
            .map(|(code, score)| (code.as_str().into(), *score))
            .collect(),
        content: row.texts.get(&Field::Content).and_then(Option::as_deref).map(Into::into),
        says,
        findings,
    }
}

fn text(row: &RowReading, field: Field) -> Option<Said> {
    let raw: Option<Arc<str>> = row.texts.get(&field)?.as_deref().map(Into::into);
    let theirs = match &raw {
        None => Theirs::Blank,
        Some(text) if text.trim().is_empty() => Theirs::Blank,
        Some(text) if is_clear_word(text) => Theirs::Clear,
        Some(text) => Theirs::Value(Value::Text(Arc::clone(text))),
    };
    Some(Said { theirs, cell: row.cells.get(&field).copied(), raw })
}

fn percent(row: &RowReading, columns: &BTreeSet<Field>, findings: &mut Vec<Finding>) -> Option<Said> {
    let raw = row.percent.raw.as_ref().map(|raw| match raw {
        RawValue::Text(text) => Arc::from(text.as_str()),
        RawValue::Number(number) => number.to_string().into(),
    });
    let theirs = match (row.percent.value, &raw) {
        (Some(value), _) => Theirs::Value(Value::Percent(value)),
        (None, Some(text)) if is_clear_word(text) => {
            // The reader does not know the word in a column of numbers; here it is an order, not a mistake.
            findings.retain(|finding| finding.code != FindingCode::PercentUnreadable);
            Theirs::Clear
        }
        (None, Some(_)) => Theirs::Blank,
        (None, None) if columns.contains(&Field::Percent) => Theirs::Blank,
        (None, None) => return None,
    };
    Some(Said { theirs, cell: row.cells.get(&Field::Percent).copied(), raw })
}

fn progress(
    table: &TableReading,
    row: &RowReading,
    columns: &BTreeSet<Field>,
    findings: &mut Vec<Finding>,
) -> Option<Said> {
    let cell = row.cells.get(&Field::Status).copied();
    let raw: Option<Arc<str>> = row.status.raw.as_deref().map(Into::into);
    let theirs = match row.status.value {
        Some(status) => match stated_progress(status) {
            Some(progress) => Theirs::Value(Value::Progress(progress)),
            None => {
                let column = cell.map(|(_, column)| column);
                let written = raw.as_deref().unwrap_or(status.as_str());
                let code = FindingCode::StatusNeedsDecision;
                findings.push(Finding::at(code, &table.sheet, row.row + 1, column, written));
                Theirs::Blank
            }
        },
        None if raw.is_some() || columns.contains(&Field::Status) => Theirs::Blank,
        None => return None,
    };
    Some(Said { theirs, cell, raw })
}

/// What a report states for a status as written; none for the states that only the office decides.
pub fn stated_progress(status: ReportedStatus) -> Option<Progress> {
    match status {
        ReportedStatus::Completed => Some(Progress::Completed),
        ReportedStatus::InProgress | ReportedStatus::Ongoing => Some(Progress::InProgress),
        ReportedStatus::NotStarted => Some(Progress::NotStarted),
        ReportedStatus::Suspended | ReportedStatus::Cancelled | ReportedStatus::NotApplicable => None,
    }
}

fn completed_on(row: &RowReading) -> Option<Said> {
    if row.status.day_cleared {
        return Some(Said { theirs: Theirs::Clear, cell: row.status.completed_at, raw: None });
    }
    let day = row.status.completed_on?;
    // The day only means something where the row says that the task is done.
    let done = row.status.value == Some(ReportedStatus::Completed);
    // Without a column of its own the day stands in the words of the status.
    let cell = row.status.completed_at.or_else(|| row.cells.get(&Field::Status).copied());
    done.then_some(Said { theirs: Theirs::Value(Value::Day(day)), cell, raw: None })
}
