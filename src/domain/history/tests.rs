//! The state rules, each as a table, and that the order of input does not matter.

use proptest::prelude::*;

use super::*;

pub(super) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 4, day).expect("a day of April")
}

pub(super) fn report(on: u32, number: i64, stated: Stated) -> Entry {
    let id = Uuid::from_u128(u128::from(number.unsigned_abs()));
    Entry { day: day(on), number, what: What::Report { id, stated, retractions: vec![] } }
}

pub(super) fn says(on: u32, number: i64, progress: Progress) -> Entry {
    report(on, number, Stated { progress: Some(progress), ..Stated::default() })
}

pub(super) fn decides(on: u32, number: i64, kind: DecisionKind) -> Entry {
    Entry { day: day(on), number, what: What::Decision(kind) }
}

fn now(entries: &[Entry]) -> AssignmentState {
    state_now(None, entries)
}

/// `progress/claimed/day of completion`, the three that the rules of progress are about.
fn shown(state: &AssignmentState) -> String {
    format!(
        "{}/{}/{}",
        state.progress.as_str(),
        state.claimed.map_or("-", Progress::as_str),
        state.completed_on.map_or("-".to_owned(), |d| d.format("%-d").to_string())
    )
}

/// "3 completed, 8 confirm": what is said or decided on which day of April, in the order of the events.
fn steps(text: &str) -> Vec<Entry> {
    let step = |(number, step): (i64, &str)| {
        let (on, word) = step.trim().split_once(' ').expect("a day and a word");
        let on = on.parse().expect("a day");
        match (Progress::parse(word), DecisionKind::parse(word)) {
            (Some(progress), _) => says(on, number, progress),
            (None, Some(kind)) => decides(on, number, kind),
            (None, None) => panic!("{word} is neither"),
        }
    };
    (1..).zip(text.split(',').filter(|step| !step.is_empty())).map(step).collect()
}

#[test]
fn progress_follows_reports_and_decisions() {
    let table = [
        ("nothing yet", "", "not_started/-/-"),
        ("not started is a word too", "1 not_started", "not_started/not_started/-"),
        ("in progress", "1 in_progress", "in_progress/in_progress/-"),
        ("completed waits for the office", "3 completed", "awaiting_confirmation/completed/3"),
        (
            "said again it keeps the first day",
            "3 completed, 9 completed",
            "awaiting_confirmation/completed/3",
        ),
        ("confirmation keeps the unit's day", "3 completed, 8 confirm", "completed/completed/3"),
        ("a return asks for a new word", "3 completed, 8 return", "in_progress/in_progress/-"),
        (
            "completed after a return is a new completion",
            "3 completed, 8 return, 12 completed",
            "awaiting_confirmation/completed/12",
        ),
        ("going back takes the day away", "3 completed, 5 in_progress", "in_progress/in_progress/-"),
        (
            "a confirmed task is not reopened by a report",
            "3 completed, 8 confirm, 9 in_progress",
            "completed/in_progress/3",
        ),
        ("a suspended task stays so", "1 suspend, 2 completed", "suspended/completed/-"),
        ("a withdrawn task stays so", "1 withdraw, 2 in_progress", "withdrawn/in_progress/-"),
        ("a transferred task stays so", "1 transfer, 2 in_progress", "transferred/in_progress/-"),
        ("resumed is in progress", "1 completed, 2 suspend, 3 resume", "in_progress/in_progress/-"),
        ("the day counts before the arrival", "9 in_progress, 3 completed", "in_progress/in_progress/-"),
        (
            "on one day the later event counts",
            "3 in_progress, 3 completed",
            "awaiting_confirmation/completed/3",
        ),
        (
            "a back-dated report under a confirmation leaves the day of the confirmation",
            "3 completed, 8 confirm, 5 in_progress",
            "completed/in_progress/8",
        ),
    ];
    for (rule, entries, expected) in table {
        assert_eq!(shown(&now(&steps(entries))), expected, "{rule}");
    }
}

#[test]
fn the_day_of_completion_may_be_stated() {
    let done = |on, number, written: Option<u32>| {
        let stated = Stated {
            progress: Some(Progress::Completed),
            completed_on: written.map(day),
            ..Stated::default()
        };
        report(on, number, stated)
    };
    assert_eq!(now(&[done(15, 1, Some(11))]).completed_on, Some(day(11)), "a written day counts");
    assert_eq!(now(&[done(15, 1, Some(11)), done(20, 2, None)]).completed_on, Some(day(11)), "and is kept");
    assert_eq!(now(&[done(15, 1, None), done(20, 2, Some(12))]).completed_on, Some(day(12)), "and corrects");
    let cleared = |on, number| {
        let progress = Some(Progress::Completed);
        report(on, number, Stated { progress, cleared: [Part::CompletedOn].into(), ..Stated::default() })
    };
    assert_eq!(now(&[cleared(15, 1)]).completed_on, None, "the word leaves no day");
    assert_eq!(now(&[done(15, 1, Some(11)), cleared(20, 2)]).completed_on, None, "and takes one away");
    let again = [done(15, 1, Some(11)), cleared(20, 2), done(21, 3, None)];
    assert_eq!(now(&again).completed_on, None, "which a repeated word does not bring back");
    let only_day = Stated { completed_on: Some(day(12)), ..Stated::default() };
    assert_eq!(now(&[report(15, 1, only_day)]).completed_on, None, "a day alone completes nothing");
}

#[test]
fn blank_keeps_and_the_word_clears() {
    let first = Stated {
        percent: Percent::from_hundredths(5000),
        result: Some("Đã gửi văn bản".into()),
        note: Some("ghi".into()),
        ..Stated::default()
    };
    let second =
        Stated { result: Some("Đã ban hành".into()), cleared: [Part::Note].into(), ..Stated::default() };
    let state = now(&[report(1, 1, first), report(2, 2, second)]);
    assert_eq!(state.percent, Percent::from_hundredths(5000), "not stated: kept");
    assert_eq!(state.result.as_deref(), Some("Đã ban hành"), "stated: replaced");
    assert_eq!(state.note, None, "(xoá): cleared");
    assert_eq!(state.last_report, Some((Uuid::from_u128(2), day(2))));
}

#[test]
fn a_decided_task_still_takes_texts_and_percent() {
    let late = Stated { percent: Some(Percent::FULL), result: Some("bổ sung".into()), ..Stated::default() };
    let state = now(&[decides(1, 1, DecisionKind::Suspend), report(2, 2, late)]);
    assert_eq!((state.progress, state.percent), (Progress::Suspended, Some(Percent::FULL)));
    assert_eq!(state.result.as_deref(), Some("bổ sung"));
}

#[test]
fn the_due_day_follows_the_deadline_changes() {
    let change = |on, number, due| Entry { day: day(on), number, what: What::DeadlineChange(due) };
    let entries = [change(5, 1, Some(day(20))), change(9, 2, None)];
    assert_eq!(state_as_of(Some(day(10)), &entries, day(4)).due_on, Some(day(10)), "the notice's");
    assert_eq!(state_as_of(Some(day(10)), &entries, day(5)).due_on, Some(day(20)), "extended");
    assert_eq!(state_as_of(Some(day(10)), &entries, day(9)).due_on, None, "lifted");
}

#[test]
fn a_past_day_knows_only_what_was_reported_by_then() {
    let entries = [says(3, 1, Progress::InProgress), says(9, 2, Progress::Completed)];
    assert_eq!(shown(&state_as_of(None, &entries, day(2))), "not_started/-/-");
    assert_eq!(shown(&state_as_of(None, &entries, day(8))), "in_progress/in_progress/-");
    assert_eq!(shown(&state_as_of(None, &entries, day(9))), "awaiting_confirmation/completed/9");
}

#[test]
fn retractions_count_from_their_own_event_on_and_can_be_taken_back() {
    let mut entry = says(3, 4, Progress::Completed);
    let What::Report { retractions, .. } = &mut entry.what else { unreachable!() };
    retractions.extend([6, 9]);
    let entries = [says(1, 1, Progress::InProgress), entry];
    let at = |number| {
        let state = state_at_event(None, &entries, number);
        (state.progress.as_str(), state.event)
    };
    assert_eq!(at(0), ("not_started", 0));
    assert_eq!(at(3), ("in_progress", 1));
    assert_eq!(at(5), ("awaiting_confirmation", 4));
    assert_eq!(at(6), ("in_progress", 1), "taken back: exactly the state of before");
    assert_eq!(at(9), ("awaiting_confirmation", 4), "restored: exactly the state of after");
}

#[test]
fn a_retraction_leaves_no_trace_unless_something_was_built_on_what_it_takes_back() {
    let taken_back = |mut entry: Entry, numbers: &[i64]| {
        let What::Report { retractions, .. } = &mut entry.what else { unreachable!() };
        retractions.extend(numbers);
        entry
    };
    let (first, second) = (says(1, 1, Progress::InProgress), says(3, 4, Progress::Completed));
    let table = [
        ("nothing came later", vec![first.clone(), taken_back(second.clone(), &[6])], 1),
        ("nothing at all is left", vec![taken_back(first.clone(), &[6])], 0),
        ("what came later stands on it", vec![taken_back(first.clone(), &[6]), second.clone()], 6),
        ("restored under later work", vec![taken_back(first.clone(), &[6, 7]), second.clone()], 7),
        ("both taken back", vec![taken_back(first, &[6]), taken_back(second, &[7])], 0),
    ];
    for (what, entries, event) in table {
        assert_eq!(now(&entries).event, event, "{what}");
    }
}

#[test]
fn the_last_word_about_a_part_is_the_last_that_counts() {
    let mut note = report(9, 7, Stated { note: Some("ghi".into()), ..Stated::default() });
    let entries = [
        says(3, 1, Progress::Completed),
        decides(5, 4, DecisionKind::Return),
        report(4, 6, Stated { cleared: [Part::Note].into(), ..Stated::default() }),
        note.clone(),
    ];
    let last_word = |entries: &[Entry], part| last_word(entries, part, day(9));
    assert_eq!(last_word(&entries, Part::Progress), Some(4), "a decision speaks of progress");
    assert_eq!(last_word(&entries, Part::Note), Some(7));
    assert_eq!(super::last_word(&entries, Part::Note, day(8)), Some(6), "as of the day before");
    assert_eq!(last_word(&entries, Part::Result), None);
    let What::Report { retractions, .. } = &mut note.what else { unreachable!() };
    retractions.push(8);
    assert_eq!(last_word(&[&entries[..3], &[note]].concat(), Part::Note), Some(6), "the clearing word");
}

pub(super) fn any_stated() -> impl Strategy<Value = Stated> {
    let progress = prop::option::of(prop::sample::select(vec![
        Progress::NotStarted,
        Progress::InProgress,
        Progress::Completed,
    ]));
    let cleared = prop::collection::btree_set(prop::sample::select(Part::ALL.to_vec()), 0..3);
    (
        progress,
        prop::option::of(0..=10_000_i64),
        prop::option::of(1..28_u32),
        prop::option::of("[a-c]"),
        cleared,
    )
        .prop_map(|(progress, percent, completed, result, cleared)| Stated {
            progress,
            percent: percent.and_then(Percent::from_hundredths),
            completed_on: completed.map(day),
            result: result.map(Into::into),
            cleared,
            ..Stated::default()
        })
}

fn any_what() -> impl Strategy<Value = What> {
    prop_oneof![
        (any_stated(), prop::collection::vec(1..60_i64, 0..3))
            .prop_map(|(stated, retractions)| What::Report { id: Uuid::nil(), stated, retractions }),
        prop::sample::select(DecisionKind::ALL.to_vec()).prop_map(What::Decision),
        prop::option::of(1..28_u32).prop_map(|due| What::DeadlineChange(due.map(day))),
    ]
}

pub(super) fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec((1..28_u32, any_what()), 0..20).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(index, (on, what))| Entry { day: day(on), number: index as i64 + 1, what })
            .collect()
    })
}

proptest! {
    #[test]
    fn folding_does_not_depend_on_the_order_of_input(
        (entries, shuffled) in any_entries().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle())),
        number in 0..30_i64,
        on in 1..28_u32,
    ) {
        prop_assert_eq!(state_now(None, &entries), state_now(None, &shuffled));
        prop_assert_eq!(state_as_of(None, &entries, day(on)), state_as_of(None, &shuffled, day(on)));
        prop_assert_eq!(state_at_event(None, &entries, number), state_at_event(None, &shuffled, number));
    }

    #[test]
    fn an_open_task_has_no_day_of_completion(entries in any_entries()) {
        let state = state_now(None, &entries);
        if matches!(state.progress, Progress::NotStarted | Progress::InProgress) {
            prop_assert_eq!(state.completed_on, None);
        }
    }
}
