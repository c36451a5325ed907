//! Steps up and down, settings in force, and what the tables refuse.

use giaoban::store::migrate;
use sea_orm::{ConnectionTrait, DbBackend, SqlErr};

use crate::support::database::{Content, on_both_databases};

use super::fixture::{Case, on_both, on_both_seeded};

#[tokio::test]
async fn the_steps_go_up_and_down_and_up_again() {
    on_both(async |case: &Case| {
        let (write, read) = (case.database.writer(), case.database.reader());
        let steps = migrate::status(read).await.unwrap();
        assert!(steps.len() >= 7 && steps.iter().all(|step| step.applied), "{steps:?}");
        let count = u32::try_from(steps.len()).unwrap();
        migrate::down(write, 1).await.unwrap();
        let steps = migrate::status(read).await.unwrap();
        assert_eq!(steps.iter().filter(|step| !step.applied).count(), 1);
        migrate::down(write, count - 1).await.unwrap();
        let steps = migrate::status(read).await.unwrap();
        assert!(steps.iter().all(|step| !step.applied), "{steps:?}");
        assert_eq!(tables(case).await, ["seaql_migrations"]);
        migrate::up(write).await.unwrap();
        assert_eq!(tables(case).await.len(), 30, "{:?}", tables(case).await);
    })
    .await;
}

#[tokio::test]
async fn the_keys_of_commits_outlive_the_step_that_gives_them_to_the_units() {
    on_both_seeded(async |case: &Case| {
        let write = case.database.writer();
        let keys = async |column: &str| -> Vec<String> {
            let sql = format!("SELECT {column} FROM import WHERE {column} IS NOT NULL ORDER BY {column}");
            let statement = sea_orm::Statement::from_string(case.database.backend(), sql);
            let rows = case.database.reader().query_all_raw(statement).await.unwrap();
            rows.iter().map(|row| row.try_get("", column).unwrap()).collect()
        };
        let id = |number: u128| match case.database.backend() {
            DbBackend::Sqlite => format!("X'{number:032x}'"),
            _ => format!("'{}'", uuid::Uuid::from_u128(number)),
        };
        let insert = async |number: u128, unit: &str, key: &str| {
            let sql = format!(
                "INSERT INTO import (id, unit_id, file_sha256, uploaded_by, uploaded_at, reported_on, state, commit_key) \
                 SELECT {}, id, 'f', 'a', '2020-04-15T00:00:00+00:00', '2020-04-15', 'planned', '{key}' \
                 FROM unit WHERE code = '{unit}'",
                id(number)
            );
            write.execute_unprepared(&sql).await
        };
        let bytes = if case.database.backend() == DbBackend::Sqlite { "x''" } else { "''" };
        let file = format!("INSERT INTO file (sha256, size, bytes) VALUES ('f', 0, {bytes})");
        write.execute_unprepared(&file).await.unwrap();
        for (number, unit, key) in [(1, "40", "K-0"), (2, "48", "K-0"), (3, "48", "K-1")] {
            insert(number, unit, key).await.unwrap();
        }
        let twice = insert(4, "48", "K-1").await.unwrap_err();
        assert!(matches!(twice.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{twice}");
        // Back to before the step, whatever came after it.
        let steps = migrate::status(case.database.reader()).await.unwrap();
        let place = steps.iter().position(|step| step.name == "m0012_commit_key").unwrap();
        migrate::down(write, u32::try_from(steps.len() - place).unwrap()).await.unwrap();
        assert_eq!(keys("idempotency_key").await, ["K-0", "K-1"], "unique in the whole table, once more");
        migrate::up(write).await.unwrap();
        assert_eq!(keys("commit_key").await, ["K-0", "K-1"]);
    })
    .await;
}

#[tokio::test]
async fn servers_that_start_at_once_on_one_postgresql_migrate_in_turn() {
    on_both_databases(Content::Nothing, async |fresh| {
        let (one, other) = (fresh.open().await, fresh.open().await);
        if one.backend() != DbBackend::Sqlite {
            let both =
                futures_util::future::join(migrate::up(one.writer()), migrate::up(other.writer())).await;
            both.0.unwrap();
            both.1.unwrap();
            assert!(migrate::status(one.reader()).await.unwrap().iter().all(|step| step.applied));
        }
        one.close().await.unwrap();
        other.close().await.unwrap();
    })
    .await;
}

async fn tables(case: &Case) -> Vec<String> {
    let sql = match case.database.backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1"
        }
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    };
    let statement = sea_orm::Statement::from_string(case.database.backend(), sql);
    let rows = case.database.reader().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

#[tokio::test]
async fn the_reading_way_of_sqlite_cannot_write() {
    on_both(async |case: &Case| {
        if case.database.backend() == DbBackend::Sqlite {
            let result = case.database.reader().execute_unprepared("DELETE FROM event_head").await;
            assert!(result.is_err(), "a reader wrote");
        }
    })
    .await;
}

/// What is wrong, the statement, and what the database must say.
const REFUSED: &[(&str, &str, Refusal)] = &[
    ("progress that is no word of ours", "UPDATE assignment SET progress = 'done'", Refusal::Check),
    ("a percent above 100", "UPDATE assignment SET percent = 10001", Refusal::Check),
    ("a negative percent", "UPDATE assignment SET percent = -1", Refusal::Check),
    ("a day of completion while open", "UPDATE assignment SET completed_on = '2020-04-01'", Refusal::Check),
    ("a role that is no word of ours", "UPDATE assignment SET role = 'boss'", Refusal::Check),
    (
        "a task twice for a unit",
        "UPDATE assignment SET unit_id = (SELECT id FROM unit WHERE code = '01')",
        Refusal::Unique,
    ),
    ("a unit code twice", "UPDATE unit SET code = '01'", Refusal::Unique),
    ("a task code twice", "UPDATE task SET code = 'I.1-1'", Refusal::Unique),
    (
        "an ongoing task with a due day",
        "UPDATE task SET deadline_precision = 'ongoing', deadline_due = '2020-05-31'",
        Refusal::Check,
    ),
    ("a task that is its own part", "UPDATE task SET parent_id = id", Refusal::Check),
    ("a task of no notice", "UPDATE task SET notice_id = id", Refusal::ForeignKey),
    (
        "a unit that is assigned something, deleted",
        "DELETE FROM unit WHERE code = 'THH'",
        Refusal::ForeignKey,
    ),
    ("a notice in no state", "UPDATE notice SET state = 'lost'", Refusal::Check),
    (
        "a second end of the log",
        "INSERT INTO event_head (id, number, hash) VALUES (2, 0, 'x')",
        Refusal::Check,
    ),
    ("a unit without a name", "UPDATE unit SET name = NULL", Refusal::Other),
    ("a province of 2020 twice", "UPDATE province SET code = '01' WHERE valid_from IS NULL", Refusal::Unique),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Refusal {
    Check,
    Unique,
    ForeignKey,
    Other,
}

#[tokio::test]
async fn the_tables_refuse_what_the_rules_forbid() {
    on_both_seeded(async |case: &Case| {
        for (what, sql, wanted) in REFUSED {
            let error = case.database.writer().execute_unprepared(sql).await.expect_err(what);
            let text = error.to_string().to_lowercase();
            let found = match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Refusal::Unique,
                Some(SqlErr::ForeignKeyConstraintViolation(_)) => Refusal::ForeignKey,
                _ if text.contains("check constraint") => Refusal::Check,
                _ => Refusal::Other,
            };
            assert_eq!(found, *wanted, "{what}: {error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_backup_of_sqlite_is_a_database_and_postgresql_names_its_own_tool() {
    on_both_seeded(async |case: &Case| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bản sao 'một'.sqlite");
        let result = case.database.backup(&file).await;
        if case.database.backend() == DbBackend::Sqlite {
            result.unwrap();
            let again = case.database.backup(&file).await.unwrap_err();
            assert!(again.to_string().contains("đã có"), "{again}");
            let settings = giaoban::config::Database {
                url: file.to_str().unwrap().to_owned(),
                connections: 1,
                lock_timeout_seconds: 1,
                statement_timeout_seconds: 1,
            };
            let copy = giaoban::store::connect::Database::open(&settings, folder.path()).await.unwrap();
            let scope = giaoban::domain::access::Scope::All;
            assert_eq!(giaoban::store::notice::open(copy.reader(), &scope).await.unwrap().len(), 1);
        } else {
            assert!(result.unwrap_err().to_string().contains("pg_dump"));
        }
    })
    .await;
}
