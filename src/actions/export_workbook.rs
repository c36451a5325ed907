//! Workbooks handed out: made from one moment of the database, inside the caller's scope, and recorded.

use chrono::NaiveDate;

use super::record_export::record_export;
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::statistics::Base;
use crate::error::{Code, Error, Result};
use crate::export::fetch::{self, Export};

/// The round-trip sheet of a unit, named by code, abbreviation, name or alias.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` for a unit outside the scope.
pub async fn export_sheet(app: &App, caller: &Caller, unit: &str) -> Result<Export> {
    caller.require(Permission::Export)?;
    let scope = caller.scope();
    let moment = app.database.snapshot().await?;
    let unit = super::unit_in_scope(&moment, &scope, unit).await?;
    let export = fetch::sheet_for_unit(&moment, &scope, &unit, app.clock.now()).await?;
    moment.rollback().await?;
    recorded(app, caller, export).await
}

/// The consolidated workbook of everything inside the scope, as of a day (today when not given).
///
/// # Errors
/// `FORBIDDEN`; `INVALID_INPUT` for a day to come.
pub async fn export_consolidated(
    app: &App,
    caller: &Caller,
    as_of: Option<NaiveDate>,
    base: Base,
) -> Result<Export> {
    caller.require(Permission::Export)?;
    let today = app.clock.today();
    let as_of = as_of.unwrap_or(today);
    if as_of > today {
        let sentence = "Ngày “tính đến” phải là hôm nay hoặc một ngày đã qua.";
        return Err(Error::with(Code::InvalidInput, sentence).field("asOf"));
    }
    let moment = app.database.snapshot().await?;
    let export = fetch::consolidated(&moment, &caller.scope(), as_of, base, app.clock.now()).await?;
    moment.rollback().await?;
    recorded(app, caller, export).await
}

async fn recorded(app: &App, caller: &Caller, export: Export) -> Result<Export> {
    record_export(app, caller, &export).await?;
    Ok(export)
}
