//! Undo: planned first, exact, leaves later work alone, and can itself be undone.

use giaoban::actions::commit_import::Committed;
use giaoban::actions::plan_undo::plan_undo;
use giaoban::actions::undo_import::{UndoImport, Undone, redo_import, undo_import};
use giaoban::actions::upload_import::Uploaded;
use giaoban::domain::access::{Caller, Role};
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::Stated;
use giaoban::domain::import::ImportState;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::error::{Code, Error};
use giaoban::import::undo::{Direction, LaterKind, UndoPlan};
use giaoban::store;
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::Filter;
use uuid::Uuid;

use super::history::{all_is_well, commit, committed, decide, report};
use super::sheet::{Line, assignment_of, changed, current, dump, officer, outcomes, send_lines};
use crate::support::app::{TestApp, on_both, today};

/// Two tasks the department leads and one that it has nothing to do with.
const APRIL: [Line<'_>; 3] = [
    ("VII.4-1", "Đang thực hiện", "60", "tư", ""),
    ("VII.4-3", "Đã hoàn thành", "", "xong", ""),
    ("III.1-7", "Đang thực hiện", "20", "Đã cung cấp dữ liệu", ""),
];

async fn planned(app: &TestApp, caller: &Caller, id: Uuid) -> UndoPlan {
    plan_undo(&app.app, caller, id).await.unwrap().plan
}

fn quoting(id: Uuid, plan: &UndoPlan) -> UndoImport {
    UndoImport { id, plan_hash: plan.hash.clone(), reason: Some("gửi nhầm".into()) }
}

/// Plans and does whatever can be done: the undo, or the redo.
pub(super) async fn turn(app: &TestApp, caller: &Caller, sent: &Uploaded) -> Result<Undone, Error> {
    let plan = plan_undo(&app.app, caller, sent.import.id).await?.plan;
    let wanted = quoting(sent.import.id, &plan);
    match plan.direction {
        Direction::Undo => undo_import(&app.app, caller, wanted).await,
        Direction::Redo => redo_import(&app.app, caller, wanted).await,
    }
}

async fn listed(app: &TestApp) -> u64 {
    let scope = officer(app).await.scope();
    let everything = Filter::default();
    store::assignment::count(app.app.database.reader(), &scope, &everything, AsOf::today(today()))
        .await
        .unwrap()
}

#[tokio::test]
async fn after_an_undo_with_nothing_later_the_current_state_is_that_of_before_and_a_redo_brings_it_back() {
    on_both(async |app| {
        let officer = officer(app).await;
        committed(app, "tháng 3", &[("VII.4-1", "Đang thực hiện", "20", "ba", "ghi chú")]).await;
        let (before, listed_before) = (current(app).await, listed(app).await);
        let sent = committed(app, "tháng 4", &APRIL).await;
        let (after, listed_after) = (current(app).await, listed(app).await);
        assert_eq!(changed(&before, &after), ["assignment"]);
        assert_eq!(listed_after, listed_before + 1, "the task of another unit is listed now");

        for round in 0..2 {
            let whole = dump(app).await;
            let plan = planned(app, &officer, sent.import.id).await;
            assert_eq!(changed(&whole, &dump(app).await), [""; 0], "planning an undo writes nothing");
            assert_eq!((plan.direction, plan.rows.len(), plan.left_alone.len()), (Direction::Undo, 3, 0));
            assert_eq!(plan.consequences.would_reopen, 1, "VII.4-3 is not done any more");

            let done = turn(app, &officer, &sent).await.unwrap();
            assert!(matches!(&done, Undone::Done { import, .. } if import.state == ImportState::Undone));
            assert_eq!(changed(&before, &current(app).await), [""; 0], "round {round}");
            assert_eq!(listed(app).await, listed_before, "nobody asked the department about III.1-7");
            all_is_well(app).await;

            let plan = planned(app, &officer, sent.import.id).await;
            assert_eq!((plan.direction, plan.rows.len()), (Direction::Redo, 3));
            let done = turn(app, &officer, &sent).await.unwrap();
            assert!(matches!(&done, Undone::Done { import, .. } if import.state == ImportState::Committed));
            assert_eq!(changed(&after, &current(app).await), [""; 0], "round {round}");
            assert_eq!(listed(app).await, listed_after);
            all_is_well(app).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_came_later_stays_and_is_named_with_who_and_when() {
    on_both(async |app| {
        let officer = officer(app).await;
        committed(app, "tháng 3", &[("VII.4-1", "Đang thực hiện", "20", "ba", "")]).await;
        let sent = committed(app, "tháng 4", &APRIL).await;
        report(app, "VII.4-3", Stated { note: Some("ghi sau".into()), ..Stated::default() }).await;
        decide(app, "VII.4-1", DecisionKind::Suspend, None).await.unwrap();

        let plan = planned(app, &officer, sent.import.id).await;
        let left: Vec<_> = plan
            .left_alone
            .iter()
            .map(|later| (later.kind, later.task.as_str(), later.author.as_ref().map(|a| &*a.name)))
            .collect();
        let expected = [
            (LaterKind::Report, "VII.4-3", Some("test-unit")),
            (LaterKind::Decision, "VII.4-1", Some("test-office")),
        ];
        assert_eq!(left, expected);
        turn(app, &officer, &sent).await.unwrap();
        let first = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!(
            (first.progress, first.percent, first.result.as_deref()),
            (Progress::Suspended, Percent::from_hundredths(2000), Some("ba"))
        );
        let third = assignment_of(app, "40", "VII.4-3").await.unwrap();
        assert_eq!(
            (third.progress, third.result, third.note.as_deref()),
            (Progress::NotStarted, None, Some("ghi sau"))
        );
        all_is_well(app).await;

        let again = send_lines(app, "tháng 4", &APRIL).await;
        assert_eq!(
            outcomes(&again.plan),
            ["VII.4-1 create", "VII.4-3 create", "III.1-7 create"],
            "sent again it is news again"
        );
        commit(app, &again).await;
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_undone_is_news_again_also_when_it_was_sent_twice_before() {
    on_both(async |app| {
        let officer = officer(app).await;
        let sent = committed(app, "tháng 4", &APRIL).await;
        let twice = send_lines(app, "tháng 4", &APRIL).await;
        assert!(matches!(commit(app, &twice).await, Committed::NoChange { .. }));
        turn(app, &officer, &sent).await.unwrap();
        let again = send_lines(app, "tháng 4", &APRIL).await;
        assert_eq!(
            outcomes(&again.plan),
            ["VII.4-1 create", "VII.4-3 create", "III.1-7 create"],
            "that it was no change then does not make it one now"
        );
    })
    .await;
}

#[tokio::test]
async fn an_undo_does_what_was_seen_or_nothing() {
    on_both(async |app| {
        let officer = officer(app).await;
        let sent = committed(app, "tháng 4", &APRIL).await;
        let id = sent.import.id;
        let seen = planned(app, &officer, id).await;
        report(app, "VII.4-2.2", Stated { note: Some("việc khác".into()), ..Stated::default() }).await;
        assert_eq!(planned(app, &officer, id).await.hash, seen.hash, "another task does not matter");
        report(app, "VII.4-1", Stated { percent: Some(Percent::FULL), ..Stated::default() }).await;
        let before = dump(app).await;
        let stale = undo_import(&app.app, &officer, quoting(id, &seen)).await.unwrap();
        let Undone::Stale { plan } = stale else { panic!("{stale:?}") };
        assert_eq!(changed(&before, &dump(app).await), [""; 0], "nothing was done");
        assert_eq!(plan.left_alone.len(), 1);
        let done = undo_import(&app.app, &officer, quoting(id, &plan)).await.unwrap();
        assert!(matches!(done, Undone::Done { .. }));

        let twice = undo_import(&app.app, &officer, quoting(id, &plan)).await.unwrap();
        assert!(matches!(twice, Undone::Repeated { .. }), "a double click is harmless: {twice:?}");
        turn(app, &officer, &sent).await.unwrap();
        let late = undo_import(&app.app, &officer, quoting(id, &plan)).await.unwrap();
        assert!(
            matches!(late, Undone::Stale { .. }),
            "an old request does not undo what was restored: {late:?}"
        );
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn two_undos_at_once_undo_once() {
    on_both(async |app| {
        let officer = officer(app).await;
        let sent = committed(app, "tháng 4", &APRIL).await;
        let plan = planned(app, &officer, sent.import.id).await;
        let wanted = || undo_import(&app.app, &officer, quoting(sent.import.id, &plan));
        let (one, other) = tokio::join!(wanted(), wanted());
        let both = [one.unwrap(), other.unwrap()];
        assert_eq!(both.iter().filter(|done| matches!(done, Undone::Done { .. })).count(), 1, "{both:?}");
        assert_eq!(both.iter().filter(|done| matches!(done, Undone::Repeated { .. })).count(), 1, "{both:?}");
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_unit_undoes_its_own_until_the_office_has_confirmed_and_the_office_undoes_any() {
    on_both(async |app| {
        let (officer, office) = (officer(app).await, app.caller(Role::Office, &[]).await);
        let sent = committed(app, "tháng 4", &[("VII.4-1", "Đã hoàn thành", "100", "xong", "")]).await;
        let code = |error: Error| (error.code, error.message);
        let foreign = app.caller(Role::Unit, &["79"]).await;
        assert_eq!(turn(app, &foreign, &sent).await.map_err(code).unwrap_err().0, Code::NotFound);
        let leader = app.caller(Role::Leader, &[]).await;
        assert_eq!(turn(app, &leader, &sent).await.map_err(code).unwrap_err().0, Code::Forbidden);

        decide(app, "VII.4-1", DecisionKind::Confirm, None).await.unwrap();
        let (refused, sentence) = turn(app, &officer, &sent).await.map_err(code).unwrap_err();
        assert_eq!(refused, Code::ImportState);
        assert!(sentence.contains("VII.4-1"), "the sentence names the task: {sentence}");
        turn(app, &office, &sent).await.unwrap();
        let (refused, sentence) = turn(app, &officer, &sent).await.map_err(code).unwrap_err();
        assert_eq!(refused, Code::ImportState, "what the office has undone, a unit does not restore");
        assert!(sentence.contains("Văn phòng Bộ"), "{sentence}");
        turn(app, &office, &sent).await.unwrap();
        decide(app, "VII.4-1", DecisionKind::Return, None).await.unwrap();
        turn(app, &officer, &sent).await.unwrap();
        turn(app, &officer, &sent).await.expect("what a unit has undone, it restores");
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_never_committed_cannot_be_undone() {
    on_both(async |app| {
        let officer = officer(app).await;
        let sent = send_lines(app, "tháng 4", &APRIL).await;
        assert_eq!(plan_undo(&app.app, &officer, sent.import.id).await.unwrap_err().code, Code::ImportState);
        let wanted = UndoImport { id: sent.import.id, plan_hash: sent.plan.hash.clone(), reason: None };
        assert_eq!(undo_import(&app.app, &officer, wanted).await.unwrap_err().code, Code::ImportState);
        let reason = Some("lý do ".repeat(500));
        let wanted = UndoImport { id: sent.import.id, plan_hash: String::new(), reason };
        let refused = redo_import(&app.app, &officer, wanted).await.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("reason"));
    })
    .await;
}
