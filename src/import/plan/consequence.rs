//! What a plan would lead to: tasks that would be reported done, tasks that would count as late.

use chrono::NaiveDate;

use crate::domain::assignment::AssignmentRole;
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
    pub(in crate::import) fn between(
        before: &AssignmentState,
        after: &AssignmentState,
        day: NaiveDate,
    ) -> Consequence {
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
        let created = rows.iter().filter(|row| row.outcome == super::Outcome::Create);
        Consequences::sum(created.map(|row| (row.role, row.consequence)))
    }

    /// What these rows lead to together.
    pub(in crate::import) fn sum(
        rows: impl Iterator<Item = (Option<AssignmentRole>, Consequence)>,
    ) -> Consequences {
        let mut all = Consequences::default();
        for (role, row) in rows {
            all.would_complete += usize::from(row.would_complete);
            all.would_reopen += usize::from(row.would_reopen);
            all.would_become_late += usize::from(row.would_become_late);
            let of_others = matches!(role, Some(AssignmentRole::Coordinating | AssignmentRole::Other));
            all.about_tasks_of_others += usize::from(of_others);
        }
        all
    }
}
