//! Table `assignment`: task × unit, with the current state kept beside its history.

use sea_orm::entity::prelude::*;

use crate::domain::assignment::AssignmentRole;
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;

/// Task × unit, with the current state kept beside its history.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// What the unit has to do with the task.
    pub role: AssignmentRole,
    /// Current progress, decisions included.
    pub progress: Progress,
    /// Current percent.
    pub percent: Option<Percent>,
    /// Day on which the unit completed.
    pub completed_on: Option<Date>,
    /// Current due day.
    pub due_on: Option<Date>,
    /// Result as last reported.
    #[sea_orm(column_type = "Text", nullable)]
    pub result: Option<String>,
    /// Difficulties as last reported.
    #[sea_orm(column_type = "Text", nullable)]
    pub difficulties: Option<String>,
    /// Proposals as last reported.
    #[sea_orm(column_type = "Text", nullable)]
    pub proposals: Option<String>,
    /// Note as last reported.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// The report that spoke last. No foreign key: `report` points here, and neither can come first.
    pub last_report_id: Option<Uuid>,
    /// The day it speaks of.
    pub last_reported_on: Option<Date>,
    /// Highest event number that had a part in this state; 0 = untouched.
    pub state_event: i64,
    /// See `task_id`.
    #[sea_orm(belongs_to, from = "task_id", to = "id")]
    pub task: BelongsTo<super::task::Entity>,
    /// See `unit_id`.
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::unit::Entity>,
    /// Rows of `report` that point here.
    #[sea_orm(has_many)]
    pub reports: HasMany<super::report::Entity>,
    /// Rows of `deadline_change` that point here.
    #[sea_orm(has_many)]
    pub deadline_changes: HasMany<super::deadline_change::Entity>,
    /// Rows of `decision` that point here.
    #[sea_orm(has_many)]
    pub decisions: HasMany<super::decision::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
