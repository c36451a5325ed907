//! Table `field`: a field of work (lĩnh vực): section I..VII of a notice.

use sea_orm::entity::prelude::*;

/// A field of work (lĩnh vực): section I..VII of a notice.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "field")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The notice.
    pub notice_id: Uuid,
    /// I, II, ...
    #[sea_orm(column_type = "Text")]
    pub numeral: String,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Place in the notice.
    pub sort_order: i32,
    /// See `notice_id`.
    #[sea_orm(belongs_to, from = "notice_id", to = "id")]
    pub notice: BelongsTo<super::notice::Entity>,
    /// Rows of `task` that point here.
    #[sea_orm(has_many)]
    pub tasks: HasMany<super::task::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
