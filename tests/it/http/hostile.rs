//! Broken and hostile files at the door: each gets a coded answer or a correct reading in time, whatever the file, and the
//! server goes on answering others all the while.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use giaoban::domain::access::Role;
use giaoban::domain::refusal::Refusal;
use giaoban::import::seeded;
use giaoban::workbook::sandbox::{Reader, Settings};
use reqwest::StatusCode;
use serde_json::Value;

use super::files::thanh_hoa;
use crate::support::app::{Server, TestApp, on_both};
use crate::support::database::Kind;
use crate::workbook::hostile::{self, Case};
use crate::workbook::make::{biff, compound, workbook_stream, xlsx};

/// What an answer may take, and what a question after the server's health may take meanwhile.
const ANSWER: Duration = Duration::from_secs(5);
const HEALTH: Duration = Duration::from_secs(1);

/// Asks whether the server lives, again and again, until told to stop; gives the number of answers and the slowest.
struct Pulse {
    stop: Arc<AtomicBool>,
    asking: tokio::task::JoinHandle<(usize, Duration)>,
}

impl Pulse {
    fn of(server: &Server) -> Pulse {
        let stop = Arc::new(AtomicBool::new(false));
        let (client, url, told) =
            (server.client.clone(), format!("{}/health/live", server.url), Arc::clone(&stop));
        let asking = tokio::spawn(async move {
            let (mut answers, mut slowest) = (0, Duration::ZERO);
            while !told.load(Ordering::Relaxed) {
                let begun = Instant::now();
                assert_eq!(client.get(&url).send().await.unwrap().status(), StatusCode::OK);
                slowest = slowest.max(begun.elapsed());
                answers += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            (answers, slowest)
        });
        Pulse { stop, asking }
    }

    async fn check(self) {
        self.stop.store(true, Ordering::Relaxed);
        let (answers, slowest) = self.asking.await.unwrap();
        assert!(answers > 0 && slowest < HEALTH, "{answers} answers, the slowest after {slowest:?}");
    }
}

/// Sends a file; gives status and body.
async fn send(server: &Server, token: &str, bytes: Vec<u8>) -> (StatusCode, Value) {
    let answer = server.post("/imports?unit=38&fileName=a.xlsx", token).body(bytes).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_file_of_the_hostile_corpus_is_answered_at_the_door() {
    let app = TestApp::new(Kind::Sqlite).await.unwrap();
    let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
    let pulse = Pulse::of(&server);
    let (cases, mut wrong) = (hostile::all(), Vec::new());
    for Case(name, bytes, expected) in &cases {
        let begun = Instant::now();
        let (status, body) = send(&server, &token, bytes.clone()).await;
        let took = begun.elapsed();
        let code = body["error"]["code"].as_str().unwrap_or_default();
        // What can be read may still hold no table of tasks.
        let right = match expected {
            Err(refusal) => code == refusal.as_str(),
            Ok(()) => status == StatusCode::CREATED || code == Refusal::NoTaskTable.as_str(),
        };
        let told = status == StatusCode::CREATED
            || Refusal::parse(code).is_some_and(|refusal| body["error"]["message"] == refusal.to_string());
        if !right || !told || took > ANSWER {
            wrong.push(format!("{name}: {status} {body} after {took:?}, expected {expected:?}"));
        }
    }
    pulse.check().await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(cases.len() >= 120, "only {} cases", cases.len());
    let (status, _) = send(&server, &token, thanh_hoa()).await;
    assert_eq!(status, StatusCode::CREATED, "and a sound file is taken as ever");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_usual_mistakes_have_five_answers_of_their_own() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let whole = thanh_hoa();
        let far = xlsx(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
        let old_with_password =
            compound(&[("Workbook", &workbook_stream(0x0600, &biff(0x2F, &[0; 54]), &[]))]);
        let table: [(&str, Vec<u8>, &str, &str); 6] = [
            ("an empty file", Vec::new(), "file_empty", "Tệp rỗng"),
            ("a text named .xlsx", b"Kinh gui Bo, ...".to_vec(), "not_a_workbook", "không phải là bảng tính"),
            (
                "a workbook with a password",
                compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"y")]),
                "password_protected",
                "đặt mật khẩu",
            ),
            ("an old one with a password", old_with_password, "password_protected", "đặt mật khẩu"),
            ("half a workbook", whole[..whole.len() / 2].to_vec(), "file_truncated", "cắt cụt"),
            ("a cell at XFD1048576", far, "sheet_too_large", "quá xa"),
        ];
        let pulse = Pulse::of(&server);
        let mut sentences: BTreeMap<String, String> = BTreeMap::new();
        for (what, bytes, code, words) in table {
            let begun = Instant::now();
            let (status, body) = send(&server, &token, bytes).await;
            assert!(begun.elapsed() < ANSWER, "{what} took {:?}", begun.elapsed());
            assert_eq!(
                (status, &body["error"]["code"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &code.into()),
                "{what}"
            );
            let sentence = body["error"]["message"].as_str().unwrap_or_default();
            assert!(sentence.contains(words), "{what}: {sentence}");
            sentences.insert(sentence.to_owned(), code.to_owned());
        }
        pulse.check().await;
        assert_eq!(sentences.len(), 5, "each its own sentence: {sentences:?}");
    })
    .await;
}

/// A table about the department's own tasks with these results, one a row.
fn table_with_results(results: &[String]) -> Vec<u8> {
    let catalogue = seeded::catalogue("38").unwrap();
    let contents =
        catalogue.notices[0].tasks.iter().filter(|task| !task.is_heading).map(|task| &task.content);
    let cell = |column: char, row: usize, text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!(r#"<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
    };
    let line = |row: usize, texts: [&str; 4]| {
        let cells: String = "ABCD".chars().zip(texts).map(|(column, text)| cell(column, row, text)).collect();
        format!(r#"<row r="{row}">{cells}</row>"#)
    };
    let mut rows = line(1, ["STT", "Nội dung nhiệm vụ", "Tình trạng", "Kết quả thực hiện"]);
    for (number, (result, content)) in (1..).zip(results.iter().zip(contents)) {
        rows.push_str(&line(number + 1, [&number.to_string(), content, "Đang thực hiện", result]));
    }
    xlsx(&rows)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_that_databases_choke_on_are_stored_and_come_back() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let results: Vec<String> = [
            "NUL \0 trong ô".to_owned(),
            "NUL viết _x0000_ tắt".to_owned(),
            "nửa cặp _xD800_ thay thế".to_owned(),
            "ự".repeat(32_768),
            "không ký tự \u{FFFF} và \u{202E} ngược".to_owned(),
            "'); DROP TABLE report; -- \\ {\"a\",NULL}".to_owned(),
        ]
        .to_vec();
        let (status, plan) = send(&server, &token, table_with_results(&results)).await;
        assert_eq!(status, StatusCode::CREATED, "{plan}");
        assert_eq!(plan["counts"]["create"], results.len(), "{}", plan["counts"]);
        let commit = format!("/imports/{}/commit", plan["import"]["id"].as_str().unwrap());
        let order = serde_json::json!({ "planHash": plan["hash"] });
        let done = server.post(&commit, &token).json(&order).send().await.unwrap();
        assert_eq!(done.status(), StatusCode::OK, "{}", done.text().await.unwrap());
        let data = server.graphql("{ reports(first: 50) { edges { node { result } } } }", &token).await;
        let mut stored: Vec<&str> = data["reports"]["edges"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|edge| edge["node"]["result"].as_str())
            .collect();
        stored.sort_unstable();
        let mut expected =
            vec!["NUL trong ô".to_owned(), "NUL viết tắt".to_owned(), "nửa cặp \u{FFFD} thay thế".to_owned()];
        expected.extend(results[3..].iter().cloned());
        expected.sort_unstable();
        assert_eq!(stored, expected);
    })
    .await;
}

/// A script in place of the reading child.
fn script(folder: &Path, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join(format!("reader-{}.sh", text.len()));
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_befalls_the_reading_child_has_its_own_code_at_the_door() {
    let folder = tempfile::tempdir().unwrap();
    for (text, status, code) in [
        ("kill -ABRT $$", StatusCode::UNPROCESSABLE_ENTITY, "reader_out_of_memory"),
        ("kill -KILL $$ # short of memory", StatusCode::UNPROCESSABLE_ENTITY, "reader_out_of_memory"),
        ("kill -XCPU $$ ", StatusCode::UNPROCESSABLE_ENTITY, "reader_timeout"),
        ("exec sleep 60", StatusCode::UNPROCESSABLE_ENTITY, "reader_timeout"),
        ("kill -SEGV $$  ", StatusCode::UNPROCESSABLE_ENTITY, "file_suspicious"),
        ("exit 70", StatusCode::SERVICE_UNAVAILABLE, "reader_busy"),
    ] {
        let mut app = TestApp::new(Kind::Sqlite).await.unwrap();
        let program = Some(script(folder.path(), text));
        app.app.reader =
            Reader::new(Settings { program, wall: Duration::from_millis(300), ..Settings::default() });
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
        let (answered, body) = send(&server, &token, thanh_hoa()).await;
        assert_eq!((answered, &body["error"]["code"]), (status, &code.into()), "{text}: {body}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_files_are_read_at_once_and_the_rest_wait_or_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = TestApp::new(Kind::Sqlite).await.unwrap();
    let program = Some(script(folder.path(), "exec sleep 60"));
    app.app.reader = Reader::new(Settings {
        program,
        wait: Duration::from_millis(300),
        wall: Duration::from_secs(2),
        ..Settings::default()
    });
    let (server, token) = (app.serve().await, app.token(Role::Unit, &["38"]).await);
    let pulse = Pulse::of(&server);
    let sent: Vec<_> = (0..5)
        .map(|_| {
            let request = server.post("/imports?unit=38", &token).body(thanh_hoa());
            tokio::spawn(async move {
                let answer = request.send().await.unwrap();
                let later = answer.headers().contains_key("retry-after");
                let body: Value = answer.json().await.unwrap();
                (body["error"]["code"].as_str().unwrap_or_default().to_owned(), later)
            })
        })
        .collect();
    let mut answers: BTreeMap<(String, bool), usize> = BTreeMap::new();
    for answer in sent {
        *answers.entry(answer.await.unwrap()).or_default() += 1;
    }
    pulse.check().await;
    let expected = [(("reader_busy".to_owned(), true), 3), (("reader_timeout".to_owned(), false), 2)];
    assert_eq!(answers, BTreeMap::from(expected));
    // What was not read for want of a turn is not kept: nothing is wrong with it.
    let data = server.graphql("{ imports { totalCount } }", &token).await;
    assert_eq!(data["imports"]["totalCount"], 2);
}
