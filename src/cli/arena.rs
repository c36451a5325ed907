//! One heap for all threads of the server. glibc gives every thread a heap of its own, and what one has freed the others
//! cannot use: taking in 100,000 rows, this nearly doubled the memory that the server holds (docs/performance.md). The
//! setting is only read when a process starts, so the process starts itself once more, as the same process.

use std::env;
use std::process::Command;

/// The setting of glibc; whoever has set it himself is left alone.
const SETTING: &str = "MALLOC_ARENA_MAX";

/// Begins anew with one heap, unless that is so already or the system cannot.
#[expect(clippy::disallowed_methods, reason = "a setting of the C library, not one of ours")]
pub(super) fn one_heap() {
    if env::var_os(SETTING).is_none()
        && let Ok(program) = env::current_exe()
    {
        begin_anew(Command::new(program).args(env::args_os().skip(1)).env(SETTING, "1"));
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn begin_anew(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    // Only returns when the system refuses; the server then runs with the heaps it has. No log is open yet to say so.
    let _ = command.exec();
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn begin_anew(_command: &mut Command) {}
