//! For machines that watch over the server: alive, ready, counters. None of them needs a token or tells of data.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::Error;
use crate::http::error::Failure;
use crate::store::migrate;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The database answers and its steps are all taken: requests may be sent here.
pub async fn ready(State(app): State<App>) -> Response {
    let not_ready = (StatusCode::SERVICE_UNAVAILABLE, "not ready\n");
    match migrate::status(app.database.reader()).await {
        Ok(steps) if steps.iter().all(|step| step.applied) => "ok\n".into_response(),
        Ok(_) => {
            tracing::warn!("not ready: migrations are pending");
            not_ready.into_response()
        }
        Err(error) => {
            tracing::warn!(%error, "not ready");
            not_ready.into_response()
        }
    }
}

/// The counters in the OpenMetrics text form.
pub async fn metrics(State(app): State<App>) -> Result<Response, Failure> {
    let text = app.metrics.text().map_err(Error::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
        .into_response())
}
