//! The hash of a plan: SHA-256 over a canonical form. It names the state of the rows that would be stored or are in
//! conflict, so that it changes when one of them does, and not when anything else in the store does.

use serde::Serialize;
use serde::ser::Serializer;
use sha2::{Digest, Sha256};

use crate::domain::change::{Base, Theirs};
use crate::import::claim::Place;
use crate::import::value::Value;

use super::{CellChange, Outcome, Plan, PlannedRow};

/// Changes when the canonical form does, so that an old hash can never fit a new meaning.
const FORM: u32 = 2;

/// The form goes into the hash row by row: a plan of 100,000 rows is never laid out as a whole.
pub(super) fn of(plan: &Plan) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("[{FORM},\"{}\",[", plan.reported_on));
    let mut text = Vec::new();
    for row in &plan.rows {
        // Texts and numbers as JSON cannot fail.
        let _ = serde_json::to_writer(&mut text, &Row(row));
        digest.update(&text);
        text.clear();
        text.push(b',');
    }
    digest.update("]]");
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A row as arrays only: they have an order of their own.
struct Row<'p>(&'p PlannedRow);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.0;
        let place = Spot(&row.place);
        match row.outcome {
            Outcome::Create | Outcome::Conflict => {
                let cells: Vec<Cell<'_>> = row.cells.iter().map(Cell).collect();
                (place, row.outcome.as_str(), &row.task, row.event, cells).serialize(serializer)
            }
            Outcome::NoChange | Outcome::Ask | Outcome::Error | Outcome::NotOurs | Outcome::Skipped => {
                (place, row.outcome.as_str(), &row.task).serialize(serializer)
            }
        }
    }
}

/// Where the row stands. The table is named only where the number of the row is not enough, so that the hashes of all other
/// plans are what they were.
struct Spot<'p>(&'p Place);

impl Serialize for Spot<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Place { sheet, row, row_to, table } = self.0;
        match table {
            None => (sheet, row, row_to).serialize(serializer),
            Some(table) => (sheet, row, row_to, table).serialize(serializer),
        }
    }
}

struct Cell<'p>(&'p CellChange);

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.0;
        let base = match &cell.base {
            Base::Unknown => Said::Word("unknown"),
            Base::Blank => Said::Values([].as_slice()),
            Base::Value(value) if cell.ours.as_ref() == Some(value) => Said::Word("ours"),
            Base::Value(value) => Said::Values(std::slice::from_ref(value)),
        };
        let theirs = match &cell.theirs {
            Theirs::Absent => Said::Word("absent"),
            Theirs::Blank => Said::Word("blank"),
            Theirs::Clear => Said::Word("clear"),
            Theirs::Value(value) => Said::Values(std::slice::from_ref(value)),
        };
        let stored = match (&cell.stored, &cell.theirs) {
            (Some(stored), Theirs::Value(theirs)) if stored == theirs => Said::Word("theirs"),
            (stored, Theirs::Value(_) | Theirs::Absent | Theirs::Blank | Theirs::Clear) => {
                Said::Values(stored.as_slice())
            }
        };
        (cell.part.as_str(), base, &cell.ours, theirs, cell.choice.as_str(), stored).serialize(serializer)
    }
}

/// One of our words, or values in a list, so that no value can be taken for a word. Long texts stand in the form once.
#[derive(Serialize)]
#[serde(untagged)]
enum Said<'p> {
    Word(&'static str),
    Values(&'p [Value]),
}
