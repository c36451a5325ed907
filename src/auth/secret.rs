//! Secrets that are shown once: 256 random bits, kept by us only as their SHA-256. A fast hash is right here, unlike
//! for passwords: nobody can guess 256 random bits.

use std::fmt::Write as _;

use rand::TryRng as _;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

/// What an access token begins with, so that scanners of leaked secrets can know it.
pub const TOKEN_PREFIX: &str = "gb_";

/// A fresh secret. Has no `Display` or `Debug`, so that it does not slip into a log.
pub struct Secret(String);

impl Secret {
    /// A new access token from the machine's randomness.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn token() -> anyhow::Result<Secret> {
        let mut bytes = [0u8; 32];
        SysRng.try_fill_bytes(&mut bytes)?;
        Ok(Secret::from_bytes(bytes))
    }

    fn from_bytes(bytes: [u8; 32]) -> Secret {
        Secret(format!("{TOKEN_PREFIX}{}", hex(&bytes)))
    }

    /// The secret itself, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// What is stored of a secret, and looked up for one that is presented.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_shows_256_bits_after_its_prefix() {
        assert_eq!(Secret::from_bytes([0xab; 32]).reveal(), format!("gb_{}", "ab".repeat(32)));
    }

    #[test]
    fn two_tokens_differ() {
        let (one, other) = (Secret::token().unwrap(), Secret::token().unwrap());
        assert_ne!(one.reveal(), other.reveal());
        assert_eq!(one.reveal().len(), 3 + 64);
    }

    #[test]
    fn the_hash_is_sha_256_in_hexadecimal() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
