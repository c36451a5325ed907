//! .xls of every Excel. Since Excel 97 (BIFF8, in an OLE compound file) the values come from calamine; a pass of our own
//! over the same records (`biff`) tells first whether it is safe to ask for them, and then what calamine does not: number
//! formats, fonts, hidden rows and columns, and where formulas stand. What is older (`old`) is read by ourselves.

mod biff;
mod compound;
mod old;
mod records;

use std::io::Cursor;

use calamine::{Data, DataType, Range as Cells, Reader as _, SheetType, SheetVisible, Xls, XlsError};

use crate::domain::refusal::Refusal;
use crate::sheet::cell::{Format, Range, Visibility};
use crate::workbook::event::{Event, Head, Listener, Place, Seen};
use crate::workbook::limits;
use biff::{Globals, SheetPass};
use compound::Compound;
use records::{Records, Version};

/// Reads records that lie in no compound file, as Excel 2 to 4 wrote them and small programs still do.
///
/// # Errors
/// `OldFormat` for charts, macros and what is not as old as it looks; `PasswordProtected`, `FileTruncated`, `FileDamaged`,
/// `SheetTooLarge`.
pub fn read_records(bytes: &[u8], to: &mut dyn Listener) -> Result<(), Refusal> {
    match version(bytes)? {
        Version::Eight => Err(Refusal::OldFormat),
        Version::Two | Version::Three | Version::Four | Version::Five => old::read(bytes, to),
    }
}

/// Reads the workbook in a compound file.
///
/// # Errors
/// `PasswordProtected`, also for an encrypted .xlsx, which is stored this way; `NotAWorkbook` for other compound files;
/// `OldFormat` for charts and macros of old versions; `FileTruncated`, `FileDamaged`, `SheetTooLarge`.
pub fn read(bytes: &[u8], to: &mut dyn Listener) -> Result<(), Refusal> {
    let compound = Compound::open(bytes)?;
    if compound.has("EncryptedPackage") || compound.has("EncryptionInfo") {
        return Err(Refusal::PasswordProtected);
    }
    let stream = match compound.stream("Workbook")? {
        Some(stream) => stream,
        None => compound.stream("Book")?.ok_or_else(|| compound.lacks())?,
    };
    match version(&stream.bytes)? {
        Version::Eight => read_modern(bytes, &stream, to),
        Version::Two | Version::Three | Version::Four | Version::Five => old::read(&stream.bytes, to),
    }
}

/// The version that the first record tells.
fn version(stream: &[u8]) -> Result<Version, Refusal> {
    let first = Records::new(stream).next_record()?;
    let (kind, _, body) = first.ok_or(Refusal::FileTruncated)?;
    records::version(kind, body)
}

fn read_modern(bytes: &[u8], stream: &compound::Stream, to: &mut dyn Listener) -> Result<(), Refusal> {
    let globals = Globals::read(&stream.bytes)?;
    let mut passes = Vec::new();
    let mut mended = bytes.to_vec();
    for start in &globals.sheets {
        let pass = SheetPass::read(stream.bytes.get(*start..).ok_or(Refusal::FileTruncated)?)?;
        // calamine reserves memory for the dimensions that a sheet claims, which count formatted empty cells down to
        // the last row; here they are made to say what is there.
        for (at, length) in &pass.dimensions {
            mend_dimensions(&mut mended, stream, (start + at, *length), pass.area);
        }
        passes.push(pass);
    }
    let mut xls = Xls::new(Cursor::new(mended)).map_err(|error| refusal(&error))?;
    let properties = xls.workbook_properties().map(|found| found.custom_properties).unwrap_or_default();
    let mut properties: Vec<_> = properties.into_iter().take(limits::MAX_PROPERTIES).collect();
    properties.sort();
    to.take(Event::Workbook(Head {
        format: Format::Xls,
        date_1904: xls.has_1904_epoch(),
        properties,
        formats: globals.looks.formats.clone(),
        fonts: globals.looks.fonts.clone(),
    }))?;
    let sheets = xls.sheets_metadata().to_vec();
    for (sheet, mut pass) in sheets.into_iter().zip(passes) {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let visibility = match sheet.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
        };
        to.take(Event::Sheet { name: &sheet.name, visibility })?;
        let cells = xls.worksheet_range(&sheet.name).map_err(|error| refusal(&error))?;
        tell(&globals, &pass, &cells, to)?;
        for merge in xls.merge_cells_by_sheet_name(&sheet.name).map_err(|error| refusal(&error))? {
            let ((top, left), (bottom, right)) = (merge.start, merge.end);
            pass.margins.merges.push(Range { top, left, bottom, right });
        }
        to.take(Event::Margins(pass.margins))?;
    }
    Ok(())
}

/// Tells of the cells in the order of their records: the place and look from the pass, the value from calamine.
fn tell(
    globals: &Globals,
    pass: &SheetPass,
    cells: &Cells<Data>,
    to: &mut dyn Listener,
) -> Result<(), Refusal> {
    for cell in &pass.cells {
        let style = globals.looks.get(usize::from(cell.style));
        let (row, column) = (u32::from(cell.row), u32::from(cell.column));
        let place = Place { row, column, format: style.format, font: style.font, formula: cell.formula };
        let error;
        let seen = match cells.get_value((row, column)) {
            None | Some(Data::Empty) => Seen::Empty,
            Some(Data::String(text)) => Seen::Text(text),
            Some(Data::Bool(value)) => Seen::Bool(*value),
            Some(Data::Error(kind)) => {
                error = kind.to_string();
                Seen::Error(&error)
            }
            Some(Data::DateTime(date)) => Seen::Number(date.as_f64()),
            Some(value) => {
                value.as_f64().filter(|number| number.is_finite()).map_or(Seen::Empty, Seen::Number)
            }
        };
        match seen {
            Seen::Empty | Seen::Text("") if !cell.formula => {}
            _ => to.take(Event::Cell(place, seen))?,
        }
    }
    Ok(())
}

/// Writes the true dimensions over those that the sheet claims ([MS-XLS] 2.4.90), byte by byte, since a record may lie
/// across sectors. Some programs write 10 bytes, with row numbers of two bytes instead of four.
fn mend_dimensions(
    file: &mut [u8],
    stream: &compound::Stream,
    (at, length): (usize, usize),
    area: biff::Area,
) {
    let biff::Area { top, left, bottom, right } = area;
    let bounds = [top, bottom.saturating_add(1), left, right.saturating_add(1)];
    let rows_and_columns = bounds.into_iter().enumerate().flat_map(|(index, bound)| {
        let filler = if index < 2 && length > 10 { 2 } else { 0 };
        bound.to_le_bytes().into_iter().chain(std::iter::repeat_n(0, filler))
    });
    for (offset, byte) in (at..at + length).zip(rows_and_columns) {
        if let Some(place) = stream.place(offset).and_then(|place| file.get_mut(place)) {
            *place = byte;
        }
    }
}

fn refusal(error: &XlsError) -> Refusal {
    match error {
        XlsError::Password => Refusal::PasswordProtected,
        // Everything else that calamine may say means that the file does not keep to its format.
        _ => Refusal::FileDamaged,
    }
}
