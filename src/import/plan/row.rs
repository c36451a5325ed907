//! One row of a plan: first its link, then its values.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::change::{Base, Choice, Theirs, decide as choose};
use crate::domain::date::official;
use crate::domain::finding::{Finding, FindingCode, Severity};
use crate::domain::history::{AssignmentState, Part, Stated};
use crate::domain::progress::Progress;
use crate::domain::text;
use crate::import::answers::{Link, Side};
use crate::import::claim::{Claim, ClaimKind, Said};
use crate::import::reading::Decision;
use crate::import::value::Value;

use super::consequence::Consequence;
use super::{Compared, Context, Decided, Outcome, PlannedRow, Reason, Snapshot, Started, TaskState};

/// The row with its link decided; `Create` stands for "may be stored" until its values are looked at.
pub(super) fn linked(claim: &Claim, snapshot: &Snapshot, context: Context<'_>) -> PlannedRow {
    let answer = context.answers.of(&claim.place).link;
    let (task, outcome, reason) = link(claim, answer, snapshot);
    let known = task.as_ref().and_then(|code| snapshot.tasks.get(code));
    PlannedRow {
        place: claim.place.clone(),
        task_id: known.map(|known| known.task),
        role: known.map(|known| known.role),
        event: known.map_or(0, |known| known.event),
        task,
        decision: claim.decision,
        candidates: claim.candidates.clone(),
        content: claim.content.clone(),
        outcome,
        reason,
        decided: Vec::new(),
        against: None,
        consequence: Consequence::default(),
        findings: claim.findings.clone(),
    }
}

type Linked = (Option<Arc<str>>, Outcome, Option<Reason>);

fn link(claim: &Claim, answer: Option<Link>, snapshot: &Snapshot) -> Linked {
    match claim.kind {
        ClaimKind::Heading => return (claim.task.clone(), Outcome::Skipped, Some(Reason::Heading)),
        ClaimKind::Detail => return (None, Outcome::Skipped, Some(Reason::Detail)),
        ClaimKind::Task => {}
    }
    // Of several periods in one file the latest counts, unless a person links this row himself.
    let earlier = claim.findings.iter().any(|finding| finding.code == FindingCode::EarlierPeriod);
    if earlier && answer.is_none() {
        return (claim.task.clone(), Outcome::Skipped, Some(Reason::EarlierPeriod));
    }
    let task = match (answer, claim.decision) {
        (Some(Link::Task(code)), _) => Some(code),
        (Some(Link::NotATask), _) => return (None, Outcome::NotOurs, Some(Reason::Answered)),
        (None, Decision::Sure | Decision::Likely) => claim.task.clone(),
        (None, Decision::None) => return (None, Outcome::NotOurs, None),
        (None, Decision::Ask) => None,
    };
    // What a person has answered is no finding any more (`settle`); an error in a value stays one.
    let error = claim.findings.iter().any(|finding| finding.code.severity() == Severity::Error);
    let asks = claim.findings.iter().any(|finding| finding.code.severity() == Severity::Ask);
    if error {
        return (task, Outcome::Error, Some(Reason::Finding));
    }
    let Some(code) = task else { return (None, Outcome::Ask, Some(Reason::Link)) };
    if asks {
        return (Some(code), Outcome::Ask, Some(Reason::Question));
    }
    match snapshot.tasks.get(&code) {
        None => (Some(code), Outcome::Ask, Some(Reason::UnknownTask)),
        Some(known) if known.is_heading => (Some(code), Outcome::Skipped, Some(Reason::Heading)),
        Some(_) => (Some(code), Outcome::Create, None),
    }
}

/// Compares the values of a row that may be stored.
pub(super) fn decide(row: &mut PlannedRow, claim: &Claim, snapshot: &Snapshot, context: Context<'_>) {
    if row.outcome != Outcome::Create {
        return;
    }
    let Some(known) = row.task.as_ref().and_then(|code| snapshot.tasks.get(code)) else { return };
    let side = context.answers.of(&claim.place).side;
    row.decided = decided(claim, known, side);
    if is_ahead(row, context.reported_on) {
        row.decided = Vec::new();
        (row.outcome, row.reason) = (Outcome::Error, Some(Reason::Finding));
        return;
    }
    row.against = Some(known.compared.clone());
    hold_day(row, &known.compared.state);
    note_again(row, known);
    note_old(row, known);
    note_state_of_office(row, claim, &known.compared);
    let has = |wanted: fn(Choice) -> bool| row.decided.iter().any(|cell| wanted(cell.choice));
    row.outcome = if has(|choice| choice == Choice::Conflict) {
        Outcome::Conflict
    } else if has(Choice::stores) {
        Outcome::Create
    } else {
        Outcome::NoChange
    };
    let asks = context.findings.iter().any(|finding| finding.code.severity().blocks());
    // What stands in a column whose meaning is open, or on a sheet that was not read, may be news, also where the rest of
    // the row is none.
    let may_be_news = [FindingCode::LayoutHeadingChanged, FindingCode::SheetNotRead];
    let open = context.findings.iter().any(|finding| may_be_news.contains(&finding.code));
    if asks && !context.answers.accept_workbook && (open || row.outcome != Outcome::NoChange) {
        (row.outcome, row.reason) = (Outcome::Ask, Some(Reason::Workbook));
    }
    let stated = stated_by(&row.decided);
    let before = &known.compared.state;
    let mut after = AssignmentState::clone(before);
    after.report(uuid::Uuid::nil(), context.reported_on, &stated);
    for cell in &mut row.decided {
        cell.stored = match cell.part {
            Part::Progress => Some(Value::Progress(after.progress)),
            Part::Percent
            | Part::CompletedOn
            | Part::Result
            | Part::Difficulties
            | Part::Proposals
            | Part::Note => Value::of_state(cell.part, &after),
        };
    }
    if row.outcome == Outcome::Create {
        row.consequence = Consequence::between(before, &after, context.reported_on);
    }
}

fn decided(claim: &Claim, known: &TaskState, side: Option<Side>) -> Vec<Decided> {
    let of_part = |part: Part| {
        let ours = known.compared.ours(part);
        let Some(said) = claim.says.get(&part) else {
            // No column: shown where something is stored, since that stays.
            let (theirs, choice) = (Theirs::Absent, Choice::Absent);
            return ours.is_some().then_some(Decided { part, cell: None, theirs, choice, stored: None });
        };
        let choice = choose(&known.compared.base(part), ours.as_ref(), &said.theirs);
        let (cell, theirs) = (said.cell, said.theirs.clone());
        Some(Decided { part, cell, theirs, choice, stored: None })
    };
    let mut cells: Vec<Decided> = Part::ALL.into_iter().filter_map(of_part).collect();
    cells.shrink_to_fit();
    if known.returned {
        say_again(&mut cells);
    }
    for cell in &mut cells {
        cell.choice = match (cell.choice, side) {
            (Choice::Conflict, Some(Side::Ours)) => Choice::Keep,
            (Choice::Conflict, Some(Side::Theirs)) => match cell.theirs {
                Theirs::Clear => Choice::Clear,
                Theirs::Value(_) | Theirs::Absent | Theirs::Blank => Choice::Take,
            },
            (choice, _) => choice,
        };
    }
    cells
}

/// Whether a day of completion would be stored that lies after the day reported on: nobody knows that day yet. The cell is
/// named.
fn is_ahead(row: &mut PlannedRow, reported_on: NaiveDate) -> bool {
    let ahead = |cell: &Decided| {
        let is_news =
            cell.part == Part::CompletedOn && matches!(cell.choice, Choice::Take | Choice::Conflict);
        let Theirs::Value(Value::Day(day)) = cell.theirs else { return None };
        (is_news && day > reported_on).then_some((day, cell.cell))
    };
    let Some((day, cell)) = row.decided.iter().find_map(ahead) else { return false };
    name(row, FindingCode::CompletedOnAhead, (cell, official(day)));
    true
}

/// What the office has decided about stays: the word in the day of completion clears nothing there, and the row says so.
fn hold_day(row: &mut PlannedRow, state: &AssignmentState) {
    let clears = |cell: &&mut Decided| {
        cell.part == Part::CompletedOn
            && cell.theirs == Theirs::Clear
            && matches!(cell.choice, Choice::Clear | Choice::Conflict)
    };
    if !state.is_decided() {
        return;
    }
    if let Some(cell) = row.decided.iter_mut().find(clears) {
        cell.choice = Choice::Keep;
        let place = cell.cell;
        name(row, FindingCode::CompletedOnHeld, (place, state.progress.label().to_owned()));
    }
}

/// A finding about one of the cells of a row.
fn name(row: &mut PlannedRow, code: FindingCode, (cell, detail): (Option<(u32, u32)>, String)) {
    let (line, column) = cell.map_or((row.place.row, None), |(line, column)| (line, Some(column)));
    row.findings.push(Finding::at(code, &row.place.sheet, line + 1, column, detail));
}

/// "Completed" as before, although the office has returned the task since. Beside other news it is news: the unit has
/// worked on it and says so. Alone it may be a sheet that nobody looked at again, so a person decides.
fn say_again(cells: &mut [Decided]) {
    let news = cells.iter().any(|cell| cell.choice.stores());
    let again = if news { Choice::Take } else { Choice::Conflict };
    if cells.iter().any(is_completed_again) {
        let concerned = |cell: &&mut Decided| {
            matches!(cell.part, Part::Progress | Part::CompletedOn) && cell.choice == Choice::Keep
        };
        cells.iter_mut().filter(concerned).for_each(|cell| cell.choice = again);
    }
}

fn is_completed_again(cell: &Decided) -> bool {
    let completed = Theirs::Value(Value::Progress(Progress::Completed));
    cell.part == Part::Progress && cell.theirs == completed && cell.choice == Choice::Keep
}

/// Names the cell that says "completed" once more after a return.
fn note_again(row: &mut PlannedRow, known: &TaskState) {
    let says = |cell: &&Decided| {
        let completed = Value::Progress(Progress::Completed);
        cell.part == Part::Progress
            && known.compared.base(cell.part) == Base::Value(completed.clone())
            && cell.theirs == Theirs::Value(completed)
            && matches!(cell.choice, Choice::Take | Choice::Conflict)
    };
    if let Some(cell) = row.decided.iter().find(says).filter(|_| known.returned) {
        let by = known.compared.author(cell.part).map_or_else(String::new, |author| author.name.to_string());
        let cell = cell.cell;
        name(row, FindingCode::CompletedAfterReturn, (cell, by));
    }
}

/// Names what the unit has sent before, when it has sent something else in between: an old file, or a correction back to
/// the old value. Nobody can tell, so what is stored stays, and it is said how to have the old value.
fn note_old(row: &mut PlannedRow, known: &TaskState) {
    let kept = row.decided.iter().find(|cell| cell.choice == Choice::Keep).filter(|_| known.superseded);
    if let Some(cell) = kept {
        let (at, column) = cell.cell.map_or((row.place.row, None), |(line, column)| (line, Some(column)));
        let label = cell.part.label();
        row.findings.push(Finding::at(FindingCode::SentBefore, &row.place.sheet, at + 1, column, label));
    }
}

/// A state that only the office gives says nothing in our own sheet where the sheet came with it. Where it did not, the
/// unit has written it, and is told that it states nothing.
fn note_state_of_office(row: &mut PlannedRow, claim: &Claim, compared: &Compared) {
    let Some(Said { theirs: Theirs::Blank, cell, raw: Some(raw) }) = claim.says.get(&Part::Progress) else {
        return;
    };
    let written = text::key(raw);
    let is_written = |progress: &Progress| text::key(progress.label()) == written;
    let Some(progress) = Progress::ALL.into_iter().find(is_written) else { return };
    let came_with_it = match compared.started {
        Started::AsStored => compared.state.progress == progress,
        // The base has the words of units only, and none for a state of the office.
        Started::From(_) => compared.base(Part::Progress) == Base::Blank,
        Started::Unknown => false,
    };
    let code = FindingCode::StatusNeedsDecision;
    if came_with_it || progress.may_be_reported() || row.findings.iter().any(|found| found.code == code) {
        return;
    }
    let (at, column) = cell.map_or((row.place.row, None), |(line, column)| (line, Some(column)));
    row.findings.push(Finding::at(code, &row.place.sheet, at + 1, column, raw.as_ref()));
}

/// What the report states: what is taken or cleared, and what the sheet says again. The latter makes the report whole,
/// so that it still stands when an earlier one is taken back. What the sheet merely carries along is not stated.
pub(super) fn stated_by(cells: &[Decided]) -> Stated {
    let mut stated = Stated::default();
    for cell in cells {
        match (cell.choice, &cell.theirs) {
            (Choice::Take | Choice::Same, Theirs::Value(value)) => value.state_in(cell.part, &mut stated),
            (Choice::Clear | Choice::Same, Theirs::Clear) => {
                stated.cleared.insert(cell.part);
            }
            (
                Choice::Absent
                | Choice::Blank
                | Choice::Same
                | Choice::Keep
                | Choice::Take
                | Choice::Clear
                | Choice::Conflict,
                _,
            ) => {}
        }
    }
    stated
}
