//! GraphQL over HTTP: what the specification's audits ask for, and what keeps other sites out.

use giaoban::domain::access::Role;
use giaoban::graphql::limits;
use reqwest::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::support::app::on_both;

const GRAPHQL: &str = "application/graphql-response+json";

/// A POST: Accept, Content-Type, body; and the status, Content-Type and `data` entry expected.
type Post = (&'static str, &'static str, &'static str, u16, &'static str, Option<bool>);

const POSTS: &[Post] = &[
    ("", "application/json", r#"{"query":"{__typename}"}"#, 200, "application/json", Some(true)),
    ("*/*", "application/json", r#"{"query":"{__typename}"}"#, 200, "application/json", Some(true)),
    (GRAPHQL, "application/json; charset=utf-8", r#"{"query":"{__typename}"}"#, 200, GRAPHQL, Some(true)),
    (
        GRAPHQL,
        "application/json",
        r#"{"query":"{__typename}","operationName":null}"#,
        200,
        GRAPHQL,
        Some(true),
    ),
    (
        GRAPHQL,
        "application/json",
        r#"{"query":"query A {__typename}","operationName":"A"}"#,
        200,
        GRAPHQL,
        Some(true),
    ),
    // Cannot be parsed, is not valid, lacks a variable: not executed.
    (GRAPHQL, "application/json", r#"{"query":"{"}"#, 400, GRAPHQL, Some(false)),
    (GRAPHQL, "application/json", r#"{"query":"{nothing}"}"#, 400, GRAPHQL, Some(false)),
    (
        GRAPHQL,
        "application/json",
        r#"{"query":"query($a: ID!) {__typename}","variables":{"a":null}}"#,
        400,
        GRAPHQL,
        Some(false),
    ),
    (
        GRAPHQL,
        "application/json",
        r#"{"query":"query A {__typename}","operationName":"B"}"#,
        400,
        GRAPHQL,
        Some(false),
    ),
    ("application/json", "application/json", r#"{"query":"{"}"#, 200, "application/json", Some(false)),
    (
        "application/json",
        "application/json",
        r#"{"query":"{nothing}"}"#,
        200,
        "application/json",
        Some(false),
    ),
    // Executed, with an error in a field.
    (GRAPHQL, "application/json", r#"{"query":"{unit{id}}"}"#, 200, GRAPHQL, Some(true)),
    // No GraphQL request.
    (GRAPHQL, "application/json", "{", 400, "application/json", Some(false)),
    (GRAPHQL, "application/json", "{}", 400, "application/json", Some(false)),
    (GRAPHQL, "application/json", r#"{"query":{}}"#, 400, "application/json", Some(false)),
    (
        GRAPHQL,
        "application/json",
        r#"{"query":"{__typename}","variables":1}"#,
        400,
        "application/json",
        Some(false),
    ),
    (GRAPHQL, "application/json", r#"[{"query":"{__typename}"}]"#, 400, "application/json", Some(false)),
    ("text/html", "application/json", r#"{"query":"{__typename}"}"#, 406, "application/json", Some(false)),
    // What forms of other sites can send.
    ("", "text/plain", r#"{"query":"{__typename}"}"#, 415, "application/json", Some(false)),
    ("", "application/x-www-form-urlencoded", "query=%7B__typename%7D", 415, "application/json", Some(false)),
    ("", "multipart/form-data; boundary=a", "--a--", 415, "application/json", Some(false)),
    ("", "application/json; charset=utf-16", "{}", 415, "application/json", Some(false)),
    ("", "", r#"{"query":"{__typename}"}"#, 415, "application/json", Some(false)),
];

#[tokio::test]
async fn a_post_is_answered_as_the_specification_wants() {
    on_both(async |app| {
        let server = app.serve().await;
        let token = app.token(Role::Analyst, &[]).await;
        for (accept, sent, body, status, kind, has_data) in POSTS {
            let mut request = server.post("/graphql", &token).body(*body);
            for (name, value) in [(ACCEPT, accept), (CONTENT_TYPE, sent)] {
                if !value.is_empty() {
                    request = request.header(name, *value);
                }
            }
            let case = format!("{accept} {sent} {body}");
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status().as_u16(), *status, "{case}");
            assert_eq!(answer.headers()[CONTENT_TYPE], format!("{kind}; charset=utf-8"), "{case}");
            let answer: Value = answer.json().await.unwrap();
            assert_eq!(answer.get("data").is_some(), has_data.unwrap(), "{case}: {answer}");
            if !has_data.unwrap() {
                assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{case}: {answer}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_get_may_ask_but_not_do() {
    on_both(async |app| {
        let server = app.serve().await;
        let token = app.token(Role::Admin, &[]).await;
        let get = async |query: &str| server.get(&format!("/graphql?{query}"), &token).send().await.unwrap();
        let answer = get("query=%7B__typename%7D").await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "data": { "__typename": "Query" } }));
        let with =
            "query=query(%24a%3AString)%7Bunit(code%3A%24a)%7Bcode%7D%7D&variables=%7B%22a%22%3A%2240%22%7D";
        let answer: Value = get(with).await.json().await.unwrap();
        assert_eq!(answer["data"]["unit"]["code"], "40", "{answer}");
        let answer = get("query=mutation%7B__typename%7D").await;
        assert_eq!((answer.status().as_u16(), &answer.headers()[ALLOW]), (405, &"POST".parse().unwrap()));
        assert_eq!(get("").await.status(), 400);
        assert_eq!(get("query=%7B__typename%7D&variables=%7B").await.status(), 400);
    })
    .await;
}

#[tokio::test]
async fn other_methods_large_bodies_and_strangers_are_turned_away() {
    on_both(async |app| {
        let server = app.serve().await;
        let token = app.token(Role::Admin, &[]).await;
        let url = format!("{}/graphql", server.url);
        for method in ["PUT", "DELETE", "PATCH"] {
            let request = server.client.request(method.parse().unwrap(), &url).bearer_auth(&token);
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 405, "{method}");
            assert_eq!(answer.headers()[ALLOW], "GET, POST", "{method}");
        }
        let body = json!({ "query": format!("{{__typename}} #{}", "a".repeat(limits::BODY_BYTES)) });
        let answer = server.post("/graphql", &token).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 413);
        let answer = server.client.post(&url).json(&json!({ "query": "{__typename}" })).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["www-authenticate"]),
            (401, &"Bearer".parse().unwrap())
        );
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        assert!(answer.get("data").is_none());
    })
    .await;
}

#[tokio::test]
async fn the_page_to_try_queries_needs_no_token_and_nothing_from_elsewhere() {
    on_both(async |app| {
        let server = app.serve().await;
        let answer = server.client.get(format!("{}/graphiql", server.url)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("default-src 'none'"), "{policy}");
        let text = answer.text().await.unwrap();
        assert!(text.contains("GraphQL"));
        assert!(!text.contains("https://"), "a closed network has no other servers");
    })
    .await;
}
