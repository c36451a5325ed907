//! How cells look, without a library: what `workbook::write` turns into formats. Times New Roman everywhere, as
//! Nghị định 30/2020 asks (domain.md section 6); sizes are points.

/// The typeface of every cell, header and footer.
pub const FONT: &str = "Times New Roman";

/// Where text stands from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Across {
    /// As the kind of value asks: text left, numbers right.
    #[default]
    Natural,
    /// Left.
    Left,
    /// Middle.
    Center,
}

/// Where text stands from top to bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Down {
    /// Top: rows of prose.
    #[default]
    Top,
    /// Middle: headings and rows of figures.
    Middle,
}

/// Lines around a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Border {
    /// None.
    #[default]
    None,
    /// A thin line on every side.
    Box,
}

/// How a number is shown. The separators are the reader's own (a Vietnamese Excel shows 65,50 and 1.234): the format
/// says only how many digits, never which sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As it is.
    #[default]
    General,
    /// A count; zero as a dash, so that a table of mostly zeros can be read.
    Count,
    /// A percent on the scale 0 to 100, two decimals.
    Percent,
    /// A date, day and month with two digits: January and February in the official style (05/02/2020).
    DateEarly,
    /// A date, day with two digits, month as it is: March to December in the official style (05/3/2020).
    DateLate,
}

/// Background of a cell. Pale, so that black and white printing stays readable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fill {
    /// None.
    #[default]
    None,
    /// Table headings.
    Heading,
    /// Group and subtotal rows.
    Group,
    /// Cells that the receiver is meant to fill in.
    Input,
}

/// Colour of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Black, as the decree asks.
    #[default]
    Black,
    /// Dark blue: a link inside the workbook.
    Link,
    /// Grey: hints that are not part of the report.
    Hint,
}

/// The look of one cell. Plain data, so that a table of looks costs nothing and equal looks are one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// Size in points.
    pub size: u8,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Whether long text goes on below.
    pub wrap: bool,
    /// Left to right.
    pub across: Across,
    /// Top to bottom.
    pub down: Down,
    /// Lines.
    pub border: Border,
    /// How numbers are shown.
    pub shown: Shown,
    /// Background.
    pub fill: Fill,
    /// Colour of the text.
    pub ink: Ink,
}

impl Style {
    /// Plain text of this size, no lines.
    pub const fn plain(size: u8) -> Style {
        Style {
            size,
            bold: false,
            italic: false,
            wrap: false,
            across: Across::Natural,
            down: Down::Top,
            border: Border::None,
            shown: Shown::General,
            fill: Fill::None,
            ink: Ink::Black,
        }
    }

    /// A body cell of a table: boxed, wrapped, text at the top.
    pub const fn body(size: u8) -> Style {
        Style { wrap: true, border: Border::Box, ..Style::plain(size) }
    }

    /// A heading cell of a table: bold, centred, shaded.
    pub const fn heading(size: u8) -> Style {
        Style {
            bold: true,
            across: Across::Center,
            down: Down::Middle,
            fill: Fill::Heading,
            ..Style::body(size)
        }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Style {
        Style { bold: true, ..self }
    }

    /// The same in italics.
    #[must_use]
    pub const fn italic(self) -> Style {
        Style { italic: true, ..self }
    }

    /// The same, wrapped.
    #[must_use]
    pub const fn wrapped(self) -> Style {
        Style { wrap: true, ..self }
    }

    /// The same, centred.
    #[must_use]
    pub const fn center(self) -> Style {
        Style { across: Across::Center, ..self }
    }

    /// The same, in the middle from top to bottom.
    #[must_use]
    pub const fn middle(self) -> Style {
        Style { down: Down::Middle, ..self }
    }

    /// The same with numbers shown so.
    #[must_use]
    pub const fn shown(self, shown: Shown) -> Style {
        Style { shown, ..self }
    }

    /// The same on this background.
    #[must_use]
    pub const fn on(self, fill: Fill) -> Style {
        Style { fill, ..self }
    }

    /// The same in this colour.
    #[must_use]
    pub const fn ink(self, ink: Ink) -> Style {
        Style { ink, ..self }
    }
}
