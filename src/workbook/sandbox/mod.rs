//! Reading in a child process: the program runs itself again with a hidden argument, hands over the bytes and takes back
//! frames. A hostile file can bring down the child only, never the server.

mod child;

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

pub use child::{ARGUMENT, child_main};

use super::event::{Builder, Counted};
use super::frames::{self, Broken};
use crate::domain::refusal::Refusal;
use crate::sheet::cell::Workbook;

/// How reading is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The program to run as reader; `None` is the running program itself. Tests name the built binary, since there the
    /// running program is the test.
    pub program: Option<PathBuf>,
    /// Children at the same time. Each may take 512 MB.
    pub at_once: usize,
    /// How long a file waits for its turn before it is refused as `ReaderBusy`.
    pub wait: Duration,
    /// How long a child may take by the clock on the wall.
    pub wall: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { program: None, at_once: 2, wait: Duration::from_secs(20), wall: Duration::from_secs(30) }
    }
}

/// Reads workbooks in child processes. Clones share the turns.
#[derive(Clone, Debug)]
pub struct Reader {
    settings: Settings,
    turns: Arc<Semaphore>,
}

impl Reader {
    /// A reader with these settings.
    pub fn new(settings: Settings) -> Self {
        let turns = Arc::new(Semaphore::new(settings.at_once.max(1)));
        Reader { settings, turns }
    }

    /// Reads the bytes of a workbook, waiting for a turn.
    ///
    /// # Errors
    /// `ReaderBusy` when no turn comes in time, `ReaderTimeout`, `ReaderOutOfMemory`, or what is wrong with the file.
    pub async fn read(&self, bytes: Vec<u8>) -> Result<Workbook, Refusal> {
        let turn = tokio::time::timeout(self.settings.wait, Arc::clone(&self.turns).acquire_owned());
        let turn = turn.await.map_err(|_| Refusal::ReaderBusy)?.map_err(|_| Refusal::ReaderBusy)?;
        let settings = self.settings.clone();
        let task = tokio::task::spawn_blocking(move || {
            // The turn ends with the child, also when nobody waits for the answer any more.
            let result = read_in_child(&settings, &bytes);
            drop(turn);
            result
        });
        task.await.unwrap_or(Err(Refusal::FileDamaged))
    }

    /// Reads the bytes of a workbook without taking turns; for the command line, where one file is read.
    ///
    /// # Errors
    /// As `read`.
    pub fn read_blocking(&self, bytes: &[u8]) -> Result<Workbook, Refusal> {
        read_in_child(&self.settings, bytes)
    }
}

/// Starts a child, feeds it, listens to it, and sees to its end.
fn read_in_child(settings: &Settings, bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut child = start(settings).map_err(|error| {
        tracing::error!(%error, "the reading process cannot be started");
        Refusal::ReaderBusy
    })?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(mut stdout)) = (stdin, stdout) else { return Err(Refusal::ReaderBusy) };
    let child = Mutex::new(child);
    let late = AtomicBool::new(false);
    let (ended, end) = channel::<()>();
    let (replayed, workbook) = std::thread::scope(|scope| {
        // A child that stops reading closes the pipe; what it says on the other one tells why.
        scope.spawn(move || stdin.write_all(bytes).is_ok());
        let (child, late) = (&child, &late);
        scope.spawn(move || watch(child, late, &end, settings.wall));
        let mut builder = Builder::default();
        // The child is not trusted: what it says is counted once more.
        let replayed = frames::replay(&mut stdout, &mut Counted::new(&mut builder));
        if replayed.is_err() {
            // Nothing more is wanted of it; without this the feeding thread might wait for ever.
            let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
        }
        drop(ended);
        (replayed, builder)
    });
    let mut child = child.into_inner().unwrap_or_else(PoisonError::into_inner);
    let status = child.wait();
    match replayed {
        Ok(()) => Ok(workbook.finish()),
        Err(Broken::Refused(refusal)) => Err(refusal),
        Err(Broken::CutOff) if late.load(Ordering::Relaxed) => Err(Refusal::ReaderTimeout),
        Err(Broken::CutOff) => Err(status.map_or(Refusal::FileDamaged, fate)),
        Err(Broken::Nonsense) => Err(Refusal::FileDamaged),
    }
}

fn start(settings: &Settings) -> std::io::Result<Child> {
    let program = match &settings.program {
        Some(program) => program.clone(),
        None => std::env::current_exe()?,
    };
    Command::new(program)
        .arg(ARGUMENT)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Kills the child when its time is over.
fn watch(child: &Mutex<Child>, late: &AtomicBool, end: &Receiver<()>, wall: Duration) {
    if end.recv_timeout(wall) == Err(RecvTimeoutError::Timeout) {
        late.store(true, Ordering::Relaxed);
        let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }
}

/// What the end of a child that said nothing means.
fn fate(status: ExitStatus) -> Refusal {
    // Numbers of signals as on Linux and macOS: 6 abort (an allocation was refused, or the stack is used up), 9 kill
    // (the system was short of memory), 24 CPU time used up.
    match status.signal() {
        Some(6 | 9) => Refusal::ReaderOutOfMemory,
        Some(24) => Refusal::ReaderTimeout,
        Some(_) => Refusal::FileSuspicious,
        None if status.code() == Some(child::CANNOT_LIMIT) => {
            tracing::error!("the reading process cannot set its own limits");
            Refusal::ReaderBusy
        }
        None => Refusal::FileDamaged,
    }
}
