//! Behaviour of `import`.

mod annotate;
mod bodies;
mod commit;
mod corpus;
mod findings;
mod headings;
mod history;
mod layouts;
mod memory;
mod own_sheet;
mod provenance;
mod sheet;
pub(crate) mod table;
mod traps;
mod values;
mod wordings;
