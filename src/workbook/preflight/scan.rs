//! A quick look through the large XML parts: sheets and shared strings have tens of megabytes of the same few elements,
//! and nearly all the time of reading goes there. Refuses what [`super::xml::Xml`] refuses: a DOCTYPE, endless nesting,
//! elements that are not closed in their order. Nothing is copied; texts and attributes are slices of the part.

use std::borrow::Cow;

use crate::domain::refusal::Refusal;
use crate::workbook::limits;

/// A passage of the part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// An element without content.
    Empty(Tag<'a>),
    /// The element of this local name ends.
    End(&'a str),
    /// Text as written; see [`plain`].
    Text(&'a str),
    /// Text without references.
    CData(&'a str),
    /// The end, with every element closed.
    Eof,
}

/// The inside of a start tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tag<'a> {
    name: &'a str,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub fn local(&self) -> &'a str {
        local(self.name)
    }

    /// Name and value of each attribute, as written.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes(self.rest)
    }

    /// The value of an attribute by its full name.
    ///
    /// # Errors
    /// `FileDamaged` for attributes that are not well-formed.
    pub fn attribute(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        for attribute in self.attributes() {
            let (known, value) = attribute?;
            if known == name {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}

/// The attributes of a tag. Values are without quotes and may hold references.
#[derive(Clone, Debug)]
pub struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<(&'a str, &'a str), Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0 = self.0.trim_ascii_start();
        if self.0.is_empty() {
            return None;
        }
        let found = split_attribute(self.0);
        self.0 = found.map_or("", |(_, _, rest)| rest);
        Some(found.map(|(name, value, _)| (name, value)).ok_or(Refusal::FileDamaged))
    }
}

fn split_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, after) = text.split_at_checked(text.bytes().position(|byte| byte == b'=')?)?;
    let value = after[1..].trim_ascii_start();
    let quote = *value.as_bytes().first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let end = 1 + value.as_bytes()[1..].iter().position(|byte| *byte == quote)?;
    Some((name.trim_ascii_end(), value.get(1..end)?, value.get(end + 1..)?))
}

/// Passes through the text of a part.
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    open: Vec<&'a str>,
}

impl<'a> Scanner<'a> {
    /// Begins at the beginning.
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text: text.trim_start_matches('\u{FEFF}'), at: 0, open: Vec::new() }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next passage; comments and processing instructions are passed over.
    ///
    /// # Errors
    /// `FileSuspicious` for a DOCTYPE or nesting beyond the limit, `FileDamaged` for XML that is not well-formed.
    pub fn token(&mut self) -> Result<Token<'a>, Refusal> {
        loop {
            let bytes = &self.text.as_bytes()[self.at..];
            match bytes {
                [] if self.open.is_empty() => return Ok(Token::Eof),
                [] => return Err(Refusal::FileDamaged),
                [b'<', b'/', ..] => return self.end(),
                [b'<', b'?', ..] => {
                    self.upto("?>")?;
                }
                [b'<', b'!', b'-', b'-', ..] => {
                    self.at += 4;
                    self.upto("-->")?;
                }
                [b'<', b'!', b'[', ..] => {
                    let inside = self.upto("]]>")?.strip_prefix("<![CDATA[");
                    return inside.map(Token::CData).ok_or(Refusal::FileDamaged);
                }
                [b'<', b'!', ..] => return Err(Refusal::FileSuspicious),
                [b'<', ..] => return self.start(),
                [..] => {
                    let rest = &self.text[self.at..];
                    let text = &rest[..rest.find('<').unwrap_or(rest.len())];
                    self.at += text.len();
                    return Ok(Token::Text(text));
                }
            }
        }
    }

    /// Passes over the rest of the element whose start was just read.
    ///
    /// # Errors
    /// As [`Scanner::token`].
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let outside = self.depth().saturating_sub(1);
        while self.depth() > outside {
            self.token()?;
        }
        Ok(())
    }

    /// The text of the element whose start was just read, elements within it included, and passes its end.
    ///
    /// # Errors
    /// As [`Scanner::token`]; `FileDamaged` for references to characters that do not exist.
    pub fn content(&mut self) -> Result<Cow<'a, str>, Refusal> {
        let outside = self.depth().saturating_sub(1);
        let mut content = Cow::Borrowed("");
        while self.depth() > outside {
            let part = match self.token()? {
                Token::Text(text) => plain(text)?,
                Token::CData(text) => line_ends(text),
                Token::Start(_) | Token::Empty(_) | Token::End(_) | Token::Eof => continue,
            };
            if content.is_empty() { content = part } else { content.to_mut().push_str(&part) }
        }
        Ok(content)
    }

    /// The passage up to an end mark, without it; goes on behind it.
    fn upto(&mut self, end: &str) -> Result<&'a str, Refusal> {
        let rest = &self.text[self.at..];
        let length = rest.find(end).ok_or(Refusal::FileDamaged)?;
        self.at += length + end.len();
        Ok(&rest[..length])
    }

    fn end(&mut self) -> Result<Token<'a>, Refusal> {
        let rest = &self.text[self.at + 2..];
        let name = &rest[..rest.find('>').ok_or(Refusal::FileDamaged)?];
        self.at += 2 + name.len() + 1;
        let name = name.trim_ascii_end();
        match self.open.pop() {
            Some(open) if open == name => Ok(Token::End(local(name))),
            Some(_) | None => Err(Refusal::FileDamaged),
        }
    }

    fn start(&mut self) -> Result<Token<'a>, Refusal> {
        let rest = &self.text[self.at + 1..];
        let length = tag_length(rest.as_bytes()).ok_or(Refusal::FileDamaged)?;
        self.at += 1 + length + 1;
        let (inside, empty) = match rest[..length].strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (&rest[..length], false),
        };
        let name =
            &inside[..inside.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len())];
        let tag = Tag { name, rest: &inside[name.len()..] };
        if name.is_empty() {
            return Err(Refusal::FileDamaged);
        }
        if empty {
            return Ok(Token::Empty(tag));
        }
        self.open.push(name);
        if self.open.len() > limits::MAX_XML_DEPTH {
            return Err(Refusal::FileSuspicious);
        }
        Ok(Token::Start(tag))
    }
}

/// Bytes up to the end of a tag; an end mark inside quotes is none.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'>' => return Some(at),
            b'<' => return None,
            quote @ (b'"' | b'\'') => {
                at += 1 + bytes[at + 1..].iter().position(|byte| byte == quote)?;
            }
            _ => {}
        }
        at += 1;
    }
}

fn local(name: &str) -> &str {
    name.bytes().rposition(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Text as it is meant: references resolved, line ends as XML has them.
///
/// # Errors
/// `FileDamaged` for references to characters or entities that do not exist.
pub fn plain(text: &str) -> Result<Cow<'_, str>, Refusal> {
    if !text.contains('&') {
        return Ok(line_ends(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(&line_ends(parts.next().unwrap_or_default()));
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or(Refusal::FileDamaged)?;
        out.push(referred(name).ok_or(Refusal::FileDamaged)?);
        out.push_str(&line_ends(rest));
    }
    Ok(Cow::Owned(out))
}

/// Line ends of all systems are one line feed (XML 1.0, 2.11).
fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The character of `&amp;`, `&#10;` and the like. Without a DOCTYPE there are no other entities.
fn referred(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok().filter(|_| !number.starts_with('+'))?,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::events::Event;

    use super::*;
    use crate::workbook::preflight::xml::{Xml, push_text};

    /// The texts of a part by this scanner, and by the checked reader of all other parts.
    fn both(text: &str) -> (Result<String, Refusal>, Result<String, Refusal>) {
        let ours = || {
            let (mut scanner, mut out) = (Scanner::new(text), String::new());
            loop {
                match scanner.token()? {
                    Token::Text(text) => out.push_str(&plain(text)?),
                    Token::CData(text) => out.push_str(&line_ends(text)),
                    Token::Start(tag) | Token::Empty(tag) => out.push_str(tag.local()),
                    Token::End(name) => out.push_str(name),
                    Token::Eof => return Ok(out),
                }
            }
        };
        let theirs = || {
            let (mut xml, mut out) = (Xml::new(text), String::new());
            loop {
                let event = xml.next_event()?;
                match &event {
                    Event::Start(tag) | Event::Empty(tag) => out.push_str(tag.local_name().into_inner()),
                    Event::End(tag) => out.push_str(tag.local_name().into_inner()),
                    Event::Eof => return Ok(out),
                    other => push_text(other, &mut out)?,
                }
            }
        };
        (ours(), theirs())
    }

    #[test]
    fn the_scanner_reads_and_refuses_what_the_checked_reader_does() {
        let deep = format!("{}{}", "<a>".repeat(200), "</a>".repeat(200));
        for text in [
            "<a>x &amp; y&#13;&#xAD;\r\nz</a>",
            "\u{FEFF}<?xml version=\"1.0\"?><x:a><![CDATA[<b>\r]]></x:a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<a>&b;</a>",
            "<a>&#0;</a>",
            "<a>&#xD800;</a>",
            "<a>&amp</a>",
            "<a><b></a></b>",
            "<a><b>",
            "</a>",
            "<a b=\">\" c='/'/>",
            "<a b=\"1\" /><!-- <c> --><d ></d >",
            "<a",
            "<a b=\"",
            "<!-- ",
            "<![CDATA[x",
            deep.as_str(),
        ] {
            let (ours, theirs) = both(text);
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn attributes_are_split_where_they_end() {
        let mut scanner = Scanner::new("<c r=\"A1\" s = '7' x:t=\"a=&quot;b\"/>");
        let Ok(Token::Empty(tag)) = scanner.token() else { panic!("no tag") };
        let all: Result<Vec<_>, _> = tag.attributes().collect();
        assert_eq!(all, Ok(vec![("r", "A1"), ("s", "7"), ("x:t", "a=&quot;b")]));
        for broken in ["<c r/>", "<c r=/>", "<c r=A1/>"] {
            let Ok(Token::Empty(tag)) = Scanner::new(broken).token() else { panic!("{broken}") };
            assert_eq!(tag.attribute("s"), Err(Refusal::FileDamaged), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn well_formed_parts_are_read_alike(parts in prop::collection::vec("[a-zạ &;#x<>/!?\\-\\[\\]\"'=\r\n]{0,12}", 0..6)) {
            let text: String = parts.iter().map(|part| format!("<a>{}</a>", part.replace(['<', '&'], "&lt;"))).collect();
            let (ours, theirs) = both(&text);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn no_text_makes_it_stumble(text in "[<>/!?a-c \"'=&;#\\-\\[\\]CDATA]{0,60}") {
            let (ours, _) = both(&text);
            drop(ours);
        }
    }
}
