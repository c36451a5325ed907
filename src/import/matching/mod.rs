//! Which task a row speaks of: by code, by wording, with deadline, unit and section as supporting evidence. Never
//! `sure` between tasks whose wording is close, never a link for a task that is in no open notice.

pub mod decide;
pub mod index;

pub use decide::{Clues, find};
pub use index::Index;
mod notices;
