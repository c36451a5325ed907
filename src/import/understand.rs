//! A workbook as read becomes a reading: one function whose lines are the phases.

use crate::domain::finding::{Finding, FindingCode};
use crate::domain::legacy_text::Encoding;
use crate::domain::refusal::Refusal;
use crate::sheet::cell::{Visibility, Workbook};

use super::assemble::{Knowledge, table_reading};
use super::catalogue::Catalogue;
use super::duplicates;
use super::encoding::encodings;
use super::letterhead::Letterhead;
use super::matching::Index;
use super::reading::Reading;
use super::recognise::{Grid, Table, sheets, tables};
use super::rows::{Body, body};

/// What a workbook says about the tasks of the catalogue.
///
/// # Errors
/// [`Refusal::NoTaskTable`] when no sheet holds a table of tasks with their progress.
pub fn understand(workbook: &Workbook, catalogue: &Catalogue) -> Result<Reading, Refusal> {
    let index = Index::new(catalogue);
    let (encodings, encoding) = encodings(workbook);
    let grids: Vec<Grid<'_>> = workbook
        .sheets
        .iter()
        .zip(encodings)
        .map(|(sheet, encodings)| Grid::new(sheet, encodings, workbook.date_1904))
        .collect();
    let (found, ignored) = find_tables(&grids, &index);
    if found.is_empty() {
        return Err(Refusal::NoTaskTable);
    }
    let bodies: Vec<Body> = found.iter().map(|(grid, table)| body(grid, &index, table)).collect();
    let letterhead = letterhead(&found, &bodies);
    let notice_day = catalogue.notices.first().map(|notice| notice.date);
    let reported_on = notice_day.and_then(|day| letterhead.reported_on(day));
    let knowledge = Knowledge { catalogue, index: &index, reported_on };
    let mut readings: Vec<_> = found
        .iter()
        .zip(bodies)
        .filter(|(_, body)| !body.tasks.is_empty())
        .map(|((grid, table), body)| table_reading(grid, &knowledge, table, body))
        .collect();
    if readings.is_empty() {
        return Err(Refusal::NoTaskTable);
    }
    duplicates::note(&mut readings);
    let findings = workbook_findings(catalogue, &letterhead, encoding);
    Ok(Reading { encoding, tables: readings, sheets_ignored: ignored, findings })
}

/// The tables of all sheets, and the sheets without one. Hidden sheets count only when no sheet that is shown has a
/// table: they hold lists and last quarter's copies.
fn find_tables<'g, 'a>(
    grids: &'g [Grid<'a>],
    index: &Index<'_>,
) -> (Vec<(&'g Grid<'a>, Table)>, Vec<(String, String)>) {
    let mut all: Vec<(&Grid<'a>, Vec<Table>, bool)> = grids
        .iter()
        .map(|grid| {
            let (tables, summary) = tables(grid, index);
            (grid, tables, summary)
        })
        .collect();
    let shown = |grid: &Grid<'_>| grid.sheet.visibility == Visibility::Visible;
    if all.iter().any(|(grid, tables, _)| shown(grid) && !tables.is_empty()) {
        all.iter_mut().filter(|(grid, _, _)| !shown(grid)).for_each(|(_, tables, _)| tables.clear());
    }
    let ignored = all
        .iter()
        .filter(|(_, tables, _)| tables.is_empty())
        .map(|(grid, _, summary)| (grid.sheet.name.clone(), sheets::taken_for(grid, *summary).to_owned()))
        .collect();
    let found = all
        .into_iter()
        .flat_map(|(grid, tables, _)| tables.into_iter().map(move |table| (grid, table)))
        .collect();
    (found, ignored)
}

/// Lines above a heading that are looked at for the sender.
const LINES_ABOVE: usize = 14;

fn letterhead(found: &[(&Grid<'_>, Table)], bodies: &[Body]) -> Letterhead {
    let mut letterhead = Letterhead::default();
    for ((grid, table), body) in found.iter().zip(bodies) {
        let top = table.header_rows.first().copied().unwrap_or(0);
        let upto = grid.sheet.rows.partition_point(|row| row.number < top);
        let above = grid.sheet.rows[..upto]
            .iter()
            .take(LINES_ABOVE)
            .flat_map(|row| &row.cells)
            .filter_map(|cell| grid.text(cell));
        let above: Vec<_> = above.collect();
        letterhead.take(above.iter().map(AsRef::as_ref));
        letterhead.take(body.tail.iter().map(String::as_str));
    }
    letterhead
}

fn workbook_findings(catalogue: &Catalogue, letterhead: &Letterhead, encoding: Encoding) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(own) = &catalogue.sender.province {
        for (place, line) in &letterhead.provinces {
            if place.code() != catalogue.sender.code {
                let detail = format!("“{line}” là {}, còn nơi gửi là {own}", place.name());
                findings.push(Finding::of_workbook(FindingCode::ProvinceMismatch, detail));
            }
        }
    }
    match encoding {
        Encoding::Unicode => {}
        Encoding::Tcvn3 => findings.push(Finding::of_workbook(FindingCode::LegacyEncoding, "TCVN3 (ABC)")),
        Encoding::Vni => findings.push(Finding::of_workbook(FindingCode::LegacyEncoding, "VNI")),
    }
    findings
}
