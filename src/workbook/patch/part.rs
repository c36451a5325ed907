//! Rewriting one XML part event by event: what is not touched is written back as it was read.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::domain::refusal::Refusal;

/// Namespace of `r:id`.
pub(super) const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a part is written to.
pub(super) type Out = Writer<Vec<u8>>;

/// Runs `each` over every event of the part. `each` gets the depth of the event (the root is 0; an end has the depth
/// of its start) and writes what shall stand in its place.
pub(super) fn rewrite(
    xml: &str,
    mut each: impl FnMut(Event<'_>, usize, &mut Out) -> Result<(), Refusal>,
) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut out = Writer::new(Vec::with_capacity(xml.len() + xml.len() / 8));
    let mut depth = 0usize;
    loop {
        let event = reader.read_event().map_err(|_| Refusal::FileDamaged)?;
        match event {
            Event::Eof => return Ok(out.into_inner()),
            Event::Start(_) => {
                each(event, depth, &mut out)?;
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.checked_sub(1).ok_or(Refusal::FileDamaged)?;
                each(event, depth, &mut out)?;
            }
            Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => each(event, depth, &mut out)?,
        }
    }
}

/// Writes an event.
pub(super) fn emit(out: &mut Out, event: Event<'_>) -> Result<(), Refusal> {
    out.write_event(event).map_err(|_| Refusal::FileDamaged)
}

/// Writes XML that we made.
pub(super) fn emit_raw(out: &mut Out, xml: &str) {
    out.get_mut().extend_from_slice(xml.as_bytes());
}

/// The value of an attribute by its local name, unescaped.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name).and_then(
        |attribute| {
            attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .ok()
                .map(std::borrow::Cow::into_owned)
        },
    )
}

/// The element with one attribute set anew (or added); the others keep their text.
pub(super) fn with_attribute(element: &BytesStart<'_>, name: &str, value: &str) -> BytesStart<'static> {
    let tag = element.name().as_ref().to_owned();
    let mut raw = tag.clone();
    let mut found = false;
    for attribute in element.attributes().flatten() {
        let key = attribute.key.as_ref();
        let text = if key == name {
            found = true;
            escape(value)
        } else {
            attribute.value.to_string()
        };
        // A value may stand in single quotes and hold double ones.
        raw.push_str(&format!(" {key}=\"{}\"", text.replace('"', "&quot;")));
    }
    if !found {
        raw.push_str(&format!(" {name}=\"{}\"", escape(value)));
    }
    BytesStart::from_content(raw, tag.len())
}

/// Text made fit for XML; characters that XML 1.0 forbids become blanks.
pub(super) fn escape(text: &str) -> String {
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let clean: String = text.chars().map(|c| if allowed(c) { c } else { ' ' }).collect();
    quick_xml::escape::escape(clean).into_owned()
}

/// The prefix of an element with its colon, or nothing: `x:worksheet` gives `x:`.
pub(super) fn prefix_of(element: &BytesStart<'_>) -> String {
    element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()))
}
