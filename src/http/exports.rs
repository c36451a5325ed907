//! Workbooks going out: the sheet of a unit, the consolidated workbook.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::actions::export_workbook::{export_consolidated, export_sheet};
use crate::app::App;
use crate::export::consolidated;
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

/// What the percents are taken of.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Base {
    #[default]
    Due,
    All,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConsolidatedArguments {
    as_of: Option<NaiveDate>,
    #[serde(default)]
    base: Base,
}

async fn consolidated_workbook(
    Signed(caller): Signed,
    State(app): State<App>,
    Asked(ConsolidatedArguments { as_of, base }): Asked<ConsolidatedArguments>,
) -> Result<Response, Failure> {
    let base = match base {
        Base::Due => consolidated::Base::Due,
        Base::All => consolidated::Base::All,
    };
    let export = export_consolidated(&app, &caller, as_of, base).await?;
    Ok(attachment(export.bytes, XLSX, &export.file_name))
}
