//! The server itself: limits, time-outs, ids, counters, the end.

use std::time::{Duration, Instant};

use giaoban::domain::access::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::app::{TestApp, on_both};
use crate::support::database::Kind;

async fn sqlite() -> TestApp {
    TestApp::new(Kind::Sqlite).await.unwrap()
}

#[tokio::test]
async fn health_and_counters_need_no_token_and_every_answer_has_an_id() {
    on_both(async |app| {
        let server = app.serve().await;
        for path in ["/health/live", "/health/ready"] {
            let answer = server.client.get(format!("{}{path}", server.url)).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            assert!(!answer.headers()["x-request-id"].is_empty());
        }
        let asked =
            server.client.get(format!("{}/nowhere", server.url)).header("x-request-id", "from-proxy-7");
        let answer = asked.send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["x-request-id"]),
            (404, &"from-proxy-7".parse().unwrap())
        );
        let text =
            server.client.get(format!("{}/metrics", server.url)).send().await.unwrap().text().await.unwrap();
        for line in [r#"route="/health/live",status="200""#, r#"route="(none)",status="404""#, "# EOF"] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_id_that_could_forge_a_log_line_is_not_taken_over() {
    let app = sqlite().await;
    let server = app.serve().await;
    let long = "x".repeat(65);
    for given in ["a b", "a;b=\"c\"", long.as_str()] {
        let asked = server.client.get(format!("{}/health/live", server.url)).header("x-request-id", given);
        assert_ne!(asked.send().await.unwrap().headers()["x-request-id"], given);
    }
}

#[tokio::test]
async fn a_method_that_a_route_does_not_take_is_said_so() {
    let app = sqlite().await;
    let server = app.serve().await;
    let answer = server.client.delete(format!("{}/health/live", server.url)).send().await.unwrap();
    assert_eq!(answer.status(), 405);
    assert!(answer.text().await.unwrap().contains("INVALID_INPUT"));
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused_whether_it_says_its_length_or_not() {
    let app = sqlite().await;
    let most = app.app.config.upload.max_bytes;
    let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
    let answer = server.post("/imports?unit=38", &token).body(vec![b'x'; most + 1]).send().await.unwrap();
    assert_eq!(answer.status(), 413);
    assert!(answer.text().await.unwrap().contains("file_too_large"));

    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    let head = format!(
        "POST /imports?unit=38 HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = [b"100000\r\n".as_slice(), &vec![b'x'; 0x10_0000], b"\r\n"].concat();
    for _ in 0..=most / 0x10_0000 {
        // The server may have answered and closed already.
        if stream.write_all(&chunk).await.is_err() {
            break;
        }
    }
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_client_that_dawdles_over_its_head_is_cut_off() {
    let mut app = sqlite().await;
    let mut config = (*app.app.config).clone();
    config.server.header_timeout_seconds = 1;
    app.app.config = config.into();
    let server = app.serve().await;
    let begun = Instant::now();
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(b"GET /health/live HTTP/1.1\r\nhost: a\r\nx-slow: ").await.unwrap();
    let mut rest = Vec::new();
    let end = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
    assert!(end.is_ok(), "the connection was kept open");
    assert!(begun.elapsed() >= Duration::from_millis(900), "cut off before its time");
}

#[tokio::test]
async fn at_the_end_a_request_under_way_is_still_answered() {
    let app = sqlite().await;
    let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
    let request = server.post("/imports?unit=38", &token).body(super::files::thanh_hoa());
    let under_way = tokio::spawn(request.send());
    // Until the server has the request in its hands.
    while !app.app.metrics.text().unwrap().contains("requests_under_way 1") {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let url = server.url.clone();
    drop(server);
    assert_eq!(under_way.await.unwrap().unwrap().status(), 201);
    let again = reqwest::Client::new().get(format!("{url}/health/live")).send().await;
    assert!(again.is_err(), "nothing new is accepted");
}
