//! The only home of SQL that differs between SQLite and PostgreSQL, and of pragmas and session settings.

mod columns;

use std::time::Duration;

pub(crate) use columns::{List, among};
use sea_orm::{AccessMode, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions};

/// Bound values that one statement may carry (SQLite: 32766, PostgreSQL: 65535); with room to spare for both.
pub(crate) const MAX_VALUES: usize = 32_000;

/// Rows that one statement carries when they travel column by column: a few megabytes each, and the next statement is
/// laid out while the server works on the one before.
pub(crate) const ROWS_BY_COLUMN: usize = 2_000;

/// Whether rows are written column by column ([`List`]).
pub(crate) fn writes_by_column(backend: DbBackend) -> bool {
    backend == DbBackend::Postgres
}

/// What a SQLite connection must have in force: pragma, value as it is read back.
pub(crate) fn sqlite_pragmas(lock_timeout: Duration, writes: bool) -> [(&'static str, String); 5] {
    [
        ("journal_mode", "wal".to_owned()),
        // 2 = FULL: a commit that was answered survives the loss of power.
        ("synchronous", "2".to_owned()),
        ("foreign_keys", "1".to_owned()),
        ("busy_timeout", lock_timeout.as_millis().to_string()),
        ("query_only", if writes { "0" } else { "1" }.to_owned()),
    ]
}

/// What a PostgreSQL session must have in force, in milliseconds.
pub(crate) fn postgres_settings(
    statement_timeout: Duration,
    lock_timeout: Duration,
) -> [(&'static str, u128); 3] {
    [
        ("statement_timeout", statement_timeout.as_millis()),
        ("lock_timeout", lock_timeout.as_millis()),
        // A verb that lost its caller must not keep the event log locked.
        ("idle_in_transaction_session_timeout", 60_000),
    ]
}

/// Asks for a setting of the session, read back as text in the column `value`.
pub(crate) fn read_setting(backend: DbBackend, name: &str) -> String {
    match backend {
        DbBackend::Sqlite => format!("SELECT CAST((SELECT * FROM pragma_{name}) AS TEXT) AS value"),
        _ => format!("SELECT setting AS value FROM pg_settings WHERE name = '{name}'"),
    }
}

/// A transaction that writes: SQLite takes the write lock at once, so that it cannot fail half-way for want of it.
pub(crate) fn writing(backend: DbBackend) -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// A transaction that sees one moment of the database in all its questions.
pub(crate) fn reading(backend: DbBackend) -> TransactionOptions {
    match backend {
        // In WAL mode a read transaction is a snapshot.
        DbBackend::Sqlite => TransactionOptions::default(),
        _ => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
    }
}

/// Questions whose rows (column `complaint`) say what is unsound in the database.
pub(crate) fn soundness(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Sqlite => &[
            "SELECT integrity_check AS complaint FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            "SELECT \"table\" || ' ' || COALESCE(rowid, '') || ' -> ' || \"parent\" AS complaint \
             FROM pragma_foreign_key_check",
        ],
        _ => &[],
    }
}

/// Copies a SQLite database into a new file while it is in use.
pub(crate) fn copy_into(path: &str) -> String {
    format!("VACUUM INTO '{}'", path.replace('\'', "''"))
}

/// Waits until no other server migrates the same database, until the end of the transaction. A SQLite file has one
/// writer, whose steps are transactions already.
pub(crate) fn migration_lock(backend: DbBackend) -> Option<&'static str> {
    match backend {
        DbBackend::Sqlite => None,
        // An arbitrary number that only this program uses: "giaoban" as bytes.
        _ => Some("SELECT pg_advisory_xact_lock(29107485182550382)"),
    }
}
