//! The closed lists of the rules as GraphQL enums: the same words, described for clients.

use async_graphql::Enum;

use crate::domain;

/// What a caller is to the system (vai trò).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::Role")]
pub(crate) enum Role {
    /// Runs the installation (quản trị).
    Admin,
    /// The ministry's following office: registers, confirms, extends (văn phòng theo dõi).
    Office,
    /// An officer of a unit: its own assignments only (cán bộ đơn vị).
    Unit,
    /// Reads everything, writes nothing (cán bộ tổng hợp).
    Analyst,
    /// Reads everything and downloads (lãnh đạo).
    Leader,
}

/// What a caller may do (quyền).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::Permission")]
pub(crate) enum Permission {
    /// Read what lies inside the scope (xem).
    Read,
    /// Download workbooks (tải bảng tính).
    Export,
    /// Record reports (báo cáo tiến độ).
    Report,
    /// Upload, commit and discard imports (nạp bảng tính).
    Import,
    /// Confirm, return, suspend, withdraw, transfer, extend (quyết định, gia hạn).
    Decide,
    /// Make and revoke tokens and users (quản trị người dùng).
    Administer,
}

/// Whether a notice is still followed (trạng thái thông báo).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notice::NoticeState")]
pub(crate) enum NoticeState {
    /// Reports are taken (đang theo dõi).
    Open,
    /// Nothing is matched with it any more (đã kết thúc theo dõi).
    Closed,
}

/// Kind of a unit (loại đơn vị).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::unit_kind::UnitKind")]
pub(crate) enum UnitKind {
    /// A provincial department of information and communications (sở).
    Department,
    /// A staff department of the ministry (vụ).
    Vu,
    /// An authority of the ministry (cục).
    Cuc,
    /// The inspectorate (thanh tra).
    Inspectorate,
    /// The ministry's office (văn phòng).
    Office,
    /// An institute (viện).
    Institute,
    /// A centre (trung tâm).
    Centre,
    /// A newspaper (báo).
    Newspaper,
    /// A journal (tạp chí).
    Journal,
    /// An academy (học viện).
    Academy,
    /// A school (trường).
    School,
    /// A company: a partner, not a unit of the ministry (doanh nghiệp).
    Enterprise,
    /// A word for several units; never assigned anything (nhóm đơn vị).
    Group,
    /// A task force (tổ công tác).
    TaskForce,
}

/// How precise a deadline is as written (độ chính xác của thời hạn).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::deadline::Precision", name = "DeadlinePrecision")]
pub(crate) enum Precision {
    /// A day, or "before" a day (ngày).
    Day,
    /// An ISO week; due its Sunday (tuần).
    Week,
    /// A month; due its last day (tháng).
    Month,
    /// A quarter; due its last day (quý).
    Quarter,
    /// Half a year (sáu tháng).
    HalfYear,
    /// A year; due 31 December (năm).
    Year,
    /// All the time: no due day (thường xuyên).
    Ongoing,
    /// Nothing is written (không ghi).
    None,
    /// Something is written that gives no day (không đọc được).
    Unreadable,
}

/// What a unit has to do with a task (vai trò trong nhiệm vụ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::assignment::AssignmentRole")]
pub(crate) enum AssignmentRole {
    /// Leads; the only role that statistics count unless asked otherwise (chủ trì).
    Lead,
    /// Coordinates (phối hợp).
    Coordinating,
    /// Neither; the unit reports although nobody asked (khác).
    Other,
}

/// The state of an assignment, reported by its unit or decided by the office (tình trạng).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::progress::Progress")]
#[expect(clippy::enum_variant_names, reason = "the words of the field")]
pub(crate) enum Progress {
    /// Not started (chưa thực hiện).
    NotStarted,
    /// In progress (đang thực hiện).
    InProgress,
    /// The unit says done, the office has not confirmed (chờ xác nhận).
    AwaitingConfirmation,
    /// Done and confirmed (đã hoàn thành).
    Completed,
    /// Suspended by decision (tạm dừng).
    Suspended,
    /// Withdrawn from the programme by decision (rút khỏi chương trình).
    Withdrawn,
    /// Transferred to another unit by decision (chuyển đơn vị khác).
    Transferred,
}

/// Where an assignment stands on a day; derived, never stored (phân loại).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::standing::Standing")]
pub(crate) enum Standing {
    /// Completed on or before the due day, or without one (hoàn thành đúng hạn).
    CompletedOnTime,
    /// Completed after the due day (hoàn thành quá hạn).
    CompletedLate,
    /// Open, the due day has not passed (chưa hoàn thành, trong hạn).
    OpenInTime,
    /// Open, the due day has passed (chưa hoàn thành, quá hạn).
    OpenOverdue,
    /// Open, without a due day (chưa hoàn thành, không có thời hạn).
    OpenNoDeadline,
    /// Suspended (tạm dừng).
    Suspended,
    /// Withdrawn (rút khỏi chương trình).
    Withdrawn,
    /// Transferred (chuyển đơn vị khác).
    Transferred,
}

/// What the office decides about an assignment (loại quyết định).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::decision::DecisionKind")]
pub(crate) enum DecisionKind {
    /// Confirms that the task is completed (xác nhận hoàn thành).
    Confirm,
    /// Does not accept the completion (trả lại).
    Return,
    /// Suspends the task (tạm dừng).
    Suspend,
    /// Resumes what was suspended, withdrawn or transferred (tiếp tục thực hiện).
    Resume,
    /// Withdraws the task from the programme (rút khỏi chương trình).
    Withdraw,
    /// Gives the task to another unit (chuyển đơn vị khác).
    Transfer,
}

/// One thing that a report can state (nội dung báo cáo).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::history::Part", name = "ReportPart")]
pub(crate) enum Part {
    /// Progress (tình trạng).
    Progress,
    /// Percent done (tỷ lệ hoàn thành).
    Percent,
    /// Day of completion (ngày hoàn thành).
    CompletedOn,
    /// Result (kết quả).
    Result,
    /// Difficulties (khó khăn, vướng mắc).
    Difficulties,
    /// Proposals (đề xuất, kiến nghị).
    Proposals,
    /// Note (ghi chú).
    Note,
}

/// How far an import has come (trạng thái lần nạp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::import::ImportState")]
pub(crate) enum ImportState {
    /// The bytes are kept; a refused file stays here (đã nhận).
    Received,
    /// Read and understood (đã đọc).
    Read,
    /// There is a plan to look at (chờ xác nhận).
    Planned,
    /// Written (đã ghi).
    Committed,
    /// Thrown away before it was written (đã huỷ).
    Discarded,
    /// Written, then taken back (đã hoàn tác).
    Undone,
}

/// What becomes of a row of a workbook (kết quả của dòng).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::import::RowOutcome")]
pub(crate) enum RowOutcome {
    /// A report is made of it (ghi mới).
    Create,
    /// It says what is already known (không đổi).
    NoChange,
    /// Both sides changed since the sheet was handed out (xung đột).
    Conflict,
    /// A person has to choose first (cần chọn).
    Ask,
    /// It has to be mended first (lỗi).
    Error,
    /// It is no task of the notice (ngoài thông báo).
    NotOurs,
    /// A heading, or a row that states nothing (bỏ qua).
    Skipped,
}

/// How much a finding matters (mức độ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::finding::Severity")]
pub(crate) enum Severity {
    /// Worth knowing (thông tin).
    Info,
    /// Stored, but look at it (cảnh báo).
    Warning,
    /// Not stored before a person has answered (cần hỏi).
    Ask,
    /// Not stored before it is mended (lỗi).
    Error,
}

/// How the bare numbers of a column of percents are meant (cách ghi tỷ lệ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::sheet::meaning::PercentScale")]
pub(crate) enum PercentScale {
    /// 50 is 50 % (số từ 0 đến 100).
    Whole,
    /// 0.5 is 50 % (phần của 1).
    Fractions,
}

/// How the true dates of a column are meant, where a US setting may have changed day and month (thứ tự ngày và tháng).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::sheet::meaning::DayOrder")]
pub(crate) enum DayOrder {
    /// Each date is the one in its cell (giữ ngày như trong ô).
    AsStored,
    /// Day and month changed places (đổi chỗ ngày và tháng).
    Swapped,
}
