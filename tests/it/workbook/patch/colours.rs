//! Colours of the sender's: what they say is read the same with our marks upon them, and they come back when the marks go.

use giaoban::domain::finding::Severity;
use giaoban::import::reading::Reading;
use giaoban::import::{seeded, understand};
use giaoban::sheet::mark_fill::MarkFill;
use giaoban::workbook::patch::{self, Mark};
use giaoban::workbook::read::read_workbook;
use proptest::prelude::*;
use proptest::sample::select;
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook};

use super::again::{cell_tag, look_of};
use super::strict::parts;
use super::{annotate, mark};
use crate::support::book::wording;
use crate::support::office;

const SHEET: &str = "Biểu";
const HEADINGS: [&[&str]; 2] = [
    &["STT", "Nội dung nhiệm vụ", "Thời hạn", "Tình trạng", "Kết quả thực hiện"],
    &["STT", "Nội dung nhiệm vụ", "Thời hạn", "Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện"],
];
const LEGEND: &str = "Màu xanh: đã hoàn thành; màu vàng: đang thực hiện; màu đỏ: chưa thực hiện";
const CODES: [&str; 4] = ["VII.4-1", "VII.4-2.1", "VII.4-3", "II.1-3"];

/// Shades that people use, several of one name; the last ones have none.
const SHADES: [u32; 9] =
    [0xFF0000, 0xFFC7CE, 0x92D050, 0x00B050, 0xFFFF00, 0xFFC000, 0x00B0F0, 0xBFBFBF, 0xFFFFFF];

/// A report: its headings, whether it explains its colours, words in the first column of statuses, and fills by row and
/// column.
#[derive(Clone, Debug)]
struct Report {
    headings: usize,
    legend: bool,
    words: [&'static str; 4],
    fills: Vec<((u32, u16), u32)>,
}

impl Report {
    fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name(SHEET).unwrap();
        for (column, heading) in (0..).zip(HEADINGS[self.headings]) {
            sheet.write(0, column, *heading).unwrap();
        }
        for ((row, code), words) in (1..).zip(CODES).zip(self.words) {
            sheet.write(row, 0, row).unwrap();
            sheet.write(row, 1, wording(code)).unwrap();
            sheet.write(row, 2, "30/9/2020").unwrap();
            if !words.is_empty() {
                sheet.write(row, 3, words).unwrap();
            }
        }
        if self.legend {
            sheet.write(6, 1, LEGEND).unwrap();
        }
        for ((row, column), rgb) in &self.fills {
            let boxed = Format::new().set_border(FormatBorder::Thin);
            let look = boxed.set_background_color(Color::RGB(*rgb));
            sheet.set_cell_format(*row, *column, &look).unwrap();
        }
        book.save_to_buffer().unwrap()
    }
}

fn reading(bytes: &[u8]) -> Reading {
    understand(&read_workbook(bytes).unwrap(), &seeded::catalogue("86").unwrap()).unwrap()
}

prop_compose! {
    fn report()(
        headings in 0..2usize,
        legend: bool,
        words in [(); 4].map(|()| select(vec!["", "", "", "Đang thực hiện", "x"])),
        fills in prop::collection::btree_map((1..5u32, select(vec![0u16, 1, 3, 3, 3, 4, 5])), select(SHADES.to_vec()), 0..14),
    ) -> Report {
        Report { headings, legend, words, fills: fills.into_iter().collect() }
    }
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let severities = vec![Severity::Info, Severity::Warning, Severity::Ask, Severity::Error];
    let one = (0..9u32, 0..7u32, select(severities));
    let one = one.prop_map(|(row, column, severity)| mark(SHEET, row, column, severity));
    prop::collection::vec(one, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn our_marks_hide_no_colour_and_add_none((report, marks) in (report(), marks())) {
        let original = report.bytes();
        let read = reading(&original);
        let marked = annotate(&original, &marks).unwrap();
        prop_assert_eq!(&reading(&marked), &read, "marked");
        // The file comes back as it was handed out: the same marks again, to the byte.
        let again = annotate(&marked, &marks).unwrap();
        prop_assert_eq!(&reading(&again), &read, "marked twice");
        let (first, second) = (parts(&marked), parts(&again));
        for (name, bytes) in first.iter().filter(|(name, _)| *name != "xl/styles.xml") {
            prop_assert!(second[name] == *bytes || name.contains("giaoban"), "{} changed", name);
        }
        let clean = annotate(&again, &[]).unwrap();
        prop_assert_eq!(&reading(&clean), &read, "marks gone");
        let (sheet, cleaned) = ("xl/worksheets/sheet1.xml", parts(&clean));
        let before = String::from_utf8(parts(&original)[sheet].clone()).unwrap();
        let after = String::from_utf8(cleaned[sheet].clone()).unwrap();
        for cell in before.split("<c r=\"").skip(1) {
            let name = cell.split('"').next().unwrap();
            prop_assert_eq!(cell_tag(&after, name), cell_tag(&before, name), "the look that it had");
        }
    }
}

/// Three cells of one look but for their colours, two of them of one name; a percent that is the only cell of its look.
fn traffic_lights() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(SHEET).unwrap();
    sheet.write(0, 0, "STT").unwrap();
    for (row, rgb) in [(2, 0x92D050), (3, 0xFF0000), (4, 0x00B050), (5, 0xFFFFFF)] {
        let look = Format::new().set_bold().set_background_color(Color::RGB(rgb));
        sheet.write_with_format(row, 4, "x", &look).unwrap();
    }
    let percent = Format::new().set_num_format("0%").set_border(FormatBorder::Thin).set_font_size(16);
    sheet.write_with_format(5, 3, 0.5, &percent).unwrap();
    book.save_to_buffer().unwrap()
}

const LOOKS: &str = "import openpyxl, sys\n\
                     sheet = openpyxl.load_workbook(sys.argv[1])['Biểu']\n\
                     fill = lambda cell: sheet[cell].fill.fill_type and sheet[cell].fill.fgColor.rgb[2:]\n\
                     print([fill(cell) for cell in ['E3', 'E4', 'E5', 'E6', 'D6']])\n\
                     cell = sheet['D6']\n\
                     print(cell.value, cell.number_format, cell.font.sz, cell.border.left.style)\n";

#[test]
fn colours_and_formats_come_back_after_other_programs_have_saved_the_marked_file() {
    let original = traffic_lights();
    let places = [(2, 4), (3, 4), (4, 4), (5, 4), (5, 3), (9, 9)];
    let marks = places.map(|(row, column)| mark(SHEET, row, column, Severity::Error));
    let marked = annotate(&original, &marks).unwrap();
    let Some(looks) = office::openpyxl(LOOKS, &original) else { return };
    let by_libreoffice = office::converted(&marked, "xlsx");
    let saved = [Some(marked.clone()), by_libreoffice, office::saved_by_openpyxl(&marked)];
    for saved in saved.into_iter().flatten() {
        let fills = |bytes: &[u8]| read_workbook(bytes).unwrap().sheets.pop().unwrap().fills;
        assert_eq!(fills(&saved), fills(&original), "what our marks cover is what is read");
        // What others write is not always what Excel is strict about.
        let again = patch::annotate(&saved, &marks[..2], &[]).unwrap();
        let clean = patch::annotate(&again, &[], &[]).unwrap();
        assert_eq!(office::openpyxl(LOOKS, &clean).unwrap(), looks);
    }
}

#[test]
fn without_our_sheet_a_mark_still_tells_the_colour_beneath() {
    let marks = [(2, 4), (3, 4)].map(|(row, column)| mark(SHEET, row, column, Severity::Warning));
    let marked = annotate(&traffic_lights(), &marks).unwrap();
    // The sender deletes the list, and with it the fills that it keeps; LibreOffice forgets looks that no cell has.
    let Some(bare) = office::changed_by_openpyxl("book.remove(book.worksheets[0])", &marked) else { return };
    let Some(bare) = office::converted(&bare, "xlsx") else { return };
    let clean = patch::annotate(&bare, &[], &[]).unwrap();
    let looks = office::openpyxl(LOOKS, &clean).unwrap();
    // Green as E5 is, the only green left; red as red is.
    assert!(looks.starts_with("['00B050', 'FF0000', '00B050', 'FFFFFF', None]"), "{looks}");
}

#[test]
fn a_fill_of_ours_goes_where_its_note_was_deleted_or_never_stood() {
    let original = traffic_lights();
    let marks = [(2, 4), (0, 0)].map(|(row, column)| mark(SHEET, row, column, Severity::Ask));
    let marked = annotate(&original, &marks).unwrap();
    let deleted = "for row in book['Biểu'].iter_rows():\n    for cell in row: cell.comment = None";
    let Some(bare) = office::changed_by_openpyxl(deleted, &marked) else { return };
    let clean = annotate(&bare, &[]).unwrap();
    assert_eq!(office::openpyxl(LOOKS, &clean), office::openpyxl(LOOKS, &original));
}

#[test]
fn a_cell_that_the_file_leaves_out_gets_the_look_of_its_row_or_column() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(SHEET).unwrap();
    let look = |size: u32| Format::new().set_num_format("0%").set_font_size(size);
    sheet.set_column_format(3, &look(16)).unwrap();
    sheet.set_row_format(9, &look(18).set_background_color(Color::RGB(0xFF0000))).unwrap();
    sheet.write(5, 0, "STT").unwrap();
    let original = book.save_to_buffer().unwrap();
    let marks = [(5, 3), (7, 3), (9, 5), (7, 0)];
    let marks = marks.map(|(row, column)| mark(SHEET, row, column, Severity::Error));
    let marked = annotate(&original, &marks).unwrap();
    for (cell, number_format) in [("D6", "164"), ("D8", "164"), ("F10", "164"), ("A8", "0")] {
        let look = look_of(&marked, "xl/worksheets/sheet1.xml", cell);
        assert!(look.contains(&format!("numFmtId=\"{number_format}\"")), "{cell}: {look}");
    }
    // Nobody reads the colour of a cell that is not there.
    assert_eq!(read_workbook(&marked).unwrap().sheets.pop().unwrap().fills, []);
}

#[test]
fn every_severity_has_a_colour_of_its_own() {
    let severities = [Severity::Info, Severity::Warning, Severity::Ask, Severity::Error];
    let marks: Vec<Mark> =
        (20..).zip(severities).map(|(row, severity)| mark(SHEET, row, 0, severity)).collect();
    let styles = parts(&annotate(&traffic_lights(), &marks).unwrap())["xl/styles.xml"].clone();
    let styles = String::from_utf8(styles).unwrap();
    for severity in severities {
        assert!(styles.contains(&MarkFill::plain(severity).rgb()), "{severity:?}");
    }
}
