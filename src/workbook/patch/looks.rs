//! The looks of our own sheet as XML of the style part.

use super::fills::Fills;
use crate::domain::finding::Severity;

/// Every severity, in the order of their fills.
pub(super) const SEVERITIES: [Severity; 4] =
    [Severity::Info, Severity::Warning, Severity::Ask, Severity::Error];

/// A look of a cell on our own sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The first line.
    Title,
    /// The lines below it.
    Intro,
    /// The heading of the table.
    Heading,
    /// Prose.
    Prose,
    /// Short words in the middle.
    Short,
    /// A short word that leads elsewhere.
    Link,
    /// A severity, on its colour.
    Tag(Severity),
}

/// Where our additions begin in the lists of the style part.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Starts {
    pub(super) fonts: usize,
    pub(super) borders: usize,
}

/// Fonts that [`Look::xml`] counts on, in their order.
pub(super) fn fonts(p: &str) -> Vec<String> {
    let font = |inside: &str, size: u32, colour: &str| {
        format!(
            "<{p}font>{inside}<{p}sz val=\"{size}\"/><{p}color {colour}/><{p}name val=\"Times New Roman\"/><{p}family val=\"1\"/></{p}font>"
        )
    };
    let black = "rgb=\"FF000000\"";
    vec![
        font("", 12, black),
        font(&format!("<{p}b/>"), 12, black),
        font(&format!("<{p}b/>"), 14, black),
        font(&format!("<{p}u/>"), 12, "rgb=\"FF1F3864\""),
    ]
}

/// The thin box around the cells of the table.
pub(super) fn border(p: &str) -> String {
    let sides: String = ["left", "right", "top", "bottom"]
        .map(|side| format!("<{p}{side} style=\"thin\"><{p}color indexed=\"64\"/></{p}{side}>"))
        .concat();
    format!("<{p}border>{sides}<{p}diagonal/></{p}border>")
}

impl Look {
    /// The look as an entry of `cellXfs`.
    pub(super) fn xml(self, p: &str, starts: Starts, fills: &Fills) -> String {
        let (font, fill, boxed, across, wrap) = match self {
            Look::Title => (2, 0, false, "left", false),
            Look::Intro => (0, 0, false, "left", true),
            Look::Heading => (1, fills.of_list(None), true, "center", true),
            Look::Prose => (0, 0, true, "left", true),
            Look::Short => (0, 0, true, "center", true),
            Look::Link => (3, 0, true, "center", true),
            Look::Tag(severity) => (1, fills.of_list(Some(severity)), true, "center", true),
        };
        let border = if boxed { starts.borders } else { 0 };
        let down = if self == Look::Heading { "center" } else { "top" };
        let wrap = u32::from(wrap);
        format!(
            "<{p}xf numFmtId=\"0\" fontId=\"{}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment horizontal=\"{across}\" vertical=\"{down}\" wrapText=\"{wrap}\"/></{p}xf>",
            starts.fonts + font
        )
    }
}

/// A style part for a package that has none.
pub(super) fn fresh(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{namespace}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}
