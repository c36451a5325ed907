//! Standing (phân loại): where an assignment stands on a day. Derived, never stored.
//!
//! Rules (design.md section 2; domain.md 1.2): the due day itself is in time; a completed task without a due
//! date is on time; awaiting confirmation counts as open and is overdue only when the unit reported completion
//! after the due day; `completed_on` is the day the unit completed.

use chrono::NaiveDate;

use super::progress::Progress;

/// The class of an assignment as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Hoàn thành đúng hạn.
    CompletedOnTime,
    /// Hoàn thành quá hạn.
    CompletedLate,
    /// Chưa hoàn thành, trong hạn.
    OpenInTime,
    /// Chưa hoàn thành, quá hạn.
    OpenOverdue,
    /// Chưa hoàn thành, không có thời hạn.
    OpenNoDeadline,
    /// Tạm dừng.
    Suspended,
    /// Rút khỏi chương trình.
    Withdrawn,
    /// Chuyển đơn vị khác.
    Transferred,
}

impl Standing {
    /// Every standing, in the order in which tables print them.
    pub const ALL: [Standing; 8] = [
        Standing::CompletedOnTime,
        Standing::CompletedLate,
        Standing::OpenInTime,
        Standing::OpenOverdue,
        Standing::OpenNoDeadline,
        Standing::Suspended,
        Standing::Withdrawn,
        Standing::Transferred,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::CompletedOnTime => "completed_on_time",
            Standing::CompletedLate => "completed_late",
            Standing::OpenInTime => "open_in_time",
            Standing::OpenOverdue => "open_overdue",
            Standing::OpenNoDeadline => "open_no_deadline",
            Standing::Suspended => "suspended",
            Standing::Withdrawn => "withdrawn",
            Standing::Transferred => "transferred",
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            Standing::CompletedOnTime => "Hoàn thành đúng hạn",
            Standing::CompletedLate => "Hoàn thành quá hạn",
            Standing::OpenInTime => "Chưa hoàn thành, trong hạn",
            Standing::OpenOverdue => "Chưa hoàn thành, quá hạn",
            Standing::OpenNoDeadline => "Chưa hoàn thành, không có thời hạn",
            Standing::Suspended => "Tạm dừng",
            Standing::Withdrawn => "Rút khỏi chương trình",
            Standing::Transferred => "Chuyển đơn vị khác",
        }
    }

    /// Whether the assignment counts as completed.
    pub fn is_completed(self) -> bool {
        matches!(self, Standing::CompletedOnTime | Standing::CompletedLate)
    }
}

/// What standing depends on besides the day asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Progress as of the day.
    pub progress: Progress,
    /// Due day as of the day, if any.
    pub due: Option<NaiveDate>,
    /// Day the unit completed (completed or awaiting confirmation), if known.
    pub completed_on: Option<NaiveDate>,
}

/// The standing of a state as of a day.
pub fn standing(state: State, as_of: NaiveDate) -> Standing {
    match state.progress {
        Progress::Suspended => Standing::Suspended,
        Progress::Withdrawn => Standing::Withdrawn,
        Progress::Transferred => Standing::Transferred,
        Progress::Completed => match (state.due, state.completed_on) {
            (Some(due), Some(completed_on)) if completed_on > due => Standing::CompletedLate,
            // A completion without a day is only stored when nothing says it was late; it has no due date to miss.
            (Some(_), _) | (None, _) => Standing::CompletedOnTime,
        },
        Progress::AwaitingConfirmation => open(state.due, state.completed_on.unwrap_or(as_of)),
        Progress::NotStarted | Progress::InProgress => open(state.due, as_of),
    }
}

fn open(due: Option<NaiveDate>, day: NaiveDate) -> Standing {
    match due {
        None => Standing::OpenNoDeadline,
        Some(due) if day > due => Standing::OpenOverdue,
        Some(_) => Standing::OpenInTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line: progress | due | completed on | as of | standing. `-` = none.
    #[test]
    fn standing_follows_progress_due_day_and_completion() {
        let table = "
            completed | 2020-06-30 | 2020-06-29 | 2020-07-15 | completed_on_time
            completed | 2020-06-30 | 2020-06-30 | 2020-07-15 | completed_on_time
            completed | 2020-06-30 | 2020-07-01 | 2020-07-15 | completed_late
            completed | 2020-06-30 | 2020-07-01 | 2020-06-01 | completed_late
            completed | 2020-06-30 | - | 2020-07-15 | completed_on_time
            completed | - | 2020-07-01 | 2020-07-15 | completed_on_time
            completed | - | - | 2020-07-15 | completed_on_time
            not_started | 2020-06-30 | - | 2020-06-29 | open_in_time
            not_started | 2020-06-30 | - | 2020-06-30 | open_in_time
            not_started | 2020-06-30 | - | 2020-07-01 | open_overdue
            not_started | - | - | 2030-01-01 | open_no_deadline
            in_progress | 2020-06-30 | - | 2020-06-30 | open_in_time
            in_progress | 2020-06-30 | - | 2020-07-01 | open_overdue
            in_progress | - | - | 2020-07-01 | open_no_deadline
            awaiting_confirmation | 2020-06-30 | 2020-06-30 | 2020-09-01 | open_in_time
            awaiting_confirmation | 2020-06-30 | 2020-07-01 | 2020-09-01 | open_overdue
            awaiting_confirmation | 2020-06-30 | - | 2020-09-01 | open_overdue
            awaiting_confirmation | 2020-06-30 | - | 2020-06-01 | open_in_time
            awaiting_confirmation | - | 2020-06-30 | 2020-09-01 | open_no_deadline
            suspended | 2020-06-30 | - | 2020-09-01 | suspended
            suspended | - | 2020-06-30 | 2020-09-01 | suspended
            withdrawn | 2020-06-30 | - | 2020-09-01 | withdrawn
            transferred | 2020-06-30 | - | 2020-09-01 | transferred";
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let day = |text: &str| text.parse::<NaiveDate>().ok();
            let state = State {
                progress: Progress::parse(cells[0]).unwrap(),
                due: day(cells[1]),
                completed_on: day(cells[2]),
            };
            assert_eq!(standing(state, day(cells[3]).unwrap()).as_str(), cells[4], "{line}");
        }
    }
}
