//! Table `import_sheet`: a sheet of an uploaded workbook and what it was taken for.

use sea_orm::entity::prelude::*;

/// A sheet of an uploaded workbook and what it was taken for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_sheet")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// Place in the workbook, 0-based.
    pub position: i32,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// JSON list of 0-based rows.
    #[sea_orm(column_type = "Text")]
    pub header_rows: String,
    /// JSON: the columns and what they mean.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    /// `tasks`, or what it was passed over as.
    #[sea_orm(column_type = "Text")]
    pub taken_for: String,
    /// Fingerprint of its headings, for a foreign table.
    #[sea_orm(column_type = "Text", nullable)]
    pub layout: Option<String>,
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<super::import::Entity>,
    /// Rows of `import_row` that point here.
    #[sea_orm(has_many)]
    pub rows: HasMany<super::import_row::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
