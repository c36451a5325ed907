//! Table `unit`: a ministry unit or a provincial department.

use sea_orm::entity::prelude::*;

use crate::domain::unit_kind::UnitKind;

/// A ministry unit or a provincial department.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Province code of 2020 for departments (`40`), abbreviation in capitals without diacritics for ministry units (`THH`).
    #[sea_orm(unique, column_type = "Text")]
    pub code: String,
    /// Full name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Short name as offices write it: Cục THH.
    #[sea_orm(column_type = "Text")]
    pub abbreviation: String,
    /// Kind.
    pub kind: UnitKind,
    /// Province of a department.
    pub province_id: Option<Uuid>,
    /// Whether it reports progress; group words and partners do not.
    pub reports: bool,
    /// Place in tables.
    pub sort_order: i32,
    /// Name, abbreviation and code without diacritics, folded.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// First day, where known.
    pub valid_from: Option<Date>,
    /// Last day, where known.
    pub valid_to: Option<Date>,
    /// See `province_id`.
    #[sea_orm(belongs_to, from = "province_id", to = "id")]
    pub province: BelongsTo<Option<super::province::Entity>>,
    /// Rows of `unit_alias` that point here.
    #[sea_orm(has_many)]
    pub aliases: HasMany<super::unit_alias::Entity>,
    /// Rows of `import` that point here.
    #[sea_orm(has_many)]
    pub imports: HasMany<super::import::Entity>,
    /// Rows of `assignment` that point here.
    #[sea_orm(has_many)]
    pub assignments: HasMany<super::assignment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
