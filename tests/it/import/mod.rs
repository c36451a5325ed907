//! Behaviour of `import`.

pub(crate) mod table;
mod traps;
