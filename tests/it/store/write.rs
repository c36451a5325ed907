//! Writing: history rows with their events, states in batches, imports that advance one way.

use chrono::NaiveDate;
use giaoban::domain::access::Scope;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::state_now;
use giaoban::domain::import::{ImportState, RowOutcome};
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::entities::{
    assignment, decision, export_record, import, import_finding, import_row, import_sheet, report,
};
use giaoban::events::{self, Draft};
use giaoban::store::{self, write};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::fixture::{Case, caller, day, now, on_both_seeded};

/// Records a report the way a verb does, and brings the state up to date. Gives the id of the report.
pub(super) async fn record(
    case: &Case,
    row: &assignment::Model,
    reported_on: NaiveDate,
    say: impl FnOnce(&mut report::Model),
) -> Uuid {
    let transaction = case.database.begin().await.unwrap();
    let mut log = events::lock(&transaction, &caller(), now()).await.unwrap();
    let event_no = log.record(Draft {
        kind: "report.recorded",
        subject: "assignment",
        subject_id: Some(row.id),
        unit_id: Some(row.unit_id),
        ..Draft::default()
    });
    let mut report = report::Model {
        id: write::new_id(),
        assignment_id: row.id,
        unit_id: row.unit_id,
        reported_on,
        recorded_at: log.at(),
        recorded_by: "thử nghiệm".into(),
        event_no,
        progress: None,
        percent: None,
        completed_on: None,
        result: None,
        difficulties: None,
        proposals: None,
        note: None,
        cleared: String::new(),
        import_id: None,
        import_row_id: None,
        place: None,
    };
    say(&mut report);
    let id = report.id;
    write::insert_all::<report::Model>(&transaction, vec![report]).await.unwrap();
    refold(&transaction, row).await;
    log.finish(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

/// Records a decision of the office the way a verb does.
pub(super) async fn decide(case: &Case, row: &assignment::Model, kind: DecisionKind, decided_on: NaiveDate) {
    let transaction = case.database.begin().await.unwrap();
    let mut log = events::lock(&transaction, &caller(), now()).await.unwrap();
    let event_no = log.record(Draft {
        kind: "assignment.decided",
        subject: "assignment",
        subject_id: Some(row.id),
        unit_id: Some(row.unit_id),
        ..Draft::default()
    });
    let decision = decision::Model {
        id: write::new_id(),
        assignment_id: row.id,
        kind,
        decided_on,
        note: None,
        transferred_to: None,
        decided_by: "thử nghiệm".into(),
        event_no,
    };
    write::insert_all::<decision::Model>(&transaction, vec![decision]).await.unwrap();
    refold(&transaction, row).await;
    log.finish(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn refold(transaction: &sea_orm::DatabaseTransaction, row: &assignment::Model) {
    let entries = store::history::of_ids(transaction, &[row.id]).await.unwrap().remove(&row.id).unwrap();
    let tasks = store::task::by_ids(transaction, &Scope::All, &[row.task_id]).await.unwrap();
    let state = state_now(tasks[&row.task_id].deadline_due, &entries);
    let mut row = row.clone();
    store::history::put_state(&mut row, &state);
    store::assignment::put_states(transaction, vec![row]).await.unwrap();
}

/// Keeps an import of a unit. Gives its id.
pub(super) async fn upload(case: &Case, unit: Uuid) -> Uuid {
    let db = case.database.writer();
    let import = an_import(unit);
    let id = import.id;
    store::import::keep_bytes(db, import.file_sha256.clone(), b"PK".to_vec()).await.unwrap();
    write::insert_all::<import::Model>(db, vec![import]).await.unwrap();
    id
}

fn an_import(unit_id: Uuid) -> import::Model {
    import::Model {
        id: write::new_id(),
        unit_id,
        file_sha256: "00".repeat(32),
        file_name: Some("bảng.xlsx".into()),
        uploaded_by: "thử nghiệm".into(),
        uploaded_at: now(),
        reported_on: day("2020-04-01"),
        state: ImportState::Received,
        refusal: None,
        plan_hash: None,
        committed_by: None,
        committed_at: None,
        counts: None,
        answers: None,
        content_hash: None,
        base_event: None,
        event_no: None,
        commit_key: None,
    }
}

#[tokio::test]
async fn states_are_written_in_batches_and_nothing_else_of_the_row_changes() {
    on_both_seeded(async |case: &Case| {
        let before = case.assignments(&[]).await;
        let mut rows = before.clone();
        for (row, number) in rows.iter_mut().zip(0..) {
            row.progress = Progress::InProgress;
            row.percent = Percent::from_hundredths(number * 10);
            row.note = Some(format!("dòng {number}"));
            row.state_event = number;
        }
        let db = case.database.writer();
        let (statements, result) = case.statements_of(store::assignment::put_states(db, rows.clone())).await;
        result.unwrap();
        assert_eq!(statements, 1);
        assert_eq!(case.assignments(&[]).await, rows);
    })
    .await;
}

/// The rows of an import, more than one page of them, come in their order.
async fn come_page_by_page(case: &Case, import: Uuid, rows: &[import_row::Model]) {
    let take = |kept: &mut Vec<(Uuid, String)>, row: store::import::KeptRow| {
        kept.push((row.id, row.reading));
        Ok(())
    };
    let import = [import];
    let asked = store::import::each_kept_row(case.database.reader(), &import, Vec::new(), take);
    let (statements, kept) = case.statements_of(asked).await;
    let kept = kept.unwrap();
    // Which rows there are, and every page of them.
    assert_eq!(statements, 1 + rows.len().div_ceil(2_500));
    assert!(kept.into_iter().eq(rows.iter().map(|row| (row.id, row.reading.clone()))));
}

#[tokio::test]
async fn many_rows_are_written_in_statements_that_both_databases_take() {
    on_both_seeded(async |case: &Case| {
        let units = store::unit::all(case.database.reader(), &Scope::All).await.unwrap();
        let import = upload(case, units[0].id).await;
        let sheet = import_sheet::Model {
            id: write::new_id(),
            import_id: import,
            position: 0,
            name: "Bảng 1".into(),
            header_rows: "[0]".into(),
            columns: "[]".into(),
            taken_for: "tasks".into(),
            layout: None,
        };
        // Texts that could be taken for how lists travel, among the last rows only: the statements before them travel plain.
        let plain = (0..9_000).map(|row| format!("{{\"đơn vị\": \"số {row}\"}}"));
        let odd = ["", "NULL", "{}", "{a,\"b\\", "\u{1f}", "\u{1e}", "a\u{1f}\u{1e}b", "'", "$1", "\n"];
        let mut readings = plain.chain(odd.iter().cycle().map(|text| (*text).to_owned()));
        let rows: Vec<import_row::Model> = (0..10_005)
            .map(|row| import_row::Model {
                id: write::new_id(),
                import_id: import,
                sheet_id: sheet.id,
                row,
                row_to: row,
                kind: "task".into(),
                reading: readings.next().unwrap_or_default(),
                task_id: None,
                decision: "none".into(),
                outcome: RowOutcome::NotOurs,
            })
            .collect();
        let finding = import_finding::Model {
            id: write::new_id(),
            import_id: import,
            sheet: Some("Bảng 1".into()),
            row: Some(3),
            column: None,
            code: "status_missing".into(),
            severity: giaoban::domain::finding::Severity::Warning,
            detail: String::new(),
        };
        let transaction = case.database.begin().await.unwrap();
        let reading = (vec![sheet.clone()], rows.clone(), vec![finding.clone()]);
        store::import::put_reading(&transaction, import, reading.clone()).await.unwrap();
        store::import::put_reading(&transaction, import, reading).await.unwrap();
        let changed: Vec<_> =
            rows.iter().map(|row| import_row::Model { outcome: RowOutcome::Ask, ..row.clone() }).collect();
        let outcomes = changed.iter().map(|row| (row.id, (row.outcome, row.task_id))).collect();
        store::import::put_outcomes(&transaction, &outcomes).await.unwrap();
        transaction.commit().await.unwrap();
        let read = case.database.reader();
        let stored = store::import::rows_by_import_ids(read, &[import]).await.unwrap();
        assert_eq!(stored[&import], changed);
        come_page_by_page(case, import, &changed).await;
        let first = store::import::first_rows_by_import_ids(read, &[import], 3).await.unwrap();
        assert_eq!(first[&import], changed[..3]);
        let findings = store::import::findings_by_import_ids(read, &[import]).await.unwrap();
        assert_eq!(findings[&import], [finding]);
        assert_eq!(store::import::sheets_by_import_ids(read, &[import]).await.unwrap()[&import], [sheet]);
    })
    .await;
}

#[tokio::test]
async fn an_import_advances_only_from_the_state_it_was_found_in_and_bytes_are_kept_once() {
    on_both_seeded(async |case: &Case| {
        let units = store::unit::all(case.database.reader(), &Scope::All).await.unwrap();
        let (first, second) = (upload(case, units[0].id).await, upload(case, units[1].id).await);
        let db = case.database.writer();
        let planned = import::ActiveModel { state: Set(ImportState::Planned), ..Default::default() };
        let advance = async |change| store::import::advance(db, first, ImportState::Received, change).await;
        assert!(advance(planned.clone()).await.unwrap());
        assert!(!advance(planned).await.unwrap(), "it is no longer in that state");
        let imports = store::import::by_ids(db, &Scope::All, &[first, second]).await.unwrap();
        assert_eq!(imports[&first].state, ImportState::Planned);
        assert_eq!(imports[&second].state, ImportState::Received);
        assert_eq!(store::import::bytes(db, &imports[&first]).await.unwrap().as_deref(), Some(&b"PK"[..]));
    })
    .await;
}

#[tokio::test]
async fn moments_come_back_as_they_were_written() {
    on_both_seeded(async |case: &Case| {
        let row = case.assignments(&[]).await.remove(0);
        let id = record(case, &row, day("2020-04-01"), |report| report.cleared = "note".into()).await;
        let stored = report::Entity::find_by_id(id).one(case.database.reader()).await.unwrap().unwrap();
        assert_eq!(stored.recorded_at.to_rfc3339(), "2020-06-15T03:00:00.123456+00:00");
        assert_eq!(stored.reported_on, day("2020-04-01"));
    })
    .await;
}

#[tokio::test]
async fn an_export_record_is_seen_by_its_unit() {
    on_both_seeded(async |case: &Case| {
        let db = case.database.writer();
        let units = store::unit::all(db, &Scope::All).await.unwrap();
        let record = export_record::Model {
            id: write::new_id(),
            kind: "sheet".into(),
            unit_id: Some(units[0].id),
            as_of: day("2020-04-01"),
            event_no: 1,
            template: "round-trip".into(),
            template_version: 1,
            created_by: "thử nghiệm".into(),
            created_at: now(),
            sha256: "00".repeat(32),
        };
        store::export_record::insert(db, record.clone()).await.unwrap();
        for (unit, sees) in [(units[0].id, true), (units[1].id, false)] {
            let scope = Scope::Units([unit].into());
            let found = store::export_record::find(db, &scope, record.id).await.unwrap();
            assert_eq!(found.is_some(), sees);
        }
    })
    .await;
}
