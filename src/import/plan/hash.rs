//! The hash of a plan: SHA-256 over a canonical form. It names the state of the rows that would be stored or are in
//! conflict, so that it changes when one of them does, and not when anything else in the store does.

use std::sync::mpsc;

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::Serializer;
use sha2::{Digest, Sha256};

use crate::domain::change::{Base, Theirs};
use crate::import::claim::Place;
use crate::import::value::Value;

use super::{CellChange, Outcome, PlannedRow};

/// Changes when the canonical form does, so that an old hash can never fit a new meaning.
const FORM: u32 = 2;

/// Rows of a large plan that are hashed while the next are decided.
const TURN: usize = 1_000;

/// Lets the rows be decided, a turn at a time, and gives the hash of the plan. What is decided is hashed on a thread of its
/// own: of ten thousand rows that is a third of planning.
pub(super) fn of_rows(
    reported_on: NaiveDate,
    rows: &mut [PlannedRow],
    mut decide: impl FnMut(&mut [PlannedRow]),
) -> String {
    let form = Form::begin(reported_on);
    if rows.len() <= TURN {
        decide(rows);
        return form.with(rows).end();
    }
    std::thread::scope(|threads| {
        let (sender, decided) = mpsc::channel::<&[PlannedRow]>();
        let hashing = threads.spawn(move || decided.into_iter().fold(form, Form::with).end());
        for turn in rows.chunks_mut(TURN) {
            decide(turn);
            // Nobody takes it only when the other thread has panicked, which is told below.
            let _ = sender.send(turn);
        }
        drop(sender);
        hashing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The form goes into the hash row by row: a plan of 100,000 rows is never laid out as a whole.
struct Form {
    digest: Sha256,
    text: Vec<u8>,
}

impl Form {
    fn begin(reported_on: NaiveDate) -> Form {
        let mut digest = Sha256::new();
        digest.update(format!("[{FORM},\"{reported_on}\",["));
        Form { digest, text: Vec::new() }
    }

    fn with(mut self, rows: &[PlannedRow]) -> Form {
        for row in rows {
            // Texts and numbers as JSON cannot fail.
            let _ = serde_json::to_writer(&mut self.text, &Row(row));
            self.digest.update(&self.text);
            self.text.clear();
            self.text.push(b',');
        }
        self
    }

    fn end(mut self) -> String {
        self.digest.update("]]");
        self.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A row as arrays only: they have an order of their own.
struct Row<'p>(&'p PlannedRow);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.0;
        let place = Spot(&row.place);
        match row.outcome {
            Outcome::Create | Outcome::Conflict => {
                let cells: Vec<Cell> = row.cells().map(Cell).collect();
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

struct Cell(CellChange);

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = &self.0;
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::import::plan::Consequence;
    use crate::import::reading::Decision;

    fn row(number: usize) -> PlannedRow {
        let line = u32::try_from(number).unwrap();
        PlannedRow {
            place: Place { sheet: "Biểu 1".into(), row: line, row_to: line, table: None },
            task: Some(Arc::from(format!("II.{number}"))),
            task_id: None,
            role: None,
            decision: Decision::Sure,
            candidates: Vec::new(),
            content: None,
            outcome: Outcome::Ask,
            reason: None,
            decided: Vec::new(),
            against: None,
            event: 0,
            consequence: Consequence::default(),
            findings: Vec::new(),
        }
    }

    #[test]
    fn a_large_plan_has_the_hash_of_its_rows_as_they_were_decided() {
        let day = "2020-04-30".parse().unwrap();
        for count in [0, 1, TURN, TURN + 1, 2 * TURN, 2 * TURN + 500] {
            let mut rows: Vec<PlannedRow> = (0..count).map(row).collect();
            let mut decided = 0;
            let hash = of_rows(day, &mut rows, |turn| {
                decided += turn.len();
                turn.iter_mut().for_each(|row| row.outcome = Outcome::NoChange);
            });
            assert_eq!(decided, count, "every row is decided");
            assert_eq!(hash, Form::begin(day).with(&rows).end(), "{count} rows");
        }
    }
}
