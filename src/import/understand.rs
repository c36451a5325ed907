//! A workbook as read becomes a reading: one function whose lines are the phases.

use chrono::Datelike;

use crate::domain::finding::{Finding, FindingCode};
use crate::domain::legacy_text::Encoding;
use crate::domain::refusal::Refusal;
use crate::sheet::annotation::unmarked;
use crate::sheet::cell::{Visibility, Workbook, column_letters};
use crate::sheet::column::Field;

use super::assemble::{Knowledge, table_reading};
use super::catalogue::Catalogue;
use super::duplicates;
use super::encoding::encodings;
use super::hints::Changed;
use super::letterhead::Letterhead;
use super::matching::Index;
use super::periods::{self, Dated};
use super::reading::{Reading, TableReading};
use super::recognise::cards::{Cards, cards};
use super::recognise::continued::continued;
use super::recognise::legend::Legend;
use super::recognise::transposed::tasks_in_columns;
use super::recognise::{Grid, Table, sheets, tables};
use super::rows::{Body, body};
use super::unread;

/// What a workbook says about the tasks of the catalogue.
///
/// # Errors
/// [`Refusal::NoTaskTable`] when no sheet holds a table of tasks with their progress; [`Refusal::TasksInColumns`] when a
/// sheet does, but each task in a column.
pub fn understand(workbook: &Workbook, catalogue: &Catalogue) -> Result<Reading, Refusal> {
    // A file that we marked and that comes back mended is read as if it had never been marked.
    let workbook = &*unmarked(workbook);
    let index = Index::new(catalogue);
    let (encodings, encoding) = encodings(workbook);
    let grids: Vec<Grid<'_>> = workbook
        .sheets
        .iter()
        .zip(encodings)
        .map(|(sheet, encodings)| Grid::new(sheet, encodings, workbook.date_1904))
        .collect();
    let grids = explained(grids);
    let tables = find_tables(&grids, &index);
    let forms = forms(&grids, &tables);
    let form_grids = form_grids(&forms, &grids);
    let mut found: Vec<Found<'_, '_>> = Vec::new();
    for (at, (grid, (tables, _))) in grids.iter().zip(&tables).enumerate() {
        found.extend(tables.iter().map(|table| Found { at, grid, table: table.clone(), cards: None }));
    }
    for ((at, grid), (_, cards)) in form_grids.iter().zip(&forms) {
        found.extend(cards.table(grid, &index).map(|table| Found {
            at: *at,
            grid,
            table,
            cards: Some(cards),
        }));
    }
    found.sort_by_key(|found| found.at);
    let bodies: Vec<Body<'_>> = found.iter().map(|found| body(found.grid, &index, &found.table)).collect();
    let letterhead = letterhead(&grids, &found, &bodies);
    let notice_day = catalogue.notices.first().map(|notice| notice.date);
    let reported_on = notice_day.and_then(|day| letterhead.reported_on(day));
    let knowledge = Knowledge { catalogue, index: &index, reported_on };
    let (mut readings, mut dated): (Vec<TableReading>, Vec<Dated>) = (Vec::new(), Vec::new());
    let mut silences: Vec<Finding> = Vec::new();
    for (found, body) in found.iter().zip(bodies).filter(|(_, body)| !body.tasks.is_empty()) {
        let mut reading = table_reading(found.grid, &knowledge, &found.table, body);
        silences.extend(unread::of(found.grid, &found.table, &reading));
        found.cards.into_iter().for_each(|cards| cards.put_back(&mut reading));
        readings.push(reading);
        let title = found.table.title.iter().map(|(_, line)| line.as_str());
        dated.push(Dated::of(title, &found.grid.sheet.name));
    }
    if readings.is_empty() {
        return Err(refusal(&grids));
    }
    note_beside(&mut readings);
    periods::note(&mut readings, &dated, knowledge.notice_day().year());
    duplicates::note(&mut readings);
    let mut findings = workbook_findings(catalogue, &letterhead, encoding);
    for found in &found {
        findings.extend(questions(found));
    }
    for silence in silences {
        if !findings.contains(&silence) {
            findings.push(silence);
        }
    }
    let ignored = passed_over(&grids, &tables, &found);
    Ok(Reading { encoding, tables: readings, sheets_ignored: ignored, findings })
}

/// The sheets, each with what the others say that short names, signs and colours mean.
fn explained(grids: Vec<Grid<'_>>) -> Vec<Grid<'_>> {
    if grids.len() < 2 {
        return grids;
    }
    let legends: Vec<Legend> = grids.iter().map(Legend::of_sheet).collect();
    let of_others = |own: usize| {
        let others = legends.iter().enumerate().filter(|(at, _)| *at != own);
        others.fold(Legend::default(), |all, (_, legend)| all.and(legend))
    };
    grids.into_iter().enumerate().map(|(at, grid)| grid.explained(of_others(at))).collect()
}

/// Says of tables with another one on their left in the same rows where they begin: a row of theirs is not named by its
/// number alone.
fn note_beside(readings: &mut [TableReading]) {
    let first = |table: &TableReading| table.columns.first().map(|column| column.column);
    let beside: Vec<Option<u32>> = readings
        .iter()
        .map(|table| {
            let on_the_left = readings.iter().any(|other| {
                other.sheet == table.sheet
                    && first(other) < first(table)
                    && other.first_row <= table.last_row
                    && table.first_row <= other.last_row
            });
            first(table).filter(|_| on_the_left)
        })
        .collect();
    for (table, beside) in readings.iter_mut().zip(beside) {
        table.beside = beside;
    }
}

/// Why nothing was read from any sheet.
fn refusal(grids: &[Grid<'_>]) -> Refusal {
    let shown = grids.iter().filter(|grid| grid.sheet.visibility == Visibility::Visible);
    if shown.into_iter().any(tasks_in_columns) { Refusal::TasksInColumns } else { Refusal::NoTaskTable }
}

/// The sheets that nothing was read from, with what they are taken for.
fn passed_over(
    grids: &[Grid<'_>],
    tables: &[(Vec<Table>, bool)],
    found: &[Found<'_, '_>],
) -> Vec<(String, String)> {
    let unread = grids.iter().enumerate().filter(|(at, _)| found.iter().all(|found| found.at != *at));
    unread
        .map(|(at, grid)| (grid.sheet.name.clone(), sheets::taken_for(grid, tables[at].1).to_owned()))
        .collect()
}

/// A table with the sheet it stands on; `cards` when it was made of forms.
struct Found<'g, 'a> {
    at: usize,
    grid: &'g Grid<'a>,
    table: Table,
    cards: Option<&'g Cards>,
}

/// What a person is asked about the columns of a table: those of a table without headings, unless it is laid out as one
/// that was committed before, and headings that have changed since then.
fn questions(found: &Found<'_, '_>) -> Vec<Finding> {
    let (sheet, columns) = (&found.grid.sheet.name, &found.table.columns);
    let mut findings = Vec::new();
    if found.table.headless && !columns.as_remembered() {
        findings.push(Finding::of_workbook(FindingCode::HeadingMissing, sheet.clone()));
    }
    if found.table.unheard && !columns.as_remembered() {
        findings.push(Finding::of_workbook(FindingCode::HeadingUnknown, sheet.clone()));
    }
    if !columns.as_remembered() {
        let asked = |column: &u32| columns.doubts.iter().any(|doubt| doubt.column == *column);
        let overruled = columns.overruled.iter().filter(|column| !columns.by_cells.contains(column));
        let told = columns.by_cells.iter().chain(overruled).filter(|column| !asked(column));
        findings.extend(told.filter_map(|column| by_cells(found, *column)));
    }
    if !columns.contested.is_empty() && !columns.as_remembered() {
        let named: Vec<String> = columns.contested.iter().map(|column| column_letters(*column)).collect();
        let detail = format!("trang “{sheet}”, các cột {}", named.join(", "));
        let code = FindingCode::DeadlineColumnUnsure;
        findings.push(Finding { sheet: Some(sheet.clone()), ..Finding::of_workbook(code, detail) });
    }
    for Changed { column, heading, before, meaning } in &columns.doubts {
        let letters = column_letters(*column);
        let detail =
            format!("cột {letters} trước đây là “{before}” ({}), nay là “{heading}”", meaning.label());
        let code = FindingCode::LayoutHeadingChanged;
        findings.push(Finding {
            sheet: Some(sheet.clone()),
            column: Some(*column),
            ..Finding::of_workbook(code, detail)
        });
    }
    findings
}

/// What is said of a column that was told by its cells. A deadline told by its shape alone is asked about.
fn by_cells(found: &Found<'_, '_>, column: u32) -> Option<Finding> {
    let columns = &found.table.columns;
    let reading = columns.readings.iter().find(|reading| reading.column == column)?;
    let sheet = &found.grid.sheet.name;
    if reading.field == Some(Field::Deadline) {
        return Some(Finding::of_workbook(FindingCode::HeadingUnknown, sheet.clone()));
    }
    let detail = format!(
        "cột {} “{}” ({})",
        column_letters(column),
        reading.header,
        columns.meaning_of(column).label()
    );
    let overruled = columns.overruled.contains(&column);
    let code = if overruled { FindingCode::ColumnOverruled } else { FindingCode::ColumnByCells };
    Some(Finding { sheet: Some(sheet.clone()), column: Some(column), ..Finding::of_workbook(code, detail) })
}

/// The tables of each sheet, and whether the sheet counts tasks. Hidden sheets count only when no sheet that is shown
/// has a table: they hold lists and last quarter's copies.
fn find_tables(grids: &[Grid<'_>], index: &Index<'_>) -> Vec<(Vec<Table>, bool)> {
    let mut all: Vec<(Vec<Table>, bool)> = grids.iter().map(|grid| tables(grid, index)).collect();
    let shown = |grid: &Grid<'_>| grid.sheet.visibility == Visibility::Visible;
    if grids.iter().zip(&all).any(|(grid, (tables, _))| shown(grid) && !tables.is_empty()) {
        for (grid, (tables, _)) in grids.iter().zip(&mut all) {
            if !shown(grid) {
                tables.clear();
            }
        }
    }
    go_on(grids, index, &mut all);
    all
}

/// Sheets without a heading of their own go on with the table of the sheet before, where they do.
fn go_on(grids: &[Grid<'_>], index: &Index<'_>, all: &mut [(Vec<Table>, bool)]) {
    let mut before: Option<(usize, Table)> = None;
    for (at, grid) in grids.iter().enumerate() {
        let bare = matches!(all[at].0.as_slice(), [] | [Table { headless: true, .. }]) && !all[at].1;
        if let Some((above, table)) = before.as_ref().filter(|_| bare && !grid.sheet.rows.is_empty()) {
            let shown = grid.sheet.visibility == grids[*above].sheet.visibility;
            let rest = continued((grid, index), (&grids[*above], table), all[at].0.first()).filter(|_| shown);
            all[at].0 = rest.map_or_else(|| std::mem::take(&mut all[at].0), |rest| vec![rest]);
        }
        if let Some(last) = all[at].0.last() {
            before = Some((at, last.clone()));
        }
    }
}

/// The tables that forms stand for, as sheets.
fn form_grids<'c>(forms: &'c [(usize, Cards)], grids: &[Grid<'_>]) -> Vec<(usize, Grid<'c>)> {
    let grid = |(at, cards): &'c (usize, Cards)| {
        let real = &grids[*at];
        let grid = Grid::new(&cards.sheet, real.one_encoding(), real.date_1904);
        (*at, grid.explained(real.elsewhere().clone()))
    };
    forms.iter().map(grid).collect()
}

/// Forms with one task each, on the shown sheets that have no table.
fn forms(grids: &[Grid<'_>], tables: &[(Vec<Table>, bool)]) -> Vec<(usize, Cards)> {
    let candidates = grids.iter().zip(tables).enumerate();
    candidates
        .filter(|(_, (grid, (tables, _)))| tables.is_empty() && grid.sheet.visibility == Visibility::Visible)
        .filter_map(|(at, (grid, _))| cards(grid).map(|cards| (at, cards)))
        .collect()
}

/// Lines above a heading that are looked at for the sender.
const LINES_ABOVE: usize = 14;

fn letterhead(grids: &[Grid<'_>], found: &[Found<'_, '_>], bodies: &[Body<'_>]) -> Letterhead {
    let mut letterhead = Letterhead::default();
    for (found, body) in found.iter().zip(bodies) {
        let grid = &grids[found.at];
        let top = match found.cards {
            Some(_) => u32::MAX,
            None => found.table.header_rows.first().copied().unwrap_or(0),
        };
        let upto = grid.sheet.rows.partition_point(|row| row.number < top);
        let cells = grid.sheet.rows[..upto].iter().take(LINES_ABOVE).flat_map(|row| &row.cells);
        let above: Vec<_> = cells.filter_map(|cell| grid.text(cell)).collect();
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
