//! Provinces of 2020 and of 2025, ministry units, departments, groups; aliases and successors.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Context;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::source::{self, Group, Province2020, parts};
use crate::domain::text::plain_key;
use crate::domain::unit_kind::UnitKind;
use crate::entities::{province, province_successor, unit, unit_alias, unit_successor};
use crate::store::write::{insert_all, new_id};

/// Since when the 34 provinces exist (Nghị quyết 202/2025/QH15).
const NEW_PROVINCES: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 7, 1);
/// The last day of the 63.
const OLD_PROVINCES_END: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 6, 30);
/// Departments stand in tables after the ministry's own units, groups last.
const FIRST_DEPARTMENT: i32 = 1000;
const FIRST_GROUP: i32 = 2000;

/// Adds provinces and their successors; says how many provinces were added.
pub(super) async fn provinces(db: &impl ConnectionTrait) -> anyhow::Result<usize> {
    let old = source::provinces_2020()?;
    let new = source::provinces_2025()?;
    let stored = province::Entity::find().all(db).await?;
    let mut ids: HashMap<(String, Option<NaiveDate>), Uuid> =
        stored.into_iter().map(|row| ((row.code, row.valid_from), row.id)).collect();
    let wanted_old = old.iter().map(|row| {
        let egov = (!row.egov_code.is_empty()).then(|| row.egov_code.clone());
        (&row.code, &row.name, &row.kind, egov, (None, OLD_PROVINCES_END))
    });
    let wanted_new = new.iter().map(|row| (&row.code, &row.name, &row.kind, None, (NEW_PROVINCES, None)));
    let mut added = Vec::new();
    for (code, name, kind, egov_code, (valid_from, valid_to)) in wanted_old.chain(wanted_new) {
        ids.entry((code.clone(), valid_from)).or_insert_with(|| {
            let id = new_id();
            added.push(province::Model {
                id,
                code: code.clone(),
                name: name.clone(),
                kind: kind.clone(),
                egov_code,
                valid_from,
                valid_to,
                search_key: plain_key(name),
            });
            id
        });
    }
    let count = added.len();
    insert_all::<province::Model>(db, added).await?;
    let code_of: HashMap<&str, &str> = new.iter().map(|row| (row.name.as_str(), row.code.as_str())).collect();
    successors(db, &old, &code_of, &ids).await?;
    Ok(count)
}

async fn successors(
    db: &impl ConnectionTrait,
    old: &[Province2020],
    new: &HashMap<&str, &str>,
    ids: &HashMap<(String, Option<NaiveDate>), Uuid>,
) -> anyhow::Result<()> {
    let stored = province_successor::Entity::find().all(db).await?;
    let stored: HashSet<(Uuid, Uuid)> =
        stored.into_iter().map(|row| (row.province_id, row.successor_id)).collect();
    let mut added = Vec::new();
    for row in old {
        let new_code = new.get(row.successor_2025.as_str()).with_context(|| row.successor_2025.clone())?;
        let province_id = *ids.get(&(row.code.clone(), None)).context("province of 2020")?;
        let key = ((*new_code).to_owned(), NEW_PROVINCES);
        let successor_id = *ids.get(&key).context("province of 2025")?;
        if !stored.contains(&(province_id, successor_id)) {
            let since = NEW_PROVINCES.context("a day")?;
            added.push(province_successor::Model { province_id, successor_id, since });
        }
    }
    insert_all::<province_successor::Model>(db, added).await?;
    Ok(())
}

/// A unit as the seeds want it.
struct Wanted {
    row: unit::Model,
    aliases: BTreeSet<String>,
}

/// Adds units, their aliases and successors; says how many units were added.
pub(super) async fn units(db: &impl ConnectionTrait) -> anyhow::Result<usize> {
    let mut wanted = ministry_units()?;
    wanted.extend(departments(db).await?);
    wanted.extend(source::groups()?.iter().zip(FIRST_GROUP..).map(group));
    let stored = unit::Entity::find().all(db).await?;
    let mut ids: HashMap<String, Uuid> = stored.into_iter().map(|row| (row.code, row.id)).collect();
    let stored = unit_alias::Entity::find().all(db).await?;
    let known: HashSet<(Uuid, String)> = stored.into_iter().map(|row| (row.unit_id, row.alias)).collect();
    let (mut units, mut aliases) = (Vec::new(), Vec::new());
    for Wanted { row, aliases: spellings } in wanted {
        let unit_id = *ids.entry(row.code.clone()).or_insert_with(|| {
            let id = row.id;
            units.push(row);
            id
        });
        let missing = spellings.into_iter().filter(|alias| !known.contains(&(unit_id, alias.clone())));
        aliases.extend(missing.map(|alias| unit_alias::Model {
            id: new_id(),
            unit_id,
            alias_key: plain_key(&alias),
            alias,
        }));
    }
    let count = units.len();
    insert_all::<unit::Model>(db, units).await?;
    insert_all::<unit_alias::Model>(db, aliases).await?;
    unit_successors(db, &ids).await?;
    Ok(count)
}

fn ministry_units() -> anyhow::Result<Vec<Wanted>> {
    let rows = source::units()?;
    let wanted = rows.into_iter().zip(1..).map(|(row, sort_order)| {
        let kind = UnitKind::from_label(&row.kind).with_context(|| format!("kind of {}", row.code))?;
        let aliases = parts(&row.aliases).chain(parts(&row.short_names)).map(str::to_owned).collect();
        let row = unit::Model {
            id: new_id(),
            search_key: search_key(&row.name, &row.abbreviation, &row.code),
            code: row.code,
            name: row.name,
            abbreviation: row.abbreviation,
            kind,
            province_id: None,
            reports: row.reports == "yes",
            sort_order,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        };
        Ok(Wanted { row, aliases })
    });
    wanted.collect()
}

/// The departments of 2020, one a province; their codes are those of the provinces.
async fn departments(db: &impl ConnectionTrait) -> anyhow::Result<Vec<Wanted>> {
    let provinces = province::Entity::find().all(db).await?;
    let provinces: HashMap<String, Uuid> =
        provinces.into_iter().filter(|row| row.valid_from.is_none()).map(|row| (row.code, row.id)).collect();
    let rows = source::provinces_2020()?;
    let wanted = rows.into_iter().zip(FIRST_DEPARTMENT..).map(|(row, sort_order)| {
        let province_id = *provinces.get(&row.code).with_context(|| format!("province {}", row.code))?;
        let name = format!("Sở Thông tin và Truyền thông {} {}", row.kind, row.name);
        let abbreviation = format!("Sở TTTT {}", row.name);
        let mut aliases: BTreeSet<String> = parts(&row.aliases).map(str::to_owned).collect();
        aliases.insert(row.name.clone());
        aliases.insert(format!("{} {}", row.kind, row.name));
        aliases.insert(format!("Sở TT&TT {}", row.name));
        let row = unit::Model {
            id: new_id(),
            search_key: search_key(&name, &abbreviation, &row.code),
            code: row.code,
            name,
            abbreviation,
            kind: UnitKind::Department,
            province_id: Some(province_id),
            reports: true,
            sort_order,
            valid_from: None,
            valid_to: None,
        };
        Ok(Wanted { row, aliases })
    });
    wanted.collect()
}

fn group((row, sort_order): (&Group, i32)) -> Wanted {
    let row_of = unit::Model {
        id: new_id(),
        code: row.code.clone(),
        name: row.name.clone(),
        abbreviation: row.abbreviation.clone(),
        kind: UnitKind::Group,
        province_id: None,
        reports: false,
        sort_order,
        search_key: search_key(&row.name, &row.abbreviation, &row.code),
        valid_from: None,
        valid_to: None,
    };
    Wanted { row: row_of, aliases: parts(&row.aliases).map(str::to_owned).collect() }
}

fn search_key(name: &str, abbreviation: &str, code: &str) -> String {
    plain_key(&format!("{name} {abbreviation} {code}"))
}

/// Successors are named by code; the later unit begins the day after the earlier one ends.
async fn unit_successors(db: &impl ConnectionTrait, ids: &HashMap<String, Uuid>) -> anyhow::Result<()> {
    let stored = unit_successor::Entity::find().all(db).await?;
    let stored: HashSet<(Uuid, Uuid)> =
        stored.into_iter().map(|row| (row.unit_id, row.successor_id)).collect();
    let mut added = Vec::new();
    for row in source::units()? {
        let unit_id = *ids.get(&row.code).context("unit")?;
        for code in parts(&row.successors) {
            let successor_id = *ids.get(code).with_context(|| format!("successor {code}"))?;
            let since = row.valid_to.and_then(|day| day.succ_opt()).context("a successor without a day")?;
            if !stored.contains(&(unit_id, successor_id)) {
                added.push(unit_successor::Model { unit_id, successor_id, since });
            }
        }
    }
    insert_all::<unit_successor::Model>(db, added).await?;
    Ok(())
}
