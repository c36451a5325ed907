//! The plan of an undo as JSON: the same form as the plan of a commit, for the command line and REST.

use serde_json::{Value as Json, json};

use crate::import::author::Author;
use crate::import::plan_json::consequences_json;
use crate::import::undo::{LeftAlone, UndoPlan, UndoneCell, UndoneRow};
use crate::import::value::Value;

/// The plan: hash, counts, consequences, rows, and what came later and stays.
pub fn undo_json(plan: &UndoPlan) -> Json {
    let outcome = plan.direction.outcome();
    json!({
        "direction": plan.direction.as_str(),
        "hash": plan.hash,
        "reported_on": plan.reported_on.to_string(),
        "counts": { outcome: plan.rows.len(), "left_alone": plan.left_alone.len() },
        "consequences": consequences_json(&plan.consequences),
        "rows": plan.rows.iter().map(|row| row_json(row, outcome)).collect::<Vec<_>>(),
        "left_alone": plan.left_alone.iter().map(left_alone_json).collect::<Vec<_>>(),
        "findings": [],
    })
}

fn row_json(row: &UndoneRow, outcome: &str) -> Json {
    json!({
        "sheet": row.place.sheet,
        "row": row.place.row + 1,
        "row_to": row.place.row_to + 1,
        "cell": row.cell,
        "task": row.task,
        "role": row.role.as_str(),
        "report": row.report,
        "outcome": outcome,
        "cells": row.cells.iter().map(cell_json).collect::<Vec<_>>(),
        "would_complete": row.consequence.would_complete,
        "would_reopen": row.consequence.would_reopen,
        "would_become_late": row.consequence.would_become_late,
    })
}

fn cell_json(cell: &UndoneCell) -> Json {
    let value = |value: Option<&Value>| value.map_or(Json::Null, Value::json);
    json!({
        "field": cell.part.as_str(),
        "ours": value(cell.ours.as_ref()),
        "stored": value(cell.stored.as_ref()),
    })
}

fn left_alone_json(later: &LeftAlone) -> Json {
    json!({
        "kind": later.kind.as_str(),
        "task": later.task,
        "day": later.day.to_string(),
        "report": later.report,
        "author": later.author.as_ref().map(Author::json),
    })
}
