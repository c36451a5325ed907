//! Our own sheet, out and back: unchanged it changes nothing, in whatever order its rows stand; what was changed on
//! both sides is a conflict.

use std::borrow::Cow;
use std::collections::BTreeSet;

use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_export::record_export;
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::domain::access::Role;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::finding::FindingCode;
use giaoban::domain::history::Stated;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::export::fetch::{Export, sheet_for_unit};
use giaoban::import::own_sheet::{self, Located};
use giaoban::import::plan::{Context, Plan, plan};
use giaoban::import::snapshot::{self, About, Known, Purpose, States};
use giaoban::import::understood::{self, Understood};
use giaoban::sheet::cell::{Cell, Value, Workbook};
use giaoban::sheet::template::{Column, Property};
use giaoban::store;

use super::sheet::{assignment_of, officer, outcomes, send};
use crate::support::app::{TestApp, on_both, today};

pub(super) async fn exported(app: &TestApp) -> Export {
    let caller = officer(app).await;
    let moment = app.app.database.snapshot().await.unwrap();
    let unit = store::unit::by_code_or_alias(&moment, "40").await.unwrap().unwrap();
    let export = sheet_for_unit(&moment, &caller.scope(), &unit, app.app.clock.now()).await.unwrap();
    moment.rollback().await.unwrap();
    record_export(&app.app, &caller, &export).await.unwrap();
    export
}

pub(super) async fn report(app: &TestApp, code: &str, stated: Stated) {
    let assignment = assignment_of(app, "40", code).await.unwrap().id;
    let wanted = RecordReport { assignment, reported_on: None, stated };
    record_report(&app.app, &officer(app).await, wanted).await.unwrap();
}

async fn decide(app: &TestApp, code: &str, kind: DecisionKind) {
    let assignment = assignment_of(app, "40", code).await.unwrap().id;
    let wanted = RecordDecision { assignment, kind, decided_on: None, note: None, transferred_to: None };
    record_decision(&app.app, &app.caller(Role::Office, &[]).await, wanted).await.unwrap();
}

pub(super) fn text(text: &str) -> Option<std::sync::Arc<str>> {
    Some(text.into())
}

/// Something in every state.
async fn in_every_state(app: &TestApp) {
    let done = Stated {
        progress: Some(Progress::Completed),
        percent: Some(Percent::FULL),
        completed_on: today().pred_opt(),
        result: text("=1+1 là công thức? @không, - không"),
        ..Stated::default()
    };
    report(app, "VII.4-1", done.clone()).await;
    report(app, "VII.4-2.1", done).await;
    decide(app, "VII.4-2.1", DecisionKind::Confirm).await;
    let half = Stated {
        progress: Some(Progress::InProgress),
        percent: Percent::from_hundredths(6543),
        difficulties: text("dòng một\ndòng hai\n'ba"),
        note: text(" đầu và cuối có dấu cách "),
        ..Stated::default()
    };
    report(app, "VII.4-2.2", half.clone()).await;
    report(app, "VII.4-3", half).await;
    decide(app, "VII.4-3", DecisionKind::Suspend).await;
    report(app, "II.1-3", Stated { percent: Percent::from_hundredths(50), ..Stated::default() }).await;
}

#[tokio::test]
async fn out_and_back_without_a_change_is_no_change() {
    on_both(async |app| {
        let untouched = send(app, exported(app).await.bytes).await.unwrap();
        assert!(untouched.plan.is_no_change(), "{:?}", outcomes(&untouched.plan));
        in_every_state(app).await;
        let sent = send(app, exported(app).await.bytes).await.unwrap();
        assert!(sent.plan.is_no_change(), "{:?}", sent.plan);
        assert_eq!(sent.plan.rows.len(), 5, "{:?}", outcomes(&sent.plan));
        assert!(sent.plan.rows.iter().all(|row| row.findings.is_empty()), "{:?}", sent.plan.rows);
        assert!(sent.import.base_event.is_some());
    })
    .await;
}

/// A sheet that came back, before it is planned: cells can be changed and rows moved.
pub(super) struct Back {
    pub(super) workbook: Workbook,
    pub(super) located: Located,
}

impl Back {
    pub(super) async fn read(app: &TestApp, export: &Export) -> Back {
        let workbook = app.app.reader.read(export.bytes.clone()).await.unwrap();
        let located = own_sheet::tables(&workbook).remove(0);
        Back { workbook, located }
    }

    pub(super) async fn row_of(&self, app: &TestApp, code: &str) -> u32 {
        let key = assignment_of(app, "40", code).await.unwrap().id;
        self.located.keys.iter().find(|(_, known)| *known == key).unwrap().0
    }

    pub(super) async fn put(&mut self, app: &TestApp, code: &str, column: Column, value: Value) {
        let number = self.row_of(app, code).await;
        let at = self.located.columns[&column];
        let rows = &mut self.workbook.sheets[self.located.sheet].rows;
        let row = rows.iter_mut().find(|row| row.number == number).unwrap();
        row.cells.retain(|cell| cell.column != at);
        row.cells.push(Cell { column: at, value, format: 0, font: 0, formula: false });
        row.cells.sort_by_key(|cell| cell.column);
    }

    /// Takes a column out of the sheet, heading and all.
    pub(super) fn drop_column(&mut self, column: Column) {
        let at = self.located.columns[&column];
        for row in &mut self.workbook.sheets[self.located.sheet].rows {
            row.cells.retain(|cell| cell.column != at);
        }
    }

    /// What is understood of it, as a sheet of this export.
    pub(super) async fn understood(&self, app: &TestApp, on_record: Option<i64>) -> (Known, Understood) {
        let db = app.app.database.reader();
        let unit = store::unit::by_code_or_alias(db, "40").await.unwrap().unwrap();
        let known = snapshot::known(db, &unit, Purpose::Reading).await.unwrap();
        let read = |workbook: &Workbook| giaoban::import::understand(workbook, &known.catalogue);
        let understood =
            understood::of_workbook(Cow::Borrowed(&self.workbook), &known, on_record, read).unwrap();
        (known, understood)
    }

    pub(super) async fn plan(&self, app: &TestApp, event: i64) -> Plan {
        let (known, Understood { claims, findings, base_event, .. }) =
            self.understood(app, Some(event)).await;
        let codes = snapshot::codes_of(&claims);
        let ahead = States::new();
        let (reported_on, alike, layouts) = (today(), None, BTreeSet::new());
        let about = About { codes: &codes, reported_on, base_event, alike, layouts: &layouts, ahead: &ahead };
        let state = snapshot::snapshot(app.app.database.reader(), &known, about).await.unwrap();
        let answers = giaoban::import::answers::Answers::default();
        plan(&claims, &state, Context { reported_on: today(), answers: &answers, findings: &findings })
    }
}

pub(super) fn outcome(plan: &Plan, code: &str) -> &'static str {
    plan.rows.iter().find(|row| row.task.as_deref() == Some(code)).unwrap().outcome.as_str()
}

#[tokio::test]
async fn theirs_is_taken_ours_is_kept_and_both_are_a_conflict() {
    on_both(async |app| {
        in_every_state(app).await;
        let export = exported(app).await;
        let mut back = Back::read(app, &export).await;
        let word = |word: &str| Value::Text(word.into());
        // Meanwhile a colleague wrote about two of the tasks.
        for code in ["VII.4-1", "VII.4-2.2"] {
            report(app, code, Stated { result: text("đồng nghiệp ghi"), ..Stated::default() }).await;
        }
        back.put(app, "VII.4-2.2", Column::Result, word("đơn vị ghi")).await;
        back.put(app, "VII.4-3", Column::Percent, Value::Number(70.0)).await;
        back.put(app, "II.1-3", Column::Note, word("(xoá)")).await;
        back.put(app, "II.1-3", Column::Percent, word("(xoá)")).await;
        let plan = back.plan(app, export.event_no).await;
        assert_eq!(outcome(&plan, "VII.4-1"), "no_change", "only ours changed: kept");
        assert_eq!(outcome(&plan, "VII.4-2.2"), "conflict", "both changed");
        assert_eq!(outcome(&plan, "VII.4-3"), "create", "only theirs changed: taken");
        let cleared = plan.rows.iter().find(|row| row.task.as_deref() == Some("II.1-3")).unwrap();
        assert!(cleared.stated().cleared.contains(&giaoban::domain::history::Part::Percent));
        assert_eq!(outcome(&plan, "VII.4-2.1"), "no_change");
    })
    .await;
}

#[tokio::test]
async fn rows_may_be_sorted_deleted_and_copied_and_columns_moved() {
    on_both(async |app| {
        in_every_state(app).await;
        let export = exported(app).await;
        let mut back = Back::read(app, &export).await;
        let copied = back.row_of(app, "VII.4-1").await;
        let (first, last) = (back.located.keys[0].0, back.located.keys[4].0);
        let status = back.located.columns[&Column::Status];
        let rows = &mut back.workbook.sheets[back.located.sheet].rows;
        let mut body: Vec<_> = rows.extract_if(.., |row| (first..=last).contains(&row.number)).collect();
        let copy = body.iter().find(|row| row.number == copied).unwrap().clone();
        body.reverse();
        body.pop();
        body.push(copy);
        for (number, row) in (first..).zip(&mut body) {
            row.number = number;
        }
        rows.extend(body);
        rows.sort_by_key(|row| row.number);
        // The status column goes to the far right.
        for row in rows {
            for cell in row.cells.iter_mut().filter(|cell| cell.column == status) {
                cell.column = 40;
            }
            row.cells.sort_by_key(|cell| cell.column);
        }
        let plan = back.plan(app, export.event_no).await;
        let all = outcomes(&plan);
        assert_eq!(all.iter().filter(|outcome| outcome.ends_with("no_change")).count(), 4, "{all:?}");
        assert_eq!(all.iter().filter(|outcome| *outcome == "VII.4-1 skipped").count(), 1, "{all:?}");
        let twice = plan.rows.iter().filter(|row| row.task.as_deref() == Some("VII.4-1"));
        for row in twice {
            let codes: Vec<_> = row.findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, [FindingCode::DuplicateIdentical], "both copies are named");
        }
    })
    .await;
}

#[tokio::test]
async fn a_changed_sheet_is_stored_once_and_then_known() {
    on_both(async |app| {
        let sheet = exported(app).await;
        report(app, "VII.4-1", Stated { percent: Some(Percent::FULL), ..Stated::default() }).await;
        let later = exported(app).await;
        // The older sheet carries no percent for the task: blank keeps.
        let old = send(app, sheet.bytes).await.unwrap();
        assert!(old.plan.is_no_change(), "{:?}", outcomes(&old.plan));
        let (id, plan_hash) = (old.import.id, old.plan.hash);
        let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
        let done = commit_import(&app.app, &officer(app).await, wanted).await.unwrap();
        assert!(matches!(done, Committed::NoChange { earlier: None, .. }));
        assert!(send(app, later.bytes).await.unwrap().plan.is_no_change());
    })
    .await;
}

#[tokio::test]
async fn a_sheet_made_for_another_unit_stores_nothing() {
    on_both(async |app| {
        let export = exported(app).await;
        let foreign = app.caller(Role::Unit, &["79"]).await;
        let upload = giaoban::actions::upload_import::Upload {
            unit: "79".into(),
            file_name: None,
            bytes: export.bytes,
            reported_on: None,
        };
        let sent = giaoban::actions::upload_import::upload_import(&app.app, &foreign, upload).await.unwrap();
        let codes: Vec<_> = sent.plan.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&FindingCode::SheetOfAnotherUnit), "{codes:?}");
        assert_eq!(
            sent.plan.count(giaoban::domain::import::RowOutcome::Create),
            0,
            "{:?}",
            outcomes(&sent.plan)
        );
    })
    .await;
}

#[tokio::test]
async fn inserted_and_hidden_rows_are_named_and_a_contradicting_copy_names_both() {
    on_both(async |app| {
        let export = exported(app).await;
        let mut back = Back::read(app, &export).await;
        let copied = back.row_of(app, "VII.4-1").await;
        let hidden = back.row_of(app, "VII.4-3").await;
        let sheet = &mut back.workbook.sheets[back.located.sheet];
        sheet.hidden_rows.insert(hidden);
        let percent = back.located.columns[&Column::Percent];
        let last = sheet.rows.iter().map(|row| row.number).max().unwrap();
        let copy = sheet.rows.iter().find(|row| row.number == copied).unwrap().clone();
        let with = |row: &giaoban::sheet::cell::Row, number, value| {
            let mut row = row.clone();
            row.number = number;
            row.cells.retain(|cell| cell.column != percent);
            row.cells.push(Cell { column: percent, value, format: 0, font: 0, formula: false });
            row.cells.sort_by_key(|cell| cell.column);
            row
        };
        let mut inserted = with(&copy, last + 2, Value::Number(10.0));
        let key = back.located.keys.iter().find(|(row, _)| *row == copied).unwrap().1.to_string();
        inserted.cells.retain(|cell| !matches!(&cell.value, Value::Text(text) if **text == *key));
        // What it speaks of is told by its code alone.
        let content = back.located.columns[&Column::Content];
        inserted.cells.retain(|cell| cell.column != content);
        sheet.rows.retain(|row| row.number != copied);
        sheet.rows.push(with(&copy, copied, Value::Number(20.0)));
        sheet.rows.push(with(&copy, last + 1, Value::Number(30.0)));
        sheet.rows.push(inserted);
        sheet.rows.sort_by_key(|row| row.number);
        let plan = back.plan(app, export.event_no).await;
        let named = |outcome: &str, code| {
            let rows = plan.rows.iter().filter(|row| row.outcome.as_str() == outcome);
            rows.filter(|row| row.findings.iter().any(|finding| finding.code == code)).count()
        };
        assert_eq!(
            named("error", FindingCode::DuplicateContradictory),
            2,
            "both copies: {:?}",
            outcomes(&plan)
        );
        assert_eq!(named("ask", FindingCode::KeyUnknown), 1, "the inserted row: {:?}", outcomes(&plan));
        let inserted = plan.rows.iter().find(|row| row.outcome.as_str() == "ask").unwrap();
        assert_eq!(inserted.candidates.len(), 1, "its code proposes the task");
        assert_eq!(&*inserted.candidates[0].0, "VII.4-1");
        assert_eq!(named("no_change", FindingCode::HiddenRow), 1, "the filtered row: {:?}", outcomes(&plan));
    })
    .await;
}

#[tokio::test]
async fn a_template_that_is_no_longer_known_is_read_as_a_foreign_sheet_and_says_so() {
    on_both(async |app| {
        let export = exported(app).await;
        let mut workbook = app.app.reader.read(export.bytes.clone()).await.unwrap();
        let version = workbook.properties.iter_mut().find(|(name, _)| name == Property::Version.as_str());
        version.unwrap().1 = "999".into();
        let db = app.app.database.reader();
        let unit = store::unit::by_code_or_alias(db, "40").await.unwrap().unwrap();
        let known = snapshot::known(db, &unit, Purpose::Reading).await.unwrap();
        let read = |workbook: &Workbook| giaoban::import::understand(workbook, &known.catalogue);
        let understood = giaoban::import::understood::of_workbook(
            Cow::Owned(workbook),
            &known,
            Some(export.event_no),
            read,
        )
        .unwrap();
        let codes: Vec<_> = understood.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&FindingCode::TemplateUnknown), "{codes:?}");
        assert_eq!(understood.base_event, None);
        assert!(understood.claims.iter().filter(|claim| claim.task.is_some()).count() >= 4);
    })
    .await;
}

#[tokio::test]
async fn days_times_and_percents_typed_into_texts_are_kept_as_they_are_seen() {
    on_both(async |app| {
        let export = exported(app).await;
        let table = [
            (43_955.0, "dd/mm/yyyy", "04/5/2020"),
            (0.5, "0%", "50%"),
            (0.5625, "h:mm", "13:30"),
            (12.5, "General", "12.5"),
        ];
        for (number, format, seen) in table {
            let mut back = Back::read(app, &export).await;
            back.put(app, "VII.4-3", Column::Note, Value::Number(number)).await;
            for sheet in &mut back.workbook.sheets {
                let index = u16::try_from(sheet.formats.len()).unwrap();
                sheet.formats.push(format.into());
                let cells = sheet.rows.iter_mut().flat_map(|row| &mut row.cells);
                for cell in cells.filter(|cell| cell.value == Value::Number(number)) {
                    cell.format = index;
                }
            }
            let plan = back.plan(app, export.event_no).await;
            let row = plan.rows.iter().find(|row| row.task.as_deref() == Some("VII.4-3")).unwrap();
            assert_eq!(row.stated().note.as_deref(), Some(seen), "{number} as {format}");
        }
    })
    .await;
}
