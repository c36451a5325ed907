//! Planning reads the past of an assignment only where it must: what it sees is what the whole past says, whatever
//! happened, in whatever order, and whichever sheet asks.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use giaoban::actions::extend_deadline::{ExtendDeadline, extend_deadline};
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::domain::access::Role;
use giaoban::domain::change::Base;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::past::Past;
use giaoban::domain::history::{AssignmentState, Part, Stated, state_as_of, state_at_event};
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::import::plan::{Snapshot, TaskState};
use giaoban::import::snapshot::{self, About, Purpose, States};
use giaoban::import::value::{Value, word};
use giaoban::store;
use uuid::Uuid;

use super::history::committed;
use super::sheet::{Line, assignment_of, officer};
use super::undo::turn;
use crate::support::app::{TestApp, on_both, today};

const TASKS: [&str; 5] = ["VII.4-1", "VII.4-2.1", "VII.4-2.2", "VII.4-3", "II.1-3"];

/// A row of numbers that look random and are the same in every run (Knuth, The Art of Computer Programming, 3.3.4).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    fn day(&mut self) -> NaiveDate {
        today() - Days::new(self.below(6))
    }
}

/// Something happens to one of the tasks. What the rules refuse does not.
async fn happen(app: &TestApp, numbers: &mut Numbers) {
    let assignment = assignment_of(app, "40", numbers.of(&TASKS)).await.unwrap().id;
    let office = app.caller(Role::Office, &[]).await;
    match numbers.below(8) {
        0 => {
            let kind = numbers.of(&DecisionKind::ALL);
            let decided_on = Some(numbers.day());
            let wanted = RecordDecision { assignment, kind, decided_on, note: None, transferred_to: None };
            let _ = record_decision(&app.app, &office, wanted).await;
        }
        1 => {
            let (new_due, decided_on) = (Some(numbers.day()), Some(numbers.day()));
            let wanted = ExtendDeadline { assignment, new_due, raw: None, reason: None, decided_on };
            let _ = extend_deadline(&app.app, &office, wanted).await;
        }
        _ => {
            let word = numbers.of(&[Progress::NotStarted, Progress::InProgress, Progress::Completed]);
            let stated = Stated {
                progress: Some(word).filter(|_| numbers.below(3) > 0),
                percent: Percent::from_hundredths(numbers.below(10_000) as i64),
                result: Some(format!("kết quả {}", numbers.below(3)).into()),
                cleared: (numbers.below(4) == 0).then_some(Part::Note).into_iter().collect(),
                ..Stated::default()
            };
            let wanted = RecordReport { assignment, reported_on: Some(numbers.day()), stated };
            record_report(&app.app, &officer(app).await, wanted).await.unwrap();
        }
    }
}

async fn seen(app: &TestApp, base_event: Option<i64>, reported_on: NaiveDate) -> Snapshot {
    let db = app.app.database.reader();
    let unit = store::unit::by_code_or_alias(db, "40").await.unwrap().unwrap();
    let known = snapshot::known(db, &unit, Purpose::Planning).await.unwrap();
    let codes = TASKS.into_iter().map(Into::into).collect();
    let nothing = States::new();
    let (alike, layouts) = (None, BTreeSet::new());
    let about = About { codes: &codes, reported_on, base_event, alike, layouts: &layouts, ahead: &nothing };
    let seen = snapshot::snapshot(db, &known, about).await.unwrap();
    let ahead = snapshot::states_ahead(db, &known).await.unwrap();
    let again = snapshot::snapshot(db, &known, About { ahead: &ahead, ..about }).await.unwrap();
    assert_eq!(
        format!("{seen:?}"),
        format!("{again:?}"),
        "states asked for ahead are those asked for by need"
    );
    seen
}

/// The values as our own sheet shows them.
fn shown(state: &AssignmentState) -> Vec<(Part, Option<Value>)> {
    let value = |part| match part {
        Part::Progress => word(state.progress).map(Value::Progress),
        part => Value::of_state(part, state),
    };
    Part::ALL.into_iter().map(|part| (part, value(part))).collect()
}

/// Event numbers are compared only where they decide something: that of today.
fn values(state: &AssignmentState, with_claim: bool) -> AssignmentState {
    let claimed = state.claimed.filter(|_| with_claim);
    AssignmentState { claimed, event: 0, ..state.clone() }
}

/// Compares what is seen of a task with its whole past; says whether that had been read.
async fn compare(app: &TestApp, task: &TaskState, (base, on): (Option<i64>, NaiveDate), case: &str) -> bool {
    let id = task.assignment.unwrap();
    let entries = store::history::of_ids(app.app.database.reader(), &[id]).await.unwrap();
    let whole = Past::Whole(entries.get(&id).cloned().unwrap_or_default());
    let entries = entries.get(&id).map_or(&[][..], Vec::as_slice);
    let with_claim = base.is_none();
    let then = state_as_of(task.due, entries, on);
    assert_eq!(values(&task.compared.state, with_claim), values(&then, with_claim), "{case}: state");
    if let Some(base) = base {
        let started = shown(&state_at_event(task.due, entries, base));
        for ((part, value), (_, ours)) in started.into_iter().zip(shown(&then)) {
            assert_eq!(task.compared.base(part), Base::known(value), "{case}: base of {part:?}");
            assert_eq!(task.compared.ours(part), ours, "{case}: {part:?}");
        }
    }
    let more = |past: &Past| {
        let stated = Stated { progress: Some(Progress::Completed), ..Stated::default() };
        let after = past.with_report(task.due, (Uuid::nil(), on, 1_000_000), stated);
        (after.event, values(&after, with_claim))
    };
    assert_eq!(more(&task.past), more(&whole), "{case}: after one more report");
    matches!(task.past, Past::Whole(_))
}

#[tokio::test]
async fn what_is_seen_of_a_past_is_what_the_whole_past_says() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let mut numbers = Numbers(40);
        let (mut bases, mut read, mut spared) = (vec![None, Some(0)], 0, 0);
        for round in 0..10 {
            let result = format!("theo tệp {round}");
            // The first row is of a task that nobody else touches, so that there always is something to commit.
            let tasks = ["III.1-7"].into_iter().chain(TASKS).take(2 + numbers.below(4) as usize);
            let lines: Vec<Line<'_>> =
                tasks.map(|task| (task, "Đang thực hiện", "60", result.as_str(), "")).collect();
            let sent = committed(app, &format!("lần {round}"), &lines).await;
            for _ in 0..3 {
                happen(app, &mut numbers).await;
            }
            if numbers.below(2) == 0 {
                turn(app, &office, &sent).await.unwrap();
            }
            let head = store::event::head(app.app.database.reader()).await.unwrap();
            bases.push(Some(head.number));
            for base in &bases {
                for on in [today(), today() - Days::new(3)] {
                    for (code, task) in seen(app, *base, on).await.tasks {
                        let case = format!("round {round}, base {base:?}, {on}, {code}");
                        match compare(app, &task, (*base, on), &case).await {
                            true => read += 1,
                            false => spared += 1,
                        }
                    }
                }
            }
        }
        assert!(read > 100 && spared > 30, "both ways are gone: {read} read, {spared} not");
    })
    .await;
}

/// The statements of a plan do not fetch what was reported before the sheet was made.
#[tokio::test]
async fn reports_that_the_sheet_knows_are_not_read_again() {
    on_both(async |app| {
        committed(app, "lần 1", &[("VII.4-1", "Đang thực hiện", "60", "theo tệp", "")]).await;
        let head = store::event::head(app.app.database.reader()).await.unwrap();
        let known = seen(app, Some(head.number), today()).await;
        let past = &known.tasks["VII.4-1"].past;
        assert!(
            matches!(past, Past::Settled(state) if state.percent == Percent::from_hundredths(6000)),
            "{past:?}"
        );
        let before = seen(app, Some(0), today()).await;
        let past = &before.tasks["VII.4-1"].past;
        assert!(matches!(past, Past::Whole(entries) if entries.len() == 1), "{past:?}");
    })
    .await;
}
