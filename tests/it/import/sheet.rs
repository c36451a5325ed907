//! Workbooks of a department, as text tables: one line a row, cells by heading.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::domain::access::{Caller, Role, Scope};
use giaoban::entities::{assignment, task};
use giaoban::error::Error;
use giaoban::import::plan::Plan;
use giaoban::store;
use rust_xlsxwriter::Workbook;

use crate::support::app::TestApp;

pub(crate) const HEADINGS: [&str; 8] = [
    "STT",
    "Nội dung nhiệm vụ",
    "Đơn vị chủ trì",
    "Thời hạn hoàn thành",
    "Tình trạng thực hiện",
    "Tỷ lệ hoàn thành (%)",
    "Kết quả thực hiện",
    "Ghi chú",
];

/// A row: code of the task (its wording is looked up) or a wording of its own, status, percent, result, note.
pub(crate) type Line<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// The bytes of a workbook with these rows. `mark` stands in a title line: two marks make two files of the same content.
pub(crate) async fn workbook(app: &TestApp, mark: &str, lines: &[Line<'_>]) -> Vec<u8> {
    workbook_with(app, (mark, HEADINGS), lines).await
}

/// The same under other headings: another layout.
pub(crate) async fn workbook_with(
    app: &TestApp,
    (mark, headings): (&str, [&str; 8]),
    lines: &[Line<'_>],
) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Phụ lục").unwrap();
    sheet.write(0, 0, "BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ").unwrap();
    sheet.write(1, 0, mark).unwrap();
    for (column, heading) in (0..).zip(headings) {
        sheet.write(3, column, heading).unwrap();
    }
    for (number, (task, status, percent, result, note)) in (0u32..).zip(lines) {
        let row = 4 + number;
        let found = task_of(app, task).await;
        let content = found.as_ref().map_or((*task).to_owned(), |task| task.content.clone());
        sheet.write(row, 0, number + 1).unwrap();
        sheet.write(row, 1, content).unwrap();
        sheet.write(row, 2, "Sở Thông tin và Truyền thông").unwrap();
        if let Some(raw) = found.and_then(|task| task.deadline_raw) {
            sheet.write(row, 3, raw).unwrap();
        }
        for (column, text) in [(4, status), (6, result), (7, note)] {
            if !text.is_empty() {
                sheet.write(row, column, *text).unwrap();
            }
        }
        match percent.parse::<f64>() {
            Ok(number) => sheet.write(row, 5, number).map(|_| ()).unwrap(),
            Err(_) if percent.is_empty() => {}
            Err(_) => sheet.write(row, 5, *percent).map(|_| ()).unwrap(),
        }
    }
    book.save_to_buffer().unwrap()
}

/// The task with this code.
pub(crate) async fn task_of(app: &TestApp, code: &str) -> Option<task::Model> {
    let notices = store::notice::open(app.app.database.reader(), &Scope::All).await.unwrap();
    let ids: Vec<_> = notices.iter().map(|notice| notice.id).collect();
    let tasks = store::task::of_notices(app.app.database.reader(), &Scope::All, &ids).await.unwrap();
    tasks.into_iter().find(|task| task.code == code)
}

/// The assignment of a unit for a task.
pub(crate) async fn assignment_of(app: &TestApp, unit: &str, code: &str) -> Option<assignment::Model> {
    let (unit, task) = (app.unit(unit).await, task_of(app, code).await?);
    let all = store::assignment::of_unit(app.app.database.reader(), &Scope::All, unit).await.unwrap();
    all.into_iter().find(|assignment| assignment.task_id == task.id)
}

/// An officer of the department of Nghệ An.
pub(crate) async fn officer(app: &TestApp) -> Caller {
    app.caller(Role::Unit, &["40"]).await
}

/// Sends a file in for the department of Nghệ An.
pub(crate) async fn send(app: &TestApp, bytes: Vec<u8>) -> Result<Uploaded, Error> {
    send_for(app, bytes, None).await
}

/// Sends a file in that speaks of a day.
pub(crate) async fn send_for(
    app: &TestApp,
    bytes: Vec<u8>,
    reported_on: Option<NaiveDate>,
) -> Result<Uploaded, Error> {
    let upload = Upload { unit: "40".into(), file_name: Some("bao-cao.xlsx".into()), bytes, reported_on };
    upload_import(&app.app, &officer(app).await, upload).await
}

/// Sends these rows in.
pub(crate) async fn send_lines(app: &TestApp, mark: &str, lines: &[Line<'_>]) -> Uploaded {
    send(app, workbook(app, mark, lines).await).await.unwrap()
}

/// The outcomes of a plan by task: `VII.4-1 create`.
pub(crate) fn outcomes(plan: &Plan) -> Vec<String> {
    plan.rows
        .iter()
        .map(|row| format!("{} {}", row.task.as_deref().unwrap_or("-"), row.outcome.as_str()))
        .collect()
}

/// Tables that only ever grow, or that hold what came in rather than what follows from it. Everything else, taken
/// together, is the current state: assignments with their values, and all that lists and figures are made from.
const HISTORY: &[&str] = &[
    "event",
    "event_head",
    "file",
    "import",
    "import_finding",
    "import_row",
    "import_sheet",
    // What was learned of a unit's sheets: a help for reading the next one, not a state of any task.
    "layout",
    "report",
    "report_retraction",
    "wording",
];

/// Everything that lies in the database, table by table.
pub(crate) async fn dump(app: &TestApp) -> BTreeMap<String, String> {
    dump_where(app, |_| Some("")).await
}

/// The current state, table by table. An assignment of the role `other` without a report that counts is only what its
/// retracted reports hang from: no list or figure has it.
pub(crate) async fn current(app: &TestApp) -> BTreeMap<String, String> {
    let current = dump_where(app, |table| match table {
        history if HISTORY.contains(&history) => None,
        "assignment" => Some("WHERE role <> 'other' OR state_event > 0"),
        _ => Some(""),
    });
    current.await
}

/// The tables that differ.
pub(crate) fn changed<'a>(
    before: &'a BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<&'a str> {
    assert!(before.keys().eq(after.keys()));
    before.iter().filter(|(name, rows)| after[*name] != **rows).map(|(name, _)| name.as_str()).collect()
}

async fn dump_where(
    app: &TestApp,
    condition: impl Fn(&str) -> Option<&'static str>,
) -> BTreeMap<String, String> {
    use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, JsonValue, Statement};
    let db = app.app.database.reader();
    let backend = app.app.database.backend();
    let list = match backend {
        DbBackend::Sqlite => "SELECT name AS name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
        _ => "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    };
    let tables = db.query_all_raw(Statement::from_string(backend, list)).await.unwrap();
    assert!(tables.len() > 20, "the tables are there");
    let mut dump = BTreeMap::new();
    for row in tables {
        let name: String = row.try_get("", "name").unwrap();
        let Some(condition) = condition(&name) else { continue };
        let all =
            Statement::from_string(backend, format!("SELECT * FROM \"{name}\" {condition} ORDER BY 1, 2"));
        let rows = JsonValue::find_by_statement(all).all(db).await.unwrap();
        dump.insert(name, format!("{rows:?}"));
    }
    dump
}
