//! OLE compound files ([MS-CFB]): a file system in a file. Every chain of sectors is walked with a count, so that one
//! which runs in a circle ends; calamine, which walks them again, is handed only files that passed here.

use crate::domain::refusal::Refusal;

/// An opened compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    /// Sectors of the stream that holds the small streams.
    mini_stream: Vec<u32>,
    entries: Vec<Entry>,
    /// Whether the directory breaks off.
    cut: bool,
}

/// A directory entry.
struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// A stream, and where its bytes lie in the file.
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    /// Offsets in the file of the pieces of the stream, each of `piece` bytes.
    offsets: Vec<usize>,
    piece: usize,
}

impl Stream {
    /// Where a byte of the stream lies in the file.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        Some(self.offsets.get(at / self.piece)? + at % self.piece)
    }
}

/// Sector numbers from here on are marks, not sectors ([MS-CFB] 2.1).
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// Streams smaller than this lie in the mini stream, in sectors of `MINI` bytes.
const MINI_CUTOFF: usize = 4096;
const MINI: usize = 64;

impl<'a> Compound<'a> {
    /// Opens the file and reads its tables and its directory.
    ///
    /// # Errors
    /// `FileTruncated` when a sector lies past the end, `FileDamaged` for chains that run in a circle and other nonsense.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let header = bytes.get(..512).ok_or(Refusal::FileTruncated)?;
        let sector = match u16_at(header, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(Refusal::FileDamaged),
        };
        let mut compound = Compound {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
            cut: false,
        };
        for id in compound.fat_sectors(header)? {
            let table = compound.sector(id)?;
            compound.fat.extend(words(table));
        }
        let directory = compound.joined(&compound.chain(u32_at(header, 48)?, &compound.fat)?)?;
        compound.cut = !directory.len().is_multiple_of(sector);
        compound.entries = directory.chunks_exact(128).map(entry).collect::<Result<_, _>>()?;
        let root = compound.entries.first().ok_or(Refusal::FileDamaged)?.start;
        if u32_at(header, 64)? > 0 {
            compound.mini_stream = compound.chain(root, &compound.fat)?;
            let table = compound.joined(&compound.chain(u32_at(header, 60)?, &compound.fat)?)?;
            compound.mini_fat = words(&table).collect();
        }
        Ok(compound)
    }

    /// The sectors that hold the allocation table: 109 in the header, more in a chain of their own.
    fn fat_sectors(&self, header: &[u8]) -> Result<Vec<u32>, Refusal> {
        let mut ids: Vec<u32> = words(&header[76..512]).collect();
        let mut next = u32_at(header, 68)?;
        for _ in 0..=self.sectors() {
            if next >= FIRST_MARK {
                ids.retain(|id| *id < FIRST_MARK);
                // More tables than sectors: the same table is named again and again.
                return if ids.len() > self.sectors() { Err(Refusal::FileDamaged) } else { Ok(ids) };
            }
            let mut more: Vec<u32> = words(self.sector(next)?).collect();
            next = more.pop().ok_or(Refusal::FileDamaged)?;
            ids.extend(more);
        }
        Err(Refusal::FileDamaged)
    }

    /// How many sectors the file can hold.
    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    /// Whether there is a stream or storage of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Why a stream that there should be is not there.
    pub(super) fn lacks(&self) -> Refusal {
        if self.cut { Refusal::FileTruncated } else { Refusal::NotAWorkbook }
    }

    /// A stream by its name.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Stream>, Refusal> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let mini = entry.size < MINI_CUTOFF;
        let piece = if mini { MINI } else { self.sector };
        let chain = self.chain(entry.start, if mini { &self.mini_fat } else { &self.fat })?;
        let mut offsets = Vec::with_capacity(chain.len());
        for id in chain {
            offsets.push(if mini { self.mini_offset(id)? } else { self.offset(id) });
        }
        let mut bytes = Vec::with_capacity(entry.size.min(self.bytes.len()));
        for offset in &offsets {
            bytes.extend_from_slice(self.at(*offset, piece)?);
        }
        if bytes.len() < entry.size {
            return Err(Refusal::FileTruncated);
        }
        bytes.truncate(entry.size);
        Ok(Some(Stream { bytes, offsets, piece }))
    }

    /// The sectors from `start` on. No chain is longer than its table.
    fn chain(&self, start: u32, table: &[u32]) -> Result<Vec<u32>, Refusal> {
        let mut chain = Vec::new();
        let mut id = start;
        while id < FIRST_MARK {
            if chain.len() > table.len() {
                return Err(Refusal::FileDamaged);
            }
            chain.push(id);
            id = *table.get(usize::try_from(id).unwrap_or(usize::MAX)).ok_or(Refusal::FileDamaged)?;
        }
        Ok(chain)
    }

    fn joined(&self, chain: &[u32]) -> Result<Vec<u8>, Refusal> {
        let mut joined = Vec::with_capacity(chain.len().min(self.sectors()) * self.sector);
        for id in chain {
            joined.extend_from_slice(self.sector(*id)?);
        }
        Ok(joined)
    }

    /// The header takes the place of one sector.
    fn offset(&self, id: u32) -> usize {
        usize::try_from(id).unwrap_or(usize::MAX).saturating_add(1).saturating_mul(self.sector)
    }

    fn mini_offset(&self, id: u32) -> Result<usize, Refusal> {
        let at = usize::try_from(id).unwrap_or(usize::MAX).saturating_mul(MINI);
        let sector = self.mini_stream.get(at / self.sector).ok_or(Refusal::FileDamaged)?;
        Ok(self.offset(*sector) + at % self.sector)
    }

    fn sector(&self, id: u32) -> Result<&'a [u8], Refusal> {
        self.at(self.offset(id), self.sector)
    }

    /// Bytes of the file; the last sector may be short, as some programs leave it.
    fn at(&self, offset: usize, length: usize) -> Result<&'a [u8], Refusal> {
        let end = offset.saturating_add(length).min(self.bytes.len());
        self.bytes.get(offset..end).filter(|piece| !piece.is_empty()).ok_or(Refusal::FileTruncated)
    }
}

fn entry(bytes: &[u8]) -> Result<Entry, Refusal> {
    let length = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> =
        bytes[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Ok(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        size: usize::try_from(u32_at(bytes, 120)?).unwrap_or(usize::MAX),
    })
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

/// A 16-bit number of a record.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    let array = bytes.get(at..).and_then(<[u8]>::first_chunk);
    array.copied().map(u16::from_le_bytes).ok_or(Refusal::FileDamaged)
}

/// A 32-bit number of a record.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let array = bytes.get(at..).and_then(<[u8]>::first_chunk);
    array.copied().map(u32::from_le_bytes).ok_or(Refusal::FileDamaged)
}
