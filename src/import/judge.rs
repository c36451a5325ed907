//! What is noticed about a row once it is linked: whose task it is, its deadline against the notice, its status against
//! its percent and deadline, the province it names.

use chrono::{Days, NaiveDate};

use crate::domain::date;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::percent::Percent;
use crate::import::assemble::Knowledge;
use crate::import::catalogue::{AssignmentRole, KnownTask};
use crate::import::reading::{Decision, ReportedStatus, RowReading, Timeliness};
use crate::import::vocabulary::places;
use crate::sheet::column::Field;

type Found = (FindingCode, Option<Field>, String);

/// Adds what is noticed to the findings of the row.
pub(super) fn judge(knowledge: &Knowledge<'_>, sheet: &str, row: &mut RowReading) {
    let coded = row.matched.task.as_deref().and_then(|code| knowledge.index.coded(code));
    let task = coded.map(|task| knowledge.index.task(task));
    let mut found: Vec<Found> = Vec::new();
    found.extend(link(row, task));
    found.extend(deadline(knowledge, row, task));
    found.extend(lateness(knowledge, row, task));
    found.extend(status_and_percent(row));
    found.extend(province(knowledge, row));
    // Rows are held by the hundred thousand: no room is made but for these, and for one that says the row is a duplicate.
    row.findings.reserve_exact(found.len() + usize::from(row.matched.task.is_some()));
    for (code, field, detail) in found {
        let column = field.and_then(|field| row.cells.get(&field)).map(|(_, column)| *column);
        row.findings.push(Finding::at(code, sheet, row.row + 1, column, detail));
    }
}

fn link(row: &RowReading, task: Option<&KnownTask>) -> Option<Found> {
    let (code, detail) = match row.matched.decision {
        Decision::Sure | Decision::Likely => {
            let other = row.matched.role.is_some_and(|role| role != AssignmentRole::Lead);
            (FindingCode::TaskOfAnotherUnit, task.filter(|_| other)?.lead_unit.clone())
        }
        Decision::Ask => {
            let named: Vec<&str> = row.matched.candidates.iter().map(|(code, _)| code.as_str()).collect();
            (FindingCode::TaskMatchUnsure, named.join(", "))
        }
        Decision::None => {
            let strange =
                row.matched.how == "none" && row.texts.get(&Field::Content).is_some_and(Option::is_some);
            (FindingCode::TaskNotInNotice, strange.then(String::new)?)
        }
    };
    Some((code, Some(Field::Content), detail))
}

fn deadline(knowledge: &Knowledge<'_>, row: &RowReading, task: Option<&KnownTask>) -> Vec<Found> {
    let Some(due) = row.deadline.0.due else { return Vec::new() };
    let mut found = Vec::new();
    if due < knowledge.notice_day() {
        found.push((FindingCode::DeadlineBeforeNotice, Some(Field::Deadline), date::official(due)));
    }
    // Whichever of the candidates it is, the notice sets another day.
    let asked = row.matched.candidates.iter().filter(|_| row.matched.decision == Decision::Ask);
    let candidates: Vec<Option<NaiveDate>> =
        asked.filter_map(|(code, _)| Some(knowledge.index.task(knowledge.index.coded(code)?).due)).collect();
    let best =
        candidates.first().copied().flatten().filter(|_| candidates.iter().all(|set| *set != Some(due)));
    if let Some(set) = task.and_then(|task| task.due).or(best).filter(|set| *set != due) {
        let detail = format!("{} (thông báo: {})", date::official(due), date::official(set));
        found.push((FindingCode::DeadlineDiffersFromNotice, Some(Field::Deadline), detail));
    }
    found
}

/// Overdue although the deadline is ahead.
fn lateness(knowledge: &Knowledge<'_>, row: &RowReading, task: Option<&KnownTask>) -> Option<Found> {
    let late = row.status.timeliness == Some(Timeliness::Late)
        && row.status.value != Some(ReportedStatus::Completed);
    // Without a day in the file, a deadline a quarter and more after the notice is ahead: reports come each quarter.
    let today = knowledge.reported_on.or_else(|| knowledge.notice_day().checked_add_days(Days::new(92)))?;
    let due = row.deadline.0.due.or_else(|| task.and_then(|task| task.due))?;
    (late && due >= today)
        .then(|| (FindingCode::StatusDeadlineConflict, Some(Field::Status), date::official(due)))
}

fn status_and_percent(row: &RowReading) -> Option<Found> {
    let (status, percent) = row.status.value.zip(row.percent.value)?;
    let written = row.status.raw.clone().unwrap_or_default();
    let detail = format!("{written}, {}%", percent.value());
    conflicts(status, percent).then_some((FindingCode::StatusPercentConflict, Some(Field::Percent), detail))
}

fn conflicts(status: ReportedStatus, percent: Percent) -> bool {
    match status {
        ReportedStatus::Completed => percent < Percent::FULL,
        ReportedStatus::NotStarted => percent > Percent::ZERO,
        ReportedStatus::InProgress => percent == Percent::FULL,
        ReportedStatus::Ongoing
        | ReportedStatus::Suspended
        | ReportedStatus::Cancelled
        | ReportedStatus::NotApplicable => false,
    }
}

fn province(knowledge: &Knowledge<'_>, row: &RowReading) -> Option<Found> {
    let named = row.texts.get(&Field::Province)?.as_deref()?;
    match places::Place::named(named) {
        None => Some((FindingCode::ProvinceUnknown, Some(Field::Province), named.to_owned())),
        Some(place) => {
            let sender = knowledge
                .catalogue
                .sender
                .province
                .as_ref()
                .map(|_| knowledge.catalogue.sender.code.as_str())?;
            (place.code() != sender)
                .then(|| (FindingCode::ProvinceMismatch, Some(Field::Province), named.to_owned()))
        }
    }
}
