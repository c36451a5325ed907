//! A file that we marked and that comes back: earlier marks go, the sender's own words and looks stay.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use giaoban::domain::finding::Severity;
use giaoban::sheet::annotation::{AUTHOR, SHEET_NAME, SIGNATURE};

use super::strict::parts;
use super::{annotate, mark, workbook};

/// The opening tag of a cell, without the look that is the first of all.
pub(super) fn cell_tag(sheet: &str, cell: &str) -> String {
    let rest = sheet.split_once(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell}")).1;
    rest.split('>').next().unwrap().trim_end_matches('/').replace(" s=\"0\"", "")
}

/// The number of a cell's look; where there is none it is the first.
fn style_of(sheet: &str, cell: &str) -> usize {
    let tag = cell_tag(sheet, cell);
    tag.split_once("s=\"").map_or(0, |(_, s)| s.split('"').next().unwrap().parse().unwrap())
}

/// The look of a cell as the style part gives it.
pub(super) fn look_of(package: &[u8], sheet: &str, cell: &str) -> String {
    let text = |part: &str| String::from_utf8(parts(package)[part].clone()).unwrap();
    let (sheet, styles) = (text(sheet), text("xl/styles.xml"));
    let looks = styles.split_once("<cellXfs").unwrap().1;
    looks.split("<xf ").nth(style_of(&sheet, cell) + 1).unwrap().to_owned()
}

#[test]
fn the_senders_notes_are_kept_and_ours_are_replaced_the_next_time() {
    let first = annotate(
        &workbook(),
        &[mark("Tiến độ", 3, 1, Severity::Error), mark("Tiến độ", 9, 0, Severity::Ask)],
    )
    .unwrap();
    let second = annotate(&first, &[mark("Tiến độ", 8, 0, Severity::Warning)]).unwrap();
    let notes = String::from_utf8(parts(&second)["xl/comments1.xml"].clone()).unwrap();
    assert!(notes.contains("của Sở") && notes.contains("cũng của Sở"));
    assert!(notes.contains("ref=\"A9\"") && !notes.contains("ref=\"A10\""), "{notes}");
    assert!(notes.contains(AUTHOR));
    let shapes = String::from_utf8(parts(&second)["xl/drawings/vmlDrawing1.vml"].clone()).unwrap();
    assert_eq!(
        shapes.matches("<v:shape ").count(),
        notes.matches("<comment ").count(),
        "a shape for every note"
    );
    let sheets = parts(&second).keys().filter(|name| name.starts_with("xl/worksheets/giaoban")).count();
    assert_eq!(sheets, 1);
}

#[test]
fn a_file_marked_again_without_findings_has_its_notes_and_looks_back() {
    let original = workbook();
    let marks = [mark("Tiến độ", 3, 1, Severity::Error), mark("Tiến độ", 2, 1, Severity::Ask)];
    let clean = annotate(&annotate(&original, &marks).unwrap(), &[]).unwrap();
    let (before, after) = (parts(&original), parts(&clean));
    let looks = |parts: &std::collections::BTreeMap<String, Vec<u8>>| {
        let sheet = String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).unwrap();
        (style_of(&sheet, "B3"), style_of(&sheet, "B4"))
    };
    assert_eq!(looks(&before), looks(&after));
    let notes = String::from_utf8(after["xl/comments1.xml"].clone()).unwrap();
    assert!(notes.contains("của Sở") && !notes.contains("[Giao Ban]"), "{notes}");
}

#[test]
fn our_sheet_is_known_again_after_another_program_saved_it_with_shared_strings() {
    // What Excel makes of the inline words of our sheet.
    let mut book = rust_xlsxwriter::Workbook::new();
    let list = book.add_worksheet().set_name("Phat hien (cũ)").unwrap();
    list.write(0, 0, SIGNATURE).unwrap();
    book.add_worksheet().set_name("Tiến độ").unwrap().write(3, 1, 120).unwrap();
    let annotated =
        annotate(&book.save_to_buffer().unwrap(), &[mark("Tiến độ", 3, 1, Severity::Error)]).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(annotated)).unwrap();
    assert_eq!(book.sheet_names(), ["Phat hien (cũ)", "Tiến độ"], "the old list is replaced, not doubled");
    let list = book.worksheet_range("Phat hien (cũ)").unwrap();
    assert_eq!(list.get_value((4, 2)), Some(&Data::String("B4".to_owned())));
}

#[test]
fn the_senders_sheet_of_the_same_name_is_left_alone() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name(SHEET_NAME).unwrap().write(0, 0, "Phát hiện của Sở").unwrap();
    let annotated = annotate(&book.save_to_buffer().unwrap(), &[mark(SHEET_NAME, 0, 0, Severity::Ask)]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(annotated.unwrap())).unwrap();
    assert_eq!(book.sheet_names(), ["Phát hiện (2)", SHEET_NAME]);
    let theirs = book.worksheet_range(SHEET_NAME).unwrap();
    assert_eq!(theirs.get_value((0, 0)), Some(&Data::String("Phát hiện của Sở".to_owned())));
}
