//! POST /imports/{id}/commit: the plan that was seen is carried out.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{described, import_id};
use crate::actions::commit_import::{CommitImport, Committed, commit_import, kept_out};
use crate::app::App;
use crate::error::{Code, Error};
use crate::http::error::{Failure, body_of};
use crate::http::rows::{with_rows, with_rows_under};
use crate::http::signed::{Sent, Signed};
use crate::import::plan::{KeptOut, Plan};
use crate::import::plan_json::plan_json;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CommitArguments {
    plan_hash: String,
    #[serde(default)]
    strict: bool,
}

pub(super) async fn commit(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Sent(arguments): Sent<CommitArguments>,
) -> Result<Response, Failure> {
    let CommitArguments { plan_hash, strict } = arguments;
    let key = headers.get("idempotency-key").map(|value| std::str::from_utf8(value.as_bytes()));
    let not_text = |_| Error::new(Code::InvalidInput).field("idempotency_key");
    let idempotency_key = key.transpose().map_err(not_text)?.map(str::to_owned);
    let id = import_id(&id)?;
    let committed =
        commit_import(&app, &caller, CommitImport { id, plan_hash, idempotency_key, strict }).await?;
    let (import, plan, outcome, earlier) = match committed {
        Committed::Stored { import, plan } => (import, Some(plan), "stored", None),
        Committed::NoChange { import, plan, earlier } => (import, Some(plan), "no_change", earlier),
        Committed::Repeated { import } => (import, None, "repeated", None),
        Committed::KeptOut { plan, strict } => {
            let mut body = body_of(&kept_out(&plan, strict));
            body["kept_out"] = named(&plan);
            return Ok((StatusCode::CONFLICT, Json(body)).into_response());
        }
        Committed::Stale { plan } => {
            let body = body_of(&Error::new(Code::PlanStale).field("planHash"));
            let inner = ("plan", &plan_json(&plan));
            return Ok(with_rows_under(StatusCode::CONFLICT, &body, inner, plan.rows));
        }
    };
    if outcome == "stored" {
        app.metrics.import("committed");
    }
    let mut answer = described(&app, &caller, &import).await?;
    answer["outcome"] = json!(outcome);
    answer["same_as"] = json!(earlier);
    let Some(plan) = plan else { return Ok(Json(answer).into_response()) };
    let mut head = plan_json(&plan);
    answer["hash"] = head["hash"].take();
    answer["findings"] = head["findings"].take();
    answer["kept_out"] = named(&plan);
    Ok(with_rows(StatusCode::OK, &answer, plan.rows))
}

/// The rows that stay out.
fn named(plan: &Plan) -> Value {
    plan.kept_out().iter().map(KeptOut::json).collect()
}
