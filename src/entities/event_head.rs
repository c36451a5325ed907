//! Table `event_head`: The end of the event log; a writing verb locks its only row first.

use sea_orm::entity::prelude::*;

/// The end of the event log; a writing verb locks its only row first.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_head")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Number of the last event.
    pub number: i64,
    /// Its hash.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
