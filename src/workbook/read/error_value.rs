//! The error values of Excel's binary formats, which all of them number alike ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2).

/// The name of an error value; one that we do not know is still an error.
pub(crate) fn error_value(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#?",
    }
}
