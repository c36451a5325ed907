//! Errors of this door: the closed list of codes in `extensions.code`, a sentence in `message`, causes in the log only.
//! What a mutation may be refused for is part of its payload ([`Refused`]); everything else is an error.

use async_graphql::{ErrorExtensionValues, ErrorExtensions as _, Response, ServerError, SimpleObject};
use sea_orm::DbErr;

use crate::domain::access::Denied;
use crate::error::{Code, Error};

/// What resolvers fail with. Deliberately without `Display`: async-graphql turns whatever can be displayed into an
/// error without a code.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    code: Code,
    message: String,
    field: Option<String>,
}

/// What resolvers return.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// An argument is wrong, and why.
    pub(crate) fn input(field: &str, message: impl Into<String>) -> Failure {
        Error::with(Code::InvalidInput, message).field(field).into()
    }

    /// Our fault; the cause goes to the log.
    pub(crate) fn internal(source: impl Into<anyhow::Error>) -> Failure {
        Error::internal(source).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        if let Some(source) = &error.source {
            tracing::error!(code = error.code.as_str(), source = format!("{source:#}"), "resolver failed");
        }
        let Error { code, message, field, source: _ } = error;
        Failure { code, message, field: field.as_deref().map(camel) }
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Failure {
        Error::from(error).into()
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Failure {
        Error::from(denied).into()
    }
}

impl From<async_graphql::Error> for Failure {
    fn from(error: async_graphql::Error) -> Failure {
        // Only context data that this room forgot to hand over.
        Failure::internal(anyhow::anyhow!(error.message))
    }
}

impl From<Failure> for async_graphql::Error {
    fn from(failure: Failure) -> async_graphql::Error {
        let Failure { code, message, field } = failure;
        async_graphql::Error::new(message).extend_with(|_, extensions| {
            extensions.set("code", code.as_str());
            if let Some(field) = field {
                extensions.set("field", field);
            }
        })
    }
}

/// One reason why a mutation was refused (lý do từ chối).
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Refusal")]
pub(crate) struct Refused {
    /// Stable code, such as NOT_FOUND or PLAN_STALE (mã lỗi).
    code: String,
    /// One sentence in Vietnamese for the user (thông báo).
    message: String,
    /// The argument to blame (trường dữ liệu sai).
    field: Option<String>,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        let Failure { code, message, field } = error.into();
        Refused { code: code.as_str().to_owned(), message, field }
    }
}

/// The name of an argument as this door writes it: verbs say `reported_on`, clients know `reportedOn`.
fn camel(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}

/// Sorts what a verb refuses: what the caller can do something about becomes part of the payload, what nobody expects
/// stays an error.
///
/// # Errors
/// The failures that are nobody's doing: the database is away, or our fault.
pub(crate) fn refused<T>(outcome: std::result::Result<T, Error>) -> Result<(Option<T>, Vec<Refused>)> {
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(error) => match error.code {
            Code::Internal | Code::Unavailable | Code::Unauthenticated => Err(error.into()),
            Code::Forbidden
            | Code::NotFound
            | Code::InvalidInput
            | Code::Refused(_)
            | Code::PlanStale
            | Code::ImportState
            | Code::Cancelled
            | Code::TooComplex => Ok((None, vec![error.into()])),
        },
    }
}

/// The answer to a request that is not executed.
pub(crate) fn not_executed(error: Error) -> Response {
    let Failure { code, message, field } = error.into();
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.as_str());
    if let Some(field) = field {
        extensions.set("field", field);
    }
    let mut error = ServerError::new(message, None);
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}

/// Gives a code to the errors that async-graphql makes itself: a query that cannot be parsed or validated, an
/// argument that does not fit its type.
pub(crate) fn coded(mut response: Response) -> Response {
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            let complex = error.message == "Query is too complex.";
            extensions.set("code", if complex { Code::TooComplex } else { Code::InvalidInput }.as_str());
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_named_as_clients_know_them() {
        for (field, expected) in [
            ("reported_on", "reportedOn"),
            ("id", "id"),
            ("planHash", "planHash"),
            ("idempotency_key", "idempotencyKey"),
        ] {
            assert_eq!(camel(field), expected);
        }
    }

    #[test]
    fn what_a_caller_can_mend_is_part_of_the_payload_and_the_rest_is_an_error() {
        for code in [Code::Forbidden, Code::NotFound, Code::InvalidInput, Code::PlanStale, Code::ImportState]
        {
            let (done, errors) = refused::<()>(Err(Error::new(code))).unwrap();
            assert_eq!((done, errors[0].code.as_str()), (None, code.as_str()));
        }
        for code in [Code::Internal, Code::Unavailable] {
            assert!(refused::<()>(Err(Error::new(code))).is_err(), "{code:?}");
        }
    }
}
