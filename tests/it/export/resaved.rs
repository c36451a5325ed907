//! A sheet that LibreOffice opened and saved again. Where LibreOffice is missing the test says so and is content.

use std::path::Path;
use std::process::{Command, Stdio};

use giaoban::domain::history::AssignmentState;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::export::round_trip::write;

use super::content::day;
use super::exact::{comes_back, rows};
use super::round_trip::content;
use super::texts::hostile;

/// What the program saves when it is asked to convert the file to .xlsx; none where there is no such program.
fn saved_again(bytes: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("bang.xlsx"), folder.path().join("out"));
    std::fs::write(&file, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let status = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .args([Path::new(&out), &file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) => {
            assert!(status.success(), "soffice: {status}");
            Some(std::fs::read(out.join("bang.xlsx")).unwrap())
        }
        Err(_) => None,
    }
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests is to know what was not tried")]
fn print_skipped() {
    eprintln!("LibreOffice is missing: the sheet saved again was not tried");
}

#[test]
fn what_libreoffice_saves_again_says_the_same() {
    // Control characters are the exception: LibreOffice drops them, and so would a person.
    let texts = hostile().into_iter().filter(|text| !text.contains(|c: char| c.is_control() && c != '\n'));
    let states: Vec<AssignmentState> = (0..)
        .zip(texts)
        .map(|(number, text)| {
            let mut state = AssignmentState::initial(Some(day("2020-06-29")));
            state.progress = Progress::ALL[number % 7];
            (state.result, state.note) = (Some(text.clone()), Some(text));
            state.completed_on = Some(day("2020-03-15"));
            state.percent = Percent::from_hundredths(6555);
            state
        })
        .collect();
    let bytes = write(&content(rows(&states))).unwrap();
    match saved_again(&bytes) {
        Some(again) => drop(comes_back(&again, &states)),
        None => print_skipped(),
    }
}
