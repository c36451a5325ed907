//! What was understood of a workbook, before anything is compared with the store. Every value keeps its raw text and
//! its cell. Rows and columns are 0-based here; JSON and sentences show them as workbooks do.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::deadline::Deadline;
use crate::domain::finding::Finding;
use crate::domain::legacy_text::Encoding;
use crate::domain::percent::Percent;
pub use crate::domain::status::{ReportedStatus, Timeliness};
use crate::import::catalogue::AssignmentRole;
use crate::sheet::column::Field;
use crate::sheet::meaning::ColumnFacts;

/// A workbook as understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How its text was stored.
    pub encoding: Encoding,
    /// The task tables, in the order of sheets and rows.
    pub tables: Vec<TableReading>,
    /// Sheets without a task table, with what they are taken for.
    pub sheets_ignored: Vec<(String, String)>,
    /// Findings about the workbook as a whole.
    pub findings: Vec<Finding>,
}

/// A table of tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct TableReading {
    /// Sheet name.
    pub sheet: String,
    /// Rows of the heading.
    pub header_rows: Vec<u32>,
    /// Columns in their order.
    pub columns: Vec<ColumnReading>,
    /// Its first column, where another table stands on its left in the same rows.
    pub beside: Option<u32>,
    /// First row of the body.
    pub first_row: u32,
    /// Last row of the body.
    pub last_row: u32,
    /// Rows that are no tasks, with the reason (`column_numbers`, `section`, `total`, `signature`, `blank`, ...).
    pub skipped_rows: Vec<(u32, &'static str)>,
    /// Task rows.
    pub rows: Vec<RowReading>,
}

/// A column and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnReading {
    /// 0-based column.
    pub column: u32,
    /// The heading as read, levels joined with " / ".
    pub header: String,
    /// Whether it has a heading of its own, and not only one merged over it.
    pub headed: bool,
    /// What it means; none when it is of no use here.
    pub field: Option<Field>,
    /// For a column of marks: the status a mark stands for.
    pub mark_means: Option<ReportedStatus>,
    /// The same in full, with the percent scale and the order of days where they are known.
    pub facts: ColumnFacts,
    /// Why: sentence for `--explain`.
    pub evidence: String,
}

/// Kind of a body row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A task.
    Task,
    /// A part of a task that is itself a task or a detail.
    Subtask,
    /// A row that only heads others.
    Heading,
}

/// How a deadline stood in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineCell {
    /// As text.
    Text,
    /// As a date cell.
    Date,
    /// As a bare serial number.
    Serial,
}

/// One row of a table as understood.
#[derive(Clone, Debug, PartialEq)]
pub struct RowReading {
    /// First row.
    pub row: u32,
    /// Last row, for tasks that stretch over several.
    pub row_to: u32,
    /// Kind.
    pub kind: RowKind,
    /// 1 = top, 2 = below a heading, ...
    pub level: u8,
    /// Row of the parent.
    pub parent_row: Option<u32>,
    /// Number as written.
    pub stt: Option<String>,
    /// Text of the section row above (field of work).
    pub section: Option<String>,
    /// Text of the group row above (unit).
    pub group: Option<String>,
    /// Text fields: content, units, doc_no, result, difficulties, proposals, note, province. Present when the column
    /// exists; `None` when the cell is empty.
    pub texts: BTreeMap<Field, Option<String>>,
    /// Values of the single rows of a task that stretches over several (one result a row); empty otherwise.
    pub parts: Vec<BTreeMap<Field, String>>,
    /// Cell each field of this row was read from.
    pub cells: BTreeMap<Field, (u32, u32)>,
    /// Deadline as read, and how it stood in its cell.
    pub deadline: (Deadline, DeadlineCell),
    /// Percent.
    pub percent: PercentValue,
    /// Status.
    pub status: StatusValue,
    /// The task it speaks of.
    pub matched: Match,
    /// Findings about the row.
    pub findings: Vec<Finding>,
}

/// A percent with what stood in the cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PercentValue {
    /// As stored (JSON number or text).
    pub raw: Option<RawValue>,
    /// As understood.
    pub value: Option<Percent>,
    /// Whether a formula gave it.
    pub formula: bool,
}

/// A raw number or text.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// Text.
    Text(String),
    /// Number.
    Number(f64),
}

/// A status with what stood in the cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusValue {
    /// As written.
    pub raw: Option<String>,
    /// As understood.
    pub value: Option<ReportedStatus>,
    /// In time or late, where written.
    pub timeliness: Option<Timeliness>,
    /// Where it comes from when not from the row itself (`table_title`, ...).
    pub source: Option<&'static str>,
    /// Day of completion, where a column or the text gives it.
    pub completed_on: Option<NaiveDate>,
    /// The cell of that day, where it has a column of its own.
    pub completed_at: Option<(u32, u32)>,
    /// Whether that cell holds the word that clears.
    pub day_cleared: bool,
}

/// How sure a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Link without asking.
    Sure,
    /// Propose first; link or ask.
    Likely,
    /// Do not link before a person has chosen.
    Ask,
    /// Not a task of the notice.
    None,
}

impl Decision {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Decision::Sure => "sure",
            Decision::Likely => "likely",
            Decision::Ask => "ask",
            Decision::None => "none",
        }
    }
}

/// The link of a row to a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Code of the task linked (`sure`, `likely`).
    pub task: Option<String>,
    /// exact, normalised, shortened, reworded, ambiguous, detail, none.
    pub how: &'static str,
    /// How sure.
    pub decision: Decision,
    /// Candidates, best first, with scores 0..1.
    pub candidates: Vec<(String, f64)>,
    /// What the sender has to do with the linked task.
    pub role: Option<AssignmentRole>,
}
