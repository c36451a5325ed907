//! What the database itself says about its soundness.

use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::dialect;

/// Complaints of the database about pages and foreign keys, in its own words. PostgreSQL keeps foreign keys itself and
/// has its own tools for its files (`amcheck`), so nothing is asked there.
///
/// # Errors
/// When the database does not answer.
pub async fn damage(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = db.get_database_backend();
    let mut found = Vec::new();
    for question in dialect::soundness(backend) {
        for row in db.query_all_raw(Statement::from_string(backend, *question)).await? {
            found.push(row.try_get::<String>("", "complaint")?);
        }
    }
    Ok(found)
}
