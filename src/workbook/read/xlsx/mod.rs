//! .xlsx and .xlsm, read in one pass over each part by our own reader. Not by calamine, for four reasons: one of its
//! cells tells either the style or whether a formula stands there; an error value that it does not know (`#SPILL!`)
//! costs the whole workbook; it reserves memory for as many strings as the file claims; hidden rows, columns and the
//! merges would need a second pass over the same XML. The tests hold this reader against calamine cell by cell.

pub(super) mod part;
mod sheet;
mod strings;
pub(super) mod style;
mod theme;

pub(super) use sheet::iso_date_time;

use crate::domain::refusal::Refusal;
use crate::sheet::cell::Format;
use crate::sheet::colour::Colour;
use crate::workbook::event::{Event, Head, Listener};
use crate::workbook::limits;
use crate::workbook::preflight::package::Package;

/// The colour behind a cell by the number of its style, as a reader of the workbook takes it; `theme` may be empty.
///
/// # Errors
/// When the styles part is damaged.
pub(in crate::workbook) fn colours(styles: &str, theme: &str) -> Result<Vec<Option<Colour>>, Refusal> {
    let theme = theme::Theme::read(theme).unwrap_or_default();
    Ok(style::read(styles, &theme)?.cells.iter().map(|style| style.fill).collect())
}

/// Whether the package is an Office Open XML workbook with XML parts.
///
/// # Errors
/// When the package relations cannot be read.
pub fn is_xlsx(package: &mut Package<'_>) -> Result<bool, Refusal> {
    Ok(part::workbook_part(package)?.is_some_and(|name| name.ends_with(".xml") && package.has(&name))
        && !package.has("word/document.xml")
        && !package.has("ppt/presentation.xml"))
}

/// Reads the workbook.
///
/// # Errors
/// The refusal that fits.
pub fn read(package: &mut Package<'_>, to: &mut dyn Listener) -> Result<(), Refusal> {
    let name = part::workbook_part(package)?.ok_or(Refusal::NotAWorkbook)?;
    let outline = part::outline(package, &name)?;
    if outline.sheets.len() > limits::MAX_SHEETS {
        return Err(Refusal::FileTooLarge);
    }
    let styles = match &outline.styles {
        Some(name) => {
            let theme = match &outline.theme {
                // Without its theme a workbook lacks some colours and nothing else.
                Some(name) => {
                    theme::Theme::read(package.text(name)?.as_deref().unwrap_or("")).unwrap_or_default()
                }
                None => theme::Theme::default(),
            };
            style::read(package.text(name)?.as_deref().unwrap_or(""), &theme)?
        }
        None => style::Styles::default(),
    };
    let strings = match &outline.strings {
        Some(name) => strings::read(package.text(name)?.as_deref().unwrap_or(""))?,
        None => strings::Strings::default(),
    };
    to.take(Event::Workbook(Head {
        format: Format::Xlsx,
        date_1904: outline.date_1904,
        properties: part::properties(package)?,
        formats: styles.formats.clone(),
        fonts: styles.fonts.clone(),
    }))?;
    for entry in &outline.sheets {
        // A sheet that is listed but absent is a damaged file; a chart sheet has no cells and is passed over.
        let Some(text) = package.text(&entry.part)? else { return Err(Refusal::FileDamaged) };
        sheet::Reader { strings: &strings, styles: &styles, to }.read(entry, &text)?;
    }
    Ok(())
}
