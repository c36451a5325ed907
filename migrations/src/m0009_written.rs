//! What is written with every row of an import and read by nobody goes: the report's id in the row (the report points at
//! the row), and indexes that no question uses. The events about a thing get the index that their question needs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid_null;

use crate::shape::{dropped, index};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Indexes that go: table, columns.
const UNUSED: [(&str, &[&str]); 6] = [
    ("import_row", &["task_id"]),
    ("import_row", &["report_id"]),
    ("event", &["unit_id", "number"]),
    ("event", &["subject", "subject_id", "number"]),
    ("event", &["import_id"]),
    ("event", &["user_id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in UNUSED {
            manager.drop_index(dropped(table, columns)).await?;
        }
        let row = Table::alter().table("import_row").drop_column("report_id").to_owned();
        manager.alter_table(row).await?;
        manager.create_index(index("event", &["subject_id", "number"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(dropped("event", &["subject_id", "number"])).await?;
        let row = Table::alter().table("import_row").add_column(uuid_null("report_id")).to_owned();
        manager.alter_table(row).await?;
        let made = "UPDATE import_row SET report_id = \
            (SELECT report.id FROM report WHERE report.import_row_id = import_row.id)";
        manager.get_connection().execute_unprepared(made).await?;
        for (table, columns) in UNUSED {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }
}
