//! Lists: pages, filters, orders, counts; and how many statements they take.

use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::domain::access::{Caller, Role};
use giaoban::domain::history::Stated;
use giaoban::domain::progress::Progress;
use serde_json::Value;
use uuid::Uuid;

use super::{ask, data};
use crate::support::app::{TestApp, on_both};

async fn total(app: &TestApp, caller: &Caller, filter: &str) -> i64 {
    let query = format!("{{ assignments(filter: {{ {filter} }}) {{ totalCount }} }}");
    data(app, caller, &query).await["assignments"]["totalCount"].as_i64().unwrap()
}

/// The ids of a whole list, page by page, forwards or backwards.
async fn walk(app: &TestApp, caller: &Caller, arguments: &str, forwards: bool) -> Vec<String> {
    let (size, cursor, more, at) = if forwards {
        ("first", "after", "hasNextPage", "endCursor")
    } else {
        ("last", "before", "hasPreviousPage", "startCursor")
    };
    let mut ids = Vec::new();
    let mut place = Value::Null;
    loop {
        let query = format!(
            "query($c: String) {{ assignments({arguments} {size}: 70, {cursor}: $c) {{ edges {{ node {{ id }} }} \
             pageInfo {{ {more} {at} }} }} }}"
        );
        let answer = ask(app, caller, &query, serde_json::json!({ "c": place })).await;
        let page = &answer["data"]["assignments"];
        let found = page["edges"].as_array().unwrap().iter();
        let found: Vec<String> = found.map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect();
        if forwards {
            ids.extend(found);
        } else {
            ids.splice(0..0, found);
        }
        if page["pageInfo"][more] == false {
            return ids;
        }
        place = page["pageInfo"][at].clone();
    }
}

#[tokio::test]
async fn walking_a_list_from_either_end_shows_every_row_once_in_the_same_order() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        for field in ["TASK", "UNIT", "DUE", "LAST_REPORTED"] {
            for direction in ["ASCENDING", "DESCENDING"] {
                let order = format!(
                    "orderBy: {{ field: {field}, direction: {direction} }}, filter: {{ roles: LEAD }},"
                );
                let ids = walk(app, &office, &order, true).await;
                assert_eq!(ids.len(), 288, "{order}");
                let mut unique = ids.clone();
                unique.sort();
                unique.dedup();
                assert_eq!(unique.len(), 288, "{order}");
                assert_eq!(walk(app, &office, &order, false).await, ids, "{order}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn filters_find_what_users_look_for() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let all = total(app, &office, "").await;
        assert_eq!(total(app, &office, "roles: [LEAD]").await, 288);
        assert_eq!(
            total(app, &office, "roles: [LEAD], hasDeadline: true").await
                + total(app, &office, "roles: [LEAD], hasDeadline: false").await,
            288
        );
        let nghe_an = total(app, &office, "units: [\"40\"]").await;
        assert!(nghe_an > 0 && nghe_an < all);
        let id = app.unit("40").await;
        assert_eq!(total(app, &office, &format!("units: [\"{id}\"]")).await, nghe_an);
        assert_eq!(total(app, &office, "units: [\"40\", \"nowhere\"]").await, nghe_an);
        assert_eq!(total(app, &office, "units: [\"nowhere\"]").await, 0);
        assert_eq!(total(app, &office, "notices: [\"nothing\"]").await, 0);
        assert!(total(app, &office, "fields: [\"iii\"]").await > 0);
        assert!(total(app, &office, "tasks: [\"III.1-5\"], roles: [LEAD]").await > 0);
        assert_eq!(total(app, &office, "reported: true").await, 0);
        assert_eq!(total(app, &office, "text: \"khong co tu nay dau\"").await, 0);
        let words = total(app, &office, "text: \"BAO CAO\"").await;
        assert!(words > 0 && words < all);
        assert_eq!(total(app, &office, "text: \"báo cáo\"").await, words);
        let parts =
            ["COMPLETED_ON_TIME", "COMPLETED_LATE", "OPEN_IN_TIME", "OPEN_OVERDUE", "OPEN_NO_DEADLINE"];
        let mut sum = 0;
        for part in parts {
            sum += total(app, &office, &format!("standing: [{part}]")).await;
        }
        assert_eq!(sum, all);
    })
    .await;
}

/// Everything about an assignment, as the page of a clerk would ask it.
const EVERYTHING: &str = "{
    assignments(first: SIZE, filter: { roles: [LEAD] }) {
      edges { cursor node {
        id role progress percent completedOn dueOn standing daysOverdue result difficulties proposals note stateEvent
        unit { code name province { name } aliases successors { code } assignments(first: 3) { id } }
        task {
          code content deadline { raw due officialText } field { name notice { title } } notice { title }
          parent { code } children { code } resembles { code } assignments(role: LEAD, first: 5) { unit { code } }
        }
        reports(first: 5) { id retracted unit { code } provenance { recordedBy fileSha256 import { fileName } } }
        lastReport { id } provenance { place } decisions { kind } deadlineChanges { newDue }
      } }
    }
  }";

/// What the query of everything may send: 37 on an idle machine, however many rows there are.
const MOST_STATEMENTS: usize = 45;

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_rows() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        report_everything_of(app, "38").await;
        report_everything_of(app, "40").await;
        let mut counts = Vec::new();
        for size in [1, 10, 100] {
            let query = EVERYTHING.replace("SIZE", &size.to_string());
            let (found, statements) = app.statements(data(app, &office, &query)).await;
            assert_eq!(found["assignments"]["edges"].as_array().unwrap().len(), size);
            counts.push(statements.len());
        }
        // A page of one row may need less: it has no parent, no report. On a busy machine a batch may go out in two; what
        // depends on the rows would send a hundred more.
        assert!(counts.iter().all(|count| *count <= MOST_STATEMENTS), "{counts:?}");
        let (_, past) = app
            .statements(data(app, &office, &EVERYTHING.replace("SIZE", "100, asOf: \"2020-04-01\"")))
            .await;
        assert!(past.len() <= MOST_STATEMENTS + 5, "{} {counts:?}", past.len());
        for list in ["tasks", "units", "reports"] {
            let mut counts = Vec::new();
            for size in [5, 20, 60] {
                let query = format!("{{ {list}(first: {size}) {{ edges {{ node {{ id }} }} }} }}");
                counts.push(app.statements(data(app, &office, &query)).await.1.len());
            }
            assert_eq!(counts, [1, 1, 1], "{list}");
        }
        let counted = "{ tasks { totalCount edges { node { id } } } }";
        assert_eq!(app.statements(data(app, &office, counted)).await.1.len(), 2, "counted only when asked");
    })
    .await;
}

/// A report about every assignment of a unit.
async fn report_everything_of(app: &TestApp, code: &str) {
    let officer = app.caller(Role::Unit, &[code]).await;
    let query = "{ assignments(first: 100) { edges { node { id } } } }";
    let found = data(app, &officer, query).await;
    for edge in found["assignments"]["edges"].as_array().unwrap() {
        let assignment = Uuid::parse_str(edge["node"]["id"].as_str().unwrap()).unwrap();
        let stated = Stated { progress: Some(Progress::InProgress), ..Stated::default() };
        let wanted = RecordReport { assignment, reported_on: None, stated };
        record_report(&app.app, &officer, wanted).await.unwrap();
    }
}

#[tokio::test]
async fn everything_can_be_found_again_by_its_id() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        report_everything_of(app, "40").await;
        let lists = "{ notices(first: 1) { edges { node { id fields { id } } } } units(first: 1) { edges { node { id } } } \
            tasks(first: 1) { edges { node { id } } } assignments(first: 1) { edges { node { id } } } \
            reports(first: 1) { edges { node { id } } } }";
        let found = data(app, &office, lists).await;
        let first = |list: &str| found[list]["edges"][0]["node"]["id"].as_str().unwrap().to_owned();
        let field = found["notices"]["edges"][0]["node"]["fields"][0]["id"].as_str().unwrap().to_owned();
        for (kind, id) in [
            ("Notice", first("notices")),
            ("Unit", first("units")),
            ("Task", first("tasks")),
            ("Assignment", first("assignments")),
            ("Report", first("reports")),
            ("Field", field),
        ] {
            let query = format!("{{ node(id: \"{id}\") {{ __typename id }} }}");
            let node = data(app, &office, &query).await["node"].take();
            assert_eq!(node, serde_json::json!({ "__typename": kind, "id": id }));
        }
        for nothing in [Uuid::now_v7().to_string(), "no id".to_owned()] {
            let query = format!("{{ node(id: \"{nothing}\") {{ id }} }}");
            assert_eq!(data(app, &office, &query).await["node"], Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn a_unit_is_found_by_whatever_people_call_it_and_a_task_by_its_code() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        for name in ["40", "sở thông tin và truyền thông tỉnh nghệ an"] {
            let query = format!("{{ unit(code: \"{name}\") {{ code }} }}");
            assert_eq!(data(app, &office, &query).await["unit"]["code"], "40", "{name}");
        }
        assert_eq!(data(app, &office, "{ unit(code: \"nowhere\") { code } }").await["unit"], Value::Null);
        let query = "{ task(code: \"III.1-5\") { code deadline { raw due } field { numeral } } }";
        assert_eq!(data(app, &office, query).await["task"]["field"]["numeral"], "III");
        assert_eq!(super::code(app, &office, "{ unit { code } }").await, "INVALID_INPUT");
    })
    .await;
}
