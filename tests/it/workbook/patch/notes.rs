//! Our notes are known by their words, whatever program saved the file; the sender's are never touched.

use giaoban::domain::finding::Severity;
use giaoban::sheet::annotation::AUTHOR;
use giaoban::workbook::patch;
use rust_xlsxwriter::{Note, Workbook};

use super::strict::parts;
use super::{annotate, mark};
use crate::support::office;

/// Notes of the sender's: one by an author of our name, one whose words begin as ours do, a plain one.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Tiến độ").unwrap();
    sheet.write(0, 0, "STT").unwrap();
    let note = |text: &str, author: &str| Note::new(text).add_author_prefix(false).set_author(author);
    sheet.insert_note(1, 1, &note("Phòng CNTT ghi", AUTHOR)).unwrap();
    sheet.insert_note(2, 1, &note("[Giao Ban] hỏi lại chỗ này", "Sở")).unwrap();
    sheet.insert_note(3, 1, &note("của Sở", "Sở")).unwrap();
    book.save_to_buffer().unwrap()
}

const NOTES: &str = "import openpyxl, sys\n\
                     book = openpyxl.load_workbook(sys.argv[1])\n\
                     notes = [(cell.coordinate, cell.comment.text) for row in book['Tiến độ'].iter_rows() for cell in row if cell.comment]\n\
                     print(notes)\n";

#[test]
fn the_senders_notes_stay_whoever_signs_them_and_however_they_begin() {
    let original = workbook();
    let notes = |bytes: &[u8]| String::from_utf8(parts(bytes)["xl/comments1.xml"].clone()).unwrap();
    let first = annotate(&original, &[mark("Tiến độ", 2, 1, Severity::Error)]).unwrap();
    for text in ["Phòng CNTT ghi", "[Giao Ban] hỏi lại chỗ này", "của Sở", "[Giao Ban] Tỷ lệ"]
    {
        assert_eq!(notes(&first).matches(text).count(), 1, "{text}");
    }
    let clean = annotate(&first, &[]).unwrap();
    for text in ["Phòng CNTT ghi", "[Giao Ban] hỏi lại chỗ này", "của Sở"] {
        assert_eq!(notes(&clean).matches(text).count(), 1, "{text}");
    }
    assert!(!notes(&clean).contains("Tỷ lệ"));
}

#[test]
fn our_words_and_shapes_go_after_other_programs_have_saved_the_marked_file() {
    let original = workbook();
    let marks = [(3, 1), (2, 1), (5, 2)].map(|(row, column)| mark("Tiến độ", row, column, Severity::Error));
    let marked = annotate(&original, &marks).unwrap();
    let Some(before) = office::openpyxl(NOTES, &original) else { return };
    let saved = [office::converted(&marked, "xlsx"), office::saved_by_openpyxl(&marked)];
    for saved in saved.into_iter().flatten() {
        // What others write is not always what Excel is strict about.
        let again = patch::annotate(&saved, &marks, &[]).unwrap();
        let told = office::openpyxl(NOTES, &again).unwrap();
        assert_eq!(told.matches("[Giao Ban] Tỷ lệ").count(), 3, "{told}");
        let clean = patch::annotate(&again, &[], &[]).unwrap();
        assert_eq!(office::openpyxl(NOTES, &clean).unwrap(), before);
        let clean = parts(&clean);
        let sheets = clean.keys().filter(|name| name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
        assert_eq!(sheets.count(), 2, "one list, not two: {:?}", clean.keys());
        let drawing = clean.iter().find(|(name, _)| name.ends_with(".vml")).unwrap().1;
        let drawing = String::from_utf8(drawing.clone()).unwrap();
        assert_eq!(drawing.matches(":shape ").count(), 3, "a shape for every note: {drawing}");
    }
}

#[test]
fn words_that_the_sender_adds_to_our_note_stay() {
    let marked = annotate(&workbook(), &[mark("Tiến độ", 5, 2, Severity::Error)]).unwrap();
    let lines = "note = book['Tiến độ']['C6'].comment\nnote.text += ' - đã sửa'";
    let Some(added) = office::changed_by_openpyxl(lines, &marked) else { return };
    let clean = annotate(&added, &[]).unwrap();
    let told = office::openpyxl(NOTES, &clean).unwrap();
    assert!(told.contains("('C6', ' - đã sửa')"), "{told}");
}
