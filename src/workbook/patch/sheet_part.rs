//! One worksheet part: the marked cells get their filled look; cells and rows that are not there are made. Values are
//! never touched.

use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::part::{Out, RELATIONSHIPS, attribute, emit, emit_raw, prefix_of, rewrite, with_attribute};
use super::styles::{Styles, style_of};
use super::{SheetMarks, notes};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::cell_name;

/// Elements that come after `legacyDrawing` in a worksheet (ECMA-376, CT_Worksheet).
const AFTER_LEGACY_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// Marks the cells of a sheet and hangs the notes on it.
pub(super) fn mark(
    package: &mut Package<'_>,
    part: &str,
    marks: &SheetMarks,
    styles: &mut Styles,
) -> Result<(), Refusal> {
    let drawing = notes::hang(package, part, marks)?;
    let xml = package.get(part)?;
    let mut painter = Painter {
        marks,
        styles,
        prefix: String::new(),
        row: 0,
        column: 0,
        next: marks.keys().copied().collect(),
    };
    painter.next.reverse();
    let mut drawing = drawing;
    let patched = rewrite(&xml, |event, depth, out| {
        place_drawing(&event, depth, out, &mut drawing)?;
        painter.event(&event, depth, out)
    })?;
    package.put(part, patched);
    Ok(())
}

/// Writes the reference to the note shapes before the first element that must follow it.
fn place_drawing(
    event: &Event<'_>,
    depth: usize,
    out: &mut Out,
    drawing: &mut Option<String>,
) -> Result<(), Refusal> {
    let prefix = match event {
        Event::Start(element) | Event::Empty(element)
            if depth == 1 && AFTER_LEGACY_DRAWING.contains(&element.local_name().as_ref()) =>
        {
            // `mc:AlternateContent` has a prefix of its own; ours is that of the worksheet.
            if element.local_name().as_ref() == "AlternateContent" {
                String::new()
            } else {
                prefix_of(element)
            }
        }
        Event::End(element) if depth == 0 => {
            element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()))
        }
        _ => return Ok(()),
    };
    if let Some(id) = drawing.take() {
        emit_raw(out, &format!("<{prefix}legacyDrawing xmlns:gbr=\"{RELATIONSHIPS}\" gbr:id=\"{id}\"/>"));
    }
    Ok(())
}

/// Walks the cells in order, with the places still to be marked beside it.
struct Painter<'a> {
    marks: &'a SheetMarks,
    styles: &'a mut Styles,
    prefix: String,
    /// 0-based number of the next row or cell where the file gives none.
    row: u32,
    column: u32,
    /// Places not yet met, last first.
    next: Vec<(u32, u32)>,
}

impl Painter<'_> {
    fn event(&mut self, event: &Event<'_>, depth: usize, out: &mut Out) -> Result<(), Refusal> {
        match event {
            Event::Start(element) | Event::Empty(element) if depth == 0 => {
                self.prefix = prefix_of(element);
                emit(out, event.borrow())
            }
            Event::Empty(element) if depth == 1 && element.local_name().as_ref() == "sheetData" => {
                let name = element.name().as_ref().to_owned();
                emit_raw(out, &format!("<{name}>"));
                self.rows_before(u32::MAX, out);
                emit_raw(out, &format!("</{name}>"));
                Ok(())
            }
            Event::End(element) if depth == 1 && element.local_name().as_ref() == "sheetData" => {
                self.rows_before(u32::MAX, out);
                emit(out, event.borrow())
            }
            Event::Start(element) | Event::Empty(element)
                if depth == 2 && element.local_name().as_ref() == "row" =>
            {
                let empty = matches!(event, Event::Empty(_));
                self.row_starts(element, empty, out)
            }
            Event::End(element) if depth == 2 && element.local_name().as_ref() == "row" => {
                self.cells_before(u32::MAX, out);
                self.row += 1;
                emit(out, event.borrow())
            }
            Event::Start(element) | Event::Empty(element)
                if depth == 3 && element.local_name().as_ref() == "c" =>
            {
                let empty = matches!(event, Event::Empty(_));
                self.cell(element, empty, out)
            }
            _ => emit(out, event.borrow()),
        }
    }

    fn row_starts(&mut self, element: &BytesStart<'_>, empty: bool, out: &mut Out) -> Result<(), Refusal> {
        if let Some(number) = attribute(element, "r").and_then(|r| r.parse::<u32>().ok()) {
            self.row = number.checked_sub(1).ok_or(Refusal::FileDamaged)?;
        }
        self.rows_before(self.row, out);
        self.column = 0;
        let pending = self.next.last().is_some_and(|place| place.0 == self.row);
        match (empty, pending) {
            (false, _) => emit(out, Event::Start(element.borrow())),
            (true, false) => {
                self.row += 1;
                emit(out, Event::Empty(element.borrow()))
            }
            (true, true) => {
                emit(out, Event::Start(element.borrow()))?;
                self.cells_before(u32::MAX, out);
                self.row += 1;
                emit_raw(out, &format!("</{}>", element.name().as_ref()));
                Ok(())
            }
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, empty: bool, out: &mut Out) -> Result<(), Refusal> {
        if let Some(column) = attribute(element, "r").and_then(|name| column_of(&name)) {
            self.column = column;
        }
        self.cells_before(self.column, out);
        let place = (self.row, self.column);
        self.column += 1;
        let mut shown = element.to_owned();
        if self.next.last() == Some(&place) {
            self.next.pop();
            if let Some(marks) = self.marks.get(&place) {
                let look = self.styles.marked(style_of(element), marks.severity);
                shown = with_attribute(element, "s", &look.to_string());
            }
        }
        emit(out, if empty { Event::Empty(shown) } else { Event::Start(shown) })
    }

    /// Makes the rows with marks that come before this one and are not in the file.
    fn rows_before(&mut self, row: u32, out: &mut Out) {
        while let Some(&(at, _)) = self.next.last() {
            if at >= row {
                return;
            }
            let p = self.prefix.clone();
            emit_raw(out, &format!("<{p}row r=\"{}\">", at + 1));
            let kept = std::mem::replace(&mut self.row, at);
            self.cells_before(u32::MAX, out);
            self.row = kept;
            emit_raw(out, &format!("</{p}row>"));
        }
    }

    /// Makes the marked cells of the present row that come before this column and are not in the file.
    fn cells_before(&mut self, column: u32, out: &mut Out) {
        while let Some(&place) = self.next.last() {
            if place.0 != self.row || place.1 >= column {
                return;
            }
            self.next.pop();
            if let Some(marks) = self.marks.get(&place) {
                let look = self.styles.marked(0, marks.severity);
                let name = cell_name(place.0, place.1);
                emit_raw(out, &format!("<{}c r=\"{name}\" s=\"{look}\"/>", self.prefix));
            }
        }
    }
}

/// The 0-based column of a cell name.
fn column_of(name: &str) -> Option<u32> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0u32, |number, letter| {
        number.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    number.checked_sub(1)
}
