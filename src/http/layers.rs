//! What every request passes through: an id, a log line, counters, a time limit, and an answer even when a handler
//! panics. Neither query texts nor bodies are logged.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::app::App;
use crate::error::{Code, Error};
use crate::http::error::Failure;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken over from a proxy.
const LONGEST_ID: usize = 64;

/// Wraps a request: see the head of this file.
pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let under_way = app.metrics.begin();
    let id = request_id(&request);
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let shown = id.to_str().unwrap_or_default();
    let span = tracing::info_span!("request", id = shown, %method, %route);
    let limit = Duration::from_secs(app.config.server.request_timeout_seconds);
    let mut response = answer(request, next, limit).instrument(span.clone()).await;
    drop(under_way);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    app.metrics.answered(&method, &route, status, took);
    span.in_scope(|| tracing::info!(status, milliseconds = took.as_millis(), "answered"));
    dress(&mut response, &id);
    response
}

/// Whether a path or its query spells a control character other than tabs and line breaks (`%00`): no argument of ours
/// holds one.
fn spells_control(address: &str) -> bool {
    let mut codes = address.split('%').skip(1).filter_map(|rest| rest.get(..2));
    codes.any(|code| {
        let byte = u8::from_str_radix(code, 16);
        byte.is_ok_and(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r'))
    })
}

/// The handler's answer, or ours when it takes too long or panics.
async fn answer(request: Request, next: Next, limit: Duration) -> Response {
    if request.uri().path_and_query().is_some_and(|address| spells_control(address.as_str())) {
        return Failure(Error::control_characters()).into_response();
    }
    match tokio::time::timeout(limit, AssertUnwindSafe(next.run(request)).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            // The message of a panic is ours, not a user's text.
            tracing::error!(panic = reason(&*panic), "a handler panicked");
            Failure(Error::new(Code::Internal)).into_response()
        }
        Err(_) => {
            let mut response = Failure(Error::new(Code::Unavailable)).into_response();
            *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
            response
        }
    }
}

fn reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

/// The id that a proxy gave, where it is harmless to log, or a new one.
fn request_id(request: &Request) -> HeaderValue {
    let given = request.headers().get(REQUEST_ID).filter(|value| {
        let bytes = value.as_bytes();
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        !bytes.is_empty() && bytes.len() <= LONGEST_ID && bytes.iter().all(plain)
    });
    given.cloned().unwrap_or_else(|| {
        // Hexadecimal digits and dashes are always a legal header.
        HeaderValue::from_str(&Uuid::now_v7().to_string()).unwrap_or(HeaderValue::from_static("unknown"))
    })
}

/// Headers that every answer carries.
fn dress(response: &mut Response, id: &HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id.clone());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Answers hold what only this caller may see.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
