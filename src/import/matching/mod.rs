//! Which task a row speaks of: by code, by wording, with deadline, unit and section as supporting evidence. Never
//! `sure` between tasks whose wording is close, never a link for a task that is in no open notice.

pub mod decide;
pub mod index;
mod lexicon;
pub mod matcher;
mod notices;

pub use decide::Clues;
pub use index::Index;
pub use lexicon::Spelled;
pub use matcher::Matcher;
