//! The four parameters of a GraphQL request, from a JSON body or from the query of an address.

use async_graphql::{Request, Variables};
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Refusal;

/// Parameters in an address; the maps are JSON in text.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct InUri {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// The request in the query of an address.
pub(super) fn of_uri(query: &str) -> Result<Request, Refusal> {
    let uri = Uri::builder().path_and_query(format!("/?{query}")).build();
    let params = uri.ok().and_then(|uri| Query::<InUri>::try_from_uri(&uri).ok());
    let Some(Query(params)) = params else {
        return Err(malformed("Tham số trên đường dẫn không đọc được."));
    };
    let InUri { query, operation_name, variables, extensions } = params;
    let map = |text: Option<String>| {
        text.filter(|text| !text.is_empty()).map_or(Ok(Value::Null), |text| parse(&text))
    };
    request(
        query.map_or(Value::Null, Value::String),
        operation_name.filter(|name| !name.is_empty()).map_or(Value::Null, Value::String),
        map(variables)?,
        map(extensions)?,
    )
}

/// The request in a JSON body.
pub(super) fn of_body(bytes: &[u8]) -> Result<Request, Refusal> {
    let body: Value =
        serde_json::from_slice(bytes).map_err(|_| malformed("Nội dung không phải JSON hợp lệ."))?;
    let Value::Object(mut body) = body else {
        return Err(malformed("Nội dung phải là một đối tượng JSON; không nhận nhiều truy vấn một lần."));
    };
    let mut take = |name: &str| body.remove(name).unwrap_or_default();
    request(take("query"), take("operationName"), take("variables"), take("extensions"))
}

fn parse(text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text)
        .map_err(|_| malformed("Tham số variables hoặc extensions không phải JSON hợp lệ."))
}

fn request(query: Value, operation: Value, variables: Value, extensions: Value) -> Result<Request, Refusal> {
    let Value::String(query) = query else {
        return Err(malformed("Thiếu tham số query (văn bản truy vấn)."));
    };
    let mut request = Request::new(query);
    request.operation_name = match operation {
        Value::Null => None,
        Value::String(name) => Some(name),
        _ => return Err(malformed("Tham số operationName phải là văn bản.")),
    };
    let variables =
        object(variables).ok_or_else(|| malformed("Tham số variables phải là đối tượng JSON."))?;
    request.variables = Variables::from_json(Value::Object(variables));
    // Known by the specification, of no use here.
    object(extensions).ok_or_else(|| malformed("Tham số extensions phải là đối tượng JSON."))?;
    Ok(request)
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Null => Some(Map::new()),
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn malformed(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_gives_a_request_or_says_what_is_wrong() {
        for (body, good) in [
            (r#"{"query": "{ a }"}"#, true),
            (r#"{"query": "{ a }", "operationName": null, "variables": null, "extensions": null}"#, true),
            (r#"{"query": "{ a }", "operationName": "A", "variables": {"a": 1}, "extensions": {}}"#, true),
            (r#"{"query": "{ a }", "other": 1}"#, true),
            (r#"{}"#, false),
            (r#"{"query": 1}"#, false),
            (r#"{"query": "{ a }", "operationName": {}}"#, false),
            (r#"{"query": "{ a }", "variables": "{}"}"#, false),
            (r#"{"query": "{ a }", "variables": [1]}"#, false),
            (r#"{"query": "{ a }", "extensions": 0}"#, false),
            (r#"[{"query": "{ a }"}]"#, false),
            ("{ a }", false),
            ("", false),
        ] {
            assert_eq!(of_body(body.as_bytes()).is_ok(), good, "{body}");
        }
    }

    #[test]
    fn an_address_gives_a_request_or_says_what_is_wrong() {
        for (query, good) in [
            ("query=%7Ba%7D", true),
            ("query=%7Ba%7D&operationName=A&variables=%7B%22a%22%3A1%7D", true),
            ("query=%7Ba%7D&operationName=&variables=&extensions=", true),
            ("query=%7Ba%7D&variables=1", false),
            ("query=%7Ba%7D&variables=%7B", false),
            ("operationName=A", false),
            ("", false),
        ] {
            assert_eq!(of_uri(query).is_ok(), good, "{query}");
        }
        let request = of_uri("query=%7Ba%7D&variables=%7B%22a%22%3A1%7D").ok();
        assert_eq!(request.map(|request| (request.query, request.variables.len())), Some(("{a}".into(), 1)));
    }
}
