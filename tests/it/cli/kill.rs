//! `kill -9` in the middle of a commit leaves all of it or nothing.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use giaoban::domain::access::Scope;
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::import::ImportState;
use giaoban::domain::notice::NoticeState;
use giaoban::entities::{assignment, field, import, notice, task};
use giaoban::events::{Chain, verify_chain};
use giaoban::store;
use giaoban::store::write::insert_all;
use rust_xlsxwriter::Workbook;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::program::{place, program};
use crate::support::app::{TestApp, on_both};

/// Tasks of the large notice, and rows of the large sheet.
const ROWS: u32 = 1500;
/// The department that reports.
const UNIT: &str = "38";

fn content(number: u32) -> String {
    format!(
        "Hoàn thành hạng mục số {number} của kế hoạch hạ tầng cáp quang giai đoạn {}",
        number * 7919 % 9973
    )
}

/// A notice with many tasks, all led by one department.
async fn large_notice(app: &TestApp) {
    let (db, unit) = (app.app.database.writer(), app.unit(UNIT).await);
    let founding = notice::Entity::find().one(db).await.unwrap().unwrap();
    let notice = notice::Model {
        id: Uuid::now_v7(),
        quarter: "2020-Q2".to_owned(),
        state: NoticeState::Open,
        ..founding
    };
    let field = field::Model {
        id: Uuid::now_v7(),
        notice_id: notice.id,
        numeral: "I".to_owned(),
        name: "Hạ tầng".to_owned(),
        sort_order: 1,
    };
    let like = task::Entity::find().filter(task::Column::IsHeading.eq(false)).one(db).await.unwrap().unwrap();
    let tasks: Vec<task::Model> = (1..=ROWS)
        .map(|number| task::Model {
            id: Uuid::now_v7(),
            notice_id: notice.id,
            field_id: field.id,
            parent_id: None,
            code: format!("I-{number}"),
            sort_order: i32::try_from(number).unwrap(),
            content: content(number),
            ..like.clone()
        })
        .collect();
    let assignments: Vec<assignment::Model> =
        tasks.iter().map(|task| store::assignment::untouched(task, unit, AssignmentRole::Lead)).collect();
    insert_all::<notice::Model>(db, vec![notice]).await.unwrap();
    insert_all::<field::Model>(db, vec![field]).await.unwrap();
    insert_all::<task::Model>(db, tasks).await.unwrap();
    insert_all::<assignment::Model>(db, assignments).await.unwrap();
}

/// A sheet that reports on all of them.
fn large_sheet(app: &TestApp) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in
        (0..).zip(["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Kết quả thực hiện"])
    {
        sheet.write(3, column, heading).unwrap();
    }
    for number in 1..=ROWS {
        let row = 3 + number;
        sheet.write(row, 0, number).unwrap();
        sheet.write(row, 1, content(number)).unwrap();
        sheet.write(row, 2, "Đang thực hiện").unwrap();
        sheet.write(row, 3, format!("Đã làm phần {number}")).unwrap();
    }
    let path = app.database().folder().join("large.xlsx");
    book.save(&path).unwrap();
    path.display().to_string()
}

fn start(app: &TestApp, file: &str) -> Child {
    let mut command = program();
    command.args(["import", file, "--unit", UNIT, "--yes", "--json"]).args(place(app.database()));
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Reports, and imports by whether they are committed.
async fn found(app: &TestApp) -> (u64, usize, usize) {
    let db = app.app.database.reader();
    let reports = store::report::count(db, &Scope::All, &Default::default()).await.unwrap();
    let imports = import::Entity::find().all(db).await.unwrap();
    let committed = imports.iter().filter(|import| import.state == ImportState::Committed).count();
    (reports, committed, imports.len() - committed)
}

/// Waits until one more import is planned: from then on the program commits.
async fn until_planned(app: &TestApp, before: usize) {
    let begun = Instant::now();
    loop {
        let (_, committed, waiting) = found(app).await;
        if committed + waiting > before {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "the import was never planned");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn a_commit_that_is_killed_leaves_all_or_nothing() {
    on_both(async |app| {
        large_notice(app).await;
        let file = large_sheet(app);
        let mut killed_with_nothing = 0;
        for delay in [0, 10, 25, 50, 100, 200, 400, 800, 1600, 60_000] {
            let (_, committed, waiting) = found(app).await;
            let mut child = start(app, &file);
            until_planned(app, committed + waiting).await;
            let end = Instant::now() + Duration::from_millis(delay);
            while Instant::now() < end && child.try_wait().unwrap().is_none() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            // SIGKILL; harmless for one that has ended.
            child.kill().unwrap();
            child.wait().unwrap();
            let (reports, committed, _) = found(app).await;
            match reports {
                0 => assert_eq!(committed, 0, "committed without reports after {delay} ms"),
                all => assert_eq!((all, committed), (ROWS.into(), 1), "half a commit after {delay} ms"),
            }
            let chain = verify_chain(app.app.database.reader()).await.unwrap();
            assert!(matches!(chain, Chain::Whole { .. }), "after {delay} ms: {chain:?}");
            if reports > 0 {
                break;
            }
            killed_with_nothing += 1;
        }
        assert_eq!(found(app).await.0, u64::from(ROWS), "the last try was left in peace and stored all");
        assert!(killed_with_nothing >= 2, "the commit was too quick to be killed in its middle");
    })
    .await;
}
