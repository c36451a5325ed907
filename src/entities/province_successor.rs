//! Table `province_successor`: which province took over from which.

use sea_orm::entity::prelude::*;

/// Which province took over from which.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province_successor")]
pub struct Model {
    /// The earlier province.
    #[sea_orm(primary_key, auto_increment = false)]
    pub province_id: Uuid,
    /// The later one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub successor_id: Uuid,
    /// First day of the later one.
    pub since: Date,
    /// See `province_id`.
    #[sea_orm(belongs_to, relation_enum = "Province", from = "province_id", to = "id")]
    pub province: BelongsTo<super::province::Entity>,
    /// See `successor_id`.
    #[sea_orm(belongs_to, relation_enum = "Successor", from = "successor_id", to = "id")]
    pub successor: BelongsTo<super::province::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
