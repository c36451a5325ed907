//! Who is calling: tokens, sessions, passwords, and the caller made from them.

pub mod password;
pub mod secret;
