//! What a table says that is not read, said aloud: columns that are left out although their headings are plain, and colours
//! that nothing explains.

use std::collections::BTreeSet;

use crate::domain::finding::{Finding, FindingCode};
use crate::sheet::cell::column_letters;
use crate::sheet::column::Field;

use super::reading::{RowKind, TableReading};
use super::recognise::unread::{Unread, Why};
use super::recognise::{Grid, Table};

/// The findings about a table.
pub(super) fn of(grid: &Grid<'_>, table: &Table, reading: &TableReading) -> Vec<Finding> {
    let sheet = &grid.sheet.name;
    let mut findings: Vec<Finding> =
        table.columns.unread.iter().map(|unread| of_column(sheet, table, unread)).collect();
    if rows_by_colour(grid, table, reading) {
        findings.push(Finding {
            sheet: Some(sheet.clone()),
            ..Finding::of_workbook(FindingCode::RowsByColour, sheet.clone())
        });
    }
    findings
}

fn of_column(sheet: &str, table: &Table, unread: &Unread) -> Finding {
    let Unread { column, heading, field, why } = unread;
    let label = field.map_or("", |field| field.label());
    let (code, detail) = match why {
        Why::Unknown => {
            let detail = format!(
                "cột {} “{heading}”, vì tiêu đề và các ô không nói rõ cột là gì",
                column_letters(*column)
            );
            (FindingCode::ColumnNotRead, detail)
        }
        Why::Cells(kinds) => {
            let detail = format!("cột {} “{heading}” là {label}, nhưng {kinds}", column_letters(*column));
            (FindingCode::ColumnContradicted, detail)
        }
        Why::Taken(read) => {
            let columns = &table.columns.readings;
            let heading_of =
                columns.iter().find(|known| known.column == *read).map_or("", |known| &known.header);
            let detail = format!(
                "cột {} “{heading}”, vì cột {} “{heading_of}” đã là {}",
                column_letters(*column),
                column_letters(*read),
                label
            );
            (FindingCode::ColumnNotRead, detail)
        }
    };
    Finding { sheet: Some(sheet.to_owned()), column: Some(*column), ..Finding::of_workbook(code, detail) }
}

/// Whether tasks differ in the colour behind them while nothing says how far they are. Bands that only help the eye take
/// turns from row to row; a parent may be set off from its parts.
fn rows_by_colour(grid: &Grid<'_>, table: &Table, reading: &TableReading) -> bool {
    let columns = &table.columns;
    let explained = columns.legend.names_colours() || !columns.marks.is_empty();
    if grid.sheet.fills.is_empty() || explained || columns.fields.contains_key(&Field::Status) {
        return false;
    }
    let at = [Field::Content, Field::Stt].into_iter().find_map(|field| columns.fields.get(&field));
    let Some(at) = at else { return false };
    let tasks = reading.rows.iter().filter(|row| row.kind == RowKind::Task && row.status.value.is_none());
    let colours: Vec<_> = tasks.map(|row| grid.fill(row.row, *at)).collect();
    let different: BTreeSet<_> = colours.iter().collect();
    let bands =
        different.len() == 2 && colours.windows(2).all(|pair| pair[0] != pair[1]) && colours.len() > 2;
    different.len() > 1 && !bands
}
