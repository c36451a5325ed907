//! Second phase: where the tables of tasks are, and what their columns mean. By evidence only: headings by their words,
//! columns by their cells; never by the name of a file or sheet, or by the number of a row.

mod beside;
mod by_cells;
pub mod cards;
pub mod column_numbers;
pub mod columns;
pub mod continued;
pub mod evidence;
mod expected;
pub mod fit;
pub mod grid;
pub mod header;
pub mod headless;
pub mod legend;
mod levels;
pub mod marks;
mod overruled;
mod percents;
mod prefer;
mod shape;
pub mod sheets;
mod spans;
pub mod tables;
pub mod transposed;
pub mod unread;

pub use columns::Columns;
pub use grid::Grid;
pub use tables::{Table, tables};
