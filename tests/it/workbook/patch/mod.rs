//! The annotated original: marks are added, everything else stays as the sender made it.

mod again;
mod colours;
mod notes;
mod odd;
pub(crate) mod strict;

use std::io::Cursor;

use giaoban::domain::finding::Severity;
use giaoban::domain::refusal::Refusal;
use giaoban::sheet::annotation::SHEET_NAME;
use giaoban::workbook::patch::{self, Mark};
use strict::parts;

/// The file with these marks, checked for what Excel is strict about.
fn annotate(original: &[u8], marks: &[Mark]) -> Result<Vec<u8>, Refusal> {
    let annotated = patch::annotate(original, marks, &["Tệp “a.xlsx”: 1 lỗi.".to_owned()])?;
    strict::check(&annotated);
    Ok(annotated)
}

fn mark(sheet: &str, row: u32, column: u32, severity: Severity) -> Mark {
    Mark {
        sheet: Some(sheet.to_owned()),
        row: Some(row),
        column: Some(column),
        severity,
        code: "percent_over_100".to_owned(),
        sentence: "Tỷ lệ “120” lớn hơn 100%.".to_owned(),
        remedy: "Nhập tỷ lệ từ 0 đến 100.".to_owned(),
    }
}

/// A workbook with a note, a formula, merged cells, a hidden row, a second sheet, a defined name and a validation.
fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{DataValidation, Format, Formula, Note, Workbook};
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet().set_name("Tiến độ").unwrap();
    sheet.merge_range(0, 0, 0, 3, "BÁO CÁO", &bold).unwrap();
    sheet.write(2, 0, "STT").unwrap();
    sheet.write_with_format(2, 1, "Tỷ lệ", &bold).unwrap();
    sheet.write(3, 1, 120).unwrap();
    sheet.write_formula(4, 1, Formula::new("=B4/2").set_result("60")).unwrap();
    sheet.insert_note(3, 1, &Note::new("của Sở")).unwrap();
    sheet.insert_note(2, 0, &Note::new("cũng của Sở")).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet
        .add_data_validation(
            3,
            1,
            9,
            1,
            &DataValidation::new().allow_whole_number(rust_xlsxwriter::DataValidationRule::Between(0, 200)),
        )
        .unwrap();
    let other = book.add_worksheet().set_name("Khác").unwrap();
    other.write(0, 0, "không liên quan").unwrap();
    other.set_print_area(0, 0, 9, 3).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn only_the_parts_concerned_change() {
    let original = workbook();
    let annotated = annotate(&original, &[mark("Tiến độ", 3, 1, Severity::Error)]).unwrap();
    let (before, after) = (parts(&original), parts(&annotated));
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, bytes)| after[*name] != **bytes)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments1.xml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
        ]
    );
}

#[test]
fn values_formulas_and_merges_stay_and_the_list_comes_first() {
    use calamine::{Data, Reader, Xlsx};
    let marks = [
        mark("Tiến độ", 3, 1, Severity::Error),
        mark("Tiến độ", 20, 27, Severity::Ask),
        mark("Không có", 0, 0, Severity::Info),
    ];
    let annotated = annotate(&workbook(), &marks).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(annotated)).unwrap();
    assert_eq!(book.sheet_names(), [SHEET_NAME, "Tiến độ", "Khác"]);
    let sheet = book.worksheet_range("Tiến độ").unwrap();
    assert_eq!(sheet.get_value((3, 1)), Some(&Data::Float(120.0)));
    assert_eq!(sheet.get_value((4, 1)), Some(&Data::Float(60.0)));
    assert_eq!(book.worksheet_formula("Tiến độ").unwrap().get_value((4, 1)), Some(&"B4/2".to_owned()));
    let list = book.worksheet_range(SHEET_NAME).unwrap();
    let listed: Vec<String> = (4..7)
        .map(|row| format!("{} {}", list.get_value((row, 1)).unwrap(), list.get_value((row, 2)).unwrap()))
        .collect();
    assert_eq!(listed, ["Tiến độ B4", "Tiến độ AB21", "Không có A1"]);
}

#[test]
fn every_line_of_the_list_is_as_high_as_its_words() {
    let mut long = mark("Tiến độ", 3, 1, Severity::Error);
    long.sentence = "Nội dung này nói rất dài về một ô. ".repeat(8);
    let annotated = annotate(&workbook(), &[mark("Tiến độ", 4, 1, Severity::Error), long]).unwrap();
    let list = String::from_utf8(parts(&annotated)["xl/worksheets/giaoban1.xml"].clone()).unwrap();
    let height = |row: u32| -> f64 {
        let rest = list.split_once(&format!("<row r=\"{row}\" ht=\"")).unwrap().1;
        rest.split('"').next().unwrap().parse().unwrap()
    };
    assert!(height(5) >= 18.0 && height(6) > 4.0 * height(5) / 2.0, "{} {}", height(5), height(6));
}
