//! Table `deadline_change`: The office sets another due day for an assignment, or none.

use sea_orm::entity::prelude::*;

/// The office sets another due day for an assignment, or none.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline_change")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assignment.
    pub assignment_id: Uuid,
    /// Due day before.
    pub old_due: Option<Date>,
    /// Due day after.
    pub new_due: Option<Date>,
    /// The new deadline as written.
    #[sea_orm(column_type = "Text", nullable)]
    pub raw: Option<String>,
    /// Why.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// The day it was decided.
    pub decided_on: Date,
    /// Caller.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// Event number.
    #[sea_orm(unique)]
    pub event_no: i64,
    /// See `assignment_id`.
    #[sea_orm(belongs_to, from = "assignment_id", to = "id")]
    pub assignment: BelongsTo<super::assignment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
