//! Third phase: the rows of a table. Which are tasks, which head others, which are left out and why.

pub mod body;
pub mod classify;
pub mod outline;
pub mod phrases;
pub mod stt;
pub mod title;

pub use body::{Body, TaskRow, body};
