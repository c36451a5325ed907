//! A fresh database for every test, on SQLite and on PostgreSQL. Migrating and seeding happen once a run: into a
//! template that is copied (a file; a database named as TEMPLATE).

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use giaoban::config::Config;
use giaoban::store::connect::Database;
use giaoban::store::migrate;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::postgres::{Cluster, cluster};

/// The databases that tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The embedded one.
    Sqlite,
    /// The server's.
    Postgres,
}

/// What a fresh database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Nothing, not even tables.
    Nothing,
    /// Tables and seeds.
    Seeds,
}

/// A database of one test, with a folder for its files.
pub(crate) struct TestDatabase {
    /// Settings that lead to it, for opening it again or from another process.
    pub(crate) config: Config,
    /// On PostgreSQL its name.
    name: Option<String>,
    /// Holds the SQLite file; removed when the test ends.
    folder: TempDir,
}

impl TestDatabase {
    /// A fresh database, or `None` where PostgreSQL is missing.
    pub(crate) async fn new(kind: Kind, content: Content) -> Option<TestDatabase> {
        let folder = tempfile::Builder::new().prefix("giaoban-test-").tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        config.data.dir = folder.path().to_owned();
        let name = match kind {
            Kind::Sqlite => {
                let file = folder.path().join("giaoban.sqlite");
                if content == Content::Seeds {
                    std::fs::copy(sqlite_template().await, &file).unwrap();
                }
                config.database.url = file.display().to_string();
                None
            }
            Kind::Postgres => {
                let cluster = cluster()?;
                let name = fresh_name();
                let template = match content {
                    Content::Nothing => "template0",
                    Content::Seeds => postgres_template(cluster).await,
                };
                order(cluster, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                config.database.url = cluster.url(&name);
                Some(name)
            }
        };
        // Tests run side by side and share one server.
        config.database.connections = 3;
        Some(TestDatabase { config, name, folder })
    }

    /// The folder of the test.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Opens it.
    pub(crate) async fn open(&self) -> Database {
        Database::open(&self.config.database, &self.config.data.dir).await.unwrap()
    }

    /// Gives the room back at once; a test that fails leaves it until the end of the run.
    pub(crate) async fn remove(self) {
        if let (Some(name), Some(cluster)) = (&self.name, cluster()) {
            order(cluster, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Runs a case on both databases, each time on a fresh one. What a failing case prints first is where it ran.
pub(crate) async fn on_both_databases(content: Content, case: impl AsyncFn(&TestDatabase)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        say(kind);
        if let Some(database) = TestDatabase::new(kind, content).await {
            case(&database).await;
            database.remove().await;
        }
    }
}

/// The harness shows what a failing test printed.
#[expect(clippy::print_stdout, reason = "tells on which database a case failed")]
pub(super) fn say(kind: Kind) {
    println!("on {kind:?}:");
}

fn fresh_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A command to the server, over a connection of its own.
async fn order(cluster: &Cluster, sql: &str) {
    let mut options = sea_orm::ConnectOptions::new(cluster.url("postgres"));
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// Migrates and seeds the database of these settings, and leaves no connection behind.
async fn prepare(config: &Config) {
    let database = Database::open(&config.database, &config.data.dir).await.unwrap();
    migrate::up(database.writer()).await.unwrap();
    super::seed(&database).await;
    database.close().await.unwrap();
}

async fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
    let path = TEMPLATE.get_or_init(|| async {
        // Statics are never dropped: the name is taken away at once and the open file stays readable under /proc.
        let folder = tempfile::Builder::new().prefix("giaoban-template-").tempdir().unwrap();
        let file = folder.path().join("template.sqlite");
        let mut config = Config::defaults().unwrap();
        config.database.url = file.display().to_string();
        prepare(&config).await;
        let held = std::fs::File::open(&file).unwrap();
        let number = std::os::fd::AsRawFd::as_raw_fd(&held);
        std::mem::forget(held);
        PathBuf::from(format!("/proc/self/fd/{number}"))
    });
    path.await
}

async fn postgres_template(cluster: &Cluster) -> &'static str {
    static TEMPLATE: OnceCell<&str> = OnceCell::const_new();
    let name = TEMPLATE.get_or_init(|| async {
        order(cluster, "CREATE DATABASE seeded TEMPLATE template0").await;
        let mut config = Config::defaults().unwrap();
        config.database.url = cluster.url("seeded");
        prepare(&config).await;
        "seeded"
    });
    name.await
}
