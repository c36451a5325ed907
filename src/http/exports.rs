//! Workbooks going out: the sheet of a unit, the consolidated workbook.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::actions::export_workbook::{export_consolidated, export_sheet};
use crate::app::App;
use crate::domain::statistics::Base;
use crate::error::{Code, Error};
use crate::http::download::{XLSX, attachment};
use crate::http::error::Failure;
use crate::http::signed::{Asked, Signed};

/// The routes of exports.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/exports/sheet.xlsx", get(sheet))
        .route("/exports/consolidated.xlsx", get(consolidated_workbook))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetArguments {
    unit: String,
}

async fn sheet(
    Signed(caller): Signed,
    State(app): State<App>,
    Asked(SheetArguments { unit }): Asked<SheetArguments>,
) -> Result<Response, Failure> {
    let export = export_sheet(&app, &caller, &unit).await?;
    Ok(attachment(export.bytes, XLSX, &export.file_name))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConsolidatedArguments {
    as_of: Option<NaiveDate>,
    base: Option<String>,
}

async fn consolidated_workbook(
    Signed(caller): Signed,
    State(app): State<App>,
    Asked(ConsolidatedArguments { as_of, base }): Asked<ConsolidatedArguments>,
) -> Result<Response, Failure> {
    let base = match base.as_deref() {
        None => Base::Due,
        Some(name) => Base::parse(name).ok_or_else(|| Error::new(Code::InvalidInput).field("base"))?,
    };
    let export = export_consolidated(&app, &caller, as_of, base).await?;
    Ok(attachment(export.bytes, XLSX, &export.file_name))
}
