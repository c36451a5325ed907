//! Answers to the open questions of an import, as JSON; the answer is the plan, as after an upload.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;

use super::imports::{import_id, planned};
use crate::actions::answer_import::answer_import;
use crate::app::App;
use crate::error::Result;
use crate::http::error::Failure;
use crate::http::signed::{Sent, Signed};
use crate::import::answers::{Answers, RowAnswer};
use crate::import::given;

/// The route of answers.
pub fn routes() -> Router<App> {
    Router::new().route("/imports/{id}/answers", post(answer))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AnswerArguments {
    #[serde(default)]
    rows: Vec<RowArguments>,
    #[serde(default)]
    columns: Vec<ColumnArguments>,
    #[serde(default)]
    accept_workbook: bool,
}

/// About one row; places as the workbook shows them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RowArguments {
    #[serde(default)]
    sheet: String,
    row: u32,
    table: Option<String>,
    task: Option<String>,
    #[serde(default)]
    not_a_task: bool,
    keep: Option<String>,
    progress: Option<String>,
    #[serde(default)]
    as_read: bool,
}

/// About one column.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ColumnArguments {
    #[serde(default)]
    sheet: String,
    column: String,
    meaning: Option<String>,
    percent_scale: Option<String>,
    day_order: Option<String>,
}

impl AnswerArguments {
    fn answers(self) -> Result<Answers> {
        let mut answers = Answers { accept_workbook: self.accept_workbook, ..Answers::default() };
        for row in self.rows {
            let answer = RowAnswer {
                link: given::link(row.task, row.not_a_task)?,
                side: row.keep.as_deref().map(given::side).transpose()?,
                progress: row.progress.as_deref().map(given::progress).transpose()?,
                as_read: row.as_read,
            };
            given::add_row(&mut answers, (&row.sheet, row.table.as_deref()), row.row, answer)?;
        }
        for column in self.columns {
            let [meaning, scale, days] =
                [&column.meaning, &column.percent_scale, &column.day_order].map(Option::as_deref);
            let facts = given::facts(meaning, scale, days)?;
            given::add_column(&mut answers, &column.sheet, &column.column, facts)?;
        }
        Ok(answers)
    }
}

async fn answer(
    Signed(caller): Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    Sent(arguments): Sent<AnswerArguments>,
) -> Result<Response, Failure> {
    let id = import_id(&id)?;
    Ok(planned(StatusCode::OK, answer_import(&app, &caller, id, arguments.answers()?).await?))
}
