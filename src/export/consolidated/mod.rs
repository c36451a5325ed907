//! The leaders' workbook: a summary, one sheet a unit, the overdue tasks, and where each figure comes from. A pure
//! function of its content; `Report` lists its kinds of sheet. Sizes are chosen so that they print at the sizes of
//! Nghị định 30/2020 after a sheet has been fitted to one A4 landscape page in width.

mod names;
mod overdue;
mod source;
mod summary;
mod unit;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::frame::Head;
use crate::domain::assignment::AssignmentRole;
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;
use crate::domain::standing::{self, Standing};
pub use crate::domain::statistics::Base;
use crate::domain::statistics::Counts;
use crate::sheet::page::{Book, Page};
use crate::workbook::write::{self, WriteError};

/// Everything that stands in the workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Who issues it.
    pub head: Head,
    /// Titles of the notices whose tasks are followed.
    pub notices: Vec<String>,
    /// The day the figures stand for.
    pub as_of: NaiveDate,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// What the percents are percents of.
    pub base: Base,
    /// Units with at least one assignment, in the order of the register.
    pub units: Vec<UnitBlock>,
}

/// A unit with its assignments.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitBlock {
    /// Full name.
    pub name: String,
    /// Name in the summary, where the row of the group says the rest: "Sở TTTT Nghệ An".
    pub short_name: String,
    /// What its sheet is called before names are made legal and unique: "40 Nghệ An", "THH".
    pub label: String,
    /// Which half of the summary it stands in.
    pub group: Group,
    /// Its assignments in the order of the notice.
    pub rows: Vec<AssignmentRow>,
}

/// The halves of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Units of the ministry.
    Ministry,
    /// Provincial departments.
    Departments,
}

impl Group {
    /// Both, in the order of the summary.
    pub const ALL: [Group; 2] = [Group::Ministry, Group::Departments];

    /// The words of its row.
    pub fn label(self) -> &'static str {
        match self {
            Group::Ministry => "Các cơ quan, đơn vị thuộc Bộ",
            Group::Departments => "Sở Thông tin và Truyền thông các tỉnh, thành phố",
        }
    }
}

/// One assignment as of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignmentRow {
    /// Code of the task: "III.1-5".
    pub code: String,
    /// The task.
    pub content: String,
    /// What the unit has to do with it.
    pub role: AssignmentRole,
    /// Deadline as written in the notice.
    pub deadline_raw: Option<String>,
    /// Progress and dates; the standing follows from them and the day.
    pub state: standing::State,
    /// Percent as stated.
    pub percent: Option<Percent>,
    /// Result.
    pub result: Option<String>,
    /// Difficulties.
    pub difficulties: Option<String>,
    /// Proposals.
    pub proposals: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// The last report behind these figures; none when the unit has not reported.
    pub source: Option<Source>,
}

/// Where the figures of a row come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Day the unit reported.
    pub reported_on: NaiveDate,
    /// When it was stored.
    pub recorded_at: DateTime<Utc>,
    /// Who stored it.
    pub recorded_by: String,
    /// The file, when it came from one.
    pub file: Option<SourceFile>,
    /// Who of the office confirmed it, and when, in words.
    pub confirmed: Option<String>,
    /// Where each of the figures stands, in words: "Tình trạng: E8; Tỷ lệ hoàn thành: F8". A figure that an earlier
    /// report gave names its own file.
    pub cells: String,
}

/// A cell of an uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Id of the import.
    pub import_id: Uuid,
    /// Name of the file as it was sent, if known.
    pub name: Option<String>,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// "sheet!cell", as kept with the report.
    pub place: String,
}

impl AssignmentRow {
    /// The standing as of the day.
    pub fn standing(&self, as_of: NaiveDate) -> Standing {
        standing::standing(self.state, as_of)
    }

    /// Days after the due day: of completion when the unit says it is done, of the day asked for otherwise. None when
    /// it is not late or not followed any more.
    pub fn days_late(&self, as_of: NaiveDate) -> Option<u32> {
        let day = match self.state.progress {
            Progress::NotStarted | Progress::InProgress => as_of,
            Progress::AwaitingConfirmation | Progress::Completed => self.state.completed_on.unwrap_or(as_of),
            Progress::Suspended | Progress::Withdrawn | Progress::Transferred => return None,
        };
        let days = (day - self.state.due?).num_days();
        u32::try_from(days).ok().filter(|days| *days > 0)
    }
}

impl UnitBlock {
    /// Its assignments as lead: those that statistics count.
    pub fn leads(&self) -> impl Iterator<Item = &AssignmentRow> {
        self.with_role(AssignmentRole::Lead)
    }

    fn with_role(&self, role: AssignmentRole) -> impl Iterator<Item = &AssignmentRow> {
        self.rows.iter().filter(move |row| row.role == role)
    }

    /// Its lead assignments by standing.
    pub fn counts(&self, as_of: NaiveDate) -> Counts {
        Counts::of(self.leads().map(|row| row.standing(as_of)))
    }
}

/// The kinds of sheet. A new one is a file beside this one and a variant here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Units by standing.
    Summary,
    /// Open tasks past their deadline.
    Overdue,
    /// One sheet a unit.
    Unit,
    /// Where the figures come from.
    Source,
}

impl Report {
    /// Every kind, in the order of the tabs.
    pub const ALL: [Report; 4] = [Report::Summary, Report::Overdue, Report::Unit, Report::Source];

    /// Name on the tab; units have names of their own.
    pub fn tab(self) -> Option<&'static str> {
        match self {
            Report::Summary => Some("Tổng hợp"),
            Report::Overdue => Some("Quá hạn"),
            Report::Unit => None,
            Report::Source => Some("Nguồn số liệu"),
        }
    }

    fn pages(self, content: &Content, plan: &Plan) -> Vec<Page> {
        match self {
            Report::Summary => vec![summary::page(content, plan)],
            Report::Overdue => vec![overdue::page(content, plan)],
            Report::Unit => unit::pages(content, plan),
            Report::Source => vec![source::page(content, plan)],
        }
    }
}

/// Where things stand in the workbook, decided before any sheet is composed so that sheets can point at each other.
struct Plan {
    /// Name of each unit's sheet, in the order of the units.
    tabs: Vec<String>,
    /// For each unit, the row of its first line in the source sheet (0-based).
    source_rows: Vec<u32>,
}

impl Plan {
    fn of(content: &Content) -> Plan {
        let reserved = Report::ALL.into_iter().filter_map(Report::tab);
        let tabs = names::legal(reserved, content.units.iter().map(|unit| unit.label.as_str()));
        let mut row = source::FIRST_ROW;
        let source_rows = content.units.iter().map(|unit| {
            let first = row;
            row = row.saturating_add(u32::try_from(unit.rows.len()).unwrap_or(u32::MAX));
            first
        });
        Plan { source_rows: source_rows.collect(), tabs }
    }
}

/// The workbook as data.
pub fn book(content: &Content) -> Book {
    let plan = Plan::of(content);
    let pages = Report::ALL.into_iter().flat_map(|report| report.pages(content, &plan)).collect();
    Book {
        title: format!(
            "Tổng hợp tình hình thực hiện nhiệm vụ đến ngày {}",
            super::frame::official(content.as_of)
        ),
        created: content.made_at,
        properties: Vec::new(),
        pages,
    }
}

/// The workbook as the bytes of an .xlsx file.
pub fn write(content: &Content) -> Result<Vec<u8>, WriteError> {
    write::write(&book(content))
}

/// The line under every title that says what the percents are percents of.
fn base_line(base: Base) -> String {
    format!("Tỷ lệ phần trăm tính {}; chỉ tính nhiệm vụ đơn vị chủ trì.", base.label())
}

/// The foot of every sheet of paper.
fn foot(content: &Content) -> String {
    format!("Trích xuất từ hệ thống Giao Ban lúc {}.", super::frame::moment(content.made_at))
}

/// "(Số liệu tính đến hết ngày 30/4/2020)".
fn as_of_line(content: &Content) -> String {
    format!("(Số liệu tính đến hết ngày {})", super::frame::official(content.as_of))
}
