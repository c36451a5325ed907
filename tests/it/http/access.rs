//! No token, no data; and what belongs to others looks like what does not exist.

use giaoban::domain::access::Role;
use serde_json::{Value, json};

use super::files::thanh_hoa;
use crate::support::app::on_both;

/// Every route that tells of data.
const ROUTES: &[(&str, &str)] = &[
    ("POST", "/imports?unit=38"),
    ("GET", "/imports/ID"),
    ("GET", "/imports/ID/original"),
    ("POST", "/imports/ID/commit"),
    ("POST", "/imports/ID/discard"),
    ("POST", "/imports/ID/answers"),
    ("GET", "/exports/sheet.xlsx?unit=38"),
    ("GET", "/exports/consolidated.xlsx"),
    ("POST", "/graphql"),
];

#[tokio::test]
async fn without_a_valid_token_every_route_answers_unauthenticated() {
    on_both(async |app| {
        let server = app.serve().await;
        let id = uuid::Uuid::now_v7().to_string();
        for (method, path) in ROUTES {
            for token in [None, Some("gb_0123"), Some("nothing of ours")] {
                let url = format!("{}{}", server.url, path.replace("ID", &id));
                let mut request = server.client.request(method.parse().unwrap(), &url).json(&json!({}));
                if let Some(token) = token {
                    request = request.bearer_auth(token);
                }
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status(), 401, "{method} {path} with {token:?}");
                assert_eq!(answer.headers()["www-authenticate"], "Bearer", "{method} {path}");
                let text = answer.text().await.unwrap();
                assert!(text.contains("UNAUTHENTICATED"), "{method} {path}: {text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_departments_token_gets_the_answer_for_what_does_not_exist() {
    on_both(async |app| {
        let server = app.serve().await;
        let (owner, other) = (app.token(Role::Unit, &["38"]).await, app.token(Role::Unit, &["40"]).await);
        let answer = server.post("/imports?unit=38", &owner).body(thanh_hoa()).send().await.unwrap();
        let plan: Value = answer.json().await.unwrap();
        let theirs = plan["import"]["id"].as_str().unwrap().to_owned();
        let absent = uuid::Uuid::now_v7().to_string();
        let body = json!({ "planHash": plan["hash"] });
        let answer = async |method: &str, path: &str| {
            let url = format!("{}{path}", server.url);
            let request = server.client.request(method.parse().unwrap(), &url).bearer_auth(&other);
            let answer = request.json(&body).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        for (method, path) in [
            ("GET", "/imports/ID"),
            ("GET", "/imports/ID/original"),
            ("POST", "/imports/ID/commit"),
            ("POST", "/imports/ID/discard"),
        ] {
            let hidden = answer(method, &path.replace("ID", &theirs)).await;
            assert_eq!(hidden.0, 404, "{method} {path}");
            for nothing in [absent.as_str(), "no-id-at-all"] {
                assert_eq!(hidden, answer(method, &path.replace("ID", nothing)).await, "{method} {path}");
            }
        }
        for path in ["/imports?unit=UNIT", "/exports/sheet.xlsx?unit=UNIT"] {
            let method = if path.starts_with("/imports") { "POST" } else { "GET" };
            let hidden = answer(method, &path.replace("UNIT", "38")).await;
            assert_eq!(hidden.0, 404, "{path}");
            assert_eq!(hidden, answer(method, &path.replace("UNIT", "ZZ9")).await, "{path}");
        }
        let data = server.graphql("{ imports { totalCount } }", &other).await;
        assert_eq!(data["imports"]["totalCount"], 0);
    })
    .await;
}

#[tokio::test]
async fn those_who_only_read_may_not_send() {
    on_both(async |app| {
        let server = app.serve().await;
        for role in [Role::Analyst, Role::Leader] {
            let token = app.token(role, &[]).await;
            let answer = server.post("/imports?unit=38", &token).body(thanh_hoa()).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{role}");
            let answer = server.get("/exports/consolidated.xlsx", &token).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{role}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_revoked_token_ends_at_once() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Office, &[]).await);
        let path = "/exports/sheet.xlsx?unit=38";
        assert_eq!(server.get(path, &token).send().await.unwrap().status(), 200);
        let admin = giaoban::domain::access::Caller::local("test");
        giaoban::actions::revoke_token::revoke_token(&app.app, &admin, "test-office").await.unwrap();
        assert_eq!(server.get(path, &token).send().await.unwrap().status(), 401);
    })
    .await;
}
