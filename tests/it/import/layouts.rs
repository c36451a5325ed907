//! Layouts made in code: the same eight reports laid out in any way a department may think of. What is extracted must
//! never depend on the layout.

use giaoban::import::reading::{Decision, Reading, RowKind};
use giaoban::import::seeded;
use giaoban::sheet::cell::{Cell, Range, Row, Sheet, Visibility, Workbook};
use giaoban::sheet::column::Field;
use unicode_normalization::UnicodeNormalization;

mod builder;

use builder::Builder;

use super::table::{cell, workbook};

/// A report on a task.
pub(crate) struct Item {
    pub(crate) code: &'static str,
    unit: &'static str,
    deadline: &'static str,
    due: Option<&'static str>,
    percent: u32,
    status: &'static str,
    meaning: &'static str,
    result: &'static str,
}

impl Item {
    /// What is written below its status.
    fn told(&self) -> &'static str {
        if self.result.is_empty() { "Chờ văn bản hướng dẫn của Bộ" } else { self.result }
    }
}

const fn item(
    code: &'static str,
    unit: &'static str,
    deadline: (&'static str, Option<&'static str>),
) -> Item {
    let (deadline, due) = deadline;
    Item {
        code,
        unit,
        deadline,
        due,
        percent: 0,
        status: "Chưa thực hiện",
        meaning: "not_started",
        result: "",
    }
}

/// The reports: tasks of one's own and of others, with and without deadline.
pub(crate) const ITEMS: [Item; 8] = [
    Item {
        percent: 60,
        status: "Đang thực hiện",
        meaning: "in_progress",
        result: "Đã xử lý 08 tài khoản Facebook đăng tin sai sự thật trên địa bàn",
        ..item("VII.4-1", "Phòng TTBCXB", ("30/11/2020", Some("2020-11-30")))
    },
    Item {
        percent: 100,
        status: "Đã hoàn thành",
        meaning: "completed",
        result: "Đã triển khai họp trực tuyến tới 100% UBND cấp huyện, 135 trường",
        ..item("VII.4-2.1", "Phòng CNTT", ("15/4/2020", Some("2020-04-15")))
    },
    Item {
        percent: 75,
        status: "Đang thực hiện",
        meaning: "in_progress",
        result: "Mở chuyên mục trên Cổng thông tin điện tử tỉnh, phát 03 bản tin mỗi ngày",
        ..item("VII.4-2.2", "Phòng TTBCXB", ("31/12/2020", Some("2020-12-31")))
    },
    Item {
        percent: 25,
        status: "Đang thực hiện",
        meaning: "in_progress",
        result: "UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND về hạ tầng số",
        ..item("VII.4-3", "Phòng BCVT", ("30/6/2020", Some("2020-06-30")))
    },
    item("II.1-3", "Phòng BCVT", ("30/9/2020", Some("2020-09-30"))),
    Item {
        percent: 40,
        status: "Đang thực hiện",
        meaning: "in_progress",
        result: "Đã kết nối thử nghiệm với Trung tâm Giám sát an toàn không gian mạng quốc gia",
        ..item("IV.1-1", "Trung tâm CNTT&TT", ("30/6/2020", Some("2020-06-30")))
    },
    Item {
        percent: 100,
        status: "Đã hoàn thành",
        meaning: "completed",
        result: "Đã gửi báo cáo rà soát về Cục Tin học hóa theo đúng thời hạn yêu cầu",
        ..item("III.1-5", "Phòng CNTT", ("30/4/2020", Some("2020-04-30")))
    },
    Item {
        percent: 80,
        status: "Đang thực hiện",
        meaning: "in_progress",
        result: "Đã trình Ban Thường vụ Tỉnh ủy phương án sắp xếp cơ quan báo chí",
        ..item("VI.1-1", "Phòng TTBCXB", ("29/6/2020", Some("2020-06-29")))
    },
];

/// How percents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PercentStyle {
    Whole,
    Formatted,
    BareFraction,
    Text,
    Words,
}

/// How deadlines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeadlineStyle {
    Text,
    Dashes,
    DateCell,
    Serial,
    Long,
}

/// How statuses are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusStyle {
    Words,
    Marks,
    Sections,
    /// Abbreviations that a legend below the table explains.
    Codes,
    /// Numbers that a list below the table explains.
    Numbers,
    /// What was done, written below the status in place of a mark.
    Texts,
}

impl StatusStyle {
    /// Whether each status has a column of its own.
    fn is_wide(self) -> bool {
        matches!(self, StatusStyle::Marks | StatusStyle::Texts)
    }
}

/// What the reports are laid out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Table,
    /// Two tables beside each other.
    Beside,
    /// A form for each.
    Cards,
}

/// How texts are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextStyle {
    Plain,
    Decomposed,
    HardBlanks,
    Eth,
}

/// A layout.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) form: Form,
    /// Results and percents of an earlier period and of the latest, in columns of their own.
    pub(crate) periods: Option<[&'static str; 2]>,
    /// A title before and a total after so many rows; 0 = never.
    pub(crate) groups: usize,
    /// Columns from left to right; the status column stands for all columns of marks.
    pub(crate) order: Vec<Field>,
    /// Headings, by field.
    pub(crate) headings: Vec<(Field, String)>,
    pub(crate) percent: PercentStyle,
    pub(crate) deadline: DeadlineStyle,
    pub(crate) status: StatusStyle,
    pub(crate) text: TextStyle,
    /// Title lines above the table.
    pub(crate) titles: u32,
    /// Empty columns on the left.
    pub(crate) left: u32,
    /// The heading has two rows, merged down.
    pub(crate) split: bool,
    pub(crate) column_numbers: bool,
    /// An empty row after so many rows; 0 = never.
    pub(crate) blank_every: usize,
    /// The heading again after so many rows; 0 = never.
    pub(crate) repeat_every: usize,
    pub(crate) capitals: bool,
    pub(crate) total: bool,
    pub(crate) signature: bool,
    pub(crate) empty_numbers: u32,
    /// A column of leaders and one of document days, which mean nothing here.
    pub(crate) strange_columns: bool,
    /// The results of each task stand in two rows, the rest merged down.
    pub(crate) two_rows: bool,
}

impl Layout {
    /// One heading row, one row a task, whole percents, days as text.
    pub(crate) fn plain() -> Layout {
        use Field::{Content, Deadline, LeadUnit, Percent, Result, Status, Stt};
        let heading = |field: Field, text: &str| (field, text.to_owned());
        Layout {
            form: Form::Table,
            periods: None,
            groups: 0,
            order: vec![Stt, Content, LeadUnit, Deadline, Status, Percent, Result],
            headings: vec![
                heading(Stt, "STT"),
                heading(Content, "Nội dung nhiệm vụ"),
                heading(LeadUnit, "Đơn vị chủ trì"),
                heading(Deadline, "Thời hạn hoàn thành"),
                heading(Status, "Tình trạng"),
                heading(Percent, "Tỷ lệ (%)"),
                heading(Result, "Kết quả thực hiện"),
            ],
            percent: PercentStyle::Whole,
            deadline: DeadlineStyle::Text,
            status: StatusStyle::Words,
            text: TextStyle::Plain,
            titles: 2,
            left: 0,
            split: false,
            column_numbers: false,
            blank_every: 0,
            repeat_every: 0,
            capitals: false,
            total: false,
            signature: false,
            empty_numbers: 0,
            strange_columns: false,
            two_rows: false,
        }
    }

    /// The heading of a field.
    fn heading_of(&self, field: Field) -> String {
        self.headings.iter().find(|(known, _)| *known == field).map(|(_, text)| text.clone()).unwrap()
    }

    /// With another heading for a field.
    pub(crate) fn heading(mut self, field: Field, text: &str) -> Layout {
        self.headings
            .iter_mut()
            .filter(|(known, _)| *known == field)
            .for_each(|(_, heading)| text.clone_into(heading));
        self
    }

    /// With the columns in this order.
    pub(crate) fn order(mut self, order: &[Field]) -> Layout {
        self.order = order.to_vec();
        self
    }

    /// The workbook in this layout.
    pub(crate) fn workbook(&self) -> Workbook {
        workbook(vec![Builder::new(self).build()])
    }
}

/// What must be extracted whatever the layout: task, due day, percent, status.
pub(crate) fn expected(layout: &Layout) -> Vec<String> {
    let has = |field: Field| layout.order.contains(&field);
    ITEMS
        .iter()
        .map(|item| {
            let due = item.due.filter(|_| has(Field::Deadline)).unwrap_or("-");
            let percent = if has(Field::Percent) { item.percent.to_string() } else { "-".to_owned() };
            let status = if has(Field::Status) { item.meaning } else { "-" };
            let told = layout.status == StatusStyle::Texts && has(Field::Status);
            let result = match has(Field::Result) {
                true => item.result,
                false if told => item.told(),
                false => "",
            };
            format!("{} {due} {percent} {status} {result}", item.code)
        })
        .collect()
}

/// What was extracted, in the same form; rows that were not linked for sure show their candidates.
pub(crate) fn extracted(reading: &Reading) -> Vec<String> {
    let rows = reading.tables.iter().flat_map(|table| &table.rows);
    rows.filter(|row| row.kind != RowKind::Heading)
        .map(|row| {
            let task = match row.matched.decision {
                Decision::Sure => row.matched.task.clone().unwrap_or_default(),
                decision => format!("{} {:?}", decision.as_str(), row.matched.candidates),
            };
            let due = row.deadline.0.due.map_or_else(|| "-".to_owned(), |due| due.to_string());
            let percent =
                row.percent.value.map_or_else(|| "-".to_owned(), |percent| percent.value().to_string());
            let status = row.status.value.map_or("-", |status| status.as_str());
            let result =
                row.texts.get(&Field::Result).and_then(Clone::clone).unwrap_or_default().replace('\n', " ");
            format!("{task} {due} {percent} {status} {result}")
        })
        .collect()
}

fn content(code: &str) -> String {
    let catalogue = seeded::catalogue("86").unwrap();
    let task = catalogue.notices.iter().flat_map(|notice| &notice.tasks).find(|task| task.code == code);
    task.unwrap().content.to_string()
}

fn percent(percent: u32, style: PercentStyle) -> String {
    let share = f64::from(percent) / 100.0;
    match style {
        PercentStyle::Whole => format!("#{percent}"),
        PercentStyle::Formatted => format!("%{share}"),
        PercentStyle::BareFraction => format!("#{share}"),
        PercentStyle::Text => format!("{percent}%"),
        PercentStyle::Words => format!("đạt {percent}%"),
    }
}

fn deadline(item: &Item, style: DeadlineStyle) -> String {
    let Some(due) = item.due else { return item.deadline.to_owned() };
    match style {
        DeadlineStyle::Text => item.deadline.to_owned(),
        DeadlineStyle::Dashes => item.deadline.replace('/', "-"),
        DeadlineStyle::DateCell => format!("@{due}"),
        DeadlineStyle::Serial => {
            let day: chrono::NaiveDate = due.parse().unwrap();
            format!("#{}", (day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days())
        }
        DeadlineStyle::Long => {
            let parts: Vec<&str> = item.deadline.split('/').collect();
            format!("ngày {} tháng {} năm {}", parts[0], parts[1], parts[2])
        }
    }
}

fn stored(text: &str, style: TextStyle) -> String {
    match style {
        TextStyle::Plain => text.to_owned(),
        TextStyle::Decomposed => text.nfd().collect(),
        TextStyle::HardBlanks => text.replacen(' ', "\u{a0}", 2),
        TextStyle::Eth => text.replace('đ', "ð").replace('Đ', "Ð"),
    }
}
