//! The event log, numbered and hash-chained.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text, text_null, timestamp_with_time_zone, uuid_null};

use crate::shape::{drop, index, points_at};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(event()).await?;
        manager.create_index(index("event", &["unit_id", "number"])).await?;
        manager.create_index(index("event", &["subject", "subject_id", "number"])).await?;
        manager.create_index(index("event", &["import_id"])).await?;
        manager.create_index(index("event", &["user_id"])).await?;
        manager.create_table(event_head()).await?;
        let first: Vec<Expr> = vec![1.into(), 0.into(), "0".repeat(64).into()];
        let mut head = Query::insert();
        head.into_table("event_head").columns(["id", "number", "hash"]).values_panic(first);
        manager.exec_stmt(head).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("event_head")).await?;
        manager.drop_table(drop("event")).await?;
        Ok(())
    }
}

/// One thing that happened: who, when, what, and where it came from.
fn event() -> TableCreateStatement {
    Table::create()
        .table("event")
        .col(big_integer("number").primary_key().take())
        .col(timestamp_with_time_zone("at"))
        .col(text("caller"))
        .col(uuid_null("user_id"))
        .col(text("kind"))
        .col(text("subject"))
        .col(uuid_null("subject_id"))
        .col(uuid_null("unit_id"))
        .col(uuid_null("import_id"))
        .col(text_null("place"))
        .col(text("payload"))
        .col(text("previous_hash"))
        .col(text("hash").unique_key().take())
        .foreign_key(&mut points_at("event", "user_id", "app_user"))
        .foreign_key(&mut points_at("event", "unit_id", "unit"))
        .foreign_key(&mut points_at("event", "import_id", "import"))
        .check(Expr::cust("number > 0"))
        .to_owned()
}

/// The end of the event log; a writing verb locks its only row first.
fn event_head() -> TableCreateStatement {
    Table::create()
        .table("event_head")
        .col(integer("id").primary_key().take())
        .col(big_integer("number"))
        .col(text("hash"))
        .check(Expr::cust("id = 1"))
        .check(Expr::cust("number >= 0"))
        .to_owned()
}
