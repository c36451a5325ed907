//! A workbook becomes a plan: read, recognise, normalise, snapshot, match, plan. Never names a door or `actions`.

pub mod catalogue;
pub mod reading;
