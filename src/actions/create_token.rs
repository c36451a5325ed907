//! A new access token. Its secret is shown once and kept only as a hash.

use std::collections::BTreeSet;

use chrono::Days;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::auth::secret::Secret;
use crate::domain::access::{Caller, Permission, Role, Scope};
use crate::entities::token;
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::store;

/// What the token shall be.
#[derive(Clone, Debug)]
pub struct CreateToken {
    /// Name for people and for the event log.
    pub label: String,
    /// Role.
    pub role: Role,
    /// Codes of the units; needed for the role `unit`, for no other.
    pub units: Vec<String>,
    /// Days until it ends; the setting `token.lifetime_days` when not given.
    pub lifetime_days: Option<u32>,
}

/// Makes a token; the secret comes with it this once.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit that is not there; `INVALID_INPUT` for a role with the wrong units.
pub async fn create_token(app: &App, caller: &Caller, wanted: CreateToken) -> Result<(Secret, token::Model)> {
    caller.require(Permission::Administer)?;
    let secret = Secret::token().map_err(Error::internal)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let units = units_of_role(&transaction, &caller.scope(), wanted.role, &wanted.units).await?;
    let days = wanted.lifetime_days.unwrap_or(app.config.token.lifetime_days);
    let expires_at = log.at().checked_add_days(Days::new(u64::from(days)));
    let too_long = || Error::with(Code::InvalidInput, "Thời hạn quá dài.").field("lifetime_days");
    let row = token::Model {
        id: store::write::new_id(),
        label: wanted.label,
        token_hash: secret.hash(),
        role: wanted.role,
        user_id: None,
        created_at: log.at(),
        expires_at: expires_at.ok_or_else(too_long)?,
        revoked_at: None,
        last_used_at: None,
    };
    let _ = log.record(Draft {
        kind: "token.created",
        subject: "token",
        subject_id: Some(row.id),
        payload: json!({ "label": row.label, "role": row.role.as_str(), "units": wanted.units }),
        ..Draft::default()
    });
    store::caller::insert_token(&transaction, row.clone(), &units).await?;
    super::finish(app, transaction, log).await?;
    Ok((secret, row))
}

/// The units of a token or user: some for the role `unit`, none for any other.
pub(super) async fn units_of_role(
    db: &impl ConnectionTrait,
    scope: &Scope,
    role: Role,
    codes: &[String],
) -> Result<BTreeSet<Uuid>> {
    let invalid = |sentence: &str| Err(Error::with(Code::InvalidInput, sentence).field("units"));
    match role {
        Role::Unit if codes.is_empty() => return invalid("Vai trò “unit” cần ít nhất một đơn vị."),
        Role::Unit => {}
        Role::Admin | Role::Office | Role::Analyst | Role::Leader if codes.is_empty() => {}
        Role::Admin | Role::Office | Role::Analyst | Role::Leader => {
            return invalid("Chỉ vai trò “unit” gắn với đơn vị; vai trò này thấy mọi đơn vị.");
        }
    }
    let mut units = BTreeSet::new();
    for code in codes {
        units.insert(super::unit_in_scope(db, scope, code).await?.id);
    }
    Ok(units)
}
