//! The test app, builders, and sheets as text tables.

pub(crate) mod postgres;
