//! Behaviour of `workbook`.

mod formats;
pub(crate) mod hostile;
pub(crate) mod make;
mod patch;
mod raw;
mod sandbox;
