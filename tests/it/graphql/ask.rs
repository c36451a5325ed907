//! Asking without a server: the room itself, as its HTTP door uses it.

use async_graphql::{Request, Variables};
use futures_util::StreamExt as _;
use giaoban::domain::access::Caller;
use giaoban::graphql::run::{Allowed, run, stream};
use giaoban::graphql::schema;
use serde_json::Value;

use crate::support::app::TestApp;

/// What GraphiQL and code generators send to learn a schema.
pub(crate) const INTROSPECTION: &str = include_str!("introspection.graphql");

/// The whole answer, errors included.
pub(crate) async fn ask(app: &TestApp, caller: &Caller, query: &str, variables: Value) -> Value {
    let request = Request::new(query).variables(Variables::from_json(variables));
    if query.starts_with("subscription") {
        // The first answer; the stream is given up after it.
        let mut answers = stream(&schema(), &app.app, caller.clone(), request, Allowed::Everything);
        return serde_json::to_value(answers.next().await.unwrap()).unwrap();
    }
    let answer = run(&schema(), &app.app, caller.clone(), request, Allowed::Everything).await;
    serde_json::to_value(&answer.response).unwrap()
}

/// The data of an answer without errors.
pub(crate) async fn data(app: &TestApp, caller: &Caller, query: &str) -> Value {
    let mut answer = ask(app, caller, query, Value::Null).await;
    assert!(answer.get("errors").is_none(), "{query}: {answer}");
    answer["data"].take()
}

/// The code of the first error.
pub(crate) async fn code(app: &TestApp, caller: &Caller, query: &str) -> String {
    let answer = ask(app, caller, query, Value::Null).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}
