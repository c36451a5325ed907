//! The rules of following tasks, as pure functions. Never a clock, I/O, async, serde or another room.

pub mod access;
pub mod assignment;
pub mod change;
pub mod date;
pub mod deadline;
pub mod decision;
pub mod finding;
pub mod history;
pub mod import;
pub mod legacy_text;
pub mod notice;
pub mod percent;
pub mod period;
mod phrase;
pub mod progress;
pub mod province;
pub mod refusal;
pub mod standing;
pub mod statistics;
pub mod status;
pub mod syllable;
mod table;
pub mod text;
pub mod unit;
pub mod unit_kind;
