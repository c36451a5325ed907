//! Notices, their fields and tasks.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, integer, pk_uuid, text, text_null, uuid, uuid_null,
};

use crate::shape::{drop, index, one_of, points_at, unique};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(notice()).await?;
        manager.create_index(unique("notice", &["quarter", "title"])).await?;
        manager.create_index(index("notice", &["meeting_on", "id"])).await?;
        manager.create_table(field()).await?;
        manager.create_index(unique("field", &["notice_id", "numeral"])).await?;
        manager.create_index(unique("field", &["notice_id", "sort_order"])).await?;
        manager.create_table(task()).await?;
        manager.create_index(unique("task", &["notice_id", "code"])).await?;
        manager.create_index(unique("task", &["notice_id", "sort_order"])).await?;
        manager.create_index(index("task", &["field_id"])).await?;
        manager.create_index(index("task", &["parent_id"])).await?;
        manager.create_index(index("task", &["deadline_due", "id"])).await?;
        manager.create_table(task_resemblance()).await?;
        manager.create_index(index("task_resemblance", &["other_id"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("task_resemblance")).await?;
        manager.drop_table(drop("task")).await?;
        manager.drop_table(drop("field")).await?;
        manager.drop_table(drop("notice")).await?;
        Ok(())
    }
}

/// A document that assigns tasks.
fn notice() -> TableCreateStatement {
    Table::create()
        .table("notice")
        .col(pk_uuid("id"))
        .col(text_null("number"))
        .col(text("title"))
        .col(text("kind"))
        .col(text("issuer"))
        .col(date_null("issued_on"))
        .col(date("meeting_on"))
        .col(text("quarter"))
        .col(text_null("signer"))
        .col(text_null("signer_role"))
        .col(text("state"))
        .col(text("source_text"))
        .check(one_of("state", &["open", "closed"]))
        .to_owned()
}

/// A field of work (lĩnh vực): section I..VII of a notice.
fn field() -> TableCreateStatement {
    Table::create()
        .table("field")
        .col(pk_uuid("id"))
        .col(uuid("notice_id"))
        .col(text("numeral"))
        .col(text("name"))
        .col(integer("sort_order"))
        .foreign_key(&mut points_at("field", "notice_id", "notice"))
        .to_owned()
}

/// One item of a notice.
fn task() -> TableCreateStatement {
    Table::create()
        .table("task")
        .col(pk_uuid("id"))
        .col(uuid("notice_id"))
        .col(uuid("field_id"))
        .col(uuid_null("parent_id"))
        .col(text("code"))
        .col(integer("sort_order"))
        .col(text("content"))
        .col(text("source_text"))
        .col(boolean("is_heading"))
        .col(text("lead_raw"))
        .col(text("coordinating_raw"))
        .col(text_null("deadline_raw"))
        .col(text("deadline_precision"))
        .col(date_null("deadline_from"))
        .col(date_null("deadline_due"))
        .col(boolean("deadline_best_effort"))
        .col(text("search_key"))
        .foreign_key(&mut points_at("task", "notice_id", "notice"))
        .foreign_key(&mut points_at("task", "field_id", "field"))
        .foreign_key(&mut points_at("task", "parent_id", "task"))
        .check(one_of(
            "deadline_precision",
            &["day", "week", "month", "quarter", "half-year", "year", "ongoing", "none", "unreadable"],
        ))
        .check(Expr::cust("deadline_from IS NULL OR deadline_due IS NULL OR deadline_from <= deadline_due"))
        .check(Expr::cust(
            "deadline_due IS NULL OR deadline_precision NOT IN ('ongoing', 'none', 'unreadable')",
        ))
        .check(Expr::cust("parent_id IS NULL OR parent_id <> id"))
        .to_owned()
}

/// Tasks whose wording is close: never chosen between silently.
fn task_resemblance() -> TableCreateStatement {
    Table::create()
        .table("task_resemblance")
        .col(uuid("task_id"))
        .col(uuid("other_id"))
        .primary_key(Index::create().col("task_id").col("other_id"))
        .foreign_key(&mut points_at("task_resemblance", "task_id", "task"))
        .foreign_key(&mut points_at("task_resemblance", "other_id", "task"))
        .check(Expr::cust("task_id <> other_id"))
        .to_owned()
}
