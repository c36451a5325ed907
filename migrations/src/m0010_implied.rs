//! On PostgreSQL, foreign keys that another key implies go: the server checks each of them for every row of an import,
//! which was two thirds of its time (measured: 314 of 459 ms for 10,000 reports, 181 of 304 ms for their rows, 147 of
//! 273 ms for their events).
//!
//! A report belongs to an assignment and so to its unit, to a row and so to its import; a row to a sheet and so to its
//! import. An event names what it is about and points at nothing: nothing that it names is ever deleted, and its hash
//! chain guards it. `giaoban check` looks whether all of them agree (`store::dialect::soundness`).
//!
//! SQLite checks keys inside the process and could only drop them by copying the tables, so it keeps them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::points_at;

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Keys that go: table, column, what it points at.
const IMPLIED: [(&str, &str, &str); 6] = [
    ("report", "unit_id", "unit"),
    ("report", "import_id", "import"),
    ("import_row", "import_id", "import"),
    ("event", "unit_id", "unit"),
    ("event", "import_id", "import"),
    ("event", "user_id", "app_user"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            for (table, column, _) in IMPLIED {
                let key = ForeignKey::drop().table(table).name(format!("fk_{table}_{column}")).to_owned();
                manager.drop_foreign_key(key).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            for (table, column, other) in IMPLIED {
                manager.create_foreign_key(points_at(table, column, other)).await?;
            }
        }
        Ok(())
    }
}
