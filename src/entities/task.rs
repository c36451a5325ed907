//! Table `task`: one item of a notice.

use sea_orm::entity::prelude::*;

use crate::domain::deadline::Precision;

/// One item of a notice.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The notice.
    pub notice_id: Uuid,
    /// The field of work.
    pub field_id: Uuid,
    /// The task it is a part of.
    pub parent_id: Option<Uuid>,
    /// Code inside the notice: `III.1-5`.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Place in the notice.
    pub sort_order: i32,
    /// Wording without the deadline sentence.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// Wording as it stands in the notice.
    #[sea_orm(column_type = "Text")]
    pub source_text: String,
    /// Whether it only heads its children and is assigned to nobody.
    pub is_heading: bool,
    /// The lead unit as written.
    #[sea_orm(column_type = "Text")]
    pub lead_raw: String,
    /// JSON list: the coordinating units and groups that are not units we know, as written.
    #[sea_orm(column_type = "Text")]
    pub coordinating_raw: String,
    /// Deadline as written.
    #[sea_orm(column_type = "Text", nullable)]
    pub deadline_raw: Option<String>,
    /// How precise the deadline is.
    pub deadline_precision: Precision,
    /// First day of a span.
    pub deadline_from: Option<Date>,
    /// Last day that is in time.
    pub deadline_due: Option<Date>,
    /// "cố gắng": wished for, not required.
    pub deadline_best_effort: bool,
    /// Code and wording without diacritics, folded.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// See `notice_id`.
    #[sea_orm(belongs_to, from = "notice_id", to = "id")]
    pub notice: BelongsTo<super::notice::Entity>,
    /// See `field_id`.
    #[sea_orm(belongs_to, from = "field_id", to = "id")]
    pub field: BelongsTo<super::field::Entity>,
    /// See `parent_id`.
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    /// Rows of `assignment` that point here.
    #[sea_orm(has_many)]
    pub assignments: HasMany<super::assignment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
