//! One worksheet part: the marked cells get their filled look; cells and rows that are not there are made. Values are
//! never touched.

use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::part::{
    Out, attribute, emit, emit_raw, place_of, prefix_of, relation_attribute, rewrite, with_attribute,
};
use super::relations::Flavour;
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

/// Whether a cell of the sheet has a look that we gave it on an earlier occasion.
pub(super) fn is_marked(xml: &str, styles: &Styles) -> Result<bool, Refusal> {
    let mut marked = false;
    rewrite(xml, |event, depth, _| {
        if let Event::Start(element) | Event::Empty(element) = &event
            && depth == 3
            && !marked
        {
            marked = element.local_name().as_ref() == "c" && styles.is_marked(style_of(element));
        }
        Ok(())
    })?;
    Ok(marked)
}

/// Marks the cells of a sheet and hangs the notes on it. Cells that we marked on an earlier occasion get their old look
/// back. With `unselect` the tab is no longer marked as selected.
pub(super) fn mark(
    package: &mut Package<'_>,
    (part, flavour): (&str, Flavour),
    marks: &SheetMarks,
    (styles, unselect): (&mut Styles, bool),
) -> Result<(), Refusal> {
    let mut drawing = notes::hang(package, (part, flavour), marks)?;
    let xml = package.get(part)?;
    let mut next: Vec<(u32, u32)> = marks.keys().copied().collect();
    next.reverse();
    let mut painter = Painter {
        marks,
        styles,
        row_look: None,
        column_looks: Vec::new(),
        prefix: String::new(),
        root: String::new(),
        row: 0,
        column: 0,
        next,
    };
    let patched = rewrite(&xml, |event, depth, out| {
        if drawing.is_some() && is_place_of_drawing(&event, depth) {
            let id = drawing.take().unwrap_or_default();
            let id = relation_attribute(&painter.root, flavour.relationships(), &id);
            emit_raw(out, &format!("<{}legacyDrawing {id}/>", painter.prefix));
        }
        match &event {
            Event::Start(element) if unselect && element.local_name().as_ref() == "sheetView" => {
                emit(out, Event::Start(with_attribute(element, "tabSelected", "0")))
            }
            Event::Empty(element) if unselect && element.local_name().as_ref() == "sheetView" => {
                emit(out, Event::Empty(with_attribute(element, "tabSelected", "0")))
            }
            _ => painter.event(&event, depth, out),
        }
    })?;
    package.put(part, patched);
    Ok(())
}

/// Whether the reference to the note shapes must stand before this event: an element that has to follow it, or the end.
fn is_place_of_drawing(event: &Event<'_>, depth: usize) -> bool {
    match event {
        Event::Start(element) | Event::Empty(element) => {
            depth == 1 && AFTER_LEGACY_DRAWING.contains(&element.local_name().as_ref())
        }
        Event::End(_) => depth == 0,
        _ => false,
    }
}

/// Walks the cells in order, with the places still to be marked beside it.
struct Painter<'a> {
    marks: &'a SheetMarks,
    styles: &'a mut Styles,
    /// The look of the present row, for cells that the file leaves out.
    row_look: Option<usize>,
    /// First and last column with a look of their own, and the look.
    column_looks: Vec<(u32, u32, usize)>,
    prefix: String,
    /// The attributes of the root, its namespaces among them.
    root: String,
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
                element.attributes_raw().clone_into(&mut self.root);
                emit(out, event.borrow())
            }
            Event::Start(element) | Event::Empty(element)
                if depth == 2 && element.local_name().as_ref() == "col" =>
            {
                self.column(element);
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

    fn column(&mut self, element: &BytesStart<'_>) {
        let number = |name| attribute(element, name).and_then(|text| text.parse::<u32>().ok());
        let look = attribute(element, "style").and_then(|look| look.parse::<usize>().ok());
        if let (Some(first), Some(last), Some(look)) = (number("min"), number("max"), look) {
            self.column_looks.push((first.saturating_sub(1), last.saturating_sub(1), look));
        }
    }

    fn row_starts(&mut self, element: &BytesStart<'_>, empty: bool, out: &mut Out) -> Result<(), Refusal> {
        if let Some(number) = attribute(element, "r").and_then(|r| r.parse::<u32>().ok()) {
            self.row = number.checked_sub(1).ok_or(Refusal::FileDamaged)?;
        }
        self.rows_before(self.row, out);
        self.column = 0;
        let own = attribute(element, "customFormat").is_some_and(|own| own == "1" || own == "true");
        self.row_look = own.then(|| style_of(element));
        let pending = self.next.last().is_some_and(|place| place.0 == self.row);
        match (empty, pending) {
            (false, true) => emit(out, Event::Start(without_spans(element))),
            (false, false) => emit(out, Event::Start(element.borrow())),
            (true, false) => {
                self.row += 1;
                emit(out, Event::Empty(element.borrow()))
            }
            (true, true) => {
                emit(out, Event::Start(without_spans(element)))?;
                self.cells_before(u32::MAX, out);
                self.row += 1;
                emit_raw(out, &format!("</{}>", element.name().as_ref()));
                Ok(())
            }
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, empty: bool, out: &mut Out) -> Result<(), Refusal> {
        if let Some(column) = attribute(element, "r").and_then(|name| place_of(&name)).map(|place| place.1) {
            self.column = column;
        }
        self.cells_before(self.column, out);
        let place = (self.row, self.column);
        self.column += 1;
        let mut shown = element.to_owned();
        if self.next.last() == Some(&place) {
            self.next.pop();
        }
        if let Some(marks) = self.marks.get(&place) {
            let look = self.styles.marked(style_of(element), marks.severity);
            shown = with_attribute(element, "s", &look.to_string());
        } else if self.styles.is_marked(style_of(element)) {
            let look = self.styles.unmarked(style_of(element));
            shown = with_attribute(element, "s", &look.to_string());
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
            self.row_look = None;
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
                let of_column = || {
                    let holds = |(first, last, _): &&(u32, u32, usize)| (*first..=*last).contains(&place.1);
                    self.column_looks.iter().find(holds).map(|(_, _, look)| *look)
                };
                let look = self.row_look.or_else(of_column).unwrap_or(0);
                let look = self.styles.marked_anew(look, marks.severity);
                let name = cell_name(place.0, place.1);
                emit_raw(out, &format!("<{}c r=\"{name}\" s=\"{look}\"/>", self.prefix));
            }
        }
    }
}

/// The row without `spans`, a hint about its columns that need not hold any more.
fn without_spans(element: &BytesStart<'_>) -> BytesStart<'static> {
    let tag = element.name().as_ref().to_owned();
    let mut raw = tag.clone();
    for attribute in element.attributes().flatten().filter(|attribute| attribute.key.as_ref() != "spans") {
        let value = attribute.value.replace('"', "&quot;");
        raw.push_str(&format!(" {}=\"{value}\"", attribute.key.as_ref()));
    }
    BytesStart::from_content(raw, tag.len())
}
