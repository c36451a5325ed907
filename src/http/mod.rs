//! The HTTP door: router, upload, download, health, metrics, layers.
