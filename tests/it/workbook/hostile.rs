//! Broken and hostile files: each is answered within five seconds, by a refusal or by a reading, through the child and
//! its limits. Some are broken in a way whose refusal is settled; for others only the answer matters.

use std::time::{Duration, Instant};

use giaoban::domain::refusal::Refusal;
use giaoban::domain::refusal::Refusal::*;
use giaoban::workbook::sandbox::Reader;

mod formats;
mod parts;

use super::make::*;
use super::sandbox::settings;

/// A case: what it is, the bytes, and how it is answered.
pub(crate) struct Case(pub(crate) String, pub(crate) Vec<u8>, pub(crate) Result<(), Refusal>);

/// Every case, for the doors.
pub(crate) fn all() -> Vec<Case> {
    [packages(), parts::parts(), formats::compound_files(), formats::old_files(), formats::other_formats()]
        .into_iter()
        .flat_map(|corpus| corpus.0)
        .collect()
}

#[derive(Default)]
struct Corpus(Vec<Case>);

impl Corpus {
    fn refused(&mut self, name: &str, bytes: Vec<u8>, refusal: Refusal) {
        self.0.push(Case(name.to_owned(), bytes, Err(refusal)));
    }

    fn read(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.push(Case(name.to_owned(), bytes, Ok(())));
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a corpus is checked once")]
fn check(cases: Corpus, at_least: usize) {
    let reader = Reader::new(settings());
    let mut wrong = Vec::new();
    for Case(name, bytes, expected) in &cases.0 {
        let begun = Instant::now();
        let result = reader.read_blocking(bytes).map(|_| ());
        let took = begun.elapsed();
        if result != *expected || took > Duration::from_secs(5) {
            wrong.push(format!("{name}: {result:?} instead of {expected:?} after {took:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(cases.0.len() >= at_least, "only {} cases", cases.0.len());
}

/// The offset of the central directory's entry for a part, and of its local header.
fn headers(zip: &[u8], name: &str) -> (usize, usize) {
    let find = |signature: &[u8], name_at: usize| {
        (0..zip.len() - 46)
            .find(|at| zip[*at..].starts_with(signature) && zip[at + name_at..].starts_with(name.as_bytes()))
            .unwrap()
    };
    (find(b"PK\x01\x02", 46), find(b"PK\x03\x04", 30))
}

/// Changes bytes of the central entry and of the local header of a part.
fn forge(mut zip: Vec<u8>, name: &str, central: usize, local: usize, bytes: &[u8]) -> Vec<u8> {
    let (in_directory, in_file) = headers(&zip, name);
    zip[in_directory + central..][..bytes.len()].copy_from_slice(bytes);
    zip[in_file + local..][..bytes.len()].copy_from_slice(bytes);
    zip
}

fn sample() -> Vec<u8> {
    xlsx(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Nội dung nhiệm vụ</t></is></c><c r="B1"><v>1</v></c></row>"#,
    )
}

#[test]
fn packages_that_are_broken_or_forged_are_answered() {
    check(packages(), 35);
}

#[expect(clippy::too_many_lines, reason = "a table of files, one below the other")]
fn packages() -> Corpus {
    let mut cases = Corpus::default();
    let whole = sample();
    for part in 1..16 {
        let cut = whole[..whole.len() * part / 16].to_vec();
        cases.refused(&format!("cut at {part}/16"), cut, FileTruncated);
    }
    cases.refused("cut in the end record", whole[..whole.len() - 5].to_vec(), FileTruncated);
    cases.refused("a signature and nothing else", b"PK\x03\x04".to_vec(), FileTruncated);
    let bomb = vec![b' '; 24 << 20];
    cases.refused("bomb", xlsx_with(&[(SHEET, &bomb)]), FileSuspicious);
    cases.refused(
        "bomb in a part that nobody reads",
        xlsx_with(&[("xl/media/a.bin", &bomb)]),
        FileSuspicious,
    );
    let sheet = |central, local, bytes: &[u8]| forge(sample(), SHEET, central, local, bytes);
    cases.refused(
        "bomb that declares 100 bytes",
        forge(xlsx_with(&[(SHEET, &bomb)]), SHEET, 24, 22, &[100, 0, 0, 0]),
        FileDamaged,
    );
    cases.refused("declared size of 3.9 GB", sheet(24, 22, &[0, 0, 0, 0xF0]), FileSuspicious);
    cases.refused("wrong check sum", sheet(16, 14, &[1, 2, 3, 4]), FileDamaged);
    cases.refused("encrypted part", sheet(8, 6, &[1, 0]), PasswordProtected);
    cases.refused("unknown compression", sheet(10, 8, &[12, 0]), FileSuspicious);
    cases.refused("AES compression", sheet(10, 8, &[99, 0]), FileSuspicious);
    cases.refused("stored but deflated", sheet(10, 8, &[0, 0]), FileDamaged);
    let twice = xlsx_with(&[("xl/worksheets/sheet2.xml", b"<worksheet/>")]);
    cases.refused(
        "the same name twice",
        forge(twice.clone(), "xl/worksheets/sheet2.xml", 46, 30, SHEET.as_bytes()),
        FileSuspicious,
    );
    let cased = forge(twice.clone(), "xl/worksheets/sheet2.xml", 46, 30, b"xl/worksheets/SHEET1.xml");
    cases.refused("names that differ in case only", cased, FileSuspicious);
    let mut overlap = twice;
    let (directory, _) = headers(&overlap, "xl/worksheets/sheet2.xml");
    overlap[directory + 42..][..4].copy_from_slice(&[0; 4]);
    cases.refused("entries that overlap", overlap, FileSuspicious);
    let names: Vec<String> = (0..6000).map(|number| format!("xl/media/{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    cases.refused("6,000 entries", xlsx_with(&many), FileSuspicious);
    cases.read("a name that climbs out", xlsx_with(&[("../../../etc/passwd", b"x")]));
    let mut shifted = whole.clone();
    let end = shifted.len() - 6;
    shifted[end..end + 4].copy_from_slice(&[0xFF; 4]);
    cases.refused("directory beyond the end", shifted, FileDamaged);
    let mut count = whole.clone();
    let end = count.len() - 14;
    count[end..end + 4].copy_from_slice(&[0xFF, 0x7F, 0xFF, 0x7F]);
    cases.refused("a directory that counts wrong", count, FileDamaged);
    cases.refused("an empty package", package(&[]), NotAWorkbook);
    cases.refused("a zip of something else", package(&[("a.txt", b"a")]), NotAWorkbook);
    cases.refused(
        "a text document",
        package(&[
            ("_rels/.rels", RELATIONS.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("word/document.xml", b"<w/>"),
        ]),
        NotAWorkbook,
    );
    cases
}
