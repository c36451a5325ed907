//! Behaviour of `workbook`.

mod formats;
mod hostile;
mod make;
mod patch;
mod raw;
mod sandbox;
