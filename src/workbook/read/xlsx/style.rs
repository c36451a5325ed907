//! The styles part: for each cell style its number format and its font, each distinct one kept once.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::theme::Theme;
use crate::domain::refusal::Refusal;
use crate::sheet::colour::Colour;
use crate::workbook::limits;
use crate::workbook::preflight::xml::{Xml, attribute, local, number};

/// What a cell style is for this program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Index into `Styles::formats`.
    pub(crate) format: u16,
    /// Index into `Styles::fonts`.
    pub(crate) font: u16,
    /// The colour behind the cell.
    pub(crate) fill: Option<Colour>,
}

/// The cell styles of a workbook.
#[derive(Debug)]
pub(crate) struct Styles {
    /// By the number that a cell quotes.
    pub(crate) cells: Vec<Style>,
    /// Number format codes, "General" first.
    pub(crate) formats: Vec<String>,
    /// Font names, "" first.
    pub(crate) fonts: Vec<String>,
    /// Where each of the two lists has what.
    known: [HashMap<String, u16>; 2],
}

impl Default for Styles {
    fn default() -> Self {
        Styles {
            cells: Vec::new(),
            formats: vec!["General".to_owned()],
            fonts: vec![String::new()],
            known: [HashMap::from([("General".to_owned(), 0)]), HashMap::from([(String::new(), 0)])],
        }
    }
}

impl Styles {
    /// The style with this number; the plain one when there is none.
    pub(crate) fn get(&self, index: usize) -> Style {
        self.cells.get(index).copied().unwrap_or_default()
    }

    /// The style with this number format code and font name.
    pub(crate) fn place(&mut self, code: &str, font: &str) -> Style {
        let [formats, fonts] = &mut self.known;
        let (format, font) = (place(&mut self.formats, formats, code), place(&mut self.fonts, fonts, font));
        Style { format, font, fill: None }
    }
}

/// The index of a text in a list of distinct ones; 0 when the list is full.
fn place(list: &mut Vec<String>, known: &mut HashMap<String, u16>, text: &str) -> u16 {
    if let Some(index) = known.get(text) {
        return *index;
    }
    if list.len() >= limits::MAX_LOOKS || text.len() > limits::MAX_LOOK_BYTES {
        return 0;
    }
    let index = u16::try_from(list.len()).unwrap_or(0);
    list.push(text.to_owned());
    known.insert(text.to_owned(), index);
    index
}

/// Reads the styles part; an empty text gives the plain style only. Colours may be named by their place in the theme.
pub(super) fn read(part: &str, theme: &Theme) -> Result<Styles, Refusal> {
    let mut xml = Xml::new(part);
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut fonts: Vec<String> = Vec::new();
    let mut fills: Vec<Option<Colour>> = Vec::new();
    let mut styles = Styles::default();
    let mut list = List::Other;
    loop {
        let event = xml.next_event()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => match (list, local(element)) {
                (_, "numFmt") => {
                    // A conditional format (dxf) carries a numFmt as well; its numbers are not those of cells, yet
                    // Excel keeps both in one space, so that the first one met is the right one.
                    if let (Some(id), Some(code)) =
                        (number(element, "numFmtId")?, attribute(element, "formatCode")?)
                    {
                        codes.entry(id).or_insert_with(|| code.into_owned());
                    }
                }
                (_, "fonts") => list = List::Fonts,
                (_, "fills") => list = List::Fills,
                (_, "cellXfs") => list = List::Cells,
                (List::Fills, "fill") => fills.push(None),
                (List::Fills, "fgColor") => {
                    if let Some(fill) = fills.last_mut() {
                        *fill = theme.colour(element)?;
                    }
                }
                (List::Fonts, "font") => fonts.push(String::new()),
                (List::Fonts, "name") => {
                    if let (Some(font), Some(name)) = (fonts.last_mut(), attribute(element, "val")?) {
                        *font = name.into_owned();
                    }
                }
                (List::Cells, "xf") => push_cell(&mut styles, element, &codes, (&fonts, &fills))?,
                _ => {}
            },
            Event::End(element)
                if matches!(element.local_name().into_inner(), "fonts" | "fills" | "cellXfs") =>
            {
                list = List::Other;
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// Which list of the part is being read.
#[derive(Clone, Copy)]
enum List {
    Fonts,
    Fills,
    Cells,
    Other,
}

fn push_cell(
    styles: &mut Styles,
    element: &BytesStart<'_>,
    codes: &HashMap<u32, String>,
    (fonts, fills): (&[String], &[Option<Colour>]),
) -> Result<(), Refusal> {
    let format = number(element, "numFmtId")?.unwrap_or(0);
    let font = number(element, "fontId")?.and_then(|id| fonts.get(usize::try_from(id).ok()?));
    if styles.cells.len() < limits::MAX_STYLES {
        let code = codes.get(&format).map_or_else(|| builtin(format), String::as_str);
        let fill = number(element, "fillId")?.and_then(|id| fills.get(usize::try_from(id).ok()?));
        let style = styles.place(code, font.map_or("", String::as_str));
        styles.cells.push(Style { fill: fill.copied().flatten(), ..style });
    }
    Ok(())
}

/// The code of a number format that files quote without stating it (ECMA-376 part 1, 18.8.30). 27 to 36 and 50 to 58
/// are dates in the East Asian editions of Excel and stand for a date here.
pub(crate) fn builtin(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 => "\"$\"#,##0_);(\"$\"#,##0)",
        6 => "\"$\"#,##0_);[Red](\"$\"#,##0)",
        7 => "\"$\"#,##0.00_);(\"$\"#,##0.00)",
        8 => "\"$\"#,##0.00_);[Red](\"$\"#,##0.00)",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 | 27..=31 | 36 | 50..=54 | 57 | 58 => "m/d/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 34 | 55 => "h:mm",
        21 | 33 | 35 | 56 => "h:mm:ss",
        22 => "m/d/yyyy h:mm",
        37 => "#,##0_);(#,##0)",
        38 => "#,##0_);[Red](#,##0)",
        39 => "#,##0.00_);(#,##0.00)",
        40 => "#,##0.00_);[Red](#,##0.00)",
        41 | 42 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        43 | 44 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_style_leads_to_its_number_format_and_font() {
        let part = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
            <fonts><font><name val=\"Times New Roman\"/></font><font><name val=\".VnTime\"/></font></fonts>\
            <fills><fill><patternFill patternType=\"none\"/></fill>\
            <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFF00\"/></patternFill></fill></fills>\
            <cellStyleXfs><xf numFmtId=\"9\" fontId=\"1\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"1\"><alignment/></xf>\
            <xf numFmtId=\"9\" fontId=\"7\" fillId=\"1\"/></cellXfs>\
            <dxfs><dxf><font><name val=\"Arial\"/></font></dxf></dxfs></styleSheet>";
        let styles = read(part, &Theme::default()).unwrap();
        let seen: Vec<_> = styles
            .cells
            .iter()
            .map(|style| {
                (
                    styles.formats[usize::from(style.format)].as_str(),
                    styles.fonts[usize::from(style.font)].as_str(),
                )
            })
            .collect();
        assert_eq!(seen, [("General", "Times New Roman"), ("dd/mm/yyyy", ".VnTime"), ("0%", "")]);
        let fills: Vec<_> = styles.cells.iter().map(|style| style.fill).collect();
        assert_eq!(fills, [None, None, Some(Colour::Yellow)]);
        assert_eq!(styles.get(99), Style::default());
    }
}
