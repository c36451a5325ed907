//! What stands beside and after an import: reports by hand, decisions, deadlines, answers.

use giaoban::actions::answer_import::answer_import;
use giaoban::actions::check_data::check_data;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::extend_deadline::{ExtendDeadline, extend_deadline};
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::actions::upload_import::Uploaded;
use giaoban::domain::access::Role;
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::finding::FindingCode;
use giaoban::domain::history::{Part, Stated};
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::error::{Code, Error};
use giaoban::import::answers::{Answers, Link, RowAnswer, Side};
use sea_orm::ConnectionTrait;

use super::sheet::{Line, assignment_of, officer, outcomes, send_lines, task_of};
use crate::support::app::{TestApp, on_both, today};

pub(super) async fn commit(app: &TestApp, sent: &Uploaded) -> Committed {
    let (id, plan_hash) = (sent.import.id, sent.plan.hash.clone());
    let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
    commit_import(&app.app, &officer(app).await, wanted).await.unwrap()
}

pub(super) async fn committed(app: &TestApp, mark: &str, lines: &[Line<'_>]) -> Uploaded {
    let sent = send_lines(app, mark, lines).await;
    assert!(matches!(commit(app, &sent).await, Committed::Stored { .. }));
    sent
}

pub(super) async fn decide(
    app: &TestApp,
    code: &str,
    kind: DecisionKind,
    to: Option<&str>,
) -> Result<(), Error> {
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

pub(super) async fn report(app: &TestApp, code: &str, stated: Stated) {
    let assignment = assignment_of(app, "40", code).await.unwrap().id;
    let wanted = RecordReport { assignment, reported_on: None, stated };
    record_report(&app.app, &officer(app).await, wanted).await.unwrap();
}

async fn progress_of(app: &TestApp, code: &str) -> Progress {
    assignment_of(app, "40", code).await.unwrap().progress
}

/// The state beside the history is what the history folds to, for every assignment, and the log is whole.
pub(super) async fn all_is_well(app: &TestApp) {
    let checked = check_data(&app.app, &app.caller(Role::Admin, &[]).await).await.unwrap();
    assert!(checked.is_whole() && checked.assignments > 300, "{checked:?}");
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
        assert_eq!(progress_of(app, "VII.4-1").await, Progress::InProgress);
        report(app, "VII.4-1", Stated { progress: Some(Progress::Completed), ..Stated::default() }).await;
        decide(app, "VII.4-1", DecisionKind::Confirm, None).await.unwrap();
        assert_eq!(progress_of(app, "VII.4-1").await, Progress::Completed);
        report(app, "VII.4-1", Stated { progress: Some(Progress::InProgress), ..Stated::default() }).await;
        assert_eq!(progress_of(app, "VII.4-1").await, Progress::Completed, "a report does not reopen it");

        decide(app, "VII.4-3", DecisionKind::Suspend, None).await.unwrap();
        decide(app, "VII.4-3", DecisionKind::Resume, None).await.unwrap();
        let nowhere = decide(app, "VII.4-3", DecisionKind::Transfer, None).await.unwrap_err();
        assert_eq!(nowhere.field.as_deref(), Some("transferred_to"));
        decide(app, "VII.4-3", DecisionKind::Transfer, Some("THH")).await.unwrap();
        assert_eq!(progress_of(app, "VII.4-3").await, Progress::Transferred);
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
async fn who_takes_a_task_over_leads_it_within_the_extended_deadline() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let to = async |unit: &str, code: &str, taker: &str| {
            let wanted = RecordDecision {
                assignment: assignment_of(app, unit, code).await.unwrap().id,
                kind: DecisionKind::Transfer,
                decided_on: None,
                note: None,
                transferred_to: Some(taker.to_owned()),
            };
            record_decision(&app.app, &office, wanted).await.unwrap();
            assignment_of(app, taker, code).await.unwrap()
        };
        let later = today().checked_add_days(chrono::Days::new(60));
        let extended = ExtendDeadline {
            assignment: assignment_of(app, "40", "VII.4-3").await.unwrap().id,
            new_due: later,
            raw: None,
            reason: None,
            decided_on: None,
        };
        extend_deadline(&app.app, &office, extended).await.unwrap();
        let taken = to("40", "VII.4-3", "THH").await;
        assert_eq!((taken.role, taken.due_on), (AssignmentRole::Lead, later));
        // Nghệ An only coordinates this one, until Cục Viễn thông hands it over.
        let coordinating = assignment_of(app, "40", "II.1-3").await.unwrap();
        assert_eq!(coordinating.role, AssignmentRole::Coordinating);
        let taken = to("CVT", "II.1-3", "40").await;
        assert_eq!((taken.id, taken.role), (coordinating.id, AssignmentRole::Lead));
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
        assert_eq!(carried.plan.rows[0].stated().percent, None, "50 % is what the sheet said before");

        let both = send_lines(app, "tháng 6", &line("90", "")).await;
        assert_eq!(outcomes(&both.plan), ["VII.4-1 conflict"]);
        let place = (both.plan.rows[0].place.sheet.to_string(), both.plan.rows[0].place.row);
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
            (place.sheet.to_string(), place.row)
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
async fn completed_again_after_a_return_is_news_beside_other_news_and_a_question_alone() {
    on_both(async |app| {
        let line = |result| [("VII.4-1", "Đã hoàn thành", "100", result, "")];
        committed(app, "tháng 4", &line("xong")).await;
        decide(app, "VII.4-1", DecisionKind::Return, None).await.unwrap();

        let alone = send_lines(app, "tháng 5", &line("xong")).await;
        assert_eq!(outcomes(&alone.plan), ["VII.4-1 conflict"], "perhaps nobody looked at the row again");
        let progress = alone.plan.rows[0].cells().find(|cell| cell.part == Part::Progress).unwrap();
        assert_eq!(progress.author.as_ref().map(|author| &*author.name), Some("test-office"));
        let codes: Vec<_> = alone.plan.rows[0].findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&FindingCode::CompletedAfterReturn), "{codes:?}");

        let with_news = send_lines(app, "tháng 5", &line("đã bổ sung hồ sơ")).await;
        assert_eq!(outcomes(&with_news.plan), ["VII.4-1 create"]);
        assert_eq!(with_news.plan.consequences.would_complete, 1);
        commit(app, &with_news).await;
        assert_eq!(
            progress_of(app, "VII.4-1").await,
            Progress::AwaitingConfirmation,
            "the office looks again"
        );
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_file_again_is_no_change_whatever_was_sent_in_between() {
    on_both(async |app| {
        let month = |percent| {
            [("VII.4-1", "Đang thực hiện", percent, "", ""), ("Việc riêng của Sở", "", "150", "", "")]
        };
        let april = committed(app, "tháng 4", &month("20")).await;
        for (mark, percent) in [("tháng 5", "30"), ("tháng 6", "40"), ("tháng 7", "50"), ("tháng 8", "60")]
        {
            committed(app, mark, &month(percent)).await;
        }
        let again = send_lines(app, "tháng 4", &month("20")).await;
        assert_eq!(again.earlier.as_ref().map(|earlier| earlier.id), Some(april.import.id));
        assert_eq!(outcomes(&again.plan)[0], "VII.4-1 no_change");
        let done = commit(app, &again).await;
        assert!(
            matches!(done, Committed::NoChange { earlier: Some(id), .. } if id == april.import.id),
            "{done:?}"
        );
        let after = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!(
            after.percent,
            Percent::from_hundredths(6000),
            "an old file does not bring old values back"
        );
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

#[tokio::test]
async fn rows_that_name_the_same_thing_twice_must_agree() {
    on_both(async |app| {
        committed(app, "tháng 4", &[("VII.4-1", "Đã hoàn thành", "100", "xong", "")]).await;
        send_lines(app, "tháng 5", &[("VII.4-1", "Đã hoàn thành", "100", "xong rồi", "")]).await;
        all_is_well(app).await;
        let other = "(SELECT MIN(code) FROM unit WHERE code <> '40')";
        let other_import = "(SELECT id FROM import WHERE import.id <> import_id LIMIT 1)";
        let altered = [
            format!("UPDATE report SET unit_id = (SELECT id FROM unit WHERE code = {other})"),
            format!("UPDATE report SET import_id = {other_import}"),
            format!("UPDATE import_row SET import_id = {other_import}"),
        ];
        let admin = app.caller(Role::Admin, &[]).await;
        for (number, alter) in (1..).zip(altered) {
            app.app.database.writer().execute_unprepared(&alter).await.unwrap();
            let damage = check_data(&app.app, &admin).await.unwrap().damage;
            assert!(
                damage.len() >= number && damage.iter().all(|said| said.contains("another")),
                "{damage:?}"
            );
        }
    })
    .await;
}
