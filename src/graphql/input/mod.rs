//! What clients send: filters, orders, and the inputs of mutations.

pub(crate) mod answer;
pub(crate) mod assignment;
pub(crate) mod deed;
pub(crate) mod lists;
pub(crate) mod order;
pub(crate) mod reference;
pub(crate) mod task;
