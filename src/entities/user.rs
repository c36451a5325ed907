//! Table `app_user`: a person with an account.

use sea_orm::entity::prelude::*;

use crate::domain::access::Role;

/// A person with an account.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "app_user")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name to sign in with.
    #[sea_orm(unique, column_type = "Text")]
    pub login: String,
    /// Name to show.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Role.
    pub role: Role,
    /// Argon2 string; never the password.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    /// When made.
    pub created_at: DateTimeUtc,
    /// When closed.
    pub disabled_at: Option<DateTimeUtc>,
    /// Rows of `session` that point here.
    #[sea_orm(has_many)]
    pub sessions: HasMany<super::session::Entity>,
    /// Rows of `token` that point here.
    #[sea_orm(has_many)]
    pub tokens: HasMany<super::token::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
