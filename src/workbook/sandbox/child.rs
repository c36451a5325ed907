//! The child's side: it limits itself before it reads a byte, reads, answers, and ends.

use std::fs::File;
use std::io::{Read, stdin, stdout};
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use rlimit::{Resource, setrlimit};

use crate::domain::refusal::Refusal;
use crate::workbook::frames::FrameWriter;
use crate::workbook::limits;
use crate::workbook::read::read;

/// The hidden first argument that makes the program a reader.
pub const ARGUMENT: &str = "__read-workbook";

/// Exit code of a child that cannot limit itself; it reads nothing then.
pub(super) const CANNOT_LIMIT: i32 = 70;

/// Address space in bytes. Half of it holds the largest part of a package, see `limits`.
const ADDRESS_SPACE: u64 = 512 << 20;

/// Seconds of processor time; 100,000 rows take about one.
const CPU_SECONDS: u64 = 20;

/// Open files: the three standard ones and a copy of the output.
const OPEN_FILES: u64 = 8;

/// What the program does when its first argument is `ARGUMENT`: a workbook on standard input, frames on standard output.
pub fn child_main() -> ExitCode {
    if limit_self().is_err() {
        return ExitCode::from(u8::try_from(CANNOT_LIMIT).unwrap_or(1));
    }
    // A panic message may quote a cell; nobody shall see it. The refusal is the message.
    std::panic::set_hook(Box::new(|_| {}));
    match answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer() -> std::io::Result<()> {
    // The library's own standard output looks for line ends in all that passes; a plain file does not.
    let output = File::from(stdout().as_fd().try_clone_to_owned()?);
    let mut bytes = Vec::new();
    let most = u64::try_from(limits::MAX_FILE_BYTES).unwrap_or(u64::MAX);
    stdin().lock().take(most + 1).read_to_end(&mut bytes)?;
    let mut writer = FrameWriter::new(output);
    // Reading stands outside of what the writer does, so that after a panic the frames sent so far are whole.
    let result = catch_unwind(AssertUnwindSafe(|| read(&bytes, &mut writer)));
    writer.finish(result.unwrap_or(Err(Refusal::FileDamaged)))
}

/// Takes away from this process what it does not need.
fn limit_self() -> std::io::Result<()> {
    setrlimit(Resource::AS, ADDRESS_SPACE, ADDRESS_SPACE)?;
    // At the soft limit the process gets a signal that tells why; one second later it is killed.
    setrlimit(Resource::CPU, CPU_SECONDS, CPU_SECONDS + 1)?;
    setrlimit(Resource::FSIZE, 0, 0)?;
    setrlimit(Resource::NOFILE, OPEN_FILES, OPEN_FILES)?;
    setrlimit(Resource::CORE, 0, 0)?;
    no_new_privileges()
}

#[cfg(target_os = "linux")]
fn no_new_privileges() -> std::io::Result<()> {
    Ok(rustix::thread::set_no_new_privs(true)?)
}

#[cfg(not(target_os = "linux"))]
fn no_new_privileges() -> std::io::Result<()> {
    Ok(())
}
