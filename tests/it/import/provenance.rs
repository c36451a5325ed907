//! Every figure leads back to the cell that it was read from: the file is taken out of the store and read again.

use std::collections::{BTreeMap, HashMap};

use giaoban::actions::commit_import::{CommitImport, commit_import};
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::actions::upload_import::{Upload, upload_import};
use giaoban::domain::access::{Caller, Role};
use giaoban::domain::date;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::Stated;
use giaoban::domain::legacy_text::{Encoding, convert};
use giaoban::domain::text::tidy;
use giaoban::import::vocabulary::statuses;
use giaoban::sheet::cell::{Cell, Sheet, Value as CellValue, Workbook, cell_name};
use serde_json::Value;

use super::sheet::{assignment_of, send_lines};
use crate::graphql::ask::data;
use crate::support::app::{Server, TestApp, on_both};

const FILES: [(&str, &str); 9] = [
    ("cuc-tin-hoc-hoa.xlsx", "THH"),
    ("cuc-an-toan-thong-tin.xlsx", "ATTT"),
    ("van-phong-bo.xlsx", "VP"),
    ("bac-ninh.xlsx", "27"),
    ("thanh-hoa.xlsx", "38"),
    ("quang-nam.xlsx", "49"),
    ("gia-lai.xls", "64"),
    ("hai-duong.xlsx", "30"),
    ("kien-giang.ods", "91"),
];

const FIELDS: &str = "part value stated fileSha256 fileName sheet cell uploadedBy committedBy recordedBy confirmedBy \
                      import { id } decision previous { value sheet cell fileSha256 recordedBy import { id } }";

async fn commit(app: &TestApp, office: &Caller, id: uuid::Uuid, hash: &str) {
    let wanted = CommitImport { id, plan_hash: hash.to_owned(), ..CommitImport::default() };
    commit_import(&app.app, office, wanted).await.unwrap();
}

async fn take_in(app: &TestApp, office: &Caller, (file, unit): (&str, &str)) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo").join(file);
    let bytes = std::fs::read(path).unwrap();
    let upload = Upload { unit: unit.into(), file_name: Some(file.into()), bytes, reported_on: None };
    let sent = upload_import(&app.app, office, upload).await.unwrap();
    commit(app, office, sent.import.id, &sent.plan.hash).await;
}

/// The sources of every current value of every assignment.
async fn sources(app: &TestApp, caller: &Caller) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let query = format!(
            "{{ assignments(first: 50{after}) {{ pageInfo {{ hasNextPage endCursor }} edges {{ node {{ provenance {{ {FIELDS} }} }} }} }} }}"
        );
        let found = data(app, caller, &query).await;
        let page = &found["assignments"];
        let edges = page["edges"].as_array().unwrap().iter();
        all.extend(edges.flat_map(|edge| edge["node"]["provenance"].as_array().unwrap().clone()));
        if page["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
}

/// Originals, downloaded and read once each.
struct Originals<'a> {
    app: &'a TestApp,
    server: Server,
    token: String,
    read: HashMap<String, Workbook>,
}

impl Originals<'_> {
    async fn workbook(&mut self, source: &Value) -> &Workbook {
        let id = source["import"]["id"].as_str().unwrap().to_owned();
        if !self.read.contains_key(&id) {
            let path = format!("/imports/{id}/original");
            let bytes = self.server.get(&path, &self.token).send().await.unwrap().bytes().await.unwrap();
            let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
            let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(source["fileSha256"], Value::from(hash));
            let workbook = self.app.app.reader.read(bytes.to_vec()).await.unwrap();
            self.read.insert(id.clone(), workbook);
        }
        &self.read[&id]
    }
}

fn cell<'a>(workbook: &'a Workbook, source: &Value) -> (&'a Sheet, &'a Cell) {
    let (name, place) = (source["sheet"].as_str().unwrap(), source["cell"].as_str().unwrap());
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == name);
    let sheet = sheet.unwrap_or_else(|| panic!("no sheet of {source}"));
    let found = sheet
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)))
        .find(|(row, cell)| cell_name(*row, cell.column) == place);
    (sheet, found.unwrap_or_else(|| panic!("an empty cell: {source}")).1)
}

/// Whether the cell says this value of this part.
fn says(workbook: &Workbook, (sheet, cell): (&Sheet, &Cell), part: &str, value: &str) -> bool {
    let text = match &cell.value {
        // One of the files is in the old Vietnamese fonts; the store holds its words in Unicode.
        CellValue::Text(text) if sheet.fonts[usize::from(cell.font)].starts_with(".Vn") => {
            tidy(&convert(text, Encoding::Tcvn3, false))
        }
        CellValue::Text(text) => tidy(text),
        CellValue::Number(number) => number.to_string(),
        CellValue::DateTime(moment) => date::official(moment.date()),
        CellValue::Empty | CellValue::Bool(_) | CellValue::Error(_) => return false,
    };
    match part {
        "PROGRESS" => {
            let word = statuses::understand(&text).and_then(|words| words.status);
            let word = word.and_then(giaoban::import::claim::stated_progress);
            let is_mark = text.chars().count() <= 2;
            let done = ["Chờ xác nhận", "Đã hoàn thành"];
            is_mark
                || word.is_some_and(|word| {
                    word.label() == value || done.contains(&word.label()) == done.contains(&value)
                })
        }
        "PERCENT" => {
            let wanted: f64 = value.trim_end_matches('%').replace(',', ".").parse().unwrap();
            match &cell.value {
                CellValue::Number(number) => {
                    let is_fraction = sheet.format_of(cell).contains('%') || *number <= 1.0;
                    (if is_fraction { number * 100.0 } else { *number } - wanted).abs() < 0.006
                }
                _ => text.replace(',', ".").contains(value.trim_end_matches('%').replace(',', ".").as_str()),
            }
        }
        "COMPLETED_ON" => {
            let day = match &cell.value {
                CellValue::Number(serial) => date::from_serial(*serial, workbook.date_1904),
                _ => date::find(&text),
            };
            day.map(date::official).as_deref() == Some(value)
        }
        // The results of several rows are joined; the cell is that of the first.
        _ => tidy(value).starts_with(&text) || tidy(value).contains(&text),
    }
}

#[tokio::test]
async fn provenance_leads_to_the_very_cell_of_the_stored_bytes() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        for file in FILES {
            take_in(app, &office, file).await;
        }
        let sources = sources(app, &office).await;
        let mut from_files: Vec<&Value> = sources
            .iter()
            .filter(|source| source["stated"] == true && source["import"] != Value::Null)
            .collect();
        assert!(from_files.len() >= 100, "{}", from_files.len());
        // A hundred by chance; the seed tells which.
        let seed = u64::from(std::process::id());
        from_files.sort_by_key(|source| {
            let text = format!("{seed}{source}");
            text.bytes().fold(seed, |sum, byte| sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte))
        });
        let (server, token) = (app.serve().await, app.token(Role::Office, &[]).await);
        let mut originals = Originals { app, server, token, read: HashMap::new() };
        let mut parts: BTreeMap<String, usize> = BTreeMap::new();
        for source in from_files.into_iter().take(100) {
            for person in ["uploadedBy", "committedBy", "recordedBy"] {
                assert_eq!(source[person], "test-office", "{source}");
            }
            let workbook = originals.workbook(source).await;
            let (part, value) = (source["part"].as_str().unwrap(), source["value"].as_str().unwrap());
            let found = cell(workbook, source);
            assert!(says(workbook, found, part, value), "seed {seed}: {:?} is not {source}", found.1.value);
            *parts.entry(part.to_owned()).or_default() += 1;
        }
        assert!(parts.len() >= 3, "{parts:?}");
    })
    .await;
}

#[tokio::test]
async fn a_value_tells_its_whole_way_typed_in_confirmed_and_what_was_before() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let lines = [("VII.4-1", "Đang thực hiện", "50", "Đã gỡ 12 bài", "giữ")];
        let sent = send_lines(app, "Quý I", &lines).await;
        commit(app, &office, sent.import.id, &sent.plan.hash).await;
        let assignment = assignment_of(app, "40", "VII.4-1").await.unwrap();
        let stated = Stated {
            progress: Some(giaoban::domain::progress::Progress::Completed),
            result: Some("Xong".into()),
            ..Stated::default()
        };
        let report = RecordReport { assignment: assignment.id, reported_on: None, stated };
        record_report(&app.app, &office, report).await.unwrap();
        let decision = RecordDecision {
            assignment: assignment.id,
            kind: DecisionKind::Confirm,
            decided_on: None,
            note: None,
            transferred_to: None,
        };
        record_decision(&app.app, &office, decision).await.unwrap();

        let query = format!("{{ assignment(id: \"{}\") {{ provenance {{ {FIELDS} }} lastReport {{ provenance {{ values {{ {FIELDS} }} }} }} }} }}", assignment.id);
        let found = data(app, &office, &query).await;
        let of = |part: &str| {
            let all = found["assignment"]["provenance"].as_array().unwrap().iter();
            all.clone().find(|source| source["part"] == part).unwrap_or_else(|| panic!("{part} in {found}")).clone()
        };
        let note = of("NOTE");
        assert_eq!((&note["sheet"], &note["cell"]), (&"Phụ lục".into(), &"H5".into()), "the older file, not the last report");
        assert_eq!(note["confirmedBy"], "test-office");
        let result = of("RESULT");
        assert_eq!((&result["import"], &result["cell"]), (&Value::Null, &Value::Null), "typed in, no file");
        assert_eq!((&result["previous"]["value"], &result["previous"]["cell"]), (&"Đã gỡ 12 bài".into(), &"G5".into()));
        let progress = of("PROGRESS");
        assert_eq!((&progress["value"], &progress["decision"]), (&"Đã hoàn thành".into(), &"CONFIRM".into()));
        assert_eq!(progress["previous"]["value"], "Chờ xác nhận");
        let day = of("COMPLETED_ON");
        assert_eq!(day["stated"], false, "it follows from the day of the report");
        let last = found["assignment"]["lastReport"]["provenance"]["values"].as_array().unwrap();
        let parts: Vec<&str> = last.iter().map(|source| source["part"].as_str().unwrap()).collect();
        assert_eq!(parts, ["PROGRESS", "RESULT"]);
        assert_eq!(last[0]["previous"]["value"], "Đang thực hiện");
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_what_is_traced() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        take_in(app, &office, FILES[4]).await;
        let mut counts = Vec::new();
        for size in [20, 100] {
            let query = format!("{{ assignments(first: {size}, filter: {{ roles: [LEAD] }}) {{ edges {{ node {{ provenance {{ part cell previous {{ cell }} }} }} }} }} }}");
            counts.push(app.statements(data(app, &office, &query)).await.1.len());
        }
        assert!(counts[1] <= 13, "{counts:?}");
    })
    .await;
}
