//! What taking back does to current values, what it leaves alone, and what the hash depends on.

use super::*;
use crate::domain::decision::DecisionKind;
use crate::domain::history::Stated;
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 4, day).expect("a day of April")
}

fn percent(value: i64) -> Percent {
    Percent::from_hundredths(value * 100).expect("0..=100")
}

fn report(on: u32, number: i64, stated: Stated) -> Entry {
    let id = Uuid::from_u128(u128::from(number.unsigned_abs()));
    Entry { day: day(on), number, what: What::Report { id, stated, retractions: vec![] } }
}

fn says(on: u32, number: i64, value: i64, note: Option<&str>) -> Entry {
    let stated = Stated {
        progress: Some(if value == 100 { Progress::Completed } else { Progress::InProgress }),
        percent: Some(percent(value)),
        note: note.map(Into::into),
        ..Stated::default()
    };
    report(on, number, stated)
}

/// The import made the report of event `number`, in this history.
fn made(number: u128, entries: &[Entry]) -> Made {
    Made {
        report: Uuid::from_u128(number),
        assignment: Uuid::from_u128(100),
        task: Uuid::from_u128(200),
        code: "A".into(),
        role: AssignmentRole::Lead,
        place: Place { sheet: "PL1".into(), row: 9, row_to: 9, table: None },
        cell: None,
        due: Some(day(20)),
        entries: entries.to_vec(),
    }
}

fn undo(entries: &[Entry]) -> UndoPlan {
    undo_plan(Direction::Undo, day(15), &[made(2, entries)], day(15))
}

/// `percent 60 -> 20`.
fn cells(plan: &UndoPlan) -> Vec<String> {
    let text = |value: Option<&Value>| value.map_or("-".into(), |value| value.json().to_string());
    plan.rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| {
            format!("{} {} -> {}", cell.part.as_str(), text(cell.ours.as_ref()), text(cell.stored.as_ref()))
        })
        .collect()
}

#[test]
fn each_current_value_becomes_what_it_was_unless_somebody_has_changed_it_since() {
    let first = says(1, 1, 20, Some("một"));
    let second = says(2, 2, 60, Some("hai"));
    let note = report(3, 3, Stated { note: Some("ba".into()), ..Stated::default() });
    assert_eq!(
        cells(&undo(&[first.clone(), second.clone()])),
        ["percent 60.0 -> 20.0", "note \"hai\" -> \"một\""]
    );
    assert_eq!(cells(&undo(std::slice::from_ref(&second)))[0], "progress \"in_progress\" -> \"not_started\"");
    let later = undo(&[first, second, note]);
    assert_eq!(cells(&later), ["percent 60.0 -> 20.0"], "the note is somebody else's by now");
    let left: Vec<_> = later.left_alone.iter().map(|later| (later.kind, later.number)).collect();
    assert_eq!(left, [(LaterKind::Report, 3)]);
}

#[test]
fn later_decisions_are_named_and_earlier_work_is_not() {
    let confirm = Entry { day: day(4), number: 5, what: What::Decision(DecisionKind::Confirm) };
    let plan = undo(&[says(1, 1, 20, None), says(2, 2, 100, None), confirm]);
    assert_eq!(plan.left_alone.len(), 1);
    assert_eq!(plan.left_alone[0].kind, LaterKind::Decision);
    assert!(
        !plan.consequences.eq(&Consequences { would_reopen: 1, ..Consequences::default() }),
        "it stays done"
    );
    let plan = undo(&[says(1, 1, 20, None), says(2, 2, 100, None)]);
    assert_eq!(plan.consequences, Consequences { would_reopen: 1, ..Consequences::default() });
}

#[test]
fn redo_turns_what_undo_turned_and_nothing_else() {
    let entries = [says(1, 1, 20, None), says(2, 2, 60, None)];
    let back = turned(&entries, &[(Uuid::from_u128(2), 7)].into());
    assert!(undo(&back).rows.is_empty(), "what does not count is not taken back again");
    let redo = undo_plan(Direction::Redo, day(15), &[made(2, &back)], day(15));
    assert_eq!(cells(&redo), ["percent 20.0 -> 60.0"]);
    assert!(undo_plan(Direction::Redo, day(15), &[made(2, &entries)], day(15)).rows.is_empty());
}

#[test]
fn the_hash_changes_with_what_is_concerned_and_with_every_turn() {
    let entries = [says(1, 1, 20, None), says(2, 2, 60, None)];
    let plan = undo(&entries);
    assert_eq!(plan.hash, undo(&entries).hash);
    let later = [entries.as_slice(), &[report(3, 3, Stated { note: Some("x".into()), ..Stated::default() })]];
    assert_ne!(plan.hash, undo(&later.concat()).hash, "somebody has worked on it since");
    let there_and_back =
        turned(&turned(&entries, &[(Uuid::from_u128(2), 7)].into()), &[(Uuid::from_u128(2), 8)].into());
    assert_eq!(cells(&plan), cells(&undo(&there_and_back)));
    assert_ne!(plan.hash, undo(&there_and_back).hash, "an old request must not undo a second time");
}
