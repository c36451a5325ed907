//! The key that a client gives to a commit belongs to the unit that reports: two units may choose the same, and neither
//! learns of the other. The column of m0004 was unique in the whole table; SQLite could change that only by copying the
//! table, so the keys move to a column of their own. There the old column stays, empty.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::unique;

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(added("commit_key")).await?;
        let moved = Query::update()
            .table("import")
            .value("commit_key", Expr::col("idempotency_key"))
            .value("idempotency_key", Option::<String>::None)
            .to_owned();
        manager.execute(moved).await?;
        manager.create_index(unique("import", &["unit_id", "commit_key"])).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.alter_table(without("idempotency_key")).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            let mut column = text_null("idempotency_key");
            column.unique_key();
            manager.alter_table(Table::alter().table("import").add_column(column).to_owned()).await?;
        }
        // Of several units with one key, the key of one commit stays; the others were answered long ago.
        manager.get_connection().execute_unprepared(KEPT_ONCE).await?;
        manager
            .drop_index(Index::drop().name("uq_import_unit_id_commit_key").table("import").to_owned())
            .await?;
        manager.alter_table(without("commit_key")).await
    }
}

const KEPT_ONCE: &str = "UPDATE import SET idempotency_key = commit_key WHERE NOT EXISTS \
    (SELECT 1 FROM import AS other WHERE other.commit_key = import.commit_key AND other.id < import.id)";

fn added(column: &'static str) -> TableAlterStatement {
    Table::alter().table("import").add_column(text_null(column)).to_owned()
}

fn without(column: &'static str) -> TableAlterStatement {
    Table::alter().table("import").drop_column(column).to_owned()
}
