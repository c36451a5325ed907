//! The types of the schema: each wraps a row, and every field is a method somebody wrote and described.

pub(crate) mod assignment;
pub(crate) mod column;
pub(crate) mod enums;
pub(crate) mod finding;
pub(crate) mod import;
pub(crate) mod memory;
pub(crate) mod notice;
pub(crate) mod plan;
pub(crate) mod question;
pub(crate) mod report;
mod source;
pub(crate) mod statistics;
pub(crate) mod task;
pub(crate) mod undo;
pub(crate) mod unit;
pub(crate) mod viewer;
