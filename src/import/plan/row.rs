//! One row of a plan: first its link, then its values.

use crate::domain::change::{Base, Choice, Theirs, decide as choose};
use crate::domain::finding::Severity;
use crate::domain::history::{Part, Stated};
use crate::import::answers::{Link, Side};
use crate::import::claim::{Claim, ClaimKind};
use crate::import::reading::Decision;
use crate::import::value::Value;

use super::consequence::Consequence;
use super::{CellChange, Context, Outcome, PlannedRow, Reason, Snapshot, TaskState};

/// The row with its link decided; `Create` stands for "may be stored" until its values are looked at.
pub(super) fn linked(claim: &Claim, snapshot: &Snapshot, context: Context<'_>) -> PlannedRow {
    let answer = context.answers.row(&claim.place.sheet, claim.place.row).link;
    let (task, outcome, reason) = link(claim, answer, snapshot);
    let known = task.as_ref().and_then(|code| snapshot.tasks.get(code));
    PlannedRow {
        place: claim.place.clone(),
        task_id: known.map(|known| known.task),
        role: known.map(|known| known.role),
        event: known.map_or(0, |known| known.state.event),
        task,
        decision: claim.decision,
        candidates: claim.candidates.clone(),
        content: claim.content.clone(),
        outcome,
        reason,
        cells: Vec::new(),
        stated: Stated::default(),
        consequence: Consequence::default(),
        findings: claim.findings.clone(),
    }
}

type Linked = (Option<String>, Outcome, Option<Reason>);

fn link(claim: &Claim, answer: Option<Link>, snapshot: &Snapshot) -> Linked {
    match claim.kind {
        ClaimKind::Heading => return (claim.task.clone(), Outcome::Skipped, Some(Reason::Heading)),
        ClaimKind::Detail => return (None, Outcome::Skipped, Some(Reason::Detail)),
        ClaimKind::Task => {}
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
    let side = context.answers.row(&claim.place.sheet, claim.place.row).side;
    row.cells = cells(claim, known, side);
    let has = |wanted: fn(Choice) -> bool| row.cells.iter().any(|cell| wanted(cell.choice));
    row.outcome = if has(|choice| choice == Choice::Conflict) {
        Outcome::Conflict
    } else if has(Choice::stores) {
        Outcome::Create
    } else {
        Outcome::NoChange
    };
    let asks = context.findings.iter().any(|finding| finding.code.severity().blocks());
    // What stands in a column whose meaning is open may be news, also where the rest of the row is none.
    let changed = crate::domain::finding::FindingCode::LayoutHeadingChanged;
    let open = context.findings.iter().any(|finding| finding.code == changed);
    if asks && !context.answers.accept_workbook && (open || row.outcome != Outcome::NoChange) {
        (row.outcome, row.reason) = (Outcome::Ask, Some(Reason::Workbook));
    }
    let stated = stated(&row.cells);
    let mut after = known.state.clone();
    after.report(uuid::Uuid::nil(), context.reported_on, &stated);
    for cell in &mut row.cells {
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
        row.stated = stated;
        row.consequence = Consequence::between(&known.state, &after, context.reported_on);
    }
}

fn cells(claim: &Claim, known: &TaskState, side: Option<Side>) -> Vec<CellChange> {
    let of_part = |part: Part| {
        let base = known.base.get(&part).cloned().unwrap_or(Base::Unknown);
        let ours = known.ours.get(&part);
        let Some(said) = claim.says.get(&part) else { return absent(part, base, ours) };
        let choice = match (choose(&base, ours, &said.theirs), side) {
            (Choice::Conflict, Some(Side::Ours)) => Choice::Keep,
            (Choice::Conflict, Some(Side::Theirs)) => match said.theirs {
                Theirs::Clear => Choice::Clear,
                Theirs::Value(_) | Theirs::Absent | Theirs::Blank => Choice::Take,
            },
            (choice, _) => choice,
        };
        let (cell, theirs) = (said.cell, said.theirs.clone());
        Some(CellChange { part, cell, base, ours: ours.cloned(), theirs, choice, stored: None })
    };
    Part::ALL.into_iter().filter_map(of_part).collect()
}

/// A part for which the sheet has no column. Shown where something is stored, since that stays.
fn absent(part: Part, base: Base<Value>, ours: Option<&Value>) -> Option<CellChange> {
    let (ours, theirs, choice) = (Some(ours?.clone()), Theirs::Absent, Choice::Absent);
    Some(CellChange { part, cell: None, base, ours, theirs, choice, stored: None })
}

/// What the report states: what is taken or cleared, and what the sheet says again. The latter makes the report whole,
/// so that it still stands when an earlier one is taken back. What the sheet merely carries along is not stated.
fn stated(cells: &[CellChange]) -> Stated {
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
