//! Reading through the child process: the same as in-process, within its limits, taking turns.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use giaoban::domain::refusal::Refusal;
use giaoban::workbook::read::read_workbook;
use giaoban::workbook::sandbox::{Reader, Settings};

use super::make::xlsx;

/// Settings of a reader that runs the built program.
pub(super) fn settings() -> Settings {
    Settings { program: Some(PathBuf::from(env!("CARGO_BIN_EXE_giaoban"))), ..Settings::default() }
}

/// A script in place of the program, for children that misbehave.
fn script(folder: &Path, text: &str) -> Settings {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("reader.sh");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    Settings { program: Some(path), ..Settings::default() }
}

#[test]
fn the_child_reads_what_the_program_itself_reads() {
    let reader = Reader::new(settings());
    for name in ["seeds/demo", "tests/fixtures/workbook"] {
        for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(reader.read_blocking(&bytes), read_workbook(&bytes), "{}", path.display());
        }
    }
}

#[test]
fn children_that_misbehave_are_refusals() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = xlsx("");
    let wall = Duration::from_millis(300);
    for (text, expected) in [
        ("kill -ABRT $$", Refusal::ReaderOutOfMemory),
        ("kill -KILL $$", Refusal::ReaderOutOfMemory),
        ("kill -XCPU $$", Refusal::ReaderTimeout),
        ("kill -SEGV $$", Refusal::FileSuspicious),
        ("exit 70", Refusal::ReaderBusy),
        ("exit 0", Refusal::FileDamaged),
        ("echo nonsense", Refusal::FileDamaged),
        ("exec sleep 60", Refusal::ReaderTimeout),
    ] {
        let reader = Reader::new(Settings { wall, ..script(folder.path(), text) });
        let begun = Instant::now();
        assert_eq!(reader.read_blocking(&bytes), Err(expected), "{text}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{text}");
    }
    let absent = Settings { program: Some(folder.path().join("absent")), ..Settings::default() };
    assert_eq!(Reader::new(absent).read_blocking(&bytes), Err(Refusal::ReaderBusy));
}

#[tokio::test]
async fn more_than_two_at_once_wait_and_then_are_told_to_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let slow = script(folder.path(), "exec sleep 60");
    let settings = Settings { wait: Duration::from_millis(200), wall: Duration::from_secs(1), ..slow };
    let reader = Reader::new(settings);
    let begun = Instant::now();
    let tasks: Vec<_> = (0..3)
        .map(|_| {
            let reader = reader.clone();
            tokio::spawn(async move { reader.read(xlsx("")).await })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap().unwrap_err());
    }
    results.sort();
    assert_eq!(results, [Refusal::ReaderTimeout, Refusal::ReaderTimeout, Refusal::ReaderBusy]);
    assert!(begun.elapsed() < Duration::from_secs(3));
    // The turns are free again.
    assert_eq!(reader.read(xlsx("")).await, Err(Refusal::ReaderTimeout));
}

#[test]
fn the_child_lives_under_its_limits() {
    use std::io::Write;
    // The child waits for its input; meanwhile the system tells how it is limited.
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_giaoban"))
        .arg("__read-workbook")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    let limited = |limits: &str| {
        limits.lines().any(|line| line.starts_with("Max address space") && line.contains("536870912"))
    };
    let begun = Instant::now();
    while !std::fs::read_to_string(proc.join("status")).unwrap().contains("NoNewPrivs:\t1") {
        assert!(begun.elapsed() < Duration::from_secs(5), "the child does not limit itself");
        std::thread::sleep(Duration::from_millis(5));
    }
    let limits = std::fs::read_to_string(proc.join("limits")).unwrap();
    assert!(limited(&limits), "{limits}");
    for (name, most) in
        [("Max cpu time", "20"), ("Max file size", "0"), ("Max core file size", "0"), ("Max open files", "8")]
    {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        assert_eq!(line[name.len()..].split_whitespace().next(), Some(most), "{line}");
    }
    child.stdin.take().unwrap().write_all(b"x").unwrap();
    child.wait().unwrap();
}

#[test]
fn a_usual_sheet_is_read_in_well_under_fifty_milliseconds() {
    let bytes =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo/bac-ninh.xlsx")).unwrap();
    let reader = Reader::new(settings());
    let best = (0..5)
        .map(|_| {
            let begun = Instant::now();
            reader.read_blocking(&bytes).unwrap();
            begun.elapsed()
        })
        .min()
        .unwrap();
    // The best of five in a build without optimisation; the release build is measured in benches/read.rs.
    assert!(best < Duration::from_millis(200), "{best:?}");
}
