//! Behaviour of `store`, on SQLite and on PostgreSQL.

mod caller;
mod connect;
mod event;
mod fixture;
mod list;
mod memory;
mod past;
mod schema;
mod scope;
mod seed;
mod standing;
mod write;
