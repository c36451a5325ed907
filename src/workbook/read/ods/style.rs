//! The styles of an OpenDocument spreadsheet: which number format and font a cell style leads to, which sheets are hidden.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event as Tag};

use crate::domain::refusal::Refusal;
use crate::workbook::preflight::xml::{Xml, attribute, number};
use crate::workbook::read::xlsx::style::{Style, Styles as Looks};

/// Styles as written, from both parts that hold some.
#[derive(Default)]
pub(super) struct Styles {
    cells: HashMap<String, Written>,
    codes: HashMap<String, String>,
    hidden_tables: HashSet<String>,
}

/// A cell style as written.
#[derive(Default)]
struct Written {
    parent: Option<String>,
    data: Option<String>,
    font: Option<String>,
}

/// Styles followed through to what they mean.
pub(super) struct Book {
    /// Lists of number formats and fonts.
    pub(super) looks: Looks,
    /// The format of a percentage whose style does not say so.
    pub(super) percentage: u16,
    /// The format of a time whose style does not say so.
    pub(super) time: u16,
    by_name: HashMap<String, Style>,
    hidden_tables: HashSet<String>,
}

impl Book {
    /// What a cell style of this name means; the plain style when there is none.
    pub(super) fn style(&self, name: &str) -> Style {
        self.by_name.get(name).copied().unwrap_or_default()
    }

    /// Whether tables of this style are hidden.
    pub(super) fn hides(&self, table_style: &str) -> bool {
        self.hidden_tables.contains(table_style)
    }
}

/// Styles may stand on each other; more steps than this are a circle.
const MAX_PARENTS: usize = 32;

impl Styles {
    /// Takes in the styles of a part. Later ones replace earlier ones of the same name.
    pub(super) fn read(&mut self, part: &str) -> Result<(), Refusal> {
        if part.is_empty() {
            return Ok(());
        }
        let mut xml = Xml::new(part);
        loop {
            match xml.next_event()? {
                Tag::Start(element) => match element.name().into_inner() {
                    "style:style" | "style:default-style" => self.style(&mut xml, &element)?,
                    "number:percentage-style"
                    | "number:date-style"
                    | "number:number-style"
                    | "number:time-style"
                    | "number:text-style"
                    | "number:currency-style" => self.data_style(&mut xml, &element)?,
                    // What follows is content, and styles of drawings and pages, which hold no cell style.
                    "office:body" | "office:master-styles" => xml.skip()?,
                    _ => {}
                },
                Tag::Empty(element) if element.name().into_inner() == "style:style" => {
                    self.add(&element, None)?;
                }
                Tag::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn style(&mut self, xml: &mut Xml<'_>, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let outside = xml.depth().saturating_sub(1);
        let mut font = None;
        while xml.depth() > outside {
            let (Tag::Start(inner) | Tag::Empty(inner)) = xml.next_event()? else { continue };
            match inner.name().into_inner() {
                "style:text-properties" => {
                    let name = attribute(&inner, "style:font-name")?.or(attribute(&inner, "fo:font-family")?);
                    font = name.map(|name| name.trim_matches('\'').to_owned());
                }
                "style:table-properties"
                    if attribute(&inner, "table:display")?.as_deref() == Some("false") =>
                {
                    let name = attribute(element, "style:name")?.unwrap_or_default();
                    self.hidden_tables.insert(name.into_owned());
                }
                _ => {}
            }
        }
        self.add(element, font)
    }

    fn add(&mut self, element: &BytesStart<'_>, font: Option<String>) -> Result<(), Refusal> {
        if attribute(element, "style:family")?.as_deref() != Some("table-cell") {
            return Ok(());
        }
        let owned = |name| attribute(element, name).map(|value| value.map(std::borrow::Cow::into_owned));
        let written = Written {
            parent: owned("style:parent-style-name")?,
            data: owned("style:data-style-name")?,
            font,
        };
        // The default style has no name.
        self.cells.insert(owned("style:name")?.unwrap_or_default(), written);
        Ok(())
    }

    /// Notes a data style as the format code that Excel would write.
    fn data_style(&mut self, xml: &mut Xml<'_>, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let name = attribute(element, "style:name")?.unwrap_or_default().into_owned();
        let mut code = String::new();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next_event()? {
                Tag::Start(inner) | Tag::Empty(inner) => push_code(&inner, &mut code)?,
                Tag::Text(text) => {
                    let text = text.xml10_content();
                    push_text(text.trim_matches(['\n', '\r', '\t']), &mut code);
                }
                _ => {}
            }
        }
        if element.name().into_inner() == "number:text-style" {
            code = "@".to_owned();
        }
        self.codes.insert(name, code);
        Ok(())
    }

    /// Follows every cell style to its number format and font.
    pub(super) fn resolve(self) -> Book {
        let mut looks = Looks::default();
        let mut by_name = HashMap::with_capacity(self.cells.len());
        // In the order of their names, so that reading twice gives the same twice.
        let mut names: Vec<&String> = self.cells.keys().collect();
        names.sort_unstable();
        for name in names {
            let (mut data, mut font) = (None, None);
            let mut next = Some(name.as_str());
            for _ in 0..MAX_PARENTS {
                let Some((name, written)) = next.and_then(|name| self.cells.get_key_value(name)) else {
                    break;
                };
                data = data.or(written.data.as_deref());
                font = font.or(written.font.as_deref());
                next = written.parent.as_deref().or((!name.is_empty()).then_some(""));
            }
            let code = data.and_then(|data| self.codes.get(data)).map_or("General", String::as_str);
            by_name.insert(name.clone(), looks.place(code, font.unwrap_or("")));
        }
        let (percentage, time) = (looks.place("0%", "").format, looks.place("h:mm:ss", "").format);
        Book { looks, percentage, time, by_name, hidden_tables: self.hidden_tables }
    }
}

/// Appends what stands between the pieces of a data style. Words ("Tháng ", "năm ") are none of the pattern.
fn push_text(text: &str, code: &mut String) {
    if text.contains(char::is_alphabetic) {
        code.extend(['"']);
        code.push_str(&text.replace('"', ""));
        code.extend(['"']);
    } else {
        code.push_str(text);
    }
}

/// Appends what a piece of a data style means in a format code.
fn push_code(element: &BytesStart<'_>, code: &mut String) -> Result<(), Refusal> {
    let long = attribute(element, "number:style")?.as_deref() == Some("long");
    let textual = attribute(element, "number:textual")?.as_deref() == Some("true");
    let piece = match element.name().into_inner() {
        "number:day" if long => "dd",
        "number:day" => "d",
        "number:month" => match (textual, long) {
            (true, true) => "mmmm",
            (true, false) => "mmm",
            (false, true) => "mm",
            (false, false) => "m",
        },
        "number:year" if long => "yyyy",
        "number:year" => "yy",
        "number:day-of-week" => "ddd",
        "number:quarter" => "q",
        "number:hours" => "h",
        "number:minutes" => "mm",
        "number:seconds" => "ss",
        "number:am-pm" => "AM/PM",
        "number:number" => {
            if attribute(element, "number:grouping")?.as_deref() == Some("true") {
                code.push_str("#,##");
            }
            code.push('0');
            // Excel shows no more than 30 decimal places.
            let places = number(element, "number:decimal-places")?.unwrap_or(0).min(30);
            for place in 0..places {
                code.push_str(if place == 0 { ".0" } else { "0" });
            }
            return Ok(());
        }
        _ => "",
    };
    code.push_str(piece);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_date_style_are_no_part_of_its_pattern() {
        let part = "<s><number:date-style style:name=\"N1\"><number:text>Tháng </number:text><number:month/>\
            <number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>\
            <number:date-style style:name=\"N2\"><number:text>Quý </number:text><number:quarter/>\
            <number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>\
            <number:date-style style:name=\"N3\"><number:text>năm </number:text>\
            <number:year number:style=\"long\"/></number:date-style></s>";
        let mut styles = Styles::default();
        styles.read(part).expect("a part of styles");
        for (name, code) in [("N1", "\"Tháng \"m/yyyy"), ("N2", "\"Quý \"q/yyyy"), ("N3", "\"năm \"yyyy")]
        {
            assert_eq!(styles.codes.get(name).map(String::as_str), Some(code));
        }
    }
}
