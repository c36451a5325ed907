//! Fourth phase: the values of a task row, each read for what it is, with its raw text and its cell.

pub mod deadline;
pub mod mark;
mod memory;
pub mod percent;
pub mod status;
pub mod values;

pub use memory::Memory;
pub use values::{Context, Values, values};
