//! What stands on the other tabs of a workbook with our own sheet and is not read: a filled copy of the table, or a table
//! of tasks of the sender's own.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::{Keyed, Located, OwnSheet, read};
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::Part;
use crate::import::claim::{Claim, Said};
use crate::import::reading::{Decision, Reading, RowKind};
use crate::sheet::cell::{Sheet, Visibility, Workbook};
use crate::sheet::template::INSTRUCTIONS;

/// A finding for each tab that is shown and speaks of tasks. `foreign` reads tables that are none of ours.
pub fn unread(
    workbook: &Workbook,
    (tables, own): (&[Located], &OwnSheet),
    tasks: &HashMap<Uuid, Keyed>,
    foreign: impl FnOnce(&Workbook) -> Option<Reading>,
) -> Vec<Finding> {
    let shown = |table: &&Located| workbook.sheets[table.sheet].visibility == Visibility::Visible;
    let copies = tables.iter().skip(1).filter(shown);
    let copies =
        copies.filter(|table| says_more(&read(workbook, table, tasks), own)).map(|table| table.sheet);
    let mut named: Vec<String> = copies.map(|index| workbook.sheets[index].name.clone()).collect();
    let others = workbook.sheets.iter().enumerate().filter(|(index, sheet)| {
        tables.iter().all(|table| table.sheet != *index)
            && sheet.visibility == Visibility::Visible
            && !is_instructions(sheet)
            && !sheet.rows.is_empty()
    });
    let others: Vec<Sheet> = others.map(|(_, sheet)| sheet.clone()).collect();
    if !others.is_empty() {
        let reading = foreign(&Workbook { sheets: others, properties: Vec::new(), ..*workbook });
        let tables = reading.into_iter().flat_map(|reading| reading.tables);
        let speaks = tables.filter(|table| {
            table
                .rows
                .iter()
                .any(|row| row.kind != RowKind::Heading && row.matched.decision != Decision::None)
        });
        named.extend(speaks.map(|table| table.sheet));
        named.dedup();
    }
    named
        .into_iter()
        .map(|name| Finding {
            sheet: Some(name.clone()),
            ..Finding::of_workbook(FindingCode::SheetNotRead, format!("“{name}”"))
        })
        .collect()
}

/// Our own page of instructions, as long as nobody has put a table there.
fn is_instructions(sheet: &Sheet) -> bool {
    sheet.name == INSTRUCTIONS && sheet.rows.iter().all(|row| row.cells.len() <= 2)
}

/// Whether a copy says anything that the sheet that counts does not say.
fn says_more(copy: &OwnSheet, own: &OwnSheet) -> bool {
    let said: BTreeMap<&str, &Claim> =
        own.claims.iter().filter_map(|claim| Some((claim.task.as_deref()?, claim))).collect();
    copy.claims.iter().any(|claim| {
        let same = claim.task.as_deref().and_then(|task| said.get(task));
        same.is_none_or(|same| {
            Part::ALL.into_iter().any(|part| !Said::agree([claim, same].map(|claim| claim.says.get(&part))))
        })
    })
}
