//! Files going out, with names that survive every browser.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The media type of .xlsx files.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The media type of .xlsx files with macros.
pub const XLSM: &str = "application/vnd.ms-excel.sheet.macroEnabled.12";

/// The bytes as a file to keep.
pub fn attachment(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let disposition =
        HeaderValue::from_str(&disposition(name)).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, Body::from(bytes)).into_response()
}

/// RFC 6266: a plain name for old clients, the real one percent-encoded.
fn disposition(name: &str) -> String {
    let keep = |letter: char| letter.is_ascii_alphanumeric() || "-_. ".contains(letter);
    let plain: String = name.chars().map(|letter| if keep(letter) { letter } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_diacritics_or_quotes_is_given_twice() {
        assert_eq!(
            disposition("tổng\".xlsx"),
            "attachment; filename=\"t_ng_.xlsx\"; filename*=UTF-8''t%E1%BB%95ng%22.xlsx"
        );
    }
}
