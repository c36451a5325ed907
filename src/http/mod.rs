//! The HTTP door: router, upload, download, health, metrics, layers.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::app::App;
use crate::error::{Code, Error};
use crate::http::error::Failure;

pub mod answers;
pub mod download;
pub mod error;
pub mod exports;
pub mod graphql;
pub mod health;
pub mod imports;
pub mod layers;
mod rows;
pub mod server;
pub mod signed;

/// Every route, with the layers that all requests pass through.
pub fn router(app: App) -> Router {
    let limit = DefaultBodyLimit::max(app.config.server.max_body_bytes);
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .merge(imports::routes())
        .merge(answers::routes())
        .merge(exports::routes())
        .merge(graphql::routes(&app))
        .fallback(absent)
        .method_not_allowed_fallback(wrong_method)
        .layer(limit)
        .layer(axum::middleware::from_fn_with_state(app.clone(), layers::watch))
        .with_state(app)
}

async fn absent() -> Failure {
    Failure(Error::new(Code::NotFound))
}

async fn wrong_method() -> (axum::http::StatusCode, Failure) {
    let message = "Đường dẫn này không nhận phương thức đã dùng.";
    (axum::http::StatusCode::METHOD_NOT_ALLOWED, Failure(Error::with(Code::InvalidInput, message)))
}
