//! One sheet a unit: its assignments as lead, which the summary counts, then those as coordinating unit and those it
//! reports on unasked, which it does not.

use super::{AssignmentRow, Content, Plan, Report, UnitBlock};
use crate::domain::assignment::AssignmentRole;
use crate::export::frame;
use crate::sheet::page::{Content as Cell, Page, count, dated};
use crate::sheet::style::{Fill, Ink, Style};

/// Size that prints as 9 after fitting: fourteen columns of prose.
const SIZE: u8 = 12;
/// First row of the lead assignments: title, unit, notices follow the number of notices.
const WIDTHS: [f64; 14] = [4.5, 8.5, 36.0, 14.0, 11.0, 11.0, 14.0, 7.0, 7.5, 11.0, 31.0, 18.0, 18.0, 12.0];
const HEADINGS: [&str; 14] = [
    "TT",
    "Mã nhiệm vụ",
    "Nội dung nhiệm vụ",
    "Thời hạn (theo thông báo)",
    "Ngày đến hạn",
    "Tình trạng",
    "Phân loại",
    "Số ngày quá hạn",
    "Tỷ lệ hoàn thành (%)",
    "Ngày hoàn thành",
    "Kết quả thực hiện",
    "Khó khăn, vướng mắc",
    "Đề xuất, kiến nghị",
    "Ghi chú",
];
/// Column of the standing, which the summary counts.
const STANDING: &str = "G";

/// Rows before the headings: title, unit, one a notice, as-of line, base line, a blank.
fn heading_row(content: &Content) -> u32 {
    u32::try_from(content.notices.len()).unwrap_or(0) + 5
}

/// The cells that hold the standings of the unit's lead assignments; none when it leads none.
pub(super) fn standing_range(unit: &UnitBlock, content: &Content) -> Option<String> {
    let leads = u32::try_from(unit.leads().count()).unwrap_or(u32::MAX);
    // Rows are 0-based; below the headings stands the row "A. Chủ trì".
    let first = heading_row(content) + 2 + 1;
    (leads > 0).then(|| format!("${STANDING}${first}:${STANDING}${}", first + leads - 1))
}

pub(super) fn pages(content: &Content, plan: &Plan) -> Vec<Page> {
    let sources = plan.tabs.iter().zip(&plan.source_rows);
    content.units.iter().zip(sources).map(|(unit, (tab, source))| page(content, unit, tab, *source)).collect()
}

fn page(content: &Content, unit: &UnitBlock, tab: &str, first_source: u32) -> Page {
    let mut page = Page::new(tab, &WIDTHS);
    let last = page.width() - 1;
    let mut lines = vec![(unit.name.to_uppercase(), false)];
    lines.extend(content.notices.iter().map(|notice| (format!("theo {notice}"), false)));
    lines.push((super::as_of_line(content), true));
    lines.push((figures_line(unit, content), true));
    let blank = frame::titles(&mut page, 0, "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ BỘ GIAO", &lines);
    page.heights.insert(blank, 8.0);
    frame::way_back(&mut page, 0, Report::Summary.tab().unwrap_or_default());
    let heading = heading_row(content);
    for (column, text) in (0u16..).zip(HEADINGS) {
        page.text((heading, column), text, Style::heading(SIZE));
    }
    page.fit(heading);
    page.print.repeat = Some((heading, heading));
    page.freeze = Some((heading + 1, 3));
    let mut row = heading + 1;
    for (letter, role, words) in [
        ("A", AssignmentRole::Lead, "Nhiệm vụ chủ trì"),
        ("B", AssignmentRole::Coordinating, "Nhiệm vụ phối hợp (không tính vào trang tổng hợp)"),
        ("C", AssignmentRole::Other, "Nhiệm vụ khác có báo cáo (không tính vào trang tổng hợp)"),
    ] {
        let rows: Vec<_> = (first_source..).zip(&unit.rows).filter(|(_, line)| line.role == role).collect();
        if rows.is_empty() && role != AssignmentRole::Lead {
            continue;
        }
        let style = Style::body(SIZE).bold().on(Fill::Group).middle();
        page.text((row, 0), letter, style.center());
        page.line(row, (1, last), format!("{words}: {}", rows.len()), style);
        row += 1;
        for (number, (source, line)) in (1u32..).zip(rows) {
            assignment(&mut page, row, number, line, content);
            let at = (row, last + 1);
            page.link(at, Report::Source.tab().unwrap_or_default(), format!("A{}", source + 1));
            page.text(at, "→ Nguồn", Style::plain(11).ink(Ink::Link));
            row += 1;
        }
    }
    page.print.area = Some((row - 1, last));
    page.print.foot = format!("{} – {}", unit.name, super::foot(content));
    page
}

/// "Chủ trì 4 nhiệm vụ: 1 hoàn thành đúng hạn, 3 ..." with the classes that occur.
fn figures_line(unit: &UnitBlock, content: &Content) -> String {
    let counts = unit.counts(content.as_of);
    let classes = crate::domain::standing::Standing::ALL
        .into_iter()
        .filter(|standing| counts.get(*standing) > 0)
        .map(|standing| format!("{} {}", counts.get(standing), standing.label().to_lowercase()))
        .collect::<Vec<_>>();
    match counts.total() {
        0 => "Không chủ trì nhiệm vụ nào".to_owned(),
        total => format!("Chủ trì {total} nhiệm vụ: {}", classes.join("; ")),
    }
}

fn assignment(page: &mut Page, row: u32, number: u32, line: &AssignmentRow, content: &Content) {
    let style = Style::body(SIZE);
    let middle = style.center();
    let standing = line.standing(content.as_of);
    let number = Cell::Number(f64::from(number));
    let percent = line.percent.map_or(Cell::Blank, |percent| Cell::Number(percent.value()));
    let late = line.days_late(content.as_of).map_or(Cell::Blank, |days| Cell::Number(count(u64::from(days))));
    let (due, completed) = (line.state.due, line.state.completed_on);
    let cells = [
        (number, middle),
        (Cell::text(Some(&line.code)), middle),
        (Cell::text(Some(&line.content)), style),
        (Cell::text(line.deadline_raw.as_deref()), style),
        (Cell::date(due), dated(middle, due)),
        (Cell::text(Some(line.state.progress.label())), middle),
        (Cell::text(Some(standing.label())), middle),
        (late, middle),
        (percent, middle),
        (Cell::date(completed), dated(middle, completed)),
        (Cell::text(line.result.as_deref()), style),
        (Cell::text(line.difficulties.as_deref()), style),
        (Cell::text(line.proposals.as_deref()), style),
        (Cell::text(line.note.as_deref()), style),
    ];
    for (column, (content, style)) in (0u16..).zip(cells) {
        page.put((row, column), content, style);
    }
    page.fit(row);
}
