//! The one mapping from the closed list of codes to HTTP: a status and `{"error": {"code", "message", "field"}}`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::domain::refusal::Refusal;
use crate::error::{Code, Error};

/// What handlers answer with when they refuse.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.into())
    }
}

/// The body of a refusal.
#[derive(Debug, Serialize)]
struct Body<'a> {
    error: Fields<'a>,
}

/// Its fields, the same at every door.
#[derive(Debug, Serialize)]
struct Fields<'a> {
    code: &'a str,
    message: &'a str,
    field: Option<&'a str>,
}

/// The body of a refusal as a value, for answers that say more beside it.
pub fn body_of(error: &Error) -> serde_json::Value {
    let Error { code, message, field, source: _ } = error;
    serde_json::json!({ "error": { "code": code.as_str(), "message": message, "field": field } })
}

/// The status that a code is answered with.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::InvalidInput | Code::TooComplex => StatusCode::BAD_REQUEST,
        Code::Refused(Refusal::FileTooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Refused(Refusal::ReaderBusy) | Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Code::PlanStale | Code::ImportState | Code::Cancelled => StatusCode::CONFLICT,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Failure(error) = self;
        if let Some(source) = &error.source {
            tracing::error!(code = error.code.as_str(), source = format!("{source:#}"), "request failed");
        }
        let fields =
            Fields { code: error.code.as_str(), message: &error.message, field: error.field.as_deref() };
        let mut response = (status(error.code), Json(Body { error: fields })).into_response();
        if error.code == Code::Unauthenticated {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if matches!(error.code, Code::Unavailable | Code::Refused(Refusal::ReaderBusy)) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_status_and_refusals_of_a_file_are_never_our_fault() {
        for (code, expected) in [
            (Code::Unauthenticated, 401),
            (Code::Forbidden, 403),
            (Code::NotFound, 404),
            (Code::InvalidInput, 400),
            (Code::TooComplex, 400),
            (Code::PlanStale, 409),
            (Code::ImportState, 409),
            (Code::Cancelled, 409),
            (Code::Unavailable, 503),
            (Code::Internal, 500),
            (Code::Refused(Refusal::FileTooLarge), 413),
            (Code::Refused(Refusal::ReaderBusy), 503),
            (Code::Refused(Refusal::FileTruncated), 422),
        ] {
            assert_eq!(status(code).as_u16(), expected, "{code:?}");
        }
        for refusal in Refusal::ALL {
            assert_ne!(status(Code::Refused(*refusal)), StatusCode::INTERNAL_SERVER_ERROR, "{refusal:?}");
        }
    }
}
