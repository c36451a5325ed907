//! Behaviour of `workbook`.
