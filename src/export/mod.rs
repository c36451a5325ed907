//! Workbooks going out: the round-trip sheet of a unit and the consolidated workbook. What stands in them is composed
//! by pure functions from plain content; fetching that content is one file of its own.

pub mod consolidated;
pub mod fetch;
pub mod frame;
pub mod round_trip;
mod source;
