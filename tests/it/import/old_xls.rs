//! The same table of tasks as Excel 2 to 95 saved it, typed as Vietnamese offices typed then: the reading is the same.

use giaoban::import::reading::Reading;
use giaoban::sheet::column::Field;
use giaoban::workbook::read::read_workbook;

use super::table::{read, shown};
use crate::workbook::old::{Old, Put, Typed};

/// Two rows of headings with a group centred across its columns (these versions merge no cells), tasks with days as dates
/// and as words, percents as percents, as numbers and as words, a total below.
fn table() -> Vec<(u16, Vec<(u16, Put<'static>)>)> {
    use Put::{Across, Day, Formula, Number, Percent, Text};
    let task =
        |stt: f64, content: &'static str, due: Put<'static>, percent: Put<'static>, status: &'static str| {
            let result = Text("Đã ban hành văn bản hướng dẫn Ủy ban nhân dân các huyện");
            vec![(0, Number(stt)), (1, Text(content)), (2, due), (3, percent), (4, Text(status)), (5, result)]
        };
    vec![
        (0, vec![(0, Across("BÁO CÁO TÌNH HÌNH THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO", 5))]),
        (1, vec![(0, Text("Đơn vị: Sở Thông tin và Truyền thông tỉnh Vĩnh Long"))]),
        (
            3,
            vec![
                (0, Text("STT")),
                (1, Text("Nội dung nhiệm vụ")),
                (2, Text("Thời hạn hoàn thành")),
                (3, Across("Tiến độ thực hiện", 1)),
                (5, Text("Kết quả thực hiện")),
            ],
        ),
        (4, vec![(3, Text("Tỷ lệ (%)")), (4, Text("Tình trạng"))]),
        (5, task(1.0, FIRST, Day(44_165.0), Percent(0.605), "Đang thực hiện")),
        (6, task(2.0, SECOND, Text("Quý II/2020"), Percent(1.0), "Đã hoàn thành")),
        (7, task(3.0, THIRD, Day(44_104.0), Percent(0.0), "Chưa thực hiện")),
        (8, vec![(1, Text("Tổng cộng")), (3, Formula(0.535))]),
    ]
}

const FIRST: &str = "Phối hợp chặt chẽ với Tổ công tác rà quét, xử lý thông tin sai sự thật, xử lý nghiêm các trường hợp vi phạm.";
const SECOND: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm tại địa phương.";
const THIRD: &str = "Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp.";

const EXPECTED: &str = "\
A=stt B=content C=deadline D=percent E=status F=result
6 task sure VII.4-1 day 2020-11-30 60.5 in_progress
7 task sure VII.4-2.1 quarter 2020-06-30 100 completed
8 task sure VII.4-3 day 2020-09-30 0 not_started
";

fn reading(program: Old) -> Reading {
    let workbook = read_workbook(&program.file("Tiến độ", &table())).unwrap();
    read("86", &workbook).unwrap_or_else(|code| panic!("{program:?}: {code}"))
}

/// The reading as text without the name of the sheet, which files before Excel 5 do not have.
fn without_name(reading: &Reading) -> String {
    shown(reading).split_once("] ").unwrap().1.to_owned()
}

/// What is read; that the text was not Unicode is said.
fn expected(tasks: &str, typed: Typed) -> String {
    format!("{tasks}{}", if typed == Typed::Tcvn3 { "! legacy_encoding\n" } else { "" })
}

const CODES: [(Option<u16>, &str, Typed); 7] = [
    (Some(1258), "Times New Roman", Typed::Windows),
    (Some(1252), "Arial", Typed::Windows),
    (None, "Arial", Typed::Windows),
    (Some(1252), ".VnTime", Typed::Tcvn3),
    (Some(1258), ".VnTime", Typed::Tcvn3),
    (Some(1258), "Arial", Typed::Tcvn3),
    (None, "Arial", Typed::Utf8),
];

#[test]
fn a_table_of_any_old_excel_in_any_code_is_read_the_same() {
    for version in [2, 3, 4, 5] {
        for (page, font, typed) in CODES {
            let program = Old { version, page, font, typed };
            let reading = reading(program);
            assert_eq!(without_name(&reading), expected(EXPECTED, typed), "{program:?}");
            let content = reading.tables[0].rows[0].texts[&Field::Content].as_deref();
            assert_eq!(content, Some(FIRST), "{program:?}");
        }
    }
}

#[test]
fn where_a_program_leaves_out_all_formats_nobody_guesses_what_a_fraction_is() {
    for (page, font, typed) in CODES {
        let read = without_name(&reading(Old { version: 0, page, font, typed }));
        let tasks = "\
A=stt B=content C=deadline D=percent E=status F=result
6 task sure VII.4-1 day 2020-11-30 0.61 in_progress [deadline_serial_number percent_scale_unsure percent_suspicious]
7 task sure VII.4-2.1 quarter 2020-06-30 1 completed [percent_scale_unsure percent_suspicious status_percent_conflict]
8 task sure VII.4-3 day 2020-09-30 0 not_started [deadline_serial_number]
";
        assert_eq!(read, expected(tasks, typed), "{page:?} {font} {typed:?}");
    }
}
