//! What an import keeps of a workbook: sheets, what their rows claim, findings, and the base of the merge.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::domain::finding::{Finding, FindingCode};
use crate::domain::refusal::Refusal;
use crate::domain::status::ReportedStatus;
use crate::import::claim::{self, Claim};
use crate::import::hints;
use crate::import::own_sheet::{self, Located};
use crate::import::reading::{Reading, TableReading};
use crate::import::snapshot::Known;
use crate::sheet::annotation::unmarked;
use crate::sheet::cell::{Workbook, column_letters};
use crate::sheet::column::Field;
use crate::sheet::meaning::{ColumnMeaning, DayOrder, PercentScale};
use crate::sheet::template::{Identity, VERSION};

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

/// What is kept of a foreign sheet. Rows are let go as their claims are made.
pub fn of_reading(reading: Reading) -> Understood {
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
    let claims = reading.tables.into_iter().flat_map(|table| in_order(claim::claims_of(table))).collect();
    Understood { sheets, claims, findings: reading.findings, base_event: None }
}

fn layout_of(table: &TableReading) -> String {
    let headed = table.columns.iter().filter(|column| column.headed);
    hints::fingerprint(headed.map(|column| column.header.as_str()))
}

/// What is kept of a workbook: our own sheet by its keys, any other by `read`. `on_record` is the number of the last event
/// that the export has by the records, which the workbook says it is from; none where there is no such export. A workbook
/// that is given away is let go once it is read: of many thousand rows it weighs as much as what was read.
///
/// # Errors
/// The refusal of `read`.
pub fn of_workbook(
    workbook: Cow<'_, Workbook>,
    known: &Known,
    on_record: Option<i64>,
    read: impl Fn(&Workbook) -> Result<Reading, Refusal>,
) -> Result<Understood, Refusal> {
    let clean = match unmarked(&workbook) {
        Cow::Owned(clean) => Some(clean),
        Cow::Borrowed(_) => None,
    };
    let workbook = clean.map_or(workbook, Cow::Owned);
    let doubt = match origin(&workbook, known, on_record) {
        Origin::Elsewhere => None,
        Origin::Doubtful(code, detail) => Some((code, detail)),
        Origin::Ours(base_event) => match own_sheet::tables(&workbook).as_slice() {
            [] => Some((FindingCode::SheetBaseUnknown, "không còn bảng với các tiêu đề của mẫu".to_owned())),
            tables => return Ok(of_own_sheet((&workbook, tables), known, base_event, read)),
        },
    };
    let reading = read(&workbook)?;
    drop(workbook);
    let mut understood = of_reading(reading);
    if let Some((code, detail)) = doubt {
        understood.findings.push(Finding::of_workbook(code, detail));
    }
    Ok(understood)
}

/// Where a workbook comes from.
enum Origin {
    /// It is none of ours.
    Elsewhere,
    /// It is ours and knows events up to this number.
    Ours(i64),
    /// It is ours, but what it started from is not known: it is read as any other sheet, and a person is asked.
    Doubtful(FindingCode, String),
}

fn origin(workbook: &Workbook, known: &Known, on_record: Option<i64>) -> Origin {
    let unknown = |detail: &str| Origin::Doubtful(FindingCode::SheetBaseUnknown, detail.to_owned());
    let Some(Identity { version, unit_code, event_no, .. }) = Identity::of(workbook) else {
        let is_held = |key| known.assignments.values().any(|held| held.id == key);
        return match Identity::is_claimed(workbook) {
            true => unknown("thông tin nhận dạng trong tệp bị thiếu hoặc hỏng"),
            false if own_sheet::keys(workbook).into_iter().any(is_held) => {
                unknown("tệp đã mất thông tin nhận dạng, thường do lưu bằng chương trình khác")
            }
            false => Origin::Elsewhere,
        };
    };
    if version != VERSION {
        return Origin::Doubtful(FindingCode::TemplateUnknown, version.to_string());
    }
    if unit_code != known.catalogue.sender.code {
        return Origin::Doubtful(FindingCode::SheetOfAnotherUnit, unit_code);
    }
    match on_record {
        Some(number) if number == event_no => Origin::Ours(event_no),
        Some(_) => unknown("số sự kiện trong tệp không phải của lần xuất bảng này"),
        None => unknown("hệ thống không có lần xuất bảng mà tệp ghi"),
    }
}

fn of_own_sheet(
    (workbook, tables): (&Workbook, &[Located]),
    known: &Known,
    base_event: i64,
    read: impl Fn(&Workbook) -> Result<Reading, Refusal>,
) -> Understood {
    let located = &tables[0];
    let tasks = known.by_assignment();
    let mut own = own_sheet::read(workbook, located, &tasks);
    let tabs = own_sheet::unread(workbook, (tables, &own), &tasks, |others| read(others).ok());
    own.findings.extend(tabs);
    let columns = located.columns.iter().map(|(column, at)| {
        let field = column.field().map(Field::as_str);
        json!({ "column": column_letters(*at), "header": column.heading(), "field": field })
    });
    let sheet = SheetTaken {
        name: workbook.sheets.get(located.sheet).map(|sheet| sheet.name.clone()).unwrap_or_default(),
        taken_for: "own_sheet".to_owned(),
        header_rows: vec![located.heading_row],
        columns: columns.collect(),
        layout: None,
        rows: own.claims.len(),
    };
    let claims = in_order(own.claims);
    Understood { sheets: vec![sheet], claims, findings: own.findings, base_event: Some(base_event) }
}

/// By ascending row: rows come back from the store in this order, and the hash of the plan must be the same then.
fn in_order(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by_key(|claim| claim.place.row);
    claims
}
