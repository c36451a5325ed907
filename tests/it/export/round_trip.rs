//! The sheet that goes out to a unit and comes back.

use calamine::{Data, DataType};
use giaoban::actions::record_export::record_export;
use giaoban::actions::upload_import::{Upload, upload_import};
use giaoban::domain::access::{Caller, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::history::Stated;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::export::fetch;
use giaoban::export::round_trip::{Content, Row, status_word, write};
use giaoban::import::plan::{Outcome, Plan};
use giaoban::sheet::template::{Column, Identity, SHEET, VERSION};
use giaoban::store;
use uuid::Uuid;

use super::content::{at, day};
use super::history::says;
use super::read_back::Back;
use super::texts::hostile;
use crate::support::app::{TestApp, on_both};

pub(super) fn row(number: u128, progress: Progress) -> Row {
    Row {
        assignment_id: Uuid::from_u128(number),
        code: format!("VII.4-{number}"),
        content: "Đẩy mạnh việc ứng dụng công nghệ số".to_owned(),
        role: AssignmentRole::Lead,
        deadline_raw: Some("trước 30/6/2020".to_owned()),
        deadline_due: Some(day("2020-06-29")),
        due: Some(day("2020-06-29")),
        progress,
        percent: None,
        completed_on: None,
        result: None,
        difficulties: None,
        proposals: None,
        note: None,
    }
}

pub(super) fn content(rows: Vec<Row>) -> Content {
    Content {
        identity: Identity {
            version: VERSION,
            export_id: Uuid::from_u128(99),
            unit_code: "40".to_owned(),
            event_no: 17,
        },
        unit_name: "Sở Thông tin và Truyền thông tỉnh Nghệ An".to_owned(),
        notices: vec!["Thông báo Kết luận Quý I năm 2020".to_owned()],
        as_of: day("2020-04-30"),
        made_at: at("2020-05-01T07:05:00Z"),
        rows,
    }
}

/// The cells of a column below its heading.
fn column(back: &Back, column: Column, rows: u32) -> Vec<Data> {
    let (heading, index) = back.find(SHEET, column.heading()).unwrap();
    let values = back.values(SHEET);
    (1..=rows).map(|row| values.get(&(heading + row, index)).cloned().unwrap_or(Data::Empty)).collect()
}

#[test]
fn the_sheet_carries_its_identity_and_a_key_in_each_row() {
    let back = Back::read(
        &write(&content(vec![row(1, Progress::NotStarted), row(2, Progress::InProgress)])).unwrap(),
    );
    let identity: Vec<(&str, &str)> =
        back.properties.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(
        identity,
        [
            ("GiaoBan.AsOf", "2020-04-30"),
            ("GiaoBan.Event", "17"),
            ("GiaoBan.Export", "00000000-0000-0000-0000-000000000063"),
            ("GiaoBan.Template", "giaoban.round-trip"),
            ("GiaoBan.Unit", "40"),
            ("GiaoBan.Version", "1"),
        ]
    );
    let keys: Vec<String> = column(&back, Column::Key, 2).iter().map(ToString::to_string).collect();
    assert_eq!(keys, [Uuid::from_u128(1).to_string(), Uuid::from_u128(2).to_string()]);
    let part = back.part("xl/worksheets/sheet1.xml");
    assert!(
        part.contains("<col min=\"1\" max=\"1\" width=\"38.7109375\" hidden=\"1\""),
        "column A is hidden"
    );
}

#[test]
fn the_status_is_what_the_unit_would_say_again() {
    let rows: Vec<Row> = (1..).zip(Progress::ALL).map(|(number, progress)| row(number, progress)).collect();
    let back = Back::read(&write(&content(rows)).unwrap());
    let words: Vec<String> = column(&back, Column::Status, 7).iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "Chưa thực hiện",
            "Đang thực hiện",
            "Đã hoàn thành",
            "Đã hoàn thành",
            "Tạm dừng",
            "Rút khỏi chương trình",
            "Chuyển đơn vị khác",
        ]
    );
    assert_eq!(status_word(Progress::AwaitingConfirmation), Progress::Completed.label());
    let part = back.part("xl/worksheets/sheet1.xml");
    assert!(part.contains("<formula1>\"Chưa thực hiện,Đang thực hiện,Đã hoàn thành\"</formula1>"));
    assert!(part.contains("<formula1>0</formula1><formula2>100</formula2>"));
}

#[test]
fn numbers_and_days_come_back_exactly() {
    let percents = [0, 1, 50, 655, 6550, 6555, 9999, 10_000];
    let days = ["2000-01-01", "2020-02-29", "2020-12-31", "2099-12-31"];
    let rows = (1..).zip(percents).map(|(number, hundredths)| {
        let mut row = row(number, Progress::Completed);
        row.percent = Percent::from_hundredths(hundredths);
        row.completed_on = Some(day(days[usize::try_from(number).unwrap() % 4]));
        row
    });
    let rows: Vec<Row> = rows.collect();
    let back = Back::read(&write(&content(rows.clone())).unwrap());
    for (cell, row) in column(&back, Column::Percent, 8).iter().zip(&rows) {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 10000")]
        let hundredths = (cell.as_f64().unwrap() * 100.0).round() as i64;
        assert_eq!(Percent::from_hundredths(hundredths), row.percent);
    }
    for (cell, row) in column(&back, Column::CompletedOn, 8).iter().zip(&rows) {
        assert_eq!(cell.as_date(), row.completed_on);
    }
}

#[test]
fn texts_come_back_to_the_letter_and_those_that_would_not_are_left_blank() {
    let mut texts: Vec<Option<String>> = hostile().into_iter().map(Some).collect();
    texts.extend([None, Some("x".repeat(32_768))]);
    let rows = (1..).zip(&texts).map(|(number, text)| {
        let mut row = row(number, Progress::InProgress);
        (row.result, row.difficulties) = (text.clone(), text.clone());
        (row.proposals, row.note) = (text.clone(), text.clone());
        row
    });
    let back = Back::read(&write(&content(rows.collect())).unwrap());
    let count = u32::try_from(texts.len()).unwrap();
    for field in [Column::Result, Column::Difficulties, Column::Proposals, Column::Note] {
        for (cell, text) in column(&back, field, count).iter().zip(&texts) {
            match text {
                Some(text) if text.len() != 32_768 && text != "(xoá)" => assert_eq!(cell.to_string(), *text),
                Some(_) | None => assert_eq!(*cell, Data::Empty),
            }
        }
    }
    assert!(back.part("xl/comments1.xml").contains("giữ nguyên"), "the blank says why it is blank");
}

#[test]
fn an_extended_deadline_is_shown_with_the_words_of_the_notice_in_a_note() {
    let mut extended = row(1, Progress::InProgress);
    extended.due = Some(day("2020-09-30"));
    let back = Back::read(&write(&content(vec![extended, row(2, Progress::InProgress)])).unwrap());
    let shown: Vec<String> = column(&back, Column::Deadline, 2).iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["30/9/2020", "trước 30/6/2020"]);
    assert!(back.part("xl/comments1.xml").contains("Thông báo ghi: trước 30/6/2020"));
}

#[test]
fn a_unit_without_assignments_gets_an_empty_table() {
    let back = Back::read(&write(&content(vec![])).unwrap());
    assert!(back.find(SHEET, Column::Key.heading()).is_some());
    assert_eq!(back.names(), [SHEET, "Hướng dẫn"]);
}

/// The sheet of a unit, fetched and recorded as the doors do it.
async fn sheet(app: &TestApp, unit: &str) -> Vec<u8> {
    let db = app.app.database.reader();
    let row = store::unit::by_code_or_alias(db, unit).await.unwrap().unwrap();
    let made = fetch::sheet_for_unit(db, &Scope::All, &row, app.app.clock.now()).await.unwrap();
    record_export(&app.app, &Caller::local("thử"), &made).await.unwrap();
    made.bytes
}

async fn plan_of(app: &TestApp, unit: &str, bytes: Vec<u8>) -> Plan {
    let upload = Upload { unit: unit.to_owned(), file_name: None, bytes, reported_on: None };
    upload_import(&app.app, &Caller::local("thử"), upload).await.unwrap().plan
}

fn changes(plan: &Plan) -> Vec<String> {
    let rows = plan.rows.iter().filter(|row| row.outcome != Outcome::NoChange);
    rows.map(|row| {
        format!("{:?} {:?} {:?} {:?}", row.task, row.outcome, row.cells().collect::<Vec<_>>(), row.findings)
    })
    .collect()
}

#[tokio::test]
async fn a_sheet_that_comes_back_untouched_changes_nothing() {
    on_both(async |app| {
        super::history::write(app).await;
        for unit in ["THH", "40", "42", "48", "VP"] {
            let plan = plan_of(app, unit, sheet(app, unit).await).await;
            assert_eq!(changes(&plan), Vec::<String>::new(), "{unit}");
            assert_eq!(plan.rows.len(), super::history::assignments(app, unit).await.len(), "{unit}");
            assert!(plan.rows.iter().all(|row| row.findings.is_empty()), "{unit}: {:?}", plan.rows);
        }
    })
    .await;
}

#[tokio::test]
async fn texts_that_could_be_taken_for_something_else_come_back_untouched() {
    on_both(async |app| {
        let rows = super::history::assignments(app, "THH").await;
        let texts: Vec<String> = hostile().into_iter().filter(|text| !text.contains('\0')).collect();
        for texts in texts.chunks(rows.len() * 4) {
            for ((_, id), texts) in rows.iter().zip(texts.chunks(4)) {
                let text = |index: usize| texts.get(index).map(|text| text.as_str().into());
                let stated = Stated {
                    result: text(0),
                    difficulties: text(1),
                    proposals: text(2),
                    note: text(3),
                    ..says(Progress::InProgress, 5)
                };
                super::history::report(app, *id, "2020-04-14", stated).await;
            }
            let plan = plan_of(app, "THH", sheet(app, "THH").await).await;
            assert_eq!(changes(&plan), Vec::<String>::new());
        }
    })
    .await;
}
