//! The page to try queries (GraphiQL). The page itself holds no data: every query it sends carries the token that the
//! user types into its headers.

use axum::response::Html;

/// The page.
pub(super) async fn page() -> Html<String> {
    Html(async_graphql::http::GraphiQLSource::build().endpoint("/graphql").title("Giao Ban").finish())
}
