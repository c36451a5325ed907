//! Table `layout`: how one unit lays a table out, remembered.

use sea_orm::entity::prelude::*;

/// How one unit lays a table out, remembered.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "layout")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// Hash of the headings.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    /// Name of the sheet it was last seen on.
    #[sea_orm(column_type = "Text")]
    pub sheet_name: String,
    /// JSON: the columns and what they mean.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    /// The last committed import in this layout.
    pub import_id: Uuid,
    /// The day that import spoke of.
    pub reported_on: Date,
    /// How many committed imports had it.
    pub uses: i32,
    /// Who corrected it by hand, last.
    #[sea_orm(column_type = "Text", nullable)]
    pub corrected_by: Option<String>,
    /// When first committed.
    pub created_at: DateTimeUtc,
    /// When last committed.
    pub last_used_at: DateTimeUtc,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<super::import::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
