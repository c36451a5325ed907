//! What is remembered of a unit's files, as the reader is told before it reads one.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::domain::date::official;
use crate::entities::{import_sheet, layout, wording};
use crate::error::{Error, Result};
use crate::import::answers::Link;
use crate::import::columns_json::{self, KeptColumn};
use crate::import::hints::{Hints, Layout, Remembered, Wording};
use crate::import::snapshot::Known;
use crate::sheet::meaning::ColumnFacts;
use crate::store;

/// Layouts of a unit that are looked through: a department has a handful.
const LAYOUTS: u64 = 50;
/// Wordings of a unit that are looked through.
const WORDINGS: u64 = 5_000;

/// What is known beforehand about a file of this unit. Two statements.
pub(super) async fn hints(
    db: &impl ConnectionTrait,
    known: &Known,
    told: BTreeMap<(String, u32), ColumnFacts>,
) -> Result<Hints> {
    let layouts = store::memory::last_layouts(db, known.unit, LAYOUTS).await?;
    let layouts = layouts.iter().map(remembered_layout).collect::<Result<_>>()?;
    let wordings = store::memory::last_wordings(db, known.unit, WORDINGS).await?;
    let codes: HashMap<Uuid, &Arc<str>> = known.tasks.iter().map(|(code, task)| (task.id, code)).collect();
    let newest = known.catalogue.notices.first().map(|notice| notice.date);
    let wording = |row: wording::Model| {
        let link = match row.task_id {
            // The task of a notice that is no longer open, or whose code a newer notice has taken, is not proposed.
            Some(task) => Link::Task((*codes.get(&task)?).clone()),
            // Of a notice that came later nobody has said that it does not hold this.
            None if newest.is_some_and(|newest| newest > row.notice_day) => return None,
            None => Link::NotATask,
        };
        Some((row.key, Wording { link, source: source(row.reported_on) }))
    };
    Ok(Hints { layouts, wordings: wordings.into_iter().filter_map(wording).collect(), told })
}

fn remembered_layout(row: &layout::Model) -> Result<Layout> {
    Ok(Layout { source: source(row.reported_on), columns: columns_of(row)? })
}

fn source(reported_on: chrono::NaiveDate) -> String {
    format!("lần nạp báo cáo ngày {}", official(reported_on))
}

/// The columns of a remembered layout.
///
/// # Errors
/// When the stored text is something else, with the row's id.
pub(super) fn columns_of(row: &layout::Model) -> Result<Vec<Remembered>> {
    let unknown = || Error::internal(anyhow::anyhow!("layout.columns of {} cannot be read", row.id));
    columns_json::read(&row.columns).ok_or_else(unknown)
}

/// The columns of a sheet of an import.
///
/// # Errors
/// When the stored text is something else, with the row's id.
pub(super) fn kept_columns(row: &import_sheet::Model) -> Result<Vec<KeptColumn>> {
    let unknown = || Error::internal(anyhow::anyhow!("import_sheet.columns of {} cannot be read", row.id));
    columns_json::kept(&row.columns).ok_or_else(unknown)
}
