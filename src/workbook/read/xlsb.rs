//! .xlsb: the parts of an .xlsx as binary records ([MS-XLSB] 2.1.4), read in one pass by our own reader. calamine tells
//! dates but not percentages, and drops cells whose formula shows an error.

use std::collections::HashMap;

use super::error_value::error_value;
use super::xlsx::part::{self, Entry, Outline};
use super::xlsx::style::{Styles, builtin};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::{Format, Range, Visibility};
use crate::workbook::event::{Event, Head, Listener, Margins, Place, Seen};
use crate::workbook::limits;
use crate::workbook::preflight::package::Package;

/// Whether the package is an Office Open XML workbook with binary parts.
///
/// # Errors
/// When the package relations cannot be read.
pub fn is_xlsb(package: &mut Package<'_>) -> Result<bool, Refusal> {
    Ok(part::workbook_part(package)?.is_some_and(|name| name.ends_with(".bin") && package.has(&name)))
}

/// Reads the workbook.
///
/// # Errors
/// The refusal that fits.
pub fn read(package: &mut Package<'_>, to: &mut dyn Listener) -> Result<(), Refusal> {
    let name = part::workbook_part(package)?.ok_or(Refusal::NotAWorkbook)?;
    let outline = outline(package, &name)?;
    let part = |package: &mut Package<'_>, name: &Option<String>| match name {
        Some(name) => package.bytes(name).map(Option::unwrap_or_default),
        None => Ok(Vec::new()),
    };
    let styles = styles(&part(package, &outline.styles)?)?;
    let strings = strings(&part(package, &outline.strings)?)?;
    to.take(Event::Workbook(Head {
        format: Format::Xlsb,
        date_1904: outline.date_1904,
        properties: part::properties(package)?,
        formats: styles.formats.clone(),
        fonts: styles.fonts.clone(),
    }))?;
    for entry in &outline.sheets {
        let bytes = package.bytes(&entry.part)?.ok_or(Refusal::FileDamaged)?;
        to.take(Event::Sheet { name: &entry.name, visibility: entry.visibility })?;
        let margins = sheet(&bytes, &styles, &strings, to)?;
        to.take(Event::Margins(margins))?;
    }
    Ok(())
}

const ROW: u32 = 0;
const FORMULA_ERROR: u32 = 11;
const RICH_TEXT: u32 = 62;
const SHARED: u32 = 19;
const FONT: u32 = 43;
const CODE: u32 = 44;
const STYLE: u32 = 47;
const COLUMN: u32 = 60;
const WORKBOOK: u32 = 153;
const BUNDLE: u32 = 156;
const MERGE: u32 = 176;
const BEGIN_STYLES: u32 = 617;
const END_STYLES: u32 = 618;
const END_CELLS: u32 = 146;

/// A part, record by record.
struct Records<'a>(&'a [u8]);

/// The body of a record, taken from the front; too few bytes are a damaged file.
struct Body<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// The next record: its number (two bytes at most) and body (length in four bytes at most, seven bits each).
    fn next_record(&mut self) -> Result<Option<(u32, Body<'a>)>, Refusal> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let mut head = Body(self.0);
        let kind = head.compressed(2)?;
        let length = head.compressed(4)?;
        let body = head.take(usize::try_from(length).unwrap_or(usize::MAX)).ok_or(Refusal::FileTruncated)?;
        self.0 = head.0;
        Ok(Some((kind, Body(body))))
    }
}

impl<'a> Body<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (array, rest) = self.0.split_first_chunk().ok_or(Refusal::FileDamaged)?;
        self.0 = rest;
        Ok(*array)
    }

    fn u8(&mut self) -> Result<u8, Refusal> {
        self.array().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_le_bytes)
    }

    fn f64(&mut self) -> Result<f64, Refusal> {
        self.array().map(f64::from_le_bytes)
    }

    fn compressed(&mut self, most: u32) -> Result<u32, Refusal> {
        let mut number = 0;
        for index in 0..most {
            let byte = self.u8()?;
            number |= u32::from(byte & 0x7F) << (7 * index);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }

    /// A text: number of UTF-16 units, then these. No text at all is written as 0xFFFFFFFF units.
    fn text(&mut self) -> Result<String, Refusal> {
        let length = self.u32()?;
        if length == u32::MAX {
            return Ok(String::new());
        }
        let bytes = usize::try_from(length).ok().and_then(|length| self.take(length.checked_mul(2)?));
        let pairs = bytes.ok_or(Refusal::FileDamaged)?.chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Ok(String::from_utf16_lossy(&units))
    }

    /// A packed number ([MS-XLSB] 2.5.122): 30 bits of an integer or of a float, perhaps times 100.
    fn packed(&mut self) -> Result<f64, Refusal> {
        let raw = self.u32()?;
        let number = if raw & 2 == 0 {
            f64::from_bits(u64::from(raw & !3) << 32)
        } else {
            f64::from(i32::from_le_bytes(raw.to_le_bytes()) >> 2)
        };
        Ok(if raw & 1 == 0 { number } else { number / 100.0 })
    }
}

/// Reads the workbook part.
fn outline(package: &mut Package<'_>, name: &str) -> Result<Outline, Refusal> {
    let relations = part::relations(package, name)?;
    let mut outline = Outline {
        styles: part::target(&relations, "/styles"),
        strings: part::target(&relations, "/sharedStrings"),
        ..Outline::default()
    };
    let bytes = package.bytes(name)?.ok_or(Refusal::FileDamaged)?;
    let mut records = Records(&bytes);
    while let Some((kind, mut body)) = records.next_record()? {
        match kind {
            WORKBOOK => outline.date_1904 = body.u32()? & 1 == 1,
            BUNDLE => {
                let (state, _) = (body.u32()?, body.u32()?);
                let (id, name) = (body.text()?, body.text()?);
                let relation =
                    relations.iter().find(|relation| relation.id == id).ok_or(Refusal::FileDamaged)?;
                if relation.kind.ends_with("/worksheet") {
                    let visibility = if state == 0 { Visibility::Visible } else { Visibility::Hidden };
                    outline.sheets.push(Entry { name, visibility, part: relation.target.clone() });
                }
            }
            _ => {}
        }
    }
    match outline.sheets.len() {
        0 => Err(Refusal::NotAWorkbook),
        count if count > limits::MAX_SHEETS => Err(Refusal::FileTooLarge),
        _ => Ok(outline),
    }
}

/// Reads the styles part.
fn styles(part: &[u8]) -> Result<Styles, Refusal> {
    let mut codes: HashMap<u16, String> = HashMap::new();
    let mut fonts: Vec<String> = Vec::new();
    let mut styles = Styles::default();
    let mut of_cells = false;
    let mut records = Records(part);
    while let Some((kind, mut body)) = records.next_record()? {
        match kind {
            CODE => {
                codes.insert(body.u16()?, body.text()?);
            }
            FONT => {
                // Height, flags, weight, position, underline, family, character set, colour and scheme come first.
                body.take(21).ok_or(Refusal::FileDamaged)?;
                fonts.push(body.text()?);
            }
            BEGIN_STYLES => of_cells = true,
            END_STYLES => of_cells = false,
            STYLE if of_cells && styles.cells.len() < limits::MAX_STYLES => {
                let (_, format, font) = (body.u16()?, body.u16()?, body.u16()?);
                let code = codes.get(&format).map_or_else(|| builtin(u32::from(format)), String::as_str);
                let style = styles.place(code, fonts.get(usize::from(font)).map_or("", String::as_str));
                styles.cells.push(style);
            }
            _ => {}
        }
    }
    Ok(styles)
}

/// Reads the shared strings part.
fn strings(part: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut strings = Vec::new();
    let mut records = Records(part);
    while let Some((kind, mut body)) = records.next_record()? {
        if kind == SHARED {
            body.u8()?;
            strings.push(body.text()?);
        }
    }
    Ok(strings)
}

/// Reads a sheet part.
fn sheet(
    part: &[u8],
    styles: &Styles,
    strings: &[String],
    to: &mut dyn Listener,
) -> Result<Margins, Refusal> {
    let mut margins = Margins::default();
    let mut row = 0;
    let mut in_cells = true;
    let mut records = Records(part);
    while let Some((kind, mut body)) = records.next_record()? {
        match kind {
            ROW if in_cells => {
                row = body.u32()?;
                // Style of the row, height, flags of which one says hidden.
                body.take(7).ok_or(Refusal::FileDamaged)?;
                if body.u8()? & 0x10 != 0 && row < limits::MAX_ROWS {
                    margins.hidden_rows.insert(row);
                }
            }
            1..=FORMULA_ERROR | RICH_TEXT if in_cells => {
                let column = body.u32()?;
                let style = usize::try_from(body.u32()? & 0x00FF_FFFF).unwrap_or(usize::MAX);
                let style = styles.get(style);
                let formula = (8..=FORMULA_ERROR).contains(&kind);
                let place = Place { row, column, format: style.format, font: style.font, formula };
                cell(kind, &mut body, place, (strings, to))?;
            }
            END_CELLS => in_cells = false,
            COLUMN => {
                let (first, last) = (body.u32()?, body.u32()?);
                body.take(8).ok_or(Refusal::FileDamaged)?;
                if body.u16()? & 1 == 1 {
                    margins.hidden_columns.extend(first..=last.min(limits::MAX_COLUMNS - 1));
                }
            }
            MERGE => {
                let (top, bottom, left, right) = (body.u32()?, body.u32()?, body.u32()?, body.u32()?);
                margins.merges.push(Range { top, left, bottom, right });
                if margins.merges.len() > limits::MAX_MERGES {
                    return Err(Refusal::SheetTooLarge);
                }
            }
            _ => {}
        }
    }
    Ok(margins)
}

/// Tells of a cell whose place was just read.
fn cell(
    kind: u32,
    body: &mut Body<'_>,
    place: Place,
    (strings, to): (&[String], &mut dyn Listener),
) -> Result<(), Refusal> {
    let text;
    let seen = match kind {
        2 => Seen::Number(body.packed()?),
        3 | FORMULA_ERROR => Seen::Error(error_value(body.u8()?)),
        4 | 10 => Seen::Bool(body.u8()? != 0),
        5 | 9 => Seen::Number(body.f64()?),
        6 | 8 | RICH_TEXT => {
            if kind == RICH_TEXT {
                body.u8()?;
            }
            text = body.text()?;
            Seen::Text(&text)
        }
        7 => {
            let index = usize::try_from(body.u32()?).unwrap_or(usize::MAX);
            Seen::Text(strings.get(index).ok_or(Refusal::FileDamaged)?)
        }
        // A blank cell.
        _ => return Ok(()),
    };
    match seen {
        Seen::Text("") if !place.formula => Ok(()),
        Seen::Number(number) if !number.is_finite() => to.take(Event::Cell(place, Seen::Error("#NUM!"))),
        _ => to.take(Event::Cell(place, seen)),
    }
}
