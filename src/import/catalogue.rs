//! What the reader knows before it reads: the tasks of the open notices and the unit that sends the file. Built from
//! the embedded seeds (`giaoban read`) or from the database (`import::snapshot`).

use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

pub use crate::domain::assignment::AssignmentRole;
use crate::import::hints::Hints;

/// The tasks a file may speak of, and who sends it.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Open notices, newest first.
    pub notices: Vec<KnownNotice>,
    /// The unit whose account uploads the file.
    pub sender: Sender,
    /// What is known beforehand about the unit's files, and what has been answered about this one.
    pub hints: Hints,
}

/// A notice with its tasks.
#[derive(Clone, Debug)]
pub struct KnownNotice {
    /// Day of the notice (meeting day where the text has no other); fills in missing years.
    pub date: NaiveDate,
    /// Its tasks and headings in their order.
    pub tasks: Vec<KnownTask>,
}

/// A task as the matcher sees it.
#[derive(Clone, Debug)]
pub struct KnownTask {
    /// Row id, when it comes from the database.
    pub id: Option<Uuid>,
    /// Code inside the notice: `III.1-5`, `VII.4-2.1`.
    pub code: String,
    /// Code of the parent.
    pub parent: Option<String>,
    /// Whether it only heads its children.
    pub is_heading: bool,
    /// The wording, without the deadline sentence.
    pub content: Arc<str>,
    /// Due day.
    pub due: Option<NaiveDate>,
    /// Deadline as written.
    pub deadline_raw: Option<String>,
    /// Name of the lead unit.
    pub lead_unit: String,
    /// Codes of tasks whose wording is close: never chosen between silently.
    pub resembles: Vec<String>,
    /// What the sender has to do with it.
    pub role: AssignmentRole,
}

/// Who sends the file.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Province code of 2020 or abbreviation of a ministry unit.
    pub code: String,
    /// Full name of the unit.
    pub name: String,
    /// Name of its province, for departments.
    pub province: Option<String>,
}
