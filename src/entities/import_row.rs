//! Table `import_row`: a row of an uploaded workbook, as read and as decided.

use sea_orm::entity::prelude::*;

use crate::domain::import::RowOutcome;

/// A row of an uploaded workbook, as read and as decided.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_row")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// The sheet.
    pub sheet_id: Uuid,
    /// First row, 0-based.
    pub row: i32,
    /// Last row, 0-based.
    pub row_to: i32,
    /// `task`, `subtask` or `heading`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// JSON: what was understood, with the raw text of every cell.
    #[sea_orm(column_type = "Text")]
    pub reading: String,
    /// The task it speaks of.
    pub task_id: Option<Uuid>,
    /// How sure the link is: `sure`, `likely`, `ask`, `none`.
    #[sea_orm(column_type = "Text")]
    pub decision: String,
    /// What became of it.
    pub outcome: RowOutcome,
    /// The report made of it. No foreign key: `report` points here, and neither can come first.
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<super::import::Entity>,
    /// See `sheet_id`.
    #[sea_orm(belongs_to, from = "sheet_id", to = "id")]
    pub sheet: BelongsTo<super::import_sheet::Entity>,
    /// See `task_id`.
    #[sea_orm(belongs_to, from = "task_id", to = "id")]
    pub task: BelongsTo<Option<super::task::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
