//! What an import would do, row by row and cell by cell: a pure function of claims, snapshot and answers. Writes
//! nothing; two plans of the same thing have the same hash.

mod compared;
mod consequence;
mod duplicate;
mod hash;
mod kept_out;
mod row;
mod settle;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

pub use compared::{Compared, Started, Words};
pub use consequence::{Consequence, Consequences};
pub(in crate::import) use duplicate::together;
pub use kept_out::KeptOut;

use crate::domain::assignment::AssignmentRole;
use crate::domain::change::{Base, Choice, Theirs};
use crate::domain::finding::Finding;
use crate::domain::history::past::Past;
use crate::domain::history::{Part, Stated};
pub use crate::domain::import::RowOutcome as Outcome;
use crate::import::answers::Answers;
use crate::import::author::Author;
use crate::import::claim::{Claim, Place};
use crate::import::reading::Decision;
use crate::import::value::Value;

/// What the store knows of the tasks a file may speak of, from the side of the unit that sends it.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// By task code.
    pub tasks: BTreeMap<Arc<str>, TaskState>,
    /// The tasks that rows are linked to or may be linked to, by code.
    pub named: Arc<BTreeMap<Arc<str>, NamedTask>>,
    /// Codes of the tasks that the sender leads.
    pub led: BTreeSet<Arc<str>>,
}

/// A task to choose or to be told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTask {
    /// Row of the task.
    pub id: Uuid,
    /// Its wording.
    pub content: Arc<str>,
}

/// One task from the side of the sender.
#[derive(Clone, Debug)]
pub struct TaskState {
    /// Row of the task.
    pub task: Uuid,
    /// Whether it only heads others: nothing can be reported about it.
    pub is_heading: bool,
    /// The sender's assignment; none when it has nothing to do with the task (made at commit, role `other`).
    pub assignment: Option<Uuid>,
    /// What the sender has to do with it.
    pub role: AssignmentRole,
    /// Due day of the notice.
    pub due: Option<NaiveDate>,
    /// Highest event number of the assignment; 0 when there is none.
    pub event: i64,
    /// Its past, as far as planning asks about it.
    pub past: Past,
    /// What is stored as of the day reported on, and what the sheet started from.
    pub compared: Compared,
    /// Whether the office has asked for a new word (returned, resumed) since the unit last sent one.
    pub returned: bool,
    /// Whether the unit has sent something else since it sent what is the base here.
    pub superseded: bool,
}

/// Why a row is not simply what its link and values say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It only heads others.
    Heading,
    /// It is a detail of the task above.
    Detail,
    /// The same row stands above.
    Duplicate,
    /// Another row of the file reports on a later period.
    EarlierPeriod,
    /// A finding about the whole workbook asks first.
    Workbook,
    /// The link is not sure.
    Link,
    /// The task linked is not (or no longer) among the open ones.
    UnknownTask,
    /// A finding about the row is an error.
    Finding,
    /// A finding about a value of the row asks.
    Question,
    /// A person said that it is no task.
    Answered,
}

impl Reason {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Heading => "heading",
            Reason::Detail => "detail",
            Reason::Duplicate => "duplicate",
            Reason::EarlierPeriod => "earlier_period",
            Reason::Workbook => "workbook",
            Reason::Link => "link",
            Reason::UnknownTask => "unknown_task",
            Reason::Finding => "finding",
            Reason::Question => "question",
            Reason::Answered => "answered",
        }
    }
}

/// What becomes of one value.
#[derive(Clone, Debug, PartialEq)]
pub struct CellChange {
    /// Which value.
    pub part: Part,
    /// Its cell (row, column), 0-based.
    pub cell: Option<(u32, u32)>,
    /// What the sheet started from.
    pub base: Base<Value>,
    /// What is stored.
    pub ours: Option<Value>,
    /// Who stored that, when it is not what the sheet started from.
    pub author: Option<Author>,
    /// What the sheet says.
    pub theirs: Theirs<Value>,
    /// The decision.
    pub choice: Choice,
    /// What would be stored afterwards. For progress this is the full state, which a decision of the office may hold.
    pub stored: Option<Value>,
}

/// What becomes of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRow {
    /// Where it stands.
    pub place: Place,
    /// Code of the task, when linked.
    pub task: Option<Arc<str>>,
    /// Row of the task, when linked.
    pub task_id: Option<Uuid>,
    /// What the sender has to do with the task.
    pub role: Option<AssignmentRole>,
    /// How sure the link was.
    pub decision: Decision,
    /// Candidates, best first.
    pub candidates: Vec<(Arc<str>, f64)>,
    /// Wording of the row.
    pub content: Option<Arc<str>>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why, where it is not plain.
    pub reason: Option<Reason>,
    /// What is decided about each value, by part.
    decided: Vec<Decided>,
    /// What the values were compared with; none where they were not.
    against: Option<Compared>,
    /// Highest event number of the assignment when planned; 0 when there is none.
    pub event: i64,
    /// Standing before and after.
    pub consequence: Consequence,
    /// Findings.
    pub findings: Vec<Finding>,
}

/// What is decided about one value.
#[derive(Clone, Debug, PartialEq)]
struct Decided {
    part: Part,
    cell: Option<(u32, u32)>,
    theirs: Theirs<Value>,
    choice: Choice,
    stored: Option<Value>,
}

impl PlannedRow {
    /// Values, by part; empty where they were not compared. They are put together when they are asked for: a plan of a
    /// hundred thousand rows holds nothing twice.
    pub fn cells(&self) -> impl Iterator<Item = CellChange> {
        let against = self.against.as_ref();
        let change =
            |(Decided { part, cell, theirs, choice, stored }, against): (&Decided, &Compared)| CellChange {
                part: *part,
                cell: *cell,
                base: against.base(*part),
                ours: against.ours(*part),
                author: against.author(*part).cloned(),
                theirs: theirs.clone(),
                choice: *choice,
                stored: stored.clone(),
            };
        self.decided.iter().filter_map(move |decided| Some(change((decided, against?))))
    }

    /// The first cell (row, column) that a value stands in, 0-based.
    pub fn first_cell(&self) -> Option<(u32, u32)> {
        self.decided.iter().filter_map(|decided| decided.cell).min_by_key(|(_, column)| *column)
    }

    /// What the report would state; nothing unless one would be made.
    pub fn stated(&self) -> Stated {
        match self.outcome {
            Outcome::Create => row::stated_by(&self.decided),
            Outcome::NoChange
            | Outcome::Conflict
            | Outcome::Ask
            | Outcome::Error
            | Outcome::NotOurs
            | Outcome::Skipped => Stated::default(),
        }
    }
}

/// Rows by outcome.
pub type Counts = BTreeMap<Outcome, usize>;

/// What an import would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The day the reports would speak of.
    pub reported_on: NaiveDate,
    /// Every row, in the order of the reading.
    pub rows: Vec<PlannedRow>,
    /// Findings about the workbook.
    pub findings: Vec<Finding>,
    /// Rows by outcome; every outcome is listed.
    pub counts: Counts,
    /// What it would lead to.
    pub consequences: Consequences,
    /// The tasks that rows are linked to or may be linked to, by code.
    pub named: Arc<BTreeMap<Arc<str>, NamedTask>>,
    /// Codes of the tasks that the sender leads and no row speaks of: they stay as they are.
    pub not_mentioned: Vec<Arc<str>>,
    /// SHA-256 of the canonical form, hexadecimal.
    pub hash: String,
}

impl Plan {
    /// Number of rows with this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.counts.get(&outcome).copied().unwrap_or(0)
    }

    /// Whether a commit would store nothing and nothing waits for a person.
    pub fn is_no_change(&self) -> bool {
        [Outcome::Create, Outcome::Conflict, Outcome::Ask, Outcome::Error].iter().all(|o| self.count(*o) == 0)
    }
}

/// What planning is given besides claims and snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The day the reports speak of.
    pub reported_on: NaiveDate,
    /// What a person has answered.
    pub answers: &'a Answers,
    /// Findings about the workbook as a whole.
    pub findings: &'a [Finding],
}

/// The plan of these claims against this snapshot. Claims that are given away are let go one by one, which of many
/// thousand rows makes a difference.
pub fn plan<'c>(claims: impl Into<Cow<'c, [Claim]>>, snapshot: &Snapshot, context: Context<'_>) -> Plan {
    let claims = settle::settled(claims.into(), context.answers);
    let mut rows: Vec<PlannedRow> =
        claims.iter().map(|claim| row::linked(claim, snapshot, context)).collect();
    let merged = duplicate::mark(&mut rows, &claims, snapshot);
    let mut claims = each(claims).enumerate();
    let hash = hash::of_rows(context.reported_on, &mut rows, |rows| {
        for (row, (index, claim)) in rows.iter_mut().zip(&mut claims) {
            row::decide(row, merged.get(&index).unwrap_or(&claim), snapshot, context);
        }
    });
    let mut counts: Counts = Outcome::ALL.into_iter().map(|outcome| (outcome, 0)).collect();
    for row in &rows {
        *counts.entry(row.outcome).or_default() += 1;
    }
    let consequences = Consequences::of(&rows);
    let mentioned: BTreeSet<&Arc<str>> = rows.iter().filter_map(|row| row.task.as_ref()).collect();
    let not_mentioned = snapshot.led.iter().filter(|code| !mentioned.contains(code)).cloned().collect();
    Plan {
        reported_on: context.reported_on,
        rows,
        findings: context.findings.to_vec(),
        counts,
        consequences,
        named: Arc::clone(&snapshot.named),
        not_mentioned,
        hash,
    }
}

/// Claims one by one; those that were given away are gone when the next is taken.
fn each<'c>(claims: Cow<'c, [Claim]>) -> Box<dyn Iterator<Item = Cow<'c, Claim>> + 'c> {
    match claims {
        Cow::Borrowed(claims) => Box::new(claims.iter().map(Cow::Borrowed)),
        Cow::Owned(claims) => Box::new(claims.into_iter().map(Cow::Owned)),
    }
}

#[cfg(test)]
mod tests;
