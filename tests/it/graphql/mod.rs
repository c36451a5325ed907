//! Behaviour of `graphql`.

pub(crate) mod ask;
mod contract;
mod deeds;
mod http;
mod limits;
mod lists;
mod memory;
mod past;

pub(crate) use ask::{INTROSPECTION, ask, code, data};
