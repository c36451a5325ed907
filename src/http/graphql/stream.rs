//! GraphQL over server-sent events ("distinct connections mode" of the protocol graphql-sse): one request, one stream of
//! `next` events, then `complete`. For subscriptions; a query or mutation that asks for a stream gets one `next`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Response as Answered};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{Stream, StreamExt as _, once};
use tokio::sync::Semaphore;

use super::Refusal;
use crate::app::App;
use crate::domain::access::Caller;
use crate::error::{Code, Error};
use crate::graphql::Schema;
use crate::graphql::limits;
use crate::graphql::run::{Allowed, stream};

/// Says that somebody is still there, so that proxies do not close a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Streams that may be open at the same time.
#[derive(Clone)]
pub(super) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Places {
        Places(Arc::new(Semaphore::new(limits::STREAMS)))
    }
}

/// Whether the client wants a stream.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).any(|accept| {
        let mut ranges = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
        ranges.any(|range| range.eq_ignore_ascii_case("text/event-stream"))
    })
}

/// The stream of answers to a request.
pub(super) fn serve(
    (app, schema, places): (&App, &Schema, &Places),
    caller: Caller,
    request: Request,
    allowed: Allowed,
) -> Result<Response, Refusal> {
    let place = Arc::clone(&places.0).try_acquire_owned().map_err(|_| Refusal {
        status: StatusCode::SERVICE_UNAVAILABLE,
        error: Error::with(Code::Unavailable, "Đang có quá nhiều luồng theo dõi. Thử lại sau ít phút."),
    })?;
    let answers = stream(schema, app, caller, request, allowed);
    let answers = answers.take_until(tokio::time::sleep(Duration::from_secs(limits::STREAM_SECONDS)));
    let events =
        answers.map(|answer| next(&answer)).chain(once(std::future::ready(complete()))).map(move |event| {
            // The place is free again when the stream is dropped.
            let _ = &place;
            Ok::<Event, Infallible>(event)
        });
    let mut response = sse(events).into_response();
    // nginx would hold events back otherwise.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(unbuffered, HeaderValue::from_static("no"));
    Ok(response)
}

fn sse(
    events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static,
) -> impl axum::response::IntoResponse {
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

fn next(answer: &Answered) -> Event {
    // An answer can always be written; should it ever not, the client sees an event without data.
    let data = serde_json::to_string(answer).unwrap_or_default();
    Event::default().event("next").data(data)
}

fn complete() -> Event {
    Event::default().event("complete").data("")
}
