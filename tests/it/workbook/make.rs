//! Files built byte by byte: packages of given parts, compound files of given streams, records of binary formats.

use std::io::{Cursor, Write};

use giaoban::sheet::cell::{Sheet, Value, cell_name};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip of parts.
pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

pub(crate) const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

pub(crate) const WORKBOOK_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

pub(crate) const SHEET: &str = "xl/worksheets/sheet1.xml";
pub(crate) const STRINGS: &str = "xl/sharedStrings.xml";

/// An .xlsx whose named parts are as given and whose others are the least that a workbook needs.
pub(crate) fn xlsx_with(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.as_bytes()),
        (SHEET, b"<worksheet><sheetData/></worksheet>"),
        (STRINGS, b"<sst/>"),
    ];
    for (name, bytes) in parts {
        match all.iter_mut().find(|(known, _)| known == name) {
            Some(part) => part.1 = bytes,
            None => all.push((name, bytes)),
        }
    }
    package(&all)
}

/// An .xlsx with these rows (the inside of `sheetData`).
pub(crate) fn xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    xlsx_with(&[(SHEET, sheet.as_bytes())])
}

/// A sheet as text: one line for each cell, `G8 "text" [format] (font) =` and so on.
pub(crate) fn show(sheet: &Sheet) -> String {
    let mut lines = String::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            let value = match &cell.value {
                Value::Empty => "nothing".to_owned(),
                Value::Text(text) => format!("{text:?}"),
                Value::Number(number) => number.to_string(),
                Value::DateTime(date_time) => date_time.to_string(),
                Value::Bool(value) => value.to_string(),
                Value::Error(text) => text.to_string(),
            };
            let formula = if cell.formula { "=" } else { "" };
            lines.push_str(&format!("{} {formula}{value}", cell_name(row.number, cell.column)));
            let format = sheet.format_of(cell);
            if format != "General" {
                lines.push_str(&format!(" [{format}]"));
            }
            lines.push('\n');
        }
    }
    lines
}

/// A compound file ([MS-CFB]) with one stream of at least 4,096 bytes after padding, or several.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let mut sectors: Vec<u8> = Vec::new();
    let mut fat: Vec<u32> = vec![0xFFFF_FFFD, END]; // sector 0: FAT, sector 1: directory (three streams at most)
    let mut directory = entry("Root Entry", 5, END, 0);
    assert!(streams.len() <= 3);
    for (name, bytes) in streams {
        let mut padded = bytes.to_vec();
        padded.resize(bytes.len().max(4096).next_multiple_of(512), 0);
        let first = u32::try_from(fat.len()).unwrap();
        let count = u32::try_from(padded.len() / 512).unwrap();
        fat.extend((1..count).map(|index| first + index));
        fat.push(END);
        directory.extend(entry(name, 2, first, u32::try_from(bytes.len().max(4096)).unwrap()));
        sectors.extend(padded);
    }
    // Each entry leads to the next: the root to the first stream, a stream to the one on its right.
    for index in 0..streams.len() {
        let at = 128 * index + if index == 0 { 76 } else { 72 };
        directory[at..at + 4].copy_from_slice(&u32::try_from(index + 1).unwrap().to_le_bytes());
    }
    directory.resize(512, 0);
    assert!(fat.len() <= 128, "one FAT sector only");
    fat.resize(128, FREE);
    let mut file = vec![0u8; 512];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &1u32.to_le_bytes());
    put(48, &1u32.to_le_bytes());
    put(56, &4096u32.to_le_bytes());
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    put(76, &0u32.to_le_bytes());
    for index in 1..109 {
        put(76 + 4 * index, &FREE.to_le_bytes());
    }
    file.extend(fat.iter().flat_map(|word| word.to_le_bytes()));
    file.extend(directory);
    file.extend(sectors);
    file
}

fn entry(name: &str, kind: u8, start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).unwrap();
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend([0xFF; 12]);
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(size.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// A BIFF record.
pub(crate) fn biff(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend(u16::try_from(body.len()).unwrap().to_le_bytes());
    record.extend(body);
    record
}

/// The Workbook stream of an .xls with one sheet: records of the globals, then those of the sheet.
pub(crate) fn workbook_stream(version: u16, globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let bof = |kind: u16| {
        let body: Vec<u8> = [version, kind, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
        biff(0x0809, &body)
    };
    let name: &[u8] = if version >= 0x0600 { b"\x06\x00Sheet1" } else { b"\x06Sheet1" };
    let start = bof(5).len() + globals.len() + 4 + 6 + name.len() + 4;
    let mut stream = bof(5);
    stream.extend(globals);
    let mut bound = u32::try_from(start).unwrap().to_le_bytes().to_vec();
    bound.extend([0, 0]);
    bound.extend(name);
    stream.extend(biff(0x0085, &bound));
    stream.extend(biff(0x000A, &[]));
    stream.extend(bof(0x10));
    stream.extend(sheet);
    stream.extend(biff(0x000A, &[]));
    stream
}

/// A NUMBER record.
pub(crate) fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    let mut body: Vec<u8> = [row, column, style].iter().flat_map(|word| word.to_le_bytes()).collect();
    body.extend(value.to_le_bytes());
    biff(0x0203, &body)
}

/// A record of .xlsb.
pub(crate) fn record(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for mut number in [kind, u32::try_from(body.len()).unwrap()] {
        while number >= 0x80 {
            out.push(u8::try_from(number & 0x7F).unwrap() | 0x80);
            number >>= 7;
        }
        out.push(u8::try_from(number).unwrap());
    }
    out.extend(body);
    out
}

/// A text of .xlsb.
pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

/// Several little-endian words of four bytes.
pub(crate) fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}
