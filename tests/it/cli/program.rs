//! The built program as a process.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::database::TestDatabase;

/// What a run left.
#[derive(Debug)]
pub(super) struct Ran {
    /// Exit code.
    pub(super) code: i32,
    /// Standard output.
    pub(super) out: String,
    /// Standard error.
    pub(super) err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The run, which must have gone well.
    pub(super) fn well(self) -> Ran {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

/// The program, in a folder where no giaoban.toml lies, without settings of this environment.
pub(super) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    command.current_dir(std::env::temp_dir()).env_clear().stdin(Stdio::null());
    command
}

/// Runs the program.
pub(super) fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    let output = program().args(arguments).output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program on this database. PostgreSQL's connections of a run are few, since tests share one server.
pub(super) fn run_on(database: &TestDatabase, arguments: &[&str]) -> Ran {
    run(arguments.iter().copied().chain(place(database)))
}

/// The flags that lead to this database.
pub(super) fn place(database: &TestDatabase) -> [&str; 4] {
    let data = database.folder().to_str().unwrap();
    ["--database", &database.config.database.url, "--data", data]
}

/// A workbook of the demonstration.
pub(super) fn demo_file(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "seeds", "demo", name].iter().collect();
    path.display().to_string()
}
