//! Patching parts of a package: the sender's own .xlsx with notes, fills and a sheet of findings, every part that is
//! not concerned left byte for byte as it was. Never reads cell values and never decides what is wrong.

mod book;
mod comments;
mod fills;
mod findings_sheet;
mod head;
mod looks;
mod notes;
mod package;
pub mod paper;
mod part;
mod relations;
mod shapes;
mod sheet_part;
mod styles;
mod survey;
mod words;

use std::collections::BTreeMap;

use crate::domain::finding::Severity;
use crate::domain::refusal::Refusal;
use book::Book;
use package::Package;
use styles::Styles;

/// One finding to be shown in the sender's workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Name of the sheet; `None` for a finding about the whole workbook (listed, no cell marked).
    pub sheet: Option<String>,
    /// 0-based row.
    pub row: Option<u32>,
    /// 0-based column; `None` for a finding about the whole row, which is shown at its first cell.
    pub column: Option<u32>,
    /// How much it matters; decides the fill.
    pub severity: Severity,
    /// Stable code.
    pub code: String,
    /// What is wrong, in Vietnamese.
    pub sentence: String,
    /// What to do, in Vietnamese.
    pub remedy: String,
}

/// A mark with the cell that shows it: for a whole row its first cell, for a merged block its first one.
struct Placed<'a> {
    mark: &'a Mark,
    cell: Option<(u32, u32)>,
}

/// The marks of one cell together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CellMarks {
    severity: Severity,
    text: String,
}

/// Marks of one sheet by 0-based row and column.
type SheetMarks = BTreeMap<(u32, u32), CellMarks>;

/// The most characters of a note; longer words are in the list.
const LONGEST_NOTE: usize = 2_000;

/// The sender's .xlsx or .xlsm with every mark as a note and a fill on its cell, and a first sheet that lists them all
/// below the words of `intro`. Marks on sheets that do not exist are listed without a link. Marks of ours that the file
/// brings along are taken away first.
///
/// # Errors
/// `FileDamaged` when the package is not a workbook of Office Open XML that can be patched.
pub fn annotate(original: &[u8], marks: &[Mark], intro: &[String]) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(original)?;
    let mut book = Book::of(&mut package)?;
    let mut styles = Styles::of(&mut package, &mut book)?;
    let mut placed: Vec<Placed<'_>> = marks.iter().map(|mark| Placed { mark, cell: None }).collect();
    let mut changing = Vec::new();
    for sheet in &book.sheets {
        survey::place(&package.get(&sheet.part)?, &sheet.name, &mut placed)?;
        let marks = of_sheet(&placed, &sheet.name);
        let marked = !marks.is_empty()
            || notes::any_ours(&mut package, &sheet.part)?
            || styles.any_marked() && sheet_part::is_marked(&package.get(&sheet.part)?, &styles)?;
        if marked {
            changing.push((sheet.part.as_str(), marks));
        }
    }
    let parts: Vec<&str> = changing.iter().map(|(part, _)| *part).collect();
    let opens_ours = book.may_open_ours(&parts);
    for (part, marks) in &changing {
        sheet_part::mark(&mut package, (part, book.flavour), marks, (&mut styles, opens_ours))?;
    }
    let mut intro = intro.to_vec();
    if package.is_signed() {
        intro.push(SIGNED.to_owned());
    }
    let list = findings_sheet::compose(&placed, &book, &mut styles, (&intro, opens_ours));
    book.insert_first(&mut package, list, opens_ours)?;
    styles.store(&mut package)?;
    package.save()
}

/// Whether the file is a package with a workbook of Office Open XML whose sheets are XML (.xlsx, .xlsm; not .xlsb).
pub fn is_patchable(bytes: &[u8]) -> bool {
    let book = Package::open(bytes).and_then(|mut package| Book::of(&mut package));
    book.is_ok_and(|book| book.part.ends_with(".xml") && !book.sheets.is_empty())
}

/// Whether the package says that it may hold macros; Excel opens it only under a name that ends in .xlsm.
pub fn has_macros(bytes: &[u8]) -> bool {
    let kinds = Package::open(bytes).and_then(|mut package| package.get("[Content_Types].xml"));
    kinds.is_ok_and(|kinds| kinds.contains(".macroEnabled.main+xml"))
}

const SIGNED: &str = "Tệp gốc có chữ ký số. Bản đánh dấu này đã khác tệp được ký nên chữ ký không còn hợp lệ; tệp gốc vẫn được giữ \
     nguyên trong hệ thống.";

fn of_sheet(placed: &[Placed<'_>], name: &str) -> SheetMarks {
    let mut cells = SheetMarks::new();
    for Placed { mark, cell } in placed.iter().filter(|placed| placed.mark.sheet.as_deref() == Some(name)) {
        let Some(place) = *cell else { continue };
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
    for cell in cells.values_mut() {
        cell.text = part::shortened(&cell.text, LONGEST_NOTE);
    }
    cells
}
