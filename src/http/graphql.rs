//! GraphQL over HTTP: POST with JSON, GET for queries, content negotiation and status codes as the specification
//! "GraphQL over HTTP" wants them; subscriptions as server-sent events (`stream`). Thin: bytes become a request, an answer becomes bytes; everything else is the room
//! `graphql`. Forms and plain text are refused, so that a page of another site cannot send a mutation.

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};
use serde_json::json;

use crate::app::App;
use crate::auth::caller;
use crate::error::{Code, Error};
use crate::graphql::limits;
use crate::graphql::run::{Allowed, Answer, Fate, run};
use crate::graphql::{self, Schema};

mod accept;
mod page;
mod params;
mod stream;

use accept::{Media, negotiate};
use stream::Places;

/// The routes of this door.
pub fn routes(app: &App) -> Router<App> {
    let door = Router::new()
        .route("/graphql", any(answer))
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES.min(app.config.server.max_body_bytes)))
        .layer(Extension(Places::default()))
        .layer(Extension(graphql::schema()));
    if !app.config.graphql.graphiql {
        return door;
    }
    door.route("/graphiql", get(page::page))
        .route("/graphiql/page.js", get(page::script))
        .route("/graphiql/page.css", get(page::style))
}

async fn answer(
    State(app): State<App>,
    Extension(schema): Extension<Schema>,
    Extension(places): Extension<Places>,
    request: Request,
) -> Response {
    match serve(&app, &schema, &places, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

/// A request that is no GraphQL request: refused by HTTP alone.
struct Refusal {
    status: StatusCode,
    error: Error,
}

impl Refusal {
    fn new(status: StatusCode, message: &str) -> Refusal {
        Refusal { status, error: Error::with(Code::InvalidInput, message) }
    }

    fn into_response(self) -> Response {
        let mut response = respond(Media::Json, self.status, &Answer::refused(self.error));
        let headers = response.headers_mut();
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

async fn serve(app: &App, schema: &Schema, places: &Places, request: Request) -> Result<Response, Refusal> {
    let allowed = match *request.method() {
        Method::GET => Allowed::Queries,
        Method::POST => Allowed::Everything,
        _ => return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Chỉ nhận GET và POST.")),
    };
    let (media, streams) = (negotiate(request.headers()), stream::is_wanted(request.headers()));
    if media.is_none() && !streams {
        return Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "Chỉ trả lời bằng JSON hoặc text/event-stream.",
        ));
    }
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let caller = caller::of_authorization(app, authorization)
        .await
        .map_err(|error| Refusal { status: super::error::status(error.code), error })?;
    let query = match allowed {
        Allowed::Queries => params::of_uri(request.uri().query().unwrap_or_default())?,
        Allowed::Everything => params::of_body(&body(request).await?)?,
    };
    if streams {
        return stream::serve((app, schema, places), caller, query, allowed);
    }
    let media = media.unwrap_or(Media::Json);
    let answer = run(schema, app, caller, query, allowed).await;
    let status = match (answer.fate, media) {
        (Fate::NotAllowed, _) => {
            let mut response = respond(media, StatusCode::METHOD_NOT_ALLOWED, &answer);
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
            return Ok(response);
        }
        (Fate::Executed, _) | (Fate::Refused, Media::Json) => StatusCode::OK,
        (Fate::Refused, Media::GraphQlResponse) => StatusCode::BAD_REQUEST,
    };
    Ok(respond(media, status, &answer))
}

/// The bytes of a JSON body that is not too large.
async fn body(request: Request<Body>) -> Result<Bytes, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !kind.is_some_and(accept::is_json_in_utf8) {
        let message = "Nội dung phải có kiểu application/json, mã UTF-8.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    Bytes::from_request(request, &()).await.map_err(|rejection| {
        let message = "Không đọc được nội dung, hoặc nội dung lớn quá giới hạn.";
        Refusal::new(rejection.status(), message)
    })
}

/// An answer as bytes: `data` only where the request was executed.
fn respond(media: Media, status: StatusCode, answer: &Answer) -> Response {
    let response = &answer.response;
    let body = match answer.fate {
        Fate::Executed => serde_json::to_vec(response),
        Fate::Refused | Fate::NotAllowed => serde_json::to_vec(&json!({ "errors": response.errors })),
    };
    match body {
        Ok(body) => (status, [(header::CONTENT_TYPE, media.content_type())], body).into_response(),
        Err(error) => super::error::Failure(Error::internal(error)).into_response(),
    }
}
