//! Users, sessions and tokens. Secrets are known here by their hashes only.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::write;
use crate::entities::{session, token, token_unit, user, user_unit};

/// A token or session that is valid, with the user behind it and the units it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valid<T> {
    /// The token or session.
    pub pass: T,
    /// The user behind it.
    pub user: Option<user::Model>,
    /// The units it speaks for.
    pub units: BTreeSet<Uuid>,
}

/// The token with this hash, if it is neither expired nor revoked and its user is not closed.
///
/// # Errors
/// When the database does not answer.
pub async fn valid_token(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Valid<token::Model>>, DbErr> {
    let found = token::Entity::find()
        .filter(token::Column::TokenHash.eq(hash))
        .filter(token::Column::RevokedAt.is_null())
        .find_also_related(user::Entity)
        .one(db)
        .await?;
    let Some((pass, user)) = found.filter(|(token, user)| token.expires_at > now && open(user.as_ref()))
    else {
        return Ok(None);
    };
    let units: Vec<Uuid> = token_unit::Entity::find()
        .select_only()
        .column(token_unit::Column::UnitId)
        .filter(token_unit::Column::TokenId.eq(pass.id))
        .into_tuple()
        .all(db)
        .await?;
    Ok(Some(Valid { pass, user, units: units.into_iter().collect() }))
}

/// The session with this hash, if it is neither over nor revoked and its user is not closed.
///
/// # Errors
/// When the database does not answer.
pub async fn valid_session(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Valid<session::Model>>, DbErr> {
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(hash))
        .filter(session::Column::RevokedAt.is_null())
        .find_also_related(user::Entity)
        .one(db)
        .await?;
    let Some((pass, user)) = found.filter(|(session, user)| session.expires_at > now && open(user.as_ref()))
    else {
        return Ok(None);
    };
    let units = units_of_user(db, pass.user_id).await?;
    Ok(Some(Valid { pass, user, units }))
}

fn open(user: Option<&user::Model>) -> bool {
    user.is_none_or(|user| user.disabled_at.is_none())
}

/// The units a user belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn units_of_user(db: &impl ConnectionTrait, user: Uuid) -> Result<BTreeSet<Uuid>, DbErr> {
    let units: Vec<Uuid> = user_unit::Entity::find()
        .select_only()
        .column(user_unit::Column::UnitId)
        .filter(user_unit::Column::UserId.eq(user))
        .into_tuple()
        .all(db)
        .await?;
    Ok(units.into_iter().collect())
}

/// Keeps a token with the units it speaks for.
///
/// # Errors
/// When the database refuses.
pub async fn insert_token(
    db: &impl ConnectionTrait,
    token: token::Model,
    units: &BTreeSet<Uuid>,
) -> Result<(), DbErr> {
    let token_id = token.id;
    write::insert_all::<token::Model>(db, vec![token]).await?;
    let units = units.iter().map(|unit_id| token_unit::Model { token_id, unit_id: *unit_id });
    write::insert_all::<token_unit::Model>(db, units.collect::<Vec<_>>()).await
}

/// Keeps a user with the units it belongs to.
///
/// # Errors
/// When the login is taken (a unique violation), or the database refuses otherwise.
pub async fn insert_user(
    db: &impl ConnectionTrait,
    user: user::Model,
    units: &BTreeSet<Uuid>,
) -> Result<(), DbErr> {
    let user_id = user.id;
    write::insert_all::<user::Model>(db, vec![user]).await?;
    let units = units.iter().map(|unit_id| user_unit::Model { user_id, unit_id: *unit_id });
    write::insert_all::<user_unit::Model>(db, units.collect::<Vec<_>>()).await
}

/// Keeps a session.
///
/// # Errors
/// When the database refuses.
pub async fn insert_session(db: &impl ConnectionTrait, session: session::Model) -> Result<(), DbErr> {
    write::insert_all::<session::Model>(db, vec![session]).await
}

/// The user with this login, closed or not.
///
/// # Errors
/// When the database does not answer.
pub async fn user_by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find().filter(user::Column::Login.eq(login)).one(db).await
}

/// Every token, newest first. For those who administer.
///
/// # Errors
/// When the database does not answer.
pub async fn tokens(db: &impl ConnectionTrait) -> Result<Vec<token::Model>, DbErr> {
    token::Entity::find().order_by_desc(token::Column::Id).all(db).await
}

/// Revokes a token; says whether there was one that was not revoked yet.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_token(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<bool, DbErr> {
    let result = token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::value(at))
        .filter(token::Column::Id.eq(id))
        .filter(token::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Revokes a session; says whether there was one that was not revoked yet.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_session(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<bool, DbErr> {
    let result = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(at))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Notes that a token was presented. Best effort: call it rarely, and let its failure be.
///
/// # Errors
/// When the database refuses.
pub async fn token_used(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<(), DbErr> {
    token::Entity::update_many()
        .col_expr(token::Column::LastUsedAt, Expr::value(at))
        .filter(token::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
