//! Table `file`: The bytes of an uploaded workbook, kept once.

use sea_orm::entity::prelude::*;

/// The bytes of an uploaded workbook, kept once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    /// SHA-256 of the bytes, in hex.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub sha256: String,
    /// Length in bytes.
    pub size: i64,
    /// The bytes.
    #[sea_orm(column_type = "Blob")]
    pub bytes: Vec<u8>,
    /// Rows of `import` that point here.
    #[sea_orm(has_many)]
    pub imports: HasMany<super::import::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
