//! A past day: lists, single assignments, nested lists and statistics all tell of the same day.

use chrono::NaiveDate;
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::domain::access::Role;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::Stated;
use giaoban::domain::progress::Progress;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ask, data};
use crate::support::app::{TestApp, on_both, today};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Assignment of Cục Tin học hóa with a deadline: in progress on 10/3, completed on 20/3, confirmed on 01/4.
async fn completed_in_march(app: &TestApp) -> Uuid {
    let officer = app.caller(Role::Unit, &["THH"]).await;
    let office = app.caller(Role::Office, &[]).await;
    let query = "{ assignments(first: 1, filter: { roles: [LEAD], hasDeadline: true, due: { from: \"2020-03-25\" } }) \
        { edges { node { id } } } }";
    let found = data(app, &officer, query).await;
    let assignment =
        Uuid::parse_str(found["assignments"]["edges"][0]["node"]["id"].as_str().unwrap()).unwrap();
    for (date, progress) in [("2020-03-10", Progress::InProgress), ("2020-03-20", Progress::Completed)] {
        let stated = Stated { progress: Some(progress), ..Stated::default() };
        let wanted = RecordReport { assignment, reported_on: Some(day(date)), stated };
        record_report(&app.app, &officer, wanted).await.unwrap();
    }
    let wanted = RecordDecision {
        assignment,
        kind: DecisionKind::Confirm,
        decided_on: Some(day("2020-04-01")),
        note: None,
        transferred_to: None,
    };
    record_decision(&app.app, &office, wanted).await.unwrap();
    assignment
}

#[tokio::test]
async fn every_way_of_asking_tells_of_the_day_asked_for() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let id = completed_in_march(app).await;
        for (date, progress, standing, reported) in [
            ("2020-03-09", "NOT_STARTED", "OPEN_IN_TIME", Value::Null),
            ("2020-03-10", "IN_PROGRESS", "OPEN_IN_TIME", json!("2020-03-10")),
            ("2020-03-20", "AWAITING_CONFIRMATION", "OPEN_IN_TIME", json!("2020-03-20")),
            ("2020-04-01", "COMPLETED", "COMPLETED_ON_TIME", json!("2020-03-20")),
            ("2020-04-30", "COMPLETED", "COMPLETED_ON_TIME", json!("2020-03-20")),
        ] {
            let query = "query($id: ID!, $day: Date!) { assignment(id: $id, asOf: $day) { asOf progress standing \
                lastReportedOn task { code assignments(role: LEAD, first: 100, asOf: $day) { id progress } } } }";
            let answer = ask(app, &office, query, json!({ "id": id, "day": date })).await;
            let found = &answer["data"]["assignment"];
            let state = (&found["asOf"], &found["progress"], &found["standing"], &found["lastReportedOn"]);
            assert_eq!(state, (&json!(date), &json!(progress), &json!(standing), &reported), "{answer}");
            let nested = found["task"]["assignments"].as_array().unwrap();
            let nested = nested.iter().find(|other| other["id"] == json!(id)).unwrap();
            assert_eq!(nested["progress"], progress, "{date}");
            let task = found["task"]["code"].as_str().unwrap();
            let query = format!(
                "{{ assignments(asOf: \"{date}\", filter: {{ units: [\"THH\"], tasks: [\"{task}\"], roles: [LEAD], \
                 progress: [{progress}], standing: [{standing}] }}) {{ totalCount edges {{ node {{ id }} }} }} }}"
            );
            let list = data(app, &office, &query).await;
            assert_eq!(list["assignments"]["totalCount"], 1, "{date}");
            assert_eq!(list["assignments"]["edges"][0]["node"]["id"], json!(id), "{date}");
        }
        let before = "{ assignments(asOf: \"2019-12-31\") { totalCount } statistics(asOf: \"2019-12-31\") { totals { \
            total completedRate } } }";
        let before = data(app, &office, before).await;
        assert_eq!(before["assignments"]["totalCount"], 0);
        assert_eq!(before["statistics"]["totals"], json!({ "total": 0, "completedRate": null }));
    })
    .await;
}

#[tokio::test]
async fn statistics_count_what_the_list_shows_on_any_day() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        completed_in_march(app).await;
        for date in ["2020-03-09", "2020-03-31", "2020-04-30"] {
            let query = format!(
                "{{ statistics(asOf: \"{date}\") {{ asOf base baseLabel rows {{ unit {{ code }} figures {{ total \
                 counts {{ completedOnTime openOverdue openNoDeadline }} }} }} totals {{ total inBase completed \
                 completedRate counts {{ completedOnTime completedLate openInTime openOverdue openNoDeadline \
                 suspended withdrawn transferred }} percents {{ completedOnTime completedLate openOverdue openInTime \
                 }} }} }} }}"
            );
            let found = data(app, &office, &query).await["statistics"].take();
            assert_eq!((&found["asOf"], &found["base"]), (&json!(date), &json!("DUE")));
            let totals = &found["totals"];
            assert_eq!(totals["total"], 288);
            let sum: i64 = found["rows"].as_array().unwrap().iter().map(|row| count(&row["figures"]["total"])).sum();
            assert_eq!(sum, 288);
            for (field, standing) in [
                ("completedOnTime", "COMPLETED_ON_TIME"),
                ("completedLate", "COMPLETED_LATE"),
                ("openInTime", "OPEN_IN_TIME"),
                ("openOverdue", "OPEN_OVERDUE"),
                ("openNoDeadline", "OPEN_NO_DEADLINE"),
                ("suspended", "SUSPENDED"),
                ("withdrawn", "WITHDRAWN"),
                ("transferred", "TRANSFERRED"),
            ] {
                let query = format!(
                    "{{ assignments(asOf: \"{date}\", filter: {{ roles: [LEAD], standing: [{standing}] }}) {{ totalCount }} }}"
                );
                let listed = data(app, &office, &query).await["assignments"]["totalCount"].take();
                assert_eq!(totals["counts"][field], listed, "{date} {standing}");
            }
            let parts = ["completedOnTime", "completedLate", "openOverdue"];
            let hundredths = |part: &&str| {
                let percent = totals["percents"][*part].as_f64();
                percent.map(|percent| (percent * 100.0).round())
            };
            let together: Option<f64> = parts.iter().map(hundredths).sum();
            let base = count(&totals["inBase"]);
            assert_eq!(together, (base > 0).then_some(10_000.0), "{date}");
            assert_eq!(totals["percents"]["openInTime"], Value::Null, "outside the base");
        }
        assert_eq!(today(), day("2020-04-30"));
    })
    .await;
}

fn count(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

#[tokio::test]
async fn statistics_take_three_statements_today_and_eight_for_a_past_day() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let query = |day: &str| format!("{{ statistics{day} {{ rows {{ unit {{ code }} }} }} }}");
        let (_, today) = app.statements(data(app, &office, &query(""))).await;
        let (_, past) = app.statements(data(app, &office, &query("(asOf: \"2020-03-31\")"))).await;
        // The states (today in one statement, a past day in six), the order of the units, their names.
        assert_eq!((today.len(), past.len()), (3, 8), "{today:#?} {past:#?}");
    })
    .await;
}
