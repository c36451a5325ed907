//! What a plan would lead to: tasks that would be reported done, tasks that would count as late.

use chrono::NaiveDate;

use crate::domain::history::AssignmentState;
use crate::domain::progress::Progress;
use crate::domain::standing::{Standing, standing};

use super::PlannedRow;

/// What one row would lead to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consequence {
    /// It would be reported done, for the office to confirm.
    pub would_complete: bool,
    /// It was reported done and would be open again.
    pub would_reopen: bool,
    /// It would count as overdue or as completed late.
    pub would_become_late: bool,
}

/// What the whole plan would lead to, as numbers of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Reported done.
    pub would_complete: usize,
    /// Open again.
    pub would_reopen: usize,
    /// Late.
    pub would_become_late: usize,
    /// Reports about tasks that the sender does not lead; they change nothing for the leading unit.
    pub about_tasks_of_others: usize,
}

impl Consequence {
    /// The difference between two states on a day.
    pub(super) fn between(before: &AssignmentState, after: &AssignmentState, day: NaiveDate) -> Consequence {
        let done = |state: &AssignmentState| {
            matches!(state.progress, Progress::AwaitingConfirmation | Progress::Completed)
        };
        Consequence {
            would_complete: !done(before) && done(after),
            would_reopen: done(before) && !done(after),
            would_become_late: !late(before, day) && late(after, day),
        }
    }
}

fn late(state: &AssignmentState, day: NaiveDate) -> bool {
    matches!(standing(state.standing_state(), day), Standing::OpenOverdue | Standing::CompletedLate)
}

impl Consequences {
    pub(super) fn of(rows: &[PlannedRow]) -> Consequences {
        use crate::domain::assignment::AssignmentRole::{Coordinating, Other};
        let created = || rows.iter().filter(|row| row.outcome == super::Outcome::Create);
        let count =
            |wanted: fn(&Consequence) -> bool| created().filter(|row| wanted(&row.consequence)).count();
        Consequences {
            would_complete: count(|c| c.would_complete),
            would_reopen: count(|c| c.would_reopen),
            would_become_late: count(|c| c.would_become_late),
            about_tasks_of_others: created()
                .filter(|row| matches!(row.role, Some(Coordinating | Other)))
                .count(),
        }
    }
}
