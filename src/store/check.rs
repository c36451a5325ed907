//! What the database says about its soundness.

use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::dialect;

/// Rows that name the same thing twice must agree, and what an event names must be there. On PostgreSQL no foreign key
/// says so any more (`m0010_implied`); where rows are named by their event, people can find them.
const AGREEMENT: [&str; 6] = [
    "SELECT 'report of event ' || r.event_no || ': another unit than its assignment' AS complaint \
     FROM report r JOIN assignment a ON a.id = r.assignment_id WHERE r.unit_id <> a.unit_id",
    "SELECT 'report of event ' || r.event_no || ': another import than its row' AS complaint \
     FROM report r LEFT JOIN import_row w ON w.id = r.import_row_id \
     WHERE COALESCE(r.import_id = w.import_id, r.import_id IS NULL AND w.import_id IS NULL) = FALSE",
    "SELECT 'row ' || w.row || ' of sheet \"' || s.name || '\": another import than its sheet' AS complaint \
     FROM import_row w JOIN import_sheet s ON s.id = w.sheet_id WHERE w.import_id <> s.import_id",
    "SELECT 'event ' || e.number || ': its unit is not there' AS complaint \
     FROM event e LEFT JOIN unit u ON u.id = e.unit_id WHERE e.unit_id IS NOT NULL AND u.id IS NULL",
    "SELECT 'event ' || e.number || ': its import is not there' AS complaint \
     FROM event e LEFT JOIN import i ON i.id = e.import_id WHERE e.import_id IS NOT NULL AND i.id IS NULL",
    "SELECT 'event ' || e.number || ': its user is not there' AS complaint \
     FROM event e LEFT JOIN app_user u ON u.id = e.user_id WHERE e.user_id IS NOT NULL AND u.id IS NULL",
];

/// Complaints of the database about pages and foreign keys, in its own words, and about rows that do not agree.
/// PostgreSQL keeps foreign keys itself and has its own tools for its files (`amcheck`), so nothing is asked of it there.
///
/// # Errors
/// When the database does not answer.
pub async fn damage(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = db.get_database_backend();
    let mut found = Vec::new();
    for question in dialect::soundness(backend).iter().chain(&AGREEMENT) {
        for row in db.query_all_raw(Statement::from_string(backend, *question)).await? {
            found.push(row.try_get::<String>("", "complaint")?);
        }
    }
    Ok(found)
}
