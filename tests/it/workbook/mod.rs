//! Behaviour of `workbook`.

mod formats;
pub(crate) mod hostile;
pub(crate) mod make;
pub(crate) mod old;
pub(crate) mod patch;
mod raw;
mod sandbox;
