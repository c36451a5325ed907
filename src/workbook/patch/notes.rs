//! Notes: the comments part of a sheet. Existing notes are kept; ours carry our name as their author, so that an
//! earlier set is replaced and never mistaken for the sender's words. Threaded comments are not touched.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::part::{
    Out, attribute, emit, emit_raw, escape_shown, place_of, prefix_of, prefix_of_name, rewrite,
};
use super::relations::{Flavour, declare, declare_ending, relate, relationships};
use super::{CellMarks, SheetMarks, shapes};
use crate::domain::refusal::Refusal;
use crate::sheet::annotation::AUTHOR;
use crate::sheet::cell::cell_name;

/// What our words in somebody else's note begin with.
const MARKER: &str = "[Giao Ban] ";

/// What the author of the stand-in for a threaded comment begins with; Excel shows the thread instead of its text.
const THREAD: &str = "tc=";

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

type Places = BTreeSet<(u32, u32)>;

/// The places of our own notes and of those that we added words to on an earlier occasion.
pub(super) fn ours(package: &mut Package<'_>, sheet: &str) -> Result<Places, Refusal> {
    let Some(part) = part_of(package, sheet, "/comments")? else { return Ok(Places::new()) };
    let xml = package.get(&part)?;
    if !xml.contains(AUTHOR) {
        return Ok(Places::new());
    }
    let authors = authors_of(&xml)?;
    let (mut places, mut on) = (Places::new(), None);
    rewrite(&xml, |event, depth, _| {
        match &event {
            Event::Start(element) if depth == 2 && element.local_name().as_ref() == "comment" => {
                on = place(element);
                if author(element, &authors) == AUTHOR {
                    places.extend(on);
                }
            }
            Event::Text(text) if depth >= 4 && text.xml10_content().trim_start().starts_with(MARKER) => {
                places.extend(on);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(places)
}

/// Hangs the notes on a sheet. Gives the relationship id that the sheet must name as `legacyDrawing` when it names none
/// yet.
pub(super) fn hang(
    package: &mut Package<'_>,
    (sheet, flavour): (&str, Flavour),
    marks: &SheetMarks,
) -> Result<Option<String>, Refusal> {
    let mut gone = Places::new();
    let own = match part_of(package, sheet, "/comments")? {
        Some(part) => add_comments(package, &part, marks, &mut gone)?,
        None if marks.is_empty() => return Ok(None),
        None => {
            let part = package.free_name("xl/commentsGb", ".xml");
            package.put(&part, fresh_comments(marks, flavour));
            relate(package, sheet, (flavour, "comments"), &part)?;
            declare(package, &part, COMMENTS_TYPE)?;
            marks.keys().copied().collect()
        }
    };
    // The sheet's own drawing of notes, if it names one.
    let legacy = legacy_drawing(&package.get(sheet)?)?;
    let known = relationships(package, sheet)?;
    if let Some(part) = legacy.and_then(|id| known.get(&id)).map(|(_, target)| target.clone()) {
        let before = package.get(&part)?;
        let after = shapes::with_shapes(&shapes::without_shapes(&before, &gone), &own);
        if after != before {
            package.put(&part, after);
        }
        return Ok(None);
    }
    let part = package.free_name("xl/drawings/vmlDrawingGb", ".vml");
    package.put(&part, shapes::with_shapes(shapes::EMPTY, &own));
    declare_ending(package, "vml", VML_TYPE)?;
    relate(package, sheet, (flavour, "vmlDrawing"), &part).map(Some)
}

fn part_of(package: &mut Package<'_>, sheet: &str, kind: &str) -> Result<Option<String>, Refusal> {
    let known = relationships(package, sheet)?;
    let found = known.into_values().find(|(known, _)| known.ends_with(kind)).map(|(_, target)| target);
    Ok(found.filter(|part| package.has(part)))
}

fn legacy_drawing(xml: &str) -> Result<Option<String>, Refusal> {
    let mut id = None;
    rewrite(xml, |event, depth, _| {
        if let Event::Start(element) | Event::Empty(element) = &event
            && depth == 1
            && element.local_name().as_ref() == "legacyDrawing"
        {
            id = attribute(element, "id");
        }
        Ok(())
    })?;
    Ok(id)
}

fn fresh_comments(marks: &SheetMarks, flavour: Flavour) -> String {
    let list: String = marks.iter().map(|(place, cell)| comment("", *place, 0, cell)).collect();
    let namespace = flavour.main();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors><author>{AUTHOR}</author></authors><commentList>{list}</commentList></comments>"
    )
}

fn comment(p: &str, place: (u32, u32), author: usize, cell: &CellMarks) -> String {
    let name = cell_name(place.0, place.1);
    format!(
        "<{p}comment ref=\"{name}\" authorId=\"{author}\"><{p}text>{}</{p}text></{p}comment>",
        run(p, "", &cell.text)
    )
}

fn run(p: &str, before: &str, text: &str) -> String {
    let text = escape_shown(&format!("{before}{MARKER}{text}"));
    format!("<{p}r><{p}t xml:space=\"preserve\">{text}</{p}t></{p}r>")
}

/// Adds our notes to a comments part: to the sender's note where there is one on the cell, else as a note of ours.
/// Notes of ours from an earlier occasion go, their places into `gone`, and so do our words in the sender's. Gives the
/// places that need a shape.
fn add_comments(
    package: &mut Package<'_>,
    part: &str,
    marks: &SheetMarks,
    gone: &mut Places,
) -> Result<Vec<(u32, u32)>, Refusal> {
    let xml = package.get(part)?;
    let authors = authors_of(&xml)?;
    let mut editor = Editor {
        marks,
        us: authors.iter().position(|name| name == AUTHOR),
        own: marks.keys().copied().collect(),
        authors,
        gone,
        on: None,
        dropping: false,
        run: None,
    };
    let patched = rewrite(&xml, |event, depth, out| editor.event(event, depth, out))?;
    let own = editor.own.into_iter().collect();
    package.put(part, patched);
    Ok(own)
}

struct Editor<'a> {
    marks: &'a SheetMarks,
    authors: Vec<String>,
    /// Our place among the authors.
    us: Option<usize>,
    /// Marks that have no note yet.
    own: Places,
    gone: &'a mut Places,
    /// The cell of the sender's note that is being read.
    on: Option<(u32, u32)>,
    /// Whether a note of ours is being left out.
    dropping: bool,
    /// Where the run that is being read begins, and whether it holds our words.
    run: Option<(usize, bool)>,
}

impl Editor<'_> {
    fn event(&mut self, event: Event<'_>, depth: usize, out: &mut Out) -> Result<(), Refusal> {
        match &event {
            Event::Start(element) if depth == 2 && element.local_name().as_ref() == "comment" => {
                self.note_starts(element);
            }
            Event::End(element) if depth == 2 && element.local_name().as_ref() == "comment" => {
                self.on = None;
                if std::mem::take(&mut self.dropping) {
                    return Ok(());
                }
            }
            _ if self.dropping => return Ok(()),
            Event::End(element) if depth == 1 => {
                self.list_ends(element.local_name().as_ref(), &prefix_of_name(&element.name()), out);
            }
            // A list may be written as one empty element.
            Event::Empty(element) if depth == 1 => {
                let (name, p) = (element.name().as_ref().to_owned(), prefix_of(element));
                emit_raw(out, &format!("<{name}{}>", element.attributes_raw()));
                self.list_ends(element.local_name().as_ref(), &p, out);
                emit_raw(out, &format!("</{name}>"));
                return Ok(());
            }
            _ => return self.inside_note(event, depth, out),
        }
        if self.dropping { Ok(()) } else { emit(out, event) }
    }

    fn note_starts(&mut self, element: &BytesStart<'_>) {
        let place = place(element);
        let author = author(element, &self.authors);
        self.dropping = author == AUTHOR;
        if self.dropping {
            self.gone.extend(place);
        } else if let Some(place) = place {
            self.own.remove(&place);
            self.on = Some(place).filter(|_| !author.starts_with(THREAD));
        }
    }

    fn list_ends(&self, list: &str, p: &str, out: &mut Out) {
        match list {
            "authors" if self.us.is_none() => emit_raw(out, &format!("<{p}author>{AUTHOR}</{p}author>")),
            "commentList" => {
                let author = self.us.unwrap_or(self.authors.len());
                for place in &self.own {
                    if let Some(cell) = self.marks.get(place) {
                        emit_raw(out, &comment(p, *place, author, cell));
                    }
                }
            }
            _ => {}
        }
    }

    /// The sender's note: our words of an earlier occasion go, those of now come last.
    fn inside_note(&mut self, event: Event<'_>, depth: usize, out: &mut Out) -> Result<(), Refusal> {
        let Some(cell) = self.on.map(|place| self.marks.get(&place)) else { return emit(out, event) };
        match &event {
            Event::Start(element) if depth == 4 && element.local_name().as_ref() == "r" => {
                self.run = Some((out.get_mut().len(), false));
            }
            // Plain words become a run, since none may stand beside runs.
            Event::Start(element) if depth == 4 && element.local_name().as_ref() == "t" && cell.is_some() => {
                emit_raw(out, &format!("<{}r>", prefix_of(element)));
            }
            Event::End(element) if depth == 4 && element.local_name().as_ref() == "t" && cell.is_some() => {
                let p = prefix_of_name(&element.name());
                emit(out, event.borrow())?;
                emit_raw(out, &format!("</{p}r>"));
                return Ok(());
            }
            Event::Text(text) if text.xml10_content().trim_start().starts_with(MARKER) => {
                if let Some((_, ours)) = &mut self.run {
                    *ours = true;
                }
            }
            Event::End(element) if depth == 4 && element.local_name().as_ref() == "r" => {
                if let Some((start, true)) = self.run.take() {
                    out.get_mut().truncate(start);
                    return Ok(());
                }
            }
            Event::End(element) if depth == 3 && element.local_name().as_ref() == "text" => {
                if let Some(cell) = cell {
                    emit_raw(out, &run(&prefix_of_name(&element.name()), "\n", &cell.text));
                }
            }
            // An empty note may stand as one element; what must be put inside needs both tags.
            Event::Empty(element) if depth == 3 && element.local_name().as_ref() == "text" => {
                if let Some(cell) = cell {
                    let p = prefix_of(element);
                    emit_raw(out, &format!("<{p}text>{}</{p}text>", run(&p, "", &cell.text)));
                    return Ok(());
                }
            }
            _ => {}
        }
        emit(out, event)
    }
}

fn place(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    place_of(&attribute(element, "ref")?)
}

fn author<'a>(element: &BytesStart<'_>, authors: &'a [String]) -> &'a str {
    let index = attribute(element, "authorId").and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
    authors.get(index).map_or("", String::as_str)
}

fn authors_of(xml: &str) -> Result<Vec<String>, Refusal> {
    let mut authors: Vec<String> = Vec::new();
    let mut inside = false;
    rewrite(xml, |event, depth, _| {
        match &event {
            Event::Start(element) if depth == 2 && element.local_name().as_ref() == "author" => {
                inside = true;
                authors.push(String::new());
            }
            Event::Empty(element) if depth == 2 && element.local_name().as_ref() == "author" => {
                authors.push(String::new());
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => {
                if let Some(last) = authors.last_mut() {
                    last.push_str(&text.xml10_content());
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(authors)
}
