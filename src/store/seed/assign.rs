//! Who does what: the unit under whose heading an entry stands leads it (each department its own, where it stands
//! under the departments); the units that the text names beside it coordinate. Group words stay text.

use std::collections::{HashMap, HashSet};

use anyhow::Context;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::source::{self, Task};
use crate::domain::assignment::AssignmentRole;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{assignment, notice, task, unit};
use crate::store::assignment::untouched;
use crate::store::write::insert_all;

/// The units as notices name them.
struct Units {
    by_name: HashMap<String, Uuid>,
    /// Departments with the codes of their provinces of 2020.
    departments: Vec<(String, Uuid)>,
}

/// Adds the assignments that are missing; says how many.
pub(super) async fn load(db: &impl ConnectionTrait) -> anyhow::Result<usize> {
    let units = units(db).await?;
    let mut count = 0;
    for (file, _) in source::notices()? {
        let notice = notice::Entity::find()
            .filter(notice::Column::Quarter.eq(&file.notice.quarter))
            .filter(notice::Column::Title.eq(&file.notice.title))
            .one(db)
            .await?
            .context("the notice")?;
        let tasks = task::Entity::find().filter(task::Column::NoticeId.eq(notice.id)).all(db).await?;
        let tasks: HashMap<String, task::Model> =
            tasks.into_iter().map(|task| (task.code.clone(), task)).collect();
        let stored = assignment::Entity::find().all(db).await?;
        let mut taken: HashSet<(Uuid, Uuid)> =
            stored.into_iter().map(|row| (row.task_id, row.unit_id)).collect();
        let mut added = Vec::new();
        for entry in file.tasks.iter().filter(|entry| !entry.is_heading) {
            let task = tasks.get(&entry.id).with_context(|| entry.id.clone())?;
            // Whoever leads does not coordinate as well.
            for (unit, role) in roles(entry, &units)? {
                if taken.insert((task.id, unit)) {
                    added.push(untouched((task.id, task.deadline_due), unit, role));
                }
            }
        }
        count += added.len();
        insert_all::<assignment::Model>(db, added).await?;
    }
    Ok(count)
}

async fn units(db: &impl ConnectionTrait) -> anyhow::Result<Units> {
    let all = unit::Entity::find().all(db).await?;
    let departments = all
        .iter()
        .filter(|unit| unit.kind == UnitKind::Department)
        .map(|unit| (unit.code.clone(), unit.id))
        .collect();
    let named = all.into_iter().filter(|unit| unit.kind != UnitKind::Group);
    Ok(Units { by_name: named.map(|unit| (unit.name, unit.id)).collect(), departments })
}

/// Leading units first.
fn roles(entry: &Task, units: &Units) -> anyhow::Result<Vec<(Uuid, AssignmentRole)>> {
    let departments = || units.departments.iter().map(|(_, id)| *id);
    let mut roles = Vec::new();
    if entry.lead_unit.fan_out {
        roles.extend(departments().map(|unit| (unit, AssignmentRole::Lead)));
    } else {
        let name = &entry.lead_unit.name;
        let unit = *units.by_name.get(name).with_context(|| format!("unit {name}"))?;
        roles.push((unit, AssignmentRole::Lead));
    }
    let named = entry.coordinating_units.iter().filter(|unit| !unit.is_group);
    let known = named.filter_map(|unit| units.by_name.get(&unit.name).copied());
    roles.extend(known.map(|unit| (unit, AssignmentRole::Coordinating)));
    if entry.coordinates_all_departments {
        roles.extend(departments().map(|unit| (unit, AssignmentRole::Coordinating)));
    }
    if let Some(code) = &entry.names_province {
        let department = units.departments.iter().find(|(province, _)| province == code);
        let (_, unit) = department.with_context(|| format!("department {code}"))?;
        roles.push((*unit, AssignmentRole::Coordinating));
    }
    Ok(roles)
}
