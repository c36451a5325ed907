//! Questions and writes: free functions over `&impl ConnectionTrait`. Every question begins with the caller's scope.
//!
//! Notices, fields, units, tasks and provinces may be seen by every role; assignments, reports, imports, what is
//! remembered of files and export records only inside the scope (`scope`). Lists are paged by key (`page`), children of many parents are
//! fetched in one statement (`group`), rows are written in batches (`write`). Nothing here opens a transaction.

pub mod as_of;
pub mod assignment;
pub mod caller;
pub mod check;
pub mod connect;
mod dialect;
pub mod event;
pub mod export_record;
pub mod fault;
pub mod field;
pub mod group;
pub mod history;
pub mod import;
pub mod load;
pub mod memory;
pub mod migrate;
pub mod notice;
pub mod outline;
pub mod page;
pub mod provenance;
pub mod province;
pub mod report;
pub mod scope;
pub mod search;
pub mod seed;
pub mod standing;
pub mod statistics;
pub mod task;
pub mod unit;
pub mod write;
