//! /imports/{id}/undo and /redo: GET shows what would be taken back or restored, POST does it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{described, import_id};
use crate::actions::plan_undo::plan_undo;
use crate::actions::undo_import::{UndoImport, Undone, redo_import, undo_import};
use crate::app::App;
use crate::domain::access::Caller;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::http::error::{Failure, body_of};
use crate::http::signed::{Sent, Signed};
use crate::import::plan_json::import_json;
use crate::import::undo_json::undo_json;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct UndoArguments {
    plan_hash: String,
    reason: Option<String>,
}

/// What can be done now: the undo of a committed import, the redo of one that was undone.
pub(super) async fn plan(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Failure> {
    let planned = plan_undo(&app, &caller, import_id(&id)?).await?;
    let mut answer = undo_json(&planned.plan);
    answer["id"] = json!(planned.import.id);
    answer["import"] = import_json(&planned.import, &planned.unit.code, None, None)["import"].take();
    Ok(Json(answer))
}

pub(super) async fn undo(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    Sent(arguments): Sent<UndoArguments>,
) -> Result<Response, Failure> {
    let UndoArguments { plan_hash, reason } = arguments;
    let wanted = UndoImport { id: import_id(&id)?, plan_hash, reason };
    let undone = undo_import(&app, &caller, wanted).await?;
    answer(&app, &caller, undone, "undone").await
}

pub(super) async fn redo(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    Sent(arguments): Sent<UndoArguments>,
) -> Result<Response, Failure> {
    let UndoArguments { plan_hash, reason } = arguments;
    let wanted = UndoImport { id: import_id(&id)?, plan_hash, reason };
    let undone = redo_import(&app, &caller, wanted).await?;
    answer(&app, &caller, undone, "redone").await
}

async fn answer(app: &App, caller: &Caller, undone: Undone, outcome: &str) -> Result<Response, Failure> {
    let whole = async |import: &import::Model, outcome: &str| -> Result<Value> {
        let mut answer = described(app, caller, import).await?;
        answer["outcome"] = json!(outcome);
        Ok(answer)
    };
    match undone {
        Undone::Done { import, unit: _, plan } => {
            app.metrics.import(if outcome == "undone" { "undone" } else { "redone" });
            let (mut answer, plan) = (whole(&import, outcome).await?, undo_json(&plan));
            if let (Value::Object(answer), Value::Object(plan)) = (&mut answer, plan) {
                answer.extend(plan);
            }
            Ok(Json(answer).into_response())
        }
        Undone::Repeated { import } => Ok(Json(whole(&import, "repeated").await?).into_response()),
        Undone::Stale { plan } => {
            let mut body = body_of(&Error::new(Code::PlanStale).field("planHash"));
            body["plan"] = undo_json(&plan);
            Ok((StatusCode::CONFLICT, Json(body)).into_response())
        }
    }
}
