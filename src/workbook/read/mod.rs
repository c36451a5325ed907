//! Bytes of any spreadsheet become events, whatever the format; in-process. The server never calls this itself but
//! through `sandbox`, since a hostile file may exhaust memory.

mod error_value;
pub mod ods;
pub mod text;
pub mod xls;
pub mod xlsb;
pub mod xlsx;

use super::event::{Builder, Counted, Listener};
use super::preflight::package::Package;
use super::preflight::{Kind, recognise};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::Workbook;

/// Reads the bytes and tells the listener what they hold. The format is recognised by content.
///
/// # Errors
/// The refusal that fits; the listener may have heard a part by then, which is to be thrown away.
pub fn read(bytes: &[u8], to: &mut dyn Listener) -> Result<(), Refusal> {
    let mut to = Counted::new(to);
    match recognise(bytes)? {
        Kind::Package => {
            let mut package = Package::open(bytes)?;
            if xlsx::is_xlsx(&mut package)? {
                xlsx::read(&mut package, &mut to)
            } else if xlsb::is_xlsb(&mut package)? {
                xlsb::read(&mut package, &mut to)
            } else if ods::is_ods(&mut package)? {
                ods::read(&mut package, &mut to)
            } else {
                Err(Refusal::NotAWorkbook)
            }
        }
        Kind::Compound => xls::read(bytes, &mut to),
        Kind::Records => xls::read_records(bytes, &mut to),
        Kind::Plain => text::read(bytes, &mut to),
    }
}

/// Reads the bytes into a workbook.
///
/// # Errors
/// As `read`.
pub fn read_workbook(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut builder = Builder::default();
    read(bytes, &mut builder)?;
    Ok(builder.finish())
}
