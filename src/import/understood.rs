//! What an import keeps of a workbook: sheets, what their rows claim, findings, and the base of the merge.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::domain::finding::{Finding, FindingCode};
use crate::domain::refusal::Refusal;
use crate::domain::status::ReportedStatus;
use crate::import::claim::{self, Claim};
use crate::import::hints;
use crate::import::own_sheet;
use crate::import::reading::{Reading, TableReading};
use crate::import::snapshot::Known;
use crate::sheet::annotation::unmarked;
use crate::sheet::cell::{Workbook, column_letters};
use crate::sheet::column::Field;
use crate::sheet::meaning::{ColumnMeaning, DayOrder, PercentScale};
use crate::sheet::template::{self, Identity, VERSION};

/// A workbook as an import keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// Its tables, then the sheets passed over.
    pub sheets: Vec<SheetTaken>,
    /// What the rows of all of them claim, sheet after sheet, by ascending number.
    pub claims: Vec<Claim>,
    /// Findings about the workbook as a whole.
    pub findings: Vec<Finding>,
    /// For our own sheet: the number of the last event it knows.
    pub base_event: Option<i64>,
}

/// A table, or a sheet without one.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetTaken {
    /// Name of the sheet.
    pub name: String,
    /// `tasks`, `own_sheet`, or what it was passed over as.
    pub taken_for: String,
    /// Rows of the heading, 0-based.
    pub header_rows: Vec<u32>,
    /// Columns and what they mean.
    pub columns: Json,
    /// Fingerprint of its headings, for a foreign table: what a unit last sent is looked for in sheets of the same one.
    pub layout: Option<String>,
    /// How many of the claims are its rows.
    pub rows: usize,
}

/// The layouts of these tables.
pub fn layouts(sheets: &[SheetTaken]) -> BTreeSet<String> {
    sheets.iter().filter_map(|sheet| sheet.layout.clone()).collect()
}

/// What is kept of a foreign sheet.
pub fn of_reading(reading: &Reading) -> Understood {
    let tables = reading.tables.iter().map(|table| SheetTaken {
        name: table.sheet.clone(),
        taken_for: "tasks".to_owned(),
        header_rows: table.header_rows.clone(),
        columns: table
            .columns
            .iter()
            .map(|column| {
                json!({
                    "column": column_letters(column.column),
                    "header": column.header,
                    "headed": column.headed,
                    "field": column.field.map(Field::as_str),
                    "mark_means": column.mark_means.map(ReportedStatus::as_str),
                    "meaning": column.facts.meaning.map(ColumnMeaning::name),
                    "percent_scale": column.facts.scale.map(PercentScale::as_str),
                    "day_order": column.facts.days.map(DayOrder::as_str),
                    "evidence": column.evidence,
                })
            })
            .collect(),
        layout: Some(layout_of(table)),
        rows: table.rows.len(),
    });
    let ignored = reading.sheets_ignored.iter().map(|(name, why)| SheetTaken {
        name: name.clone(),
        taken_for: why.clone(),
        header_rows: Vec::new(),
        columns: json!([]),
        layout: None,
        rows: 0,
    });
    let sheets = tables.chain(ignored).collect();
    let claims = reading.tables.iter().flat_map(|table| in_order(claim::claims_of(table))).collect();
    Understood { sheets, claims, findings: reading.findings.clone(), base_event: None }
}

fn layout_of(table: &TableReading) -> String {
    let headed = table.columns.iter().filter(|column| column.headed);
    hints::fingerprint(headed.map(|column| column.header.as_str()))
}

/// What is kept of a workbook: our own sheet by its keys, any other by `read`.
///
/// # Errors
/// The refusal of `read`.
pub fn of_workbook(
    workbook: &Workbook,
    known: &Known,
    read: impl FnOnce(&Workbook) -> Result<Reading, Refusal>,
) -> Result<Understood, Refusal> {
    let workbook = &*unmarked(workbook);
    let sender = &known.catalogue.sender;
    let doubt = match Identity::of(workbook) {
        None => None,
        Some(identity) if identity.version != VERSION => {
            Some((FindingCode::TemplateUnknown, identity.version.to_string()))
        }
        Some(identity) if identity.unit_code != sender.code => {
            Some((FindingCode::SheetOfAnotherUnit, identity.unit_code))
        }
        Some(identity) => {
            if let Some(located) = template::locate(workbook) {
                let claims = in_order(own_sheet::claims(workbook, &located, &known.by_assignment()));
                return Ok(of_own_sheet(workbook, &located, claims, identity.event_no));
            }
            // Its key column is gone: what is left is read as any other sheet.
            None
        }
    };
    let mut understood = of_reading(&read(workbook)?);
    if let Some((code, detail)) = doubt {
        understood.findings.push(Finding::of_workbook(code, detail));
    }
    Ok(understood)
}

fn of_own_sheet(
    workbook: &Workbook,
    located: &template::Located,
    claims: Vec<Claim>,
    base_event: i64,
) -> Understood {
    let columns = located.columns.iter().map(|(column, at)| {
        let field = column.field().map(Field::as_str);
        json!({ "column": column_letters(*at), "header": column.heading(), "field": field })
    });
    let own = SheetTaken {
        name: workbook.sheets.get(located.sheet).map(|sheet| sheet.name.clone()).unwrap_or_default(),
        taken_for: "own_sheet".to_owned(),
        header_rows: vec![located.heading_row],
        columns: columns.collect(),
        layout: None,
        rows: claims.len(),
    };
    Understood { sheets: vec![own], claims, findings: Vec::new(), base_event: Some(base_event) }
}

/// By ascending row: rows come back from the store in this order, and the hash of the plan must be the same then.
fn in_order(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by_key(|claim| claim.place.row);
    claims
}
