//! Table `notice`: a document that assigns tasks.

use sea_orm::entity::prelude::*;

use crate::domain::notice::NoticeState;

/// A document that assigns tasks.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number of the document, when it carries one.
    #[sea_orm(column_type = "Text", nullable)]
    pub number: Option<String>,
    /// Title.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Thông báo kết luận.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Who issued it.
    #[sea_orm(column_type = "Text")]
    pub issuer: String,
    /// Day of issue, when it carries one.
    pub issued_on: Option<Date>,
    /// Day of the meeting; stands for the day of the notice where it has no other.
    pub meeting_on: Date,
    /// `2020-Q1`.
    #[sea_orm(column_type = "Text")]
    pub quarter: String,
    /// Who signed.
    #[sea_orm(column_type = "Text", nullable)]
    pub signer: Option<String>,
    /// In what capacity.
    #[sea_orm(column_type = "Text", nullable)]
    pub signer_role: Option<String>,
    /// Whether reports are still taken.
    pub state: NoticeState,
    /// The text as received.
    #[sea_orm(column_type = "Text")]
    pub source_text: String,
    /// Rows of `field` that point here.
    #[sea_orm(has_many)]
    pub fields: HasMany<super::field::Entity>,
    /// Rows of `task` that point here.
    #[sea_orm(has_many)]
    pub tasks: HasMany<super::task::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
