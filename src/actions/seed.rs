//! Lays into the database what the program ships with.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::domain::access::{Caller, Permission};
use crate::error::{Error, Result};
use crate::events::{self, Draft};
use crate::store::connect::Database;
use crate::store::seed::{self, Loaded};

/// Adds provinces, units and notices that are missing; says how much was added. A second time it adds nothing and
/// leaves no event.
///
/// # Errors
/// `FORBIDDEN` for all but administrators; otherwise when the database refuses.
pub async fn seed(database: &Database, caller: &Caller, at: DateTime<Utc>) -> Result<Loaded> {
    caller.require(Permission::Administer)?;
    let transaction = database.begin().await?;
    let mut log = events::lock(&transaction, caller, at).await?;
    let loaded = seed::load(&transaction).await.map_err(Error::internal)?;
    if !loaded.is_nothing() {
        let Loaded { provinces, units, notices, tasks, assignments } = loaded;
        log.record(Draft {
            kind: "seed.loaded",
            subject: "seed",
            payload: json!({
                "provinces": provinces,
                "units": units,
                "notices": notices,
                "tasks": tasks,
                "assignments": assignments,
            }),
            ..Draft::default()
        });
    }
    log.finish(&transaction).await?;
    transaction.commit().await?;
    Ok(loaded)
}
