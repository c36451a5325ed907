//! A commit that is watched and stopped: over REST, over GraphQL, and as a stream of server-sent events.

use std::time::Duration;

use giaoban::domain::access::{Role, Scope};
use giaoban::store;
use reqwest::header::ACCEPT;
use serde_json::{Value, json};

use super::files::thanh_hoa;
use crate::support::app::{Server, TestApp, on_both};

async fn json_of(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Uploads, and gives the id and the hash of the plan.
async fn planned(server: &Server, token: &str) -> (String, String) {
    let (_, sent) =
        json_of(server.post("/imports?unit=38&reportedOn=2020-04-15", token).body(thanh_hoa())).await;
    (sent["id"].as_str().unwrap().to_owned(), sent["hash"].as_str().unwrap().to_owned())
}

fn commit(server: &Server, token: &str, (id, hash): &(String, String)) -> reqwest::RequestBuilder {
    server.post(&format!("/imports/{id}/commit"), token).json(&json!({ "planHash": hash }))
}

fn subscribe(server: &Server, token: &str, id: &str) -> reqwest::RequestBuilder {
    let query = format!("subscription {{ importProgress(id: \"{id}\") {{ phase percent rows rowsDone }} }}");
    server.post("/graphql", token).header(ACCEPT, "text/event-stream").json(&json!({ "query": query }))
}

/// The data of every `next` event until `complete`.
async fn events(mut answer: reqwest::Response) -> Vec<Value> {
    let mut text = String::new();
    while let Some(bytes) = answer.chunk().await.unwrap() {
        text.push_str(std::str::from_utf8(&bytes).unwrap());
    }
    let mut blocks: Vec<&str> = text.split("\n\n").filter(|block| block.starts_with("event:")).collect();
    let last = blocks.pop().unwrap_or_default();
    assert!(last.starts_with("event: complete"), "{text}");
    blocks
        .into_iter()
        .map(|block| {
            let data = block.strip_prefix("event: next\ndata: ").unwrap_or_else(|| panic!("{block}"));
            serde_json::from_str(data).unwrap()
        })
        .collect()
}

async fn reports(app: &TestApp) -> u64 {
    store::report::count(app.app.database.reader(), &Scope::All, &Default::default()).await.unwrap()
}

/// Waits until the commit of the import is in this phase.
async fn until(server: &Server, token: &str, id: &str, phase: &str) {
    for _ in 0..500 {
        let (_, progress) = json_of(server.get(&format!("/imports/{id}/progress"), token)).await;
        if progress["phase"] == phase {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never {phase}");
}

#[tokio::test]
async fn a_stopped_commit_stores_nothing_and_the_import_still_waits() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let import = planned(&server, &token).await;
        let cancel = format!("/imports/{}/cancel", import.0);
        let (status, refused) = json_of(server.post(&cancel, &token)).await;
        assert_eq!(
            (status, &refused["error"]["code"]),
            (409, &json!("IMPORT_STATE")),
            "nothing runs here yet"
        );

        // The first use of a token is noted, which is a write, so it comes before the lock.
        let foreign = app.token(Role::Unit, &["40"]).await;
        assert_eq!(json_of(server.post(&cancel, &foreign)).await.0, 404);
        // Somebody else writes; the commit has to wait, so it can be stopped for certain.
        let other = app.app.database.begin().await.unwrap();
        let _log = giaoban::events::lock(&other, &app.caller(Role::Admin, &[]).await, app.app.clock.now())
            .await
            .unwrap();
        let request = commit(&server, &token, &import);
        let waiting = tokio::spawn(json_of(request));
        until(&server, &token, &import.0, "waiting").await;
        assert_eq!(json_of(server.post(&cancel, &foreign)).await.0, 404);
        let (status, stopped) = json_of(server.post(&cancel, &token)).await;
        assert_eq!((status, &stopped["outcome"]), (200, &json!("cancelled")), "{stopped}");
        other.rollback().await.unwrap();
        let (status, answer) = waiting.await.unwrap();
        assert_eq!((status, &answer["error"]["code"]), (409, &json!("CANCELLED")));
        assert_eq!(reports(app).await, 0);

        let (_, shown) = json_of(server.get(&format!("/imports/{}", import.0), &token)).await;
        assert_eq!((&shown["import"]["state"], &shown["hash"]), (&json!("planned"), &json!(import.1)));
        let (status, done) = json_of(commit(&server, &token, &import)).await;
        assert_eq!((status, &done["outcome"]), (200, &json!("stored")));
        let mutation = format!("mutation {{ cancelImport(id: \"{}\") {{ errors {{ code }} }} }}", import.0);
        let late = server.graphql(&mutation, &token).await;
        assert_eq!(late["cancelImport"]["errors"][0]["code"], "IMPORT_STATE", "it is stored");
    })
    .await;
}

#[tokio::test]
async fn who_stops_a_commit_that_was_clicked_twice_has_stopped_it() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let import = planned(&server, &token).await;
        let other = app.app.database.begin().await.unwrap();
        let _log = giaoban::events::lock(&other, &app.caller(Role::Admin, &[]).await, app.app.clock.now())
            .await
            .unwrap();
        let both: Vec<_> = (0..2).map(|_| tokio::spawn(json_of(commit(&server, &token, &import)))).collect();
        until(&server, &token, &import.0, "waiting").await;
        // Nothing tells that the second one waits as well.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let (status, stopped) = json_of(server.post(&format!("/imports/{}/cancel", import.0), &token)).await;
        assert_eq!((status, &stopped["outcome"]), (200, &json!("cancelled")), "{stopped}");
        other.rollback().await.unwrap();
        for waiting in both {
            let (status, answer) = waiting.await.unwrap();
            assert_eq!((status, &answer["error"]["code"]), (409, &json!("CANCELLED")), "{answer}");
        }
        assert_eq!(reports(app).await, 0, "what was called stopped is not stored");
        let (_, done) = json_of(commit(&server, &token, &import)).await;
        assert_eq!(done["outcome"], "stored", "whoever asks again is another one");
    })
    .await;
}

#[tokio::test]
async fn a_commit_is_watched_from_before_its_start_to_its_end() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let import = planned(&server, &token).await;
        let answer = subscribe(&server, &token, &import.0).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
        let watching = tokio::spawn(events(answer));
        let (_, done) = json_of(commit(&server, &token, &import)).await;
        assert_eq!(done["outcome"], "stored");
        let told = watching.await.unwrap();
        let progress = |event: &Value| event["data"]["importProgress"].clone();
        let order = ["IDLE", "WAITING", "PLANNING", "WRITING", "FINISHING", "DONE"];
        let phases: Vec<usize> = told
            .iter()
            .map(|event| {
                let phase = progress(event)["phase"].clone();
                order.iter().position(|known| phase == *known).unwrap_or_else(|| panic!("{event}"))
            })
            .collect();
        assert!(phases.is_sorted(), "{told:?}");
        let last = progress(told.last().unwrap());
        assert_eq!((&last["phase"], &last["percent"]), (&json!("DONE"), &json!(100)));
        assert_eq!(
            (&last["rows"], &last["rowsDone"]),
            (&done["counts"]["create"], &done["counts"]["create"])
        );

        let after = events(subscribe(&server, &token, &import.0).send().await.unwrap()).await;
        assert_eq!(after.len(), 1, "what is over is told once: {after:?}");
    })
    .await;
}

#[tokio::test]
async fn a_stream_shows_what_the_caller_may_see_and_only_as_a_stream() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let import = planned(&server, &token).await;
        let foreign = app.token(Role::Unit, &["40"]).await;
        let told = events(subscribe(&server, &foreign, &import.0).send().await.unwrap()).await;
        assert_eq!((told.len(), &told[0]["errors"][0]["extensions"]["code"]), (1, &json!("NOT_FOUND")));

        let nobody =
            server.client.post(format!("{}/graphql", server.url)).header(ACCEPT, "text/event-stream");
        let answer = nobody.json(&json!({ "query": "{ viewer { name } }" })).send().await.unwrap();
        assert_eq!(answer.status(), 401);

        let query = format!("subscription {{ importProgress(id: \"{}\") {{ phase }} }}", import.0);
        let (_, plain) = json_of(server.post("/graphql", &token).json(&json!({ "query": query }))).await;
        assert_eq!(plain["errors"][0]["extensions"]["code"], "INVALID_INPUT", "{plain}");

        let question = server.post("/graphql", &token).header(ACCEPT, "text/event-stream");
        let told = question.json(&json!({ "query": "{ viewer { seesAllUnits } }" })).send().await.unwrap();
        assert_eq!(events(told).await, [json!({ "data": { "viewer": { "seesAllUnits": false } } })]);
    })
    .await;
}
