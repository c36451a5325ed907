//! Table `wording`: a wording that a person has linked to a task, or to none, remembered for a unit.

use sea_orm::entity::prelude::*;

/// A wording that a person has linked to a task, or to none.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wording")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit that words it so.
    pub unit_id: Uuid,
    /// Comparing key of the wording.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// The wording as last written.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// Whether it is a task; otherwise it is none of the notices that were open then.
    pub is_task: bool,
    /// The task.
    pub task_id: Option<Uuid>,
    /// Day of the newest notice that was open when it was answered: of a newer one "no task" says nothing.
    pub notice_day: Date,
    /// The import it was last answered for.
    pub import_id: Uuid,
    /// The day that import spoke of.
    pub reported_on: Date,
    /// Who committed the answer.
    #[sea_orm(column_type = "Text")]
    pub answered_by: String,
    /// When first answered.
    pub created_at: DateTimeUtc,
    /// When last answered.
    pub answered_at: DateTimeUtc,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
    /// See `task_id`.
    #[sea_orm(belongs_to, from = "task_id", to = "id")]
    pub task: BelongsTo<Option<super::task::Entity>>,
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<super::import::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
