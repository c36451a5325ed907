//! The integration tests: one binary, the same cases on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on must stop")]

mod access;
mod cli;
mod export;
mod graphql;
mod http;
mod import;
mod store;
mod support;
mod tidy;
mod workbook;
