//! Looks at the bytes before any reader does: what kind of file it is, and whether it may be opened at all.

pub mod package;
pub mod scan;
pub mod xml;

use crate::domain::refusal::Refusal;
use crate::workbook::limits;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A zip package: .xlsx, .xlsm, .xlsb or .ods; which one, its parts tell.
    Package,
    /// An OLE compound file: .xls, or an encrypted .xlsx.
    Compound,
    /// Records of an old .xls outside of a compound file.
    Records,
    /// Anything else, perhaps text.
    Plain,
}

/// The kind of file, by content.
///
/// # Errors
/// `FileEmpty`, `FileTooLarge`; `HtmlNamedExcel` for web pages; `FileTruncated` for less than a signature;
/// `NotAWorkbook` for the signatures of other kinds of file; `OldFormat` for those of other old spreadsheets.
pub fn recognise(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::FileEmpty);
    }
    if bytes.len() > limits::MAX_FILE_BYTES {
        return Err(Refusal::FileTooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Package);
    }
    if bytes.starts_with(&OLE) {
        return Ok(Kind::Compound);
    }
    if OLE.starts_with(bytes) || (bytes.len() > 2 && b"PK\x03\x04".starts_with(bytes)) {
        return Err(Refusal::FileTruncated);
    }
    if let [9, 0 | 2 | 4 | 8, 4..=20, 0, ..] = bytes {
        return Ok(Kind::Records);
    }
    if OLD.iter().any(|signature| bytes.starts_with(signature)) {
        return Err(Refusal::OldFormat);
    }
    if OTHERS.iter().any(|signature| bytes.starts_with(signature)) {
        return Err(Refusal::NotAWorkbook);
    }
    if is_html(bytes) {
        return Err(Refusal::HtmlNamedExcel);
    }
    Ok(Kind::Plain)
}

/// The signature of OLE compound files ([MS-CFB] 2.2).
pub const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Signatures of what people send by mistake: an empty zip, PDF, pictures, RTF, RAR, 7z, gzip.
const OTHERS: [&[u8]; 9] = [
    b"PK\x05\x06",
    b"%PDF",
    b"\xFF\xD8\xFF",
    b"\x89PNG",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
];

/// Lotus 1-2-3 (.wk1 to .wk4), Quattro Pro (.wq1, .wb1): a BOF record of theirs. None can begin a text.
const OLD: [&[u8]; 3] = [b"\0\0\x02\0", b"\0\0\x1A\0", b"\0\0\x0F\0"];

/// Whether a text is a web page, as some systems "export to Excel". XML of Excel 2003 counts as plain text here.
fn is_html(bytes: &[u8]) -> bool {
    let start: String = bytes
        .iter()
        .take(4096)
        .filter(|byte| byte.is_ascii_graphic())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let start = start.as_str();
    start.starts_with('<')
        && !start.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && ["<html", "<!doctypehtml", "<table", "<body", "<head", "<meta"]
            .iter()
            .any(|tag| start.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_kind_of_file() {
        let table: &[(&[u8], Result<Kind, Refusal>)] = &[
            (b"", Err(Refusal::FileEmpty)),
            (b"PK\x03\x04....", Ok(Kind::Package)),
            (b"PK\x03", Err(Refusal::FileTruncated)),
            (b"PK\x05\x06", Err(Refusal::NotAWorkbook)),
            (&OLE, Ok(Kind::Compound)),
            (&OLE[..5], Err(Refusal::FileTruncated)),
            (b"%PDF-1.7", Err(Refusal::NotAWorkbook)),
            (b"\xFF\xD8\xFF\xE0 jpeg", Err(Refusal::NotAWorkbook)),
            (b"  <!DOCTYPE html><html>", Err(Refusal::HtmlNamedExcel)),
            (b"\xEF\xBB\xBF<TABLE border=1>", Err(Refusal::HtmlNamedExcel)),
            (b"\x09\x00\x04\x00\x02\x00\x10\x00", Ok(Kind::Records)),
            (b"\x09\x08\x08\x00\x00\x00\x10\x00", Ok(Kind::Records)),
            (b"\x00\x00\x02\x00\x06\x04", Err(Refusal::OldFormat)),
            (b"\x09\x09STT\x09Noi dung\n", Ok(Kind::Plain)),
            (b"STT,Noi dung\n1,a\n", Ok(Kind::Plain)),
        ];
        for (bytes, expected) in table {
            assert_eq!(recognise(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
