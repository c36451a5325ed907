//! Where a past is said to be settled, its state answers everything that is asked as the whole past would.

use chrono::Days;
use proptest::prelude::*;

use super::super::tests::{any_entries, any_stated, day, decides, report, says};
use super::*;
use crate::domain::decision::DecisionKind;

const DUE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2020, 6, 30);

/// The outline as the store tells it.
fn outline(entries: &[Entry]) -> Outline {
    let state = state_now(DUE, entries);
    let by_the_office = entries.iter().filter(|entry| !matches!(entry.what, What::Report { .. }));
    let retractions = entries.iter().flat_map(|entry| match &entry.what {
        What::Report { retractions, .. } => retractions.as_slice(),
        What::Decision(_) | What::DeadlineChange(_) => &[],
    });
    Outline {
        event: state.event,
        progress: state.progress,
        reported_on: state.last_report.map(|(_, day)| day),
        decided_on: by_the_office.map(|entry| entry.day).max(),
        is_decided: entries.iter().any(|entry| matches!(entry.what, What::Decision(_))),
        retraction: retractions.copied().max().unwrap_or(0),
    }
}

/// The state as it lies in the store, where nothing says what the unit claimed.
fn kept(entries: &[Entry]) -> Past {
    let state = state_now(DUE, entries);
    Past::Settled(Arc::new(AssignmentState { claimed: plain_claim(state.progress), ..state }))
}

/// What is compared: the event only where it is asked about, the claim only where it matters.
fn values(state: &AssignmentState, asked: Asked) -> AssignmentState {
    let claimed = if asked.claimed { state.claimed } else { None };
    AssignmentState { claimed, event: 0, ..state.clone() }
}

fn asked(since: i64, on: u32) -> Asked {
    Asked { since: Some(since), day: day(on), claimed: false }
}

#[test]
fn a_past_is_settled_when_nothing_lies_behind_what_is_asked_about() {
    let said = || says(5, 3, Progress::InProgress);
    let mut taken_back = said();
    let What::Report { retractions, .. } = &mut taken_back.what else { unreachable!() };
    retractions.push(9);
    let changed = Entry { day: day(20), number: 4, what: What::DeadlineChange(None) };
    let confirmed = decides(6, 4, DecisionKind::Confirm);
    let claimed = |asked: Asked| Asked { claimed: true, ..asked };
    let cases = [
        ("nothing happened", vec![], asked(0, 1), true),
        ("reported before", vec![said()], asked(3, 5), true),
        ("reported after the sheet was made", vec![said()], asked(2, 5), false),
        ("reported of a later day", vec![said()], asked(3, 4), false),
        ("only today counts", vec![said()], Asked { since: None, ..asked(0, 5) }, true),
        ("taken back before", vec![taken_back.clone()], asked(9, 1), true),
        ("taken back after", vec![taken_back], asked(8, 1), false),
        ("due day changed of a later day", vec![said(), changed.clone()], asked(9, 19), false),
        ("due day changed before", vec![said(), changed], asked(9, 20), true),
        ("confirmed before", vec![said(), confirmed.clone()], asked(4, 6), true),
        (
            "confirmed: its progress does not tell the claim",
            vec![said(), confirmed],
            claimed(asked(4, 6)),
            false,
        ),
        ("its progress tells the claim", vec![said()], claimed(asked(3, 5)), true),
        (
            "said to be not started, or not said",
            vec![says(5, 3, Progress::NotStarted)],
            claimed(asked(3, 5)),
            false,
        ),
    ];
    for (case, entries, asked, settled) in cases {
        assert_eq!(outline(&entries).is_settled(asked), settled, "{case}");
    }
}

#[test]
fn a_sheet_that_is_newer_than_the_last_report_needs_only_the_state() {
    let entries = vec![says(5, 3, Progress::InProgress), report(9, 4, Stated::default())];
    let newer = Asked { since: Some(10), day: day(12), claimed: true };
    assert!(outline(&entries).is_settled(newer));
    assert_eq!(kept(&entries).at_event(DUE, 10), Past::Whole(entries).at_event(DUE, 10));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn the_state_of_a_settled_past_answers_as_the_whole_past(
        entries in any_entries(),
        (later, after) in (0..2_u64, 0..2_i64),
        (knows_since, claimed) in any::<(bool, bool)>(),
        stated in any_stated(),
    ) {
        let outline = outline(&entries);
        // The earliest moments for which it is settled, or a little later.
        let since = outline.event.max(outline.retraction) + after;
        let on = outline.reported_on.max(outline.decided_on).unwrap_or(day(1)) + Days::new(later);
        let claimed = claimed && outline.is_claim_plain();
        let asked = Asked { since: knows_since.then_some(since), day: on, claimed };
        prop_assert!(outline.is_settled(asked));
        let (whole, kept) = (Past::Whole(entries.clone()), kept(&entries));
        prop_assert_eq!(values(&whole.as_of(DUE, on), asked), values(&kept.as_of(DUE, on), asked));
        if let Some(number) = asked.since {
            prop_assert_eq!(values(&whole.at_event(DUE, number), asked), values(&kept.at_event(DUE, number), asked));
            prop_assert_eq!(values(&whole.held(DUE, number), asked), values(&kept.held(DUE, number), asked));
            prop_assert_eq!(whole.is_asked_anew(number), kept.is_asked_anew(number));
        }
        let report = (Uuid::from_u128(7), on, 100);
        let with_report = |past: &Past| {
            let state = past.with_report(DUE, report, stated.clone());
            (state.event, values(&state, asked))
        };
        prop_assert_eq!(with_report(&whole), with_report(&kept));
    }
}
