//! The phases of a commit, and how far along it each of them is.

use uuid::Uuid;

/// Where a commit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// No commit is under way here.
    Idle,
    /// It waits for its turn to write.
    Waiting,
    /// It plans again, with everything else kept out.
    Planning,
    /// It writes reports and states.
    Writing,
    /// It writes the log and makes all of it final.
    Finishing,
    /// It is stored, or there was nothing to store.
    Done,
    /// Nothing was stored: refused, stale, or failed.
    Refused,
    /// Nothing was stored: somebody stopped it.
    Cancelled,
}

impl Phase {
    /// Every phase, in the order in which they are reached.
    pub const ALL: [Phase; 8] = [
        Phase::Idle,
        Phase::Waiting,
        Phase::Planning,
        Phase::Writing,
        Phase::Finishing,
        Phase::Done,
        Phase::Refused,
        Phase::Cancelled,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Waiting => "waiting",
            Phase::Planning => "planning",
            Phase::Writing => "writing",
            Phase::Finishing => "finishing",
            Phase::Done => "done",
            Phase::Refused => "refused",
            Phase::Cancelled => "cancelled",
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            Phase::Idle => "Chưa ghi",
            Phase::Waiting => "Chờ đến lượt",
            Phase::Planning => "Đối chiếu lại",
            Phase::Writing => "Đang ghi",
            Phase::Finishing => "Hoàn tất",
            Phase::Done => "Đã xong",
            Phase::Refused => "Không ghi",
            Phase::Cancelled => "Đã dừng",
        }
    }

    /// Whether nothing more will be told.
    pub fn is_end(self) -> bool {
        match self {
            Phase::Done | Phase::Refused | Phase::Cancelled => true,
            Phase::Idle | Phase::Waiting | Phase::Planning | Phase::Writing | Phase::Finishing => false,
        }
    }
}

/// How far a commit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The import.
    pub import: Uuid,
    /// Where it is.
    pub phase: Phase,
    /// Rows written.
    pub rows_done: usize,
    /// Rows to be written; 0 while that is not known.
    pub rows: usize,
}

impl Progress {
    /// Before anything, or of what is not under way here.
    pub fn at(import: Uuid, phase: Phase) -> Progress {
        Progress { import, phase, rows_done: 0, rows: 0 }
    }

    /// 0 to 100. Writing takes most of the time, so most of the way is its.
    pub fn percent(&self) -> u8 {
        match self.phase {
            Phase::Idle | Phase::Waiting => 0,
            Phase::Planning => 10,
            Phase::Writing => {
                let part = (self.rows_done * 80).checked_div(self.rows).unwrap_or(0);
                10 + u8::try_from(part.min(80)).unwrap_or(80)
            }
            Phase::Finishing => 95,
            Phase::Done => 100,
            Phase::Refused | Phase::Cancelled => 0,
        }
    }
}
