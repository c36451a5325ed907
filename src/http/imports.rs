//! Workbooks coming in: upload with the plan as answer, the plan again, the sender's own file, discard; commit and undo
//! in files of their own. What lies outside the caller's scope is answered like what does not exist.

mod commit;
mod progress;
mod undo;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::actions::annotate_import::{Annotated, annotate_import};
use crate::actions::discard_import::discard_import;
use crate::actions::plan_import::plan_import;
use crate::actions::upload_import::{Upload, Uploaded, upload_import};
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::import::ImportState;
use crate::domain::refusal::Refusal;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::http::download::{XLSM, XLSX, attachment};
use crate::http::error::Failure;
use crate::http::rows::with_rows;
use crate::http::signed::{Asked, Signed};
use crate::import::plan_json::import_json;
use crate::store;

/// The routes of imports.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/imports", post(upload))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/original", get(original))
        .route("/imports/{id}/annotated.xlsx", get(annotated))
        .route("/imports/{id}/commit", post(commit::commit))
        .route("/imports/{id}/discard", post(discard))
        .route("/imports/{id}/progress", get(progress::progress))
        .route("/imports/{id}/cancel", post(progress::cancel))
        .route("/imports/{id}/undo", get(undo::plan).post(undo::undo))
        .route("/imports/{id}/redo", get(undo::plan).post(undo::redo))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct UploadArguments {
    unit: String,
    reported_on: Option<NaiveDate>,
    file_name: Option<String>,
}

async fn upload(
    Signed(caller): Signed,
    State(app): State<App>,
    Asked(arguments): Asked<UploadArguments>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    caller.require(Permission::Import)?;
    let bytes = received(&headers, body, app.config.upload.max_bytes).await?;
    let UploadArguments { unit, reported_on, file_name } = arguments;
    let file_name = file_name.as_deref().map(plain_file_name);
    let uploaded = upload_import(&app, &caller, Upload { unit, file_name, bytes, reported_on }).await;
    app.metrics.import(match &uploaded {
        Ok(_) => "planned",
        Err(error) => error.code.as_str(),
    });
    let uploaded = uploaded?;
    let place = format!("/imports/{}", uploaded.import.id);
    Ok(([(header::LOCATION, place)], planned(StatusCode::CREATED, uploaded)).into_response())
}

/// The body, up to the limit. A body that says it is larger is not read at all.
async fn received(headers: &HeaderMap, body: Body, most: usize) -> Result<Vec<u8>> {
    let said =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > most) {
        return Err(Refusal::FileTooLarge.into());
    }
    // It fails only when the limit is reached or the client goes away; the latter does not read the answer.
    to_bytes(body, most).await.map(Vec::from).map_err(|_| Refusal::FileTooLarge.into())
}

/// The last part of a path, without control characters, at most 200 characters.
fn plain_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

/// The answer to what makes a plan.
pub(super) fn planned(status: StatusCode, uploaded: Uploaded) -> Response {
    let Uploaded { import, unit, plan, earlier } = uploaded;
    let head = import_json(&import, &unit.code, Some(&plan), earlier.map(|earlier| earlier.id));
    with_rows(status, &head, plan.rows)
}

async fn show(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let import = find(&app, &caller, &id).await?;
    if import.state == ImportState::Planned && caller.may(Permission::Import) {
        return Ok(planned(StatusCode::OK, plan_import(&app, &caller, import.id).await?));
    }
    Ok(Json(described(&app, &caller, &import).await?).into_response())
}

/// An import without its plan.
async fn described(app: &App, caller: &Caller, import: &import::Model) -> Result<Value> {
    let unit = store::unit::find(app.database.reader(), &caller.scope(), import.unit_id).await?;
    let unit = unit.ok_or_else(|| Error::new(Code::NotFound))?;
    let mut answer = import_json(import, &unit.code, None, None);
    let counts = import.counts.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    answer["counts"] = counts.unwrap_or(Value::Null);
    Ok(answer)
}

async fn find(app: &App, caller: &Caller, id: &str) -> Result<import::Model> {
    caller.require(Permission::Read)?;
    let id = import_id(id)?;
    let found = store::import::find(app.database.reader(), &caller.scope(), id).await?;
    found.ok_or_else(|| Error::new(Code::NotFound).field("import"))
}

/// What is no id names nothing: the same answer as for an absent one.
pub(super) fn import_id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::new(Code::NotFound).field("import"))
}

async fn original(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let import = find(&app, &caller, &id).await?;
    let bytes = store::import::bytes(app.database.reader(), &import).await?;
    let bytes = bytes.ok_or_else(|| Error::new(Code::NotFound).field("import"))?;
    let name = import.file_name.unwrap_or_else(|| format!("{}.bin", import.id));
    Ok(attachment(bytes, "application/octet-stream", &name))
}

async fn annotated(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let Annotated { bytes, file_name, macros } = annotate_import(&app, &caller, import_id(&id)?).await?;
    Ok(attachment(bytes, if macros { XLSM } else { XLSX }, &file_name))
}

async fn discard(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Failure> {
    let import = discard_import(&app, &caller, import_id(&id)?).await?;
    Ok(Json(described(&app, &caller, &import).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_its_last_part_only() {
        for (given, kept) in [
            ("Báo cáo.xlsx", "Báo cáo.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\b.xls", "b.xls"),
            ("a\r\nb.xls", "ab.xls"),
        ] {
            assert_eq!(plain_file_name(given), kept);
        }
    }
}
