//! What stands beside and after an import: reports by hand, decisions, deadlines, answers, undo.

use giaoban::actions::answer_import::answer_import;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::extend_deadline::{ExtendDeadline, extend_deadline};
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::actions::undo_import::undo_import;
use giaoban::actions::upload_import::Uploaded;
use giaoban::domain::access::{Role, Scope};
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::finding::FindingCode;
use giaoban::domain::history::{AssignmentState, Stated, state_now};
use giaoban::domain::import::ImportState;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::error::{Code, Error};
use giaoban::events::{Chain, verify_chain};
use giaoban::import::answers::{Answers, Link, RowAnswer, Side};
use giaoban::store;

use super::sheet::{Line, assignment_of, officer, outcomes, send_lines, task_of};
use crate::support::app::{TestApp, on_both, today};

async fn commit(app: &TestApp, sent: &Uploaded) -> Committed {
    let (id, plan_hash) = (sent.import.id, sent.plan.hash.clone());
    let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
    commit_import(&app.app, &officer(app).await, wanted).await.unwrap()
}

async fn committed(app: &TestApp, mark: &str, lines: &[Line<'_>]) -> Uploaded {
    let sent = send_lines(app, mark, lines).await;
    assert!(matches!(commit(app, &sent).await, Committed::Stored { .. }));
    sent
}

async fn decide(app: &TestApp, code: &str, kind: DecisionKind, to: Option<&str>) -> Result<(), Error> {
    let wanted = RecordDecision {
        assignment: assignment_of(app, "40", code).await.unwrap().id,
        kind,
        decided_on: None,
        note: None,
        transferred_to: to.map(str::to_owned),
    };
    let office = app.caller(Role::Office, &[]).await;
    record_decision(&app.app, &office, wanted).await.map(|_| ())
}

async fn report(app: &TestApp, code: &str, stated: Stated) {
    let assignment = assignment_of(app, "40", code).await.unwrap().id;
    let wanted = RecordReport { assignment, reported_on: None, stated };
    record_report(&app.app, &officer(app).await, wanted).await.unwrap();
}

async fn progress(app: &TestApp, code: &str) -> Progress {
    assignment_of(app, "40", code).await.unwrap().progress
}

/// The state beside the history is what the history folds to, for every assignment, and the log is whole.
async fn all_is_well(app: &TestApp) {
    let db = app.app.database.reader();
    let notices = store::notice::open(db, &Scope::All).await.unwrap();
    let tasks = store::task::of_notices(db, &Scope::All, &[notices[0].id]).await.unwrap();
    let ids: Vec<_> = tasks.iter().map(|task| task.id).collect();
    let assignments = store::assignment::all_by_task_ids(db, &Scope::All, &ids).await.unwrap();
    let touched: Vec<_> = assignments.values().flatten().filter(|row| row.state_event > 0).collect();
    let touched_ids: Vec<_> = touched.iter().map(|row| row.id).collect();
    let histories = store::history::of_ids(db, &touched_ids).await.unwrap();
    for row in touched {
        let due = tasks.iter().find(|task| task.id == row.task_id).and_then(|task| task.deadline_due);
        let mut folded = row.clone();
        store::history::put_state(&mut folded, &AssignmentState::initial(None));
        store::history::put_state(&mut folded, &state_now(due, &histories[&row.id]));
        assert_eq!(&folded, row);
    }
    assert!(matches!(verify_chain(db).await.unwrap(), Chain::Whole { .. }));
}

#[tokio::test]
async fn the_office_confirms_returns_suspends_and_transfers() {
    on_both(async |app| {
        assert_eq!(
            decide(app, "VII.4-1", DecisionKind::Confirm, None).await.unwrap_err().code,
            Code::InvalidInput,
            "nobody has reported it done"
        );
        committed(app, "tháng 4", &[("VII.4-1", "Đã hoàn thành", "100", "xong", "")]).await;
        decide(app, "VII.4-1", DecisionKind::Return, None).await.unwrap();
        assert_eq!(progress(app, "VII.4-1").await, Progress::InProgress);
        report(app, "VII.4-1", Stated { progress: Some(Progress::Completed), ..Stated::default() }).await;
        decide(app, "VII.4-1", DecisionKind::Confirm, None).await.unwrap();
        assert_eq!(progress(app, "VII.4-1").await, Progress::Completed);
        report(app, "VII.4-1", Stated { progress: Some(Progress::InProgress), ..Stated::default() }).await;
        assert_eq!(progress(app, "VII.4-1").await, Progress::Completed, "a report does not reopen it");

        decide(app, "VII.4-3", DecisionKind::Suspend, None).await.unwrap();
        decide(app, "VII.4-3", DecisionKind::Resume, None).await.unwrap();
        let nowhere = decide(app, "VII.4-3", DecisionKind::Transfer, None).await.unwrap_err();
        assert_eq!(nowhere.field.as_deref(), Some("transferred_to"));
        decide(app, "VII.4-3", DecisionKind::Transfer, Some("THH")).await.unwrap();
        assert_eq!(progress(app, "VII.4-3").await, Progress::Transferred);
        assert!(assignment_of(app, "THH", "VII.4-3").await.is_some(), "the other unit has it now");
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn only_the_office_decides_and_extends() {
    on_both(async |app| {
        let assignment = assignment_of(app, "40", "VII.4-3").await.unwrap().id;
        let extend = |new_due| ExtendDeadline {
            assignment,
            new_due,
            raw: None,
            reason: Some("xin gia hạn".into()),
            decided_on: None,
        };
        let later = today().checked_add_days(chrono::Days::new(60));
        let officer = officer(app).await;
        let refused = extend_deadline(&app.app, &officer, extend(later)).await.unwrap_err();
        assert_eq!(refused.code, Code::Forbidden);
        let decision = RecordDecision {
            assignment,
            kind: DecisionKind::Suspend,
            decided_on: None,
            note: None,
            transferred_to: None,
        };
        assert_eq!(record_decision(&app.app, &officer, decision).await.unwrap_err().code, Code::Forbidden);
        let office = app.caller(Role::Office, &[]).await;
        let (change, after) = extend_deadline(&app.app, &office, extend(later)).await.unwrap();
        assert_eq!((change.new_due, after.due_on), (later, later));
        let same = extend_deadline(&app.app, &office, extend(later)).await.unwrap_err();
        assert_eq!(same.field.as_deref(), Some("new_due"));
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_report_outside_the_scope_is_about_nothing() {
    on_both(async |app| {
        let assignment = assignment_of(app, "79", "VII.4-1").await.unwrap().id;
        let stated = Stated { percent: Some(Percent::FULL), ..Stated::default() };
        let wanted = RecordReport { assignment, reported_on: None, stated };
        let refused = record_report(&app.app, &officer(app).await, wanted).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_stale_value_of_the_sheet_does_not_undo_later_work_and_two_changes_are_a_conflict() {
    on_both(async |app| {
        let line = |percent, result| [("VII.4-1", "Đang thực hiện", percent, result, "")];
        committed(app, "tháng 4", &line("50", "")).await;
        let by_hand = Stated { percent: Percent::from_hundredths(7000), ..Stated::default() };
        report(app, "VII.4-1", by_hand).await;

        let carried = send_lines(app, "tháng 5", &line("50", "thêm kết quả")).await;
        assert_eq!(outcomes(&carried.plan), ["VII.4-1 create"]);
        assert_eq!(carried.plan.rows[0].stated.percent, None, "50 % is what the sheet said before");

        let both = send_lines(app, "tháng 6", &line("90", "")).await;
        assert_eq!(outcomes(&both.plan), ["VII.4-1 conflict"]);
        let place = (both.plan.rows[0].place.sheet.clone(), both.plan.rows[0].place.row);
        let answer = RowAnswer { side: Some(Side::Theirs), ..RowAnswer::default() };
        let answers = Answers { rows: [(place, answer)].into(), ..Answers::default() };
        let officer = officer(app).await;
        let settled = answer_import(&app.app, &officer, both.import.id, answers).await.unwrap();
        assert_eq!(outcomes(&settled.plan), ["VII.4-1 create"]);
        assert!(matches!(commit(app, &both).await, Committed::Stale { .. }), "the answer made another plan");
        assert!(matches!(commit(app, &settled).await, Committed::Stored { .. }));
        let after = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!(after.percent, Percent::from_hundredths(9000));
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_open_question_is_answered_or_set_aside() {
    on_both(async |app| {
        let officer = officer(app).await;
        let lines = [("VII.4-1", "Đang thực hiện", "40", "a", ""), ("Việc nội bộ của Sở", "", "10", "b", "")];
        let sent = send_lines(app, "tháng 4", &lines).await;
        let place = |index: usize| {
            let place = &sent.plan.rows[index].place;
            (place.sheet.clone(), place.row)
        };
        let link = |code: &str| RowAnswer { link: Some(Link::Task(code.into())), ..RowAnswer::default() };
        let answer =
            |rows| answer_import(&app.app, &officer, sent.import.id, Answers { rows, ..Answers::default() });
        let linked = answer([(place(1), link("VII.4-3"))].into()).await.unwrap();
        assert_eq!(outcomes(&linked.plan), ["VII.4-1 create", "VII.4-3 create"]);
        let none = RowAnswer { link: Some(Link::NotATask), ..RowAnswer::default() };
        let aside = answer([(place(0), none)].into()).await.unwrap();
        assert_eq!(outcomes(&aside.plan), ["- not_ours", "VII.4-3 create"], "answers add up");
        for wrong in [
            ((String::from("Không có"), 9), link("VII.4-3")),
            (place(0), link("IX.9-9")),
            (place(0), link("VII.4-2")),
        ] {
            assert_eq!(answer([wrong].into()).await.unwrap_err().field.as_deref(), Some("rows"));
        }
        assert!(matches!(commit(app, &aside).await, Committed::Stored { .. }));
        let after = assignment_of(app, "40", "VII.4-3").await.unwrap();
        assert_eq!(after.result.as_deref(), Some("b"));
        assert_eq!(assignment_of(app, "40", "VII.4-1").await.unwrap().last_report_id, None);
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn undo_takes_back_what_the_import_said_and_leaves_later_work_alone() {
    on_both(async |app| {
        let officer = officer(app).await;
        committed(app, "tháng 3", &[("VII.4-1", "Đang thực hiện", "20", "ba", "")]).await;
        let april =
            [("VII.4-1", "Đang thực hiện", "60", "tư", ""), ("VII.4-3", "Đã hoàn thành", "", "xong", "")];
        let sent = committed(app, "tháng 4", &april).await;
        report(app, "VII.4-3", Stated { note: Some("ghi sau".into()), ..Stated::default() }).await;

        let undone = undo_import(&app.app, &officer, sent.import.id, Some("gửi nhầm".into())).await.unwrap();
        assert_eq!((undone.retracted.len(), undone.left_alone.len()), (2, 1));
        assert_eq!(undone.import.state, ImportState::Undone);
        let first = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!((first.percent, first.result.as_deref()), (Percent::from_hundredths(2000), Some("ba")));
        let third = assignment_of(app, "40", "VII.4-3").await.unwrap();
        assert_eq!(
            (third.progress, third.result, third.note.as_deref()),
            (Progress::NotStarted, None, Some("ghi sau"))
        );
        all_is_well(app).await;

        let again = send_lines(app, "tháng 4", &april).await;
        assert_eq!(
            outcomes(&again.plan),
            ["VII.4-1 create", "VII.4-3 create"],
            "sent again it is news again"
        );
        let twice = undo_import(&app.app, &officer, sent.import.id, None).await.unwrap_err();
        assert_eq!(twice.code, Code::ImportState);
    })
    .await;
}

#[tokio::test]
async fn what_the_office_has_confirmed_only_the_office_undoes() {
    on_both(async |app| {
        let sent = committed(app, "tháng 4", &[("VII.4-1", "Đã hoàn thành", "100", "xong", "")]).await;
        decide(app, "VII.4-1", DecisionKind::Confirm, None).await.unwrap();
        let refused = undo_import(&app.app, &officer(app).await, sent.import.id, None).await.unwrap_err();
        assert_eq!(refused.code, Code::ImportState);
        let office = app.caller(Role::Office, &[]).await;
        undo_import(&app.app, &office, sent.import.id, None).await.unwrap();
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_status_that_the_office_decides_is_shown_and_not_stored() {
    on_both(async |app| {
        let sent = send_lines(app, "tháng 4", &[("VII.4-1", "Tạm dừng", "", "chờ kinh phí", "")]).await;
        let codes: Vec<_> = sent.plan.rows[0].findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&FindingCode::StatusNeedsDecision), "{codes:?}");
        commit(app, &sent).await;
        let after = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!((after.progress, after.result.as_deref()), (Progress::NotStarted, Some("chờ kinh phí")));
        assert!(task_of(app, "VII.4-1").await.is_some());
    })
    .await;
}
