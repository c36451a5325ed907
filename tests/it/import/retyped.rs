//! Our own sheet after somebody has worked on more than its cells: headings retyped, columns moved, rows added, the key
//! column gone, another tab filled in. Nothing that was typed is dropped in silence, and an untouched cell overwrites
//! nothing.

use giaoban::domain::finding::{FindingCode, Severity};
use giaoban::domain::history::Stated;
use giaoban::import::plan::Plan;
use giaoban::sheet::cell::{Cell, Row, Sheet, Value};
use giaoban::sheet::template::{Column, Property};

use super::own_sheet::{Back, exported, outcome, report, text};
use super::sheet::{outcomes, task_of};
use super::table;
use crate::support::app::{TestApp, on_both};

pub(super) fn word(word: &str) -> Value {
    Value::Text(word.into())
}

fn cell(column: u32, value: Value) -> Cell {
    Cell { column, value, format: 0, font: 0, formula: false }
}

pub(super) fn codes(plan: &Plan) -> Vec<FindingCode> {
    plan.findings.iter().map(|finding| finding.code).collect()
}

pub(super) fn of_row(plan: &Plan, task: &str) -> Vec<FindingCode> {
    let row = plan.rows.iter().find(|row| row.task.as_deref() == Some(task)).unwrap();
    row.findings.iter().map(|finding| finding.code).collect()
}

impl Back {
    fn sheet(&mut self) -> &mut Sheet {
        &mut self.workbook.sheets[self.located.sheet]
    }

    fn head(&mut self, column: Column, heading: &str) {
        let (row, at) = (self.located.heading_row, self.located.columns[&column]);
        self.put_at(row, at, word(heading));
    }

    /// A value in a cell, or nothing.
    pub(super) fn put_at(&mut self, row: u32, column: u32, value: Value) {
        let rows = &mut self.sheet().rows;
        if rows.iter().all(|known| known.number != row) {
            rows.push(Row { number: row, cells: Vec::new() });
            rows.sort_by_key(|row| row.number);
        }
        let row = rows.iter_mut().find(|known| known.number == row).unwrap();
        row.cells.retain(|cell| cell.column != column);
        if value != word("") {
            row.cells.push(cell(column, value));
            row.cells.sort_by_key(|cell| cell.column);
        }
    }

    /// A row below the last one: cells by column of the template. Gives its number.
    fn below(&mut self, cells: &[(Column, &str)]) -> u32 {
        let row = self.sheet().rows.last().unwrap().number + 1;
        for (column, text) in cells {
            let at = self.located.columns[column];
            self.put_at(row, at, word(text));
        }
        row
    }
}

pub(super) async fn back(app: &TestApp) -> (Back, i64) {
    let export = exported(app).await;
    (Back::read(app, &export).await, export.event_no)
}

pub(super) async fn wording(app: &TestApp, code: &str) -> String {
    task_of(app, code).await.unwrap().content
}

#[tokio::test]
async fn a_heading_is_known_whatever_its_case_blanks_signs_and_form() {
    on_both(async |app| {
        let (mut back, event) = back(app).await;
        back.head(Column::Status, "TÌNH  TRẠNG");
        back.head(Column::Result, "kết quả\nthực hiện ");
        // Decomposed, as some programs save it.
        back.head(Column::Note, "Ghi chu\u{301}");
        back.head(Column::Difficulties, "Khó khăn - vướng mắc:");
        back.put(app, "VII.4-1", Column::Result, word("một")).await;
        back.put(app, "VII.4-2.1", Column::Note, word("hai")).await;
        back.put(app, "VII.4-2.2", Column::Difficulties, word("ba")).await;
        back.put(app, "VII.4-3", Column::Status, word("Đã hoàn thành")).await;
        let plan = back.plan(app, event).await;
        for code in ["VII.4-1", "VII.4-2.1", "VII.4-2.2", "VII.4-3"] {
            assert_eq!(outcome(&plan, code), "create", "{code}");
        }
        assert_eq!(codes(&plan), []);
    })
    .await;
}

#[tokio::test]
async fn a_retyped_heading_is_told_by_place_and_meaning_and_named() {
    use FindingCode::{OwnColumnNotRead, OwnHeadingChanged, OwnHeadingUnknown};
    on_both(async |app| {
        let table = [
            ("Tình trạng thực hiện", Column::Status, "create", OwnHeadingChanged),
            ("", Column::Status, "create", OwnHeadingChanged),
            ("Mục tự điền", Column::Status, "ask", OwnHeadingUnknown),
            ("Đơn vị phối hợp", Column::Status, "no_change", OwnColumnNotRead),
            ("Kết quả đạt được", Column::Result, "create", OwnHeadingChanged),
            ("Xyz", Column::Note, "ask", OwnHeadingUnknown),
        ];
        for (heading, column, expected, code) in table {
            let (mut back, event) = back(app).await;
            back.head(column, heading);
            back.put(app, "VII.4-3", column, word("Đã hoàn thành")).await;
            let plan = back.plan(app, event).await;
            assert_eq!(outcome(&plan, "VII.4-3"), expected, "{heading}");
            assert_eq!(codes(&plan), [code], "{heading}");
            assert_eq!(outcome(&plan, "VII.4-1"), "no_change", "{heading}");
        }
    })
    .await;
}

#[tokio::test]
async fn neighbouring_headings_retyped_together_keep_their_places() {
    on_both(async |app| {
        let (mut back, event) = back(app).await;
        back.head(Column::Difficulties, "");
        back.head(Column::Proposals, "");
        back.put(app, "VII.4-3", Column::Proposals, word("Xin thêm kinh phí")).await;
        back.put(app, "VII.4-1", Column::Difficulties, word("Thiếu người")).await;
        let plan = back.plan(app, event).await;
        assert_eq!(codes(&plan), [FindingCode::OwnHeadingChanged; 2]);
        let stated =
            |code: &str| plan.rows.iter().find(|row| row.task.as_deref() == Some(code)).unwrap().stated();
        assert_eq!(stated("VII.4-3").proposals, text("Xin thêm kinh phí"));
        assert_eq!(stated("VII.4-1").difficulties, text("Thiếu người"));
    })
    .await;
}

#[tokio::test]
async fn columns_that_are_not_read_are_named_and_take_no_other_place() {
    on_both(async |app| {
        let (mut back, event) = back(app).await;
        let (heading, last) = (back.located.heading_row, back.located.columns[&Column::Note]);
        let row = back.row_of(app, "VII.4-3").await;
        back.put_at(heading, last + 1, word("Phòng theo dõi"));
        back.put_at(row, last + 1, word("Phòng BCVT"));
        back.put_at(heading, last + 2, word("Kết quả thực hiện"));
        let plan = back.plan(app, event).await;
        assert_eq!(codes(&plan), [FindingCode::OwnColumnExtra], "an empty copy says nothing");
        back.put_at(row, last + 2, word("Đã trình"));
        let plan = back.plan(app, event).await;
        assert_eq!(codes(&plan), [FindingCode::OwnColumnExtra, FindingCode::OwnColumnNotRead]);
        assert_eq!(outcome(&plan, "VII.4-3"), "no_change");
        // Where the note is gone, a column of the unit's own is not silently taken for it.
        back.drop_column(Column::Note);
        let plan = back.plan(app, event).await;
        assert!(codes(&plan).iter().any(|code| code.severity() >= Severity::Warning), "{:?}", plan.findings);
        assert_ne!(outcome(&plan, "VII.4-3"), "create");
    })
    .await;
}

#[tokio::test]
async fn an_added_row_counts_whatever_it_says_and_wherever_it_stands() {
    on_both(async |app| {
        let (mut back, event) = back(app).await;
        let content = wording(app, "VII.4-3").await;
        // Signatures below the table are no rows; a remark is named.
        back.below(&[(Column::Content, "Ghi chú: số liệu tính đến hết ngày 20/4")]);
        let table = [
            (vec![(Column::Code, "VII.4-3"), (Column::Status, "Đã hoàn thành")], 1),
            (vec![(Column::Content, "Việc phát sinh trong tháng")], 0),
            (vec![(Column::Result, "Đã trình UBND tỉnh")], 0),
            (vec![(Column::Number, "6"), (Column::Percent, "40")], 0),
        ];
        for (cells, candidates) in table {
            let mut back = Back { workbook: back.workbook.clone(), located: back.located.clone() };
            let row = back.below(&cells);
            let plan = back.plan(app, event).await;
            let added = plan.rows.iter().find(|planned| planned.place.row == row);
            let added = added.unwrap_or_else(|| panic!("{cells:?} is dropped: {:?}", outcomes(&plan)));
            assert_eq!((added.outcome.as_str(), added.candidates.len()), ("ask", candidates), "{cells:?}");
        }
        back.below(&[
            (Column::Content, &content),
            (Column::Code, "vii.4-3"),
            (Column::Status, "Đã hoàn thành"),
        ]);
        let signed = back.below(&[(Column::Content, "NGƯỜI LẬP BIỂU"), (Column::Result, "GIÁM ĐỐC")]);
        let name = back.below(&[(Column::Result, "Nguyễn Văn A")]);
        let plan = back.plan(app, event).await;
        assert!(
            plan.rows.iter().all(|row| ![signed, name].contains(&row.place.row)),
            "{:?}",
            outcomes(&plan)
        );
        // The remark stands above the added row now, so it is asked about.
        let twice: Vec<_> = plan.rows.iter().filter(|row| row.task.as_deref() == Some("VII.4-3")).collect();
        let errors = twice.iter().filter(|row| row.outcome.as_str() == "error");
        assert_eq!((twice.len(), errors.count()), (2, 2), "code and wording lead to the task: a double row");
    })
    .await;
}

#[tokio::test]
async fn without_keys_code_and_wording_lead_to_the_tasks_and_the_base_stays_known() {
    on_both(async |app| {
        for clear_heading in [false, true] {
            let (mut back, event) = back(app).await;
            report(app, "VII.4-1", Stated { result: text("đồng nghiệp ghi"), ..Stated::default() }).await;
            back.put(app, "VII.4-3", Column::Result, word("đơn vị ghi")).await;
            let asked = back.row_of(app, "VII.4-2.1").await;
            if clear_heading {
                back.head(Column::Key, "");
                let plan = back.plan(app, event).await;
                assert_eq!(codes(&plan), [], "the keys speak for themselves");
                assert_eq!(plan.rows.len(), 5);
                continue;
            }
            back.drop_column(Column::Key);
            let content = back.located.columns[&Column::Content];
            back.put_at(asked, content, word("Việc khác"));
            let plan = back.plan(app, event).await;
            assert_eq!(codes(&plan), [FindingCode::KeyByCode]);
            assert_eq!(outcome(&plan, "VII.4-1"), "no_change", "what a colleague wrote is not overwritten");
            assert_eq!(outcome(&plan, "VII.4-3"), "create");
            let row = plan.rows.iter().find(|row| row.place.row == asked).unwrap();
            assert_eq!(
                (row.outcome.as_str(), row.task.as_deref()),
                ("ask", None),
                "code and wording disagree"
            );
            assert_eq!(row.candidates.len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_filled_copy_or_another_table_beside_it_is_asked_about_and_an_untouched_copy_is_not() {
    on_both(async |app| {
        let (mut back, event) = back(app).await;
        let mut copy = back.sheet().clone();
        copy.name = "Báo cáo tiến độ (2)".into();
        // A copy may stand before the original.
        back.workbook.sheets.insert(0, copy);
        let plan = back.plan(app, event).await;
        assert!(plan.is_no_change() && plan.findings.is_empty(), "{:?}", plan.findings);
        let note = back.located.columns[&Column::Note];
        let row = back.row_of(app, "VII.4-3").await;
        back.located.sheet = 0;
        back.put_at(row, note, word("điền ở bản sao"));
        let plan = back.plan(app, event).await;
        assert_eq!(codes(&plan), [FindingCode::SheetNotRead]);
        assert_eq!(plan.findings[0].detail, "“Báo cáo tiến độ (2)”");
        assert!(plan.rows.iter().all(|row| row.outcome.as_str() == "ask"), "{:?}", outcomes(&plan));

        let content = wording(app, "VII.4-3").await;
        let lines = format!("TT | Nội dung nhiệm vụ | Tình trạng\n1 | {content} | Đã hoàn thành");
        back.workbook.sheets[0] = table::sheet("Bổ sung", &lines);
        let plan = back.plan(app, event).await;
        assert_eq!(codes(&plan), [FindingCode::SheetNotRead]);
        assert_eq!(plan.findings[0].detail, "“Bổ sung”");
        back.workbook.sheets[0] =
            table::sheet("Danh bạ", "TT | Họ tên | Điện thoại\n1 | Nguyễn Văn A | 0912");
        let plan = back.plan(app, event).await;
        assert!(plan.is_no_change() && plan.findings.is_empty(), "{:?}", plan.findings);
    })
    .await;
}

#[tokio::test]
async fn a_state_of_the_office_written_by_the_unit_is_named() {
    on_both(async |app| {
        let (mut back, event) = back(app).await;
        back.put(app, "VII.4-3", Column::Status, word("Tạm dừng")).await;
        let plan = back.plan(app, event).await;
        assert_eq!(outcome(&plan, "VII.4-3"), "no_change");
        assert_eq!(of_row(&plan, "VII.4-3"), [FindingCode::StatusNeedsDecision]);
        assert_eq!(of_row(&plan, "VII.4-1"), []);
    })
    .await;
}

#[tokio::test]
async fn a_copied_row_with_another_text_or_an_error_stores_neither() {
    on_both(async |app| {
        let table = [
            (Column::Result, word("văn bản khác"), FindingCode::DuplicateContradictory),
            (Column::Percent, Value::Number(150.0), FindingCode::DuplicateOpen),
        ];
        for (column, value, code) in table {
            let (mut back, event) = back(app).await;
            back.put(app, "VII.4-3", Column::Result, word("Đã họp")).await;
            let row = back.row_of(app, "VII.4-3").await;
            let sheet = back.sheet();
            let mut copy = sheet.row(row).unwrap().clone();
            copy.number = sheet.rows.last().unwrap().number + 1;
            let number = copy.number;
            sheet.rows.push(copy);
            let at = back.located.columns[&column];
            back.put_at(number, at, value);
            let plan = back.plan(app, event).await;
            let both: Vec<_> =
                plan.rows.iter().filter(|row| row.task.as_deref() == Some("VII.4-3")).collect();
            assert_eq!(both.len(), 2);
            for row in both {
                assert_eq!(row.outcome.as_str(), "error", "{code:?}: {:?}", row.findings);
                assert!(row.findings.iter().any(|finding| finding.code == code), "{:?}", row.findings);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_sheet_started_from_is_believed_only_as_the_records_have_it() {
    on_both(async |app| {
        let (back, event) = back(app).await;
        let doubtful = async |property: Property, value: Option<&str>, on_record| {
            let mut back = Back { workbook: back.workbook.clone(), located: back.located.clone() };
            back.put(app, "VII.4-3", Column::Result, word("đơn vị ghi")).await;
            let properties = &mut back.workbook.properties;
            properties.retain(|(name, _)| name != property.as_str());
            properties.extend(value.map(|value| (property.as_str().to_owned(), value.to_owned())));
            let plan = back.plan(app, on_record).await;
            assert!(plan.rows.iter().all(|row| row.outcome.as_str() != "create"), "{:?}", outcomes(&plan));
            codes(&plan)
        };
        let unknown = FindingCode::SheetBaseUnknown;
        for number in ["999999999", "-5", "99999999999999999999999", "x"] {
            assert!(doubtful(Property::Event, Some(number), event).await.contains(&unknown), "{number}");
        }
        assert!(doubtful(Property::Event, None, event).await.contains(&unknown), "damaged");
        assert!(doubtful(Property::Template, None, event).await.contains(&unknown), "marks lost");
        let version = doubtful(Property::Version, Some("0"), event).await;
        assert!(version.contains(&FindingCode::TemplateUnknown));
        let mut unmade = back.workbook.clone();
        let export =
            unmade.properties.iter_mut().find(|(name, _)| name == Property::Export.as_str()).unwrap();
        export.1 = uuid::Uuid::nil().to_string();
        let (_, understood) =
            Back { workbook: unmade, located: back.located.clone() }.understood(app, None).await;
        assert!(understood.findings.iter().any(|finding| finding.code == unknown));
        assert_eq!(understood.base_event, None);
    })
    .await;
}
