//! What is remembered of a unit's files: its layouts, and which of its wordings mean which task.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, integer, pk_uuid, text, text_null, timestamp_with_time_zone, uuid, uuid_null,
};

use crate::shape::{drop, index, points_at, unique};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Nothing has written to the table of m0004 yet, so it is made anew instead of being altered.
        manager.drop_table(drop("layout")).await?;
        manager.create_table(layout()).await?;
        manager.create_index(unique("layout", &["unit_id", "fingerprint"])).await?;
        manager.create_index(index("layout", &["import_id"])).await?;
        manager.create_table(wording()).await?;
        manager.create_index(unique("wording", &["unit_id", "key"])).await?;
        manager.create_index(index("wording", &["task_id"])).await?;
        manager.create_index(index("wording", &["import_id"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("wording")).await?;
        manager.drop_table(drop("layout")).await?;
        manager.create_table(layout_before()).await?;
        manager.create_index(unique("layout", &["unit_id", "fingerprint"])).await?;
        Ok(())
    }
}

/// How one unit lays a table out, as its last committed import in that layout had it.
fn layout() -> TableCreateStatement {
    Table::create()
        .table("layout")
        .col(pk_uuid("id"))
        .col(uuid("unit_id"))
        .col(text("fingerprint"))
        .col(text("sheet_name"))
        .col(text("columns"))
        .col(uuid("import_id"))
        .col(date("reported_on"))
        .col(integer("uses"))
        .col(text_null("corrected_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("last_used_at"))
        .foreign_key(&mut points_at("layout", "unit_id", "unit"))
        .foreign_key(&mut points_at("layout", "import_id", "import"))
        .check(Expr::cust("length(fingerprint) = 64"))
        .check(Expr::cust("uses >= 1"))
        .to_owned()
}

/// A wording that a person has linked to a task, or to none.
fn wording() -> TableCreateStatement {
    Table::create()
        .table("wording")
        .col(pk_uuid("id"))
        .col(uuid("unit_id"))
        .col(text("key"))
        .col(text("content"))
        .col(boolean("is_task"))
        .col(uuid_null("task_id"))
        .col(date("notice_day"))
        .col(uuid("import_id"))
        .col(date("reported_on"))
        .col(text("answered_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("answered_at"))
        .foreign_key(&mut points_at("wording", "unit_id", "unit"))
        .foreign_key(&mut points_at("wording", "task_id", "task"))
        .foreign_key(&mut points_at("wording", "import_id", "import"))
        .check(Expr::cust("key <> ''"))
        .check(Expr::cust("(is_task AND task_id IS NOT NULL) OR (NOT is_task AND task_id IS NULL)"))
        .to_owned()
}

/// The table as m0004 makes it.
fn layout_before() -> TableCreateStatement {
    Table::create()
        .table("layout")
        .col(pk_uuid("id"))
        .col(uuid("unit_id"))
        .col(text("fingerprint"))
        .col(text("sheet_name"))
        .col(text("columns"))
        .col(text("evidence"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("last_used_at"))
        .foreign_key(&mut points_at("layout", "unit_id", "unit"))
        .to_owned()
}
