//! What sheets look like, once for reading and for writing. Never names calamine, rust_xlsxwriter or the store.

pub mod annotation;
pub mod cell;
pub mod colour;
pub mod column;
pub mod mark_fill;
pub mod meaning;
pub mod measure;
pub mod number_format;
pub mod page;
pub mod style;
pub mod symbol_font;
pub mod template;
