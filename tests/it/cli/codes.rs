//! Exit codes, and what is said with them.

use super::program::{demo_file, program, run, run_on};
use crate::support::app::on_both;

/// Every command, subcommands included.
const COMMANDS: &[&str] = &[
    "",
    "demo",
    "serve",
    "read",
    "import",
    "export",
    "export sheet",
    "export consolidated",
    "migrate",
    "migrate up",
    "migrate down",
    "migrate status",
    "seed",
    "token",
    "token new",
    "token revoke",
    "user",
    "user add",
    "backup",
    "schema",
    "config",
];

#[test]
fn every_command_explains_itself_in_vietnamese() {
    for command in COMMANDS {
        let help = run(command.split_whitespace().chain(["--help"])).well();
        assert!(help.out.contains("Cách dùng:"), "{command}: {}", help.out);
        assert!(help.out.contains("In phần trợ giúp này"), "{command}: {}", help.out);
        for english in ["Usage", "Options", "Arguments", "Commands", "[default", "Print help"] {
            assert!(!help.out.contains(english), "{command} says {english}: {}", help.out);
        }
    }
    let help = run(["--help"]);
    for code in ["0  Xong", "1  ", "2  ", "3  Tệp bị từ chối", "4  "] {
        assert!(help.out.contains(code), "exit code {code} is not documented: {}", help.out);
    }
}

#[test]
fn a_wrong_command_line_ends_with_2_and_a_vietnamese_sentence() {
    for (arguments, said) in [
        (&["impotr"][..], "không có lệnh “impotr”"),
        (&["read"], "thiếu tham số"),
        (&["read", "a.xlsx"], "thiếu tham số --unit"),
        (&["read", "a.xlsx", "--unit", "40", "--jsn"], "không có tham số “--jsn”"),
        (&["token", "new", "--role", "boss"], "“boss”"),
        (&["import", "a", "--unit", "40", "--yes", "--commit", "1"], "không dùng"),
        (&["import", "a", "--unit", "40", "--reported-on", "mai"], "“mai”"),
        (&["serve", "--insecure-open"], "không có tham số"),
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(said), "{said}: {ran:?}");
        assert!(ran.out.is_empty(), "{ran:?}");
    }
    assert_eq!(program().status().unwrap().code(), Some(2), "nothing asked for is a wrong command line");
}

#[test]
fn a_file_that_is_refused_ends_with_3_one_that_is_not_there_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let whole = std::fs::read(demo_file("thanh-hoa.xlsx")).unwrap();
    for (path, unit, exit, code) in [
        (file("empty.xlsx", b""), "38", 3, "file_empty"),
        (file("text.xlsx", b"Kinh gui Bo"), "38", 3, "not_a_workbook"),
        (file("half.xlsx", &whole[..whole.len() / 2]), "38", 3, "file_truncated"),
        (folder.path().join("absent.xlsx").display().to_string(), "38", 2, "INVALID_INPUT"),
        (folder.path().display().to_string(), "38", 2, "INVALID_INPUT"),
        (demo_file("thanh-hoa.xlsx"), "ZZ9", 2, "NOT_FOUND"),
    ] {
        let ran = run(["read", &path, "--unit", unit, "--json"]);
        assert_eq!(ran.code, exit, "{path}: {ran:?}");
        let answer = ran.json();
        assert_eq!(answer["error"]["code"], code, "{path}: {answer}");
        assert!(answer["error"]["message"].as_str().is_some_and(|text| text.len() > 10), "{answer}");
        let plain = run(["read", &path, "--unit", unit]);
        assert_eq!((plain.code, plain.out.as_str()), (exit, ""), "{plain:?}");
        assert!(plain.err.contains(code), "{plain:?}");
    }
}

#[tokio::test]
async fn a_plan_that_is_not_the_one_of_now_ends_with_4_and_writes_nothing() {
    on_both(async |app| {
        let file = demo_file("thanh-hoa.xlsx");
        let arguments = ["import", &file, "--unit", "38", "--json", "--commit", "0123"];
        let ran = run_on(app.database(), &arguments);
        assert_eq!(ran.code, 4, "{ran:?}");
        assert_eq!(ran.json()["error"]["code"], "PLAN_STALE");
        let now = run_on(app.database(), &arguments[..5]).well().json();
        assert!(now["counts"]["create"].as_u64().is_some_and(|count| count > 0), "{now}");
    })
    .await;
}
