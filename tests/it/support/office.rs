//! Other people's programs that open our workbooks: LibreOffice and openpyxl. Where one is missing the run says so in one
//! line and goes on, unless `GIAOBAN_REQUIRE_OFFICE=1`.

use std::ffi::OsStr;
use std::io::Write;
use std::process::Command;
use std::sync::OnceLock;

/// What LibreOffice makes of a workbook when it is asked to convert it; none where there is no LibreOffice. `to` is a
/// file ending, with the name of a filter where one is needed (`csv:Text - txt - csv (StarCalc):44,34,76,1`).
pub(crate) fn converted(workbook: &[u8], to: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("bang.xlsx"), folder.path().join("out"));
    std::fs::write(&file, workbook).unwrap();
    // A profile of its own: two of them cannot share one.
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let told = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .args([&out, &file])
        .output();
    let Ok(told) = told else {
        missing("LibreOffice");
        return None;
    };
    let ending = to.split(':').next().unwrap_or(to);
    let made = std::fs::read(out.join(format!("bang.{ending}")));
    Some(made.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&told.stderr))))
}

/// What a script of Python prints that is handed the path of a workbook; none where openpyxl is missing.
pub(crate) fn openpyxl(script: &str, workbook: &[u8]) -> Option<String> {
    static PYTHON: OnceLock<Option<&str>> = OnceLock::new();
    // The system's Python may have it where the one that comes first does not.
    let python = PYTHON.get_or_init(|| {
        let has = |python: &&str| {
            let told = Command::new(python).args(["-c", "import openpyxl"]).output();
            told.is_ok_and(|told| told.status.success())
        };
        ["python3", "/usr/bin/python3"].into_iter().find(has)
    });
    let Some(python) = python else {
        missing("openpyxl");
        return None;
    };
    let file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
    std::fs::write(file.path(), workbook).unwrap();
    let told = Command::new(python).args([OsStr::new("-c"), script.as_ref(), file.path().as_ref()]).output();
    let told = told.unwrap();
    assert!(told.status.success(), "openpyxl: {}", String::from_utf8_lossy(&told.stderr));
    Some(String::from_utf8(told.stdout).unwrap())
}

/// The workbook as openpyxl saves it, which writes every part anew.
pub(crate) fn saved_by_openpyxl(workbook: &[u8]) -> Option<Vec<u8>> {
    changed_by_openpyxl("", workbook)
}

/// The workbook as openpyxl saves it after these lines have changed `book`.
pub(crate) fn changed_by_openpyxl(lines: &str, workbook: &[u8]) -> Option<Vec<u8>> {
    let script = format!(
        "import io, openpyxl, sys\nbook = openpyxl.load_workbook(sys.argv[1])\n{lines}\nout = io.BytesIO()\nbook.save(out)\nprint(out.getvalue().hex())\n"
    );
    let told = openpyxl(&script, workbook)?;
    let digits = told.trim().as_bytes().chunks(2);
    Some(digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect())
}

/// Says it on the terminal itself: the harness swallows what a passing test prints.
fn missing(what: &str) {
    #[expect(clippy::disallowed_methods, reason = "a switch of the test run, not a setting")]
    let required = std::env::var_os("GIAOBAN_REQUIRE_OFFICE").is_some_and(|value| value == "1");
    assert!(!required, "{what} is required (GIAOBAN_REQUIRE_OFFICE=1)");
    let line = format!("{what} is missing: what it makes of our workbooks was not tried\n");
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}
