//! The rows of an import are asked for page by page, in the order of their ids; their outcome is asked for by nobody.

use sea_orm_migration::prelude::*;

use crate::shape::{dropped, index};

/// This step; all of it or nothing.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("import_row", &["import_id", "id"])).await?;
        manager.drop_index(dropped("import_row", &["import_id", "outcome"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("import_row", &["import_id", "outcome"])).await?;
        manager.drop_index(dropped("import_row", &["import_id", "id"])).await
    }
}
