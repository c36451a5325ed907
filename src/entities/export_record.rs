//! Table `export_record`: a workbook that was handed out, and the moment it shows.

use sea_orm::entity::prelude::*;

/// A workbook that was handed out, and the moment it shows.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_record")]
pub struct Model {
    /// Id; stands in the properties of a round-trip sheet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `sheet` or `consolidated`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The unit of a sheet.
    pub unit_id: Option<Uuid>,
    /// The day it shows.
    pub as_of: Date,
    /// The event number it shows: the base of the merge when it comes back.
    pub event_no: i64,
    /// Name of the template.
    #[sea_orm(column_type = "Text")]
    pub template: String,
    /// Version of the template.
    pub template_version: i32,
    /// Caller.
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    /// When.
    pub created_at: DateTimeUtc,
    /// SHA-256 of the bytes, in hex.
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<Option<super::unit::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
