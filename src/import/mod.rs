//! A workbook becomes a plan: read, recognise, normalise, snapshot, match, plan. Never names a door or `actions`.

pub mod answers;
pub mod catalogue;
pub mod claim;
pub mod plan;
pub mod plan_json;
pub mod reading;
pub mod value;
