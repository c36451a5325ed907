//! What planning writes, through every door: nothing; and what an upload writes: what came in, and nothing else.

use giaoban::domain::access::Role;
use serde_json::{Value, json};

use super::files::thanh_hoa;
use crate::import::sheet::{changed, dump};
use crate::support::app::{Server, TestApp, on_both};

const UPLOAD: &str = "/imports?unit=38&reportedOn=2020-04-15&fileName=thanh-hoa.xlsx";

/// Tables that an upload may write: the bytes, what was read of them, and that it happened.
const OF_AN_UPLOAD: [&str; 7] =
    ["event", "event_head", "file", "import", "import_finding", "import_row", "import_sheet"];

async fn json_of(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Asks, and holds the tables before against those after.
async fn writes_nothing(app: &TestApp, what: &str, ask: impl Future<Output = Value>) -> Value {
    let before = dump(app).await;
    let answer = ask.await;
    assert_eq!(changed(&before, &dump(app).await), [""; 0], "{what}");
    answer
}

async fn commit(server: &Server, token: &str, plan: &Value) -> (u16, Value) {
    let (id, hash) = (plan["id"].as_str().unwrap(), plan["hash"].as_str().unwrap());
    json_of(server.post(&format!("/imports/{id}/commit"), token).json(&json!({ "planHash": hash }))).await
}

#[tokio::test]
async fn planning_writes_nothing_through_any_door() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        // The first use of a token is noted on it.
        server.graphql("{ viewer { name } }", &token).await;

        let before = dump(app).await;
        let (status, sent) = json_of(server.post(UPLOAD, &token).body(thanh_hoa())).await;
        assert_eq!(status, 201);
        let after = dump(app).await;
        let written = changed(&before, &after);
        assert!(written.contains(&"import_row"), "{written:?}");
        assert!(written.iter().all(|table| OF_AN_UPLOAD.contains(table)), "{written:?}");

        let id = sent["id"].as_str().unwrap().to_owned();
        let rest = async |path: String| json_of(server.get(&path, &token)).await.1;
        let query = |query: &str| query.replace("ID", &id);
        let shown = writes_nothing(app, "REST", rest(format!("/imports/{id}"))).await;
        assert_eq!(shown["hash"], sent["hash"]);
        let plan = query("{ import(id: \"ID\") { plan { hash rows(first: 100) { outcome } } } }");
        let shown = writes_nothing(app, "GraphQL", server.graphql(&plan, &token)).await;
        assert_eq!(shown["import"]["plan"]["hash"], sent["hash"]);
        writes_nothing(app, "progress", rest(format!("/imports/{id}/progress"))).await;

        assert_eq!(commit(&server, &token, &sent).await.0, 200);
        let undo = writes_nothing(app, "REST, undo", rest(format!("/imports/{id}/undo"))).await;
        assert_eq!(
            (&undo["direction"], undo["rows"].as_array().map(Vec::is_empty)),
            (&json!("undo"), Some(false))
        );
        let plan = query("{ undoPlan(import: \"ID\") { hash direction count rows { cells { part } } } }");
        let shown = writes_nothing(app, "GraphQL, undo", server.graphql(&plan, &token)).await;
        assert_eq!(shown["undoPlan"]["hash"], undo["hash"]);
    })
    .await;
}

#[tokio::test]
async fn an_import_is_undone_and_restored_over_rest_and_graphql() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let (_, sent) = json_of(server.post(UPLOAD, &token).body(thanh_hoa())).await;
        let (_, stored) = commit(&server, &token, &sent).await;
        assert_eq!(stored["outcome"], "stored");
        let named = stored["kept_out"].as_array().unwrap();
        let open = ["conflict", "ask", "error"].map(|outcome| sent["counts"][outcome].as_u64().unwrap());
        assert_eq!(named.is_empty(), open.iter().sum::<u64>() == 0, "every row that stays out is named");
        let id = sent["id"].as_str().unwrap();
        let path = format!("/imports/{id}/undo");

        let (status, stale) = json_of(server.post(&path, &token).json(&json!({ "planHash": "0123" }))).await;
        assert_eq!((status, &stale["error"]["code"]), (409, &json!("PLAN_STALE")));
        let quoted = json!({ "planHash": stale["plan"]["hash"], "reason": "gửi nhầm" });
        let (status, undone) = json_of(server.post(&path, &token).json(&quoted)).await;
        assert_eq!((status, &undone["outcome"], &undone["import"]["state"]), (200, &json!("undone"), &json!("undone")));
        let (_, again) = json_of(server.post(&path, &token).json(&quoted)).await;
        assert_eq!(again["outcome"], "repeated");

        let plan = format!("{{ undoPlan(import: \"{id}\") {{ hash direction count }} }}");
        let plan = server.graphql(&plan, &token).await;
        assert_eq!(plan["undoPlan"]["direction"], "REDO");
        let redo = format!(
            "mutation {{ redoImport(input: {{ id: \"{id}\", planHash: {} }}) {{ outcome import {{ state }} errors {{ code }} }} }}",
            plan["undoPlan"]["hash"]
        );
        let redone = server.graphql(&redo, &token).await;
        let expected = json!({ "outcome": "DONE", "import": { "state": "COMMITTED" }, "errors": [] });
        assert_eq!(redone["redoImport"], expected);

        let foreign = app.token(Role::Unit, &["40"]).await;
        for path in [path, format!("/imports/{id}/progress")] {
            assert_eq!(json_of(server.get(&path, &foreign)).await.0, 404, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn twenty_clients_with_the_same_file_at_once_store_it_once() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let client = async |number: usize| {
            let (status, sent) = json_of(server.post(UPLOAD, &token).body(thanh_hoa())).await;
            assert_eq!(status, 201, "{sent}");
            let path = format!("/imports/{}/commit", sent["id"].as_str().unwrap());
            let request = server
                .post(&path, &token)
                .header("Idempotency-Key", format!("client-{number}"))
                .json(&json!({ "planHash": sent["hash"] }));
            let (status, done) = json_of(request).await;
            assert_eq!(status, 200, "{done}");
            (done["outcome"].as_str().unwrap().to_owned(), sent["id"].clone(), done["same_as"].clone())
        };
        let all = futures_util::future::join_all((0..20).map(client)).await;
        let stored: Vec<_> = all.iter().filter(|(outcome, ..)| outcome == "stored").collect();
        assert_eq!(stored.len(), 1, "{all:?}");
        let first = &stored[0].1;
        for (outcome, _, same_as) in all.iter().filter(|(outcome, ..)| outcome != "stored") {
            assert_eq!((outcome.as_str(), same_as), ("no_change", first), "the earlier import is named");
        }
        let data = server.graphql("{ reports { totalCount } }", &token).await;
        let query = format!("{{ reports(filter: {{ imports: {first} }}) {{ totalCount }} }}");
        assert_eq!(data, server.graphql(&query, &token).await, "every report is of the one that stored");
    })
    .await;
}
