//! Table `task_resemblance`: tasks whose wording is close: never chosen between silently.

use sea_orm::entity::prelude::*;

/// Tasks whose wording is close: never chosen between silently.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_resemblance")]
pub struct Model {
    /// The task.
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_id: Uuid,
    /// The one that resembles it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub other_id: Uuid,
    /// See `task_id`.
    #[sea_orm(belongs_to, relation_enum = "Task", from = "task_id", to = "id")]
    pub task: BelongsTo<super::task::Entity>,
    /// See `other_id`.
    #[sea_orm(belongs_to, relation_enum = "Other", from = "other_id", to = "id")]
    pub other: BelongsTo<super::task::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
