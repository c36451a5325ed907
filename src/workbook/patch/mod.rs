//! Patching parts of a package: the sender's own .xlsx with notes, fills and a sheet of findings, every part that is
//! not concerned left byte for byte as it was. Never reads cell values and never decides what is wrong.

mod findings_sheet;
mod notes;
mod package;
pub mod paper;
mod part;
mod sheet_part;
mod styles;
mod workbook_part;

use std::collections::BTreeMap;

use crate::domain::finding::Severity;
use crate::domain::refusal::Refusal;
use package::Package;
use styles::Styles;

pub use findings_sheet::{SHEET_NAME, SIGNATURE};
pub use notes::AUTHOR;

/// One finding to be shown in the sender's workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Name of the sheet; `None` for a finding about the whole workbook (listed, no cell marked).
    pub sheet: Option<String>,
    /// 0-based row and column of the cell.
    pub cell: Option<(u32, u32)>,
    /// How much it matters; decides the fill.
    pub severity: Severity,
    /// Stable code.
    pub code: String,
    /// What is wrong, in Vietnamese.
    pub sentence: String,
    /// What to do, in Vietnamese.
    pub remedy: String,
}

/// The marks of one cell together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CellMarks {
    severity: Severity,
    text: String,
}

/// Marks of one sheet by 0-based row and column.
type SheetMarks = BTreeMap<(u32, u32), CellMarks>;

/// The sender's .xlsx or .xlsm with every mark as a note and a fill on its cell, and a first sheet that lists them all.
/// Marks on sheets that do not exist are listed without a link.
///
/// # Errors
/// `FileDamaged` when the package is not a workbook of Office Open XML that can be patched.
pub fn annotate(original: &[u8], marks: &[Mark]) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(original)?;
    let workbook = workbook_part::Book::of(&mut package)?;
    let mut styles = Styles::of(&mut package, &workbook)?;
    for (name, part) in &workbook.sheets {
        let marks = of_sheet(marks, name);
        if !marks.is_empty() {
            sheet_part::mark(&mut package, part, &marks, &mut styles)?;
        }
    }
    let list = findings_sheet::compose(marks, &workbook, &mut styles);
    workbook_part::insert_first(&mut package, &workbook, list)?;
    styles.store(&mut package)?;
    package.save()
}

fn of_sheet(marks: &[Mark], name: &str) -> SheetMarks {
    let mut cells = SheetMarks::new();
    for mark in marks.iter().filter(|mark| mark.sheet.as_deref() == Some(name)) {
        let Some(place) = mark.cell else { continue };
        let text = format!("{} {}", mark.sentence, mark.remedy);
        cells
            .entry(place)
            .and_modify(|cell| {
                cell.severity = cell.severity.max(mark.severity);
                cell.text.push('\n');
                cell.text.push_str(&text);
            })
            .or_insert(CellMarks { severity: mark.severity, text });
    }
    cells
}
