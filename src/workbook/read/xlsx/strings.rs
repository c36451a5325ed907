//! The shared strings, and the texts of cells: runs joined, phonetic guides left out, `_x000D_` escapes resolved.

use std::borrow::Cow;

use crate::domain::refusal::Refusal;
use crate::workbook::preflight::scan::{Scanner, Token};

/// All shared strings in one piece of memory; a million small allocations would cost more than the texts.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The string with this number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..end)
    }
}

/// Reads the shared strings part; an empty text is a table without strings.
pub(super) fn read(part: &str) -> Result<Strings, Refusal> {
    // Texts never take more room than their XML.
    let mut strings = Strings { text: String::with_capacity(part.len() / 2), ends: Vec::new() };
    let mut xml = Scanner::new(part);
    let mut one = String::new();
    loop {
        match xml.token()? {
            Token::Start(tag) if tag.local() == "si" => {
                one.clear();
                rich_text(&mut xml, &mut one)?;
                strings.text.push_str(&unescape(&one));
                strings.ends.push(strings.text.len());
            }
            Token::Empty(tag) if tag.local() == "si" => strings.ends.push(strings.text.len()),
            Token::Eof => return Ok(strings),
            Token::Start(_) | Token::Empty(_) | Token::End(_) | Token::Text(_) | Token::CData(_) => {}
        }
    }
}

/// Appends the text of the `si` or `is` element whose start was just read: its `t` elements, those of runs included,
/// those of phonetic guides (`rPh`) not.
pub(super) fn rich_text(xml: &mut Scanner<'_>, text: &mut String) -> Result<(), Refusal> {
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        if let Token::Start(tag) = xml.token()? {
            match tag.local() {
                "rPh" => xml.skip()?,
                "t" => text.push_str(&xml.content()?),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Resolves `_xHHHH_`, by which Excel writes characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19). A surrogate
/// without its other half becomes U+FFFD.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(unit) = escape_at(rest) else {
            out.push('_');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[ESCAPE..];
        let pair = escape_at(rest).filter(|_| (0xD800..0xDC00).contains(&unit));
        if let Some(low) = pair.filter(|low| (0xDC00..0xE000).contains(low)) {
            out.extend(char::decode_utf16([unit, low]).map(|result| result.unwrap_or('\u{FFFD}')));
            rest = &rest[ESCAPE..];
        } else {
            out.push(char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}'));
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Length of `_xHHHH_`.
const ESCAPE: usize = 7;

fn escape_at(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        u16::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_guides_left_out() {
        let part = "<sst uniqueCount=\"99999999999\"><si><t>Nội dung</t></si><si/><si><t/></si>\
            <si><r><rPr><b/></rPr><t xml:space=\"preserve\">Đang </t></r><r><t>làm&#10;x</t></r>\
            <rPh sb=\"0\" eb=\"1\"><t>bỏ</t></rPh></si><si><t>nh\u{AD}ng</t></si></sst>";
        let strings = read(part).unwrap();
        let all: Vec<_> = (0..6).map(|index| strings.get(index)).collect();
        assert_eq!(
            all,
            [Some("Nội dung"), Some(""), Some(""), Some("Đang làm\nx"), Some("nh\u{AD}ng"), None]
        );
    }

    #[test]
    fn escapes_of_characters_are_resolved() {
        for (raw, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("x_xyz_x00_", "x_xyz_x00_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD800_a", "\u{FFFD}a"),
            ("_xDC00_", "\u{FFFD}"),
            ("_x+0A0_", "_x+0A0_"),
            ("_xđa_", "_xđa_"),
        ] {
            assert_eq!(unescape(raw), expected, "{raw}");
        }
    }
}
