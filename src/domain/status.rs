//! Status words: what "Đã hoàn thành (đúng hạn)", "Xong" or "Chưa TH" say.

/// Status as a department writes it (words of the samples; wider than `Progress`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportedStatus {
    /// Đã hoàn thành.
    Completed,
    /// Đang thực hiện.
    InProgress,
    /// Chưa thực hiện.
    NotStarted,
    /// Thường xuyên.
    Ongoing,
    /// Tạm dừng.
    Suspended,
    /// Huỷ, rút.
    Cancelled,
    /// Không thuộc thẩm quyền.
    NotApplicable,
}

impl ReportedStatus {
    /// The stable name, as in the samples.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportedStatus::Completed => "completed",
            ReportedStatus::InProgress => "in_progress",
            ReportedStatus::NotStarted => "not_started",
            ReportedStatus::Ongoing => "ongoing",
            ReportedStatus::Suspended => "suspended",
            ReportedStatus::Cancelled => "cancelled",
            ReportedStatus::NotApplicable => "not_applicable",
        }
    }
}

/// "trong hạn" / "quá hạn" beside a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// Trong hạn, đúng hạn.
    InTime,
    /// Quá hạn, trễ hạn.
    Late,
}
