//! Over HTTP, as two people would compare them: the totals of the downloaded workbook and those that GraphQL answers.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use giaoban::domain::access::Role;
use serde_json::{Value, json};

use super::files::demo;
use crate::support::app::{Server, on_both};

const FIGURES: &str = "figures { total inBase counts { completedOnTime completedLate openInTime openOverdue openNoDeadline \
                       suspended withdrawn transferred } percents { completedOnTime completedLate openInTime openOverdue \
                       openNoDeadline } }";

/// The standings in the order of the columns of the summary.
const STANDINGS: [&str; 8] = [
    "completedOnTime",
    "completedLate",
    "openInTime",
    "openOverdue",
    "openNoDeadline",
    "suspended",
    "withdrawn",
    "transferred",
];

async fn take_in(server: &Server, token: &str, file: &str, unit: &str) {
    let upload = server.post(&format!("/imports?unit={unit}&reportedOn=2020-04-15&fileName={file}"), token);
    let sent: Value = upload.body(demo(file)).send().await.unwrap().json().await.unwrap();
    let path = format!("/imports/{}/commit", sent["import"]["id"].as_str().unwrap());
    let commit = server.post(&path, token).json(&json!({ "planHash": sent["hash"] }));
    assert_eq!(commit.send().await.unwrap().status(), 200, "{file}");
}

/// A row of figures as the summary prints it: total, counts, the base, and the percents that are printed.
fn row(figures: &Value, printed: &[&str]) -> Vec<String> {
    let text = |value: &Value| value.as_f64().map_or("-".to_owned(), |number| format!("{number:.2}"));
    let counts = STANDINGS.iter().map(|standing| text(&figures["counts"][standing]));
    let percents = printed.iter().map(|standing| text(&figures["percents"][standing]));
    [text(&figures["total"])]
        .into_iter()
        .chain(counts)
        .chain([text(&figures["inBase"])])
        .chain(percents)
        .collect()
}

#[tokio::test]
async fn the_workbook_and_the_statistics_agree_to_the_digit_in_every_row() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Office, &[]).await);
        for (file, unit) in [("thanh-hoa.xlsx", "38"), ("cuc-tin-hoc-hoa.xlsx", "THH"), ("gia-lai.xls", "64")] {
            take_in(&server, &token, file, unit).await;
        }
        for (base, name, printed) in [
            ("due", "DUE", &["completedOnTime", "completedLate", "openOverdue"][..]),
            ("all", "ALL", &["completedOnTime", "completedLate", "openInTime", "openOverdue", "openNoDeadline"][..]),
        ] {
            let query = format!(
                "{{ statistics(asOf: \"2020-04-20\", base: {name}) {{ totals {{ {} }} rows {{ unit {{ name }} {FIGURES} }} }} }}",
                FIGURES.trim_start_matches("figures {").trim_end_matches('}')
            );
            let told = server.graphql(&query, &token).await;
            let path = format!("/exports/consolidated.xlsx?asOf=2020-04-20&base={base}");
            let bytes = server.get(&path, &token).send().await.unwrap().bytes().await.unwrap();
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
            let sheet = book.worksheet_range("Tổng hợp").unwrap();
            let cells = |row: u32| -> Vec<String> {
                (2..u32::try_from(12 + printed.len()).unwrap())
                    .map(|column| match sheet.get_value((row, column)) {
                        Some(Data::Float(number)) => format!("{number:.2}"),
                        other => other.map_or(String::new(), ToString::to_string),
                    })
                    .collect()
            };
            let mut rows: Vec<Vec<String>> = Vec::new();
            let mut total = None;
            for at in 0..u32::try_from(sheet.height()).unwrap() {
                let is_unit = matches!(sheet.get_value((at, 0)), Some(Data::Float(_)));
                match sheet.get_value((at, 1)) {
                    Some(Data::String(name)) if name == "Tổng cộng" => total = Some(cells(at)),
                    Some(Data::String(_)) if is_unit => rows.push(cells(at)),
                    _ => {}
                }
            }
            assert_eq!(total, Some(row(&told["statistics"]["totals"], printed)), "{base}");
            let mut wanted: Vec<Vec<String>> = told["statistics"]["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|told| row(&told["figures"], printed))
                .collect();
            // Units without a lead assignment stand in the workbook only, with nothing.
            rows.retain(|row| row[0] != "0.00");
            wanted.retain(|row| row[0] != "0.00");
            assert_eq!(rows, wanted, "{base}");
        }
    })
    .await;
}
