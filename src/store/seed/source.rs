//! The files of `seeds/` that are compiled in, as rows.

use anyhow::Context;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A line of `provinces_2020.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct Province2020 {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) egov_code: String,
    pub(super) aliases: String,
    pub(super) successor_2025: String,
}

/// A line of `provinces_2025.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct Province2025 {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: String,
}

/// A line of `units.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct Unit {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) abbreviation: String,
    pub(super) kind: String,
    pub(super) aliases: String,
    pub(super) short_names: String,
    pub(super) reports: String,
    pub(super) valid_from: Option<NaiveDate>,
    pub(super) valid_to: Option<NaiveDate>,
    pub(super) successors: String,
}

/// A line of `unit_groups.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) abbreviation: String,
    pub(super) aliases: String,
}

/// A notice with its tasks (`notices/*.json`).
#[derive(Debug, Deserialize)]
pub(super) struct NoticeFile {
    pub(super) notice: Notice,
    pub(super) tasks: Vec<Task>,
}

/// The head of a notice.
#[derive(Debug, Deserialize)]
pub(super) struct Notice {
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) issuer: String,
    pub(super) number: Option<String>,
    pub(super) issued: Option<NaiveDate>,
    pub(super) meeting_date: NaiveDate,
    pub(super) quarter: String,
    pub(super) signer: Option<String>,
    pub(super) signer_role: Option<String>,
}

/// An entry of a notice.
#[derive(Debug, Deserialize)]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) order: i32,
    pub(super) section: Section,
    pub(super) unit: Heading,
    pub(super) parent: Option<String>,
    pub(super) is_heading: bool,
    pub(super) content: String,
    pub(super) source_text: String,
    pub(super) lead_unit: Lead,
    pub(super) coordinating_units: Vec<Coordinating>,
    pub(super) coordinates_all_departments: bool,
    pub(super) names_province: Option<String>,
    pub(super) deadline: Deadline,
    pub(super) resembles: Vec<String>,
}

/// The section an entry stands in: its field of work.
#[derive(Debug, Deserialize)]
pub(super) struct Section {
    pub(super) numeral: String,
    pub(super) name: String,
}

/// The unit under whose heading an entry stands, as written.
#[derive(Debug, Deserialize)]
pub(super) struct Heading {
    pub(super) as_written: String,
}

/// Who leads.
#[derive(Debug, Deserialize)]
pub(super) struct Lead {
    pub(super) name: String,
    /// Every department leads its own assignment.
    pub(super) fan_out: bool,
}

/// Who coordinates.
#[derive(Debug, Deserialize)]
pub(super) struct Coordinating {
    pub(super) name: String,
    pub(super) as_written: String,
    pub(super) is_group: bool,
}

/// When it is due.
#[derive(Debug, Deserialize)]
pub(super) struct Deadline {
    pub(super) raw: Option<String>,
    pub(super) date: Option<NaiveDate>,
    pub(super) precision: String,
    pub(super) best_effort: bool,
}

pub(super) fn provinces_2020() -> anyhow::Result<Vec<Province2020>> {
    table("provinces_2020.csv", include_str!("../../../seeds/provinces_2020.csv"))
}

pub(super) fn provinces_2025() -> anyhow::Result<Vec<Province2025>> {
    table("provinces_2025.csv", include_str!("../../../seeds/provinces_2025.csv"))
}

pub(super) fn units() -> anyhow::Result<Vec<Unit>> {
    table("units.csv", include_str!("../../../seeds/units.csv"))
}

pub(super) fn groups() -> anyhow::Result<Vec<Group>> {
    table("unit_groups.csv", include_str!("../../../seeds/unit_groups.csv"))
}

/// The notices with their texts.
pub(super) fn notices() -> anyhow::Result<Vec<(NoticeFile, &'static str)>> {
    let files = [(
        include_str!("../../../seeds/notices/2020-q1.json"),
        include_str!("../../../seeds/notices/2020-q1.txt"),
    )];
    let parse = |(json, text)| Ok((serde_json::from_str(json).context("seeds/notices")?, text));
    files.into_iter().map(parse).collect()
}

fn table<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<Vec<T>> {
    let rows: Result<Vec<T>, csv::Error> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect();
    rows.with_context(|| format!("seeds/{name}"))
}

/// The parts of a cell that holds several, without the empty ones.
pub(super) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}
