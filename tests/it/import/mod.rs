//! Behaviour of `import`.

mod commit;
mod history;
mod own_sheet;
mod sheet;
pub(crate) mod table;
mod traps;
