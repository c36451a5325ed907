//! Rewriting one XML part event by event: what is not touched is written back as it was read.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::domain::refusal::Refusal;

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

/// Text for a cell or a note: as [`escape`], and what looks like an escape of spreadsheets (`_x000D_`) stays what it is.
pub(super) fn escape_shown(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let code = text.as_bytes().get(at..at + 7).unwrap_or_default();
        let escape =
            code.starts_with(b"_x") && code.ends_with(b"_") && code[2..6].iter().all(u8::is_ascii_hexdigit);
        kept.push_str(if escape { "_x005F" } else { "" });
        kept.push(c);
    }
    escape(&kept)
}

/// The text, cut with a mark where it is longer than so many characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
    }
}

/// The place of a cell name, row and column 0-based: `G8` is (7, 6). Dollar signs are passed over.
pub(super) fn place_of(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0u32, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

/// The prefix of an element with its colon, or nothing: `x:worksheet` gives `x:`.
pub(super) fn prefix_of(element: &BytesStart<'_>) -> String {
    element.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()))
}

/// An attribute of the namespace of relationships, such as `r:id="rId1"`: with the prefix that the root of the part
/// gives to the namespace, else with a prefix of its own.
pub(super) fn relation_attribute(root: &str, namespace: &str, id: &str) -> String {
    let declared = root.split_whitespace().find_map(|attribute| {
        let (name, value) = attribute.split_once('=')?;
        let is_it = value.trim_matches(['"', '\'', '>', '/']) == namespace;
        name.strip_prefix("xmlns:").filter(|_| is_it)
    });
    match declared {
        Some(prefix) => format!("{prefix}:id=\"{id}\""),
        None => format!("xmlns:r=\"{namespace}\" r:id=\"{id}\""),
    }
}

/// The prefix of a qualified name with its colon, or nothing.
pub(super) fn prefix_of_name(name: &quick_xml::name::QName<'_>) -> String {
    name.prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_read_and_other_words_are_not() {
        for (name, place) in [
            ("A1", Some((0, 0))),
            ("$AB$10", Some((9, 27))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("12", None),
            ("ABCD1", None),
        ] {
            assert_eq!(place_of(name), place, "{name}");
        }
    }

    #[test]
    fn a_relation_is_named_with_the_prefix_of_the_part() {
        for (root, written) in [
            (" xmlns=\"m\" xmlns:rel=\"ns\"", "rel:id=\"rId1\""),
            (" xmlns=\"ns\" xmlns:r=\"other\"", "xmlns:r=\"ns\" r:id=\"rId1\""),
        ] {
            assert_eq!(relation_attribute(root, "ns", "rId1"), written, "{root}");
        }
    }

    #[test]
    fn text_that_looks_like_an_escape_of_spreadsheets_stays_text() {
        assert_eq!(escape_shown("a_x000D_<"), "a_x005F_x000D_&lt;");
        assert_eq!(escape_shown("_x00_ “é”"), "_x00_ “é”");
        assert_eq!(shortened("đường dài", 5), "đường…");
    }
}
