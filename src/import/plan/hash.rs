//! The hash of a plan: SHA-256 over a canonical form. It names the state of the rows that would be stored or are in
//! conflict, so that it changes when one of them does, and not when anything else in the store does.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::domain::change::{Base, Theirs};
use crate::import::value::Value;

use super::{CellChange, Outcome, Plan, PlannedRow};

/// Changes when the canonical form does, so that an old hash can never fit a new meaning.
const FORM: u32 = 1;

pub(super) fn of(plan: &Plan) -> String {
    let rows: Vec<Json> = plan.rows.iter().map(row).collect();
    // Arrays only: the order of keys in an object depends on a feature of serde_json that any crate may turn on.
    let canonical = json!([FORM, plan.reported_on.to_string(), rows]);
    let digest = Sha256::digest(canonical.to_string().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn row(row: &PlannedRow) -> Json {
    let place = json!([row.place.sheet, row.place.row, row.place.row_to]);
    match row.outcome {
        Outcome::Create | Outcome::Conflict => {
            let cells: Vec<Json> = row.cells.iter().map(cell).collect();
            json!([place, row.outcome.as_str(), row.task, row.event, cells])
        }
        Outcome::NoChange | Outcome::Ask | Outcome::Error | Outcome::NotOurs | Outcome::Skipped => {
            json!([place, row.outcome.as_str(), row.task])
        }
    }
}

fn cell(cell: &CellChange) -> Json {
    let value = |value: Option<&Value>| value.map_or(Json::Null, Value::json);
    let base = match &cell.base {
        Base::Unknown => json!("unknown"),
        Base::Blank => json!([]),
        Base::Value(value) => json!([value.json()]),
    };
    let theirs = match &cell.theirs {
        Theirs::Absent => json!("absent"),
        Theirs::Blank => json!("blank"),
        Theirs::Clear => json!("clear"),
        Theirs::Value(value) => json!([value.json()]),
    };
    json!([
        cell.part.as_str(),
        base,
        value(cell.ours.as_ref()),
        theirs,
        cell.choice.as_str(),
        value(cell.stored.as_ref())
    ])
}
