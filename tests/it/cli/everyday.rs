//! The commands of every day, on both databases.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use super::program::{demo_file, place, program, run, run_on};
use crate::support::app::on_both;
use crate::support::database::{Content, Kind, TestDatabase, on_both_databases};

fn count(plan: &Value, outcome: &str) -> u64 {
    plan["counts"][outcome].as_u64().unwrap_or_else(|| panic!("no count {outcome}: {plan}"))
}

#[tokio::test]
async fn import_shows_then_commits_what_was_shown_then_has_nothing_to_do() {
    on_both(async |app| {
        let file = demo_file("thanh-hoa.xlsx");
        let import = ["import", &file, "--unit", "38", "--reported-on", "2020-04-15", "--json"];
        let shown = run_on(app.database(), &import).well().json();
        for outcome in ["create", "no_change", "conflict", "ask", "error"] {
            count(&shown, outcome);
        }
        let created = count(&shown, "create");
        assert!(created > 0 && shown["import"]["state"] == "planned", "{shown}");

        let hash = shown["hash"].as_str().unwrap();
        let committing: Vec<&str> = import.iter().copied().chain(["--commit", hash]).collect();
        let stored = run_on(app.database(), &committing).well().json();
        assert_eq!((&stored["outcome"], count(&stored, "create")), (&"stored".into(), created));

        let again: Vec<&str> = import.iter().copied().chain(["--yes"]).collect();
        let again = run_on(app.database(), &again).well().json();
        assert_eq!((&again["outcome"], count(&again, "no_change")), (&"no_change".into(), created));
    })
    .await;
}

#[tokio::test]
async fn an_exported_sheet_comes_back_with_no_change_and_the_consolidated_workbook_is_written() {
    on_both(async |app| {
        let folder = app.database().folder().to_owned();
        let sheet = folder.join("38.xlsx").display().to_string();
        let file = demo_file("thanh-hoa.xlsx");
        run_on(app.database(), &["import", &file, "--unit", "38", "--yes"]).well();
        run_on(app.database(), &["export", "sheet", "--unit", "38", "-o", &sheet]).well();
        let back = run_on(app.database(), &["import", &sheet, "--unit", "38", "--json"]).well().json();
        for outcome in ["create", "conflict", "ask", "error"] {
            assert_eq!(count(&back, outcome), 0, "{outcome}: {}", back["counts"]);
        }
        let book = folder.join("tong-hop.xlsx").display().to_string();
        let export = ["export", "consolidated", "-o", &book, "--as-of", "30/6/2020"];
        assert!(run_on(app.database(), &export).well().out.contains("30/6/2020"));
        assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
    })
    .await;
}

#[tokio::test]
async fn a_database_is_migrated_seeded_and_taken_back() {
    on_both_databases(Content::Nothing, async |fresh| {
        let applied = || {
            let steps = run_on(fresh, &["migrate", "status", "--json"]).well().json();
            steps.as_array().unwrap().iter().filter(|step| step["applied"] == true).count()
        };
        assert_eq!(applied(), 0);
        run_on(fresh, &["migrate", "up"]).well();
        let all = applied();
        assert!(all > 5, "{all}");
        assert!(run_on(fresh, &["seed"]).well().out.contains("4"), "the founding notice is laid in");
        let second = run_on(fresh, &["seed"]).well();
        let added = second.out.lines().skip(2).filter_map(|line| line.split_whitespace().last());
        assert!(added.clone().count() == 5 && added.clone().all(|count| count == "0"), "{}", second.out);
        run_on(fresh, &["migrate", "down"]).well();
        assert_eq!(applied(), all - 1);
        run_on(fresh, &["migrate", "down", "--steps", "99"]).well();
        assert_eq!(applied(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_lacks_steps_is_not_worked_on() {
    let Some(fresh) = TestDatabase::new(Kind::Postgres, Content::Nothing).await else { return };
    let ran = run_on(&fresh, &["token", "new", "--role", "office"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("giaoban migrate up"), "{ran:?}");
    fresh.remove().await;
}

#[tokio::test]
async fn tokens_and_users_are_made_and_ended() {
    on_both(async |app| {
        let on = |arguments: &[&str]| run_on(app.database(), arguments);
        let made = on(&["token", "new", "--role", "unit", "--unit", "40", "--json"]).well().json();
        let (token, id) = (made["token"].as_str().unwrap(), made["id"].as_str().unwrap());
        assert!(token.starts_with("gb_") && token.len() == 67, "{made}");
        let server = app.serve().await;
        let asks = async || server.get("/exports/sheet.xlsx?unit=40", token).send().await.unwrap().status();
        // The program's clock is the machine's, the test's stands in 2020: still valid.
        assert_eq!(asks().await, 200);
        on(&["token", "revoke", id]).well();
        assert_eq!(asks().await, 401);

        let plain = on(&["token", "new", "--role", "leader"]).well();
        assert!(plain.out.starts_with("gb_") && plain.out.lines().count() == 1, "{plain:?}");
        on(&["token", "revoke", plain.out.trim()]).well();

        for (arguments, exit) in [
            (&["token", "new", "--role", "unit"][..], 2),
            (&["token", "new", "--role", "office", "--unit", "40"], 2),
            (&["token", "new", "--role", "unit", "--unit", "ZZ9"], 2),
            (&["token", "revoke", "nobody"], 2),
        ] {
            assert_eq!(on(arguments).code, exit, "{arguments:?}");
        }
        let add = |password: &str| {
            let mut command = program();
            command
                .args(["user", "add", "lan", "--role", "unit", "--unit", "40"])
                .args(place(app.database()));
            let mut child =
                command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let line = format!("{password}\n");
            std::io::Write::write_all(&mut child.stdin.take().unwrap(), line.as_bytes()).unwrap();
            child.wait().unwrap().code()
        };
        assert_eq!(add("ngắn"), Some(2));
        assert_eq!(add("một mật khẩu đủ dài"), Some(0));
        assert_eq!(add("một mật khẩu đủ dài"), Some(2), "the login is taken");
    })
    .await;
}

#[tokio::test]
async fn a_backup_is_a_database_of_its_own() {
    let source = TestDatabase::new(Kind::Sqlite, Content::Seeds).await.unwrap();
    let copy = source.folder().join("copy.sqlite").display().to_string();
    run_on(&source, &["backup", &copy]).well();
    assert_ne!(run_on(&source, &["backup", &copy]).code, 0, "an existing file is not written over");
    let status = run(["migrate", "status", "--database", &copy]).well();
    assert!(status.out.contains("đã có") && !status.out.contains("chưa"), "{status:?}");
}

#[test]
fn the_settings_shown_are_those_in_force() {
    let shown = run(["config", "--data", "/srv/giaoban", "--database", "postgres://a:secret@db/g"]).well();
    assert!(shown.out.contains("dir = \"/srv/giaoban\"") && shown.out.contains("a:***@db"), "{}", shown.out);
    assert!(!shown.out.contains("secret"));
    assert!(run(["config", "--default"]).well().out.contains("# Largest workbook"));
}

#[tokio::test]
async fn serve_answers_until_it_is_told_to_stop() {
    let database = TestDatabase::new(Kind::Sqlite, Content::Seeds).await.unwrap();
    let mut command = program();
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(place(&database));
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("http://")).unwrap().unwrap();
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
    let ready = reqwest::get(format!("{url}/health/ready")).await.unwrap();
    assert_eq!(ready.status(), 200);
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        let environment = std::fs::read(format!("/proc/{}/environ", child.id())).unwrap();
        let has_one_heap = environment.split(|byte| *byte == 0).any(|line| line == b"MALLOC_ARENA_MAX=1");
        assert!(
            has_one_heap,
            "the server runs with the heap of all threads, under the id it was started with"
        );
    }
    let told = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
