//! The front door: matches a command and calls it.

fn main() {}
