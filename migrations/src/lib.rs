//! The steps by which the database changes, one a file. Never imports the library: a step must not change when an
//! entity does.

pub use sea_orm_migration::{MigrationStatus, MigratorTrait};

use sea_orm_migration::prelude::*;

mod m0001_place;
mod m0002_notice;
mod m0003_caller;
mod m0004_import;
mod m0005_assignment;
mod m0006_export;
mod m0007_event;
mod m0008_memory;
mod m0009_written;
mod m0010_implied;
mod m0011_rows;
mod m0012_commit_key;
mod m0014_sheet_layout;
mod shape;

/// Runs the steps: `Migrator::up(db, None)`, `Migrator::down(db, Some(1))`.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_place::Migration),
            Box::new(m0002_notice::Migration),
            Box::new(m0003_caller::Migration),
            Box::new(m0004_import::Migration),
            Box::new(m0005_assignment::Migration),
            Box::new(m0006_export::Migration),
            Box::new(m0007_event::Migration),
            Box::new(m0008_memory::Migration),
            Box::new(m0009_written::Migration),
            Box::new(m0010_implied::Migration),
            Box::new(m0011_rows::Migration),
            Box::new(m0012_commit_key::Migration),
            Box::new(m0014_sheet_layout::Migration),
        ]
    }
}
