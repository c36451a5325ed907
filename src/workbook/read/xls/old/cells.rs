//! The cells of one sheet of an old file, told in the order of their records.

use super::super::compound::u16_at;
use super::super::records::{EOF, Records, Version, is_bof};
use super::book::{Book, Look, Sheet, long, short};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::Range;
use crate::workbook::event::{Event, Listener, Margins, Place, Seen};
use crate::workbook::limits;
use crate::workbook::read::error_value::error_value;

/// The style of the cells that follow, where six bits are too few (Excel 2).
const IXFE: u16 = 0x0044;
const COL_INFO: u16 = 0x007D;
const COL_WIDTH: u16 = 0x0024;
const ROW: u16 = 0x0208;
const ROW_2: u16 = 0x0008;
const MERGED: u16 = 0x00E5;
const MUL_RK: u16 = 0x00BD;
const MUL_BLANK: u16 = 0x00BE;

/// Tells of the cells of a sheet and of what surrounds them.
///
/// # Errors
/// As [`super::read`].
pub(super) fn read(book: &Book<'_>, sheet: &Sheet<'_>, to: &mut dyn Listener) -> Result<(), Refusal> {
    let mut cells =
        Cells { book, sheet, to, pending: None, long: 0, across: Vec::new(), margins: Margins::default() };
    let mut records = Records::new(sheet.records);
    let mut depth = 0usize;
    while let Some((kind, _, body)) = records.next_record()? {
        match kind {
            _ if is_bof(kind) => depth += 1,
            EOF if depth <= 1 => return cells.finish(),
            EOF => depth -= 1,
            // A chart within the sheet.
            _ if depth > 1 => {}
            _ => cells.take(kind, body)?,
        }
    }
    Err(Refusal::FileTruncated)
}

struct Cells<'s, 'a> {
    book: &'s Book<'a>,
    sheet: &'s Sheet<'a>,
    to: &'s mut dyn Listener,
    /// A formula whose result is a text, which comes in a record of its own.
    pending: Option<(Place, Look)>,
    long: u16,
    /// Cells that share their width with the empty ones on their right (true), and these (false).
    across: Vec<(u32, u32, bool)>,
    margins: Margins,
}

/// Whether a formula stands in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Value,
    Formula,
}

impl Cells<'_, '_> {
    fn take(&mut self, kind: u16, body: &[u8]) -> Result<(), Refusal> {
        match kind {
            0x0002 => self.one(body, 7, Holds::Value, |at| Ok(Seen::Number(f64::from(u16_at(body, at)?)))),
            0x0003 => self.one(body, 7, Holds::Value, |at| Ok(number(double(body, at)?))),
            0x0203 => self.one(body, 6, Holds::Value, |at| Ok(number(double(body, at)?))),
            0x027E => self.one(body, 6, Holds::Value, |at| Ok(number(packed(bytes(body, at)?)))),
            0x0005 => self.one(body, 7, Holds::Value, |at| truth(body, at)),
            0x0205 => self.one(body, 6, Holds::Value, |at| truth(body, at)),
            0x0004 => self.text(body, 7, short(body, 7)?),
            0x0204 | 0x00D6 => self.text(body, 6, long(body, 6)?),
            0x0006 if self.book.version == Version::Two => self.formula(body, 7),
            0x0006 | 0x0206 | 0x0406 => self.formula(body, 6),
            0x0007 => self.result(short(body, 0)?),
            0x0207 => self.result(long(body, 0)?),
            MUL_RK => self.many(body),
            0x0001 => self.blank(body, 7),
            0x0201 => self.blank(body, 6),
            MUL_BLANK => self.blanks(body),
            IXFE => {
                self.long = u16_at(body, 0)?;
                Ok(())
            }
            _ => self.margin(kind, body),
        }
    }

    /// Place and look of the cell whose value stands at `at`: after three bytes of attributes, or the number of a style.
    fn place(&self, body: &[u8], at: usize, holds: Holds) -> Result<(Place, Look), Refusal> {
        let look = match at {
            7 => self.sheet.look_by_cell(bytes(body, 4)?, self.long),
            _ => self.sheet.look(u16_at(body, 4)?),
        };
        let (row, column) = (u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?));
        let formula = holds == Holds::Formula;
        Ok((Place { row, column, format: look.format, font: look.font, formula }, look))
    }

    fn one<'v>(
        &mut self,
        body: &[u8],
        at: usize,
        holds: Holds,
        value: impl FnOnce(usize) -> Result<Seen<'v>, Refusal>,
    ) -> Result<(), Refusal> {
        let (place, _) = self.place(body, at, holds)?;
        let seen = value(at)?;
        self.tell(place, seen)
    }

    fn text(&mut self, body: &[u8], at: usize, text: &[u8]) -> Result<(), Refusal> {
        let (place, look) = self.place(body, at, Holds::Value)?;
        if look.across && !text.is_empty() {
            self.across(place.row, place.column, true);
        }
        self.tell(place, Seen::Text(&self.book.page.text(text, look.charset)))
    }

    fn formula(&mut self, body: &[u8], at: usize) -> Result<(), Refusal> {
        let (place, look) = self.place(body, at, Holds::Formula)?;
        let result: [u8; 8] = bytes(body, at)?;
        let seen = match result {
            [0, .., 0xFF, 0xFF] => {
                self.settle()?;
                self.pending = Some((place, look));
                return Ok(());
            }
            [1, _, value, .., 0xFF, 0xFF] => Seen::Bool(value != 0),
            [2, _, code, .., 0xFF, 0xFF] => Seen::Error(error_value(code)),
            [_, .., 0xFF, 0xFF] => Seen::Text(""),
            _ => number(f64::from_le_bytes(result)),
        };
        self.tell(place, seen)
    }

    /// The text of the formula before.
    fn result(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let Some((place, look)) = self.pending.take() else { return Ok(()) };
        self.to.take(Event::Cell(place, Seen::Text(&self.book.page.text(text, look.charset))))
    }

    /// Several packed numbers side by side: row, first column, style and number of each, last column.
    fn many(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let (row, first) = (u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?));
        let each = body.get(4..).unwrap_or(&[]).chunks_exact(6);
        for (column, cell) in (first..).zip(each) {
            let look = self.sheet.look(u16_at(cell, 0)?);
            let place = Place { row, column, format: look.format, font: look.font, formula: false };
            self.tell(place, number(packed(bytes(cell, 2)?)))?;
        }
        Ok(())
    }

    fn blank(&mut self, body: &[u8], at: usize) -> Result<(), Refusal> {
        let (place, look) = self.place(body, at, Holds::Value)?;
        if look.across {
            self.across(place.row, place.column, false);
        }
        Ok(())
    }

    /// Several empty cells: row, first column, style of each, last column.
    fn blanks(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let (row, first) = (u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?));
        let styles = body.get(4..body.len().saturating_sub(2)).unwrap_or(&[]);
        for (column, style) in (first..).zip(styles.chunks_exact(2)) {
            if self.sheet.look(u16_at(style, 0)?).across {
                self.across(row, column, false);
            }
        }
        Ok(())
    }

    fn across(&mut self, row: u32, column: u32, begins: bool) {
        if self.across.len() < limits::MAX_MERGES {
            self.across.push((row, column, begins));
        }
    }

    fn margin(&mut self, kind: u16, body: &[u8]) -> Result<(), Refusal> {
        match kind {
            ROW if body.get(12).is_some_and(|flags| flags & 0x20 != 0) => {
                self.margins.hidden_rows.insert(u32::from(u16_at(body, 0)?));
            }
            ROW_2 if u16_at(body, 6)? == 0 => {
                self.margins.hidden_rows.insert(u32::from(u16_at(body, 0)?));
            }
            COL_INFO if u16_at(body, 8)? & 1 != 0 => {
                self.hide(u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?));
            }
            COL_WIDTH if u16_at(body, 2)? == 0 => self.hide(u32::from(body[0]), u32::from(body[1])),
            MERGED => {
                // No Excel before 97 merges cells; programs that write old files do all the same.
                for range in body.get(2..).unwrap_or(&[]).chunks_exact(8) {
                    let at = |offset| u16_at(range, offset).map(u32::from);
                    let (top, bottom, left, right) = (at(0)?, at(2)?, at(4)?, at(6)?);
                    self.margins.merges.push(Range { top, left, bottom, right });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hide(&mut self, first: u32, last: u32) {
        self.margins.hidden_columns.extend(first..=last.min(limits::MAX_COLUMNS - 1));
    }

    /// A formula whose text never came has no result.
    fn settle(&mut self) -> Result<(), Refusal> {
        match self.pending.take() {
            Some((place, _)) => self.to.take(Event::Cell(place, Seen::Empty)),
            None => Ok(()),
        }
    }

    fn tell(&mut self, place: Place, seen: Seen<'_>) -> Result<(), Refusal> {
        self.settle()?;
        match seen {
            Seen::Empty | Seen::Text("") if !place.formula => Ok(()),
            _ => self.to.take(Event::Cell(place, seen)),
        }
    }

    fn finish(mut self) -> Result<(), Refusal> {
        self.settle()?;
        self.across.sort_unstable();
        for (row, column, begins) in self.across {
            match self.margins.merges.last_mut() {
                Some(last)
                    if !begins && last.top == row && last.bottom == row && last.right + 1 == column =>
                {
                    last.right = column;
                }
                _ if begins => {
                    self.margins.merges.push(Range { top: row, left: column, bottom: row, right: column });
                }
                _ => {}
            }
        }
        self.margins.merges.retain(|range| range.top < range.bottom || range.left < range.right);
        self.to.take(Event::Margins(self.margins))
    }
}

fn bytes<const N: usize>(body: &[u8], at: usize) -> Result<[u8; N], Refusal> {
    body.get(at..).and_then(<[u8]>::first_chunk).copied().ok_or(Refusal::FileDamaged)
}

fn double(body: &[u8], at: usize) -> Result<f64, Refusal> {
    Ok(f64::from_le_bytes(bytes(body, at)?))
}

/// A finite number; what is none counts as empty.
fn number(number: f64) -> Seen<'static> {
    if number.is_finite() { Seen::Number(number) } else { Seen::Empty }
}

/// A number in four bytes ([MS-XLS] 2.5.217): a whole number or the upper half of a double, perhaps hundredfold.
fn packed(bytes: [u8; 4]) -> f64 {
    let word = u32::from_le_bytes(bytes);
    let value = if word & 2 != 0 {
        f64::from(word.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(word & !3) << 32)
    };
    if word & 1 != 0 { value / 100.0 } else { value }
}

/// TRUE, FALSE or an error value.
fn truth(body: &[u8], at: usize) -> Result<Seen<'static>, Refusal> {
    let [value, is_error] = bytes(body, at)?;
    Ok(if is_error == 0 { Seen::Bool(value != 0) } else { Seen::Error(error_value(value)) })
}
