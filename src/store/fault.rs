//! What a failure of the database means to the caller: busy, or our fault. Constraint violations are translated at
//! the call (`DbErr::sql_err`), where their meaning is known.

use sea_orm::{DbErr, RuntimeErr};

use crate::error::{Code, Error};

/// Codes of SQLite (5 busy, 6 locked, and their extended forms) and of PostgreSQL (lock not available, query
/// cancelled, serialisation failure, deadlock, too many connections, shutting down) that say: try again.
const BUSY: &[&str] =
    &["5", "6", "261", "517", "262", "55P03", "57014", "40001", "40P01", "53300", "57P01", "57P02", "57P03"];

/// Whether trying again may help.
pub fn is_busy(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => error
            .as_database_error()
            .and_then(|error| error.code().map(std::borrow::Cow::into_owned))
            .is_some_and(|code| BUSY.contains(&code.as_str())),
        _ => false,
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Error {
        let code = if is_busy(&error) { Code::Unavailable } else { Code::Internal };
        Error { source: Some(anyhow::Error::new(error)), ..Error::new(code) }
    }
}
