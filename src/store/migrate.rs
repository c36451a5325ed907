//! Runs the migration steps.

use migrations::{MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{DatabaseConnection, DbErr};

/// A step and whether it has been taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name of the step.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// Takes every step not yet taken.
///
/// # Errors
/// When a step fails; that step leaves nothing behind.
pub async fn up(write: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(write, None).await
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
