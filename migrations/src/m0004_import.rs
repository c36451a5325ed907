//! Uploaded workbooks on their way: bytes, sheets, rows, findings, remembered layouts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, date, integer, integer_null, pk_uuid, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{drop, index, one_of, points_at, unique};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(file()).await?;
        manager.create_table(import()).await?;
        manager.create_index(index("import", &["unit_id", "id"])).await?;
        manager.create_index(index("import", &["state", "id"])).await?;
        manager.create_index(index("import", &["file_sha256"])).await?;
        manager.create_table(import_sheet()).await?;
        manager.create_index(unique("import_sheet", &["import_id", "position"])).await?;
        manager.create_table(import_row()).await?;
        manager.create_index(unique("import_row", &["sheet_id", "row"])).await?;
        manager.create_index(index("import_row", &["import_id", "outcome"])).await?;
        manager.create_index(index("import_row", &["task_id"])).await?;
        manager.create_index(index("import_row", &["report_id"])).await?;
        manager.create_table(import_finding()).await?;
        manager.create_index(index("import_finding", &["import_id", "severity"])).await?;
        manager.create_table(layout()).await?;
        manager.create_index(unique("layout", &["unit_id", "fingerprint"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("layout")).await?;
        manager.drop_table(drop("import_finding")).await?;
        manager.drop_table(drop("import_row")).await?;
        manager.drop_table(drop("import_sheet")).await?;
        manager.drop_table(drop("import")).await?;
        manager.drop_table(drop("file")).await?;
        Ok(())
    }
}

/// The bytes of an uploaded workbook, kept once.
fn file() -> TableCreateStatement {
    Table::create()
        .table("file")
        .col(text("sha256").primary_key().take())
        .col(big_integer("size"))
        .col(blob("bytes"))
        .check(Expr::cust("size >= 0"))
        .to_owned()
}

/// One uploaded workbook on its way.
fn import() -> TableCreateStatement {
    Table::create()
        .table("import")
        .col(pk_uuid("id"))
        .col(uuid("unit_id"))
        .col(text("file_sha256"))
        .col(text_null("file_name"))
        .col(text("uploaded_by"))
        .col(timestamp_with_time_zone("uploaded_at"))
        .col(date("reported_on"))
        .col(text("state"))
        .col(text_null("refusal"))
        .col(text_null("plan_hash"))
        .col(text_null("committed_by"))
        .col(timestamp_with_time_zone_null("committed_at"))
        .col(text_null("counts"))
        .col(text_null("answers"))
        .col(text_null("content_hash"))
        .col(big_integer_null("base_event"))
        .col(big_integer_null("event_no"))
        .col(text_null("idempotency_key").unique_key().take())
        .foreign_key(&mut points_at("import", "unit_id", "unit"))
        .foreign_key(&mut points_at("import", "file_sha256", "file"))
        .check(one_of("state", &["received", "read", "planned", "committed", "discarded", "undone"]))
        .check(Expr::cust(
            "state NOT IN ('committed', 'undone') OR (committed_at IS NOT NULL AND committed_by IS NOT NULL)",
        ))
        .to_owned()
}

/// A sheet of an uploaded workbook and what it was taken for.
fn import_sheet() -> TableCreateStatement {
    Table::create()
        .table("import_sheet")
        .col(pk_uuid("id"))
        .col(uuid("import_id"))
        .col(integer("position"))
        .col(text("name"))
        .col(text("header_rows"))
        .col(text("columns"))
        .col(text("taken_for"))
        .foreign_key(&mut points_at("import_sheet", "import_id", "import"))
        .to_owned()
}

/// A row of an uploaded workbook, as read and as decided.
fn import_row() -> TableCreateStatement {
    Table::create()
        .table("import_row")
        .col(pk_uuid("id"))
        .col(uuid("import_id"))
        .col(uuid("sheet_id"))
        .col(integer("row"))
        .col(integer("row_to"))
        .col(text("kind"))
        .col(text("reading"))
        .col(uuid_null("task_id"))
        .col(text("decision"))
        .col(text("outcome"))
        .col(uuid_null("report_id"))
        .foreign_key(&mut points_at("import_row", "import_id", "import"))
        .foreign_key(&mut points_at("import_row", "sheet_id", "import_sheet"))
        .foreign_key(&mut points_at("import_row", "task_id", "task"))
        .check(one_of("outcome", &["create", "no_change", "conflict", "ask", "error", "not_ours", "skipped"]))
        .check(Expr::cust("row >= 0 AND row_to >= row"))
        .check(Expr::cust("kind IN ('task', 'subtask', 'heading')"))
        .check(Expr::cust("decision IN ('sure', 'likely', 'ask', 'none')"))
        .to_owned()
}

/// Something noticed about a cell, a row or a workbook.
fn import_finding() -> TableCreateStatement {
    Table::create()
        .table("import_finding")
        .col(pk_uuid("id"))
        .col(uuid("import_id"))
        .col(text_null("sheet"))
        .col(integer_null("row"))
        .col(integer_null("column"))
        .col(text("code"))
        .col(text("severity"))
        .col(text("detail"))
        .foreign_key(&mut points_at("import_finding", "import_id", "import"))
        .check(one_of("severity", &["info", "warning", "ask", "error"]))
        .to_owned()
}

/// How one unit lays a table out, remembered.
fn layout() -> TableCreateStatement {
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
