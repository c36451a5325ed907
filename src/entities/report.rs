//! Table `report`: one statement by a unit about an assignment. Append-only; a part that is not stated is null.

use sea_orm::entity::prelude::*;

use crate::domain::percent::Percent;
use crate::domain::progress::Progress;

/// One statement by a unit about an assignment. Append-only; a part that is not stated is null.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assignment.
    pub assignment_id: Uuid,
    /// The unit that reports (that of the assignment).
    pub unit_id: Uuid,
    /// The day it speaks of.
    pub reported_on: Date,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// Caller.
    #[sea_orm(column_type = "Text")]
    pub recorded_by: String,
    /// Event number.
    #[sea_orm(unique)]
    pub event_no: i64,
    /// What the unit says of its progress.
    pub progress: Option<Progress>,
    /// Percent stated.
    pub percent: Option<Percent>,
    /// Day of completion stated.
    pub completed_on: Option<Date>,
    /// Result stated.
    #[sea_orm(column_type = "Text", nullable)]
    pub result: Option<String>,
    /// Difficulties stated.
    #[sea_orm(column_type = "Text", nullable)]
    pub difficulties: Option<String>,
    /// Proposals stated.
    #[sea_orm(column_type = "Text", nullable)]
    pub proposals: Option<String>,
    /// Note stated.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// Parts cleared by "(xoá)", separated by commas.
    #[sea_orm(column_type = "Text")]
    pub cleared: String,
    /// The import it came with.
    pub import_id: Option<Uuid>,
    /// The row it came from.
    pub import_row_id: Option<Uuid>,
    /// Sheet and cell it came from.
    #[sea_orm(column_type = "Text", nullable)]
    pub place: Option<String>,
    /// See `assignment_id`.
    #[sea_orm(belongs_to, from = "assignment_id", to = "id")]
    pub assignment: BelongsTo<super::assignment::Entity>,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
    /// See `import_id`.
    #[sea_orm(belongs_to, from = "import_id", to = "id")]
    pub import: BelongsTo<Option<super::import::Entity>>,
    /// See `import_row_id`.
    #[sea_orm(belongs_to, from = "import_row_id", to = "id")]
    pub import_row: BelongsTo<Option<super::import_row::Entity>>,
    /// Rows of `report_retraction` that point here.
    #[sea_orm(has_many)]
    pub retractions: HasMany<super::report_retraction::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
