//! Files that a command takes or makes.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::Context;

use crate::domain::refusal::Refusal;
use crate::error::{Code, Error};

/// The bytes of a workbook; never more than the limit is read.
///
/// # Errors
/// `INVALID_INPUT` when there is no such file; the refusal when it is too large.
pub(crate) fn workbook(path: &Path, most: usize) -> anyhow::Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| {
        let sentence = format!("Không mở được tệp {}: {error}.", path.display());
        Error::with(Code::InvalidInput, sentence).field("FILE")
    };
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).map_err(unreadable)?.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > most {
        return Err(Error::from(Refusal::FileTooLarge).into());
    }
    Ok(bytes)
}

/// Writes a file so that it is there whole or not at all.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    let written = || -> std::io::Result<()> {
        let mut file = File::create(beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(beside, path)
    };
    written().with_context(|| format!("không ghi được tệp {}", path.display()))
}
