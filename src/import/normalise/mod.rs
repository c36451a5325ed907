//! Fourth phase: the values of a task row, each read for what it is, with its raw text and its cell.

mod context;
pub mod deadline;
pub mod mark;
mod memory;
pub mod percent;
pub mod status;
pub mod values;

pub use context::Context;
pub use memory::Memory;
pub use values::{Values, values};
