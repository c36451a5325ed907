//! "Quá hạn": open lead assignments past their due day, the longest overdue first; as many as the summary counts.

use super::{AssignmentRow, Content, Plan, Report, UnitBlock};
use crate::domain::standing::Standing;
use crate::export::frame;
use crate::sheet::page::{Content as Cell, Page, count, dated};
use crate::sheet::style::{Ink, Style};

/// Size that prints as 10 after fitting.
const SIZE: u8 = 12;
const WIDTHS: [f64; 11] = [5.0, 28.0, 8.5, 42.0, 15.0, 11.0, 8.0, 11.0, 8.0, 30.0, 20.0];
const HEADINGS: [&str; 11] = [
    "TT",
    "Đơn vị chủ trì",
    "Mã nhiệm vụ",
    "Nội dung nhiệm vụ",
    "Thời hạn (theo thông báo)",
    "Ngày đến hạn",
    "Số ngày quá hạn",
    "Tình trạng",
    "Tỷ lệ hoàn thành (%)",
    "Kết quả thực hiện",
    "Khó khăn, vướng mắc",
];

/// A line with its unit and the name of the unit's sheet.
struct Line<'a> {
    unit: &'a UnitBlock,
    tab: &'a str,
    row: &'a AssignmentRow,
    days: u32,
}

pub(super) fn page(content: &Content, plan: &Plan) -> Page {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (unit, tab) in content.units.iter().zip(&plan.tabs) {
        let overdue = unit.leads().filter(|row| row.standing(content.as_of) == Standing::OpenOverdue);
        lines.extend(overdue.map(|row| Line {
            unit,
            tab,
            row,
            days: row.days_late(content.as_of).unwrap_or(0),
        }));
    }
    // Stable, so that equal days stay in the order of units and tasks.
    lines.sort_by_key(|line| std::cmp::Reverse(line.days));

    let mut page = Page::new(Report::Overdue.tab().unwrap_or_default(), &WIDTHS);
    let words = [
        (super::as_of_line(content), true),
        (
            format!(
                "Tổng số: {} nhiệm vụ đơn vị chủ trì chưa hoàn thành đã quá thời hạn, xếp theo số ngày quá hạn",
                lines.len()
            ),
            true,
        ),
    ];
    let blank = frame::titles(&mut page, 0, "DANH SÁCH NHIỆM VỤ QUÁ HẠN", &words);
    page.heights.insert(blank, 8.0);
    frame::way_back(&mut page, 0, Report::Summary.tab().unwrap_or_default());
    let heading = blank + 1;
    for (column, text) in (0u16..).zip(HEADINGS) {
        page.text((heading, column), text, Style::heading(SIZE));
    }
    page.fit(heading);
    page.print.repeat = Some((heading, heading));
    page.freeze = Some((heading + 1, 3));
    let mut row = heading + 1;
    for (number, line) in (1u32..).zip(&lines) {
        write(&mut page, row, number, line);
        row += 1;
    }
    let last = page.width() - 1;
    if lines.is_empty() {
        let style = Style::body(SIZE).italic().center();
        page.line(row, (0, last), "Không có nhiệm vụ quá hạn.", style);
        row += 1;
    } else {
        page.filter = Some(((heading, 0), (row - 1, last)));
    }
    page.print.area = Some((row - 1, last));
    page.print.foot = super::foot(content);
    page
}

fn write(page: &mut Page, row: u32, number: u32, line: &Line<'_>) {
    let style = Style::body(SIZE);
    let middle = style.center();
    let due = line.row.state.due;
    page.link((row, 0), line.tab, "A1");
    let cells = [
        (Cell::Number(f64::from(number)), middle.ink(Ink::Link)),
        (Cell::text(Some(&line.unit.short_name)), style),
        (Cell::text(Some(&line.row.code)), middle),
        (Cell::text(Some(&line.row.content)), style),
        (Cell::text(line.row.deadline_raw.as_deref()), style),
        (Cell::date(due), dated(middle, due)),
        (Cell::Number(count(u64::from(line.days))), middle.bold()),
        (Cell::text(Some(line.row.state.progress.label())), middle),
        (line.row.percent.map_or(Cell::Blank, |percent| Cell::Number(percent.value())), middle),
        (Cell::text(line.row.result.as_deref()), style),
        (Cell::text(line.row.difficulties.as_deref()), style),
    ];
    for (column, (content, style)) in (0u16..).zip(cells) {
        page.put((row, column), content, style);
    }
    page.fit(row);
}
