//! The comments part, note by note: our words of an earlier occasion go, those of now come.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::notes::Places;
use super::part::{
    Out, attribute, emit, emit_raw, escape, escape_shown, place_of, prefix_of, prefix_of_name, rewrite,
};
use super::relations::Flavour;
use super::{CellMarks, SheetMarks, words};
use crate::domain::refusal::Refusal;
use crate::sheet::annotation::AUTHOR;
use crate::sheet::cell::cell_name;
use crate::workbook::preflight::xml::push_text;

/// What the author of the stand-in for a threaded comment begins with; Excel shows the thread instead of its text.
const THREAD: &str = "tc=";

/// A comments part with our notes alone.
pub(super) fn fresh(marks: &SheetMarks, flavour: Flavour) -> String {
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
        run(p, cell, false)
    )
}

fn run(p: &str, cell: &CellMarks, below: bool) -> String {
    let text = escape_shown(&words::framed(&cell.text, below));
    format!("<{p}r><{p}t xml:space=\"preserve\">{text}</{p}t></{p}r>")
}

/// Rewrites the part.
pub(super) struct Editor<'a> {
    marks: &'a SheetMarks,
    authors: Vec<String>,
    /// Our place among the authors.
    us: Option<usize>,
    /// Marks that have no note yet.
    pub(super) own: Places,
    /// Where a note of ours was.
    gone: &'a mut Places,
    /// The note that is being read.
    note: Option<Note>,
}

/// A note and where its parts stand in what was written so far.
struct Note {
    start: usize,
    place: Option<(u32, u32)>,
    /// Whether it may be ours as a whole: programs that lose the author leave none.
    may_be_ours: bool,
    /// Whether it stands for a thread.
    thread: bool,
    texts: Vec<Text>,
    /// Where the run that is being read begins.
    run: Option<usize>,
    /// Where further runs can stand, and the prefix of names; with both tags where the text was one empty element.
    end: Option<(Range<usize>, String)>,
}

/// One `t` of a note.
struct Text {
    /// The run around it, or the element itself where there is no run.
    whole: Range<usize>,
    in_run: bool,
    inside: Range<usize>,
    text: String,
}

impl<'a> Editor<'a> {
    /// An editor that brings these marks; `gone` takes the places of notes of ours that went.
    pub(super) fn new(marks: &'a SheetMarks, authors: Vec<String>, gone: &'a mut Places) -> Editor<'a> {
        let us = authors.iter().position(|name| name == AUTHOR);
        Editor { marks, authors, us, own: marks.keys().copied().collect(), gone, note: None }
    }

    /// Takes one event of the part.
    pub(super) fn event(&mut self, event: Event<'_>, depth: usize, out: &mut Out) -> Result<(), Refusal> {
        match &event {
            Event::Start(element) if depth == 2 && element.local_name().as_ref() == "comment" => {
                self.note = Some(self.starts(element, out.get_ref().len()));
            }
            Event::Empty(element) if depth == 2 && element.local_name().as_ref() == "comment" => {
                // Nothing can be put into it, and a cell has one note.
                if let Some(place) = place(element) {
                    self.own.remove(&place);
                }
            }
            Event::End(_) if depth == 2 => {
                if let Some(note) = self.note.take() {
                    emit(out, event.borrow())?;
                    self.ends(&note, out);
                    return Ok(());
                }
            }
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
            _ => {
                if let Some(note) = &mut self.note {
                    return note.event(&event, depth, out);
                }
            }
        }
        emit(out, event)
    }

    fn starts(&self, element: &BytesStart<'_>, start: usize) -> Note {
        let author = author(element, &self.authors);
        Note {
            start,
            place: place(element),
            may_be_ours: author == AUTHOR || author.trim().is_empty(),
            thread: author.starts_with(THREAD),
            texts: Vec::new(),
            run: None,
            end: None,
        }
    }

    /// Mends the note that was just written.
    fn ends(&mut self, note: &Note, out: &mut Out) {
        let all: String = note.texts.iter().map(|text| text.text.as_str()).collect();
        let gone = if note.thread { Vec::new() } else { words::ours_in(&all) };
        let left = words::without(&all, 0, &gone);
        if !gone.is_empty() && left.trim().is_empty() && note.may_be_ours {
            out.get_mut().truncate(note.start);
            self.gone.extend(note.place);
            return;
        }
        if let Some(place) = &note.place {
            self.own.remove(place);
        }
        let mark = note.place.and_then(|place| self.marks.get(&place)).filter(|_| !note.thread);
        let mut edits = note.without(&gone, mark.is_some());
        if let (Some(mark), Some((at, p))) = (mark, &note.end) {
            let run = run(p, mark, !left.is_empty());
            let empty = !at.is_empty();
            edits.push((at.clone(), if empty { format!("<{p}text>{run}</{p}text>") } else { run }));
        }
        // From behind, so that what stands before keeps its place.
        for (at, text) in edits.into_iter().rev() {
            out.get_mut().splice(at, text.into_bytes());
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
}

impl Note {
    /// Writes an event inside the note as it is and takes down what stands where.
    fn event(&mut self, event: &Event<'_>, depth: usize, out: &mut Out) -> Result<(), Refusal> {
        let before = out.get_ref().len();
        emit(out, event.borrow())?;
        let after = out.get_ref().len();
        let of_text = |depth: usize, run: Option<usize>| depth == if run.is_some() { 5 } else { 4 };
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "r" if depth == 4 => self.run = Some(before),
                "t" if of_text(depth, self.run) => self.texts.push(Text {
                    whole: self.run.unwrap_or(before)..after,
                    in_run: self.run.is_some(),
                    inside: after..after,
                    text: String::new(),
                }),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "r" if depth == 4 => {
                    let run = self.run.take();
                    if let Some(text) = self.texts.last_mut().filter(|text| Some(text.whole.start) == run) {
                        text.whole.end = after;
                    }
                }
                "t" if of_text(depth, self.run) => {
                    if let Some(text) = self.texts.last_mut() {
                        text.inside.end = before;
                        text.whole.end = after;
                    }
                }
                "text" if depth == 3 => {
                    self.end = Some((before..before, prefix_of_name(&element.name())));
                }
                _ => {}
            },
            Event::Empty(element) if depth == 3 && element.local_name().as_ref() == "text" => {
                self.end = Some((before..after, prefix_of(element)));
            }
            // Words of a pronunciation guide stand deeper than words without a run.
            event if depth == if self.run.is_some() { 6 } else { 5 } => {
                if let Some(text) = self.texts.last_mut() {
                    push_text(event, &mut text.text)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What to change so that the parts in `gone` go; plain words become runs where a run of ours will stand beside them.
    fn without(&self, gone: &[Range<usize>], to_runs: bool) -> Vec<(Range<usize>, String)> {
        let p = self.end.as_ref().map_or("", |(_, p)| p.as_str());
        let (mut edits, mut start) = (Vec::new(), 0);
        for Text { whole, in_run, inside, text } in &self.texts {
            let left = words::without(text, start, gone);
            start += text.len();
            if left.is_empty() && !text.is_empty() {
                edits.push((whole.clone(), String::new()));
                continue;
            }
            let wrap = to_runs && !in_run;
            if wrap {
                edits.push((whole.start..whole.start, format!("<{p}r>")));
            }
            if left != *text {
                edits.push((inside.clone(), escape(&left)));
            }
            if wrap {
                edits.push((whole.end..whole.end, format!("</{p}r>")));
            }
        }
        edits
    }
}

fn place(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    place_of(&attribute(element, "ref")?)
}

fn author<'a>(element: &BytesStart<'_>, authors: &'a [String]) -> &'a str {
    let index = attribute(element, "authorId").and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
    authors.get(index).map_or("", String::as_str)
}

/// The authors that the part names.
pub(super) fn authors_of(xml: &str) -> Result<Vec<String>, Refusal> {
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
            event if inside => {
                if let Some(last) = authors.last_mut() {
                    push_text(event, last)?;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(authors)
}
