//! Tokens, users and sessions: what proves who is calling. Here questions begin with the secret's hash, not with a scope:
//! the scope is what they answer with.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::domain::access::{Caller, Role};
use crate::entities::{session, token, token_unit, user, user_unit};

/// A token to be stored. The secret itself never comes here.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Name for the event log.
    pub label: String,
    /// SHA-256 of the secret, in hex.
    pub hash: String,
    /// Role.
    pub role: Role,
    /// Units of a `unit` token.
    pub units: BTreeSet<Uuid>,
    /// When made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A user to be stored.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Name to sign in with.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Units of a `unit` user.
    pub units: BTreeSet<Uuid>,
    /// Argon2 string.
    pub password_hash: String,
    /// When made.
    pub created_at: DateTime<Utc>,
}

/// A token that was presented and is valid.
#[derive(Clone, Debug)]
pub struct Presented {
    /// The token.
    pub id: Uuid,
    /// Who is calling with it.
    pub caller: Caller,
    /// When it was last presented.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The valid token with this hash: not expired, not revoked, its user (if any) not disabled.
///
/// # Errors
/// When the database cannot be asked.
pub async fn find_token(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Presented>, DbErr> {
    let found = token::Entity::find().filter(token::Column::TokenHash.eq(hash)).one(db).await?;
    let Some(row) = found.filter(|row| row.revoked_at.is_none() && row.expires_at > now) else {
        return Ok(None);
    };
    let mut name = row.label;
    if let Some(user_id) = row.user_id {
        match user::Entity::find_by_id(user_id).one(db).await? {
            Some(user) if user.disabled_at.is_none() => name = user.login,
            Some(_) | None => return Ok(None),
        }
    }
    let rows = token_unit::Entity::find().filter(token_unit::Column::TokenId.eq(row.id)).all(db).await?;
    let units = rows.into_iter().map(|link| link.unit_id).collect();
    let caller = Caller { name, user_id: row.user_id, role: row.role, units };
    Ok(Some(Presented { id: row.id, caller, last_used_at: row.last_used_at }))
}

/// The caller of the valid session with this hash.
///
/// # Errors
/// When the database cannot be asked.
pub async fn find_session(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Caller>, DbErr> {
    let found = session::Entity::find().filter(session::Column::TokenHash.eq(hash)).one(db).await?;
    let Some(row) = found.filter(|row| row.revoked_at.is_none() && row.expires_at > now) else {
        return Ok(None);
    };
    match user::Entity::find_by_id(row.user_id).one(db).await? {
        Some(user) if user.disabled_at.is_none() => {
            let rows =
                user_unit::Entity::find().filter(user_unit::Column::UserId.eq(user.id)).all(db).await?;
            let units = rows.into_iter().map(|link| link.unit_id).collect();
            Ok(Some(Caller { name: user.login, user_id: Some(user.id), role: user.role, units }))
        }
        Some(_) | None => Ok(None),
    }
}

/// The user with this login.
///
/// # Errors
/// When the database cannot be asked.
pub async fn find_user(db: &impl ConnectionTrait, login: &str) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find().filter(user::Column::Login.eq(login)).one(db).await
}

/// Stores a token and gives its id.
///
/// # Errors
/// When the database refuses.
pub async fn insert_token(db: &impl ConnectionTrait, new: NewToken) -> Result<Uuid, DbErr> {
    let NewToken { label, hash, role, units, created_at, expires_at } = new;
    let id = Uuid::now_v7();
    let row = token::ActiveModel {
        id: Set(id),
        label: Set(label),
        token_hash: Set(hash),
        role: Set(role),
        user_id: Set(None),
        created_at: Set(created_at),
        expires_at: Set(expires_at),
        revoked_at: Set(None),
        last_used_at: Set(None),
    };
    token::Entity::insert(row).exec_without_returning(db).await?;
    for unit_id in units {
        let link = token_unit::ActiveModel { token_id: Set(id), unit_id: Set(unit_id) };
        token_unit::Entity::insert(link).exec_without_returning(db).await?;
    }
    Ok(id)
}

/// Stores a user and gives its id.
///
/// # Errors
/// When the database refuses, as for a login that is taken.
pub async fn insert_user(db: &impl ConnectionTrait, new: NewUser) -> Result<Uuid, DbErr> {
    let NewUser { login, name, role, units, password_hash, created_at } = new;
    let id = Uuid::now_v7();
    let row = user::ActiveModel {
        id: Set(id),
        login: Set(login),
        name: Set(name),
        role: Set(role),
        password_hash: Set(password_hash),
        created_at: Set(created_at),
        disabled_at: Set(None),
    };
    user::Entity::insert(row).exec_without_returning(db).await?;
    for unit_id in units {
        let link = user_unit::ActiveModel { user_id: Set(id), unit_id: Set(unit_id) };
        user_unit::Entity::insert(link).exec_without_returning(db).await?;
    }
    Ok(id)
}

/// Ends a token, named by its id or by the hash of its secret; gives the id of the one that was ended.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_token(
    db: &impl ConnectionTrait,
    which: &TokenName,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, DbErr> {
    let name = match which {
        TokenName::Id(id) => token::Column::Id.eq(*id),
        TokenName::Hash(hash) => token::Column::TokenHash.eq(hash.as_str()),
    };
    let found = token::Entity::find().filter(name).filter(token::Column::RevokedAt.is_null()).one(db).await?;
    let Some(row) = found else { return Ok(None) };
    token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::value(now))
        .filter(token::Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(Some(row.id))
}

/// How a token is named when it is to be ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenName {
    /// By its id, as shown when it was made.
    Id(Uuid),
    /// By the hash of its secret.
    Hash(String),
}

/// Notes that a token was presented.
///
/// # Errors
/// When the database refuses.
pub async fn touch_token(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    token::Entity::update_many()
        .col_expr(token::Column::LastUsedAt, Expr::value(now))
        .filter(token::Column::Id.eq(id))
        .exec(db)
        .await
        .map(|_| ())
}
