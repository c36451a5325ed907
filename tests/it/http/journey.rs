//! The way that a department goes with curl alone: send, look, commit, send again, ask, download.

use giaoban::domain::access::Role;
use serde_json::{Value, json};

use super::files::thanh_hoa;
use crate::support::app::{Server, on_both};

const UPLOAD: &str = "/imports?unit=38&reportedOn=2020-04-15&fileName=thanh-hoa.xlsx";

/// Sends the workbook of Thanh Hoá and gives the answer.
async fn upload(server: &Server, token: &str) -> Value {
    let answer = server.post(UPLOAD, token).body(thanh_hoa()).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    answer.json().await.unwrap()
}

async fn commit(server: &Server, token: &str, id: &str, hash: &str) -> (u16, Value) {
    let request = server.post(&format!("/imports/{id}/commit"), token).json(&json!({ "planHash": hash }));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("no {path} in {value}"))
}

fn count(value: &Value, outcome: &str) -> u64 {
    value["counts"][outcome].as_u64().unwrap_or_else(|| panic!("no count {outcome} in {}", value["counts"]))
}

#[tokio::test]
async fn a_sheet_is_sent_looked_at_committed_and_known_the_second_time() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);

        let plan = upload(&server, &token).await;
        let (id, hash) = (text(&plan, "/import/id").to_owned(), text(&plan, "/hash").to_owned());
        let created = count(&plan, "create");
        assert!(created > 0, "{}", plan["counts"]);
        assert_eq!(text(&plan, "/import/state"), "planned");
        assert_eq!(text(&plan, "/import/reported_on"), "2020-04-15");

        let shown: Value =
            server.get(&format!("/imports/{id}"), &token).send().await.unwrap().json().await.unwrap();
        assert_eq!(text(&shown, "/hash"), hash);

        let (status, stale) = commit(&server, &token, &id, "0123").await;
        assert_eq!((status, text(&stale, "/error/code")), (409, "PLAN_STALE"));
        assert_eq!(text(&stale, "/plan/hash"), hash);

        let (status, done) = commit(&server, &token, &id, &hash).await;
        assert_eq!((status, text(&done, "/outcome")), (200, "stored"));
        assert_eq!((text(&done, "/import/state"), count(&done, "create")), ("committed", created));

        let (status, again) = commit(&server, &token, &id, &hash).await;
        assert_eq!((status, text(&again, "/outcome")), (200, "repeated"), "a double click is harmless");

        let second = upload(&server, &token).await;
        assert_eq!((count(&second, "create"), count(&second, "no_change")), (0, created));
        assert_eq!(text(&second, "/same_as"), id);
        let (status, nothing) =
            commit(&server, &token, text(&second, "/import/id"), text(&second, "/hash")).await;
        assert_eq!((status, text(&nothing, "/outcome")), (200, "no_change"));

        let original = server.get(&format!("/imports/{id}/original"), &token).send().await.unwrap();
        assert!(original.headers()["content-disposition"].to_str().unwrap().contains("thanh-hoa.xlsx"));
        assert_eq!(original.bytes().await.unwrap(), thanh_hoa(), "the sender's bytes are kept");
    })
    .await;
}

#[tokio::test]
async fn what_was_committed_is_in_the_answers_and_in_both_workbooks() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let reported = async || {
            let data = server.graphql("{ reports { totalCount } }", &token).await;
            data["reports"]["totalCount"].as_u64().unwrap()
        };
        assert_eq!(reported().await, 0);
        let plan = upload(&server, &token).await;
        commit(&server, &token, text(&plan, "/import/id"), text(&plan, "/hash")).await;
        assert_eq!(reported().await, count(&plan, "create"));

        for path in ["/exports/sheet.xlsx?unit=38", "/exports/consolidated.xlsx?asOf=2020-04-30&base=all"] {
            let answer = server.get(path, &token).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            assert!(answer.headers()["content-type"].to_str().unwrap().ends_with("spreadsheetml.sheet"));
            let bytes = answer.bytes().await.unwrap();
            assert!(bytes.starts_with(b"PK"), "{path} is no workbook");
        }
        let sheet =
            server.get("/exports/sheet.xlsx?unit=38", &token).send().await.unwrap().bytes().await.unwrap();
        let answer = server.post("/imports?unit=38", &token).body(sheet).send().await.unwrap();
        let back: Value = answer.json().await.unwrap();
        for outcome in ["create", "conflict", "ask", "error"] {
            assert_eq!(
                count(&back, outcome),
                0,
                "our own sheet comes back with no change: {}",
                back["counts"]
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_discarded_import_cannot_be_committed() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let plan = upload(&server, &token).await;
        let (id, hash) = (text(&plan, "/import/id"), text(&plan, "/hash"));
        let answer = server.post(&format!("/imports/{id}/discard"), &token).send().await.unwrap();
        let discarded: Value = answer.json().await.unwrap();
        assert_eq!(text(&discarded, "/import/state"), "discarded");
        let (status, refused) = commit(&server, &token, id, hash).await;
        assert_eq!((status, text(&refused, "/error/code")), (409, "IMPORT_STATE"));
        let shown = server.get(&format!("/imports/{id}"), &token).send().await.unwrap();
        assert_eq!(shown.status(), 200);
    })
    .await;
}
