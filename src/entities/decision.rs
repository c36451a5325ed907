//! Table `decision`: what the office decided about an assignment.

use sea_orm::entity::prelude::*;

use crate::domain::decision::DecisionKind;

/// What the office decided about an assignment.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assignment.
    pub assignment_id: Uuid,
    /// What was decided.
    pub kind: DecisionKind,
    /// The day it was decided.
    pub decided_on: Date,
    /// Why, or what remains to be done.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// The unit that takes over.
    pub transferred_to: Option<Uuid>,
    /// Caller.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// Event number.
    #[sea_orm(unique)]
    pub event_no: i64,
    /// See `assignment_id`.
    #[sea_orm(belongs_to, from = "assignment_id", to = "id")]
    pub assignment: BelongsTo<super::assignment::Entity>,
    /// See `transferred_to`.
    #[sea_orm(belongs_to, from = "transferred_to", to = "id")]
    pub transferee: BelongsTo<Option<super::unit::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
