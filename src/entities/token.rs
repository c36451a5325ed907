//! Table `access_token`: a bearer token for programs.

use sea_orm::entity::prelude::*;

use crate::domain::access::Role;

/// A bearer token for programs.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_token")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name for the event log.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// SHA-256 of the secret, in hex.
    #[sea_orm(unique, column_type = "Text")]
    pub token_hash: String,
    /// Role.
    pub role: Role,
    /// The user behind it, where there is one.
    pub user_id: Option<Uuid>,
    /// When made.
    pub created_at: DateTimeUtc,
    /// When it ends.
    pub expires_at: DateTimeUtc,
    /// When it was ended early.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was last presented.
    pub last_used_at: Option<DateTimeUtc>,
    /// See `user_id`.
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
