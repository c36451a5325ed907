//! Broken and forged parts inside a package that is whole.
#![expect(clippy::too_many_lines, reason = "a table of files, one below the other")]

use super::*;

#[test]
fn parts_that_are_broken_or_forged_are_answered() {
    check(parts(), 40);
}

pub(super) fn parts() -> Corpus {
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
    cases
}
