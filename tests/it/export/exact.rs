//! Every state that can exist goes out and comes back as it is: written, read by the reader, planned.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use giaoban::domain::change::Theirs;
use giaoban::domain::history::past::Past;
use giaoban::domain::history::{AssignmentState, Part};
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::export::round_trip::{Row, write};
use giaoban::import::answers::Answers;
use giaoban::import::own_sheet::{self, Keyed};
use giaoban::import::plan::{Compared, Context, Outcome, Snapshot, Started, TaskState, Words, plan};
use giaoban::import::value::Value;
use giaoban::sheet::template::Identity;
use giaoban::workbook::read::read_workbook;
use proptest::prelude::*;
use uuid::Uuid;

use super::content::day;
use super::round_trip::{content, row};
use super::texts::hostile;

/// Texts that the store can hold: everything but NUL, up to the length of a cell.
fn text() -> impl Strategy<Value = Option<String>> {
    let any_letter = any::<char>().prop_filter("the store takes no NUL", |c| *c != '\0');
    let troublesome = prop::sample::select(vec![
        '=', '+', '-', '@', '\'', '"', '<', '>', '&', '_', 'x', '0', 'D', ' ', '\n', '\r', '\t', '\u{a0}',
        'ế', '\u{301}', '\u{feff}', '\u{fffe}', '🙂', ';', ',', '.', '%', '(', ')',
    ]);
    let written = prop::collection::vec(prop_oneof![1 => any_letter, 3 => troublesome], 0..60)
        .prop_map(|letters| letters.into_iter().collect::<String>());
    let known =
        prop::sample::select(hostile()).prop_filter("the store takes no NUL", |text| !text.contains('\0'));
    let repeated = (1usize..400, "[a-zế🙂 \n]{1,40}").prop_map(|(times, text)| text.repeat(times));
    prop_oneof![2 => Just(None), 6 => written.prop_map(Some), 1 => known.prop_map(Some), 1 => repeated.prop_map(Some)]
        // The store takes no blank text and no clearing word (`record_report`), and nothing longer than a cell.
        .prop_map(|text| {
            text.filter(|text| {
                !text.trim().is_empty()
                    && !giaoban::domain::change::is_clear_word(text)
                    && text.encode_utf16().count() <= 32_767
            })
        })
}

fn date() -> impl Strategy<Value = NaiveDate> {
    let ends =
        ["1850-07-01", "1900-01-01", "1900-02-28", "1900-03-01", "2020-02-29", "2199-12-31", "2200-01-01"];
    let within = (0u64..110_000).prop_map(|days| day("1900-01-02") + Days::new(days));
    prop_oneof![prop::sample::select(ends.map(day).to_vec()), within]
}

fn state() -> impl Strategy<Value = AssignmentState> {
    let texts = (text(), text(), text(), text());
    let progress = prop::sample::select(Progress::ALL.to_vec());
    let percent = prop::option::of((0i64..=10_000).prop_map(|part| Percent::from_hundredths(part).unwrap()));
    let dates = (prop::option::of(date()), prop::option::of(date()));
    (progress, percent, dates, texts).prop_map(|(progress, percent, (due_on, completed_on), texts)| {
        let (result, difficulties, proposals, note) = texts;
        let mut state = AssignmentState::initial(due_on);
        (state.progress, state.percent, state.completed_on) = (progress, percent, completed_on);
        let text = |text: Option<String>| text.map(Into::into);
        (state.result, state.difficulties) = (text(result), text(difficulties));
        (state.proposals, state.note) = (text(proposals), text(note));
        state
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    // 12 sheets of 90 states: more than a thousand.
    #[test]
    fn every_state_comes_back_as_it_went_out(states in prop::collection::vec(state(), 90)) {
        check(&states);
    }
}

fn check(states: &[AssignmentState]) {
    let bytes = write(&content(rows(states))).unwrap();
    // Not only the same for people: the same to the letter.
    for (came, went) in comes_back(&bytes, states).iter().zip(states) {
        assert_eq!(
            came[..],
            [Part::Result, Part::Difficulties, Part::Proposals, Part::Note]
                .map(|part| text_of(Value::of_state(part, went)))
        );
    }
}

/// The rows of a sheet that shows these states.
pub(super) fn rows(states: &[AssignmentState]) -> Vec<Row> {
    (1..)
        .zip(states)
        .map(|(number, state)| Row {
            due: state.due_on,
            percent: state.percent,
            completed_on: state.completed_on,
            result: state.result.as_deref().map(str::to_owned),
            difficulties: state.difficulties.as_deref().map(str::to_owned),
            proposals: state.proposals.as_deref().map(str::to_owned),
            note: state.note.as_deref().map(str::to_owned),
            ..row(number, state.progress)
        })
        .collect()
}

fn text_of(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::Text(text)) => Some(text.as_ref().to_owned()),
        Some(_) | None => None,
    }
}

/// The wording of every task (`round_trip::row`).
const WORDING: &str = "Đẩy mạnh việc ứng dụng công nghệ số";

/// Reads and plans a sheet that shows these states; nothing may change. Gives the texts as they came.
pub(super) fn comes_back(bytes: &[u8], states: &[AssignmentState]) -> Vec<Vec<Option<String>>> {
    let workbook = read_workbook(bytes).unwrap();
    assert_eq!(Identity::of(&workbook).unwrap().unit_code, "40");
    let located = own_sheet::tables(&workbook).remove(0);
    let codes: HashMap<Uuid, Keyed> = (1..=states.len())
        .map(|number| {
            let keyed = Keyed { code: format!("VII.4-{number}").into(), wording: WORDING.into() };
            (Uuid::from_u128(number as u128), keyed)
        })
        .collect();
    let own_sheet::OwnSheet { claims, findings } = own_sheet::read(&workbook, &located, &codes);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(claims.len(), states.len());
    let tasks = (1u128..).zip(states).map(|(number, state)| {
        let known = TaskState {
            task: Uuid::from_u128(number),
            is_heading: false,
            assignment: Some(Uuid::from_u128(number)),
            role: giaoban::domain::assignment::AssignmentRole::Lead,
            due: state.due_on,
            past: Past::default(),
            event: 0,
            compared: Compared {
                state: Arc::new(state.clone()),
                words: Words::Shown,
                started: Started::AsStored,
                authors: None,
            },
            returned: false,
            superseded: false,
        };
        (Arc::from(format!("VII.4-{number}")), known)
    });
    let snapshot = Snapshot { tasks: tasks.collect(), ..Snapshot::default() };
    let answers = Answers::default();
    let context = Context { reported_on: day("2020-04-30"), answers: &answers, findings: &[] };
    let planned = plan(&claims, &snapshot, context);
    for row in &planned.rows {
        assert_eq!(row.outcome, Outcome::NoChange, "{:?} {:?}", row, row.findings);
        assert!(row.findings.is_empty(), "{:?}", row.findings);
    }
    let texts = |claim: &giaoban::import::claim::Claim| {
        [Part::Result, Part::Difficulties, Part::Proposals, Part::Note]
            .map(|part| match claim.says.get(&part).unwrap().theirs.clone() {
                Theirs::Value(value) => text_of(Some(value)),
                Theirs::Absent | Theirs::Blank | Theirs::Clear => None,
            })
            .to_vec()
    };
    claims.iter().map(texts).collect()
}
