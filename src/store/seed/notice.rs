//! Notices with their fields, tasks and resemblances.

use std::collections::{HashMap, HashSet};

use anyhow::Context;
use chrono::{Datelike, NaiveDate};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::source::{self, NoticeFile, Task};
use crate::domain::deadline::{self, Precision};
use crate::domain::notice::NoticeState;
use crate::domain::text::plain_key;
use crate::entities::{field, notice, task, task_resemblance, unit};
use crate::store::write::{insert_all, new_id};

/// Adds what is missing; says how many notices and tasks were added.
pub(super) async fn load(db: &impl ConnectionTrait) -> anyhow::Result<(usize, usize)> {
    let (mut notices, mut tasks) = (0, 0);
    for (file, text) in source::notices()? {
        let found = notice::Entity::find()
            .filter(notice::Column::Quarter.eq(&file.notice.quarter))
            .filter(notice::Column::Title.eq(&file.notice.title))
            .one(db)
            .await?;
        let id = match found {
            Some(notice) => notice.id,
            None => {
                notices += 1;
                add(db, &file, text).await?
            }
        };
        let fields = fields(db, id, &file).await?;
        tasks += add_tasks(db, id, &file, &fields).await?;
    }
    Ok((notices, tasks))
}

async fn add(db: &impl ConnectionTrait, file: &NoticeFile, text: &str) -> anyhow::Result<Uuid> {
    let source::Notice { title, kind, issuer, number, issued, meeting_date, quarter, signer, signer_role } =
        &file.notice;
    let id = new_id();
    let row = notice::Model {
        id,
        number: number.clone(),
        title: title.clone(),
        kind: kind.clone(),
        issuer: issuer.clone(),
        issued_on: *issued,
        meeting_on: *meeting_date,
        quarter: quarter.clone(),
        signer: signer.clone(),
        signer_role: signer_role.clone(),
        state: NoticeState::Open,
        source_text: text.to_owned(),
    };
    insert_all::<notice::Model>(db, vec![row]).await?;
    Ok(id)
}

/// The fields of work by numeral, in the order in which the notice has them.
async fn fields(
    db: &impl ConnectionTrait,
    notice_id: Uuid,
    file: &NoticeFile,
) -> anyhow::Result<HashMap<String, Uuid>> {
    let stored = field::Entity::find().filter(field::Column::NoticeId.eq(notice_id)).all(db).await?;
    let mut ids: HashMap<String, Uuid> = stored.into_iter().map(|row| (row.numeral, row.id)).collect();
    let mut seen = HashSet::new();
    let sections = file.tasks.iter().map(|task| &task.section).filter(|part| seen.insert(&part.numeral));
    let mut added = Vec::new();
    for (section, sort_order) in sections.zip(1..) {
        ids.entry(section.numeral.clone()).or_insert_with(|| {
            let id = new_id();
            let (numeral, name) = (section.numeral.clone(), section.name.clone());
            added.push(field::Model { id, notice_id, numeral, name, sort_order });
            id
        });
    }
    insert_all::<field::Model>(db, added).await?;
    Ok(ids)
}

async fn add_tasks(
    db: &impl ConnectionTrait,
    notice_id: Uuid,
    file: &NoticeFile,
    fields: &HashMap<String, Uuid>,
) -> anyhow::Result<usize> {
    let stored = task::Entity::find().filter(task::Column::NoticeId.eq(notice_id)).all(db).await?;
    let mut ids: HashMap<String, Uuid> = stored.into_iter().map(|row| (row.code, row.id)).collect();
    let units: HashSet<String> =
        unit::Entity::find().all(db).await?.into_iter().map(|row| row.name).collect();
    let mut added = Vec::new();
    // A parent stands before its parts, so its id is known.
    for entry in &file.tasks {
        if !ids.contains_key(&entry.id) {
            let parent_id = match &entry.parent {
                Some(code) => Some(*ids.get(code).with_context(|| format!("parent of {}", entry.id))?),
                None => None,
            };
            let field_id = *fields.get(&entry.section.numeral).context("field")?;
            let place = (notice_id, field_id, parent_id);
            let row = row(entry, place, file.notice.meeting_date, &units)?;
            ids.insert(entry.id.clone(), row.id);
            added.push(row);
        }
    }
    let count = added.len();
    insert_all::<task::Model>(db, added).await?;
    resemblances(db, file, &ids).await?;
    Ok(count)
}

fn row(
    entry: &Task,
    (notice_id, field_id, parent_id): (Uuid, Uuid, Option<Uuid>),
    meeting: NaiveDate,
    units: &HashSet<String>,
) -> anyhow::Result<task::Model> {
    let stays_text =
        entry.coordinating_units.iter().filter(|unit| unit.is_group || !units.contains(&unit.name));
    let coordinating: Vec<&str> = stays_text.map(|unit| unit.as_written.as_str()).collect();
    let deadline = &entry.deadline;
    let from = deadline.raw.as_deref().and_then(|raw| deadline::read(raw, meeting.year()).deadline.from);
    Ok(task::Model {
        id: new_id(),
        notice_id,
        field_id,
        parent_id,
        code: entry.id.clone(),
        sort_order: entry.order,
        content: entry.content.clone(),
        source_text: entry.source_text.clone(),
        is_heading: entry.is_heading,
        lead_raw: entry.unit.as_written.clone(),
        coordinating_raw: serde_json::to_string(&coordinating)?,
        deadline_raw: deadline.raw.clone(),
        deadline_precision: precision(&deadline.precision).with_context(|| deadline.precision.clone())?,
        deadline_from: from,
        deadline_due: deadline.date,
        deadline_best_effort: deadline.best_effort,
        search_key: plain_key(&format!("{} {}", entry.id, entry.content)),
    })
}

fn precision(name: &str) -> Option<Precision> {
    use sea_orm::sea_query::ValueType;
    <Precision as ValueType>::try_from(name.to_owned().into()).ok()
}

async fn resemblances(
    db: &impl ConnectionTrait,
    file: &NoticeFile,
    ids: &HashMap<String, Uuid>,
) -> anyhow::Result<()> {
    let stored = task_resemblance::Entity::find().all(db).await?;
    let stored: HashSet<(Uuid, Uuid)> = stored.into_iter().map(|row| (row.task_id, row.other_id)).collect();
    let mut added = Vec::new();
    for entry in &file.tasks {
        let task_id = *ids.get(&entry.id).context("task")?;
        for other in &entry.resembles {
            let other_id = *ids.get(other).with_context(|| format!("{} resembles {other}", entry.id))?;
            if !stored.contains(&(task_id, other_id)) {
                added.push(task_resemblance::Model { task_id, other_id });
            }
        }
    }
    insert_all::<task_resemblance::Model>(db, added).await?;
    Ok(())
}
