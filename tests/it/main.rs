//! The integration tests: one binary, the same cases on SQLite and on PostgreSQL.

mod cli;
mod export;
mod graphql;
mod http;
mod import;
mod store;
mod support;
mod tidy;
mod workbook;
