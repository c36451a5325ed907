//! The verbs: permission, rule, write, history, event, in one transaction. Every door calls the same verb; never builds SQL.

pub mod seed;
