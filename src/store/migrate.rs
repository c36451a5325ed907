//! Runs the migration steps.

use migrations::{MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, TransactionTrait};

use super::dialect;

/// A step and whether it has been taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name of the step.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// Takes every step not yet taken. Several servers that start at once on one PostgreSQL wait for each other.
///
/// # Errors
/// When a step fails; that step leaves nothing behind.
pub async fn up(write: &DatabaseConnection) -> Result<(), DbErr> {
    let Some(lock) = dialect::migration_lock(write.get_database_backend()) else {
        return Migrator::up(write, None).await;
    };
    // Held on a connection of its own until the steps are taken.
    let turn = write.begin().await?;
    turn.execute_unprepared(lock).await?;
    Migrator::up(write, None).await?;
    turn.commit().await
}

/// Takes back the last `steps` steps, with the data in their tables.
///
/// # Errors
/// When a step fails; that step leaves everything as it was.
pub async fn down(write: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    Migrator::down(write, Some(steps)).await
}

/// The steps in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn status(read: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    let steps = Migrator::get_migration_with_status_read_only(read).await?;
    Ok(steps
        .iter()
        .map(|step| Step { name: step.name().to_owned(), applied: step.status() == MigrationStatus::Applied })
        .collect())
}
