//! What holds for all cells of an old file: where its sheets begin, fonts, number formats, styles and the code page.

use std::collections::HashMap;

use super::super::compound::{u16_at, u32_at};
use super::super::records::{BOUND_SHEET, EOF, FILE_PASS, Records, Version, is_bof, version};
use super::text::{Charset, CodePage};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::Visibility;
use crate::workbook::limits;
use crate::workbook::read::xlsx::style::{Styles, builtin};

const DATE_MODE: u16 = 0x0022;
const CODE_PAGE: u16 = 0x0042;
/// Head of a sheet in a workbook of Excel 4: length, name.
const SHEET_HEAD: u16 = 0x008F;

/// Kinds of part, second word of BOF: a workbook of Excel 5, a sheet, a workbook of Excel 4.
const WORKBOOK: u16 = 0x0005;
const SHEET: u16 = 0x0010;
const WORKBOOK_4: u16 = 0x0100;

/// Excel shows the file's name for a sheet that has none; the file's name is not known here.
const UNNAMED: &str = "Sheet1";

/// Labels that tell the code page: enough to be sure, few enough for any length.
const LABELS: usize = 4_000;

/// How a cell style looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Index into the number formats.
    pub(super) format: u16,
    /// Index into the fonts.
    pub(super) font: u16,
    /// What the font says about the bytes of a text.
    pub(super) charset: Charset,
    /// "Center across selection", which these versions have in place of merged cells.
    pub(super) across: bool,
}

/// The look of a cell whose style is nowhere stated.
const PLAIN: Look = Look { format: 0, font: 0, charset: Charset::OfFile, across: false };

/// A sheet and where it begins.
pub(super) struct Sheet<'a> {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    pub(super) records: &'a [u8],
    looks: Vec<Look>,
    /// Whether cells state their format and font themselves, as in Excel 2.0.
    by_cell: bool,
}

impl Sheet<'_> {
    /// The look of a cell that quotes this style.
    pub(super) fn look(&self, style: u16) -> Look {
        if self.by_cell { PLAIN } else { self.numbered(style) }
    }

    fn numbered(&self, style: u16) -> Look {
        self.looks.get(usize::from(style)).copied().unwrap_or(PLAIN)
    }

    /// The look of a cell of Excel 2 by its three bytes; `long` is the style of the last IXFE record.
    pub(super) fn look_by_cell(&self, attributes: [u8; 3], long: u16) -> Look {
        match (self.by_cell, attributes[0] & 0x3F) {
            (true, _) => self.numbered(u16::from(attributes[1] & 0x3F) * 4 + u16::from(attributes[1] >> 6)),
            (false, 0x3F) => self.look(long),
            (false, style) => self.look(u16::from(style)),
        }
    }
}

/// A whole file.
pub(super) struct Book<'a> {
    pub(super) version: Version,
    pub(super) date_1904: bool,
    pub(super) page: CodePage,
    pub(super) looks: Styles,
    pub(super) sheets: Vec<Sheet<'a>>,
}

impl<'a> Book<'a> {
    /// Looks through the file.
    ///
    /// # Errors
    /// As [`super::read`].
    pub(super) fn read(stream: &'a [u8]) -> Result<Self, Refusal> {
        let root = Part::read(stream)?;
        let mut parts = Vec::new();
        for bound in root.sheets()? {
            let records = stream.get(bound.at..).ok_or(Refusal::FileTruncated)?;
            parts.push((Part::read(records)?, bound, records));
        }
        let pages = parts.iter().map(|(part, ..)| part).chain([&root]);
        let (mut declared, mut labels) = (None, Vec::new());
        for part in pages {
            declared = declared.or(part.code_page);
            labels.extend(part.labels.iter().take(LABELS.saturating_sub(labels.len())));
        }
        let mut book = Book {
            version: root.version,
            date_1904: root.date_1904 || parts.iter().any(|(part, ..)| part.date_1904),
            page: CodePage::of(declared, &labels),
            looks: Styles::default(),
            sheets: Vec::new(),
        };
        for (part, bound, records) in parts {
            let own = if part.styles.is_empty() { &root } else { &part };
            let name = bound.name.map(|name| book.page.text(name, Charset::OfFile).into_owned());
            let sheet = Sheet {
                name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| UNNAMED.to_owned()),
                visibility: bound.visibility,
                records,
                looks: own.looks(&mut book.looks),
                by_cell: own.by_cell(),
            };
            book.sheets.push(sheet);
        }
        Ok(book)
    }
}

/// A sheet as the file lists it.
struct Bound<'a> {
    name: Option<&'a [u8]>,
    visibility: Visibility,
    at: usize,
}

/// A style: indexes of font and number format, and how its text is aligned.
struct Style {
    font: u16,
    format: u16,
    across: bool,
}

struct Font {
    name: String,
    charset: Charset,
}

/// The records from a BOF to its EOF that tell of more than one cell.
struct Part<'a> {
    version: Version,
    kind: u16,
    code_page: Option<u16>,
    date_1904: bool,
    fonts: Vec<Font>,
    /// In their order (up to Excel 4), and by their number (Excel 5).
    formats: Vec<String>,
    numbered: HashMap<u16, String>,
    styles: Vec<Style>,
    bound: Vec<Bound<'a>>,
    labels: Vec<&'a [u8]>,
}

impl<'a> Part<'a> {
    fn read(stream: &'a [u8]) -> Result<Self, Refusal> {
        let mut records = Records::new(stream);
        let (kind, _, body) = records.next_record()?.ok_or(Refusal::FileTruncated)?;
        let mut part = Part {
            version: version(kind, body)?,
            kind: u16_at(body, 2)?,
            code_page: None,
            date_1904: false,
            fonts: Vec::new(),
            formats: Vec::new(),
            numbered: HashMap::new(),
            styles: Vec::new(),
            bound: Vec::new(),
            labels: Vec::new(),
        };
        let mut depth = 1usize;
        while let Some((kind, start, body)) = records.next_record()? {
            match kind {
                _ if is_bof(kind) => depth += 1,
                EOF if depth <= 1 => return Ok(part),
                EOF => depth -= 1,
                _ if depth > 1 => {}
                FILE_PASS => return Err(Refusal::PasswordProtected),
                _ => part.take(kind, start + body.len(), body)?,
            }
        }
        Err(Refusal::FileTruncated)
    }

    fn take(&mut self, kind: u16, end: usize, body: &'a [u8]) -> Result<(), Refusal> {
        match kind {
            CODE_PAGE => self.code_page = Some(u16_at(body, 0)?),
            DATE_MODE => self.date_1904 = u16_at(body, 0)? == 1,
            // Charts, macros and modules of Visual Basic are of other types than 0.
            BOUND_SHEET if self.version == Version::Five && body.get(5) == Some(&0) => {
                let visibility = if body[4] & 3 == 0 { Visibility::Visible } else { Visibility::Hidden };
                let at = usize::try_from(u32_at(body, 0)?).unwrap_or(usize::MAX);
                self.bound.push(Bound { name: Some(short(body, 6)?), visibility, at });
            }
            SHEET_HEAD => {
                let name = Some(short(body, 4)?);
                self.bound.push(Bound { name, visibility: Visibility::Visible, at: end });
            }
            0x0031 | 0x0231 => {
                let font = self.font(kind, body)?;
                self.fonts.push(font);
            }
            0x001E => self.formats.push(ascii(short(body, 0)?)),
            0x041E if self.version == Version::Five => {
                self.numbered.insert(u16_at(body, 0)?, ascii(short(body, 2)?));
            }
            0x041E => self.formats.push(ascii(short(body, 2)?)),
            0x0043 | 0x0243 | 0x0443 | 0x00E0 if self.styles.len() < limits::MAX_STYLES => {
                self.styles.push(style(kind, body)?);
            }
            0x0004 if self.labels.len() < LABELS => self.label(short(body, 7)?),
            0x0204 | 0x00D6 if self.labels.len() < LABELS => self.label(long(body, 6)?),
            _ => {}
        }
        if self.bound.len() > limits::MAX_SHEETS {
            return Err(Refusal::FileTooLarge);
        }
        Ok(())
    }

    fn label(&mut self, bytes: &'a [u8]) {
        if !bytes.is_ascii() {
            self.labels.push(bytes);
        }
    }

    fn font(&self, kind: u16, body: &[u8]) -> Result<Font, Refusal> {
        let (at, charset) = match (kind, self.version) {
            (0x0231, _) => (6, 0),
            (_, Version::Two) => (4, 0),
            _ => (14, body.get(12).copied().unwrap_or(0)),
        };
        let name = ascii(short(body, at)?);
        Ok(Font { charset: Charset::of_font(&name, charset), name })
    }

    /// The sheets of cells.
    fn sheets(&self) -> Result<Vec<Bound<'a>>, Refusal> {
        let copy = |bound: &Bound<'a>| Bound { ..*bound };
        let sheets: Vec<_> = match self.kind {
            SHEET => vec![Bound { name: None, visibility: Visibility::Visible, at: 0 }],
            WORKBOOK | WORKBOOK_4 => self.bound.iter().map(copy).collect(),
            _ => Vec::new(),
        };
        if sheets.is_empty() { Err(Refusal::OldFormat) } else { Ok(sheets) }
    }

    /// Whether cells state their format and font themselves.
    fn by_cell(&self) -> bool {
        self.version == Version::Two && self.styles.is_empty()
    }

    /// The looks of the styles, each format and font kept once.
    fn looks(&self, known: &mut Styles) -> Vec<Look> {
        let mut look = |style: &Style| {
            // There is no font number 4.
            let font = self.fonts.get(usize::from(if style.font > 4 { style.font - 1 } else { style.font }));
            let place = known.place(self.code(style.format), font.map_or("", |font| &font.name));
            let charset = font.map_or(Charset::OfFile, |font| font.charset);
            Look { format: place.format, font: place.font, charset, across: style.across }
        };
        if self.by_cell() {
            let all =
                (0..64).flat_map(|format| (0..4).map(move |font| Style { font, format, across: false }));
            return all.map(|style| look(&style)).collect();
        }
        self.styles.iter().map(look).collect()
    }

    /// The code of a number format.
    fn code(&self, format: u16) -> &str {
        // The list of Excel 2 has no fractions, which stand before the dates in that of later versions.
        let skipped = if self.version == Version::Two && format > 11 { 2 } else { 0 };
        self.numbered
            .get(&format)
            .or_else(|| self.formats.get(usize::from(format)))
            .map_or_else(|| builtin(u32::from(format) + skipped), String::as_str)
    }
}

fn style(kind: u16, body: &[u8]) -> Result<Style, Refusal> {
    const ACROSS: u8 = 6;
    let byte = |at: usize| body.get(at).copied().ok_or(Refusal::FileDamaged);
    let (font, format, alignment) = match kind {
        0x00E0 => (u16_at(body, 0)?, u16_at(body, 2)?, byte(6)?),
        0x0043 => (u16::from(byte(0)?), u16::from(byte(2)? & 0x3F), byte(3)?),
        _ => (u16::from(byte(0)?), u16::from(byte(1)?), byte(4)?),
    };
    Ok(Style { font, format, across: alignment & 7 == ACROSS })
}

/// A text after one byte of length.
pub(super) fn short(body: &[u8], at: usize) -> Result<&[u8], Refusal> {
    let length = usize::from(*body.get(at).ok_or(Refusal::FileDamaged)?);
    body.get(at + 1..at + 1 + length).ok_or(Refusal::FileDamaged)
}

/// A text after two bytes of length.
pub(super) fn long(body: &[u8], at: usize) -> Result<&[u8], Refusal> {
    let length = usize::from(u16_at(body, at)?);
    body.get(at + 2..at + 2 + length).ok_or(Refusal::FileDamaged)
}

/// Names of fonts and formats that matter here are ASCII; other bytes are taken as Latin-1, whatever the code page.
fn ascii(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
