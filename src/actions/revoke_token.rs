//! The end of an access token before its time.

use serde_json::json;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::token;
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::store;

/// Revokes the token with this id or label; a second time changes nothing. A label that several tokens bear names the
/// newest that is not revoked.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` when there is no such token.
pub async fn revoke_token(app: &App, caller: &Caller, which: &str) -> Result<token::Model> {
    caller.require(Permission::Administer)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let tokens = store::caller::tokens(&transaction).await?;
    let named = |token: &&token::Model| token.id.to_string() == which || token.label == which;
    let found = tokens.iter().filter(named).min_by_key(|token| token.revoked_at.is_some());
    let mut token = found.ok_or_else(|| Error::new(Code::NotFound).field("token"))?.clone();
    if token.revoked_at.is_some() {
        return Ok(token);
    }
    token.revoked_at = Some(log.at());
    let _ = log.record(Draft {
        kind: "token.revoked",
        subject: "token",
        subject_id: Some(token.id),
        payload: json!({ "label": token.label }),
        ..Draft::default()
    });
    store::caller::revoke_token(&transaction, token.id, log.at()).await?;
    super::finish(app, transaction, log).await?;
    Ok(token)
}
