//! /imports/{id}/progress and /cancel: how far a commit has come, and stopping it.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{described, import_id};
use crate::actions::watch_import::{cancel_import, import_progress};
use crate::app::App;
use crate::http::error::Failure;
use crate::http::signed::Signed;

pub(super) async fn progress(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Failure> {
    let (import, progress) = import_progress(&app, &caller, import_id(&id)?).await?;
    Ok(Json(json!({
        "id": import.id,
        "state": import.state.as_str(),
        "phase": progress.phase.as_str(),
        "label": progress.phase.label(),
        "rows_done": progress.rows_done,
        "rows": progress.rows,
        "percent": progress.percent(),
    })))
}

pub(super) async fn cancel(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Failure> {
    let import = cancel_import(&app, &caller, import_id(&id)?).await?;
    let mut answer = described(&app, &caller, &import).await?;
    answer["outcome"] = json!("cancelled");
    Ok(Json(answer))
}
