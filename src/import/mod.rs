//! A workbook becomes a plan: read, recognise, normalise, snapshot, match, plan. Never names a door or `actions`.

pub mod annotate;
pub mod answers;
pub mod answers_json;
pub mod apply;
pub mod assemble;
pub mod catalogue;
pub mod claim;
pub mod claim_json;
pub mod columns_json;
pub mod duplicates;
pub mod encoding;
pub mod given;
pub mod hints;
pub mod json;
mod judge;
pub mod letterhead;
pub mod matching;
pub mod normalise;
pub mod own_sheet;
pub mod periods;
pub mod plan;
pub mod plan_json;
pub mod question;
pub mod reading;
pub mod recognise;
pub mod rows;
pub mod seeded;
mod side_by_side;
pub mod snapshot;
pub mod understand;
pub mod understood;
pub mod value;
pub mod vocabulary;

pub use understand::understand;
