//! Broken and hostile files: each is answered within five seconds, by a refusal or by a reading, through the child and
//! its limits. Some are broken in a way whose refusal is settled; for others only the answer matters.

use std::time::{Duration, Instant};

use giaoban::domain::refusal::Refusal;
use giaoban::domain::refusal::Refusal::*;
use giaoban::workbook::sandbox::Reader;

use super::make::*;
use super::sandbox::settings;

/// A case: what it is, the bytes, and how it is answered.
struct Case(String, Vec<u8>, Result<(), Refusal>);

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
    check(cases, 35);
}

#[test]
fn parts_that_are_broken_or_forged_are_answered() {
    let mut cases = Corpus::default();
    let part = |name: &str, text: &str| xlsx_with(&[(name, text.as_bytes())]);
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    cases.refused(
        "DOCTYPE in the workbook",
        part("xl/workbook.xml", &format!("{laughs}{WORKBOOK}")),
        FileSuspicious,
    );
    cases.refused(
        "DOCTYPE in a sheet",
        part(SHEET, &format!("{laughs}<worksheet>&b;</worksheet>")),
        FileSuspicious,
    );
    cases.refused("DOCTYPE in the strings", part(STRINGS, &format!("{laughs}<sst/>")), FileSuspicious);
    cases.refused(
        "DOCTYPE in the relations",
        part("_rels/.rels", &format!("{laughs}{RELATIONS}")),
        FileSuspicious,
    );
    cases.refused(
        "an external entity",
        part(SHEET, "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>"),
        FileSuspicious,
    );
    cases.refused("XML 100,000 deep", part(SHEET, &"<a>".repeat(100_000)), FileSuspicious);
    cases.refused(
        "strings 100,000 deep",
        part(STRINGS, &format!("<sst><si>{}", "<r>".repeat(100_000))),
        FileSuspicious,
    );
    cases.refused("a sheet that breaks off", part(SHEET, "<worksheet><sheetData><row><c><v>1"), FileDamaged);
    cases.refused("tags crossed", part(SHEET, "<worksheet><a><b></a></b></worksheet>"), FileDamaged);
    cases.read("an empty sheet part", part(SHEET, ""));
    cases.refused("a sheet of bytes", xlsx_with(&[(SHEET, &[0xFF, 0x00, 0x80, 0x12])]), FileDamaged);
    cases.refused(
        "half a surrogate in UTF-8",
        xlsx_with(&[(SHEET, b"<worksheet><a>\xED\xA0\x80</a></worksheet>")]),
        FileDamaged,
    );
    let cell = |content: &str| {
        xlsx(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{content}</t></is></c></row>"#))
    };
    cases.refused("half a surrogate by number", cell("&#xD800;"), FileDamaged);
    cases.refused("NUL by number", cell("&#0;"), FileDamaged);
    cases.refused("an entity that nobody defined", cell("&lol;"), FileDamaged);
    cases.read("NUL in a text", cell("a\0b"));
    cases.read("half a surrogate in Excel's own escape", cell("_xD800_"));
    cases.read("32,768 characters", cell(&"ự".repeat(32_768)));
    cases.refused("two million characters", cell(&"ab ".repeat(700_000)), SheetTooLarge);
    let rows = |rows: &str| xlsx(rows);
    cases.read("NaN and infinity", rows(r#"<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>INF</v></c><c r="C1"><v>1e99999</v></c></row>"#));
    cases.refused(
        "a value at XFD1048576",
        rows(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#),
        SheetTooLarge,
    );
    cases.refused(
        "a value at A1048576",
        rows(r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#),
        SheetTooLarge,
    );
    cases.refused("a value at XFD1", rows(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#), SheetTooLarge);
    cases.refused(
        "a place that does not exist",
        rows(r#"<row r="1"><c r="ZZZZZZZZZ1"><v>1</v></c></row>"#),
        FileDamaged,
    );
    cases.refused("row 0", rows(r#"<row r="0"><c><v>1</v></c></row>"#), FileDamaged);
    cases.refused(
        "row 99999999999",
        rows(r#"<row r="1"><c r="A99999999999"><v>1</v></c></row>"#),
        FileDamaged,
    );
    cases.read(
        "merged over everything",
        part(
            SHEET,
            r#"<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#,
        ),
    );
    let merges = format!(
        "<worksheet><sheetData/><mergeCells>{}</mergeCells></worksheet>",
        r#"<mergeCell ref="A1:B2"/>"#.repeat(510_000)
    );
    cases.refused("510,000 merges", part(SHEET, &merges), SheetTooLarge);
    cases.read(
        "all columns hidden",
        part(
            SHEET,
            r#"<worksheet><cols><col min="1" max="4294967295" hidden="1"/></cols><sheetData/></worksheet>"#,
        ),
    );
    let descending: String = (1..=100_000)
        .rev()
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>"#))
        .collect();
    cases.read("100,000 rows from the last to the first", rows(&descending));
    let place: String = r#"<c r="A1"><v>1</v></c>"#.repeat(100_000);
    cases.read(
        "100,000 values in one cell",
        rows(&format!("<row>{place}{}</row>", "<c r=\"B1\"><v>2</v></c>")),
    );
    let strings = format!("<sst><si><t>{}</t></si></sst>", "a b c ".repeat(170_000));
    let quoting: String =
        (1..=400).map(|row| format!(r#"<row r="{row}"><c t="s"><v>0</v></c></row>"#)).collect();
    let sheet = format!("<worksheet><sheetData>{quoting}</sheetData></worksheet>");
    cases.refused(
        "one string of 1 MB in 400 cells",
        xlsx_with(&[(STRINGS, strings.as_bytes()), (SHEET, sheet.as_bytes())]),
        SheetTooLarge,
    );
    let one = r#"<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    cases.refused("a string that is not there", xlsx_with(&[(SHEET, one.as_bytes())]), FileDamaged);
    let lie = br#"<sst count="4294967295" uniqueCount="18446744073709551615"><si><t>a</t></si></sst>"#;
    cases.read("strings that claim to be many", xlsx_with(&[(STRINGS, lie), (SHEET, one.as_bytes())]));
    cases.refused(
        "a string with a negative number",
        rows(r#"<row><c t="s"><v>-1</v></c></row>"#),
        FileDamaged,
    );
    let listed: String =
        (0..10_000).map(|number| format!(r#"<sheet name="s{number}" sheetId="1" r:id="rId1"/>"#)).collect();
    cases.refused(
        "10,000 sheets",
        part("xl/workbook.xml", &format!("<workbook><sheets>{listed}</sheets></workbook>")),
        FileTooLarge,
    );
    cases.refused("no sheet", part("xl/workbook.xml", "<workbook/>"), NotAWorkbook);
    cases.refused(
        "a sheet without relation",
        part("xl/_rels/workbook.xml.rels", "<Relationships/>"),
        FileDamaged,
    );
    let itself = WORKBOOK_RELATIONS.replace("worksheets/sheet1.xml", "workbook.xml");
    cases.read("a workbook that is its own sheet", part("xl/_rels/workbook.xml.rels", &itself));
    let absent = WORKBOOK_RELATIONS.replace("sheet1.xml", "sheet9.xml");
    cases.refused("a sheet that is not there", part("xl/_rels/workbook.xml.rels", &absent), FileDamaged);
    let fonts: String =
        (0..70_000).map(|number| format!(r#"<font><name val="f{number}"/></font>"#)).collect();
    let styles: String =
        (0..70_000).map(|number| format!(r#"<xf numFmtId="0" fontId="{number}"/>"#)).collect();
    cases.read(
        "70,000 styles, each its own",
        part(
            "xl/styles.xml",
            &format!("<styleSheet><fonts>{fonts}</fonts><cellXfs>{styles}</cellXfs></styleSheet>"),
        ),
    );
    cases.read("a cell within a cell", rows(r#"<row><c r="A1"><c r="B1"><v>1</v></c><v>2</v></c></row>"#));
    let attributes: String = (0..50_000).map(|number| format!(" a{number}=\"1\"")).collect();
    cases.read("a row of 50,000 attributes", rows(&format!("<row{attributes}/>")));
    check(cases, 40);
}

#[test]
fn compound_files_that_are_broken_or_forged_are_answered() {
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
    check(cases, 30);
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
                &record(156, &[words(&[0, 1]), super::make::wide("rId1"), super::make::wide("a")].concat()),
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
    check(cases, 22);
}
