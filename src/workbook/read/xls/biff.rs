//! A pass over BIFF8 records: styles of the workbook, then for each sheet which cells it has and what is hidden.
//! Numbers of records and their fields: [MS-XLS] 2.3 and 2.4.

use std::collections::HashMap;

use super::compound::{u16_at, u32_at};
use super::records::{BOUND_SHEET, EOF, FILE_PASS, Records};
use crate::domain::refusal::Refusal;
use crate::workbook::event::Margins;
use crate::workbook::limits;
use crate::workbook::read::xlsx::style::{Styles as Looks, builtin};

const BOF: u16 = 0x0809;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const COL_INFO: u16 = 0x007D;
const FORMULA: u16 = 0x0006;
const MUL_RK: u16 = 0x00BD;
/// Number, label, string with runs, truth value or error, packed number, shared string: each begins with row, column
/// and style.
const SINGLE: [u16; 6] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// What the workbook says about all sheets.
pub(super) struct Globals {
    /// Number formats and fonts by cell style.
    pub(super) looks: Looks,
    /// Where each sheet begins in the stream.
    pub(super) sheets: Vec<usize>,
}

impl Globals {
    /// Reads the records up to the first EOF.
    pub(super) fn read(stream: &[u8]) -> Result<Self, Refusal> {
        let mut records = Records::new(stream);
        let mut fonts: Vec<String> = Vec::new();
        let mut codes: HashMap<u16, String> = HashMap::new();
        let mut styles: Vec<(u16, u16)> = Vec::new();
        let mut sheets = Vec::new();
        while let Some((kind, _, body)) = records.next_record()? {
            match kind {
                FILE_PASS => return Err(Refusal::PasswordProtected),
                BOUND_SHEET => sheets.push(usize::try_from(u32_at(body, 0)?).unwrap_or(usize::MAX)),
                FONT => fonts.push(short_text(body.get(14..).unwrap_or(&[]))),
                FORMAT => {
                    codes.insert(u16_at(body, 0)?, long_text(body.get(2..).unwrap_or(&[])));
                }
                XF if styles.len() < limits::MAX_STYLES => styles.push((u16_at(body, 0)?, u16_at(body, 2)?)),
                EOF => break,
                _ => {}
            }
        }
        if sheets.len() > limits::MAX_SHEETS {
            return Err(Refusal::FileTooLarge);
        }
        let mut looks = Looks::default();
        for (font, format) in styles {
            // There is no font number 4 ([MS-XLS] 2.5.129 FontIndex).
            let font = fonts.get(usize::from(if font > 4 { font - 1 } else { font }));
            let code = codes.get(&format).map_or_else(|| builtin(u32::from(format)), String::as_str);
            let style = looks.place(code, font.map_or("", String::as_str));
            looks.cells.push(style);
        }
        Ok(Globals { looks, sheets })
    }
}

/// A text with one byte of length.
fn short_text(body: &[u8]) -> String {
    match body {
        [length, flags, rest @ ..] => units(rest, usize::from(*length), flags & 1 == 1),
        _ => String::new(),
    }
}

/// A text with two bytes of length.
fn long_text(body: &[u8]) -> String {
    match body {
        [low, high, flags, rest @ ..] => {
            units(rest, usize::from(u16::from_le_bytes([*low, *high])), flags & 1 == 1)
        }
        _ => String::new(),
    }
}

fn units(bytes: &[u8], length: usize, double: bool) -> String {
    if double {
        let units: Vec<u16> =
            bytes.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        bytes.iter().take(length).map(|byte| char::from(*byte)).collect()
    }
}

/// A cell with a value, as its record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) row: u16,
    pub(super) column: u16,
    pub(super) style: u16,
    pub(super) formula: bool,
}

/// The rectangle around all cells with values; all bounds inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) top: u16,
    pub(super) left: u16,
    pub(super) bottom: u16,
    pub(super) right: u16,
}

/// What one sheet holds.
#[derive(Default)]
pub(super) struct SheetPass {
    pub(super) cells: Vec<Seat>,
    pub(super) margins: Margins,
    /// Offsets and lengths of the bodies of the DIMENSIONS records, from the start of the sheet.
    pub(super) dimensions: Vec<(usize, usize)>,
    pub(super) area: Area,
}

impl SheetPass {
    /// Reads the sheet that begins where `stream` begins. Charts within the sheet are passed over.
    pub(super) fn read(stream: &[u8]) -> Result<Self, Refusal> {
        let mut records = Records::new(stream);
        let mut pass = SheetPass::default();
        let mut depth = 0usize;
        while let Some((kind, start, body)) = records.next_record()? {
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth > 1 => {}
                DIMENSIONS => pass.dimensions.push((start, body.len())),
                ROW if body.get(12).is_some_and(|flags| flags & 0x20 != 0) => {
                    pass.margins.hidden_rows.insert(u32::from(u16_at(body, 0)?));
                }
                COL_INFO if u16_at(body, 8)? & 1 != 0 => {
                    let last = u32::from(u16_at(body, 2)?).min(limits::MAX_COLUMNS - 1);
                    pass.margins.hidden_columns.extend(u32::from(u16_at(body, 0)?)..=last);
                }
                MUL_RK => pass.many(body)?,
                FORMULA => pass.one(body, true)?,
                _ if SINGLE.contains(&kind) => pass.one(body, false)?,
                _ => {}
            }
        }
        pass.area = pass.around()?;
        Ok(pass)
    }

    fn one(&mut self, body: &[u8], formula: bool) -> Result<(), Refusal> {
        let (row, column, style) = (u16_at(body, 0)?, u16_at(body, 2)?, u16_at(body, 4)?);
        self.push(Seat { row, column, style, formula })
    }

    /// Several packed numbers side by side: row, first column, style and number of each, last column.
    fn many(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let (row, first) = (u16_at(body, 0)?, u16_at(body, 2)?);
        let each = body.get(4..).unwrap_or(&[]).chunks_exact(6);
        for (column, packed) in (first..=u16::MAX).zip(each) {
            self.push(Seat { row, column, style: u16_at(packed, 0)?, formula: false })?;
        }
        Ok(())
    }

    fn push(&mut self, seat: Seat) -> Result<(), Refusal> {
        if self.cells.len() >= limits::MAX_CELLS {
            return Err(Refusal::SheetTooLarge);
        }
        self.cells.push(seat);
        Ok(())
    }

    fn around(&self) -> Result<Area, Refusal> {
        let rows = || self.cells.iter().map(|seat| seat.row);
        let columns = || self.cells.iter().map(|seat| seat.column);
        let ends = (rows().min(), columns().min(), rows().max(), columns().max());
        let (Some(top), Some(left), Some(bottom), Some(right)) = ends else { return Ok(Area::default()) };
        let area = (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1);
        if area > limits::MAX_XLS_AREA {
            return Err(Refusal::SheetTooLarge);
        }
        Ok(Area { top, left, bottom, right })
    }
}
