//! The HTTP door: router, upload, download, health, metrics, layers.

pub mod error;
pub mod layers;
pub mod server;
