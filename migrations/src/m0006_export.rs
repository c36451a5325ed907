//! Workbooks handed out.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, integer, pk_uuid, text, timestamp_with_time_zone, uuid_null,
};

use crate::shape::{drop, index, points_at};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(export_record()).await?;
        manager.create_index(index("export_record", &["unit_id", "id"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("export_record")).await?;
        Ok(())
    }
}

/// A workbook that was handed out, and the moment it shows.
fn export_record() -> TableCreateStatement {
    Table::create()
        .table("export_record")
        .col(pk_uuid("id"))
        .col(text("kind"))
        .col(uuid_null("unit_id"))
        .col(date("as_of"))
        .col(big_integer("event_no"))
        .col(text("template"))
        .col(integer("template_version"))
        .col(text("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(text("sha256"))
        .foreign_key(&mut points_at("export_record", "unit_id", "unit"))
        .check(Expr::cust("kind IN ('sheet', 'consolidated')"))
        .check(Expr::cust("kind <> 'sheet' OR unit_id IS NOT NULL"))
        .check(Expr::cust("event_no >= 0"))
        .to_owned()
}
