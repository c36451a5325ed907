//! Answers: a person says which task a row speaks of, whose value counts, or that the workbook may be taken.

use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::planning::{self, planned};
use super::upload_import::Uploaded;
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::import::ImportState;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::import::answers::{Answers, Link};
use crate::import::answers_json;
use crate::store;

/// Adds answers to those given before (a new answer about a row replaces its old one) and plans again.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it does not wait for a commit; `INVALID_INPUT` for a
/// row that is not there or a task that is not open.
pub async fn answer_import(app: &App, caller: &Caller, id: Uuid, given: Answers) -> Result<Uploaded> {
    caller.require(Permission::Import)?;
    let scope = caller.scope();
    let (transaction, mut log) = super::begin(app, caller).await?;
    let mut import = super::import_in_scope(&transaction, &scope, id).await?;
    planning::require_planned(&import)?;
    let mut answers = planning::answers(&import)?;
    answers.accept_workbook |= given.accept_workbook;
    for (place, new) in &given.rows {
        let old = answers.rows.entry(place.clone()).or_default();
        old.link = new.link.clone().or(old.link.take());
        old.side = new.side.or(old.side);
    }
    import.answers = Some(answers_json::write(&answers).to_string());
    let mut found = planned(&transaction, &scope, import).await?;
    for ((sheet, row), answer) in &given.rows {
        let is_place = |place: &crate::import::claim::Place| place.sheet == *sheet && place.row == *row;
        if !found.plan.rows.iter().any(|planned| is_place(&planned.place)) {
            return Err(unknown(format!("Không có dòng {} ở trang “{sheet}”.", row + 1)));
        }
        if let Some(Link::Task(code)) = &answer.link
            && found.known.tasks.get(code).is_none_or(|task| task.is_heading)
        {
            return Err(unknown(format!("Không có nhiệm vụ “{code}” đang mở.")));
        }
    }
    found.import.plan_hash = Some(found.plan.hash.clone());
    let _ = log.record(Draft {
        kind: "import.answered",
        subject: "import",
        subject_id: Some(id),
        unit_id: Some(found.import.unit_id),
        import_id: Some(id),
        place: None,
        payload: answers_json::write(&given),
    });
    let change = import::ActiveModel {
        answers: Set(found.import.answers.clone()),
        plan_hash: Set(found.import.plan_hash.clone()),
        ..Default::default()
    };
    if !store::import::advance(&transaction, id, ImportState::Planned, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    let earlier = store::import::committed_alike(&transaction, &found.import).await?;
    super::finish(app, transaction, log).await?;
    Ok(Uploaded { import: found.import, unit: found.unit, plan: found.plan, earlier })
}

fn unknown(sentence: String) -> Error {
    Error::with(Code::InvalidInput, sentence).field("answers")
}
