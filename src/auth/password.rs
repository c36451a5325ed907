//! Passwords of users: argon2id with the parameters of its crate's defaults (19 MiB, two passes), salted.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Shortest password taken, in characters.
pub const MIN_LENGTH: usize = 12;

/// The text that is stored for a password (a PHC string).
///
/// # Errors
/// When the machine gives no randomness for the salt.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| anyhow::anyhow!("argon2: {error}"))?.to_string())
}

/// Whether this is the password of the stored text. A stored text that cannot be read fits no password.
pub fn fits(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_fits_its_hash() {
        let stored = hash("mật khẩu rất dài").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(fits("mật khẩu rất dài", &stored));
        assert!(!fits("mật khẩu rất dàI", &stored));
        assert!(!fits("mật khẩu rất dài", "không phải PHC"));
    }
}
