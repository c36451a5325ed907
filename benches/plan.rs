//! Planning and committing a sheet of 10,000 rows through the verbs, the whole way that a door goes, on both databases;
//! and what the same rows cost at the least on PostgreSQL: a bare COPY of the reports and an upsert of the states.
//!
//! Two sheets: our own template, and a department's own sheet that must be recognised and linked by its wording.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must say so")]

#[expect(dead_code, reason = "each bench uses its part")]
mod made;

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use divan::Bencher;
use giaoban::actions::plan_import::plan_import;
use giaoban::import::snapshot::{self, Purpose};
use giaoban::import::understand;
use giaoban::import::understood::{self, Understood};
use giaoban::sheet::template::Identity;
use giaoban::store;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{self, Connection};

use made::base::{BOTH, Base, On};

const ROWS: usize = 10_000;

fn main() {
    divan::main();
}

fn base(on: On) -> Base {
    Base::new(on, ROWS).expect("a database")
}

/// The department's own sheet about its 10,000 tasks.
fn foreign_sheet(base: &Base) -> Vec<u8> {
    let wordings: Vec<String> = base.rows.iter().map(|(_, task)| task.content.clone()).collect();
    made::plain_sheet(&wordings).expect("a workbook")
}

/// Reading alone: child, recognition, values, links.
fn read(base: &Base, bytes: &[u8]) -> Understood {
    let workbook = base.app.reader.read_blocking(bytes).expect("a reading");
    let known = base.runtime.block_on(async {
        let db = base.app.database.reader();
        let unit = store::unit::by_code_or_alias(db, made::UNIT).await?.expect("the department");
        snapshot::known(db, &unit, Purpose::Reading).await
    });
    let known = known.expect("what is known");
    let on_record = Identity::of(&workbook).map(|identity| identity.event_no);
    understood::of_workbook(Cow::Owned(workbook), &known, on_record, |workbook| {
        understand(workbook, &known.catalogue)
    })
    .expect("a table")
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_own_sheet(bencher: Bencher<'_, '_>) {
    let base = base(On::Postgres);
    let bytes = base.own_sheet().expect("a workbook");
    bencher.bench_local(|| read(&base, &bytes));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_foreign_sheet(bencher: Bencher<'_, '_>) {
    let base = base(On::Postgres);
    let bytes = foreign_sheet(&base);
    bencher.bench_local(|| read(&base, &bytes));
}

/// Reading in the child, planning, and keeping bytes, rows and plan.
#[divan::bench(args = BOTH, sample_count = 5, sample_size = 1)]
fn upload_own_sheet(bencher: Bencher<'_, '_>, on: On) {
    let base = base(on);
    bencher
        .with_inputs(|| base.own_sheet().expect("a workbook"))
        .bench_local_values(|bytes| base.upload(bytes).expect("an upload"));
}

#[divan::bench(args = BOTH, sample_count = 5, sample_size = 1)]
fn upload_foreign_sheet(bencher: Bencher<'_, '_>, on: On) {
    let base = base(on);
    let bytes = foreign_sheet(&base);
    bencher.bench_local(|| base.upload(bytes.clone()).expect("an upload"));
}

/// Planning again from what was kept.
#[divan::bench(args = BOTH, sample_count = 5, sample_size = 1)]
fn plan_again(bencher: Bencher<'_, '_>, on: On) {
    let base = base(on);
    let sent = base.own_sheet().and_then(|bytes| base.upload(bytes)).expect("an upload");
    let plan = || base.runtime.block_on(plan_import(&base.app, &base.caller, sent.import.id));
    bencher.bench_local(|| plan().expect("a plan"));
}

/// Planning and storing 10,000 reports with their states and events in one transaction.
#[divan::bench(args = BOTH, sample_count = 5, sample_size = 1)]
fn commit(bencher: Bencher<'_, '_>, on: On) {
    let base = base(on);
    bencher
        .with_inputs(|| base.own_sheet().and_then(|bytes| base.upload(bytes)).expect("an upload"))
        .bench_local_values(|sent| base.commit(&sent).expect("a commit"));
}

/// From the bytes to the committed reports: the figure that the promise is about.
#[divan::bench(args = BOTH, sample_count = 5, sample_size = 1)]
fn upload_and_commit_own_sheet(bencher: Bencher<'_, '_>, on: On) {
    let base = base(on);
    bencher
        .with_inputs(|| base.own_sheet().expect("a workbook"))
        .bench_local_values(|bytes| base.upload(bytes).and_then(|sent| base.commit(&sent)).expect("stored"));
}

/// The least that the same rows cost: COPY of the reports into the real table with its keys and indexes, COPY of the
/// states beside it, one upsert of these into the assignments.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn bare_copy_and_upsert(bencher: Bencher<'_, '_>) {
    let base = base(On::Postgres);
    let pool = base.app.database.writer().get_postgres_connection_pool();
    bencher.with_inputs(|| copy_lines(&base)).bench_local_values(|lines| {
        base.runtime.block_on(bare(pool, lines)).expect("stored");
    });
}

/// Lines of COPY: the reports, and the states of their assignments.
fn copy_lines(base: &Base) -> (String, String) {
    use std::fmt::Write;
    // Numbers of events are unique; each turn takes its own.
    static TURN: AtomicUsize = AtomicUsize::new(1);
    let first = TURN.fetch_add(1, Ordering::Relaxed) * ROWS;
    let (mut reports, mut states) = (String::new(), String::new());
    for (number, (assignment, _)) in base.rows.iter().enumerate() {
        let id = store::write::new_id();
        let text = format!("Đã ban hành Công văn số {number}/STTTT-CNTT\tKinh phí chưa được bố trí");
        let (unit, own, event) = (assignment.unit_id, assignment.id, first + number);
        // Writing to a String cannot fail.
        let _ = writeln!(
            reports,
            "{id}\t{own}\t{unit}\t2020-04-30\t2020-04-30T01:02:03Z\tbench\t{event}\tin_progress\t{number}\t{text}\t\
             \tNhiệm vụ!F{number}"
        );
        let _ = writeln!(states, "{own}\tin_progress\t{number}\t{text}\t{id}\t2020-04-30\t{number}");
    }
    (reports, states)
}

async fn bare(pool: &sqlx::PgPool, (reports, states): (String, String)) -> Result<()> {
    let mut connection = pool.acquire().await?;
    let mut transaction = connection.begin().await?;
    let db: &mut PgConnection = &mut transaction;
    let columns = "id, assignment_id, unit_id, reported_on, recorded_at, recorded_by, event_no, progress, percent, \
        result, difficulties, cleared, place";
    let mut copy = db.copy_in_raw(&format!("COPY report ({columns}) FROM STDIN")).await?;
    copy.send(reports.as_bytes()).await?;
    copy.finish().await?;
    sqlx::raw_sql(
        "CREATE TEMP TABLE state (id uuid, progress text, percent integer, result text, difficulties text, \
         last_report_id uuid, last_reported_on date, state_event bigint) ON COMMIT DROP",
    )
    .execute(&mut *db)
    .await?;
    let mut copy = db.copy_in_raw("COPY state FROM STDIN").await?;
    copy.send(states.as_bytes()).await?;
    copy.finish().await?;
    sqlx::raw_sql(
        "INSERT INTO assignment (id, task_id, unit_id, role, progress, percent, result, difficulties, last_report_id, \
         last_reported_on, state_event) \
         SELECT s.id, a.task_id, a.unit_id, a.role, s.progress, s.percent, s.result, s.difficulties, s.last_report_id, \
         s.last_reported_on, s.state_event FROM state s JOIN assignment a ON a.id = s.id \
         ON CONFLICT (id) DO UPDATE SET progress = excluded.progress, percent = excluded.percent, \
         result = excluded.result, difficulties = excluded.difficulties, last_report_id = excluded.last_report_id, \
         last_reported_on = excluded.last_reported_on, state_event = excluded.state_event",
    )
    .execute(&mut *db)
    .await?;
    transaction.commit().await?;
    Ok(())
}
