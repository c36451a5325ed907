//! Planning and committing a sheet of 10,000 rows on SQLite, through the verbs: the whole way that a door goes.
//!
//! The sheet is our own template for a department with 10,000 tasks, so that what is measured is reading, planning and
//! storing, not the search for wordings.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must say so")]

use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use divan::Bencher;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::plan_import::plan_import;
use giaoban::actions::seed::seed;
use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::app::App;
use giaoban::clock::Clock;
use giaoban::config::Config;
use giaoban::domain::access::{Caller, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::import::RowOutcome;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::entities::{assignment, task};
use giaoban::export::round_trip::{Content, Row, write};
use giaoban::sheet::template::{Identity, VERSION};
use giaoban::store;
use giaoban::store::connect::Database;
use giaoban::workbook::sandbox::{Reader, Settings};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

const ROWS: usize = 10_000;
const UNIT: &str = "40";

fn main() {
    divan::main();
}

/// A department with its tasks, in a database of its own.
struct Bench {
    runtime: Runtime,
    app: App,
    caller: Caller,
    rows: Vec<(assignment::Model, task::Model)>,
    turn: AtomicI64,
    _folder: TempDir,
}

impl Bench {
    fn new() -> Result<Bench> {
        let folder = tempfile::tempdir()?;
        let mut config = Config::defaults()?;
        config.data.dir = folder.path().to_owned();
        let runtime = Runtime::new()?;
        let day = NaiveDate::from_ymd_opt(2020, 4, 30).context("a day")?;
        let (app, rows) = runtime.block_on(async {
            let database = Database::open(&config.database, &config.data.dir).await?;
            store::migrate::up(database.writer()).await?;
            let mut app = App::new(database, Clock::fixed_on(day), config);
            let program = Some(env!("CARGO_BIN_EXE_giaoban").into());
            app.reader = Reader::new(Settings { program, ..Settings::default() });
            seed(&app.database, &Caller::local("bench"), app.clock.now()).await?;
            let rows = many_tasks(&app).await?;
            anyhow::Ok((app, rows))
        })?;
        let (caller, turn) = (Caller::local("bench"), AtomicI64::new(0));
        Ok(Bench { runtime, app, caller, rows, turn, _folder: folder })
    }

    /// A sheet that says something new about every task each time.
    fn workbook(&self) -> Result<Vec<u8>> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let rows = self.rows.iter().zip(0..).map(|((assignment, task), number)| Row {
            assignment_id: assignment.id,
            code: task.code.clone(),
            content: task.content.clone(),
            role: assignment.role,
            deadline_raw: None,
            deadline_due: None,
            due: None,
            progress: Progress::InProgress,
            percent: Percent::from_hundredths((number + turn) % 10_000),
            completed_on: None,
            result: Some(format!("Đã ban hành Công văn số {number}/STTTT-CNTT, lần {turn}")),
            difficulties: Some("Kinh phí chưa được bố trí".to_owned()),
            proposals: None,
            note: None,
        });
        let head = self.runtime.block_on(store::event::head(self.app.database.reader()))?;
        let content = Content {
            identity: Identity {
                version: VERSION,
                export_id: Uuid::nil(),
                unit_code: UNIT.to_owned(),
                event_no: head.number,
            },
            unit_name: "Sở Thông tin và Truyền thông tỉnh Nghệ An".to_owned(),
            notices: vec!["Thông báo".to_owned()],
            as_of: self.app.clock.today(),
            made_at: self.app.clock.now(),
            rows: rows.collect(),
        };
        Ok(write(&content)?)
    }

    fn upload(&self, bytes: Vec<u8>) -> Result<Uploaded> {
        let upload = Upload { unit: UNIT.to_owned(), file_name: None, bytes, reported_on: None };
        Ok(self.runtime.block_on(upload_import(&self.app, &self.caller, upload))?)
    }

    fn commit(&self, sent: &Uploaded) -> Result<Committed> {
        let (id, plan_hash) = (sent.import.id, sent.plan.hash.clone());
        let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
        let done = self.runtime.block_on(commit_import(&self.app, &self.caller, wanted))?;
        anyhow::ensure!(matches!(&done, Committed::Stored { .. }), "not stored");
        anyhow::ensure!(sent.plan.count(RowOutcome::Create) == ROWS, "not every row is new");
        Ok(done)
    }
}

/// Gives the department 10,000 tasks of its own beside those of the founding notice.
async fn many_tasks(app: &App) -> Result<Vec<(assignment::Model, task::Model)>> {
    let scope = Scope::All;
    let transaction = app.database.begin().await?;
    let unit = store::unit::by_code_or_alias(&transaction, UNIT).await?.context("the department")?;
    let notices = store::notice::open(&transaction, &scope).await?;
    let notice = notices.first().context("the founding notice")?;
    let tasks = store::task::of_notices(&transaction, &scope, &[notice.id]).await?;
    let model = tasks.iter().find(|task| !task.is_heading).context("a task")?;
    let tasks: Vec<task::Model> = (0..ROWS)
        .zip(1000..)
        .map(|(number, sort_order)| task::Model {
            id: store::write::new_id(),
            code: format!("X.{number}"),
            sort_order,
            ..model.clone()
        })
        .collect();
    let assign = |task: &task::Model| store::assignment::untouched(task, unit.id, AssignmentRole::Lead);
    let assignments: Vec<assignment::Model> = tasks.iter().map(assign).collect();
    store::write::insert_all::<task::Model>(&transaction, tasks.clone()).await?;
    store::assignment::put_states(&transaction, assignments.clone()).await?;
    transaction.commit().await?;
    Ok(assignments.into_iter().zip(tasks).collect())
}

/// Reading in the child, planning, and keeping bytes, rows and plan.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn upload_10_000_rows(bencher: Bencher<'_, '_>) {
    let bench = Bench::new().expect("a database");
    bencher
        .with_inputs(|| bench.workbook().expect("a workbook"))
        .bench_local_values(|bytes| bench.upload(bytes).expect("an upload"));
}

/// Planning again from what was kept.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn plan_10_000_rows(bencher: Bencher<'_, '_>) {
    let bench = Bench::new().expect("a database");
    let sent = bench.workbook().and_then(|bytes| bench.upload(bytes)).expect("an upload");
    let plan = || bench.runtime.block_on(plan_import(&bench.app, &bench.caller, sent.import.id));
    bencher.bench_local(|| plan().expect("a plan"));
}

/// Planning and storing 10,000 reports with their states and events in one transaction.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn commit_10_000_rows(bencher: Bencher<'_, '_>) {
    let bench = Bench::new().expect("a database");
    bencher
        .with_inputs(|| bench.workbook().and_then(|bytes| bench.upload(bytes)).expect("an upload"))
        .bench_local_values(|sent| bench.commit(&sent).expect("a commit"));
}
