//! The extractors of handlers: who is calling, and query or JSON arguments whose refusals look like all others.

use axum::extract::{FromRequest, FromRequestParts, Json, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::auth::caller;
use crate::domain::access::Caller;
use crate::error::{Code, Error};
use crate::http::error::Failure;

/// A caller with a valid token. Asked for first, so that without a token nothing else is looked at.
#[derive(Debug)]
pub struct Signed(pub Caller);

impl FromRequestParts<App> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Signed, Failure> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        Ok(Signed(caller::of_authorization(app, value).await?))
    }
}

/// Arguments in the query.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Asked<T>, Failure> {
        match Query::<T>::from_request_parts(parts, app).await {
            Ok(Query(value)) => Ok(Asked(value)),
            Err(rejection) => Err(invalid("Tham số trên đường dẫn không hợp lệ", &rejection.body_text())),
        }
    }
}

/// Arguments in a JSON body.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Sent<T>, Failure> {
        match Json::<T>::from_request(request, app).await {
            Ok(Json(value)) => Ok(Sent(value)),
            Err(rejection) => Err(invalid("Nội dung JSON không hợp lệ", &rejection.body_text())),
        }
    }
}

/// The refusal of an argument; the detail is the parser's own and in English.
fn invalid(sentence: &str, detail: &str) -> Failure {
    Failure(Error::with(Code::InvalidInput, format!("{sentence}: {detail}.")))
}
