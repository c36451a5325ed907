//! Progress sheets of any length, as a department would fill them: a title, a heading, the tasks of the notice over and
//! over in their own words and in others, results that differ in every row. Shared strings, as Excel writes them.

pub(crate) mod base;
#[path = "../../tests/it/support/postgres.rs"]
mod postgres;

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// The department that sends the sheet.
pub(crate) const UNIT: &str = "40";

const HEADINGS: [&str; 8] = [
    "STT",
    "Nội dung nhiệm vụ",
    "Đơn vị thực hiện",
    "Thời hạn",
    "Tình trạng",
    "Tỷ lệ hoàn thành (%)",
    "Kết quả thực hiện",
    "Ghi chú",
];
const STATUSES: [&str; 4] = ["Đang thực hiện", "Hoàn thành", "Chưa thực hiện", "Đang triển khai"];
const DEADLINES: [&str; 4] = ["Quý II/2020", "trước 30/6/2020", "Tháng 12/2020", "Thường xuyên"];
const OFFICES: [&str; 3] = ["Phòng CNTT", "Phòng Bưu chính - Viễn thông", "Văn phòng Sở"];
/// Work of the department's own, in no notice.
const OWN: [&str; 3] = [
    "Lắp đặt mạng Wifi công cộng tại các điểm du lịch",
    "Tham mưu UBND tỉnh ban hành Nghị quyết về chuyển đổi số",
    "Kiểm tra an toàn thông tin tại các sở, ngành",
];

/// The bytes of a sheet with this many rows; `wordings` are those of the notice's tasks.
///
/// # Errors
/// When the library refuses.
pub(crate) fn progress_sheet(rows: u32, wordings: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = Format::new().set_bold().set_align(FormatAlign::Center);
    let head = Format::new().set_bold().set_text_wrap();
    let wrap = Format::new().set_text_wrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 7, "BÁO CÁO TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ QUÝ I/2020", &title)?;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_with_format(2, column, heading, &head)?;
    }
    for number in 0..rows {
        let row = 3 + number;
        let nth = usize::try_from(number).unwrap_or(0);
        sheet.write(row, 0, number + 1)?;
        sheet.write_with_format(row, 1, content(nth, wordings), &wrap)?;
        sheet.write(row, 2, OFFICES[nth % OFFICES.len()])?;
        if nth % 3 == 0 {
            let date = ExcelDateTime::from_ymd(2020, 6, u8::try_from(1 + nth % 28).unwrap_or(1))?;
            sheet.write_with_format(row, 3, date, &day)?;
        } else {
            sheet.write(row, 3, DEADLINES[nth % DEADLINES.len()])?;
        }
        sheet.write(row, 4, STATUSES[nth % STATUSES.len()])?;
        let percent = [40, 100, 0, 65][nth % 4];
        sheet.write(row, 5, percent)?;
        let result = format!(
            "Đã ban hành Công văn số {number}/STTTT-CNTT ngày 10/3/2020 và tổ chức 02 lớp tập huấn cho cán bộ \
             chuyên trách công nghệ thông tin trên địa bàn tỉnh."
        );
        sheet.write_with_format(row, 6, result, &wrap)?;
        if nth % 5 == 0 {
            sheet.write(row, 7, "Kinh phí chưa được bố trí")?;
        }
    }
    workbook.save_to_buffer()
}

/// Of five rows two are worded as in the notice, one is shortened, one added to (differently in every row), and one
/// speaks of other work.
fn content(nth: usize, wordings: &[String]) -> String {
    let wording = &wordings[nth / 5 % wordings.len()];
    match nth % 5 {
        0 | 1 => wording.clone(),
        2 => {
            let words: Vec<&str> = wording.split(' ').collect();
            words[..words.len() * 3 / 4].join(" ")
        }
        3 => format!("{wording} (đợt {nth}, theo Kế hoạch số {nth}/KH-UBND)"),
        _ => format!("{} {nth}", OWN[nth % OWN.len()]),
    }
}

/// A department's own sheet: these tasks as they are worded, with what it has to say about each.
///
/// # Errors
/// When the library refuses.
pub(crate) fn plain_sheet(wordings: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write(0, column, heading)?;
    }
    for (row, wording) in (1..).zip(wordings) {
        let nth = usize::try_from(row).unwrap_or(0);
        sheet.write(row, 0, row)?;
        sheet.write(row, 1, wording)?;
        sheet.write(row, 2, OFFICES[nth % OFFICES.len()])?;
        sheet.write(row, 4, STATUSES[nth % STATUSES.len()])?;
        sheet.write(row, 5, [40, 100, 0, 65][nth % 4])?;
        sheet.write(row, 6, format!("Đã ban hành Công văn số {row}/STTTT-CNTT"))?;
        sheet.write(row, 7, "Kinh phí chưa được bố trí")?;
    }
    workbook.save_to_buffer()
}
