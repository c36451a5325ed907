//! Every format is read for what it is. Fixtures: tests/fixtures/workbook/make.py and seeds/demo.

use std::path::Path;

use calamine::{Data, DataType, Reader, open_workbook_auto_from_rs};
use giaoban::domain::refusal::Refusal;
use giaoban::sheet::cell::{Format, Range, Value, Visibility, Workbook};
use giaoban::workbook::read::read_workbook;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula};

use super::make::show;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workbook").join(name)).unwrap()
}

/// What make.py puts into the workbook, as LibreOffice keeps it in each format.
fn check_fixture(name: &str, format: Format, cells: &str) -> Workbook {
    let workbook = read_workbook(&fixture(name)).unwrap();
    assert_eq!(workbook.format, format);
    let property = ("giaoban.template".to_owned(), "bảng 1".to_owned());
    assert!(workbook.properties.contains(&property), "{name}: {:?}", workbook.properties);
    let [sheet, hidden] = workbook.sheets.as_slice() else { panic!("{name}: {:?}", workbook.sheets.len()) };
    assert_eq!((sheet.name.as_str(), sheet.visibility), ("Tiến độ", Visibility::Visible), "{name}");
    assert_eq!((hidden.name.as_str(), hidden.visibility), ("Danh mục", Visibility::Hidden), "{name}");
    assert_eq!(sheet.merges, [Range { top: 0, left: 0, bottom: 0, right: 3 }], "{name}");
    assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [3], "{name}");
    assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [4], "{name}");
    assert_eq!(show(sheet), cells, "{name}");
    let font = |row, column| {
        let cell = sheet.cell(row, column).unwrap();
        sheet.fonts[usize::from(cell.font)].as_str()
    };
    assert_eq!((font(4, 1), font(2, 0)), (".VnTime", "Times New Roman"), "{name}");
    workbook
}

const XLSX_CELLS: &str = r#"A1 "BẢNG TIẾN ĐỘ"
A2 "STT"
B2 "Nội dung"
C2 "Thời hạn"
D2 "Tỷ lệ"
A3 1
B3 "Nhiệm vụ một"
C3 43921 [dd/mm/yyyy]
D3 0.655 [0%]
E3 "khoá"
A4 2
B4 "Nhiệm vụ hai\ndòng hai"
C4 44012 [dd/mm/yyyy]
D4 1 [0%]
A5 3
B5 "nhiÖm vô ba"
C5 44104 [dd/mm/yyyy]
D5 =1.31 [0%]
A6 4
B6 "  hai  ô trống "
D6 =#DIV/0! [0%]
"#;

#[test]
fn an_xlsx_of_libreoffice_is_read() {
    check_fixture("book.xlsx", Format::Xlsx, XLSX_CELLS);
}

#[test]
fn an_xls_is_read_with_formats_fonts_and_hidden_rows() {
    check_fixture("book.xls", Format::Xls, XLSX_CELLS);
}

#[test]
fn an_ods_is_read_with_typed_dates_and_percentages() {
    let cells = XLSX_CELLS
        .replace("43921", "2020-03-31 00:00:00")
        .replace("44012", "2020-06-30 00:00:00")
        .replace("44104", "2020-09-30 00:00:00");
    check_fixture("book.ods", Format::Ods, &cells);
}

#[test]
fn an_xlsx_of_a_writer_is_read_with_all_its_margins() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy").set_font_name(".VnTime");
    let percent = rust_xlsxwriter::Format::new().set_num_format("0%");
    let (bold, plain) = (rust_xlsxwriter::Format::new().set_bold(), rust_xlsxwriter::Format::new());
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "nh\u{AD}ng t\u{1EAD}p").unwrap();
    sheet.write_with_format(1, 1, ExcelDateTime::from_ymd(2020, 3, 2).unwrap(), &date).unwrap();
    sheet.write_with_format(1, 2, 0.655, &percent).unwrap();
    sheet.write_rich_string(1, 3, &[(&bold, "Đang "), (&plain, "thực hiện")]).unwrap();
    sheet.write_formula(2, 0, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(2, 1, Formula::new("=\"a\"&\"b\"").set_result("ab")).unwrap();
    sheet.write(2, 2, true).unwrap();
    sheet.merge_range(4, 0, 5, 2, "I. LĨNH VỰC", &bold).unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    book.add_worksheet().set_name("ẩn").unwrap().set_very_hidden(true);
    book.set_properties(
        &DocProperties::new().set_custom_property("giaoban.unit", "40").set_custom_property("n", 7),
    );
    let bytes = book.save_to_buffer().unwrap();

    let workbook = read_workbook(&bytes).unwrap();
    let sheet = &workbook.sheets[0];
    assert_eq!(
        show(sheet),
        "A1 \"nh\\u{ad}ng tập\"\nB2 43892 [dd/mm/yyyy]\nC2 0.655 [0%]\nD2 \"Đang thực hiện\"\nA3 =2\nB3 =\"ab\"\n\
         C3 true\nA5 \"I. LĨNH VỰC\"\n"
    );
    assert_eq!(sheet.fonts[usize::from(sheet.cell(1, 1).unwrap().font)], ".VnTime");
    assert_eq!(sheet.merges, [Range { top: 4, left: 0, bottom: 5, right: 2 }]);
    assert!(sheet.hidden_rows.contains(&2) && sheet.hidden_rows.len() == 1);
    assert!(sheet.hidden_columns.contains(&3) && sheet.hidden_columns.len() == 1);
    assert_eq!(workbook.sheets[1].visibility, Visibility::Hidden);
    assert_eq!(
        workbook.properties,
        [("giaoban.unit".to_owned(), "40".to_owned()), ("n".to_owned(), "7".to_owned())]
    );
}

/// Holds our readers against calamine's, cell by cell, on every demo workbook: two readers that share no line.
#[test]
fn our_readers_agree_with_calamine_on_every_demo_workbook() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo");
    let mut compared = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if !path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xls" || ending == "ods") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let ours = read_workbook(&bytes).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", path.display()));
        let mut theirs = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).unwrap();
        for sheet in &ours.sheets {
            let range = theirs.worksheet_range(&sheet.name).unwrap();
            let place = |row, column| format!("{} {} {row} {column}", path.display(), sheet.name);
            for row in &sheet.rows {
                for cell in &row.cells {
                    let their = range.get_value((row.number, cell.column)).unwrap_or(&Data::Empty);
                    assert!(
                        agree(&cell.value, their),
                        "{}: {cell:?} {their:?}",
                        place(row.number, cell.column)
                    );
                    compared += 1;
                }
            }
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, their) in range.used_cells() {
                let (row, column) =
                    (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
                let empty = matches!(their, Data::String(text) if text.is_empty());
                assert!(
                    empty || sheet.cell(row, column).is_some(),
                    "{}: {their:?} is missing",
                    place(row, column)
                );
            }
        }
    }
    assert!(compared > 300, "only {compared} cells compared");
}

fn agree(ours: &Value, theirs: &Data) -> bool {
    match (ours, theirs) {
        (Value::Empty, Data::Empty) => true,
        (Value::Text(ours), Data::String(theirs)) => **ours == **theirs,
        (Value::Number(ours), Data::DateTime(theirs)) => *ours == theirs.as_f64(),
        (Value::Number(ours), theirs) => theirs.as_f64() == Some(*ours),
        (Value::DateTime(ours), theirs) => {
            theirs.as_datetime() == Some(*ours) || theirs.as_date() == Some(ours.date())
        }
        (Value::Bool(ours), Data::Bool(theirs)) => ours == theirs,
        (Value::Error(ours), Data::Error(theirs)) => **ours == theirs.to_string(),
        _ => false,
    }
}

#[test]
fn files_that_are_no_workbooks_get_their_own_refusal() {
    for (bytes, expected) in [
        (&b""[..], Refusal::FileEmpty),
        (b"Day la mot van ban, khong phai bang tinh.", Refusal::NotAWorkbook),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", Refusal::HtmlNamedExcel),
        (b"%PDF-1.4\n", Refusal::NotAWorkbook),
    ] {
        assert_eq!(read_workbook(bytes), Err(expected));
    }
    let whole = fixture("book.xlsx");
    assert_eq!(read_workbook(&whole[..whole.len() / 2]), Err(Refusal::FileTruncated));
}
