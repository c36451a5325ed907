//! A workbook to be written, as plain data: what `export` composes and `workbook::write` renders. Positions are
//! 0-based; widths are in characters of the standard font and heights in points, as spreadsheets count them.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::measure;
use super::style::{Shown, Style};
use crate::domain::date::official;

/// The most UTF-16 units a cell holds, by the file format.
pub const LONGEST_TEXT: usize = 32_767;

/// A workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Title in the document properties.
    pub title: String,
    /// When it was made; stands in the document properties, so that equal content gives equal bytes.
    pub created: DateTime<Utc>,
    /// Custom document properties (name, text): the identity of sheets that come back.
    pub properties: Vec<(String, String)>,
    /// Its sheets in order.
    pub pages: Vec<Page>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing, but with a look.
    Blank,
    /// Text, always stored as text, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A date without a time, stored as a true date so that it sorts and filters.
    Date(NaiveDate),
    /// A formula in English with commas, and the result stored with it (a formula without one reads back as 0).
    Formula(String, f64),
}

/// A cell, or a merged block when `to` lies elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// First row and column.
    pub at: (u32, u16),
    /// Last row and column.
    pub to: (u32, u16),
    /// What stands in it.
    pub content: Content,
    /// How it looks.
    pub style: Style,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Width in characters.
    pub width: f64,
    /// Not shown; for keys.
    pub hidden: bool,
}

/// What may be typed into a block of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// First and last row and column.
    pub range: ((u32, u16), (u32, u16)),
    /// What is allowed.
    pub allowed: Allowed,
    /// Shown beside the cell when it is chosen: title (up to 32 characters) and sentence (up to 255).
    pub hint: (&'static str, &'static str),
}

/// What a [`Rule`] allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// One of these words; offered as a drop-down.
    Words(Vec<&'static str>),
    /// A number between these.
    Between(f64, f64),
    /// A date between these.
    Dates(NaiveDate, NaiveDate),
}

/// A cell that leads to a cell of another sheet when it is clicked.
///
/// Best on numbers: LibreOffice turns a text with a link into a field, which does not wrap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub at: (u32, u16),
    /// Name of the sheet it leads to.
    pub sheet: String,
    /// Cell it leads to, as `A1`.
    pub cell: String,
}

/// How a sheet is printed. A4 always.
#[derive(Clone, Debug, PartialEq)]
pub struct Print {
    /// Landscape instead of portrait.
    pub landscape: bool,
    /// Rows repeated on every sheet of paper.
    pub repeat: Option<(u32, u32)>,
    /// Last row and column on paper; what stands outside is for the screen.
    pub area: Option<(u32, u16)>,
    /// Words at the left of the foot.
    pub foot: String,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Name on the tab; legal and unique.
    pub name: String,
    /// Columns from A.
    pub columns: Vec<Column>,
    /// Cells; a later one at the same place replaces an earlier.
    pub cells: Vec<Placed>,
    /// Heights of rows; the rest follow the program.
    pub heights: BTreeMap<u32, f64>,
    /// Rows above and columns left of this cell stay on the screen.
    pub freeze: Option<(u32, u16)>,
    /// Heading cells of a filter: first row and column, last row and column.
    pub filter: Option<((u32, u16), (u32, u16))>,
    /// What may be typed where.
    pub rules: Vec<Rule>,
    /// Places that lead to a cell of another sheet.
    pub links: Vec<Link>,
    /// Notes: place and sentence.
    pub notes: Vec<((u32, u16), String)>,
    /// On paper.
    pub print: Print,
}

impl Content {
    /// Text, or nothing when there is none.
    pub fn text(text: Option<&str>) -> Content {
        match text {
            Some(text) if !text.is_empty() => Content::Text(text.to_owned()),
            Some(_) | None => Content::Blank,
        }
    }

    /// A date, or nothing. Days that spreadsheets number differently or not at all (before March 1900, far ahead) are
    /// written in words of the official style, which the reader takes as well.
    pub fn date(date: Option<NaiveDate>) -> Content {
        match date {
            None => Content::Blank,
            Some(date) if (1901..2200).contains(&date.year()) => Content::Date(date),
            Some(date) => Content::Text(official(date)),
        }
    }
}

/// A count as a number. Counts of rows are far below 2^53, where f64 stops being exact.
pub fn count(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// The look of a date in the official style: the month has two digits only in January and February.
pub fn dated(style: Style, date: Option<NaiveDate>) -> Style {
    match date.map(|date| date.month()) {
        Some(1 | 2) => style.shown(Shown::DateEarly),
        Some(_) | None => style.shown(Shown::DateLate),
    }
}

impl Page {
    /// An empty landscape sheet with these column widths.
    pub fn new(name: impl Into<String>, widths: &[f64]) -> Page {
        Page {
            name: name.into(),
            columns: widths.iter().map(|width| Column { width: *width, hidden: false }).collect(),
            cells: Vec::new(),
            heights: BTreeMap::new(),
            freeze: None,
            filter: None,
            rules: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            print: Print { landscape: true, repeat: None, area: None, foot: String::new() },
        }
    }

    /// Number of columns.
    pub fn width(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }

    /// Puts one cell.
    pub fn put(&mut self, at: (u32, u16), content: Content, style: Style) {
        self.cells.push(Placed { at, to: at, content, style });
    }

    /// Puts text into one cell.
    pub fn text(&mut self, at: (u32, u16), text: impl Into<String>, style: Style) {
        self.put(at, Content::Text(text.into()), style);
    }

    /// Puts one content over a block of cells, merged.
    pub fn merge(&mut self, at: (u32, u16), to: (u32, u16), content: Content, style: Style) {
        self.cells.push(Placed { at, to, content, style });
    }

    /// Makes a cell lead to another sheet.
    pub fn link(&mut self, at: (u32, u16), sheet: &str, cell: impl Into<String>) {
        self.links.push(Link { at, sheet: sheet.to_owned(), cell: cell.into() });
    }

    /// A line of text across columns `from..=to` of a row, and the height that the text needs.
    pub fn line(&mut self, row: u32, (from, to): (u16, u16), text: impl Into<String>, style: Style) {
        self.merge((row, from), (row, to), Content::Text(text.into()), style);
        self.fit(row);
    }

    /// Sets the height of a row to what its texts need at the widths of their columns. Spreadsheet programs do this
    /// by themselves only for rows that were never given a height, and never for merged cells.
    pub fn fit(&mut self, row: u32) {
        let needed = self
            .cells
            .iter()
            .rev()
            // Rows are composed from top to bottom, so the cells of this row are the last ones.
            .take_while(|placed| placed.at.0 >= row)
            .filter(|placed| placed.at.0 == row && placed.to.0 == row)
            .map(|placed| self.needs(placed))
            .fold(0.0, f64::max);
        self.heights.insert(row, needed);
    }

    fn needs(&self, placed: &Placed) -> f64 {
        let text = match &placed.content {
            Content::Text(text) => text.as_str(),
            Content::Blank | Content::Number(_) | Content::Date(_) | Content::Formula(..) => "",
        };
        let columns = usize::from(placed.at.1)..=usize::from(placed.to.1);
        let width = if placed.style.wrap {
            self.columns.get(columns).map_or(0.0, |columns| columns.iter().map(|column| column.width).sum())
        } else {
            f64::INFINITY
        };
        measure::height(text, width, placed.style.size, placed.style.bold)
    }
}
