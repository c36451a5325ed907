//! Answers: a person says which task a row speaks of, whose value counts, what a column means, or that the workbook may
//! be taken. Answers about columns change the reading, so the stored bytes are read again.

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::answered::{Places, check_columns, check_tasks};
use super::planning::{self, planned};
use super::taking_in;
use super::upload_import::Uploaded;
use crate::app::App;
use crate::domain::access::{Caller, Permission, Scope};
use crate::domain::import::ImportState;
use crate::domain::refusal::Refusal;
use crate::entities::{import, unit};
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::import::answers::Answers;
use crate::import::plan::{Context, Plan, plan};
use crate::import::snapshot::{Known, States};
use crate::import::understood::{self, Understood};
use crate::import::{answers_json, claim_json};
use crate::store;

/// How often the file is read again when somebody else says something of its columns at the same time. Answers about rows
/// need no reading, so they never wait for each other.
const ATTEMPTS: usize = 10;

/// Adds answers to those given before (a new answer to a question replaces its old one) and plans again. A sheet that
/// is not named is the only one with a table.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when it does not wait for a commit; `INVALID_INPUT` for a
/// row or column that is not there, a task that is not open, a meaning with which there is no table any more; the
/// refusal of the reader when it is busy.
pub async fn answer_import(app: &App, caller: &Caller, id: Uuid, given: Answers) -> Result<Uploaded> {
    caller.require(Permission::Import)?;
    for _ in 0..ATTEMPTS {
        if let Some(done) = attempt(app, caller, id, &given).await? {
            return Ok(done);
        }
    }
    Err(Error::new(Code::Unavailable))
}

/// The file read again, with what it was read for.
struct Again {
    unit: unit::Model,
    known: Known,
    understood: Understood,
}

/// `None` when what was read no longer fits: somebody else said something of the columns meanwhile.
async fn attempt(app: &App, caller: &Caller, id: Uuid, given: &Answers) -> Result<Option<Uploaded>> {
    let scope = caller.scope();
    let before = super::import_in_scope(app.database.reader(), &scope, id).await?;
    planning::require_planned(&before)?;
    let places = Places::of(app.database.reader(), &before).await?;
    let given = places.complete(given)?;
    let old = planning::answers(&before)?;
    let answers = old.clone().then(&given, |sheet, columns| places.share_a_table(sheet, columns));
    let again = match answers.columns == old.columns {
        true => None,
        false => Some(read_again(app, &scope, &before, &answers).await?),
    };
    if let Some(again) = &again {
        check_columns(&given, &again.understood)?;
    }
    let (transaction, mut log) = super::begin(app, caller).await?;
    let mut import = super::import_in_scope(&transaction, &scope, id).await?;
    planning::require_planned(&import)?;
    let answers = match import.answers == before.answers {
        true => answers,
        false => match beside(&import, &old, (&given, &places))? {
            Some(both) => both,
            None => return Ok(None),
        },
    };
    import.answers = Some(answers_json::write(&answers).to_string());
    let (unit, known, plan) = match again {
        None => {
            let found = planned(&transaction, &scope, import.clone()).await?;
            (found.unit, found.known, found.plan)
        }
        Some(Again { unit, known, understood }) => {
            let plan = keep_again(&transaction, &mut import, (&known, understood), &answers).await?;
            (unit, known, plan)
        }
    };
    check_tasks(&given, &known)?;
    import.plan_hash = Some(plan.hash.clone());
    let _ = log.record(Draft {
        kind: "import.answered",
        subject: "import",
        subject_id: Some(id),
        unit_id: Some(import.unit_id),
        import_id: Some(id),
        place: None,
        payload: answers_json::write(&given),
    });
    let change = import::ActiveModel {
        answers: Set(import.answers.clone()),
        plan_hash: Set(import.plan_hash.clone()),
        content_hash: Set(import.content_hash.clone()),
        ..Default::default()
    };
    if !store::import::advance(&transaction, id, ImportState::Planned, change).await? {
        return Err(Error::new(Code::ImportState));
    }
    let earlier = planning::earlier_alike(&transaction, &import).await?;
    super::finish(app, transaction, log).await?;
    Ok(Some(Uploaded { import, unit, plan, earlier }))
}

/// These answers beside those that others have given meanwhile; `None` when what is said of the columns is no longer what
/// the file was read by.
fn beside(
    import: &import::Model,
    old: &Answers,
    (given, places): (&Answers, &Places),
) -> Result<Option<Answers>> {
    let newer = planning::answers(import)?;
    let same_reading = newer.columns == old.columns;
    let both = || newer.then(given, |sheet, columns| places.share_a_table(sheet, columns));
    Ok(same_reading.then(both))
}

/// Reads the stored bytes again, outside of any transaction, with what is now said of the columns.
async fn read_again(app: &App, scope: &Scope, import: &import::Model, answers: &Answers) -> Result<Again> {
    let db = app.database.reader();
    let unit = store::unit::find(db, scope, import.unit_id).await?.ok_or_else(|| super::absent("unit"))?;
    let bytes = store::import::bytes(db, import).await?;
    let bytes = bytes.ok_or_else(|| Error::internal(anyhow::anyhow!("import {}: no bytes", import.id)))?;
    let read = taking_in::read(app, bytes, import.file_name.as_deref()).await;
    let (known, understood) = taking_in::understand(app, &unit, read, answers.columns.clone()).await?;
    match understood {
        Ok(understood) => Ok(Again { unit, known, understood }),
        Err(Refusal::NoTaskTable | Refusal::TasksInColumns) => {
            let sentence =
                "Hiểu các cột như vậy thì tệp không còn bảng nhiệm vụ nào. Chọn nghĩa khác cho cột.";
            Err(Error::with(Code::InvalidInput, sentence).field("columns"))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Keeps the new reading in the place of the old one, with its plan.
async fn keep_again(
    db: &impl ConnectionTrait,
    import: &mut import::Model,
    (known, understood): (&Known, Understood),
    answers: &Answers,
) -> Result<Plan> {
    let Understood { sheets, claims, findings, base_event: _ } = understood;
    import.content_hash = Some(claim_json::content_hash(&claims));
    let alike = planning::repeated(planning::earlier_alike(db, import).await?.as_ref(), answers);
    let layouts = understood::layouts(&sheets);
    let about = (&*import, alike, &layouts);
    let snapshot = planning::snapshot_of(db, known, about, (&claims, answers), &States::new()).await?;
    let context = Context { reported_on: import.reported_on, answers, findings: &findings };
    let plan = plan(&claims, &snapshot, context);
    taking_in::keep_reading(db, import.id, (sheets, claims), &plan).await?;
    Ok(plan)
}
