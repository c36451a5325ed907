//! Table `province`: a province or centrally run city in one of its lives; a code means a province only together with a date.

use sea_orm::entity::prelude::*;

/// A province or centrally run city in one of its lives; a code means a province only together with a date.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "province")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Code of the General Statistics Office (`40`).
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Name without its kind: Nghệ An.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// `tỉnh` or `thành phố`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Code of the ministries' document network (`H49`).
    #[sea_orm(column_type = "Text", nullable)]
    pub egov_code: Option<String>,
    /// First day; none = before anything we follow.
    pub valid_from: Option<Date>,
    /// Last day; none = still.
    pub valid_to: Option<Date>,
    /// Name without diacritics, folded.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// Rows of `unit` that point here.
    #[sea_orm(has_many)]
    pub units: HasMany<super::unit::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
