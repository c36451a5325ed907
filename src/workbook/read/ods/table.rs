//! One table of an OpenDocument spreadsheet: columns, rows, repeats.

use quick_xml::events::{BytesStart, Event as Tag};

use super::cell::{Means, Read};
use super::style::Book;
use crate::domain::refusal::Refusal;
use crate::sheet::cell::Visibility;
use crate::workbook::event::{Event, Listener, Margins, Place};
use crate::workbook::limits;
use crate::workbook::preflight::xml::{Xml, attribute, number};
use crate::workbook::read::xlsx::style::Style;

/// Reads one table.
pub(super) struct Reader<'r> {
    book: &'r Book,
    to: &'r mut dyn Listener,
    margins: Margins,
    /// The next row and column to be described.
    row: u32,
    column: u32,
    /// Cell styles of whole columns: the first column after each stretch, and its style.
    defaults: Vec<(u32, String)>,
}

impl<'r> Reader<'r> {
    /// A reader that tells `to`.
    pub(super) fn new(book: &'r Book, to: &'r mut dyn Listener) -> Self {
        Reader { book, to, margins: Margins::default(), row: 0, column: 0, defaults: Vec::new() }
    }

    /// Reads the table whose start was just read, to its end.
    pub(super) fn read(mut self, xml: &mut Xml<'_>, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let name = attribute(element, "table:name")?.unwrap_or_default();
        let style = attribute(element, "table:style-name")?.unwrap_or_default();
        let visibility = if self.book.hides(&style) { Visibility::Hidden } else { Visibility::Visible };
        self.to.take(Event::Sheet { name: &name, visibility })?;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next_event()? {
                Tag::Start(inner) => match inner.name().into_inner() {
                    "table:table-column" => {
                        self.columns(&inner)?;
                        xml.skip()?;
                    }
                    "table:table-row" => self.rows(xml, &inner)?,
                    // Groups and headers are brackets around rows and columns.
                    "table:table-rows"
                    | "table:table-row-group"
                    | "table:table-header-rows"
                    | "table:table-columns"
                    | "table:table-column-group"
                    | "table:table-header-columns" => {}
                    _ => xml.skip()?,
                },
                Tag::Empty(inner) => match inner.name().into_inner() {
                    "table:table-column" => self.columns(&inner)?,
                    "table:table-row" => self.empty_rows(&inner)?,
                    _ => {}
                },
                _ => {}
            }
        }
        self.to.take(Event::Margins(self.margins))
    }

    /// A stretch of columns alike.
    fn columns(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let end = self.column.saturating_add(repeats(element, "table:number-columns-repeated")?);
        if is_hidden(element)? {
            self.margins.hidden_columns.extend(self.column..end.min(limits::MAX_COLUMNS));
        }
        let style = attribute(element, "table:default-cell-style-name")?.unwrap_or_default().into_owned();
        self.defaults.push((end, style));
        self.column = end;
        Ok(())
    }

    fn empty_rows(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let end = self.row.saturating_add(repeats(element, "table:number-rows-repeated")?);
        if is_hidden(element)? {
            self.margins.hidden_rows.extend(self.row..end.min(limits::MAX_ROWS));
        }
        self.row = end;
        Ok(())
    }

    /// A stretch of rows alike, whose start was just read.
    fn rows(&mut self, xml: &mut Xml<'_>, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let first = self.row;
        self.empty_rows(element)?;
        let mut cells: Vec<(u32, u32, Read)> = Vec::new();
        let mut column = 0u32;
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            let event = xml.next_event()?;
            let (Tag::Start(inner) | Tag::Empty(inner)) = &event else { continue };
            let open = matches!(event, Tag::Start(_));
            if !matches!(inner.name().into_inner(), "table:table-cell" | "table:covered-table-cell") {
                if open {
                    xml.skip()?;
                }
                continue;
            }
            let end = column.saturating_add(repeats(inner, "table:number-columns-repeated")?);
            let read = Read::of_element(xml, inner, open)?;
            if read.seen().is_some() || read.span != (1, 1) {
                cells.push((column, end, read));
            }
            column = end;
        }
        if cells.is_empty() {
            return Ok(());
        }
        for row in first..self.row {
            for (from, end, read) in &cells {
                self.tell(row, *from..*end, read)?;
            }
        }
        Ok(())
    }

    /// Tells of a cell and of its repeats to the right. The listener refuses what lies too far out.
    fn tell(&mut self, row: u32, columns: std::ops::Range<u32>, read: &Read) -> Result<(), Refusal> {
        for column in columns {
            if let Some(merge) = read.merge(row, column) {
                self.margins.merges.push(merge);
                if self.margins.merges.len() > limits::MAX_MERGES {
                    return Err(Refusal::SheetTooLarge);
                }
            }
            let Some(seen) = read.seen() else { continue };
            let style = self.style(column, read);
            let place = Place {
                row,
                column,
                format: self.format(style, read.means),
                font: style.font,
                formula: read.formula,
            };
            self.to.take(Event::Cell(place, seen))?;
        }
        Ok(())
    }

    fn style(&self, column: u32, read: &Read) -> Style {
        if let Some(name) = &read.style {
            return self.book.style(name);
        }
        let stretch = self.defaults.partition_point(|(end, _)| *end <= column);
        self.defaults.get(stretch).map_or(Style::default(), |(_, name)| self.book.style(name))
    }

    /// The number format, made to agree with what the value is declared to be.
    fn format(&self, style: Style, means: Means) -> u16 {
        let formats = &self.book.looks.formats;
        let code = formats.get(usize::from(style.format)).map_or("", String::as_str);
        match means {
            Means::Percentage if !code.contains('%') => self.book.percentage,
            Means::Time if !code.contains('h') => self.book.time,
            Means::Plain | Means::Percentage | Means::Time => style.format,
        }
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, Refusal> {
    Ok(number(element, name)?.unwrap_or(1).max(1))
}

fn is_hidden(element: &BytesStart<'_>) -> Result<bool, Refusal> {
    Ok(matches!(attribute(element, "table:visibility")?.as_deref(), Some("collapse" | "filter")))
}
