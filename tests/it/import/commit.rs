//! From a file to stored progress: what is planned, what is stored, what is not, and that nothing is stored twice.

use giaoban::actions::commit_import::{CommitImport, Committed, commit_import, kept_out};
use giaoban::actions::discard_import::discard_import;
use giaoban::actions::plan_import::plan_import;
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::domain::access::{Role, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::history::Stated;
use giaoban::domain::import::{ImportState, RowOutcome};
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::error::{Code, Error};
use giaoban::events::{Chain, verify_chain};
use giaoban::import::plan::Plan;
use giaoban::import::plan_json::{WithRows, import_json, plan_json};
use giaoban::store;

use super::sheet::{assignment_of, dump, officer, outcomes, send, send_lines, workbook};
use crate::support::app::{TestApp, on_both};

/// Three rows: two tasks the department leads, and one of a ministry unit.
const APRIL: [super::sheet::Line<'_>; 3] = [
    ("VII.4-1", "Đang thực hiện", "50", "Đã gỡ 12 bài", "giữ"),
    ("VII.4-3", "Đã hoàn thành", "100", "Đã ban hành kế hoạch", ""),
    ("III.1-7", "Đang thực hiện", "20", "Đã cung cấp dữ liệu", ""),
];

async fn commit(app: &TestApp, sent: &Uploaded) -> Result<Committed, Error> {
    let wanted =
        CommitImport { id: sent.import.id, plan_hash: sent.plan.hash.clone(), ..CommitImport::default() };
    commit_import(&app.app, &officer(app).await, wanted).await
}

async fn committed(app: &TestApp, mark: &str, lines: &[super::sheet::Line<'_>]) -> Uploaded {
    let sent = send_lines(app, mark, lines).await;
    let done = commit(app, &sent).await.unwrap();
    assert!(matches!(done, Committed::Stored { .. }), "{done:?}");
    sent
}

async fn chain_is_whole(app: &TestApp) {
    let chain = verify_chain(app.app.database.reader()).await.unwrap();
    assert!(matches!(chain, Chain::Whole { events } if events > 1), "{chain:?}");
}

async fn reports(app: &TestApp) -> u64 {
    store::report::count(app.app.database.reader(), &Scope::All, &store::report::Filter::default())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_file_is_planned_then_stored_then_known() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        assert_eq!(outcomes(&sent.plan), ["VII.4-1 create", "VII.4-3 create", "III.1-7 create"]);
        assert_eq!(sent.plan.consequences.would_complete, 1);
        assert_eq!(sent.plan.consequences.about_tasks_of_others, 1);
        assert_eq!(reports(app).await, 0, "an upload stores no report");

        let done = commit(app, &sent).await.unwrap();
        assert!(matches!(&done, Committed::Stored { import, .. } if import.state == ImportState::Committed));
        let first = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!(
            (first.progress, first.percent, first.note.as_deref()),
            (Progress::InProgress, Percent::from_hundredths(5000), Some("giữ"))
        );
        let third = assignment_of(app, "40", "VII.4-3").await.unwrap();
        assert_eq!(third.progress, Progress::AwaitingConfirmation, "done waits for the office");
        assert_eq!(third.completed_on, Some(crate::support::app::today()));

        let again = send_lines(app, "Quý I", &APRIL).await;
        assert!(again.plan.is_no_change(), "{:?}", outcomes(&again.plan));
        assert_eq!(again.earlier.as_ref().map(|import| import.id), Some(sent.import.id));
        let done = commit(app, &again).await.unwrap();
        assert!(matches!(done, Committed::NoChange { earlier: Some(id), .. } if id == sent.import.id));
        assert_eq!(reports(app).await, 3, "nothing twice");
        chain_is_whole(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_plan_writes_nothing() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        let before = dump(app).await;
        let plan = plan_import(&app.app, &officer(app).await, sent.import.id).await.unwrap().plan;
        assert_eq!(before, dump(app).await);
        assert_eq!(plan.hash, sent.plan.hash, "the same plan from what was kept of the file");
        let whole =
            |plan: &Plan| serde_json::to_value(WithRows { head: plan_json(plan), rows: &plan.rows }).unwrap();
        assert_eq!(whole(&plan), whole(&sent.plan));
    })
    .await;
}

#[tokio::test]
async fn a_report_on_a_task_of_another_unit_never_changes_that_unit() {
    on_both(async |app| {
        let task = super::sheet::task_of(app, "III.1-7").await.unwrap();
        let lead = async || {
            let db = app.app.database.reader();
            let mut all = store::assignment::all_by_task_ids(db, &Scope::All, &[task.id]).await.unwrap();
            let all = all.remove(&task.id).unwrap();
            all.into_iter().find(|assignment| assignment.role == AssignmentRole::Lead).unwrap()
        };
        let before = lead().await;
        assert!(
            assignment_of(app, "40", "III.1-7").await.is_none(),
            "the department has nothing to do with it"
        );
        committed(app, "Quý I", &[("III.1-7", "Đã hoàn thành", "100", "xong", "")]).await;
        assert_eq!(lead().await, before);
        let own = assignment_of(app, "40", "III.1-7").await.unwrap();
        assert_eq!((own.role, own.progress), (AssignmentRole::Other, Progress::AwaitingConfirmation));
    })
    .await;
}

#[tokio::test]
async fn blank_keeps_the_word_clears_and_an_absent_row_says_nothing() {
    on_both(async |app| {
        committed(app, "tháng 4", &APRIL).await;
        committed(app, "tháng 5", &[("VII.4-1", "", "70", "", "(xoá)")]).await;
        let first = assignment_of(app, "40", "VII.4-1").await.unwrap();
        assert_eq!(first.percent, Percent::from_hundredths(7000), "taken");
        assert_eq!(first.result.as_deref(), Some("Đã gỡ 12 bài"), "blank keeps");
        assert_eq!(first.note, None, "(xoá) clears");
        assert_eq!(first.progress, Progress::InProgress, "blank keeps");
        let absent = assignment_of(app, "40", "VII.4-3").await.unwrap();
        assert_eq!(absent.progress, Progress::AwaitingConfirmation, "an absent row changes nothing");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_stale_when_a_concerned_row_changed_and_only_then() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL[..2]).await;
        let report = async |code: &str, result: &str| {
            let assignment = assignment_of(app, "40", code).await.unwrap().id;
            let stated = Stated { result: Some(result.into()), ..Stated::default() };
            let wanted = RecordReport { assignment, reported_on: None, stated };
            record_report(&app.app, &officer(app).await, wanted).await.unwrap();
        };
        report("VII.4-2.2", "việc khác").await;
        let again = plan_import(&app.app, &officer(app).await, sent.import.id).await.unwrap();
        assert_eq!(again.plan.hash, sent.plan.hash, "another task does not matter");

        report("VII.4-1", "người khác vừa ghi").await;
        let Committed::Stale { plan } = commit(app, &sent).await.unwrap() else { panic!("not stale") };
        assert_ne!(plan.hash, sent.plan.hash);
        assert_eq!(reports(app).await, 2, "nothing was stored");

        let seen = Uploaded { plan: *plan, ..sent };
        assert!(matches!(commit(app, &seen).await.unwrap(), Committed::Stored { .. }));
        chain_is_whole(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_file_from_twenty_clients_at_once_is_stored_once() {
    on_both(async |app| {
        let bytes = workbook(app, "Quý I", &APRIL).await;
        let caller = officer(app).await;
        let clients: Vec<_> = (0..20)
            .map(|_| {
                let (app, caller, bytes) = (app.app.clone(), caller.clone(), bytes.clone());
                tokio::spawn(async move {
                    let upload = Upload { unit: "40".into(), file_name: None, bytes, reported_on: None };
                    let sent = upload_import(&app, &caller, upload).await?;
                    let (id, plan_hash) = (sent.import.id, sent.plan.hash);
                    let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
                    commit_import(&app, &caller, wanted).await
                })
            })
            .collect();
        let (mut stored, mut known) = (0, 0);
        for client in clients {
            match client.await.unwrap().unwrap() {
                Committed::Stored { .. } => stored += 1,
                Committed::NoChange { .. } => known += 1,
                other
                @ (Committed::Repeated { .. } | Committed::KeptOut { .. } | Committed::Stale { .. }) => {
                    panic!("{other:?}")
                }
            }
        }
        assert_eq!((stored, known), (1, 19));
        assert_eq!(reports(app).await, 3);
        chain_is_whole(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_hash_that_was_never_shown_is_stale_although_the_content_is_known() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        commit(app, &sent).await.unwrap();
        let again = send_lines(app, "gửi lại", &APRIL).await;
        let quoting = |plan_hash: &str| CommitImport {
            id: again.import.id,
            plan_hash: plan_hash.to_owned(),
            ..CommitImport::default()
        };
        let caller = officer(app).await;
        let foreign = commit_import(&app.app, &caller, quoting(&sent.plan.hash)).await.unwrap();
        assert!(matches!(foreign, Committed::Stale { .. }), "the plan of another import");
        let shown = commit_import(&app.app, &caller, quoting(&again.plan.hash)).await.unwrap();
        assert!(matches!(shown, Committed::NoChange { .. }));
    })
    .await;
}

#[tokio::test]
async fn two_commits_of_one_import_at_once_store_once() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        let (one, other) = tokio::join!(commit(app, &sent), commit(app, &sent));
        let stored = [one.unwrap(), other.unwrap()];
        let count = |wanted: fn(&Committed) -> bool| stored.iter().filter(|done| wanted(done)).count();
        assert_eq!(count(|done| matches!(done, Committed::Stored { .. })), 1, "{stored:?}");
        assert_eq!(count(|done| matches!(done, Committed::Repeated { .. })), 1, "{stored:?}");
        assert_eq!(reports(app).await, 3);
    })
    .await;
}

#[tokio::test]
async fn bad_rows_stay_out_and_with_strict_keep_everything_out() {
    on_both(async |app| {
        let lines = [
            ("VII.4-1", "Đang thực hiện", "50", "", ""),
            ("VII.4-3", "Đang thực hiện", "150", "", ""),
            ("Sửa mái nhà để xe của cơ quan", "Đang thực hiện", "10", "", ""),
        ];
        let sent = send_lines(app, "Quý I", &lines).await;
        assert_eq!(outcomes(&sent.plan), ["VII.4-1 create", "VII.4-3 error", "- not_ours"]);
        let strict = CommitImport {
            id: sent.import.id,
            plan_hash: sent.plan.hash.clone(),
            strict: true,
            ..CommitImport::default()
        };
        let refused = commit_import(&app.app, &officer(app).await, strict).await.unwrap();
        let Committed::KeptOut { plan, strict: true } = refused else { panic!("{refused:?}") };
        let sentence = kept_out(&plan, true);
        assert_eq!(sentence.code, Code::ImportState);
        assert!(sentence.message.contains("dòng 6 (Lỗi)"), "{}", sentence.message);
        let named = plan.kept_out();
        assert_eq!(named.len(), 1, "the department's own work is no fault: {named:?}");
        assert_eq!(
            (named[0].row, named[0].cell.as_deref(), named[0].code),
            (6, Some("F6"), "percent_over_100")
        );
        assert_eq!(reports(app).await, 0);
        commit(app, &sent).await.unwrap();
        assert_eq!(reports(app).await, 1);
        let rows =
            store::import::rows_by_import_ids(app.app.database.reader(), &[sent.import.id]).await.unwrap();
        let ids: Vec<_> = rows[&sent.import.id].iter().map(|row| row.id).collect();
        let reports = store::report::by_import_row_ids(app.app.database.reader(), &Scope::All, &ids);
        let reports = reports.await.unwrap();
        let made: Vec<_> =
            rows[&sent.import.id].iter().map(|row| (row.outcome, reports.contains_key(&row.id))).collect();
        let expected = [(RowOutcome::Create, true), (RowOutcome::Error, false), (RowOutcome::NotOurs, false)];
        assert_eq!(made, expected, "each row leads to its report");
    })
    .await;
}

#[tokio::test]
async fn other_units_and_other_roles_are_kept_out() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        let foreign = app.caller(Role::Unit, &["79"]).await;
        let id = sent.import.id;
        let wanted = CommitImport { id, plan_hash: sent.plan.hash.clone(), ..CommitImport::default() };
        let answers = [
            commit_import(&app.app, &foreign, wanted.clone()).await.map(|_| ()),
            plan_import(&app.app, &foreign, id).await.map(|_| ()),
            discard_import(&app.app, &foreign, id).await.map(|_| ()),
            plan_import(&app.app, &foreign, uuid::Uuid::nil()).await.map(|_| ()),
        ];
        for answer in answers {
            assert_eq!(answer.unwrap_err().code, Code::NotFound);
        }
        let upload = Upload { unit: "40".into(), file_name: None, bytes: vec![], reported_on: None };
        let refused = upload_import(&app.app, &foreign, upload).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
        let leader = app.caller(Role::Leader, &[]).await;
        assert_eq!(commit_import(&app.app, &leader, wanted).await.unwrap_err().code, Code::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn a_discarded_import_is_kept_and_cannot_be_committed() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        let caller = officer(app).await;
        for _ in 0..2 {
            let import = discard_import(&app.app, &caller, sent.import.id).await.unwrap();
            assert_eq!(import.state, ImportState::Discarded);
        }
        assert_eq!(commit(app, &sent).await.unwrap_err().code, Code::ImportState);
        assert!(store::import::bytes(app.app.database.reader(), &sent.import).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_kept_with_its_refusal() {
    on_both(async |app| {
        let refused = send(app, b"not a workbook at all \x00\x01".to_vec()).await.unwrap_err();
        let Code::Refused(refusal) = refused.code else { panic!("{refused:?}") };
        let page = store::page::Page::first(10, None).unwrap();
        let filter = store::import::Filter::default();
        let direction = store::page::Direction::Descending;
        let db = app.app.database.reader();
        let kept = store::import::page(db, &Scope::All, &filter, direction, &page).await.unwrap();
        let (_, import) = &kept.rows[0];
        assert_eq!(
            (import.state, import.refusal.as_deref()),
            (ImportState::Received, Some(refusal.as_str()))
        );
        assert_eq!(store::import::bytes(db, import).await.unwrap().map(|bytes| bytes.len()), Some(24));
        chain_is_whole(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_answer_of_a_door_has_the_shape_that_programs_read() {
    on_both(async |app| {
        let sent = send_lines(app, "Quý I", &APRIL).await;
        let head = import_json(&sent.import, &sent.unit.code, Some(&sent.plan), None);
        let json = serde_json::to_value(WithRows { head, rows: &sent.plan.rows }).unwrap();
        assert_eq!(json["import"]["state"], "planned");
        assert_eq!(json["import"]["unit"], "40");
        assert_eq!(json["hash"], sent.plan.hash.as_str());
        assert_eq!(json["counts"]["create"], 3);
        assert_eq!(json["counts"]["no_change"], 0);
        let row = &json["rows"][0];
        assert_eq!(
            (&row["task"], &row["outcome"], &row["row"]),
            (&"VII.4-1".into(), &"create".into(), &5.into())
        );
        let percent =
            row["cells"].as_array().unwrap().iter().find(|cell| cell["field"] == "percent").unwrap();
        assert_eq!(percent["cell"], "F5");
        assert_eq!(percent["theirs"], 50.0);
        assert_eq!(percent["stored"], 50.0);
    })
    .await;
}
