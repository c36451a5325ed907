//! Provinces and units: who is asked to do something, and where.

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
        manager.create_table(province()).await?;
        manager.create_index(unique("province", &["code", "valid_from"])).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX uq_province_first_code ON province (code) WHERE valid_from IS NULL",
            )
            .await?;
        manager.create_table(province_successor()).await?;
        manager.create_index(index("province_successor", &["successor_id"])).await?;
        manager.create_table(unit()).await?;
        manager.create_index(index("unit", &["sort_order", "id"])).await?;
        manager.create_index(index("unit", &["province_id"])).await?;
        manager.create_table(unit_alias()).await?;
        manager.create_index(unique("unit_alias", &["unit_id", "alias"])).await?;
        manager.create_index(index("unit_alias", &["alias_key"])).await?;
        manager.create_table(unit_successor()).await?;
        manager.create_index(index("unit_successor", &["successor_id"])).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(drop("unit_successor")).await?;
        manager.drop_table(drop("unit_alias")).await?;
        manager.drop_table(drop("unit")).await?;
        manager.drop_table(drop("province_successor")).await?;
        manager.drop_table(drop("province")).await?;
        Ok(())
    }
}

/// A province or centrally run city in one of its lives; a code means a province only together with a date.
fn province() -> TableCreateStatement {
    Table::create()
        .table("province")
        .col(pk_uuid("id"))
        .col(text("code"))
        .col(text("name"))
        .col(text("kind"))
        .col(text_null("egov_code"))
        .col(date_null("valid_from"))
        .col(date_null("valid_to"))
        .col(text("search_key"))
        .check(Expr::cust("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"))
        .to_owned()
}

/// Which province took over from which.
fn province_successor() -> TableCreateStatement {
    Table::create()
        .table("province_successor")
        .col(uuid("province_id"))
        .col(uuid("successor_id"))
        .col(date("since"))
        .primary_key(Index::create().col("province_id").col("successor_id"))
        .foreign_key(&mut points_at("province_successor", "province_id", "province"))
        .foreign_key(&mut points_at("province_successor", "successor_id", "province"))
        .check(Expr::cust("province_id <> successor_id"))
        .to_owned()
}

/// A ministry unit or a provincial department.
fn unit() -> TableCreateStatement {
    Table::create()
        .table("unit")
        .col(pk_uuid("id"))
        .col(text("code").unique_key().take())
        .col(text("name"))
        .col(text("abbreviation"))
        .col(text("kind"))
        .col(uuid_null("province_id"))
        .col(boolean("reports"))
        .col(integer("sort_order"))
        .col(text("search_key"))
        .col(date_null("valid_from"))
        .col(date_null("valid_to"))
        .foreign_key(&mut points_at("unit", "province_id", "province"))
        .check(one_of(
            "kind",
            &[
                "department",
                "vu",
                "cuc",
                "inspectorate",
                "office",
                "institute",
                "centre",
                "newspaper",
                "journal",
                "academy",
                "school",
                "enterprise",
                "group",
                "task_force",
            ],
        ))
        .check(Expr::cust("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to"))
        .to_owned()
}

/// Another spelling of the name of a unit.
fn unit_alias() -> TableCreateStatement {
    Table::create()
        .table("unit_alias")
        .col(pk_uuid("id"))
        .col(uuid("unit_id"))
        .col(text("alias"))
        .col(text("alias_key"))
        .foreign_key(&mut points_at("unit_alias", "unit_id", "unit"))
        .to_owned()
}

/// Which unit took over from which.
fn unit_successor() -> TableCreateStatement {
    Table::create()
        .table("unit_successor")
        .col(uuid("unit_id"))
        .col(uuid("successor_id"))
        .col(date("since"))
        .primary_key(Index::create().col("unit_id").col("successor_id"))
        .foreign_key(&mut points_at("unit_successor", "unit_id", "unit"))
        .foreign_key(&mut points_at("unit_successor", "successor_id", "unit"))
        .check(Expr::cust("unit_id <> successor_id"))
        .to_owned()
}
