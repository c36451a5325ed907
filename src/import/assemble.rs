//! Fifth phase: rows with their values are linked to tasks and judged; a table becomes a `TableReading`.

use chrono::{Days, NaiveDate};

use crate::domain::date;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::percent::Percent;
use crate::import::catalogue::{AssignmentRole, Catalogue};
use crate::import::matching::decide::{ask_about_children, unlinked};
use crate::import::matching::{Clues, Index, find};
use crate::import::normalise::{Context, Values, values};
use crate::import::reading::{
    Decision, Match, ReportedStatus, RowKind, RowReading, TableReading, Timeliness,
};
use crate::import::recognise::{Grid, Table};
use crate::import::rows::outline::{Place, outline};
use crate::import::rows::{Body, TaskRow};
use crate::import::vocabulary::places;
use crate::sheet::column::Field;

/// What all tables of a workbook have in common.
pub struct Knowledge<'k> {
    /// The tasks and the sender.
    pub catalogue: &'k Catalogue,
    /// The wordings of the tasks.
    pub index: &'k Index<'k>,
    /// The day of the report, where the file names one.
    pub reported_on: Option<NaiveDate>,
}

impl Knowledge<'_> {
    fn notice_day(&self) -> NaiveDate {
        self.catalogue.notices.first().map_or(NaiveDate::MIN, |notice| notice.date)
    }
}

/// The reading of a table.
pub fn table_reading(grid: &Grid<'_>, knowledge: &Knowledge<'_>, table: &Table, body: Body) -> TableReading {
    use chrono::Datelike;
    let context = Context::new(grid, table, &body.tasks, knowledge.notice_day().year());
    let places = outline(&body.tasks);
    let mut rows: Vec<RowReading> = Vec::with_capacity(body.tasks.len());
    for (task, place) in body.tasks.iter().zip(&places) {
        let parent = place.parent.and_then(|parent| rows.get(parent));
        let row = row_reading(grid, knowledge, task, *place, parent, values(grid, table, &context, task));
        rows.push(row);
    }
    mend_headings(knowledge, grid, &places, &mut rows);
    TableReading {
        sheet: grid.sheet.name.clone(),
        header_rows: table.header_rows.clone(),
        columns: table.columns.readings.clone(),
        first_row: rows.first().map_or(table.first, |row| row.row),
        last_row: rows.last().map_or(table.first, |row| row.row_to),
        skipped_rows: body.skipped,
        rows,
    }
}

fn row_reading(
    grid: &Grid<'_>,
    knowledge: &Knowledge<'_>,
    task: &TaskRow,
    place: Place,
    parent: Option<&RowReading>,
    values: Values,
) -> RowReading {
    let clues = Clues {
        code: values.code.as_deref(),
        due: values.deadline.0.due,
        unit: values.texts.get(&Field::LeadUnit).and_then(Option::as_deref).or(task.group.as_deref()),
        section: task.section.as_deref().and_then(|section| section.split('.').next()),
    };
    let matched =
        if task.content.is_empty() { unlinked() } else { find(knowledge.index, &task.content, &clues) };
    let detail_of =
        parent.filter(|parent| is_detail(parent, &matched, knowledge.index)).map(|parent| parent.row);
    let matched = if detail_of.is_some() { Match { how: "detail", ..unlinked() } } else { matched };
    let mut row = RowReading {
        row: task.row,
        row_to: task.row_to,
        kind: place.kind,
        level: place.level,
        parent_row: parent.map(|parent| parent.row),
        stt: task.stt.clone(),
        section: task.section.clone(),
        group: task.group.clone(),
        texts: values.texts,
        parts: values.parts,
        cells: values.cells,
        deadline: values.deadline,
        percent: values.percent,
        status: values.status,
        matched,
        findings: Vec::new(),
    };
    let sheet = &grid.sheet.name;
    let mut note = |code, column, detail: String| {
        row.findings.push(Finding::at(code, sheet, task.row + 1, column, detail))
    };
    for (code, column, detail) in values.noted {
        note(code, column, detail);
    }
    if (task.row..=task.row_to).any(|number| grid.sheet.hidden_rows.contains(&number)) {
        note(FindingCode::HiddenRow, None, String::new());
    }
    if let Some(parent) = detail_of {
        note(FindingCode::DetailOfParent, None, (parent + 1).to_string());
    }
    judge(knowledge, sheet, &mut row);
    row
}

/// A row below a linked task is a detail of it, unless it says another task in so many words.
fn is_detail(parent: &RowReading, matched: &Match, index: &Index<'_>) -> bool {
    let parent_is_task = parent.matched.how == "detail"
        || parent
            .matched
            .task
            .as_deref()
            .and_then(|code| index.coded(code))
            .is_some_and(|task| !index.task(task).is_heading);
    parent_is_task && matched.decision != Decision::Sure
}

/// A row that heads others is no report. One that is worded as a heading of the notice but stands alone may mean any of
/// its children.
fn mend_headings(knowledge: &Knowledge<'_>, grid: &Grid<'_>, places: &[Place], rows: &mut [RowReading]) {
    for number in 0..rows.len() {
        let Some(code) = rows[number].matched.task.clone() else { continue };
        let heads = places.get(number + 1).is_some_and(|next| next.parent == Some(number));
        let is_heading =
            knowledge.index.coded(&code).is_some_and(|task| knowledge.index.task(task).is_heading);
        let row = &mut rows[number];
        let says_nothing = row.status.raw.is_none()
            && row.percent.raw.is_none()
            && row.texts.get(&Field::Result).is_none_or(Option::is_none);
        if is_heading && (heads || says_nothing) {
            row.kind = RowKind::Heading;
            row.findings.retain(|finding| finding.code != FindingCode::StatusMissing);
        } else if is_heading {
            row.matched = ask_about_children(knowledge.index, &code);
            let named: Vec<&str> = row.matched.candidates.iter().map(|(code, _)| code.as_str()).collect();
            row.findings.push(Finding::at(
                FindingCode::TaskMatchUnsure,
                &grid.sheet.name,
                row.row + 1,
                None,
                named.join(", "),
            ));
        } else if row.kind == RowKind::Heading && matches!(row.matched.decision, Decision::Sure) {
            // A task of the notice with parts below it and no report of its own is still that task.
            row.kind = if row.level > 1 { RowKind::Subtask } else { RowKind::Task };
        }
    }
    for row in rows.iter_mut().filter(|row| row.kind == RowKind::Heading) {
        row.findings.retain(|finding| {
            !matches!(
                finding.code,
                FindingCode::StatusMissing | FindingCode::TaskNotInNotice | FindingCode::TaskMatchUnsure
            )
        });
    }
}

/// What is noticed about a row once it is linked: unit, deadline, status against percent, province.
fn judge(knowledge: &Knowledge<'_>, sheet: &str, row: &mut RowReading) {
    let mut found: Vec<(FindingCode, Option<Field>, String)> = Vec::new();
    let task = row
        .matched
        .task
        .as_deref()
        .and_then(|code| knowledge.index.coded(code))
        .map(|task| knowledge.index.task(task));
    match row.matched.decision {
        Decision::Sure | Decision::Likely => {
            if let Some(task) =
                task.filter(|_| row.matched.role.is_some_and(|role| role != AssignmentRole::Lead))
            {
                found.push((FindingCode::TaskOfAnotherUnit, Some(Field::Content), task.lead_unit.clone()));
            }
        }
        Decision::Ask => {
            let named: Vec<&str> = row.matched.candidates.iter().map(|(code, _)| code.as_str()).collect();
            found.push((FindingCode::TaskMatchUnsure, Some(Field::Content), named.join(", ")));
        }
        Decision::None
            if row.matched.how == "none" && row.texts.get(&Field::Content).is_some_and(Option::is_some) =>
        {
            found.push((FindingCode::TaskNotInNotice, Some(Field::Content), String::new()));
        }
        Decision::None => {}
    }
    let due = row.deadline.0.due;
    if let Some(due) = due {
        if due < knowledge.notice_day() {
            found.push((FindingCode::DeadlineBeforeNotice, Some(Field::Deadline), date::official(due)));
        }
        if let Some(set) = task.and_then(|task| task.due).filter(|set| *set != due) {
            let detail = format!("{} (thông báo: {})", date::official(due), date::official(set));
            found.push((FindingCode::DeadlineDiffersFromNotice, Some(Field::Deadline), detail));
        }
    }
    if row.status.timeliness == Some(Timeliness::Late) && row.status.value != Some(ReportedStatus::Completed)
    {
        // Without a day in the file, a deadline a quarter and more after the notice is ahead: reports come each quarter.
        let today = knowledge.reported_on.or_else(|| knowledge.notice_day().checked_add_days(Days::new(92)));
        let due = due.or_else(|| task.and_then(|task| task.due));
        if let Some((due, _)) = due.zip(today).filter(|(due, today)| due >= today) {
            found.push((FindingCode::StatusDeadlineConflict, Some(Field::Status), date::official(due)));
        }
    }
    if let Some((status, percent)) = row.status.value.zip(row.percent.value) {
        if conflicts(status, percent) {
            let written = row.status.raw.clone().unwrap_or_default();
            found.push((
                FindingCode::StatusPercentConflict,
                Some(Field::Percent),
                format!("{written}, {}%", percent.value()),
            ));
        }
    }
    found.extend(province(knowledge, row));
    for (code, field, detail) in found {
        let column = field.and_then(|field| row.cells.get(&field)).map(|(_, column)| *column);
        row.findings.push(Finding::at(code, sheet, row.row + 1, column, detail));
    }
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

fn province(knowledge: &Knowledge<'_>, row: &RowReading) -> Option<(FindingCode, Option<Field>, String)> {
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
