//! Exit codes, and how a failure is told: one Vietnamese sentence on standard error, or JSON on standard output where a
//! program listens.

use std::process::ExitCode;

use serde_json::json;

use crate::error::{Code, Error};

/// What the process ends with; documented in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Our fault, or the machine's.
    Internal = 1,
    /// The command, an argument or a unit's code is wrong.
    Usage = 2,
    /// The file is refused.
    Refused = 3,
    /// A commit was asked for and nothing was written.
    NothingWritten = 4,
}

impl Exit {
    /// The exit that belongs to a code.
    pub(crate) fn of(code: Code) -> Exit {
        match code {
            Code::Refused(_) => Exit::Refused,
            Code::PlanStale | Code::ImportState | Code::Cancelled => Exit::NothingWritten,
            Code::InvalidInput | Code::NotFound | Code::Forbidden | Code::TooComplex => Exit::Usage,
            Code::Unauthenticated | Code::Unavailable | Code::Internal => Exit::Internal,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Tells a failure and says with what to end.
pub(crate) fn fail(error: &anyhow::Error, as_json: bool) -> Exit {
    let known = error.downcast_ref::<Error>();
    let (exit, code, message) = match known {
        Some(known) => {
            // Anyhow shows what it was wrapped in; unwrapped it shows the error itself.
            let (outer, own) = (error.to_string(), known.to_string());
            let message =
                if outer == own { known.message.clone() } else { format!("{outer}: {}", known.message) };
            (Exit::of(known.code), known.code.as_str(), message)
        }
        None => (Exit::Internal, Code::Internal.as_str(), format!("{error:#}")),
    };
    if as_json {
        let field = known.and_then(|known| known.field.clone());
        super::print::line(&json!({"error": {"code": code, "message": message, "field": field}}).to_string());
    } else {
        super::print::aside(&format!("lỗi: {message} [{code}]"));
        if let Some(source) = known.and_then(|known| known.source.as_ref()) {
            super::print::aside(&format!("nguyên nhân: {source:#}"));
        }
    }
    exit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::refusal::Refusal;

    #[test]
    fn every_code_has_its_exit() {
        for (code, exit) in [
            (Code::Refused(Refusal::FileEmpty), 3),
            (Code::PlanStale, 4),
            (Code::ImportState, 4),
            (Code::NotFound, 2),
            (Code::InvalidInput, 2),
            (Code::Unavailable, 1),
            (Code::Internal, 1),
        ] {
            assert_eq!(Exit::of(code) as u8, exit, "{code:?}");
        }
    }
}
