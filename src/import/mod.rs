//! A workbook becomes a plan: read, recognise, normalise, snapshot, match, plan. Never names a door or `actions`.

pub mod answers;
pub mod assemble;
pub mod catalogue;
pub mod claim;
pub mod duplicates;
pub mod encoding;
pub mod json;
pub mod letterhead;
pub mod matching;
pub mod normalise;
pub mod plan;
pub mod plan_json;
pub mod reading;
pub mod recognise;
pub mod rows;
pub mod seeded;
pub mod understand;
pub mod value;
pub mod vocabulary;

pub use understand::understand;
