//! Table `unit_successor`: which unit took over from which.

use sea_orm::entity::prelude::*;

/// Which unit took over from which.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_successor")]
pub struct Model {
    /// The earlier unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: Uuid,
    /// The later one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub successor_id: Uuid,
    /// First day of the later one.
    pub since: Date,
    /// See `unit_id`.
    #[sea_orm(belongs_to, relation_enum = "Unit", from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
    /// See `successor_id`.
    #[sea_orm(belongs_to, relation_enum = "Successor", from = "successor_id", to = "id")]
    pub successor: BelongsTo<super::unit::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
