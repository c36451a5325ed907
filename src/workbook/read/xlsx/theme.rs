//! The colours of a workbook's theme, by which fills name theirs.

use quick_xml::events::{BytesStart, Event};

use crate::domain::refusal::Refusal;
use crate::sheet::colour::Colour;
use crate::sheet::mark_fill::MarkFill;
use crate::workbook::preflight::xml::{Xml, attribute, local, number};

/// Red, green and blue.
type Rgb = [u8; 3];

/// The colours of a theme in the order in which cells count them: light 1, dark 1, light 2, dark 2, accents 1 to 6.
#[derive(Debug, Default)]
pub(super) struct Theme(Vec<Rgb>);

/// The colours that old files name by a number from 8 to 63 (ECMA-376 part 1, 18.8.27).
const INDEXED: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000,
    0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF,
    0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000,
    0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99,
    0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966,
    0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
];

impl Theme {
    /// Reads the theme part; an empty text gives none.
    pub(super) fn read(part: &str) -> Result<Theme, Refusal> {
        let mut xml = Xml::new(part);
        let mut found: Vec<Rgb> = Vec::new();
        let mut inside = false;
        loop {
            match xml.next_event()? {
                Event::Start(element) | Event::Empty(element) => match local(&element) {
                    "clrScheme" => inside = true,
                    "srgbClr" if inside => {
                        found.extend(attribute(&element, "val")?.and_then(|val| hex(&val)));
                    }
                    "sysClr" if inside => {
                        found.extend(attribute(&element, "lastClr")?.and_then(|val| hex(&val)));
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().into_inner() == "clrScheme" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        // The part names dark before light, cells count light before dark.
        if found.len() >= 4 {
            found.swap(0, 1);
            found.swap(2, 3);
        }
        Ok(Theme(found))
    }

    /// The colour that an element such as `fgColor` names; none where it names none that counts as one.
    pub(super) fn colour(&self, element: &BytesStart<'_>) -> Result<Option<Colour>, Refusal> {
        let rgb = if let Some(rgb) = attribute(element, "rgb")? {
            // A cell that we marked has the colour that it had before.
            if let Some(mark) = MarkFill::of_rgb(&rgb) {
                return Ok(mark.beneath);
            }
            hex(&rgb)
        } else if let Some(place) = number(element, "theme")? {
            usize::try_from(place).ok().and_then(|place| self.0.get(place)).copied()
        } else {
            let index = number(element, "indexed")?.map(|index| if index < 8 { index } else { index - 8 });
            let rgb = index.and_then(|index| INDEXED.get(usize::try_from(index).ok()?));
            rgb.map(|rgb| {
                let [_, red, green, blue] = rgb.to_be_bytes();
                [red, green, blue]
            })
        };
        let tint = attribute(element, "tint")?.and_then(|tint| tint.parse::<f64>().ok()).unwrap_or(0.0);
        Ok(rgb.and_then(|rgb| {
            let [red, green, blue] = rgb.map(|part| tinted(part, tint));
            Colour::of_rgb(red, green, blue)
        }))
    }
}

/// "FFFF0000" (opacity first) or "FF0000".
fn hex(text: &str) -> Option<Rgb> {
    let digits = text.get(text.len().checked_sub(6)?..)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// A part of a colour made lighter (above 0) or darker (below 0). Near enough to tell red from green.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 255")]
fn tinted(part: u8, tint: f64) -> u8 {
    let (part, tint) = (f64::from(part), if tint.is_finite() { tint.clamp(-1.0, 1.0) } else { 0.0 });
    let made = if tint < 0.0 { part * (1.0 + tint) } else { part + (255.0 - part) * tint };
    made.clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_named_outright_by_its_place_in_the_theme_or_by_an_old_number() {
        let part = "<a:theme><a:themeElements><a:clrScheme name=\"Office\"><a:dk1><a:sysClr val=\"windowText\" \
            lastClr=\"000000\"/></a:dk1><a:lt1><a:sysClr val=\"window\" lastClr=\"FFFFFF\"/></a:lt1><a:dk2><a:srgbClr \
            val=\"44546A\"/></a:dk2><a:lt2><a:srgbClr val=\"E7E6E6\"/></a:lt2><a:accent1><a:srgbClr val=\"4472C4\"/>\
            </a:accent1><a:accent2><a:srgbClr val=\"ED7D31\"/></a:accent2></a:clrScheme></a:themeElements></a:theme>";
        let theme = Theme::read(part).unwrap();
        for (attributes, expected) in [
            ("rgb=\"FFFF0000\"", Some(Colour::Red)),
            ("theme=\"0\"", None),
            ("theme=\"4\"", Some(Colour::Blue)),
            ("theme=\"5\" tint=\"0.59999389629810485\"", Some(Colour::Orange)),
            ("theme=\"99\"", None),
            ("indexed=\"13\"", Some(Colour::Yellow)),
            ("indexed=\"64\"", None),
            ("rgb=\"zz\"", None),
            // Fills of ours: on a cell without a colour, and on a green one.
            ("rgb=\"FFFFC0CA\"", None),
            ("rgb=\"FFFBC1C7\"", Some(Colour::Green)),
            ("tint=\"NaN\"", None),
        ] {
            let text = format!("<fgColor {attributes}/>");
            let mut xml = Xml::new(&text);
            let Event::Empty(element) = xml.next_event().unwrap() else { panic!("no element") };
            assert_eq!(theme.colour(&element).unwrap(), expected, "{attributes}");
        }
    }
}
