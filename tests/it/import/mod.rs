//! Behaviour of `import`.

mod annotate;
mod commit;
mod corpus;
mod history;
mod layouts;
mod memory;
mod own_sheet;
mod provenance;
mod sheet;
pub(crate) mod table;
mod traps;
