//! BIFF records one after another ([MS-XLS] 2.1.4), the same in every version of Excel.

use super::compound::u16_at;
use crate::domain::refusal::Refusal;

/// Ends a sheet or the part about the whole workbook.
pub(super) const EOF: u16 = 0x000A;
/// The file has a password.
pub(super) const FILE_PASS: u16 = 0x002F;
/// Name and place of a sheet.
pub(super) const BOUND_SHEET: u16 = 0x0085;

/// Which Excel wrote the records: 2, 3, 4, 5 and 95, or 97 to 2003.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    Two,
    Three,
    Four,
    Five,
    Eight,
}

/// The version that the first record (BOF) tells: by its number, from Excel 5 on by its first word.
///
/// # Errors
/// `OldFormat` when it is none of those that are read; `FileDamaged` when it is no BOF.
pub(super) fn version(kind: u16, body: &[u8]) -> Result<Version, Refusal> {
    match (kind, u16_at(body, 0)?) {
        (0x0009, _) => Ok(Version::Two),
        (0x0209, _) => Ok(Version::Three),
        (0x0409, _) => Ok(Version::Four),
        (0x0809, 0x0600) => Ok(Version::Eight),
        (0x0809, 0x0500) => Ok(Version::Five),
        // Programs that are not Excel write the record of Excel 5 with an older version, or none.
        (0x0809, 0x0400) => Ok(Version::Four),
        (0x0809, 0x0300) => Ok(Version::Three),
        (0x0809, 0 | 2 | 7 | 0x0200) => Ok(Version::Two),
        (0x0809, _) => Err(Refusal::OldFormat),
        _ => Err(Refusal::FileDamaged),
    }
}

/// Whether a record begins a sheet, a chart or a workbook.
pub(super) fn is_bof(kind: u16) -> bool {
    matches!(kind, 0x0009 | 0x0209 | 0x0409 | 0x0809)
}

/// Records one after another: number and body.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// Begins where the stream begins.
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Records { stream, at: 0 }
    }

    /// The next record: number, offset of its body, body. Nothing at the end of the stream.
    #[expect(clippy::type_complexity, reason = "the three parts of a record")]
    pub(super) fn next_record(&mut self) -> Result<Option<(u16, usize, &'a [u8])>, Refusal> {
        if self.at >= self.stream.len() {
            return Ok(None);
        }
        // A stream that ends within the four bytes of a head is cut off.
        let head = |at| u16_at(self.stream, at).map_err(|_| Refusal::FileTruncated);
        let (kind, length) = (head(self.at)?, head(self.at + 2)?);
        let start = self.at + 4;
        self.at = start + usize::from(length);
        let body = self.stream.get(start..self.at).ok_or(Refusal::FileTruncated)?;
        Ok(Some((kind, start, body)))
    }
}
