//! The only room that names a spreadsheet library: preflight, sandbox (child process), read (calamine), write (rust_xlsxwriter), patch.

pub mod patch;
pub mod write;
