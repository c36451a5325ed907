//! What was answered about a file holds for the same file, and for the same content in another: nothing is asked twice.

use giaoban::actions::answer_import::answer_import;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::forget_memory::{forget_layout, forget_wording};
use giaoban::actions::upload_import::Uploaded;
use giaoban::domain::progress::Progress;
use giaoban::import::answers::{Answers, Link, RowAnswer};
use giaoban::import::question::questions;
use giaoban::sheet::meaning::{ColumnFacts, PercentScale};
use giaoban::store;

use super::sheet::{officer, outcomes, send};
use crate::support::app::{TestApp, on_both};
use crate::support::book::{OWN_WORK, book};

const HEADINGS: [&str; 4] = ["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Tỷ lệ hoàn thành"];
/// How far the first is, whether half a percent is meant in the second, and which task the third is: all is open.
const ROWS: [[&str; 4]; 3] = [
    ["1", "$VII.4-1", "Chưa đến hạn", ""],
    ["2", "$VII.4-3", "Đang thực hiện", "#0.5"],
    ["3", OWN_WORK, "Đang thực hiện", ""],
];

fn file() -> Vec<u8> {
    let rows: Vec<&[&str]> = ROWS.iter().map(<[&str; 4]>::as_slice).collect();
    book("BÁO CÁO", &HEADINGS, &rows)
}

/// The same content one row further down.
fn saved_again() -> Vec<u8> {
    let rows: Vec<&[&str]> = [&HEADINGS].into_iter().chain(&ROWS).map(<[&str; 4]>::as_slice).collect();
    book("BÁO CÁO (bản lưu lại)", &[], &rows)
}

async fn answered(app: &TestApp, sent: &Uploaded, answers: Answers) -> Uploaded {
    answer_import(&app.app, &officer(app).await, sent.import.id, answers).await.unwrap()
}

async fn commit(app: &TestApp, sent: &Uploaded) -> Committed {
    let (id, plan_hash) = (sent.import.id, sent.plan.hash.clone());
    let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
    commit_import(&app.app, &officer(app).await, wanted).await.unwrap()
}

/// What would help without the answers is forgotten, so that only they count.
async fn forget(app: &TestApp) {
    let (db, unit, officer) = (app.app.database.reader(), app.unit("40").await, officer(app).await);
    for layout in store::memory::last_layouts(db, unit, 9).await.unwrap() {
        forget_layout(&app.app, &officer, layout.id).await.unwrap();
    }
    for wording in store::memory::last_wordings(db, unit, 9).await.unwrap() {
        forget_wording(&app.app, &officer, wording.id).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_answered_of_rows_is_not_asked_again_of_the_same_content() {
    on_both(async |app| {
        let first = send(app, file()).await.unwrap();
        assert_eq!(questions(&first.plan).len(), 3, "{:?}", outcomes(&first.plan));
        let places: Vec<_> =
            first.plan.rows.iter().map(|row| (row.place.sheet.to_string(), row.place.row)).collect();
        let [progress, percent, link] = [
            RowAnswer { progress: Some(Progress::NotStarted), ..RowAnswer::default() },
            RowAnswer { as_read: true, ..RowAnswer::default() },
            RowAnswer { link: Some(Link::NotATask), ..RowAnswer::default() },
        ];
        let rows = places.into_iter().zip([progress, percent, link]).collect();
        let first = answered(app, &first, Answers { rows, ..Answers::default() }).await;
        assert!(questions(&first.plan).is_empty(), "{:?}", questions(&first.plan));
        assert!(matches!(commit(app, &first).await, Committed::Stored { .. }));
        forget(app).await;

        for (what, bytes) in [("the same bytes", file()), ("saved again", saved_again())] {
            let again = send(app, bytes).await.unwrap();
            assert_eq!(questions(&again.plan), [], "{what}");
            assert!(again.plan.is_no_change(), "{what}: {:?}", outcomes(&again.plan));
            assert_eq!(again.earlier.as_ref().map(|earlier| earlier.id), Some(first.import.id), "{what}");
            let done = commit(app, &again).await;
            let Committed::NoChange { earlier, plan, .. } = done else { panic!("{what}: {done:?}") };
            assert_eq!((earlier, plan.kept_out().len()), (Some(first.import.id), 0), "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_answered_of_columns_is_not_asked_again_of_the_same_bytes() {
    on_both(async |app| {
        let rows: [&[&str]; 1] = [&["1", "$VII.4-3", "Đang thực hiện", "#0.5"]];
        let bytes = book("BÁO CÁO", &HEADINGS, &rows);
        let first = send(app, bytes.clone()).await.unwrap();
        let scale = ColumnFacts { scale: Some(PercentScale::Fractions), ..ColumnFacts::default() };
        let columns = [(("Biểu 1".to_owned(), 3), scale)].into();
        let first = answered(app, &first, Answers { columns, ..Answers::default() }).await;
        assert!(matches!(commit(app, &first).await, Committed::Stored { .. }));
        forget(app).await;
        let again = send(app, bytes).await.unwrap();
        assert_eq!(
            (outcomes(&again.plan), questions(&again.plan)),
            (vec!["VII.4-3 no_change".into()], vec![])
        );
        let other = book("BÁO CÁO", &HEADINGS, &[&["1", "$VII.4-1", "Đang thực hiện", "#0.5"]]);
        let other = send(app, other).await.unwrap();
        assert_eq!(questions(&other.plan).len(), 1, "of another file nothing was said");
    })
    .await;
}

#[tokio::test]
async fn what_was_answered_of_a_file_that_was_taken_back_is_asked_again() {
    on_both(async |app| {
        let first = send(app, file()).await.unwrap();
        let place = (first.plan.rows[0].place.sheet.to_string(), first.plan.rows[0].place.row);
        let chosen = RowAnswer { progress: Some(Progress::NotStarted), ..RowAnswer::default() };
        let first =
            answered(app, &first, Answers { rows: [(place, chosen)].into(), ..Answers::default() }).await;
        assert!(matches!(commit(app, &first).await, Committed::Stored { .. }));
        super::undo::turn(app, &officer(app).await, &first).await.unwrap();
        let again = send(app, file()).await.unwrap();
        assert_eq!((questions(&again.plan).len(), again.earlier), (3, None));
    })
    .await;
}

#[tokio::test]
async fn eight_people_who_answer_different_rows_at_once_are_all_heard() {
    on_both(async |app| {
        let rows: Vec<[String; 4]> = (1..=8)
            .map(|number| {
                [
                    number.to_string(),
                    format!("Việc riêng thứ {number} của Sở về chuyển đổi số"),
                    "Chưa đến hạn".into(),
                    String::new(),
                ]
            })
            .collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let sent = send(app, book("BÁO CÁO", &HEADINGS, &rows)).await.unwrap();
        let officer = officer(app).await;
        let answer = |row: &giaoban::import::plan::PlannedRow| {
            let place = (row.place.sheet.to_string(), row.place.row);
            let none = RowAnswer { link: Some(Link::NotATask), ..RowAnswer::default() };
            let answers = Answers { rows: [(place, none)].into(), ..Answers::default() };
            answer_import(&app.app, &officer, sent.import.id, answers)
        };
        for heard in futures_util::future::join_all(sent.plan.rows.iter().map(answer)).await {
            heard.unwrap();
        }
        let plan = giaoban::actions::plan_import::plan_import(&app.app, &officer, sent.import.id)
            .await
            .unwrap()
            .plan;
        let answered =
            plan.rows.iter().filter(|row| row.reason == Some(giaoban::import::plan::Reason::Answered));
        assert_eq!(answered.count(), 8, "{:?}", outcomes(&plan));
    })
    .await;
}
