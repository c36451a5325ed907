//! A new user.

use sea_orm::SqlErr;
use serde_json::json;

use super::create_token::units_of_role;
use crate::app::App;
use crate::auth::password;
use crate::domain::access::{Caller, Permission, Role};
use crate::entities::user;
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::store;

/// Who the user shall be. Has no `Debug`, so that the password does not slip into a log.
#[derive(Clone)]
pub struct CreateUser {
    /// Name to sign in with.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Codes of the units; needed for the role `unit`, for no other.
    pub units: Vec<String>,
    /// Password, of at least [`password::MIN_LENGTH`] characters.
    pub password: String,
}

/// Makes a user.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit that is not there; `INVALID_INPUT` for a short password, a login that is empty or
/// taken, or a role with the wrong units.
pub async fn create_user(app: &App, caller: &Caller, wanted: CreateUser) -> Result<user::Model> {
    caller.require(Permission::Administer)?;
    let invalid = |sentence: String, field: &str| Error::with(Code::InvalidInput, sentence).field(field);
    if wanted.login.trim().is_empty() {
        return Err(invalid("Cần tên đăng nhập.".to_owned(), "login"));
    }
    if wanted.password.chars().count() < password::MIN_LENGTH {
        let sentence = format!("Mật khẩu cần ít nhất {} ký tự.", password::MIN_LENGTH);
        return Err(invalid(sentence, "password"));
    }
    let secret = wanted.password;
    // Hashing a password is slow by design; it must not hold up the server's own threads.
    let hashed = tokio::task::spawn_blocking(move || password::hash(&secret)).await;
    let password_hash = hashed.map_err(Error::internal)?.map_err(Error::internal)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let units = units_of_role(&transaction, &caller.scope(), wanted.role, &wanted.units).await?;
    let row = user::Model {
        id: store::write::new_id(),
        login: wanted.login.trim().to_owned(),
        name: wanted.name,
        role: wanted.role,
        password_hash,
        created_at: log.at(),
        disabled_at: None,
    };
    let _ = log.record(Draft {
        kind: "user.created",
        subject: "user",
        subject_id: Some(row.id),
        payload: json!({ "login": row.login, "role": row.role.as_str(), "units": wanted.units }),
        ..Draft::default()
    });
    store::caller::insert_user(&transaction, row.clone(), &units).await.map_err(|error| {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => {
                invalid("Tên đăng nhập đã có người dùng.".to_owned(), "login")
            }
            _ => error.into(),
        }
    })?;
    super::finish(app, transaction, log).await?;
    Ok(row)
}
