//! Table `import_finding`: something noticed about a cell, a row or a workbook.

use sea_orm::entity::prelude::*;

use crate::domain::finding::Severity;

/// Something noticed about a cell, a row or a workbook.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_finding")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// Name of the sheet.
    #[sea_orm(column_type = "Text", nullable)]
    pub sheet: Option<String>,
    /// 0-based row.
    pub row: Option<i32>,
    /// 0-based column.
    pub column: Option<i32>,
    /// Code of the catalogue in `domain::finding`.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Detail for the sentence: raw text, candidates.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<super::import::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
