//! Events as bytes on the pipe between the reading child and the program. Each frame is a kind, a length and a body;
//! the last one says that all is well, or which refusal it is, so that a pipe that breaks off is never taken for an end.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use chrono::DateTime;

use super::event::{Event, Head, Listener, Margins, Place, Seen};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::{Fill, Format, Range, Visibility};
use crate::sheet::colour::Colour;

const HEAD: u8 = 1;
const SHEET: u8 = 2;
const CELLS: u8 = 3;
const MARGINS: u8 = 4;
const DONE: u8 = 5;
const REFUSED: u8 = 6;

const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const DATE_TIME: u8 = 3;
const TRUE: u8 = 4;
const FALSE: u8 = 5;
const ERROR: u8 = 6;
/// Added to a value's tag when a formula stands in the cell.
const FORMULA: u8 = 0x80;

/// Cells are sent in frames of about this many bytes: few system calls, and the other side works meanwhile.
const CELLS_BYTES: usize = 256 << 10;

/// A frame of the child that is longer is not believed. Cells of the longest text make about 4 MB.
const MAX_FRAME_BYTES: usize = 64 << 20;

/// Writes events to a pipe.
pub struct FrameWriter<W> {
    to: W,
    cells: Vec<u8>,
}

impl<W: Write> FrameWriter<W> {
    /// Writes to `to`.
    pub fn new(to: W) -> Self {
        FrameWriter { to, cells: Vec::with_capacity(CELLS_BYTES + 4096) }
    }

    /// Ends the stream: all is well, or the refusal.
    ///
    /// # Errors
    /// When the pipe is gone.
    pub fn finish(mut self, result: Result<(), Refusal>) -> std::io::Result<()> {
        match result {
            Ok(()) => {
                self.flush_cells()?;
                self.frame(DONE, &[])?;
            }
            Err(refusal) => self.frame(REFUSED, refusal.as_str().as_bytes())?,
        }
        self.to.flush()
    }

    fn frame(&mut self, kind: u8, body: &[u8]) -> std::io::Result<()> {
        let length = u32::try_from(body.len()).map_err(std::io::Error::other)?;
        self.to.write_all(&[kind])?;
        self.to.write_all(&length.to_le_bytes())?;
        self.to.write_all(body)
    }

    fn flush_cells(&mut self) -> std::io::Result<()> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let cells = std::mem::take(&mut self.cells);
        let result = self.frame(CELLS, &cells);
        self.cells = cells;
        self.cells.clear();
        result
    }
}

impl<W: Write> Listener for FrameWriter<W> {
    fn take(&mut self, event: Event<'_>) -> Result<(), Refusal> {
        // A pipe that is gone means that nobody waits for an answer; any refusal ends the reading.
        let result = match event {
            Event::Cell(place, seen) => {
                put_cell(&mut self.cells, place, seen);
                if self.cells.len() >= CELLS_BYTES { self.flush_cells() } else { Ok(()) }
            }
            Event::Workbook(head) => self.frame(HEAD, &encode_head(&head)),
            Event::Sheet { name, visibility } => {
                let mut body = vec![u8::from(visibility == Visibility::Hidden)];
                put_text(&mut body, name);
                self.frame(SHEET, &body)
            }
            Event::Margins(margins) => {
                self.flush_cells().and_then(|()| self.frame(MARGINS, &encode_margins(&margins)))
            }
        };
        result.map_err(|_| Refusal::FileDamaged)
    }
}

/// Why a stream of frames did not come to a good end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The child sent a refusal, or the listener refused.
    Refused(Refusal),
    /// The stream ended before its last frame; what became of the child tells why.
    CutOff,
    /// The stream makes no sense.
    Nonsense,
}

/// Reads frames to the end and tells the listener.
///
/// # Errors
/// See `Broken`.
pub fn replay(from: &mut dyn Read, to: &mut dyn Listener) -> Result<(), Broken> {
    let mut body = Vec::new();
    loop {
        let mut head = [0u8; 5];
        from.read_exact(&mut head).map_err(|_| Broken::CutOff)?;
        let [kind, length @ ..] = head;
        let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| Broken::Nonsense)?;
        if length > MAX_FRAME_BYTES {
            return Err(Broken::Nonsense);
        }
        body.resize(length, 0);
        from.read_exact(&mut body).map_err(|_| Broken::CutOff)?;
        let mut bytes = Bytes(&body);
        match kind {
            HEAD => {
                let head = decode_head(&mut bytes).ok_or(Broken::Nonsense)?;
                to.take(Event::Workbook(head)).map_err(Broken::Refused)?;
            }
            SHEET => {
                let visibility =
                    if bytes.byte() == Some(1) { Visibility::Hidden } else { Visibility::Visible };
                to.take(Event::Sheet { name: bytes.text().ok_or(Broken::Nonsense)?, visibility })
                    .map_err(Broken::Refused)?;
            }
            CELLS => {
                while !bytes.0.is_empty() {
                    let (place, seen) = bytes.cell().ok_or(Broken::Nonsense)?;
                    to.take(Event::Cell(place, seen)).map_err(Broken::Refused)?;
                }
            }
            MARGINS => {
                let margins = decode_margins(&mut bytes).ok_or(Broken::Nonsense)?;
                to.take(Event::Margins(margins)).map_err(Broken::Refused)?;
            }
            DONE => return Ok(()),
            REFUSED => {
                let refusal = std::str::from_utf8(&body).ok().and_then(Refusal::parse);
                return Err(refusal.map_or(Broken::Nonsense, Broken::Refused));
            }
            _ => return Err(Broken::Nonsense),
        }
    }
}

fn put_u32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    // Lists and texts are far below 4 billion, see `limits`; a longer one would be refused on the other side.
    put_u32(out, u32::try_from(length).unwrap_or(u32::MAX));
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_length(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn put_cell(out: &mut Vec<u8>, place: Place, seen: Seen<'_>) {
    let Place { row, column, format, font, formula } = place;
    put_u32(out, row);
    put_u32(out, column);
    out.extend_from_slice(&format.to_le_bytes());
    out.extend_from_slice(&font.to_le_bytes());
    let formula = if formula { FORMULA } else { 0 };
    match seen {
        Seen::Empty => out.push(EMPTY | formula),
        Seen::Text(text) => {
            out.push(TEXT | formula);
            put_text(out, text);
        }
        Seen::Number(number) => {
            out.push(NUMBER | formula);
            out.extend_from_slice(&number.to_le_bytes());
        }
        Seen::DateTime(date_time) => {
            out.push(DATE_TIME | formula);
            out.extend_from_slice(&date_time.and_utc().timestamp_micros().to_le_bytes());
        }
        Seen::Bool(true) => out.push(TRUE | formula),
        Seen::Bool(false) => out.push(FALSE | formula),
        Seen::Error(text) => {
            out.push(ERROR | formula);
            put_text(out, text);
        }
    }
}

fn encode_head(head: &Head) -> Vec<u8> {
    let Head { format, date_1904, properties, formats, fonts } = head;
    let format = match format {
        Format::Xlsx => 0,
        Format::Xlsb => 1,
        Format::Xls => 2,
        Format::Ods => 3,
        Format::Csv => 4,
    };
    let mut out = vec![format, u8::from(*date_1904)];
    put_length(&mut out, properties.len());
    for (name, value) in properties {
        put_text(&mut out, name);
        put_text(&mut out, value);
    }
    for list in [formats, fonts] {
        put_length(&mut out, list.len());
        for text in list {
            put_text(&mut out, text);
        }
    }
    out
}

fn decode_head(bytes: &mut Bytes<'_>) -> Option<Head> {
    let format = match bytes.byte()? {
        0 => Format::Xlsx,
        1 => Format::Xlsb,
        2 => Format::Xls,
        3 => Format::Ods,
        4 => Format::Csv,
        _ => return None,
    };
    let date_1904 = bytes.byte()? == 1;
    let properties = bytes.list(|bytes| Some((bytes.text()?.to_owned(), bytes.text()?.to_owned())))?;
    let formats = bytes.list(|bytes| Some(bytes.text()?.to_owned()))?;
    let fonts = bytes.list(|bytes| Some(bytes.text()?.to_owned()))?;
    Some(Head { format, date_1904, properties, formats, fonts })
}

fn encode_margins(margins: &Margins) -> Vec<u8> {
    let Margins { merges, hidden_rows, hidden_columns, fills } = margins;
    let mut out = Vec::new();
    put_length(&mut out, merges.len());
    for Range { top, left, bottom, right } in merges {
        for bound in [top, left, bottom, right] {
            put_u32(&mut out, *bound);
        }
    }
    for set in [hidden_rows, hidden_columns] {
        put_length(&mut out, set.len());
        for number in set {
            put_u32(&mut out, *number);
        }
    }
    put_length(&mut out, fills.len());
    for Fill { row, column, colour } in fills {
        put_u32(&mut out, *row);
        put_u32(&mut out, *column);
        put_u32(&mut out, colour.number());
    }
    out
}

fn decode_margins(bytes: &mut Bytes<'_>) -> Option<Margins> {
    let range = |bytes: &mut Bytes<'_>| {
        let (top, left) = (bytes.u32()?, bytes.u32()?);
        Some(Range { top, left, bottom: bytes.u32()?, right: bytes.u32()? })
    };
    let merges = bytes.list(range)?;
    let hidden_rows = bytes.list(Bytes::u32)?.into_iter().collect::<BTreeSet<_>>();
    let hidden_columns = bytes.list(Bytes::u32)?.into_iter().collect();
    let fill = |bytes: &mut Bytes<'_>| {
        let (row, column) = (bytes.u32()?, bytes.u32()?);
        Some(Fill { row, column, colour: Colour::numbered(bytes.u32()?)? })
    };
    let fills = bytes.list(fill)?;
    Some(Margins { merges, hidden_rows, hidden_columns, fills })
}

/// Bytes being taken from the front; nothing when there are too few. The child is not trusted to be right.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.u32()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn list<T>(&mut self, one: impl Fn(&mut Bytes<'b>) -> Option<T>) -> Option<Vec<T>> {
        let length = self.u32()?;
        (0..length).map(|_| one(self)).collect()
    }

    fn cell(&mut self) -> Option<(Place, Seen<'b>)> {
        let (row, column) = (self.u32()?, self.u32()?);
        let (format, font) = (u16::from_le_bytes(self.array()?), u16::from_le_bytes(self.array()?));
        let tag = self.byte()?;
        let seen = match tag & !FORMULA {
            EMPTY => Seen::Empty,
            TEXT => Seen::Text(self.text()?),
            NUMBER => Seen::Number(f64::from_le_bytes(self.array()?)),
            DATE_TIME => {
                let micros = i64::from_le_bytes(self.array()?);
                Seen::DateTime(DateTime::from_timestamp_micros(micros)?.naive_utc())
            }
            TRUE => Seen::Bool(true),
            FALSE => Seen::Bool(false),
            ERROR => Seen::Error(self.text()?),
            _ => return None,
        };
        Some((Place { row, column, format, font, formula: tag & FORMULA != 0 }, seen))
    }
}
