//! Whether a notice still takes reports.

/// State of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeState {
    /// Đang theo dõi: reports are taken.
    Open,
    /// Đã kết thúc theo dõi: nothing is matched with it any more.
    Closed,
}

impl NoticeState {
    /// Every state.
    pub const ALL: [NoticeState; 2] = [NoticeState::Open, NoticeState::Closed];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeState::Open => "open",
            NoticeState::Closed => "closed",
        }
    }

    /// The state with this stable name.
    pub fn parse(name: &str) -> Option<NoticeState> {
        NoticeState::ALL.into_iter().find(|state| state.as_str() == name)
    }
}
