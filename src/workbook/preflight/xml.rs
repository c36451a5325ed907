//! An XML reader that refuses what no spreadsheet program writes: a DOCTYPE, endless nesting, an unfinished document.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::domain::refusal::Refusal;
use crate::workbook::limits;

/// A checked reader over the text of a part.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Reads from the beginning of the text.
    pub fn new(text: &'a str) -> Self {
        Xml { reader: Reader::from_str(text.trim_start_matches('\u{FEFF}')), depth: 0 }
    }

    /// The next event. `Eof` comes only where every element is closed.
    ///
    /// # Errors
    /// `FileSuspicious` for a DOCTYPE or nesting beyond the limit, `FileDamaged` for XML that is not well-formed.
    pub fn next_event(&mut self) -> Result<Event<'a>, Refusal> {
        let event = self.reader.read_event().map_err(|_| Refusal::FileDamaged)?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > limits::MAX_XML_DEPTH {
                    return Err(Refusal::FileSuspicious);
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(Refusal::FileSuspicious),
            Event::Eof if self.depth > 0 => return Err(Refusal::FileDamaged),
            Event::Eof
            | Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
        Ok(event)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Passes over the rest of the element whose start was just read.
    ///
    /// # Errors
    /// As `next_event`.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next_event()?;
        }
        Ok(())
    }

    /// Appends the text of the element whose start was just read, elements within it included, and passes its end.
    ///
    /// # Errors
    /// As `next_event`; `FileDamaged` for references to characters that do not exist.
    pub fn text_into(&mut self, text: &mut String) -> Result<(), Refusal> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            let event = self.next_event()?;
            push_text(&event, text)?;
        }
        Ok(())
    }
}

/// Appends what a text event says; other events say nothing.
///
/// # Errors
/// `FileDamaged` for references to characters or entities that do not exist.
pub fn push_text(event: &Event<'_>, text: &mut String) -> Result<(), Refusal> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => text.push(resolve(reference)?),
        Event::Start(_)
        | Event::End(_)
        | Event::Empty(_)
        | Event::Comment(_)
        | Event::Decl(_)
        | Event::PI(_)
        | Event::DocType(_)
        | Event::Eof => {}
    }
    Ok(())
}

/// The character of `&amp;`, `&#10;` and the like. Without a DOCTYPE there are no other entities.
fn resolve(reference: &BytesRef<'_>) -> Result<char, Refusal> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Refusal::FileDamaged)? {
        return Ok(character);
    }
    match reference.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Refusal::FileDamaged),
    }
}

/// The element's name without its prefix.
pub fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.local_name().into_inner()
}

/// The value of an attribute by its full name as written, prefix included.
///
/// # Errors
/// `FileDamaged` for attributes that are not well-formed.
pub fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Result<Option<Cow<'e, str>>, Refusal> {
    let mut attributes = element.attributes();
    for attribute in attributes.with_checks(false) {
        let attribute = attribute.map_err(|_| Refusal::FileDamaged)?;
        if attribute.key.as_ref() == name {
            return attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map(Some)
                .map_err(|_| Refusal::FileDamaged);
        }
    }
    Ok(None)
}

/// Whether an attribute says yes in the way of XML Schema.
///
/// # Errors
/// As `attribute`.
pub fn flag(element: &BytesStart<'_>, name: &str) -> Result<bool, Refusal> {
    Ok(attribute(element, name)?.is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on")))
}

/// A number in an attribute; nothing when it is absent or no number.
///
/// # Errors
/// As `attribute`.
pub fn number(element: &BytesStart<'_>, name: &str) -> Result<Option<u32>, Refusal> {
    Ok(attribute(element, name)?.and_then(|value| value.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Refusal> {
        let mut xml = Xml::new(text);
        let mut out = String::new();
        loop {
            let event = xml.next_event()?;
            if event == Event::Eof {
                return Ok(out);
            }
            push_text(&event, &mut out)?;
        }
    }

    #[test]
    fn dangerous_or_broken_xml_is_refused_and_the_rest_is_read() {
        let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
        let table = [
            ("<a>x &amp; y&#13;&#xAD;</a>", Ok("x & y\r\u{AD}".to_owned())),
            ("\u{FEFF}<?xml version=\"1.0\"?><a><![CDATA[<b>]]></a>", Ok("<b>".to_owned())),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", Err(Refusal::FileSuspicious)),
            ("<a>&b;</a>", Err(Refusal::FileDamaged)),
            ("<a>&#0;</a>", Err(Refusal::FileDamaged)),
            ("<a>&#xD800;</a>", Err(Refusal::FileDamaged)),
            ("<a><b></a></b>", Err(Refusal::FileDamaged)),
            ("<a><b>", Err(Refusal::FileDamaged)),
            (deep.as_str(), Err(Refusal::FileSuspicious)),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
