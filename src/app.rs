//! The program put together: settings, database, clock; what every door is handed.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::events::{Bus, EVENTS_HELD};
use crate::import::running::Running;
use crate::store::connect::Database;
use crate::telemetry::Metrics;
use crate::workbook::sandbox::{self, Reader};

/// What every door and verb is handed. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub database: Database,
    /// Reads workbooks in child processes.
    pub reader: Reader,
    /// Where the time comes from.
    pub clock: Clock,
    /// The settings in force.
    pub config: Arc<Config>,
    /// Tells listeners what was committed.
    pub bus: Bus,
    /// Commits under way in this process.
    pub running: Running,
    /// Counters for /metrics.
    pub metrics: Arc<Metrics>,
}

impl App {
    /// Puts the program together over an open database.
    pub fn new(database: Database, clock: Clock, config: Config) -> App {
        App {
            database,
            reader: Reader::new(sandbox::Settings::default()),
            clock,
            config: Arc::new(config),
            bus: Bus::new(EVENTS_HELD),
            running: Running::default(),
            metrics: Arc::new(Metrics::default()),
        }
    }

    /// Opens the database of the settings and puts the program together; the machine's clock.
    ///
    /// # Errors
    /// When the database is out of reach or does not take its settings.
    pub async fn open(config: Config) -> anyhow::Result<App> {
        let database = Database::open(&config.database, &config.data.dir).await?;
        Ok(App::new(database, Clock::System, config))
    }
}
