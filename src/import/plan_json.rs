//! A plan as JSON: the one form that the command line, REST and the store use. Rows and cells are named as the
//! workbook shows them.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::domain::assignment::AssignmentRole;
use crate::domain::change::{Base, Theirs};
use crate::domain::finding::Finding;
use crate::entities::import;
use crate::import::author::Author;
use crate::import::plan::{CellChange, Consequences, Plan, PlannedRow, Reason};
use crate::import::question::questions_json;
use crate::import::value::Value;
use crate::sheet::cell::{cell_name, column_letters};

/// The plan without its rows: hash, counts, consequences, findings about the workbook. The rows, which may be a hundred
/// thousand, are written one by one ([`row_json`], [`WithRows`]).
pub fn plan_json(plan: &Plan) -> Json {
    json!({
        "hash": plan.hash,
        "reported_on": plan.reported_on.to_string(),
        "counts": counts_json(plan),
        "consequences": consequences_json(&plan.consequences),
        "findings": plan.findings.iter().map(finding_json).collect::<Vec<_>>(),
        "questions": questions_json(plan),
        "not_mentioned": plan.not_mentioned,
    })
}

/// An object with `rows` added, each row made when it is written.
#[derive(Debug)]
pub struct WithRows<'p> {
    /// The other fields; an object.
    pub head: Json,
    /// The rows of a plan.
    pub rows: &'p [PlannedRow],
}

impl Serialize for WithRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (name, value) in self.head.as_object().into_iter().flatten() {
            object.serialize_entry(name, value)?;
        }
        object.serialize_entry("rows", &Rows(self.rows))?;
        object.end()
    }
}

struct Rows<'p>(&'p [PlannedRow]);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(row_json))
    }
}

/// What a door answers about an import: the import, and what stands in its plan but the rows. `earlier` is the import
/// that brought the same content before.
pub fn import_json(import: &import::Model, unit: &str, plan: Option<&Plan>, earlier: Option<Uuid>) -> Json {
    let mut answer = plan.map_or_else(|| json!({}), plan_json);
    // What a script needs for the next request stands on top, beside the hash.
    answer["id"] = json!(import.id);
    answer["import"] = json!({
        "id": import.id,
        "state": import.state.as_str(),
        "unit": unit,
        "file_name": import.file_name,
        "file_sha256": import.file_sha256,
        "reported_on": import.reported_on.to_string(),
        "uploaded_by": import.uploaded_by,
        "uploaded_at": import.uploaded_at.to_rfc3339(),
        "refusal": import.refusal,
        "plan_hash": import.plan_hash,
        "committed_by": import.committed_by,
        "committed_at": import.committed_at.map(|at| at.to_rfc3339()),
    });
    answer["same_as"] = json!(earlier);
    answer
}

/// What it would lead to.
pub(super) fn consequences_json(consequences: &Consequences) -> Json {
    json!({
        "would_complete": consequences.would_complete,
        "would_reopen": consequences.would_reopen,
        "would_become_late": consequences.would_become_late,
        "about_tasks_of_others": consequences.about_tasks_of_others,
    })
}

/// Rows by outcome.
pub fn counts_json(plan: &Plan) -> Json {
    plan.counts.iter().map(|(outcome, count)| (outcome.as_str().to_owned(), Json::from(*count))).collect()
}

/// One row of a plan.
pub fn row_json(row: &PlannedRow) -> Json {
    json!({
        "sheet": row.place.sheet,
        "row": row.place.row + 1,
        "row_to": row.place.row_to + 1,
        "table": row.place.table.map(column_letters),
        "content": row.content,
        "task": row.task,
        "role": row.role.map(AssignmentRole::as_str),
        "link": row.decision.as_str(),
        "candidates": row.candidates.iter().map(|(code, score)| json!({ "task": code, "score": score })).collect::<Vec<_>>(),
        "outcome": row.outcome.as_str(),
        "reason": row.reason.map(Reason::as_str),
        "cells": row.cells().map(|cell| cell_json(&cell)).collect::<Vec<_>>(),
        "would_complete": row.consequence.would_complete,
        "would_reopen": row.consequence.would_reopen,
        "would_become_late": row.consequence.would_become_late,
        "findings": row.findings.iter().map(finding_json).collect::<Vec<_>>(),
    })
}

fn cell_json(cell: &CellChange) -> Json {
    let value = |value: Option<&Value>| value.map_or(Json::Null, Value::json);
    let (base_known, base) = match &cell.base {
        Base::Unknown => (false, Json::Null),
        Base::Blank => (true, Json::Null),
        Base::Value(value) => (true, value.json()),
    };
    let theirs = match &cell.theirs {
        Theirs::Value(value) => value.json(),
        Theirs::Absent | Theirs::Blank | Theirs::Clear => Json::Null,
    };
    json!({
        "field": cell.part.as_str(),
        "cell": cell.cell.map(|(row, column)| cell_name(row, column)),
        "choice": cell.choice.as_str(),
        "says": said(&cell.theirs),
        "base_known": base_known,
        "base": base,
        "ours": value(cell.ours.as_ref()),
        "author": cell.author.as_ref().map(Author::json),
        "theirs": theirs,
        "stored": value(cell.stored.as_ref()),
    })
}

/// What the sheet does in a cell: nothing at all, a blank, "(xoá)", a value.
pub fn said(theirs: &Theirs<Value>) -> &'static str {
    match theirs {
        Theirs::Absent => "absent",
        Theirs::Blank => "blank",
        Theirs::Clear => "clear",
        Theirs::Value(_) => "value",
    }
}

/// A finding with its sentence and remedy.
pub fn finding_json(finding: &Finding) -> Json {
    let cell = finding.row.zip(finding.column).map(|(row, column)| cell_name(row.saturating_sub(1), column));
    json!({
        "code": finding.code.as_str(),
        "severity": finding.code.severity().as_str(),
        "sheet": finding.sheet,
        "row": finding.row,
        "cell": cell,
        "detail": finding.detail,
        "sentence": finding.sentence(),
        "remedy": finding.code.remedy(),
    })
}
