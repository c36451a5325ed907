//! What a department's own sheet is merged against: what it last sent, in this layout, up to the day it speaks of.

use chrono::Days;
use giaoban::actions::answer_import::answer_import;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::upload_import::Uploaded;
use giaoban::domain::change::{Base, Choice};
use giaoban::domain::finding::FindingCode;
use giaoban::domain::history::{Part, Stated};
use giaoban::domain::percent::Percent;
use giaoban::import::answers::Answers;
use giaoban::import::plan::{CellChange, Plan};
use giaoban::import::value::Value;

use super::history::{commit, report};
use super::own_sheet::exported;
use super::sheet::{
    HEADINGS, Line, assignment_of, officer, outcomes, send, send_for, send_lines, workbook, workbook_with,
};
use crate::support::app::{TestApp, on_both, today};

/// Another layout of the same department.
const OTHER: [&str; 8] = [
    "TT",
    "Nhiệm vụ được giao",
    "Cơ quan chủ trì",
    "Hạn hoàn thành",
    "Tiến độ thực hiện",
    "% hoàn thành",
    "Kết quả đạt được",
    "Ghi chú",
];

fn at<'a>(task: &'a str, percent: &'a str) -> Line<'a> {
    (task, "Đang thực hiện", percent, "", "")
}

fn percent(number: i64) -> Percent {
    Percent::from_hundredths(number * 100).unwrap()
}

async fn stored(app: &TestApp, task: &str) -> Option<Percent> {
    assignment_of(app, "40", task).await.unwrap().percent
}

fn of(plan: &Plan, task: &str, part: Part) -> CellChange {
    let row = plan.rows.iter().find(|row| row.task.as_deref() == Some(task)).unwrap();
    row.cells().find(|cell| cell.part == part).unwrap()
}

fn choice(plan: &Plan, task: &str) -> Choice {
    of(plan, task, Part::Percent).choice
}

async fn committed_as(app: &TestApp, headings: [&str; 8], lines: &[Line<'_>]) -> Uploaded {
    let sent = send(app, workbook_with(app, ("báo cáo", headings), lines).await).await.unwrap();
    assert!(matches!(commit(app, &sent).await, Committed::Stored { .. }), "{:?}", outcomes(&sent.plan));
    sent
}

#[tokio::test]
async fn the_base_is_what_was_sent_in_the_same_layout() {
    on_both(async |app| {
        committed_as(app, HEADINGS, &[at("VII.4-1", "50"), at("VII.4-3", "10")]).await;
        committed_as(app, OTHER, &[at("VII.4-1", "70")]).await;
        let again = send_lines(app, "tháng 5", &[at("VII.4-1", "50"), at("VII.4-3", "20")]).await;
        assert_eq!(choice(&again.plan, "VII.4-1"), Choice::Keep, "nobody touched it in this sheet");
        assert_eq!(choice(&again.plan, "VII.4-3"), Choice::Take);
        let news = send_lines(app, "tháng 5", &[at("VII.4-1", "60"), at("VII.4-3", "20")]).await;
        assert_eq!(choice(&news.plan, "VII.4-1"), Choice::Conflict, "both sheets say something new");
        assert_eq!(of(&news.plan, "VII.4-1", Part::Percent).base, Base::Value(Value::Percent(percent(50))));

        // A task of which only another layout has spoken: what the unit said there is still what it said.
        let bytes = workbook_with(app, ("tháng 5", OTHER), &[at("VII.4-3", "10")]).await;
        let other = send(app, bytes).await.unwrap();
        assert_eq!(choice(&other.plan, "VII.4-3"), Choice::Same);
    })
    .await;
}

#[tokio::test]
async fn the_base_is_not_forgotten_however_many_files_have_come_since() {
    on_both(async |app| {
        committed_as(app, HEADINGS, &[at("VII.4-1", "50")]).await;
        for month in ["10", "20", "30", "40", "60"] {
            committed_as(app, HEADINGS, &[at("VII.4-3", month)]).await;
        }
        report(app, "VII.4-1", Stated { percent: Some(percent(70)), ..Stated::default() }).await;
        let lines = |number| [at("VII.4-1", number), at("VII.4-3", "60")];
        let untouched = send_lines(app, "tháng 9", &lines("50")).await;
        assert_eq!(choice(&untouched.plan, "VII.4-1"), Choice::Keep);
        let news = send_lines(app, "tháng 9", &lines("60")).await;
        assert_eq!(choice(&news.plan, "VII.4-1"), Choice::Conflict);
    })
    .await;
}

#[tokio::test]
async fn a_report_about_an_earlier_day_is_not_merged_with_what_was_said_later() {
    on_both(async |app| {
        let now = [at("VII.4-1", "50"), at("VII.4-3", "20")];
        committed_as(app, HEADINGS, &now).await;
        let before = today().checked_sub_days(Days::new(20));
        let bytes = workbook(app, "tháng trước", &[at("VII.4-1", "40"), at("VII.4-3", "20")]).await;
        let earlier = send_for(app, bytes, before).await.unwrap();
        assert_eq!(outcomes(&earlier.plan), ["VII.4-1 create", "VII.4-3 create"], "nothing was said by then");
        commit(app, &earlier).await;
        assert_eq!(stored(app, "VII.4-1").await, Some(percent(50)), "the later word counts today");
        let again = send_lines(app, "gửi lại", &[at("VII.4-1", "50"), at("VII.4-3", "30")]).await;
        assert_eq!(outcomes(&again.plan), ["VII.4-1 no_change", "VII.4-3 create"]);
        // What was sent last speaks of an earlier day: the base is still what was said of the later one.
        let news = send_lines(app, "tháng sau", &[at("VII.4-1", "60"), at("VII.4-3", "30")]).await;
        assert_eq!(outcomes(&news.plan), ["VII.4-1 create", "VII.4-3 create"]);
    })
    .await;
}

#[tokio::test]
async fn what_stands_untouched_in_our_own_sheet_is_no_word_of_the_unit() {
    on_both(async |app| {
        let sent = send(app, exported(app).await.bytes).await.unwrap();
        assert!(matches!(commit(app, &sent).await, Committed::NoChange { .. }));
        let lines = [at("VII.4-1", "50"), at("VII.4-3", "20")];
        let own = send_lines(app, "tháng 5", &lines).await;
        assert_eq!(outcomes(&own.plan), ["VII.4-1 create", "VII.4-3 create"], "nobody has touched VII.4-3");
    })
    .await;
}

#[tokio::test]
async fn an_old_value_sent_again_is_kept_out_aloud_and_taken_when_the_file_is_accepted() {
    on_both(async |app| {
        let lines = |number| [at("VII.4-1", number)];
        committed_as(app, HEADINGS, &lines("50")).await;
        committed_as(app, HEADINGS, &lines("60")).await;
        // The words of the first file once more: the first file, or a correction of the second.
        let back = send_lines(app, "sửa lại", &lines("50")).await;
        assert_eq!(outcomes(&back.plan), ["VII.4-1 no_change"]);
        let found: Vec<_> = back.plan.rows[0].findings.iter().map(|finding| finding.code).collect();
        assert_eq!(found, [FindingCode::SentBefore]);

        let accept = Answers { accept_workbook: true, ..Answers::default() };
        let accepted = answer_import(&app.app, &officer(app).await, back.import.id, accept).await.unwrap();
        assert_eq!(outcomes(&accepted.plan), ["VII.4-1 create"]);
        assert!(matches!(commit(app, &accepted).await, Committed::Stored { .. }));
        assert_eq!(stored(app, "VII.4-1").await, Some(percent(50)));
        let again = send_lines(app, "lại lần nữa", &lines("50")).await;
        assert_eq!(again.earlier.map(|earlier| earlier.id), Some(back.import.id), "the last that stored it");
        assert!(again.plan.rows[0].findings.is_empty(), "{:?}", again.plan.rows[0].findings);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_only_repeated_another_is_no_base() {
    on_both(async |app| {
        let lines = |number| [at("VII.4-1", number)];
        committed_as(app, HEADINGS, &lines("50")).await;
        committed_as(app, HEADINGS, &lines("60")).await;
        let old = send_lines(app, "tệp cũ", &lines("50")).await;
        let wanted = CommitImport { id: old.import.id, plan_hash: old.plan.hash, ..CommitImport::default() };
        let done = commit_import(&app.app, &officer(app).await, wanted).await.unwrap();
        assert!(matches!(done, Committed::NoChange { .. }));
        let news =
            send_lines(app, "tháng 6", &[("VII.4-1", "Đang thực hiện", "50", "kết quả mới", "")]).await;
        assert_eq!(choice(&news.plan, "VII.4-1"), Choice::Take, "the unit last said 60");
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_put_together_are_one_base() {
    on_both(async |app| {
        let row = |result| ("VII.4-1", "Đang thực hiện", "50", result, "");
        committed_as(app, HEADINGS, &[row("một"), row("hai")]).await;
        let changed = send_lines(app, "tháng 5", &[row("một"), row("ba")]).await;
        assert_eq!(outcomes(&changed.plan)[0], "VII.4-1 create", "only the sheet has changed it");
        report(app, "VII.4-1", Stated { result: Some("Bộ ghi".into()), ..Stated::default() }).await;
        let note = |result| ("VII.4-1", "Đang thực hiện", "50", result, "ghi chú");
        let untouched = send_lines(app, "tháng 5", &[note("một"), note("hai")]).await;
        assert_eq!(of(&untouched.plan, "VII.4-1", Part::Result).choice, Choice::Keep);
    })
    .await;
}

#[tokio::test]
async fn a_conflict_names_who_spoke_by_the_day_reported_on() {
    on_both(async |app| {
        let before = |days| today().checked_sub_days(Days::new(days));
        let sent = |lines: Vec<Line<'static>>, days| async move {
            send_for(app, workbook(app, "báo cáo", &lines).await, before(days)).await.unwrap()
        };
        commit(app, &sent(vec![at("VII.4-1", "50")], 30).await).await;
        let assignment = assignment_of(app, "40", "VII.4-1").await.unwrap().id;
        let says = async |role, units: &[&str], number, days| {
            use giaoban::actions::record_report::{RecordReport, record_report};
            let stated = Stated { percent: Some(percent(number)), ..Stated::default() };
            let wanted = RecordReport { assignment, reported_on: before(days), stated };
            record_report(&app.app, &app.caller(role, units).await, wanted).await.unwrap();
        };
        says(giaoban::domain::access::Role::Unit, &["40"], 45, 20).await;
        says(giaoban::domain::access::Role::Office, &[], 90, 2).await;
        let late = sent(vec![at("VII.4-1", "60")], 10).await;
        let cell = of(&late.plan, "VII.4-1", Part::Percent);
        assert_eq!((cell.choice, cell.ours), (Choice::Conflict, Some(Value::Percent(percent(45)))));
        assert_eq!(cell.author.map(|author| author.name).as_deref(), Some("test-unit"));
    })
    .await;
}
