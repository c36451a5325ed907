//! The only room that names a spreadsheet library: preflight, sandbox (child process), read, write (rust_xlsxwriter), patch.
//!
//! Reading goes: `sandbox::Reader` starts a child process, which limits itself and calls `read::read`; that looks at the
//! bytes (`preflight`), and hands the cells over as events (`event`), which cross the pipe as `frames`.

pub mod copy;
pub mod event;
pub mod frames;
pub mod limits;
pub mod patch;
pub mod preflight;
pub mod read;
pub mod sandbox;
pub mod write;
