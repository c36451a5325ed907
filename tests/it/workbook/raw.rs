//! Files as no writer crate makes them, but people's programs do: built from parts and records.

use giaoban::domain::refusal::Refusal;
use giaoban::sheet::cell::{Fill, Format, Value, Visibility};
use giaoban::sheet::colour::Colour;
use giaoban::workbook::read::read_workbook;

use super::make::*;

fn check(rows: &str, expected: &str) {
    let workbook = read_workbook(&xlsx(rows)).unwrap();
    assert_eq!(show(&workbook.sheets[0]), expected, "{rows}");
}

#[test]
fn cells_are_read_for_what_their_type_says() {
    let table = [
        // A formula without a stored result is not the same as an empty cell.
        (r#"<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"/></row>"#, "A1 =nothing\n"),
        (r#"<row r="1"><c r="A1" t="str"><f/><v></v></c></row>"#, "A1 =\"\"\n"),
        (r#"<row r="1"><c r="A1" t="e"><f>A2#</f><v>#SPILL!</v></c></row>"#, "A1 =#SPILL!\n"),
        (r#"<row r="1"><c r="A1" t="str"><v>a&amp;b_x000D_c</v></c></row>"#, "A1 \"a&b\\rc\"\n"),
        (
            r#"<row r="1"><c r="A1" t="inlineStr"><is><r><t>Đang </t></r><r><t>làm</t></r></is></c></row>"#,
            "A1 \"Đang làm\"\n",
        ),
        (r#"<row r="1"><c r="A1" t="d"><v>2020-03-02</v></c></row>"#, "A1 2020-03-02 00:00:00\n"),
        (r#"<row r="1"><c r="A1" t="b"><v>1</v></c></row>"#, "A1 true\n"),
        (
            r#"<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1e999</v></c></row>"#,
            "A1 \"NaN\"\nB1 \"1e999\"\n",
        ),
        (r#"<row r="1"><c r="A1"><v>1E-3</v><extLst><ext><v>9</v></ext></extLst></c></row>"#, "A1 0.001\n"),
        // Places may be left out; each cell then follows the one before.
        (
            r#"<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>5</v></c></row>"#,
            "A1 1\nC1 3\nA3 5\n",
        ),
        // Cells out of order are put in order, and the later of two in one place stays.
        (
            r#"<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c><c r="B3"><v>3</v></c></row><row r="1"><c r="A1"><v>4</v></c></row><row r="3"><c r="C3"><v>5</v></c></row>"#,
            "A1 4\nA3 2\nB3 3\nC3 5\n",
        ),
        // Styled empty cells are no cells.
        (r#"<row r="1" s="3" customFormat="1"><c r="A1" s="3"/><c r="B1" s="3"></c></row>"#, ""),
    ];
    for (rows, expected) in table {
        check(rows, expected);
    }
}

#[test]
fn a_workbook_of_thousands_of_styled_empty_rows_is_fine() {
    let mut rows = String::from(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    for row in 2..=60_000 {
        rows.push_str(&format!(
            r#"<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/><c r="C{row}" s="1"/></row>"#
        ));
    }
    rows.push_str(r#"<row r="1048576"><c r="XFD1048576" s="1"/></row>"#);
    check(&rows, "A1 1\n");
}

#[test]
fn a_value_in_the_last_cell_is_refused_as_too_far() {
    let bytes = xlsx(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert_eq!(read_workbook(&bytes), Err(Refusal::SheetTooLarge));
}

#[test]
fn dates_from_1904_and_hidden_rows_by_height_are_seen() {
    let workbook = WORKBOOK.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    let sheet = r#"<worksheet><cols><col min="2" max="3" width="0"/></cols><sheetData><row r="2" ht="0" customHeight="1"><c r="A2"><v>42430</v></c></row><row r="3" hidden="true"/></sheetData><autoFilter ref="A1:B3"/></worksheet>"#;
    let bytes = xlsx_with(&[("xl/workbook.xml", workbook.as_bytes()), (SHEET, sheet.as_bytes())]);
    let workbook = read_workbook(&bytes).unwrap();
    assert!(workbook.date_1904);
    assert_eq!(workbook.sheets[0].hidden_rows.iter().copied().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(workbook.sheets[0].hidden_columns.iter().copied().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn colours_behind_cells_are_seen_also_behind_empty_ones() {
    let styles = r#"<styleSheet><fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/></patternFill></fill></fills><cellXfs><xf/><xf fillId="1"/></cellXfs></styleSheet>"#;
    let sheet = r#"<worksheet><sheetData><row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" s="1"/><c r="C2" s="0"/></row></sheetData></worksheet>"#;
    let bytes = xlsx_with(&[("xl/styles.xml", styles.as_bytes()), (SHEET, sheet.as_bytes())]);
    let fills = read_workbook(&bytes).unwrap().sheets[0].fills.clone();
    let green = |column| Fill { row: 1, column, colour: Colour::Green };
    assert_eq!(fills, [green(0), green(1)]);
}

#[test]
fn parts_are_found_whatever_the_case_of_their_names_and_the_text_may_be_utf16() {
    let sheet: Vec<u8> = "\u{FEFF}<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>tiến độ</t></is></c></row></sheetData></worksheet>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let bytes = package(&[
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("XL/Workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.as_bytes()),
        ("xl/Worksheets/Sheet1.xml", &sheet),
    ]);
    assert_eq!(show(&read_workbook(&bytes).unwrap().sheets[0]), "A1 \"tiến độ\"\n");
}

#[test]
fn old_and_large_xls_sheets_are_read() {
    // A sheet that claims 65,536 rows by 256 columns, as formatting whole rows leaves it, and has two cells.
    let mut sheet = biff(0x0200, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
    sheet.extend(number(7, 6, 1, 0.5));
    // MULRK: row 9, columns 1 and 2, integers 3 and 4.
    sheet.extend(biff(0x00BD, &[9, 0, 1, 0, 1, 0, 14, 0, 0, 0, 0, 0, 18, 0, 0, 0, 2, 0]));
    let mut globals = biff(0x00E0, &[0; 20]);
    let mut percent = vec![0u8; 20];
    percent[2] = 9;
    globals.extend(biff(0x00E0, &percent));
    let expected = "G8 0.5 [0%]\nB10 3 [0%]\nC10 4\n";
    let modern = compound(&[("Workbook", &workbook_stream(0x0600, &globals, &sheet))]);
    // BIFF5 keeps its dimensions in 10 bytes and its stream under another name.
    let mut sheet = biff(0x0200, &[0, 0, 0, 64, 0, 0, 0, 1, 0, 0]);
    sheet.extend(number(7, 6, 1, 0.5));
    sheet.extend(biff(0x00BD, &[9, 0, 1, 0, 1, 0, 14, 0, 0, 0, 0, 0, 18, 0, 0, 0, 2, 0]));
    let old = compound(&[("Book", &workbook_stream(0x0500, &globals, &sheet))]);
    for bytes in [modern, old] {
        let workbook = read_workbook(&bytes).unwrap();
        assert_eq!(workbook.format, Format::Xls);
        assert_eq!(show(&workbook.sheets[0]), expected);
    }
}

/// The parts of an .xlsb with a style for percents, shared and other texts, a hidden row, column and sheet.
fn xlsb() -> Vec<u8> {
    let mut workbook = record(153, &words(&[1, 0]));
    workbook.extend(record(156, &[words(&[0, 1]), wide("rId1"), wide("Tiến độ")].concat()));
    workbook.extend(record(156, &[words(&[1, 2]), wide("rId4"), wide("ẩn")].concat()));
    let mut styles = record(43, &[vec![0u8; 21], wide(".VnTime")].concat());
    styles.extend(record(47, &[0; 16]));
    styles.extend(record(617, &words(&[2])));
    styles.extend(record(47, &[0; 16]));
    styles.extend(record(47, &[&[0, 0, 9, 0, 0, 0][..], &[0; 10]].concat()));
    styles.extend(record(618, &[]));
    let strings = record(19, &[vec![0], wide("Nội dung")].concat());
    let cell = |kind: u32, column: u32, style: u32, value: &[u8]| {
        record(kind, &[&words(&[column, style])[..], value].concat())
    };
    let row = |row: u32, flags: u8| record(0, &[&words(&[row, 0])[..], &[0, 0, 0, flags, 0]].concat());
    let mut sheet = record(129, &[]);
    sheet.extend(record(148, &[0; 16]));
    sheet.extend(record(60, &[words(&[3, 4, 0, 0]), vec![1, 0]].concat()));
    sheet.extend(record(145, &[]));
    sheet.extend(row(0, 0));
    sheet.extend(cell(7, 0, 0, &words(&[0])));
    sheet.extend(cell(1, 1, 1, &[]));
    sheet.extend(cell(5, 2, 1, &0.655f64.to_le_bytes()));
    sheet.extend(row(4, 0x10));
    sheet.extend(cell(2, 0, 0, &words(&[(50 << 2) | 2 | 1])));
    sheet.extend(cell(8, 1, 0, &[wide("ab"), vec![0; 6]].concat()));
    sheet.extend(cell(11, 2, 0, &[0x07, 0, 0, 0, 0, 0]));
    sheet.extend(cell(4, 3, 0, &[1]));
    sheet.extend(record(146, &[]));
    sheet.extend(record(176, &words(&[0, 1, 0, 2])));
    let relations = WORKBOOK_RELATIONS.replace(".xml", ".bin").replace(
        "</Relationships>",
        r#"<Relationship Id="rId4" Type="x/worksheet" Target="worksheets/sheet2.bin"/></Relationships>"#,
    );
    package(&[
        ("_rels/.rels", RELATIONS.replace("workbook.xml", "workbook.bin").as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &strings),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/worksheets/sheet2.bin", &record(145, &[])),
    ])
}

#[test]
fn an_xlsb_is_read() {
    let workbook = read_workbook(&xlsb()).unwrap();
    assert_eq!(workbook.format, Format::Xlsb);
    assert!(workbook.date_1904);
    let sheet = &workbook.sheets[0];
    assert_eq!(show(sheet), "A1 \"Nội dung\"\nC1 0.655 [0%]\nA5 0.5\nB5 =\"ab\"\nC5 =#DIV/0!\nD5 true\n");
    assert_eq!((sheet.merges.len(), sheet.fonts[1].as_str()), (1, ".VnTime"));
    assert!(
        sheet.hidden_rows.contains(&4)
            && sheet.hidden_columns.contains(&3)
            && sheet.hidden_columns.contains(&4)
    );
    assert_eq!(workbook.sheets[1].visibility, Visibility::Hidden);
    assert!(matches!(sheet.cell(0, 2).unwrap().value, Value::Number(_)));
}
