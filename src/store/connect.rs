//! The way to the database: SQLite with one writing connection and several reading ones, or PostgreSQL with some of each.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement,
    TransactionTrait,
};

use super::dialect;
use crate::config;

/// The database. Cheap to clone. Writing and reading have connections of their own on both databases: questions are
/// answered while verbs wait for each other, and the verb that has its turn may ask on several connections.
#[derive(Clone, Debug)]
pub struct Database {
    write: DatabaseConnection,
    read: DatabaseConnection,
}

/// How often a transaction that waits for something else is asked. PostgreSQL ends one that is idle for a minute.
const AWAKE: Duration = Duration::from_secs(10);

/// Does work that does not use a transaction, which stays open meanwhile.
///
/// # Errors
/// When the transaction is lost.
pub async fn awake<T>(transaction: &impl ConnectionTrait, work: impl Future<Output = T>) -> Result<T, DbErr> {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = tokio::time::sleep(AWAKE) => {
                transaction.execute_unprepared("SELECT 1").await?;
            }
        }
    }
}

/// Where a database lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// An address `postgres://...`.
    Server(String),
}

impl Place {
    /// Reads the setting `database.url`: an address of PostgreSQL, `sqlite://path`, a path, or nothing for the file in
    /// the data folder.
    pub fn parse(url: &str, data_dir: &Path) -> Place {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Place::Server(url.to_owned());
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if path.is_empty() {
            Place::File(data_dir.join("giaoban.sqlite"))
        } else {
            Place::File(PathBuf::from(path))
        }
    }
}

impl Database {
    /// Opens the database of these settings; a missing SQLite file is made. Nothing is migrated.
    ///
    /// # Errors
    /// When the database is out of reach, is too old, or does not take the settings that keep the data safe.
    pub async fn open(settings: &config::Database, data_dir: &Path) -> anyhow::Result<Database> {
        match Place::parse(&settings.url, data_dir) {
            Place::File(path) => open_file(&path, settings)
                .await
                .with_context(|| format!("không mở được cơ sở dữ liệu SQLite {}", path.display())),
            Place::Server(url) => {
                open_server(&url, settings).await.context("không kết nối được cơ sở dữ liệu PostgreSQL")
            }
        }
    }

    /// For questions.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// For writes outside a transaction (migrations, single statements).
    pub fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Begins the transaction of a verb. On SQLite there is one writer at a time; others wait for the lock time-out.
    ///
    /// # Errors
    /// When no connection becomes free in time.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        self.write.begin_with_options(dialect::writing(self.backend())).await
    }

    /// Begins a transaction for several questions about one and the same moment (a workbook).
    ///
    /// # Errors
    /// When no connection becomes free in time.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        self.read.begin_with_options(dialect::reading(self.backend())).await
    }

    /// Which of the two it is.
    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// Calls back after every statement (tests count them).
    pub fn on_statement(
        &mut self,
        callback: impl Fn(&sea_orm::metric::Info<'_>) + Clone + Send + Sync + 'static,
    ) {
        self.write.set_metric_callback(callback.clone());
        self.read.set_metric_callback(callback);
    }

    /// Whether both ways answer.
    ///
    /// # Errors
    /// When one does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.read.ping().await?;
        self.write.ping().await
    }

    /// Closes every connection; on SQLite the write-ahead log is folded in.
    ///
    /// # Errors
    /// When a connection cannot be closed.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.write.close().await
    }

    /// Writes a copy of a SQLite database into a new file, while it is in use.
    ///
    /// # Errors
    /// When the file exists already or cannot be written, and always on PostgreSQL, which brings its own tool.
    pub async fn backup(&self, file: &Path) -> anyhow::Result<()> {
        if self.backend() != DbBackend::Sqlite {
            bail!(
                "Cơ sở dữ liệu PostgreSQL được sao lưu bằng pg_dump, ví dụ: pg_dump --format=custom -f giaoban.dump"
            );
        }
        ensure!(!file.exists(), "tệp {} đã có; chọn tên khác", file.display());
        let path = file.to_str().context("tên tệp sao lưu không phải UTF-8")?;
        self.write
            .execute_unprepared(&dialect::copy_into(path))
            .await
            .with_context(|| format!("không ghi được bản sao lưu {}", file.display()))?;
        std::fs::File::open(file)?.sync_all().context("không ghi chắc được bản sao lưu xuống đĩa")?;
        Ok(())
    }
}

async fn open_file(path: &Path, settings: &config::Database) -> anyhow::Result<Database> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    let write = sqlite(path, settings, true).await?;
    let read = sqlite(path, settings, false).await?;
    let timeout = Duration::from_secs(settings.lock_timeout_seconds);
    for (connection, writes) in [(&write, true), (&read, false)] {
        for (name, wanted) in dialect::sqlite_pragmas(timeout, writes) {
            in_force(connection, name, &wanted).await?;
        }
    }
    Ok(Database { write, read })
}

async fn sqlite(path: &Path, settings: &config::Database, writes: bool) -> Result<DatabaseConnection, DbErr> {
    let path = path.to_owned();
    let timeout = Duration::from_secs(settings.lock_timeout_seconds);
    // The address only chooses the driver; the path goes past address parsing, which would stumble over ? and %.
    let mut options = quiet("sqlite://giaoban", settings);
    options.max_connections(if writes { 1 } else { settings.connections.max(1) }).min_connections(1);
    options.map_sqlx_sqlite_opts(move |options| {
        let options = options.filename(&path).create_if_missing(writes);
        dialect::sqlite_pragmas(timeout, writes)
            .into_iter()
            .fold(options, |options, (name, value)| options.pragma(name, value))
    });
    sea_orm::Database::connect(options).await
}

async fn open_server(url: &str, settings: &config::Database) -> anyhow::Result<Database> {
    let write = postgres(url, settings).await?;
    let read = postgres(url, settings).await?;
    let version: u32 = setting(&read, "server_version_num").await?.parse().context("server_version_num")?;
    ensure!(version >= 150_000, "cần PostgreSQL 15 trở lên, máy chủ báo {version}");
    Ok(Database { write, read })
}

async fn postgres(url: &str, settings: &config::Database) -> anyhow::Result<DatabaseConnection> {
    let wanted = dialect::postgres_settings(
        Duration::from_secs(settings.statement_timeout_seconds),
        Duration::from_secs(settings.lock_timeout_seconds),
    );
    let mut options = quiet(url, settings);
    options.max_connections(settings.connections.max(1));
    options.set_application_name("giaoban");
    options.map_sqlx_postgres_opts(move |options| {
        options.options(wanted.map(|(name, milliseconds)| (name, milliseconds.to_string())))
    });
    let pool = sea_orm::Database::connect(options).await?;
    for (name, milliseconds) in wanted {
        in_force(&pool, name, &milliseconds.to_string()).await?;
    }
    Ok(pool)
}

/// Options common to both: never a statement in the log, for statements carry what people wrote.
fn quiet(url: &str, settings: &config::Database) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .acquire_timeout(Duration::from_secs(settings.lock_timeout_seconds.max(1)))
        .connect_timeout(Duration::from_secs(10));
    options
}

async fn in_force(connection: &DatabaseConnection, name: &str, wanted: &str) -> anyhow::Result<()> {
    let found = setting(connection, name).await?;
    ensure!(found == wanted, "thiết lập {name} của cơ sở dữ liệu là “{found}”, cần “{wanted}”");
    Ok(())
}

async fn setting(connection: &DatabaseConnection, name: &str) -> anyhow::Result<String> {
    let backend = connection.get_database_backend();
    let statement = Statement::from_string(backend, dialect::read_setting(backend, name));
    let row = connection.query_one_raw(statement).await?.with_context(|| format!("không đọc được {name}"))?;
    Ok(row.try_get("", "value")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_names_a_server_a_file_or_the_file_of_the_data_folder() {
        let cases = [
            ("", Place::File("d/giaoban.sqlite".into())),
            ("a/b.sqlite", Place::File("a/b.sqlite".into())),
            ("sqlite:///var/b.sqlite", Place::File("/var/b.sqlite".into())),
            ("sqlite:b.sqlite", Place::File("b.sqlite".into())),
            ("postgres://u@h/n", Place::Server("postgres://u@h/n".into())),
            ("postgresql://u@h/n", Place::Server("postgresql://u@h/n".into())),
        ];
        for (url, place) in cases {
            assert_eq!(Place::parse(url, Path::new("d")), place, "{url}");
        }
    }
}
