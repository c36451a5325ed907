//! Behaviour of `import`.

mod commit;
mod corpus;
mod history;
mod layouts;
mod memory;
mod own_sheet;
mod sheet;
pub(crate) mod table;
mod traps;
