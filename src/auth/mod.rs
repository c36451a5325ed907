//! Who is calling: tokens, sessions, passwords, and the caller made from them.
