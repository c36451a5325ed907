//! One request from its text to its answer: first the cheap looks that bound it, then the schema.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use async_graphql::{Request, Response, Value, Variables};

use futures_util::stream::{BoxStream, StreamExt as _, once};

use super::context::Asking;
use super::drive::{drive, lane};
use super::error::{coded, not_executed};
use super::{Schema, controls, loader, shape, tokens};
use crate::app::App;
use crate::domain::access::Caller;
use crate::error::{Code, Error};

/// Which operations a request may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Queries only (GET).
    Queries,
    /// Queries and mutations.
    Everything,
}

/// An answer, and what HTTP has to know about it.
#[derive(Debug)]
pub struct Answer {
    /// The answer.
    pub response: Response,
    /// How far the request came.
    pub fate: Fate,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Executed; there is a `data` entry, perhaps with errors beside it.
    Executed,
    /// Not executed: it cannot be parsed, is not valid, or is too large.
    Refused,
    /// A mutation where only queries are allowed.
    NotAllowed,
}

impl Answer {
    /// The answer to a request that is not executed.
    pub fn refused(error: Error) -> Answer {
        Answer { response: not_executed(error), fate: Fate::Refused }
    }
}

/// Answers a request of this caller.
pub async fn run(
    schema: &Schema,
    app: &App,
    caller: Caller,
    mut request: Request,
    allowed: Allowed,
) -> Answer {
    let kind = match look(&mut request) {
        Err(error) => return Answer::refused(error),
        Ok(Some(OperationType::Mutation)) if allowed == Allowed::Queries => {
            let error = Error::with(Code::InvalidInput, "Thao tác ghi phải gửi bằng phương thức POST.");
            return Answer { fate: Fate::NotAllowed, ..Answer::refused(error) };
        }
        Ok(Some(OperationType::Subscription)) => {
            let message =
                "Theo dõi (subscription) cần nhận bằng text/event-stream: gửi Accept: text/event-stream.";
            return Answer::refused(Error::with(Code::InvalidInput, message));
        }
        Ok(kind) => kind,
    };
    let (sender, batches) = lane();
    let asking = Asking::new(app.clone(), caller);
    let rows = loader::rows(&asking, sender);
    // What one mutation changed, the next one of the same request must not take from memory.
    rows.enable_all_cache(kind == Some(OperationType::Query));
    let request = request.data(rows).data(asking);
    let response = coded(drive(schema.execute(request), batches).await);
    // async-graphql answers what it does not execute with empty data and errors that have no path.
    let executed = response.data != Value::Null
        || response.errors.is_empty()
        || response.errors.iter().any(|error| !error.path.is_empty());
    Answer { response, fate: if executed { Fate::Executed } else { Fate::Refused } }
}

/// The answers to a request one after another: as many as there are to a subscription, one to anything else.
pub fn stream(
    schema: &Schema,
    app: &App,
    caller: Caller,
    mut request: Request,
    allowed: Allowed,
) -> BoxStream<'static, Response> {
    let (schema, app) = (schema.clone(), app.clone());
    match look(&mut request) {
        Ok(Some(OperationType::Subscription)) => {
            // What is watched holds no rows, so no loader is needed beside it.
            let request = request.data(Asking::new(app, caller));
            schema.execute_stream(request).map(coded).boxed()
        }
        Ok(Some(OperationType::Query | OperationType::Mutation) | None) | Err(_) => {
            once(async move { run(&schema, &app, caller, request, allowed).await.response }).boxed()
        }
    }
}

/// Bounds the request before anything unfolds it; says what kind of operation it is, when that is clear.
fn look(request: &mut Request) -> Result<Option<OperationType>, Error> {
    tokens::check(&request.query).map_err(|_| Error::new(Code::TooComplex))?;
    let name = request.operation_name.clone();
    let variables = request.variables.clone();
    let document =
        request.parsed_query().map_err(|error| Error::with(Code::InvalidInput, sentence(&error.message)))?;
    shape::check(document).map_err(|reason| Error::with(Code::TooComplex, too_complex(reason)))?;
    if controls::found(document, &variables) {
        return Err(Error::control_characters());
    }
    let Some(operation) = chosen(document, name.as_deref()) else { return Ok(None) };
    required(operation, &variables)?;
    Ok(Some(operation.ty))
}

fn sentence(message: &str) -> String {
    format!("Truy vấn sai cú pháp: {}", message.trim())
}

fn too_complex(reason: shape::TooComplex) -> &'static str {
    match reason {
        shape::TooComplex::Definitions => "Truy vấn có quá nhiều mảnh (fragment), thao tác hoặc chỉ thị.",
        shape::TooComplex::Cycle => "Các mảnh (fragment) của truy vấn gọi vòng lẫn nhau.",
        shape::TooComplex::Depth => "Truy vấn lồng quá sâu. Tách thành nhiều truy vấn nhỏ hơn.",
        shape::TooComplex::Fields => "Truy vấn có quá nhiều trường. Tách thành nhiều truy vấn nhỏ hơn.",
        shape::TooComplex::Aliases => {
            "Truy vấn có quá nhiều bí danh (alias). Tách thành nhiều truy vấn nhỏ hơn."
        }
    }
}

/// The operation that will run. `None` when it is not clear which: the schema says so itself.
fn chosen<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(&operation.node),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).map(|operation| &operation.node)
        }
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().map(|operation| &operation.node)
        }
        (DocumentOperations::Multiple(_), None) => None,
    }
}

/// Refuses a request without a variable that must not be null: async-graphql only notices when a resolver uses it.
fn required(operation: &OperationDefinition, variables: &Variables) -> Result<(), Error> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let name = &definition.name.node;
        let given = variables.get(name).is_some_and(|value| *value != Value::Null);
        let null = variables.get(name).is_some_and(|value| *value == Value::Null);
        let required = !definition.var_type.node.nullable;
        if required && (null || (!given && definition.default_value.is_none())) {
            return Err(Error::with(Code::InvalidInput, format!("Thiếu giá trị của biến “${name}”.")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_at(query: &str, name: Option<&str>, variables: serde_json::Value) -> String {
        let mut request = Request::new(query).variables(Variables::from_json(variables));
        request.operation_name = name.map(str::to_owned);
        match look(&mut request) {
            Ok(kind) => format!("{kind:?}"),
            Err(error) => error.code.as_str().to_owned(),
        }
    }

    #[test]
    fn a_request_is_looked_at_before_it_runs() {
        let none = serde_json::json!({});
        for (query, name, variables, expected) in [
            ("{ a }", None, none.clone(), "Some(Query)"),
            ("mutation { a }", None, none.clone(), "Some(Mutation)"),
            ("query A { a } mutation B { a }", Some("B"), none.clone(), "Some(Mutation)"),
            ("query A { a } mutation B { a }", Some("C"), none.clone(), "None"),
            ("query A { a } mutation B { a }", None, none.clone(), "None"),
            ("query A { a }", None, none.clone(), "Some(Query)"),
            ("{ a", None, none.clone(), "INVALID_INPUT"),
            ("", None, none.clone(), "INVALID_INPUT"),
            ("query($a: ID!) { a }", None, none.clone(), "INVALID_INPUT"),
            ("query($a: ID!) { a }", None, serde_json::json!({ "a": null }), "INVALID_INPUT"),
            ("query($a: ID!) { a }", None, serde_json::json!({ "a": "1" }), "Some(Query)"),
            ("query($a: Int! = 1) { a }", None, none.clone(), "Some(Query)"),
            ("query($a: ID) { a }", None, none.clone(), "Some(Query)"),
        ] {
            assert_eq!(look_at(query, name, variables), expected, "{query}");
        }
    }
}
