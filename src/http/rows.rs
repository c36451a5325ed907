//! Answers with the rows of a plan, which may be a hundred thousand: written while they are sent, so that the whole is
//! never laid out in memory.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::Value;

use crate::import::plan::PlannedRow;
use crate::import::plan_json::row_json;

/// Bytes after which a piece of the answer is sent.
const PIECE: usize = 64 * 1024;

/// `head` (an object) with `rows` added.
pub(super) fn with_rows(status: StatusCode, head: &Value, rows: Vec<PlannedRow>) -> Response {
    streamed(status, open(head), rows, "]}")
}

/// `head` (an object) with an object added under `name`, which has `rows` added.
pub(super) fn with_rows_under(
    status: StatusCode,
    head: &Value,
    (name, inner): (&str, &Value),
    rows: Vec<PlannedRow>,
) -> Response {
    let mut text = open(head);
    text.push_str(&Value::from(name).to_string());
    text.push(':');
    text.push_str(&open(inner));
    streamed(status, text, rows, "]}}")
}

/// The object as text, ready for another field.
fn open(object: &Value) -> String {
    let mut text = object.to_string();
    text.pop();
    if !text.ends_with('{') {
        text.push(',');
    }
    text
}

fn streamed(status: StatusCode, head: String, rows: Vec<PlannedRow>, end: &'static str) -> Response {
    let mut begin = Some(head + "\"rows\":[");
    let (mut rows, mut end) = (rows.into_iter(), Some(end));
    let mut separator = "";
    let pieces = std::iter::from_fn(move || {
        let mut piece = begin.take().unwrap_or_default();
        while piece.len() < PIECE
            && let Some(row) = rows.next()
        {
            piece.push_str(separator);
            piece.push_str(&row_json(&row).to_string());
            separator = ",";
        }
        if rows.len() == 0 {
            piece.push_str(end.take()?);
        }
        Some(Ok::<_, Infallible>(Bytes::from(piece)))
    });
    let body = Body::from_stream(stream::iter(pieces));
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use serde_json::json;

    use super::*;

    async fn body(response: Response) -> Value {
        serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
    }

    #[tokio::test]
    async fn an_answer_without_rows_is_whole() {
        let answer = with_rows(StatusCode::OK, &json!({ "hash": "x" }), Vec::new());
        assert_eq!(body(answer).await, json!({ "hash": "x", "rows": [] }));
        let inner = json!({ "hash": "y" });
        let answer = with_rows_under(StatusCode::CONFLICT, &json!({}), ("plan", &inner), Vec::new());
        assert_eq!(body(answer).await, json!({ "plan": { "hash": "y", "rows": [] } }));
    }
}
