//! Broken and forged files of the other formats.
#![expect(clippy::too_many_lines, reason = "a table of files, one below the other")]

use super::*;
use crate::workbook::old::{Old, Put, Typed};

#[test]
fn compound_files_that_are_broken_or_forged_are_answered() {
    check(compound_files(), 30);
}

pub(super) fn compound_files() -> Corpus {
    let mut cases = Corpus::default();
    let plain = |sheet: &[u8]| compound(&[("Workbook", &workbook_stream(0x0600, &[], sheet))]);
    let whole = plain(&number(0, 0, 0, 1.0));
    cases.read("a sound one", whole.clone());
    for length in [9, 100, 511, 512, 700, 1024, 1400, 1536, 2000] {
        cases.refused(&format!("cut at {length}"), whole[..length].to_vec(), FileTruncated);
    }
    cases.refused("cut in the padding", whole[..whole.len() - 100].to_vec(), FileTruncated);
    let with = |at: usize, bytes: &[u8]| {
        let mut forged = whole.clone();
        forged[at..at + bytes.len()].copy_from_slice(bytes);
        forged
    };
    // Sector 0 (offset 512) is the FAT; word n is the follower of sector n. Sector 1 is the directory, 2 the stream.
    cases.refused("a directory in a circle", with(512 + 4, &words(&[1])), FileDamaged);
    cases.refused("a stream in a circle", with(512 + 12, &words(&[2])), FileDamaged);
    cases.refused("a stream that leads nowhere", with(512 + 8, &words(&[77_777])), FileDamaged);
    cases.refused("allocation tables in a circle", with(68, &words(&[1])), FileDamaged);
    cases.refused("an allocation table beyond the end", with(76, &words(&[9_999])), FileTruncated);
    cases.refused("a directory beyond the end", with(48, &words(&[9_999])), FileDamaged);
    cases.refused("mini stream beyond the end", with(60, &words(&[50_000, 1])), FileDamaged);
    cases.refused("a sector size that does not exist", with(30, &[77, 0]), FileDamaged);
    cases.refused(
        "an encrypted .xlsx",
        compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"y")]),
        PasswordProtected,
    );
    cases.refused(
        "an .xls with a password",
        compound(&[("Workbook", &workbook_stream(0x0600, &biff(0x2F, &[0; 54]), &[]))]),
        PasswordProtected,
    );
    cases.refused(
        "an old .xls with a password",
        compound(&[("Book", &workbook_stream(0x0500, &biff(0x2F, &[0; 4]), &[]))]),
        PasswordProtected,
    );
    cases.refused("a text document", compound(&[("WordDocument", b"x")]), NotAWorkbook);
    let giant = biff(0x0200, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]);
    cases.read("dimensions of four billion rows", plain(&[giant, number(3, 3, 0, 1.0)].concat()));
    let far = [number(0, 0, 0, 1.0), number(65_535, 255, 0, 1.0)].concat();
    cases.refused("two cells, 16 million apart", plain(&far), SheetTooLarge);
    cases.read("not a number", plain(&number(0, 0, 0, f64::NAN)));
    cases.refused("a record longer than the file", plain(&[0x03, 0x02, 0xFF, 0xFF]), FileTruncated);
    cases.refused("a record that is too short", plain(&biff(0x0203, &[0, 0])), FileDamaged);
    cases.refused("a formula that is too short", plain(&biff(0x0006, &[0; 8])), FileDamaged);
    cases.read("a string from no table", plain(&biff(0x00FD, &[0, 0, 0, 0, 0, 0, 9, 0, 0, 0])));
    let strings = biff(0x00FC, &[0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 0, b'a']);
    cases.read("two billion strings", compound(&[("Workbook", &workbook_stream(0x0600, &strings, &[]))]));
    let nested = biff(0x0809, &[0, 6, 0x20, 0, 0, 0, 0, 0]).repeat(3_000);
    cases.read("3,000 charts within each other", plain(&nested));
    let mut beyond = workbook_stream(0x0600, &[], &[]);
    let at = beyond.windows(4).position(|window| window[..2] == [0x85, 0]).unwrap() + 4;
    beyond[at..at + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F]);
    cases.refused("a sheet beyond the stream", compound(&[("Workbook", &beyond)]), FileTruncated);
    cases
}

#[test]
fn old_files_that_are_broken_or_forged_are_answered() {
    check(old_files(), 60);
}

pub(super) fn old_files() -> Corpus {
    let mut cases = Corpus::default();
    for version in [2, 3, 4, 5, 0] {
        let program = Old { version, page: Some(1258), font: "Arial", typed: Typed::Windows };
        let rows: Vec<_> =
            (0..20).map(|row| (row, vec![(0, Put::Joined("Đạt")), (1, Put::Percent(0.5))])).collect();
        let whole = program.file("a", &rows);
        cases.read(&format!("a sound file of Excel {version}"), whole.clone());
        // The last record of a bare file is its EOF; a compound file is filled up after it.
        let length = if version == 5 { whole.len() - 2_700 } else { whole.len() };
        for part in 1..12 {
            let cut = whole[..length * part / 12].to_vec();
            cases.refused(&format!("Excel {version} cut at {part}/12"), cut, FileTruncated);
        }
    }
    let sheet =
        |records: &[u8]| [&biff(0x0209, &[3, 0, 0x10, 0, 0, 0]), records, &biff(0x000A, &[])].concat();
    cases.read("no cells", sheet(&[]));
    cases.refused("no last record", sheet(&[])[..10].to_vec(), FileTruncated);
    cases.refused("a password", sheet(&biff(0x002F, &[1, 2, 3, 4])), PasswordProtected);
    cases.refused(
        "a label longer than its record",
        sheet(&biff(0x0204, &[0, 0, 0, 0, 0, 0, 9, 0])),
        FileDamaged,
    );
    cases.refused("a number that is too short", sheet(&biff(0x0203, &[0; 9])), FileDamaged);
    cases.refused("a style that is too short", sheet(&biff(0x0243, &[0; 3])), FileDamaged);
    cases.refused("a record longer than the old file", sheet(&[0x03, 0x02, 0xFF, 0xFF]), FileTruncated);
    cases.read("not a number in an old file", sheet(&number(0, 0, 0, f64::NAN)));
    cases.read("a style that is not there", sheet(&number(0, 0, 999, 1.0)));
    cases.read(
        "a formula whose text never comes",
        sheet(&biff(0x0206, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255])),
    );
    cases.read("a text without its formula", sheet(&biff(0x0207, &[1, 0, b'a'])));
    cases.read("an error that Excel does not know", sheet(&biff(0x0205, &[0, 0, 0, 0, 0, 0, 99, 1])));
    cases.read("a code page that does not exist", sheet(&biff(0x0042, &[7, 7])));
    cases.refused("a cell in the last column there can be", sheet(&number(0, 65_535, 0, 1.0)), SheetTooLarge);
    cases.read(
        "charts within each other",
        sheet(&[biff(0x0209, &[3, 0, 32, 0, 0, 0]).repeat(99), biff(0x000A, &[]).repeat(99)].concat()),
    );
    cases.refused(
        "charts that never end",
        sheet(&biff(0x0209, &[3, 0, 32, 0, 0, 0]).repeat(3_000)),
        FileTruncated,
    );
    let mut beyond = workbook_stream(0x0500, &[], &[]);
    let at = beyond.windows(4).position(|window| window[..2] == [0x85, 0]).unwrap() + 4;
    beyond[at..at + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F]);
    cases.refused("an old sheet beyond the stream", compound(&[("Book", &beyond)]), FileTruncated);
    let many = biff(0x0085, &[0, 0, 0, 0, 0, 0, 0]).repeat(100_000);
    cases.refused(
        "a hundred thousand sheets",
        [biff(0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]), many, biff(0x000A, &[])].concat(),
        FileTooLarge,
    );
    cases.refused(
        "a stream that begins with no BOF",
        compound(&[("Book", &number(0, 0, 0, 1.0))]),
        FileDamaged,
    );
    cases.refused("a Lotus 1-2-3 sheet", b"\0\0\x02\0\x06\x04\x06\0\x08\0\0\0".to_vec(), OldFormat);
    cases
}

/// An .ods with this table.
fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="a">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn other_formats_that_are_broken_or_forged_are_answered() {
    check(other_formats(), 22);
}

pub(super) fn other_formats() -> Corpus {
    let mut cases = Corpus::default();
    let one = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    cases.read("a sound .ods", ods(&format!("<table:table-row>{one}</table:table-row>")));
    let secret = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<!DOCTYPE m SYSTEM 'm'><manifest:encryption-data/>"),
        ("content.xml", b"\x12\x34\x56"),
    ]);
    cases.refused("an .ods with a password", secret, PasswordProtected);
    cases.refused(
        "an .ods without content",
        package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
        FileDamaged,
    );
    cases.refused(
        "a row a million times",
        ods(&format!(r#"<table:table-row table:number-rows-repeated="1048576">{one}</table:table-row>"#)),
        SheetTooLarge,
    );
    cases.refused(
        "a row four billion times",
        ods(&format!(r#"<table:table-row table:number-rows-repeated="4294967295">{one}</table:table-row>"#)),
        SheetTooLarge,
    );
    let wide = one.replace("/>", r#" table:number-columns-repeated="4294967295"/>"#);
    cases.refused(
        "a cell four billion times",
        ods(&format!("<table:table-row>{wide}</table:table-row>")),
        SheetTooLarge,
    );
    cases.read("empty rows to the end, hidden", ods(r#"<table:table-row table:number-rows-repeated="1048576" table:visibility="collapse"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#));
    let blanks = r#"<text:s text:c="4294967295"/>"#.repeat(100);
    cases.refused("blanks by the billion", ods(&format!(r#"<table:table-row><table:table-cell office:value-type="string"><text:p>a{blanks}b</text:p></table:table-cell></table:table-row>"#)), SheetTooLarge);
    let spans = "<text:span>".repeat(50_000);
    cases.refused(
        "spans 50,000 deep",
        ods(&format!("<table:table-row><table:table-cell><text:p>{spans}")),
        FileSuspicious,
    );
    cases.read("not a number in .ods", ods(r#"<table:table-row><table:table-cell office:value-type="float" office:value="NaN"/></table:table-row>"#));
    let circle = r#"<office:document-styles><office:styles><style:style style:name="a" style:family="table-cell" style:parent-style-name="b"/><style:style style:name="b" style:family="table-cell" style:parent-style-name="a"/></office:styles></office:document-styles>"#;
    let circle = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("styles.xml", circle.as_bytes()),
        ("content.xml", b"<a/>"),
    ]);
    cases.read("styles in a circle", circle);
    let binary = |sheet: &[u8], strings: &[u8]| {
        package(&[
            ("_rels/.rels", RELATIONS.replace(".xml\"", ".bin\"").as_bytes()),
            (
                "xl/workbook.bin",
                &record(
                    156,
                    &[words(&[0, 1]), crate::workbook::make::wide("rId1"), crate::workbook::make::wide("a")]
                        .concat(),
                ),
            ),
            ("xl/_rels/workbook.bin.rels", WORKBOOK_RELATIONS.replace(".xml\"", ".bin\"").as_bytes()),
            ("xl/worksheets/sheet1.bin", sheet),
            ("xl/sharedStrings.bin", strings),
        ])
    };
    cases.read("a sound .xlsb", binary(&record(145, &[]), &[]));
    cases.refused(
        "a text longer than its record",
        binary(&record(6, &words(&[0, 0, 0x7FFF_FFFF])), &[]),
        FileDamaged,
    );
    cases.refused(
        "a record longer than its part",
        binary(&[0x05, 0xFF, 0xFF, 0xFF, 0x7F], &[]),
        FileTruncated,
    );
    cases.refused(
        "a string from no table in .xlsb",
        binary(&record(7, &words(&[0, 0, 5])), &[]),
        FileDamaged,
    );
    cases.refused("strings cut off in .xlsb", binary(&[], &[0x13, 0x08, 0]), FileTruncated);
    cases.refused(
        "a far cell in .xlsb",
        binary(
            &[record(0, &[0xFF, 0xFF, 0x0F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), record(5, &[0; 16])].concat(),
            &[],
        ),
        SheetTooLarge,
    );
    cases.refused(
        "a line of a million columns",
        format!("a,b\n{}", ",x".repeat(1_000_000)).into_bytes(),
        SheetTooLarge,
    );
    cases.refused("a million lines", "a,b\n".repeat(1_000_000).into_bytes(), SheetTooLarge);
    cases.read("a quote that never ends", b"a,b\n\"c,d\ne,f\n".to_vec());
    cases.refused("NUL in a text", b"a,b\n\0,c\n".to_vec(), NotAWorkbook);
    cases.refused(
        "half a surrogate in UTF-16",
        [&[0xFF, 0xFE][..], &[0x00, 0xD8, b',', 0, b'\n', 0].repeat(9)].concat(),
        NotAWorkbook,
    );
    cases.refused(
        "an odd number of bytes in UTF-16",
        [&[0xFF, 0xFE][..], b"a\0,\0b\0\n\0a\0,\0b"].concat(),
        NotAWorkbook,
    );
    cases.refused(
        "bytes without sense",
        (0..50_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
        NotAWorkbook,
    );
    cases
}
