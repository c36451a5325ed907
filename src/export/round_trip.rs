//! The sheet of one unit that goes out, is filled in and comes back (see `sheet::template`). Imported unchanged it
//! changes nothing: what the unit may state stands in it as the unit stated it.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::frame;
use crate::domain::assignment::AssignmentRole;
use crate::domain::change::is_clear_word;
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;
use crate::sheet::page::{Allowed, Book, Content as Cell, LONGEST_TEXT, Page, Rule, dated};
use crate::sheet::style::{Fill, Style};
use crate::sheet::template::{Column, INSTRUCTIONS, Identity, SHEET};
use crate::workbook::write::{self, WriteError};

/// Size that prints as 10 after fitting.
const SIZE: u8 = 12;
/// What a unit may choose; what it has completed waits for the office's confirmation.
const CHOICES: [Progress; 3] = [Progress::NotStarted, Progress::InProgress, Progress::Completed];

/// Everything that stands in the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Who the sheet says it is.
    pub identity: Identity,
    /// Full name of the unit.
    pub unit_name: String,
    /// Titles of the notices.
    pub notices: Vec<String>,
    /// The day the figures stand for.
    pub as_of: NaiveDate,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The unit's assignments in the order of the notice.
    pub rows: Vec<Row>,
}

/// One assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The key of the row.
    pub assignment_id: Uuid,
    /// Code of the task.
    pub code: String,
    /// The task.
    pub content: String,
    /// What the unit has to do with it.
    pub role: AssignmentRole,
    /// Deadline as written in the notice.
    pub deadline_raw: Option<String>,
    /// Due day by the notice.
    pub deadline_due: Option<NaiveDate>,
    /// Due day now: another one after an extension.
    pub due: Option<NaiveDate>,
    /// Progress.
    pub progress: Progress,
    /// Percent.
    pub percent: Option<Percent>,
    /// Day of completion.
    pub completed_on: Option<NaiveDate>,
    /// Result.
    pub result: Option<String>,
    /// Difficulties.
    pub difficulties: Option<String>,
    /// Proposals.
    pub proposals: Option<String>,
    /// Note.
    pub note: Option<String>,
}

/// The word in the status cell. A unit that says "done" reads "Đã hoàn thành" before and after the office confirms:
/// stating it again changes nothing, and "Chờ xác nhận" is nothing a unit can state. What the office has decided is
/// shown and not offered; a unit's sheet does not change it.
pub fn status_word(progress: Progress) -> &'static str {
    match progress {
        Progress::AwaitingConfirmation | Progress::Completed => Progress::Completed.label(),
        Progress::NotStarted
        | Progress::InProgress
        | Progress::Suspended
        | Progress::Withdrawn
        | Progress::Transferred => progress.label(),
    }
}

/// The workbook as data.
pub fn book(content: &Content) -> Book {
    Book {
        title: format!("Báo cáo tiến độ của {}", content.unit_name),
        created: content.made_at,
        properties: content.identity.properties(content.as_of),
        pages: vec![table(content), instructions(content)],
    }
}

/// The workbook as the bytes of an .xlsx file.
pub fn write(content: &Content) -> Result<Vec<u8>, WriteError> {
    write::write(&book(content))
}

fn width(column: Column) -> f64 {
    match column {
        Column::Key => 38.0,
        Column::Number => 5.0,
        Column::Code | Column::Role => 9.0,
        Column::Content => 40.0,
        Column::Deadline => 14.0,
        Column::Status => 13.0,
        Column::Percent => 9.0,
        Column::CompletedOn => 12.0,
        Column::Result => 34.0,
        Column::Difficulties | Column::Proposals => 22.0,
        Column::Note => 14.0,
    }
}

fn table(content: &Content) -> Page {
    let mut page = Page::new(SHEET, &Column::ALL.map(width));
    if let Some(key) = page.columns.first_mut() {
        key.hidden = true;
    }
    let last = page.width() - 1;
    let style = Style::plain(14).center().middle().wrapped();
    let mut lines = vec![
        ("BÁO CÁO TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ BỘ GIAO".to_owned(), Style { size: 16, ..style }.bold()),
        (content.unit_name.to_uppercase(), style.bold()),
    ];
    lines.extend(content.notices.iter().map(|notice| (format!("theo {notice}"), style.bold())));
    let as_of = frame::official(content.as_of);
    lines.push((format!("(Số liệu trong hệ thống đến hết ngày {as_of})"), style.italic()));
    let hint = format!(
        "Chỉ điền các cột có nền màu, từ “{}” đến “{}”; cách điền ở trang “{INSTRUCTIONS}”.",
        Column::Status.heading(),
        Column::Note.heading()
    );
    lines.push((hint, Style { size: 12, ..style }.italic()));
    let mut row = 0;
    for (text, style) in lines {
        // From column B on: A is hidden, and a merged block that begins hidden is awkward to edit.
        page.line(row, (1, last), text, style);
        row += 1;
    }
    page.heights.insert(row, 8.0);
    let heading = row + 1;
    for column in Column::ALL {
        page.text((heading, column.index()), column.heading(), Style::heading(SIZE));
    }
    page.fit(heading);
    page.print.repeat = Some((heading, heading));
    page.freeze = Some((heading + 1, Column::Content.index() + 1));
    let first = heading + 1;
    let mut row = first;
    for (number, line) in (1u32..).zip(&content.rows) {
        assignment(&mut page, row, number, line);
        row += 1;
    }
    if row > first {
        page.filter = Some(((heading, 1), (row - 1, last)));
        page.rules = rules(content, first, row - 1);
    }
    page.print.foot = format!("{} – trích xuất lúc {}.", content.unit_name, frame::moment(content.made_at));
    page
}

fn assignment(page: &mut Page, row: u32, number: u32, line: &Row) {
    for column in Column::ALL {
        let style = Style::body(SIZE).on(if column.is_input() { Fill::Input } else { Fill::None });
        let at = (row, column.index());
        let (content, style) = match column {
            Column::Key => (Cell::Text(line.assignment_id.to_string()), style),
            Column::Number => (Cell::Number(f64::from(number)), style.center()),
            Column::Code => (Cell::text(Some(&line.code)), style.center()),
            Column::Content => (Cell::text(Some(&line.content)), style),
            Column::Role => (Cell::text(Some(role_word(line.role))), style.center()),
            Column::Deadline => (deadline(page, at, line), style),
            Column::Status => (Cell::text(Some(status_word(line.progress))), style.center()),
            Column::Percent => {
                (line.percent.map_or(Cell::Blank, |percent| Cell::Number(percent.value())), style.center())
            }
            Column::CompletedOn => {
                // Beside another word a day says nothing, and coming back it would be found odd.
                let said_done = status_word(line.progress) == Progress::Completed.label();
                let day = line.completed_on.filter(|_| said_done);
                (Cell::date(day), dated(style.center(), day))
            }
            Column::Result => (prose(page, at, line.result.as_deref()), style),
            Column::Difficulties => (prose(page, at, line.difficulties.as_deref()), style),
            Column::Proposals => (prose(page, at, line.proposals.as_deref()), style),
            Column::Note => (prose(page, at, line.note.as_deref()), style),
        };
        page.put(at, content, style);
    }
    page.fit(row);
}

/// The deadline as the notice has it; after an extension the new day, with the old words in a note.
fn deadline(page: &mut Page, at: (u32, u16), line: &Row) -> Cell {
    if line.due == line.deadline_due {
        return Cell::text(line.deadline_raw.as_deref());
    }
    let old = line.deadline_raw.as_deref().unwrap_or("không ghi thời hạn");
    page.notes.push((at, format!("Thời hạn đã được điều chỉnh. Thông báo ghi: {old}")));
    line.due.map_or(Cell::Blank, |due| Cell::Text(frame::official(due)))
}

/// A text to the letter. Two kinds are left out, since an empty cell keeps what is stored: one that is longer than a
/// cell can hold (a shortened one would replace it), and the word that clears (it would be obeyed).
fn prose(page: &mut Page, at: (u32, u16), text: Option<&str>) -> Cell {
    match text {
        Some(long) if long.encode_utf16().count() > LONGEST_TEXT => {
            let note = "Nội dung đã lưu dài hơn một ô Excel cho phép (32.767 ký tự) nên không hiện ở đây. \
                        Để trống ô này thì nội dung đã lưu được giữ nguyên.";
            page.notes.push((at, note.to_owned()));
            Cell::Blank
        }
        Some(word) if is_clear_word(word) => {
            let note = format!(
                "Nội dung đã lưu đúng là chữ “{word}”, trùng với chữ dùng để xoá, nên không hiện ở đây."
            );
            page.notes.push((at, note));
            Cell::Blank
        }
        text => Cell::text(text),
    }
}

fn role_word(role: AssignmentRole) -> &'static str {
    match role {
        AssignmentRole::Lead => "Chủ trì",
        AssignmentRole::Coordinating => "Phối hợp",
        AssignmentRole::Other => "Khác",
    }
}

fn rules(content: &Content, first: u32, last: u32) -> Vec<Rule> {
    let column = |column: Column| ((first, column.index()), (last, column.index()));
    let from = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(content.as_of);
    let to = NaiveDate::from_ymd_opt(2099, 12, 31).unwrap_or(content.as_of);
    vec![
        Rule {
            range: column(Column::Status),
            allowed: Allowed::Words(CHOICES.map(Progress::label).to_vec()),
            hint: ("Tình trạng", "Chọn: Chưa thực hiện, Đang thực hiện hoặc Đã hoàn thành."),
        },
        Rule {
            range: column(Column::Percent),
            allowed: Allowed::Between(0.0, 100.0),
            hint: ("Tỷ lệ hoàn thành", "Nhập số từ 0 đến 100, ví dụ 50 hoặc 65,5 (không cần dấu %)."),
        },
        Rule {
            range: column(Column::CompletedOn),
            allowed: Allowed::Dates(from, to),
            hint: ("Ngày hoàn thành", "Chỉ điền khi đã hoàn thành: ngày/tháng/năm, ví dụ 15/3/2020."),
        },
    ]
}

fn instructions(content: &Content) -> Page {
    let mut page = Page::new(INSTRUCTIONS, &[5.0, 100.0]);
    page.print.landscape = false;
    page.line(0, (0, 1), "HƯỚNG DẪN ĐIỀN BÁO CÁO", Style::plain(14).bold().center().middle());
    page.heights.insert(1, 8.0);
    let sentences = [
        format!("Điền vào trang “{SHEET}”, chỉ ở các cột có nền màu; các cột khác chỉ để xem, sửa cũng không có tác dụng."),
        "Tình trạng: chọn trong danh sách. Khi chọn “Đã hoàn thành”, nhiệm vụ chờ Văn phòng Bộ xác nhận. Tình trạng do Văn phòng Bộ quyết định (tạm dừng, rút, chuyển) không thay đổi được bằng bảng này.".to_owned(),
        "Tỷ lệ hoàn thành: số từ 0 đến 100, ví dụ 50 hoặc 65,5.".to_owned(),
        "Ngày hoàn thành: chỉ điền khi đã hoàn thành, dạng ngày/tháng/năm. Để trống thì lấy ngày báo cáo.".to_owned(),
        "Ô để trống: giữ nguyên nội dung đã có trong hệ thống. Muốn xoá nội dung đã có, ghi (xoá) vào ô.".to_owned(),
        "Có thể sắp xếp, lọc, thêm cột riêng, xoá dòng không có thay đổi. Không sao chép một nhiệm vụ thành hai dòng; không sửa cột khoá bị ẩn (cột A): hệ thống nhận ra nhiệm vụ nhờ cột này.".to_owned(),
        "Lưu tệp dạng .xlsx rồi gửi lại. Hệ thống cho xem trước mọi thay đổi trước khi ghi nhận; gửi lại cùng một tệp không làm thay đổi gì thêm.".to_owned(),
        format!("Tệp này dành riêng cho {}; trích xuất lúc {}.", content.unit_name, frame::moment(content.made_at)),
    ];
    let style = Style::plain(13);
    for ((row, number), sentence) in (2u32..).zip(1u32..).zip(sentences) {
        page.text((row, 0), format!("{number}."), style);
        page.text((row, 1), sentence, style.wrapped());
        page.fit(row);
    }
    page.print.foot = content.unit_name.clone();
    page
}
