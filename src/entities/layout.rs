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
    /// Name of the sheet.
    #[sea_orm(column_type = "Text")]
    pub sheet_name: String,
    /// JSON: the columns and what they mean.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    /// JSON: why.
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    /// When first met.
    pub created_at: DateTimeUtc,
    /// When last met.
    pub last_used_at: DateTimeUtc,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
