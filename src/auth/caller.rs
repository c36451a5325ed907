//! The caller made from what a request carries: `Authorization: Bearer gb_...`. Every failure looks the same from
//! outside, so that nobody learns whether a token once existed.

use chrono::Duration;

use crate::app::App;
use crate::auth::secret::{self, TOKEN_PREFIX};
use crate::domain::access::Caller;
use crate::error::{Code, Error, Result};
use crate::store;
use crate::store::caller::Valid;

/// How stale "last used" may be: writing it with every request would make every reader a writer.
const LAST_USED_HOURS: i64 = 1;

/// Who calls with this value of the Authorization header.
///
/// # Errors
/// `UNAUTHENTICATED` without a valid token; `INTERNAL` when the database cannot be asked.
pub async fn of_authorization(app: &App, value: Option<&str>) -> Result<Caller> {
    let token = value.and_then(bearer).ok_or_else(|| Error::new(Code::Unauthenticated))?;
    let now = app.clock.now();
    let found = store::caller::valid_token(app.database.reader(), &secret::hash(token), now).await?;
    let Valid { pass, user, units } = found.ok_or_else(|| Error::new(Code::Unauthenticated))?;
    if pass.last_used_at.is_none_or(|last| now - last > Duration::hours(LAST_USED_HOURS)) {
        // A note for the administrator; the request does not hang on it.
        if let Err(error) = store::caller::token_used(app.database.writer(), pass.id, now).await {
            tracing::warn!(%error, "could not note that a token was used");
        }
    }
    let name = user.map_or(pass.label, |user| user.login);
    Ok(Caller { name, user_id: pass.user_id, role: pass.role, units })
}

/// The token in the header's value; the scheme may be written in any case.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with(TOKEN_PREFIX)).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_token_of_ours_is_looked_up() {
        for (value, token) in [
            ("Bearer gb_12", Some("gb_12")),
            ("bearer  gb_12 ", Some("gb_12")),
            ("Basic gb_12", None),
            ("Bearer 12", None),
            ("gb_12", None),
            ("", None),
        ] {
            assert_eq!(bearer(value), token, "{value:?}");
        }
    }
}
