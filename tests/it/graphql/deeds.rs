//! Mutations: the same verbs as at every other door; refusals in the payload.

use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::domain::access::{Caller, Role};
use serde_json::{Value, json};

use super::{ask, data};
use crate::support::app::{TestApp, on_both};

/// Thanh Hóa's workbook, sent but not committed.
async fn sent(app: &TestApp, caller: &Caller) -> Uploaded {
    let bytes = include_bytes!("../../../seeds/demo/thanh-hoa.xlsx").to_vec();
    let upload =
        Upload { unit: "38".into(), file_name: Some("thanh-hoa.xlsx".into()), bytes, reported_on: None };
    upload_import(&app.app, caller, upload).await.unwrap()
}

async fn first_assignment(app: &TestApp, caller: &Caller) -> String {
    let query =
        "{ assignments(first: 1, filter: { units: [\"38\"], roles: [LEAD] }) { edges { node { id } } } }";
    let found = data(app, caller, query).await;
    found["assignments"]["edges"][0]["node"]["id"].as_str().unwrap().to_owned()
}

const RECORD: &str = "mutation($input: RecordReportInput!) { recordReport(input: $input) { \
    report { progress percent result cleared retracted provenance { recordedBy place import { id } } } \
    assignment { progress percent result note completedOn standing } errors { code message field } } }";

async fn record(app: &TestApp, caller: &Caller, input: Value) -> Value {
    let mut answer = ask(app, caller, RECORD, json!({ "input": input })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["recordReport"].take()
}

#[tokio::test]
async fn a_report_shows_at_once_and_a_blank_keeps() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["38"]).await;
        let id = first_assignment(app, &officer).await;
        let first = json!({ "assignment": id, "progress": "IN_PROGRESS", "percent": 65.5, "result": "Đã khảo sát",
            "note": "Chờ kinh phí", "reportedOn": "2020-04-01" });
        let payload = record(app, &officer, first).await;
        assert_eq!(payload["errors"], json!([]));
        assert_eq!(payload["report"]["provenance"]["recordedBy"], officer.name);
        assert_eq!(payload["assignment"]["percent"], 65.5);
        let second = json!({ "assignment": id, "progress": "COMPLETED", "clear": ["NOTE"], "reportedOn": "2020-04-20" });
        let payload = record(app, &officer, second).await;
        assert_eq!(payload["report"]["cleared"], json!(["NOTE"]));
        let state = &payload["assignment"];
        assert_eq!(
            (&state["progress"], &state["percent"], &state["result"], &state["note"], &state["completedOn"]),
            (&json!("AWAITING_CONFIRMATION"), &json!(65.5), &json!("Đã khảo sát"), &Value::Null, &json!("2020-04-20"))
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_report_may_not_say_is_refused_in_the_payload_with_the_argument_to_blame() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["38"]).await;
        let id = first_assignment(app, &officer).await;
        let none = uuid::Uuid::now_v7().to_string();
        for (input, code, field) in [
            (json!({ "assignment": id }), "INVALID_INPUT", json!("stated")),
            (json!({ "assignment": id, "percent": 100.5 }), "INVALID_INPUT", json!("percent")),
            (json!({ "assignment": id, "progress": "SUSPENDED" }), "INVALID_INPUT", json!("progress")),
            (
                json!({ "assignment": id, "result": "x", "reportedOn": "2020-05-01" }),
                "INVALID_INPUT",
                json!("reportedOn"),
            ),
            (json!({ "assignment": id, "completedOn": "2020-04-01" }), "INVALID_INPUT", json!("completedOn")),
            (json!({ "assignment": none, "result": "x" }), "NOT_FOUND", json!("assignment")),
            (json!({ "assignment": "no id", "result": "x" }), "NOT_FOUND", json!("assignment")),
        ] {
            let payload = record(app, &officer, input.clone()).await;
            assert_eq!(payload["report"], Value::Null, "{input}");
            let error = &payload["errors"][0];
            assert_eq!((&error["code"], &error["field"]), (&json!(code), &field), "{input}");
            assert!(error["message"].as_str().unwrap().ends_with('.'), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_office_confirms_and_extends_and_a_second_mutation_sees_what_the_first_did() {
    on_both(async |app| {
        let office = app.caller(Role::Office, &[]).await;
        let officer = app.caller(Role::Unit, &["38"]).await;
        let id = first_assignment(app, &officer).await;
        let done = json!({ "assignment": id, "progress": "COMPLETED", "reportedOn": "2020-04-20" });
        record(app, &officer, done).await;
        let query = "mutation($a: RecordDecisionInput!, $b: RecordDecisionInput!, $c: ExtendDeadlineInput!) {
            a: recordDecision(input: $a) { decision { kind decidedBy } assignment { progress decisions { kind } }
                errors { code } }
            b: recordDecision(input: $b) { assignment { progress decisions { kind } } errors { code field } }
            again: recordDecision(input: $b) { decision { id } errors { code field } }
            c: extendDeadline(input: $c) { deadlineChange { newDue } assignment { dueOn deadlineChanges { reason } }
                errors { code } }
        }";
        let variables = json!({
            "a": { "assignment": id, "kind": "CONFIRM" },
            "b": { "assignment": id, "kind": "RETURN", "note": "Thiếu báo cáo" },
            "c": { "assignment": id, "newDue": "2020-06-30", "reason": "Theo đề nghị" },
        });
        let answer = ask(app, &office, query, variables.clone()).await;
        let found = &answer["data"];
        assert_eq!(found["a"]["assignment"]["progress"], "COMPLETED", "{answer}");
        assert_eq!(found["b"]["assignment"]["progress"], "IN_PROGRESS");
        assert_eq!(found["b"]["assignment"]["decisions"], json!([{ "kind": "CONFIRM" }, { "kind": "RETURN" }]));
        assert_eq!(found["again"]["errors"], json!([{ "code": "INVALID_INPUT", "field": "kind" }]));
        assert_eq!(found["c"]["assignment"]["dueOn"], "2020-06-30");
        assert_eq!(found["c"]["assignment"]["deadlineChanges"], json!([{ "reason": "Theo đề nghị" }]));
        let refused = ask(app, &officer, query, variables).await;
        assert_eq!(refused["data"]["a"]["errors"], json!([{ "code": "FORBIDDEN" }]), "{refused}");
    })
    .await;
}

const COMMIT: &str = "mutation($input: CommitImportInput!) { commitImport(input: $input) { outcome \
    import { state committedBy counts { outcome count } } plan { hash } earlier errors { code field } } }";

#[tokio::test]
async fn an_import_is_committed_by_the_hash_of_the_plan_that_was_seen_and_leads_back_to_its_cells() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["38"]).await;
        let sent = sent(app, &officer).await;
        let id = sent.import.id.to_string();
        let query = format!(
            "{{ import(id: \"{id}\") {{ state fileName unit {{ code }} rows(first: 5) {{ sheet row kind outcome }} \
             findings {{ code severity sentence }} plan {{ hash counts {{ outcome count }} \
             rows(first: 2, outcomes: [CREATE]) {{ sheet rowNumber taskCode task {{ code }} outcome \
             cells {{ part cell choice theirs stored }} }} }} }} }}"
        );
        let found = data(app, &officer, &query).await["import"].take();
        assert_eq!((&found["state"], &found["unit"]["code"]), (&json!("PLANNED"), &json!("38")));
        assert_eq!(found["plan"]["hash"], sent.plan.hash);
        let row = &found["plan"]["rows"][0];
        assert_eq!((&row["outcome"], &row["taskCode"]), (&json!("CREATE"), &row["task"]["code"]));
        let commit = async |hash: &str| {
            let answer = ask(app, &officer, COMMIT, json!({ "input": { "id": id, "planHash": hash } })).await;
            answer["data"]["commitImport"].clone()
        };
        let stale = commit("another").await;
        assert_eq!(stale["outcome"], "STALE");
        assert_eq!(stale["plan"]["hash"], sent.plan.hash);
        assert_eq!(stale["errors"], json!([{ "code": "PLAN_STALE", "field": "planHash" }]));
        let stored = commit(&sent.plan.hash).await;
        assert_eq!((&stored["outcome"], &stored["import"]["state"]), (&json!("STORED"), &json!("COMMITTED")));
        assert_eq!(commit(&sent.plan.hash).await["outcome"], "REPEATED");
        let query = format!(
            "{{ reports(filter: {{ imports: [\"{id}\"] }}, first: 10) {{ totalCount edges {{ node {{ provenance {{ \
             place fileSha256 import {{ id plan {{ hash }} }} }} assignment {{ provenance {{ fileSha256 }} }} }} }} }} }}"
        );
        let reports = data(app, &officer, &query).await["reports"].take();
        let created = stored["import"]["counts"].as_array().unwrap().iter();
        let created = created.filter(|count| count["outcome"] == "CREATE").map(|count| &count["count"]).next();
        assert_eq!(Some(&reports["totalCount"]), created);
        let provenance = &reports["edges"][0]["node"]["provenance"];
        assert_eq!(provenance["fileSha256"], sent.import.file_sha256);
        assert!(provenance["place"].as_str().unwrap().contains('!'), "{provenance}");
        assert_eq!(provenance["import"]["plan"], Value::Null, "what is committed has no plan any more");
        let again = self::sent(app, &officer).await;
        let input = json!({ "id": again.import.id, "planHash": again.plan.hash });
        let answer = ask(app, &officer, COMMIT, json!({ "input": input })).await;
        assert_eq!(answer["data"]["commitImport"]["outcome"], "NO_CHANGE", "{answer}");
        assert_eq!(answer["data"]["commitImport"]["earlier"], id);
    })
    .await;
}

#[tokio::test]
async fn what_is_discarded_can_not_be_committed() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["38"]).await;
        let sent = sent(app, &officer).await;
        let query = format!(
            "mutation {{ discardImport(id: \"{}\") {{ import {{ state plan {{ hash }} }} errors {{ code }} }} }}",
            sent.import.id
        );
        let found = data(app, &officer, &query).await["discardImport"].take();
        assert_eq!(found, json!({ "import": { "state": "DISCARDED", "plan": null }, "errors": [] }));
        let input = json!({ "id": sent.import.id, "planHash": sent.plan.hash });
        let answer = ask(app, &officer, COMMIT, json!({ "input": input })).await;
        assert_eq!(answer["data"]["commitImport"]["errors"][0]["code"], "IMPORT_STATE", "{answer}");
    })
    .await;
}
