//! Giao Ban: follows the tasks that a ministry assigns to its units and to the provinces.
//!
//! The rooms, in reading order. Which may name which is written in ARCHITECTURE.md and kept by `tests/it/tidy.rs`.

// Rules.
pub mod domain;

// Means.
pub mod entities;
pub mod sheet;
pub mod store;
pub mod workbook;

// Deeds.
pub mod actions;
pub mod auth;
pub mod events;
pub mod export;
pub mod import;

// Doors.
pub mod cli;
pub mod graphql;
pub mod http;

// What holds them together.
pub mod app;
pub mod clock;
pub mod config;
pub mod error;
pub mod telemetry;
