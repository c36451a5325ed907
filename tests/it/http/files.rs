//! Workbooks to send.

use std::path::Path;

/// A workbook of the demonstration.
pub(crate) fn demo(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The workbook of Thanh Hoá (unit 38).
pub(crate) fn thanh_hoa() -> Vec<u8> {
    demo("thanh-hoa.xlsx")
}
