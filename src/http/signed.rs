//! The extractors of handlers: who is calling, and query or JSON arguments whose refusals look like all others.

use axum::extract::{FromRequest, FromRequestParts, Json, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::auth::caller;
use crate::domain::access::Caller;
use crate::domain::text::has_control;
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
        let Json(body) = Json::<Value>::from_request(request, app)
            .await
            .map_err(|rejection| invalid("Nội dung JSON không hợp lệ", &rejection.body_text()))?;
        if has_control_inside(&body) {
            return Err(Failure(Error::control_characters()));
        }
        match T::deserialize(body) {
            Ok(value) => Ok(Sent(value)),
            Err(error) => Err(invalid("Nội dung JSON không hợp lệ", &error.to_string())),
        }
    }
}

fn has_control_inside(body: &Value) -> bool {
    match body {
        Value::String(text) => has_control(text),
        Value::Array(list) => list.iter().any(has_control_inside),
        Value::Object(fields) => fields.values().any(has_control_inside),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The refusal of an argument; the detail is the parser's own and in English.
fn invalid(sentence: &str, detail: &str) -> Failure {
    Failure(Error::with(Code::InvalidInput, format!("{sentence}: {detail}.")))
}
