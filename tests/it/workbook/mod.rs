//! Behaviour of `workbook`.

mod patch;
