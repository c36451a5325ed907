//! Who is calling: tokens, sessions, passwords, and the caller made from them.

pub mod caller;
pub mod password;
pub mod secret;
