//! `domain::standing` said in SQL, over the current-state columns of `assignment`. A test holds the two together.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoCondition};
use sea_orm::{ColumnTrait, Condition};

use crate::domain::progress::Progress;
use crate::domain::standing::Standing;
use crate::entities::assignment::{Column, Entity};

/// Assignments whose standing on this day is one of these.
pub fn is_any(standings: &[Standing], day: NaiveDate) -> Condition {
    standings.iter().fold(Condition::any(), |any, standing| any.add(is(*standing, day)))
}

fn is(standing: Standing, day: NaiveDate) -> Condition {
    match standing {
        Standing::Suspended => Column::Progress.eq(Progress::Suspended).into_condition(),
        Standing::Withdrawn => Column::Progress.eq(Progress::Withdrawn).into_condition(),
        Standing::Transferred => Column::Progress.eq(Progress::Transferred).into_condition(),
        Standing::CompletedLate => completed().add(column(Column::CompletedOn).gt(column(Column::DueOn))),
        Standing::CompletedOnTime => completed().add(
            Condition::any()
                .add(Column::DueOn.is_null())
                .add(Column::CompletedOn.is_null())
                .add(column(Column::CompletedOn).lte(column(Column::DueOn))),
        ),
        Standing::OpenNoDeadline => open().add(Column::DueOn.is_null()),
        Standing::OpenOverdue => open().add(overdue(day)),
        Standing::OpenInTime => open().add(Column::DueOn.is_not_null()).add(overdue(day).not()),
    }
}

fn completed() -> Condition {
    Condition::all().add(Column::Progress.eq(Progress::Completed))
}

fn open() -> Condition {
    let open = [Progress::NotStarted, Progress::InProgress, Progress::AwaitingConfirmation];
    Condition::all().add(Column::Progress.is_in(open))
}

/// For open assignments with a due day. What awaits confirmation is measured by the day on which the unit completed.
fn overdue(day: NaiveDate) -> Condition {
    let completed_or_day = Func::coalesce([column(Column::CompletedOn), Expr::value(day)]);
    let waiting = Condition::all()
        .add(Column::Progress.eq(Progress::AwaitingConfirmation))
        .add(Expr::from(completed_or_day).gt(column(Column::DueOn)));
    let working =
        Condition::all().add(Column::Progress.ne(Progress::AwaitingConfirmation)).add(Column::DueOn.lt(day));
    Condition::any().add(waiting).add(working)
}

fn column(column: Column) -> Expr {
    Expr::col((Entity, column))
}
