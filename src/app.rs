//! The program put together: settings, database, clock; what every door is handed.

use std::sync::Arc;

use sea_orm::DatabaseConnection;

use crate::clock::Clock;
use crate::config::Config;
use crate::telemetry::Metrics;

/// What every door and verb is handed. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub database: DatabaseConnection,
    /// Where the time comes from.
    pub clock: Clock,
    /// The settings in force.
    pub config: Arc<Config>,
    /// Counters for /metrics.
    pub metrics: Arc<Metrics>,
}
