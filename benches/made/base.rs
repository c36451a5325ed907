//! A department with 10,000 tasks of its own in a fresh database, on SQLite or on a private PostgreSQL.

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
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
use giaoban::entities::export_record;
use giaoban::entities::{assignment, task};
use giaoban::export::round_trip::{Content, Row, write};
use giaoban::sheet::template::{Identity, VERSION};
use giaoban::store;
use giaoban::store::connect::Database;
use giaoban::workbook::sandbox::{Reader, Settings};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::UNIT;
use super::postgres::cluster;

/// Where a bench runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// The embedded database.
    Sqlite,
    /// The server's, with the settings of the tests (no fsync: the disk is not what is measured).
    Postgres,
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            On::Sqlite => "SQLite",
            On::Postgres => "PostgreSQL",
        })
    }
}

/// Both.
pub(crate) const BOTH: [On; 2] = [On::Sqlite, On::Postgres];

/// The department in its database.
pub(crate) struct Base {
    /// What the program runs on.
    pub(crate) runtime: Runtime,
    /// The program.
    pub(crate) app: App,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The tasks, with what the department has to do with them.
    pub(crate) rows: Vec<(assignment::Model, task::Model)>,
    turn: AtomicI64,
    _folder: TempDir,
}

impl Base {
    /// A fresh one with so many tasks.
    ///
    /// # Errors
    /// When a database cannot be made.
    pub(crate) fn new(on: On, tasks: usize) -> Result<Base> {
        let folder = tempfile::tempdir()?;
        let mut config = Config::defaults()?;
        config.data.dir = folder.path().to_owned();
        config.database.statement_timeout_seconds = 300;
        let runtime = Runtime::new()?;
        let day = NaiveDate::from_ymd_opt(2020, 4, 30).context("a day")?;
        let (app, rows) = runtime.block_on(async {
            if on == On::Postgres {
                config.database.url = fresh_server_database().await?;
            }
            let database = Database::open(&config.database, &config.data.dir).await?;
            store::migrate::up(database.writer()).await?;
            let mut app = App::new(database, Clock::fixed_on(day), config);
            app.reader = reader();
            seed(&app.database, &Caller::local("bench"), app.clock.now()).await?;
            let rows = many_tasks(&app, tasks).await?;
            if on == On::Postgres {
                app.database.writer().execute_unprepared("ANALYZE").await?;
            }
            anyhow::Ok((app, rows))
        })?;
        let (caller, turn) = (Caller::local("bench"), AtomicI64::new(0));
        Ok(Base { runtime, app, caller, rows, turn, _folder: folder })
    }

    /// Our own template for the department, saying something new about every task each time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn own_sheet(&self) -> Result<Vec<u8>> {
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
        let (export_id, event_no) = self.runtime.block_on(self.record())?;
        let content = Content {
            identity: Identity { version: VERSION, export_id, unit_code: UNIT.to_owned(), event_no },
            unit_name: "Sở Thông tin và Truyền thông tỉnh Nghệ An".to_owned(),
            notices: vec!["Thông báo".to_owned()],
            as_of: self.app.clock.today(),
            made_at: self.app.clock.now(),
            rows: rows.collect(),
        };
        Ok(write(&content)?)
    }

    /// Keeps on record that a sheet is handed out; gives its id and the last event that it knows.
    async fn record(&self) -> Result<(Uuid, i64)> {
        let db = self.app.database.reader();
        let event_no = store::event::head(db).await?.number;
        let id = store::write::new_id();
        let record = export_record::Model {
            id,
            kind: "sheet".to_owned(),
            unit_id: self.rows.first().map(|(assignment, _)| assignment.unit_id),
            as_of: self.app.clock.today(),
            event_no,
            template: "giaoban.round-trip".to_owned(),
            template_version: 1,
            created_by: "bench".to_owned(),
            created_at: self.app.clock.now(),
            sha256: String::new(),
        };
        let transaction = self.app.database.begin().await?;
        store::export_record::insert(&transaction, record).await?;
        transaction.commit().await?;
        Ok((id, event_no))
    }

    /// Reads, plans and keeps a workbook.
    ///
    /// # Errors
    /// The refusal.
    pub(crate) fn upload(&self, bytes: Vec<u8>) -> Result<Uploaded> {
        let upload = Upload { unit: UNIT.to_owned(), file_name: None, bytes, reported_on: None };
        Ok(self.runtime.block_on(upload_import(&self.app, &self.caller, upload))?)
    }

    /// Commits it; every row must be new.
    ///
    /// # Errors
    /// When not everything is stored.
    pub(crate) fn commit(&self, sent: &Uploaded) -> Result<Committed> {
        let (id, plan_hash) = (sent.import.id, sent.plan.hash.clone());
        let wanted = CommitImport { id, plan_hash, ..CommitImport::default() };
        let done = self.runtime.block_on(commit_import(&self.app, &self.caller, wanted))?;
        ensure!(matches!(&done, Committed::Stored { .. }), "not stored");
        ensure!(sent.plan.count(RowOutcome::Create) == self.rows.len(), "not every row is new");
        Ok(done)
    }
}

/// A reader whose children are the built program.
pub(crate) fn reader() -> Reader {
    let program = Some(env!("CARGO_BIN_EXE_giaoban").into());
    Reader::new(Settings { program, ..Settings::default() })
}

async fn fresh_server_database() -> Result<String> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let cluster = cluster().context("PostgreSQL is not installed")?;
    let name = format!("bench_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let order = sea_orm::Database::connect(cluster.url("postgres")).await?;
    order.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    Ok(cluster.url(&name))
}

/// Gives the department tasks of its own beside those of the founding notice.
async fn many_tasks(app: &App, count: usize) -> Result<Vec<(assignment::Model, task::Model)>> {
    let scope = Scope::All;
    let transaction = app.database.begin().await?;
    let unit = store::unit::by_code_or_alias(&transaction, UNIT).await?.context("the department")?;
    let notices = store::notice::open(&transaction, &scope).await?;
    let notice = notices.first().context("the founding notice")?;
    let tasks = store::task::of_notices(&transaction, &scope, &[notice.id]).await?;
    let models: Vec<&task::Model> = tasks.iter().filter(|task| !task.is_heading).collect();
    let tasks: Vec<task::Model> = (0..count)
        .zip(1000..)
        .map(|(number, sort_order)| {
            let model = models[number % models.len()];
            task::Model {
                id: store::write::new_id(),
                code: format!("X.{number}"),
                content: format!("{} tại địa bàn số {number}", model.content),
                sort_order,
                ..model.clone()
            }
        })
        .collect();
    let assign = |task: &task::Model| {
        store::assignment::untouched((task.id, task.deadline_due), unit.id, AssignmentRole::Lead)
    };
    let assignments: Vec<assignment::Model> = tasks.iter().map(assign).collect();
    store::write::insert_all::<task::Model>(&transaction, tasks.clone()).await?;
    store::assignment::put_states(&transaction, assignments.clone()).await?;
    transaction.commit().await?;
    Ok(assignments.into_iter().zip(tasks).collect())
}
