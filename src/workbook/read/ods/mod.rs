//! .ods, read in one pass by our own reader, sparse: calamine lays a sheet out densely, tells percentages and plain
//! numbers alike, and knows neither hidden rows nor styles.

mod cell;
mod style;
mod table;

use quick_xml::events::Event as Tag;

use crate::domain::refusal::Refusal;
use crate::sheet::cell::Format;
use crate::workbook::event::{Event, Head, Listener};
use crate::workbook::limits;
use crate::workbook::preflight::package::Package;
use crate::workbook::preflight::xml::{Xml, attribute};

/// Whether the package is an OpenDocument spreadsheet.
///
/// # Errors
/// When its type cannot be read.
pub fn is_ods(package: &mut Package<'_>) -> Result<bool, Refusal> {
    let kind = package.bytes("mimetype")?.unwrap_or_default();
    Ok(kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"))
}

/// Reads the workbook.
///
/// # Errors
/// The refusal that fits.
pub fn read(package: &mut Package<'_>, to: &mut dyn Listener) -> Result<(), Refusal> {
    // An encrypted part says so in the manifest; old manifests have a DOCTYPE, so the text is searched and not parsed.
    let manifest = package.bytes("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED) {
        return Err(Refusal::PasswordProtected);
    }
    let common = package.text("styles.xml")?.unwrap_or_default();
    let content = package.text("content.xml")?.ok_or(Refusal::FileDamaged)?;
    let mut styles = style::Styles::default();
    styles.read(&common)?;
    styles.read(&content)?;
    let book = styles.resolve();
    to.take(Event::Workbook(Head {
        format: Format::Ods,
        date_1904: false,
        properties: properties(package)?,
        formats: book.looks.formats.clone(),
        fonts: book.looks.fonts.clone(),
    }))?;
    let mut xml = Xml::new(&content);
    loop {
        match xml.next_event()? {
            Tag::Start(element) => match element.name().into_inner() {
                "office:document-content" | "office:body" | "office:spreadsheet" => {}
                "table:table" => table::Reader::new(&book, to).read(&mut xml, &element)?,
                // Styles were read; tracked changes hold cells that are no longer there.
                _ => xml.skip()?,
            },
            Tag::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What an encrypted part is marked with in the manifest.
const ENCRYPTED: &[u8] = b"encryption-data";

/// The user-defined properties.
fn properties(package: &mut Package<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let Some(text) = package.text("meta.xml")? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text);
    let mut properties = Vec::new();
    loop {
        match xml.next_event()? {
            Tag::Start(element) if element.name().into_inner() == "meta:user-defined" => {
                let name = attribute(&element, "meta:name")?.unwrap_or_default().into_owned();
                let mut value = String::new();
                xml.text_into(&mut value)?;
                if properties.len() < limits::MAX_PROPERTIES && value.len() <= limits::MAX_PROPERTY_BYTES {
                    properties.push((name, value));
                }
            }
            Tag::Eof => return Ok(properties),
            _ => {}
        }
    }
}
