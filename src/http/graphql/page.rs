//! The page to try queries at /graphiql. Our own and small: GraphiQL itself is 3.5 MB from other servers, which a closed
//! network does not reach and a page that is handed access tokens must not trust. The page holds no data; every query
//! it sends carries the token that the user types.

use axum::http::{HeaderName, header};
use axum::response::IntoResponse;

/// Nothing from elsewhere, nothing inline, in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file of the page with its headers.
type File = ([(HeaderName, &'static str); 2], &'static str);

/// The page.
pub(super) async fn page() -> impl IntoResponse {
    file("text/html; charset=utf-8", include_str!("page.html"))
}

/// What it does.
pub(super) async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", include_str!("page.js"))
}

/// How it looks.
pub(super) async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", include_str!("page.css"))
}

fn file(kind: &'static str, text: &'static str) -> File {
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, POLICY)], text)
}
