//! Files that cannot be read, and arguments that are wrong: each its own clear answer, and the server goes on.

use std::time::{Duration, Instant};

use giaoban::domain::access::Role;
use serde_json::{Value, json};

use super::files::thanh_hoa;
use crate::support::app::on_both;

#[tokio::test]
async fn every_hostile_file_gets_its_own_answer_while_the_server_lives() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let mut truncated = thanh_hoa();
        truncated.truncate(truncated.len() / 2);
        for (what, bytes, code) in [
            ("an empty file", Vec::new(), "file_empty"),
            ("a text named .xlsx", b"Kinh gui Bo, ...".to_vec(), "not_a_workbook"),
            ("half a workbook", truncated, "file_truncated"),
        ] {
            let begun = Instant::now();
            let sent =
                tokio::spawn(server.post("/imports?unit=38&fileName=a.xlsx", &token).body(bytes).send());
            let alive = server.client.get(format!("{}/health/live", server.url)).send().await.unwrap();
            assert_eq!(alive.status(), 200, "beside {what}");
            let answer = sent.await.unwrap().unwrap();
            assert_eq!(answer.status(), 422, "{what}");
            let answer: Value = answer.json().await.unwrap();
            assert_eq!(answer["error"]["code"], code, "{what}: {answer}");
            assert!(
                answer["error"]["message"].as_str().is_some_and(|text| text.len() > 20),
                "{what}: {answer}"
            );
            assert!(begun.elapsed() < Duration::from_secs(5), "{what} took {:?}", begun.elapsed());
        }
        // The refused files are kept, with their refusals, and nothing of them counts.
        let data = server.graphql("{ imports { totalCount } reports { totalCount } }", &token).await;
        assert_eq!((&data["imports"]["totalCount"], &data["reports"]["totalCount"]), (&3.into(), &0.into()));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_argument_is_named() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        for (path, status, code) in [
            ("/imports", 400, "INVALID_INPUT"),
            ("/imports?unit=38&reportedOn=hom-qua", 400, "INVALID_INPUT"),
            ("/imports?unit=38&reportedOn=2020-05-01", 400, "INVALID_INPUT"),
            ("/imports?unit=38&nothing=1", 400, "INVALID_INPUT"),
        ] {
            let answer = server.post(path, &token).body(thanh_hoa()).send().await.unwrap();
            assert_eq!(answer.status(), status, "{path}");
            let answer: Value = answer.json().await.unwrap();
            assert_eq!(answer["error"]["code"], code, "{path}: {answer}");
        }
        for path in ["/exports/consolidated.xlsx?asOf=2020-05-01", "/exports/consolidated.xlsx?base=none"] {
            assert_eq!(server.get(path, &token).send().await.unwrap().status(), 400, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_control_character_is_refused_at_every_door_alike_on_both_databases() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let id = uuid::Uuid::now_v7();
        let undo = server.post(&format!("/imports/{id}/undo"), &token);
        let search = "query($text: String) { tasks(filter: { search: $text }) { totalCount } }";
        let literal = r#"{ tasks(filter: { search: "a\u0000" }) { totalCount } }"#;
        let graphql = |body: Value| server.post("/graphql", &token).json(&body);
        for (what, request) in [
            ("query of an address", server.post("/imports?unit=%00", &token).body(thanh_hoa())),
            ("path", server.get("/imports/%01", &token)),
            ("JSON", undo.json(&json!({ "planHash": "x", "reason": "a\u{0}b" }))),
            ("variable", graphql(json!({ "query": search, "variables": { "text": "a\u{0}" } }))),
            ("literal", graphql(json!({ "query": literal }))),
        ] {
            let answer: Value = request.send().await.unwrap().json().await.unwrap();
            let code = match &answer["error"]["code"] {
                Value::Null => &answer["errors"][0]["extensions"]["code"],
                code => code,
            };
            assert_eq!(code, "INVALID_INPUT", "{what}: {answer}");
            assert!(answer.to_string().contains("ký tự điều khiển"), "{what}: {answer}");
        }
        let lines = json!({ "query": search, "variables": { "text": "hai\ndòng\tvà một" } });
        let answer: Value = graphql(lines).send().await.unwrap().json().await.unwrap();
        assert!(!answer.to_string().contains("ký tự điều khiển"), "tabs and line breaks are text: {answer}");
    })
    .await;
}
