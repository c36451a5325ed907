//! The test app, builders, and sheets as text tables.

pub(crate) mod app;
pub(crate) mod book;
pub(crate) mod database;
pub(crate) mod office;
pub(crate) mod postgres;

use giaoban::domain::access::Caller;
use giaoban::store::connect::Database;

/// Loads what the program ships with.
async fn seed(database: &Database) {
    let at = "2020-03-02T01:00:00Z".parse().unwrap();
    giaoban::actions::seed::seed(database, &Caller::local("gieo dữ liệu"), at).await.unwrap();
}

mod self_test {
    //! The support itself, tried.

    use giaoban::domain::access::Role;
    use giaoban::store::migrate;

    use super::app::on_both;
    use super::database::{Content, on_both_databases};

    #[tokio::test]
    async fn the_app_serves_and_counts_statements() {
        on_both(async |app| {
            let server = app.serve().await;
            let token = app.token(Role::Unit, &[]).await;
            let (answer, statements) =
                app.statements(async { server.get("/health/ready", &token).send().await.unwrap() }).await;
            assert_eq!(answer.status(), 200);
            assert!(!statements.is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn every_case_gets_a_migrated_database_of_its_own() {
        on_both_databases(Content::Seeds, async |fresh| {
            let database = fresh.open().await;
            let steps = migrate::status(database.reader()).await.unwrap();
            assert!(!steps.is_empty() && steps.iter().all(|step| step.applied), "{steps:?}");
            database.close().await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn an_empty_database_has_no_step_taken() {
        on_both_databases(Content::Nothing, async |fresh| {
            let database = fresh.open().await;
            let steps = migrate::status(database.reader()).await.unwrap();
            assert!(steps.iter().all(|step| !step.applied), "{steps:?}");
            database.close().await.unwrap();
            assert!(fresh.folder().is_dir());
        })
        .await;
    }
}
