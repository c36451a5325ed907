//! .xls of Excel 2 to 95 (BIFF2 to BIFF5), with or without a compound file around it. Small programs write such files to
//! this day: a BOF record, numbers and labels, an EOF. Layouts of records: "OpenOffice.org's Documentation of the Microsoft
//! Excel File Format", chapters 5 and 6. Read by ourselves, because calamine knows none before Excel 5, takes code pages
//! that it does not know for damage, and cannot be told what fonts say about a text.

mod book;
mod cells;
mod text;

use crate::domain::refusal::Refusal;
use crate::sheet::cell::Format;
use crate::workbook::event::{Event, Head, Listener};
use book::Book;

/// Reads the workbook, or the one sheet that older files hold.
///
/// # Errors
/// `OldFormat` when there is no sheet of cells; `PasswordProtected`; `FileTruncated` when the last record of a part is
/// missing; `FileDamaged` for records that are too short.
pub(super) fn read(stream: &[u8], to: &mut dyn Listener) -> Result<(), Refusal> {
    let book = Book::read(stream)?;
    to.take(Event::Workbook(Head {
        format: Format::Xls,
        date_1904: book.date_1904,
        properties: Vec::new(),
        formats: book.looks.formats.clone(),
        fonts: book.looks.fonts.clone(),
    }))?;
    for sheet in &book.sheets {
        to.take(Event::Sheet { name: &sheet.name, visibility: sheet.visibility })?;
        cells::read(&book, sheet, to)?;
    }
    Ok(())
}
