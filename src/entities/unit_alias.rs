//! Table `unit_alias`: another spelling of the name of a unit.

use sea_orm::entity::prelude::*;

/// Another spelling of the name of a unit.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_alias")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// The spelling.
    #[sea_orm(column_type = "Text")]
    pub alias: String,
    /// The spelling folded, without diacritics.
    #[sea_orm(column_type = "Text")]
    pub alias_key: String,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
