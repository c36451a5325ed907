//! The catalogue from the embedded seeds: the founding notice as one unit sees it. For `giaoban read`, which needs no
//! database, and for tests.

use chrono::NaiveDate;
use serde::Deserialize;

use super::catalogue::{AssignmentRole, Catalogue, KnownNotice, KnownTask, Sender};
use super::hints::Hints;
use super::vocabulary::places::Place;
use super::vocabulary::{records, words};

const NOTICE: &str = include_str!("../../seeds/notices/2020-q1.json");

#[derive(Deserialize)]
struct NoticeFile {
    notice: NoticeHead,
    tasks: Vec<TaskEntry>,
}

#[derive(Deserialize)]
struct NoticeHead {
    meeting_date: NaiveDate,
}

#[derive(Deserialize)]
struct TaskEntry {
    id: String,
    parent: Option<String>,
    is_heading: bool,
    content: String,
    lead_unit: Lead,
    coordinating_units: Vec<Coordinating>,
    coordinates_all_departments: bool,
    names_province: Option<String>,
    deadline: DeadlineEntry,
    resembles: Vec<String>,
}

#[derive(Deserialize)]
struct Lead {
    name: String,
    fan_out: bool,
}

#[derive(Deserialize)]
struct Coordinating {
    name: String,
    is_group: bool,
}

#[derive(Deserialize)]
struct DeadlineEntry {
    raw: Option<String>,
    date: Option<NaiveDate>,
}

/// The catalogue for a sender: a province code of 2020 (`40`) or the abbreviation or name of a ministry unit (`THH`).
/// None when there is no such unit.
pub fn catalogue(code: &str) -> Option<Catalogue> {
    let sender = sender(code)?;
    let file: NoticeFile = serde_json::from_str(NOTICE).ok()?;
    let tasks = file.tasks.into_iter().map(|entry| known(entry, &sender)).collect();
    let notices = vec![KnownNotice { date: file.notice.meeting_date, tasks }];
    Some(Catalogue { notices, sender, hints: Hints::default() })
}

fn sender(code: &str) -> Option<Sender> {
    if let Some(place) = Place::by_code(code) {
        let name = format!("Sở Thông tin và Truyền thông {}", place.name());
        return Some(Sender { code: code.to_owned(), name, province: Some(place.name().to_owned()) });
    }
    let wanted = words(code);
    let unit = records(include_str!("../../seeds/units.csv")).find(|record| {
        let names =
            [0, 1, 3, 4].iter().filter_map(|index| record.get(*index)).flat_map(|field| field.split('|'));
        names.filter(|name| !name.is_empty()).any(|name| words(name) == wanted)
    })?;
    let [code, name] = [0, 1].map(|index| unit.get(index).unwrap_or_default().to_owned());
    Some(Sender { code, name, province: None })
}

fn known(entry: TaskEntry, sender: &Sender) -> KnownTask {
    let named = |name: &str| words(name) == words(&sender.name);
    let department = sender.province.is_some();
    let coordinates = department
        && (entry.coordinates_all_departments
            || entry.names_province.as_deref() == Some(sender.code.as_str()))
        || entry.coordinating_units.iter().any(|unit| !unit.is_group && named(&unit.name));
    let role = match () {
        () if department && entry.lead_unit.fan_out || named(&entry.lead_unit.name) => AssignmentRole::Lead,
        () if coordinates => AssignmentRole::Coordinating,
        () => AssignmentRole::Other,
    };
    KnownTask {
        id: None,
        code: entry.id,
        parent: entry.parent,
        is_heading: entry.is_heading,
        content: entry.content.into(),
        due: entry.deadline.date,
        deadline_raw: entry.deadline.raw,
        lead_unit: entry.lead_unit.name,
        resembles: entry.resembles,
        role,
    }
}
