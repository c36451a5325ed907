//! Behaviour of `import`.

mod annotate;
mod bodies;
mod cards;
mod commit;
mod corpus;
mod every_heading;
mod findings;
mod groups;
mod headings;
mod history;
mod layouts;
mod memory;
mod merge;
mod notices;
mod old_xls;
mod own_sheet;
mod pasts;
mod provenance;
pub(crate) mod sheet;
mod sheets;
mod silences;
mod statuses;
pub(crate) mod table;
mod traps;
mod undo;
mod values;
mod wordings;
