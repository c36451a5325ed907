//! "Nguồn số liệu": for every assignment the report behind its figures: day, sender, file, sheet and cell. Units lead
//! here from each of their rows, and from here back.

use super::{AssignmentRow, Content, Plan, Report};
use crate::export::frame;
use crate::sheet::page::{Content as Cell, Page, dated};
use crate::sheet::style::{Ink, Style};

/// Size that prints as 10 after fitting.
const SIZE: u8 = 12;
/// First row of the body (0-based); other sheets point below it.
pub(super) const FIRST_ROW: u32 = 5;
const HEADING: u32 = FIRST_ROW - 1;
const WIDTHS: [f64; 12] = [6.0, 26.0, 9.0, 14.0, 8.0, 11.0, 18.0, 16.0, 18.0, 24.0, 16.0, 34.0];
const HEADINGS: [&str; 12] = [
    "TT",
    "Đơn vị",
    "Mã nhiệm vụ",
    "Tình trạng",
    "Tỷ lệ (%)",
    "Ngày báo cáo",
    "Ghi nhận lúc",
    "Người ghi nhận",
    "Người xác nhận",
    "Tệp của đơn vị",
    "Trang tính",
    "Ô của từng số liệu",
];
const DIGEST: &str = "Mã lần nạp; SHA-256 của tệp";

pub(super) fn page(content: &Content, plan: &Plan) -> Page {
    let mut page = Page::new(Report::Source.tab().unwrap_or_default(), &WIDTHS);
    let words = [
        (super::as_of_line(content), true),
        (
            "Mỗi dòng là báo cáo gần nhất của một nhiệm vụ và ô của từng số liệu; số liệu do báo cáo trước đưa ra ghi \
             kèm tệp của báo cáo đó; tệp gốc được giữ nguyên trong hệ thống"
                .to_owned(),
            true,
        ),
    ];
    let blank = frame::titles(&mut page, 0, "NGUỒN SỐ LIỆU", &words);
    page.heights.insert(blank, 8.0);
    frame::way_back(&mut page, 0, Report::Summary.tab().unwrap_or_default());
    for (column, text) in (0u16..).zip(HEADINGS) {
        page.text((HEADING, column), text, Style::heading(SIZE));
    }
    let last = page.width() - 1;
    page.text((HEADING, last + 1), DIGEST, Style::plain(11).ink(Ink::Hint));
    page.fit(HEADING);
    page.print.repeat = Some((HEADING, HEADING));
    page.freeze = Some((FIRST_ROW, 3));
    let mut row = FIRST_ROW;
    for (unit, tab) in content.units.iter().zip(&plan.tabs) {
        for line in &unit.rows {
            page.link((row, 0), tab, "A1");
            write(&mut page, row, &unit.short_name, line);
            row += 1;
        }
    }
    if row > FIRST_ROW {
        page.filter = Some(((HEADING, 0), (row - 1, last)));
    }
    page.print.area = Some((row.max(FIRST_ROW + 1) - 1, last));
    page.print.foot = super::foot(content);
    page
}

fn write(page: &mut Page, row: u32, unit: &str, line: &AssignmentRow) {
    let style = Style::body(SIZE);
    let middle = style.center();
    let number = Cell::Number(f64::from(row - FIRST_ROW + 1));
    let source = line.source.as_ref();
    let file = source.and_then(|source| source.file.as_ref());
    let sheet = file.and_then(|file| file.place.rsplit_once('!')).map(|(sheet, _)| sheet);
    let file_words = match (source, file) {
        (None, _) => "Chưa có báo cáo",
        (Some(_), None) => "Nhập trực tiếp, không qua tệp",
        (Some(_), Some(file)) => file.name.as_deref().unwrap_or("(tệp không tên)"),
    };
    let reported_on = source.map(|source| source.reported_on);
    let recorded = source.map(|source| frame::moment(source.recorded_at));
    let cells = [
        (number, middle.ink(Ink::Link)),
        (Cell::text(Some(unit)), style),
        (Cell::text(Some(&line.code)), middle),
        (Cell::text(Some(line.state.progress.label())), middle),
        (line.percent.map_or(Cell::Blank, |percent| Cell::Number(percent.value())), middle),
        (Cell::date(reported_on), dated(middle, reported_on)),
        (Cell::text(recorded.as_deref()), style),
        (Cell::text(source.map(|source| source.recorded_by.as_str())), style),
        (Cell::text(source.and_then(|source| source.confirmed.as_deref())), style),
        (Cell::text(Some(file_words)), style),
        (Cell::text(sheet), style),
        (Cell::text(source.map(|source| source.cells.as_str())), style),
    ];
    for (column, (content, style)) in (0u16..).zip(cells) {
        page.put((row, column), content, style);
    }
    if let Some(file) = file {
        let digest = format!("{}; {}", file.import_id, file.sha256);
        page.text((row, page.width()), digest, Style::plain(11).ink(Ink::Hint));
    }
    page.fit(row);
}
