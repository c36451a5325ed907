//! Progress (tình trạng): the state of an assignment as reported or decided, and the legal moves.

/// The state of an assignment, reported by its unit or decided by the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Chưa thực hiện.
    NotStarted,
    /// Đang thực hiện.
    InProgress,
    /// Chờ xác nhận: the unit says done, the office has not confirmed.
    AwaitingConfirmation,
    /// Đã hoàn thành.
    Completed,
    /// Tạm dừng.
    Suspended,
    /// Rút khỏi chương trình.
    Withdrawn,
    /// Chuyển đơn vị khác.
    Transferred,
}

impl Progress {
    /// Every progress, in the order in which lists offer them.
    pub const ALL: [Progress; 7] = [
        Progress::NotStarted,
        Progress::InProgress,
        Progress::AwaitingConfirmation,
        Progress::Completed,
        Progress::Suspended,
        Progress::Withdrawn,
        Progress::Transferred,
    ];

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Progress::NotStarted => "not_started",
            Progress::InProgress => "in_progress",
            Progress::AwaitingConfirmation => "awaiting_confirmation",
            Progress::Completed => "completed",
            Progress::Suspended => "suspended",
            Progress::Withdrawn => "withdrawn",
            Progress::Transferred => "transferred",
        }
    }

    /// The progress with this stable name.
    pub fn parse(name: &str) -> Option<Progress> {
        Progress::ALL.into_iter().find(|progress| progress.as_str() == name)
    }

    /// The Vietnamese label, as printed in workbooks and offered in drop-downs.
    pub fn label(self) -> &'static str {
        match self {
            Progress::NotStarted => "Chưa thực hiện",
            Progress::InProgress => "Đang thực hiện",
            Progress::AwaitingConfirmation => "Chờ xác nhận",
            Progress::Completed => "Đã hoàn thành",
            Progress::Suspended => "Tạm dừng",
            Progress::Withdrawn => "Rút khỏi chương trình",
            Progress::Transferred => "Chuyển đơn vị khác",
        }
    }

    /// Whether a unit may report this state itself; the rest are decisions of the office.
    pub fn may_be_reported(self) -> bool {
        match self {
            Progress::NotStarted
            | Progress::InProgress
            | Progress::AwaitingConfirmation
            | Progress::Completed => true,
            Progress::Suspended | Progress::Withdrawn | Progress::Transferred => false,
        }
    }
}
