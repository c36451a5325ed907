//! Notes: the comments part of a sheet and the shapes that show them. Existing notes are kept; ours carry our name as
//! their author, so that an earlier set is replaced and never mistaken for the sender's words.

use quick_xml::events::Event;

use super::package::Package;
use super::part::{Out, attribute, emit, emit_raw, escape, prefix_of, rewrite};
use super::workbook_part::{declare, relate, relationships};
use super::{CellMarks, SheetMarks};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::cell_name;

/// Author of our notes.
pub const AUTHOR: &str = "Giao Ban";

/// What our words in somebody else's note begin with.
const MARKER: &str = "[Giao Ban] ";

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// Hangs the notes on a sheet. Gives the relationship id that the sheet must name as `legacyDrawing` when it names none
/// yet.
pub(super) fn hang(
    package: &mut Package<'_>,
    sheet: &str,
    marks: &SheetMarks,
) -> Result<Option<String>, Refusal> {
    let known = relationships(package, sheet)?;
    let part_of =
        |kind: &str| known.values().find(|(k, _)| k.ends_with(kind)).map(|(_, target)| target.clone());
    let comments = part_of("/comments");
    let mut gone = Vec::new();
    let own = match &comments {
        Some(part) => add_comments(package, part, marks, &mut gone)?,
        None => {
            let part = package.free_name("xl/commentsGb", ".xml");
            package.put(&part, fresh_comments(marks));
            relate(package, sheet, "comments", &part)?;
            declare(package, &[format!("Override PartName=\"/{part}\" ContentType=\"{COMMENTS_TYPE}\"")])?;
            marks.keys().copied().collect()
        }
    };
    // The sheet's own drawing of notes, if it names one.
    let legacy = legacy_drawing(&package.get(sheet)?)?;
    match legacy.and_then(|id| known.get(&id)).map(|(_, target)| target.clone()) {
        Some(part) => {
            let xml = package.get(&part)?;
            package.put(&part, add_shapes(&without_shapes(&xml, &gone), &own));
            Ok(None)
        }
        None => {
            let part = package.free_name("xl/drawings/vmlDrawingGb", ".vml");
            package.put(&part, add_shapes(EMPTY_VML, &own));
            declare(package, &[format!("Default Extension=\"vml\" ContentType=\"{VML_TYPE}\"")])?;
            relate(package, sheet, "vmlDrawing", &part).map(Some)
        }
    }
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

fn fresh_comments(marks: &SheetMarks) -> String {
    let list: String = marks.iter().map(|(place, cell)| comment("", *place, 0, cell)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\"><authors><author>{AUTHOR}</author></authors><commentList>{list}</commentList></comments>"
    )
}

fn comment(p: &str, place: (u32, u32), author: usize, cell: &CellMarks) -> String {
    let name = cell_name(place.0, place.1);
    format!(
        "<{p}comment ref=\"{name}\" authorId=\"{author}\"><{p}text>{}</{p}text></{p}comment>",
        run(p, &cell.text)
    )
}

fn run(p: &str, text: &str) -> String {
    format!("<{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>", escape(&format!("{MARKER}{text}")))
}

/// Adds our notes to a comments part: to the sender's note where there is one on the cell, else as a note of ours.
/// Notes of ours from an earlier occasion go, their places into `gone`. Gives the places that need a shape.
fn add_comments(
    package: &mut Package<'_>,
    part: &str,
    marks: &SheetMarks,
    gone: &mut Vec<String>,
) -> Result<Vec<(u32, u32)>, Refusal> {
    let xml = package.get(part)?;
    let authors = authors_of(&xml)?;
    let mut own: Vec<(u32, u32)> = marks.keys().copied().collect();
    let mut dropping = false;
    let mut on: Option<(u32, u32)> = None;
    let patched = rewrite(&xml, |event, depth, out| {
        match &event {
            Event::Start(element) if depth == 2 && element.local_name().as_ref() == "comment" => {
                let author =
                    attribute(element, "authorId").and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
                dropping = authors.get(author).is_some_and(|name| name == AUTHOR);
                let name = attribute(element, "ref").unwrap_or_default();
                on = marks.keys().copied().find(|place| cell_name(place.0, place.1) == name);
                if dropping {
                    gone.push(name);
                } else if let Some(place) = on {
                    own.retain(|other| *other != place);
                }
            }
            Event::End(element) if depth == 3 && element.local_name().as_ref() == "text" && !dropping => {
                if let Some(cell) = on.and_then(|place| marks.get(&place)) {
                    let p = element
                        .name()
                        .prefix()
                        .map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
                    emit_raw(out, &run(&p, &format!("\n{}", cell.text)));
                }
            }
            Event::End(element) if depth == 1 && element.local_name().as_ref() == "authors" => {
                let p =
                    element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
                emit_raw(out, &format!("<{p}author>{AUTHOR}</{p}author>"));
            }
            Event::End(element) if depth == 1 && element.local_name().as_ref() == "commentList" => {
                let p =
                    element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
                for place in &own {
                    if let Some(cell) = marks.get(place) {
                        emit_raw(out, &comment(&p, *place, authors.len(), cell));
                    }
                }
            }
            _ => {}
        }
        let ends =
            matches!(&event, Event::End(element) if depth == 2 && element.local_name().as_ref() == "comment");
        let written = if dropping { Ok(()) } else { write(out, event) };
        if ends {
            dropping = false;
        }
        written
    })?;
    package.put(part, patched);
    Ok(own)
}

fn write(out: &mut Out, event: Event<'_>) -> Result<(), Refusal> {
    // An empty list of notes may stand as one element; what must be put inside needs both tags.
    match &event {
        Event::Empty(element) if element.local_name().as_ref() == "text" => {
            let p = prefix_of(element);
            emit_raw(out, &format!("<{p}text></{p}text>"));
            Ok(())
        }
        _ => emit(out, event),
    }
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

const EMPTY_VML: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";

/// Adds a hidden note shape for every place. VML is old and loosely written (unclosed tags are met), so the text is
/// only cut at its last closing tag and never parsed.
fn add_shapes(vml: &str, places: &[(u32, u32)]) -> String {
    let Some(end) = vml.rfind("</xml>") else { return vml.to_owned() };
    let mut shapes = String::from(
        "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" id=\"_x0000_tgb\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
    );
    for (index, (row, column)) in places.iter().enumerate() {
        let (left, right, top, bottom) = (column + 1, column + 4, row.saturating_sub(1), row + 5);
        shapes.push_str(&format!(
            "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"_x0000_sgb{index}\" type=\"#_x0000_tgb\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        ));
    }
    format!("{}{shapes}{}", &vml[..end], &vml[end..])
}

/// The drawing without the shapes of notes that are gone.
fn without_shapes(vml: &str, gone: &[String]) -> String {
    const END: &str = "</v:shape>";
    let mut kept = String::with_capacity(vml.len());
    let mut rest = vml;
    while let Some(start) = rest.find("<v:shape ") {
        let Some(length) = rest[start..].find(END) else { break };
        let shape = &rest[start..start + length + END.len()];
        kept.push_str(&rest[..start]);
        let place = number_in(shape, "x:Row").zip(number_in(shape, "x:Column"));
        if !place.is_some_and(|(row, column)| gone.contains(&cell_name(row, column))) {
            kept.push_str(shape);
        }
        rest = &rest[start + length + END.len()..];
    }
    kept.push_str(rest);
    kept
}

fn number_in(shape: &str, tag: &str) -> Option<u32> {
    let after = shape.split_once(&format!("<{tag}>"))?.1;
    after.split_once('<')?.0.trim().parse().ok()
}
