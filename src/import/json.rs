//! A reading as JSON, in the shape of the samples: rows and columns as workbooks show them (1-based, letters).

use serde_json::{Value, json};

use crate::domain::finding::Finding;
use crate::domain::legacy_text::Encoding;
use crate::domain::refusal::Refusal;
use crate::sheet::cell::{cell_name, column_letters};
use crate::sheet::column::Field;

use super::reading::{
    ColumnReading, DeadlineCell, Match, PercentValue, RawValue, Reading, RowKind, RowReading, StatusValue,
    TableReading, Timeliness,
};

/// A reading as JSON.
pub fn reading(reading: &Reading) -> Value {
    json!({
        "encoding": match reading.encoding {
            Encoding::Unicode => "unicode",
            Encoding::Tcvn3 => "tcvn3",
            Encoding::Vni => "vni",
        },
        "tables": reading.tables.iter().map(table).collect::<Vec<_>>(),
        "sheets_ignored": reading.sheets_ignored.iter().map(|(sheet, why)| json!({"sheet": sheet, "why": why})).collect::<Vec<_>>(),
        "workbook_issues": reading.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// A refusal as JSON.
pub fn refusal(refusal: Refusal) -> Value {
    json!({"error": {"code": refusal.as_str(), "message": refusal.to_string()}})
}

fn table(table: &TableReading) -> Value {
    json!({
        "sheet": table.sheet,
        "header_rows": table.header_rows.iter().map(|row| row + 1).collect::<Vec<_>>(),
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
        "first_row": table.first_row + 1,
        "last_row": table.last_row + 1,
        "skipped_rows": table.skipped_rows.iter().map(|(row, why)| json!({"row": row + 1, "why": why})).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn column(column: &ColumnReading) -> Value {
    let mut value = json!({
        "column": column_letters(column.column),
        "header": column.header,
        "field": column.field.map(Field::as_str),
    });
    if let Some(status) = column.mark_means {
        value["mark_means"] = json!(status.as_str());
    }
    value
}

/// A row as JSON; also kept with the import.
pub fn row(row: &RowReading) -> Value {
    let mut value = json!({
        "row": row.row + 1,
        "row_to": row.row_to + 1,
        "kind": match row.kind {
            RowKind::Task => "task",
            RowKind::Subtask => "subtask",
            RowKind::Heading => "heading",
        },
        "level": row.level,
        "parent_row": row.parent_row.map(|parent| parent + 1),
        "stt": row.stt,
        "section": row.section,
        "group": row.group,
        "deadline": deadline(row),
        "percent": percent(&row.percent),
        "status": status(&row.status),
        "match": matched(&row.matched),
        "issues": row.findings.iter().map(finding).collect::<Vec<_>>(),
        "cells": row.cells.iter().map(|(field, (row, column))| (field.as_str().to_owned(), json!(cell_name(*row, *column)))).collect::<serde_json::Map<_, _>>(),
    });
    for (field, text) in &row.texts {
        value[field.as_str()] = json!(text);
    }
    if !row.parts.is_empty() {
        let part = |part: &std::collections::BTreeMap<Field, String>| {
            part.iter()
                .map(|(field, text)| (field.as_str().to_owned(), json!(text)))
                .collect::<serde_json::Map<_, _>>()
        };
        value["sub_results"] = row.parts.iter().map(|values| Value::Object(part(values))).collect();
    }
    value
}

fn deadline(row: &RowReading) -> Value {
    let (deadline, cell) = &row.deadline;
    let mut value = json!({
        "raw": deadline.raw,
        "date": deadline.due.map(|due| due.to_string()),
        "precision": deadline.precision.as_str(),
    });
    match cell {
        DeadlineCell::Text => {}
        DeadlineCell::Date => value["cell"] = json!("date"),
        DeadlineCell::Serial => value["cell"] = json!("serial"),
    }
    if deadline.range {
        value["range"] = json!(true);
    }
    if let Some(from) = deadline.from {
        value["from"] = json!(from.to_string());
    }
    value
}

fn percent(percent: &PercentValue) -> Value {
    let raw = match &percent.raw {
        None => Value::Null,
        Some(RawValue::Text(text)) => json!(text),
        Some(RawValue::Number(number)) => json!(number),
    };
    let mut value =
        json!({"raw": raw, "value": percent.value.map(super::super::domain::percent::Percent::value)});
    if percent.formula {
        value["formula"] = json!(true);
    }
    value
}

fn status(status: &StatusValue) -> Value {
    let mut value = json!({
        "raw": status.raw,
        "value": status.value.map(super::super::domain::status::ReportedStatus::as_str),
        "timeliness": status.timeliness.map(|timeliness| match timeliness {
            Timeliness::InTime => "in_time",
            Timeliness::Late => "late",
        }),
    });
    if let Some(source) = status.source {
        value["source"] = json!(source);
    }
    if let Some(day) = status.completed_on {
        value["completed_on"] = json!(day.to_string());
    }
    value
}

fn matched(matched: &Match) -> Value {
    json!({
        "task_id": matched.task,
        "how": matched.how,
        "decision": matched.decision.as_str(),
        "candidates": matched.candidates.iter().map(|(code, _)| code).collect::<Vec<_>>(),
        "scores": matched.candidates.iter().map(|(_, score)| (score * 100.0).round() / 100.0).collect::<Vec<_>>(),
        "assignment": matched.role.map(super::super::domain::assignment::AssignmentRole::as_str),
    })
}

fn finding(finding: &Finding) -> Value {
    let place = match (finding.row, finding.column) {
        (Some(row), Some(column)) => Some(cell_name(row.saturating_sub(1), column)),
        (Some(_) | None, _) => None,
    };
    json!({
        "code": finding.code.as_str(),
        "severity": finding.code.severity().as_str(),
        "cell": place,
        "detail": finding.detail,
        "message": finding.sentence(),
    })
}
