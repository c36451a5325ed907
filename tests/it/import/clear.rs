//! The word that clears, and days of completion that nobody can know yet: the plan says what a commit then does.

use giaoban::domain::decision::DecisionKind;
use giaoban::domain::finding::FindingCode;
use giaoban::domain::history::{Part, Stated};
use giaoban::domain::progress::Progress;
use giaoban::import::plan::{Plan, PlannedRow};
use giaoban::import::value::Value as Kept;
use giaoban::sheet::cell::Value;
use giaoban::sheet::template::Column;

use super::history::{all_is_well, commit, decide, report};
use super::own_sheet::{Back, exported};
use super::sheet::{assignment_of, send};
use crate::support::app::{on_both, today};
use crate::support::book::book;

const HEADINGS: [&str; 4] = ["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Ngày hoàn thành thực tế"];

fn file(status: &str, day: &str) -> Vec<u8> {
    book("BÁO CÁO", &HEADINGS, &[&["1", "$VII.4-1", status, day]])
}

fn row<'p>(plan: &'p Plan, code: &str) -> &'p PlannedRow {
    plan.rows.iter().find(|row| row.task.as_deref() == Some(code)).unwrap()
}

/// What becomes of the day of completion: the choice, and what would be stored.
fn day_of(row: &PlannedRow) -> (&'static str, Option<Kept>) {
    let cell = row.cells().find(|cell| cell.part == Part::CompletedOn).unwrap();
    (cell.choice.as_str(), cell.stored)
}

fn found(row: &PlannedRow) -> Vec<(FindingCode, Option<u32>)> {
    row.findings.iter().map(|finding| (finding.code, finding.column)).collect()
}

fn completed() -> Stated {
    let progress = Some(Progress::Completed);
    Stated { progress, completed_on: today().pred_opt(), ..Stated::default() }
}

fn word(word: &str) -> Value {
    Value::Text(word.into())
}

#[tokio::test]
async fn a_day_of_completion_is_cleared_as_the_plan_says() {
    on_both(async |app| {
        let day = async || assignment_of(app, "40", "VII.4-1").await.unwrap().completed_on;
        let sent = send(app, file("Đã hoàn thành", "15/4/2020")).await.unwrap();
        commit(app, &sent).await;
        assert_eq!(day().await.map(|day| day.to_string()).as_deref(), Some("2020-04-15"));

        let cleared = send(app, file("Đã hoàn thành", "(xoá)")).await.unwrap();
        let planned = row(&cleared.plan, "VII.4-1");
        assert_eq!((planned.outcome.as_str(), day_of(planned)), ("create", ("clear", None)));
        commit(app, &cleared).await;
        assert_eq!(day().await, None, "what the plan says is stored");
        let again = send(app, file("Đã hoàn thành", "(xoá)")).await.unwrap();
        assert!(again.plan.is_no_change(), "{:?}", again.plan.rows);

        let kept = send(app, book("BÁO CÁO", &HEADINGS[..3], &[&["1", "$VII.4-1", "Đã hoàn thành"]])).await;
        commit(app, &kept.unwrap()).await;
        assert_eq!(day().await, None, "and said again without a day it stays cleared");
        all_is_well(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_word_in_our_own_sheet_does_what_it_does_in_a_senders() {
    on_both(async |app| {
        report(app, "VII.4-1", completed()).await;
        report(app, "VII.4-2.1", completed()).await;
        decide(app, "VII.4-2.1", DecisionKind::Confirm, None).await.unwrap();
        report(app, "VII.4-2.2", completed()).await;
        let export = exported(app).await;
        let mut back = Back::read(app, &export).await;
        for code in ["VII.4-1", "VII.4-2.1", "VII.4-2.2"] {
            back.put(app, code, Column::CompletedOn, word("(xoá)")).await;
        }
        back.put(app, "VII.4-2.2", Column::Status, word("Đang thực hiện")).await;
        back.put(app, "VII.4-3", Column::Status, word("(xoá)")).await;
        let plan = back.plan(app, export.event_no).await;

        let cleared = row(&plan, "VII.4-1");
        assert_eq!((cleared.outcome.as_str(), day_of(cleared)), ("create", ("clear", None)));
        let held = row(&plan, "VII.4-2.1");
        let stays = today().pred_opt().map(Kept::Day);
        assert_eq!((held.outcome.as_str(), day_of(held)), ("no_change", ("keep", stays)));
        assert_eq!(found(held)[0].0, FindingCode::CompletedOnHeld, "what the office confirmed stays");
        let open = row(&plan, "VII.4-2.2");
        assert_eq!((open.outcome.as_str(), day_of(open)), ("create", ("clear", None)));
        let status = row(&plan, "VII.4-3");
        assert_eq!(status.outcome.as_str(), "error", "a task always has a status");
        assert_eq!(found(status)[0].0, FindingCode::StatusNotClearable);
    })
    .await;
}

#[tokio::test]
async fn a_status_cannot_be_cleared_and_the_row_says_so() {
    on_both(async |app| {
        report(app, "VII.4-1", completed()).await;
        let marks = ["STT", "Nội dung nhiệm vụ", "Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện"];
        let marked: [&[&str]; 3] = [
            &["1", "$VII.4-1", "(xoá)", "", ""],
            &["2", "$VII.4-3", "", "x", ""],
            &["3", "$II.1-3", "x", "", ""],
        ];
        for bytes in [file("(xoá)", ""), book("BÁO CÁO", &marks, &marked)] {
            let sent = send(app, bytes).await.unwrap();
            let planned = row(&sent.plan, "VII.4-1");
            assert_eq!(planned.outcome.as_str(), "error", "{:?}", planned.findings);
            assert!(
                found(planned).contains(&(FindingCode::StatusNotClearable, Some(2))),
                "{:?}",
                planned.findings
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_day_of_completion_after_the_day_reported_on_is_an_error_in_every_sheet() {
    on_both(async |app| {
        let tomorrow = today().succ_opt().unwrap();
        let sent = send(app, file("Đã hoàn thành", &format!("@{tomorrow}"))).await.unwrap();
        let planned = row(&sent.plan, "VII.4-1");
        assert_eq!(planned.outcome.as_str(), "error", "{planned:?}");
        assert_eq!(found(planned), [(FindingCode::CompletedOnAhead, Some(3))], "the cell is named");
        let known = send(app, file("Đã hoàn thành", &format!("@{}", today()))).await.unwrap();
        assert_eq!(row(&known.plan, "VII.4-1").outcome.as_str(), "create");

        let export = exported(app).await;
        let mut back = Back::read(app, &export).await;
        back.put(app, "VII.4-3", Column::Status, word("Đã hoàn thành")).await;
        back.put(app, "VII.4-3", Column::CompletedOn, Value::DateTime(tomorrow.into())).await;
        let plan = back.plan(app, export.event_no).await;
        let ahead = row(&plan, "VII.4-3");
        assert_eq!((ahead.outcome.as_str(), found(ahead)[0].0), ("error", FindingCode::CompletedOnAhead));
    })
    .await;
}
