//! Workbooks of a department of its own design: any headings, rows as short texts.

use giaoban::import::seeded;
use rust_xlsxwriter::{Format, Workbook};

/// The wording of a task of the founding notice.
pub(crate) fn wording(code: &str) -> String {
    let catalogue = seeded::catalogue("40").unwrap();
    let mut tasks = catalogue.notices[0].tasks.iter();
    tasks.find(|task| task.code == code).unwrap_or_else(|| panic!("no task {code}")).content.to_string()
}

/// The bytes of a workbook: a title in the first row, headings in the third, rows below. `#0.5` is a number,
/// `@2020-05-06` a date under a US format, `$VII.4-1` the wording of that task; anything else is text.
pub(crate) fn book(title: &str, headings: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Biểu 1").unwrap();
    sheet.write(0, 0, title).unwrap();
    for (column, heading) in (0..).zip(headings) {
        sheet.write(2, column, *heading).unwrap();
    }
    let us = Format::new().set_num_format("m/d/yyyy");
    for (row, texts) in (3..).zip(rows) {
        for (column, text) in (0..).zip(*texts) {
            let (sign, rest) = if text.is_char_boundary(1) { text.split_at(1) } else { ("", *text) };
            match (sign, rest) {
                _ if text.is_empty() => {}
                ("#", number) => {
                    sheet.write(row, column, number.parse::<f64>().unwrap()).map(|_| ()).unwrap();
                }
                ("@", day) => {
                    let day: chrono::NaiveDate = day.parse().unwrap();
                    sheet.write_with_format(row, column, &day, &us).map(|_| ()).unwrap();
                }
                ("$", code) => sheet.write(row, column, wording(code)).map(|_| ()).unwrap(),
                _ => sheet.write(row, column, *text).map(|_| ()).unwrap(),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Headings of a department that calls its results "Diễn biến", which no vocabulary knows.
pub(crate) const HEADINGS: [&str; 7] = [
    "STT",
    "Nội dung nhiệm vụ",
    "Thời hạn hoàn thành",
    "Tình trạng thực hiện",
    "Tỷ lệ hoàn thành",
    "Diễn biến",
    "Ghi chú",
];

/// What a report of that department leaves open: the scale of the one percent, the dates of a US setting, a wording
/// between two tasks, a wording that may be a task or the department's own work, and the column without a known heading.
pub(crate) fn open_report(month: &str, percent: &str, due: &str) -> Vec<u8> {
    let rows: [&[&str]; 4] = [
        &[
            "1",
            "$VII.4-1",
            due,
            "Đang thực hiện",
            percent,
            "Đã gỡ các bài viết sai sự thật trên mạng xã hội",
            "",
        ],
        &[
            "2",
            BETWEEN_TWO,
            "15/06/2020",
            "Đang thực hiện",
            "",
            "Đang lấy ý kiến các doanh nghiệp viễn thông",
            "",
        ],
        &["3", OWN_WORK, "", "Đang thực hiện", "", "Đã trình Ủy ban nhân dân tỉnh xem xét", ""],
        &[
            "4",
            "Tổ chức hội thi Tin học trẻ của tỉnh năm 2020",
            "",
            "Đang thực hiện",
            "",
            "Đã có kế hoạch",
            "",
        ],
    ];
    book(&format!("BÁO CÁO THÁNG {month}"), &HEADINGS, &rows)
}

/// A wording between II.1-3 and VII.4-3.
pub(crate) const BETWEEN_TWO: &str = "Xây dựng kế hoạch phát triển hạ tầng số";
/// A wording near III.1-1 that is the department's own work.
pub(crate) const OWN_WORK: &str = "Đẩy mạnh triển khai Chính phủ điện tử";
