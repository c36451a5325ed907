//! The front door: hands over to the command line, or becomes a reading child before any runtime starts.

use std::process::ExitCode;

use giaoban::workbook::sandbox;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == sandbox::ARGUMENT) {
        return sandbox::child_main();
    }
    giaoban::cli::run()
}
