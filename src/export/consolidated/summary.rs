//! "Tổng hợp": units by standing. Counts are formulas over the units' own sheets (whoever doubts a figure can follow
//! it to its rows), sums are formulas over the counts, percents are numbers: so shared out that a row gives 100.00,
//! which no formula of a cell can do.

use super::{Base, Content, Group, Plan, Report, unit};
use crate::domain::standing::Standing;
use crate::domain::statistics::Counts;
use crate::export::frame;
use crate::sheet::cell::{cell_name, column_letters};
use crate::sheet::page::{self, Content as Cell, Page};
use crate::sheet::style::{Across, Fill, Ink, Shown, Style};

/// Columns before the counts: number, unit, total.
const TOTAL: u16 = 2;
/// First count.
const FIRST: u16 = 3;
/// Size that prints as 11 after fitting.
const SIZE: u8 = 13;

/// Columns: where the counts end and the percents stand.
struct Columns {
    /// What the percents are percents of.
    base: Base,
    /// Column of the count that is the base of the percents.
    due: u16,
    /// First percent.
    percent: u16,
    /// Standings that have a percent.
    shares: Vec<Standing>,
}

impl Columns {
    fn of(base: Base) -> Columns {
        let counts = u16::try_from(Standing::ALL.len()).unwrap_or(0);
        let shares = Standing::ALL.into_iter().filter(|standing| base.holds(*standing)).collect();
        Columns { base, due: FIRST + counts, percent: FIRST + counts + 1, shares }
    }

    /// Column of a count.
    fn count(standing: Standing) -> u16 {
        let position = Standing::ALL.iter().position(|other| *other == standing);
        FIRST + position.and_then(|position| u16::try_from(position).ok()).unwrap_or(0)
    }

    fn widths(&self) -> Vec<f64> {
        let mut widths = vec![5.5, 37.0, 9.0];
        widths.extend(Standing::ALL.iter().map(|_| 8.6));
        widths.push(11.0);
        widths.extend(self.shares.iter().map(|_| 9.6));
        widths
    }
}

pub(super) fn page(content: &Content, plan: &Plan) -> Page {
    let columns = Columns::of(content.base);
    let mut page = Page::new(Report::Summary.tab().unwrap_or_default(), &columns.widths());
    frame::head(&mut page, &content.head, 5, content.made_at);
    let mut lines: Vec<(String, bool)> =
        content.notices.iter().map(|notice| (format!("theo {notice}"), false)).collect();
    lines.push((super::as_of_line(content), true));
    lines.push((super::base_line(content.base), true));
    page.heights.insert(5, 8.0);
    let row = frame::titles(&mut page, 6, "TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ BỘ GIAO", &lines);
    page.heights.insert(row, 8.0);
    let heading = row + 1;
    headings(&mut page, heading, &columns);
    let body = heading + 3;
    page.print.repeat = Some((heading, heading + 2));
    page.freeze = Some((body, 2));
    let end = table(&mut page, body, content, plan, &columns);
    footnotes(&mut page, end, content);
    page.print.foot = super::foot(content);
    page
}

fn headings(page: &mut Page, row: u32, columns: &Columns) {
    let style = Style::heading(SIZE);
    for (column, text) in [(0, "TT"), (1, "Đơn vị"), (TOTAL, "Tổng số nhiệm vụ")] {
        page.merge((row, column), (row + 1, column), Cell::Text(text.to_owned()), style);
    }
    for (from, to, text) in [
        (Standing::CompletedOnTime, Standing::CompletedLate, "Đã hoàn thành"),
        (Standing::OpenInTime, Standing::OpenNoDeadline, "Chưa hoàn thành"),
        (Standing::Suspended, Standing::Transferred, "Không tiếp tục theo dõi"),
    ] {
        let (from, to) = (Columns::count(from), Columns::count(to));
        page.merge((row, from), (row, to), Cell::Text(text.to_owned()), style);
    }
    let (base_words, percent_words) = match columns.base {
        Base::Due => ("Nhiệm vụ đã đến hạn", "Tỷ lệ trên số nhiệm vụ đã đến hạn (%)"),
        Base::All => ("Nhiệm vụ tính tỷ lệ", "Tỷ lệ trên tổng số nhiệm vụ (%)"),
    };
    page.merge((row, columns.due), (row + 1, columns.due), Cell::Text(base_words.to_owned()), style);
    let last = page.width() - 1;
    page.merge((row, columns.percent), (row, last), Cell::Text(percent_words.to_owned()), style);
    for standing in Standing::ALL {
        page.text((row + 1, Columns::count(standing)), short(standing), style);
    }
    for (column, standing) in (columns.percent..).zip(&columns.shares) {
        page.text((row + 1, column), share_words(*standing), style);
    }
    let numbers = Style { bold: false, size: SIZE - 2, ..style.italic() };
    for column in 0..page.width() {
        page.text((row + 2, column), column_number(column, columns), numbers);
    }
    for (row, height) in [(row, 34.0), (row + 1, 52.0), (row + 2, 30.0)] {
        page.heights.insert(row, height);
    }
}

/// "(3)=(4)+…+(11)": how official tables say which column is the sum of which.
fn column_number(column: u16, columns: &Columns) -> String {
    let number = column + 1;
    if column == TOTAL {
        return format!("({number})= ({})+…+({})", FIRST + 1, columns.due);
    }
    if column == columns.due {
        let terms: Vec<String> = match columns.base {
            Base::Due => {
                columns.shares.iter().map(|part| format!("({})", Columns::count(*part) + 1)).collect()
            }
            Base::All => vec![format!("({})", TOTAL + 1)],
        };
        return format!("({number})= {}", terms.join("+"));
    }
    match columns.shares.get(usize::from(column.wrapping_sub(columns.percent))) {
        Some(part) => format!("({number})= ({}):({})", Columns::count(*part) + 1, columns.due + 1),
        None => format!("({number})"),
    }
}

/// The standing below a heading that already says whether it is completed.
fn short(standing: Standing) -> &'static str {
    match standing {
        Standing::CompletedOnTime => "Đúng hạn",
        Standing::CompletedLate => "Quá hạn",
        Standing::OpenInTime => "Trong hạn",
        Standing::OpenOverdue => "Quá hạn",
        Standing::OpenNoDeadline => "Không có thời hạn",
        Standing::Suspended => "Tạm dừng",
        Standing::Withdrawn => "Rút khỏi CT",
        Standing::Transferred => "Chuyển đơn vị",
    }
}

fn share_words(standing: Standing) -> &'static str {
    match standing {
        Standing::CompletedOnTime => "Hoàn thành đúng hạn",
        Standing::CompletedLate => "Hoàn thành quá hạn",
        Standing::OpenInTime => "Chưa HT, trong hạn",
        Standing::OpenOverdue => "Chưa HT, quá hạn",
        Standing::OpenNoDeadline => "Chưa HT, không hạn",
        Standing::Suspended => "Tạm dừng",
        Standing::Withdrawn => "Rút khỏi CT",
        Standing::Transferred => "Chuyển đơn vị",
    }
}

/// Writes the body and gives the row after it.
fn table(page: &mut Page, first: u32, content: &Content, plan: &Plan, columns: &Columns) -> u32 {
    let mut row = first;
    let (mut all, mut group_rows) = (Counts::default(), Vec::new());
    for (numeral, group) in ["I", "II"].into_iter().zip(Group::ALL) {
        let units: Vec<_> =
            content.units.iter().zip(&plan.tabs).filter(|(unit, _)| unit.group == group).collect();
        if units.is_empty() {
            continue;
        }
        let group_row = row;
        row += 1;
        let mut sum = Counts::default();
        for (number, (unit, tab)) in (1u32..).zip(&units) {
            let counts = unit.counts(content.as_of);
            sum += counts;
            let range = unit::standing_range(unit, content);
            let name = Named { number: Number::Unit(number, tab), name: &unit.short_name };
            let formula = |standing: Standing| {
                let sheet = tab.replace('\'', "''");
                range.as_ref().map(|range| format!("=COUNTIF('{sheet}'!{range},\"{}\")", standing.label()))
            };
            Line { row, style: Style::body(SIZE).middle(), columns }.write(page, &name, counts, &formula);
            row += 1;
        }
        all += sum;
        let style = Style::body(SIZE).middle().bold().on(Fill::Group);
        let name = Named { number: Number::Roman(numeral), name: group.label() };
        let formula = |standing: Standing| {
            let letters = column_letters(u32::from(Columns::count(standing)));
            Some(format!("=SUM({letters}{}:{letters}{row})", group_row + 2))
        };
        Line { row: group_row, style, columns }.write(page, &name, sum, &formula);
        group_rows.push(group_row);
    }
    let style = Style::body(SIZE).middle().bold().on(Fill::Heading);
    let name = Named { number: Number::None, name: "Tổng cộng" };
    let formula = |standing: Standing| {
        let column = u32::from(Columns::count(standing));
        let terms: Vec<String> = group_rows.iter().map(|row| cell_name(*row, column)).collect();
        (!terms.is_empty()).then(|| format!("={}", terms.join("+")))
    };
    Line { row, style, columns }.write(page, &name, all, &formula);
    row + 1
}

/// What stands before the figures of a line.
struct Named<'a> {
    number: Number<'a>,
    name: &'a str,
}

/// The first cell of a line.
enum Number<'a> {
    /// A group.
    Roman(&'static str),
    /// A unit, and the name of its sheet.
    Unit(u32, &'a str),
    /// The sum of all.
    None,
}

/// A line of figures.
struct Line<'a> {
    row: u32,
    style: Style,
    columns: &'a Columns,
}

impl Line<'_> {
    fn write(
        &self,
        page: &mut Page,
        name: &Named<'_>,
        counts: Counts,
        formula: &dyn Fn(Standing) -> Option<String>,
    ) {
        let Line { row, style, columns } = *self;
        match name.number {
            Number::Roman(numeral) => page.text((row, 0), numeral, style.center()),
            Number::None => page.put((row, 0), Cell::Blank, style.center()),
            Number::Unit(number, tab) => {
                page.link((row, 0), tab, "A1");
                page.put((row, 0), Cell::Number(f64::from(number)), style.center().ink(Ink::Link));
            }
        }
        page.text((row, 1), name.name, style);
        let figure = |formula: Option<String>, value: u64| match formula {
            Some(formula) => Cell::Formula(formula, page::count(value)),
            None => Cell::Number(page::count(value)),
        };
        let counted = style.center().shown(Shown::Count);
        let cell = |column: u16| cell_name(row, u32::from(column));
        let sum = format!("=SUM({}:{})", cell(FIRST), cell(columns.due - 1));
        page.put((row, TOTAL), figure(Some(sum), counts.total()), counted.bold());
        for standing in Standing::ALL {
            let content = figure(formula(standing), counts.get(standing));
            page.put((row, Columns::count(standing)), content, counted);
        }
        let terms: Vec<String> = columns.shares.iter().map(|part| cell(Columns::count(*part))).collect();
        let base = counts.in_base(columns.base);
        page.put((row, columns.due), figure(Some(format!("={}", terms.join("+"))), base), counted);
        let shares = counts.shares(columns.base);
        for (column, part) in (columns.percent..).zip(&columns.shares) {
            let share = shares.and_then(|shares| shares.get(*part));
            let content = share.map_or(Cell::Text("-".to_owned()), |share| Cell::Number(share.value()));
            page.put((row, column), content, style.center().shown(Shown::Percent));
        }
        page.fit(row);
    }
}

fn footnotes(page: &mut Page, row: u32, content: &Content) {
    let last = page.width() - 1;
    let style = Style::plain(SIZE - 1).italic().wrapped();
    let notes = [
        "Ghi chú: Ngày cuối của thời hạn được tính là trong hạn; nhiệm vụ chờ xác nhận được tính là chưa hoàn thành. \
         Tỷ lệ được làm tròn sao cho tổng mỗi dòng bằng 100,00; dấu “-”: không có nhiệm vụ để tính."
            .to_owned(),
        format!(
            "Số đếm là công thức trên trang của từng đơn vị (bấm số thứ tự để mở); tệp, trang và ô của từng báo cáo \
             ghi ở trang “{}”.",
            Report::Source.tab().unwrap_or_default()
        ),
        super::foot(content),
    ];
    page.heights.insert(row, 6.0);
    let mut row = row + 1;
    for note in notes {
        page.line(row, (0, last), note, style);
        row += 1;
    }
    let sign = Style::plain(14).center();
    page.heights.insert(row, 8.0);
    page.line(row + 1, (0, 4), "Nơi nhận:", Style { size: 13, across: Across::Left, ..sign }.bold().italic());
    let to = Style { size: 12, across: Across::Left, ..sign };
    page.line(row + 2, (0, 4), "- Lãnh đạo Bộ (để b/c);", to);
    page.line(row + 3, (0, 4), "- Lưu: VT, TKTH.", to);
    page.line(row + 1, (9, last), "THỦ TRƯỞNG ĐƠN VỊ", sign.bold());
}
