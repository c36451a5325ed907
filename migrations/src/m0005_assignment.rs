//! Assignments and their append-only history: reports, retractions, deadline changes, decisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer_null, pk_uuid, text, text_null, timestamp_with_time_zone, uuid,
    uuid_null,
};

use crate::shape::{drop, index, one_of, points_at, unique};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(assignment()).await?;
        manager.create_index(unique("assignment", &["task_id", "unit_id"])).await?;
        manager.create_index(index("assignment", &["unit_id", "role", "progress"])).await?;
        manager.create_index(index("assignment", &["role", "unit_id", "progress", "due_on"])).await?;
        manager.create_index(index("assignment", &["due_on", "id"])).await?;
        manager.create_index(index("assignment", &["progress", "due_on"])).await?;
        manager.create_index(index("assignment", &["last_reported_on", "id"])).await?;
        manager.create_table(report()).await?;
        manager.create_index(index("report", &["assignment_id", "reported_on", "event_no"])).await?;
        manager.create_index(index("report", &["unit_id", "id"])).await?;
        manager.create_index(index("report", &["import_id"])).await?;
        manager.create_index(index("report", &["import_row_id"])).await?;
        manager.create_table(report_retraction()).await?;
        manager.create_index(index("report_retraction", &["report_id"])).await?;
        manager.create_table(deadline_change()).await?;
        manager.create_index(index("deadline_change", &["assignment_id", "decided_on", "event_no"])).await?;
        manager.create_table(decision()).await?;
        manager.create_index(index("decision", &["assignment_id", "decided_on", "event_no"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("decision")).await?;
        manager.drop_table(drop("deadline_change")).await?;
        manager.drop_table(drop("report_retraction")).await?;
        manager.drop_table(drop("report")).await?;
        manager.drop_table(drop("assignment")).await?;
        Ok(())
    }
}

/// Task × unit, with the current state kept beside its history.
fn assignment() -> TableCreateStatement {
    Table::create()
        .table("assignment")
        .col(pk_uuid("id"))
        .col(uuid("task_id"))
        .col(uuid("unit_id"))
        .col(text("role"))
        .col(text("progress"))
        .col(integer_null("percent"))
        .col(date_null("completed_on"))
        .col(date_null("due_on"))
        .col(text_null("result"))
        .col(text_null("difficulties"))
        .col(text_null("proposals"))
        .col(text_null("note"))
        .col(uuid_null("last_report_id"))
        .col(date_null("last_reported_on"))
        .col(big_integer("state_event"))
        .foreign_key(&mut points_at("assignment", "task_id", "task"))
        .foreign_key(&mut points_at("assignment", "unit_id", "unit"))
        .check(one_of("role", &["lead", "coordinating", "other"]))
        .check(one_of(
            "progress",
            &[
                "not_started",
                "in_progress",
                "awaiting_confirmation",
                "completed",
                "suspended",
                "withdrawn",
                "transferred",
            ],
        ))
        .check(Expr::cust("percent BETWEEN 0 AND 10000"))
        .check(Expr::cust("progress NOT IN ('not_started', 'in_progress') OR completed_on IS NULL"))
        .check(Expr::cust("state_event >= 0"))
        .to_owned()
}

/// One statement by a unit about an assignment. Append-only; a part that is not stated is null.
fn report() -> TableCreateStatement {
    Table::create()
        .table("report")
        .col(pk_uuid("id"))
        .col(uuid("assignment_id"))
        .col(uuid("unit_id"))
        .col(date("reported_on"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(text("recorded_by"))
        .col(big_integer("event_no").unique_key().take())
        .col(text_null("progress"))
        .col(integer_null("percent"))
        .col(date_null("completed_on"))
        .col(text_null("result"))
        .col(text_null("difficulties"))
        .col(text_null("proposals"))
        .col(text_null("note"))
        .col(text("cleared"))
        .col(uuid_null("import_id"))
        .col(uuid_null("import_row_id"))
        .col(text_null("place"))
        .foreign_key(&mut points_at("report", "assignment_id", "assignment"))
        .foreign_key(&mut points_at("report", "unit_id", "unit"))
        .foreign_key(&mut points_at("report", "import_id", "import"))
        .foreign_key(&mut points_at("report", "import_row_id", "import_row"))
        .check(one_of(
            "progress",
            &[
                "not_started",
                "in_progress",
                "awaiting_confirmation",
                "completed",
                "suspended",
                "withdrawn",
                "transferred",
            ],
        ))
        .check(Expr::cust("percent BETWEEN 0 AND 10000"))
        .check(Expr::cust("progress IS NULL OR progress IN ('not_started', 'in_progress', 'completed')"))
        .to_owned()
}

/// Takes a report back (a second one restores it).
fn report_retraction() -> TableCreateStatement {
    Table::create()
        .table("report_retraction")
        .col(pk_uuid("id"))
        .col(uuid("report_id"))
        .col(big_integer("event_no").unique_key().take())
        .col(text_null("reason"))
        .foreign_key(&mut points_at("report_retraction", "report_id", "report"))
        .to_owned()
}

/// The office sets another due day for an assignment, or none.
fn deadline_change() -> TableCreateStatement {
    Table::create()
        .table("deadline_change")
        .col(pk_uuid("id"))
        .col(uuid("assignment_id"))
        .col(date_null("old_due"))
        .col(date_null("new_due"))
        .col(text_null("raw"))
        .col(text_null("reason"))
        .col(date("decided_on"))
        .col(text("decided_by"))
        .col(big_integer("event_no").unique_key().take())
        .foreign_key(&mut points_at("deadline_change", "assignment_id", "assignment"))
        .to_owned()
}

/// What the office decided about an assignment.
fn decision() -> TableCreateStatement {
    Table::create()
        .table("decision")
        .col(pk_uuid("id"))
        .col(uuid("assignment_id"))
        .col(text("kind"))
        .col(date("decided_on"))
        .col(text_null("note"))
        .col(uuid_null("transferred_to"))
        .col(text("decided_by"))
        .col(big_integer("event_no").unique_key().take())
        .foreign_key(&mut points_at("decision", "assignment_id", "assignment"))
        .foreign_key(&mut points_at("decision", "transferred_to", "unit"))
        .check(one_of("kind", &["confirm", "return", "suspend", "resume", "withdraw", "transfer"]))
        .check(Expr::cust("transferred_to IS NULL OR kind = 'transfer'"))
        .to_owned()
}
