//! Notes: the comments part of a sheet. Existing notes are kept; our words are known among them ([`words`]), so that an
//! earlier set is replaced and never mistaken for the sender's. Threaded comments are not touched.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::comments::{Editor, authors_of};
use super::package::Package;
use super::part::{attribute, rewrite};
use super::relations::{Flavour, declare, declare_ending, relate, relationships};
use super::{SheetMarks, comments, shapes, words};
use crate::domain::refusal::Refusal;
use crate::sheet::annotation::AUTHOR;
use crate::workbook::preflight::xml::push_text;

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

pub(super) type Places = BTreeSet<(u32, u32)>;

/// Whether a note of the sheet has words of ours.
pub(super) fn any_ours(package: &mut Package<'_>, sheet: &str) -> Result<bool, Refusal> {
    let Some(part) = part_of(package, sheet, "/comments")? else { return Ok(false) };
    let xml = package.get(&part)?;
    if !xml.contains(AUTHOR) {
        return Ok(false);
    }
    let (mut any, mut note) = (false, String::new());
    rewrite(&xml, |event, depth, _| {
        match &event {
            Event::Start(_) if depth == 2 => note.clear(),
            Event::End(_) if depth == 2 => any |= !words::ours_in(&note).is_empty(),
            event => push_text(event, &mut note)?,
        }
        Ok(())
    })?;
    Ok(any)
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
            package.put(&part, comments::fresh(marks, flavour));
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
    let mut editor = Editor::new(marks, authors_of(&xml)?, gone);
    let patched = rewrite(&xml, |event, depth, out| editor.event(event, depth, out))?;
    let own = editor.own.into_iter().collect();
    if patched != xml.as_bytes() {
        package.put(part, patched);
    }
    Ok(own)
}
