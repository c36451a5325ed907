//! Fifth phase: rows with their values are linked to tasks and judged; a table becomes a `TableReading`.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::finding::{Finding, FindingCode};
use crate::import::catalogue::Catalogue;
use crate::import::judge::judge;
use crate::import::matching::decide::{ask_about_children, unlinked};
use crate::import::matching::{Clues, Index, Matcher};
use crate::import::normalise::{Context, Memory, Values, values};
use crate::import::reading::{Decision, Match, RowKind, RowReading, TableReading};
use crate::import::recognise::{Grid, Table};
use crate::import::rows::outline::{Place, outline};
use crate::import::rows::{Body, TaskRow};
use crate::import::side_by_side;
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
    pub(super) fn notice_day(&self) -> NaiveDate {
        self.catalogue.notices.first().map_or(NaiveDate::MIN, |notice| notice.date)
    }
}

/// The reading of a table.
pub fn table_reading<'a>(
    grid: &Grid<'a>,
    knowledge: &Knowledge<'_>,
    table: &Table,
    body: Body<'a>,
) -> TableReading {
    use chrono::Datelike;
    let context = Context::new(grid, table, &body.tasks, knowledge.notice_day().year());
    let places = outline(&body.tasks);
    let mut rows: Vec<RowReading> = Vec::with_capacity(body.tasks.len());
    let read = |(memory, matcher): &mut (Memory, Matcher<'_>), (task, place): (TaskRow<'a>, &Place)| {
        let values = values(grid, table, (&context, memory), &task);
        let matched = matched(matcher, &task, &values);
        let read = Read { task, place: *place, values, matched };
        // What a row says below another one depends on what that one was taken for.
        if place.parent.is_some() {
            Row::Below(read)
        } else {
            Row::Whole(row_reading(grid, knowledge, read, None))
        }
    };
    let start = || (Memory::default(), Matcher::new(knowledge.index));
    side_by_side::each(body.tasks.into_iter().zip(&places), start, read, |read| {
        let row = match read {
            Row::Whole(row) => row,
            Row::Below(read) => {
                let parent = read.place.parent.and_then(|parent| rows.get(parent));
                row_reading(grid, knowledge, read, parent)
            }
        };
        rows.push(row);
    });
    mend_headings(knowledge, grid, &places, &mut rows);
    let mut columns = table.columns.readings.clone();
    context.note_in(table, &mut columns);
    TableReading {
        sheet: grid.sheet.name.clone(),
        header_rows: table.header_rows.clone(),
        columns,
        beside: None,
        first_row: rows.first().map_or(table.first, |row| row.row),
        last_row: rows.last().map_or(table.first, |row| row.row_to),
        skipped_rows: body.skipped,
        rows,
    }
}

/// A row that was read by itself, and where it stands.
struct Read<'a> {
    task: TaskRow<'a>,
    place: Place,
    values: Values,
    matched: Match,
}

/// What one thread makes of a row.
enum Row<'a> {
    /// All of it.
    Whole(RowReading),
    /// What can be said before the row above it is known.
    Below(Read<'a>),
}

/// The task that a row speaks of, by itself.
fn matched(matcher: &mut Matcher<'_>, task: &TaskRow<'_>, values: &Values) -> Match {
    let clues = Clues {
        code: values.code.as_deref(),
        due: values.deadline.0.due,
        unit: values.texts.get(&Field::LeadUnit).and_then(Option::as_deref).or(task.group.as_deref()),
        section: task.section.as_deref().and_then(|section| section.split('.').next()),
    };
    if task.content.is_empty() { unlinked() } else { matcher.find(&task.content, &clues) }
}

fn row_reading(
    grid: &Grid<'_>,
    knowledge: &Knowledge<'_>,
    read: Read<'_>,
    parent: Option<&RowReading>,
) -> RowReading {
    let Read { task, place, values, matched } = read;
    let detail_of =
        parent.filter(|parent| is_detail(parent, &matched, knowledge.index)).map(|parent| parent.row);
    let matched = if detail_of.is_some() { Match { how: "detail", ..unlinked() } } else { matched };
    let mut row = RowReading {
        row: task.row,
        row_to: task.row_to,
        kind: place.kind,
        level: place.level,
        parent_row: parent.map(|parent| parent.row),
        stt: task.stt.map(Cow::into_owned),
        section: task.section,
        group: task.group,
        texts: values.texts,
        parts: values.parts,
        cells: values.cells,
        deadline: values.deadline,
        percent: values.percent,
        status: values.status,
        matched,
        findings: Vec::with_capacity(values.noted.len()),
    };
    let sheet = &grid.sheet.name;
    let mut note = |code, column, detail: String| {
        row.findings.push(Finding::at(code, sheet, task.row + 1, column, detail));
    };
    for (code, column, detail) in values.noted {
        note(code, column, detail);
    }
    if (task.row..=task.row_to).any(|number| grid.sheet.hidden_rows.contains(&number)) {
        note(FindingCode::HiddenRow, None, String::new());
    }
    if row.matched.how == "remembered" {
        let wording = knowledge.index.hints().wording(&task.content);
        let source = wording.map(|wording| wording.source.clone());
        note(FindingCode::LinkRemembered, None, source.unwrap_or_default());
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
    for (number, row) in rows.iter_mut().enumerate() {
        let Some(code) = row.matched.task.as_deref() else { continue };
        let heads = places.get(number + 1).is_some_and(|next| next.parent == Some(number));
        let is_heading =
            knowledge.index.coded(code).is_some_and(|task| knowledge.index.task(task).is_heading);
        let says_nothing = row.status.raw.is_none()
            && row.percent.raw.is_none()
            && row.texts.get(&Field::Result).is_none_or(Option::is_none);
        if is_heading && (heads || says_nothing) {
            row.kind = RowKind::Heading;
            row.findings.retain(|finding| finding.code != FindingCode::StatusMissing);
        } else if is_heading {
            row.matched = ask_about_children(knowledge.index, code);
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
