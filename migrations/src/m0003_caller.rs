//! Users, sessions and tokens: who may call.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{drop, index, one_of, points_at};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(app_user()).await?;
        manager.create_table(user_unit()).await?;
        manager.create_index(index("user_unit", &["unit_id"])).await?;
        manager.create_table(session()).await?;
        manager.create_index(index("session", &["user_id"])).await?;
        manager.create_table(access_token()).await?;
        manager.create_index(index("access_token", &["user_id"])).await?;
        manager.create_table(token_unit()).await?;
        manager.create_index(index("token_unit", &["unit_id"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("token_unit")).await?;
        manager.drop_table(drop("access_token")).await?;
        manager.drop_table(drop("session")).await?;
        manager.drop_table(drop("user_unit")).await?;
        manager.drop_table(drop("app_user")).await?;
        Ok(())
    }
}

/// A person with an account.
fn app_user() -> TableCreateStatement {
    Table::create()
        .table("app_user")
        .col(pk_uuid("id"))
        .col(text("login").unique_key().take())
        .col(text("name"))
        .col(text("role"))
        .col(text("password_hash"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("disabled_at"))
        .check(one_of("role", &["admin", "office", "unit", "analyst", "leader"]))
        .to_owned()
}

/// The units a user belongs to.
fn user_unit() -> TableCreateStatement {
    Table::create()
        .table("user_unit")
        .col(uuid("user_id"))
        .col(uuid("unit_id"))
        .primary_key(Index::create().col("user_id").col("unit_id"))
        .foreign_key(&mut points_at("user_unit", "user_id", "app_user"))
        .foreign_key(&mut points_at("user_unit", "unit_id", "unit"))
        .to_owned()
}

/// A signed-in browser.
fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(text("token_hash").unique_key().take())
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut points_at("session", "user_id", "app_user"))
        .check(Expr::cust("expires_at > created_at"))
        .to_owned()
}

/// A bearer token for programs.
fn access_token() -> TableCreateStatement {
    Table::create()
        .table("access_token")
        .col(pk_uuid("id"))
        .col(text("label"))
        .col(text("token_hash").unique_key().take())
        .col(text("role"))
        .col(uuid_null("user_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .foreign_key(&mut points_at("access_token", "user_id", "app_user"))
        .check(one_of("role", &["admin", "office", "unit", "analyst", "leader"]))
        .check(Expr::cust("expires_at > created_at"))
        .to_owned()
}

/// The units a token speaks for.
fn token_unit() -> TableCreateStatement {
    Table::create()
        .table("token_unit")
        .col(uuid("token_id"))
        .col(uuid("unit_id"))
        .primary_key(Index::create().col("token_id").col("unit_id"))
        .foreign_key(&mut points_at("token_unit", "token_id", "access_token"))
        .foreign_key(&mut points_at("token_unit", "unit_id", "unit"))
        .to_owned()
}
