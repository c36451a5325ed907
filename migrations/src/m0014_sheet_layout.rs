//! A foreign sheet keeps the fingerprint of its headings: what a unit last sent is looked for in sheets of the same layout.

use sea_orm_migration::prelude::*;

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("layout").text().take();
        manager.alter_table(Table::alter().table("import_sheet").add_column(column).take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("import_sheet").drop_column("layout").take()).await
    }
}
