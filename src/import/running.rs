//! Commits under way in this process: how far each has come, who watches, and whether it shall stop. Kept in memory
//! only; what another server does is not known here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use uuid::Uuid;

pub use crate::domain::import::Stopped;

/// Where a commit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// No commit is under way here.
    Idle,
    /// It waits for its turn to write.
    Waiting,
    /// It plans again, with everything else kept out.
    Planning,
    /// It writes reports and states.
    Writing,
    /// It writes the log and makes all of it final.
    Finishing,
    /// It is stored, or there was nothing to store.
    Done,
    /// Nothing was stored: refused, stale, or failed.
    Refused,
    /// Nothing was stored: somebody stopped it.
    Cancelled,
}

impl Phase {
    /// Every phase, in the order in which they are reached.
    pub const ALL: [Phase; 8] = [
        Phase::Idle,
        Phase::Waiting,
        Phase::Planning,
        Phase::Writing,
        Phase::Finishing,
        Phase::Done,
        Phase::Refused,
        Phase::Cancelled,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Waiting => "waiting",
            Phase::Planning => "planning",
            Phase::Writing => "writing",
            Phase::Finishing => "finishing",
            Phase::Done => "done",
            Phase::Refused => "refused",
            Phase::Cancelled => "cancelled",
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            Phase::Idle => "Chưa ghi",
            Phase::Waiting => "Chờ đến lượt",
            Phase::Planning => "Đối chiếu lại",
            Phase::Writing => "Đang ghi",
            Phase::Finishing => "Hoàn tất",
            Phase::Done => "Đã xong",
            Phase::Refused => "Không ghi",
            Phase::Cancelled => "Đã dừng",
        }
    }

    /// Whether nothing more will be told.
    pub fn is_end(self) -> bool {
        match self {
            Phase::Done | Phase::Refused | Phase::Cancelled => true,
            Phase::Idle | Phase::Waiting | Phase::Planning | Phase::Writing | Phase::Finishing => false,
        }
    }
}

/// How far a commit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The import.
    pub import: Uuid,
    /// Where it is.
    pub phase: Phase,
    /// Rows written.
    pub rows_done: usize,
    /// Rows to be written; 0 while that is not known.
    pub rows: usize,
}

impl Progress {
    /// Before anything, or of what is not under way here.
    pub fn at(import: Uuid, phase: Phase) -> Progress {
        Progress { import, phase, rows_done: 0, rows: 0 }
    }

    /// 0 to 100. Writing takes most of the time, so most of the way is its.
    pub fn percent(&self) -> u8 {
        match self.phase {
            Phase::Idle | Phase::Waiting => 0,
            Phase::Planning => 10,
            Phase::Writing => {
                let part = (self.rows_done * 80).checked_div(self.rows).unwrap_or(0);
                10 + u8::try_from(part.min(80)).unwrap_or(80)
            }
            Phase::Finishing => 95,
            Phase::Done => 100,
            Phase::Refused | Phase::Cancelled => 0,
        }
    }
}

/// What becomes of the wish to stop a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopping {
    /// It will store nothing.
    Stops,
    /// It is about to be final; too late.
    TooLate,
    /// No commit of this import is under way in this process.
    NotHere,
}

/// Whether a commit may still be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Idle,
    Possible,
    Wanted,
    TooLate,
}

#[derive(Debug)]
struct Work {
    sender: watch::Sender<Progress>,
    stop: Stop,
}

/// All commits under way in this process. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Running(Arc<Mutex<HashMap<Uuid, Work>>>);

impl Running {
    /// Nothing here can be left half-done by a panic: each entry is replaced as a whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A commit begins. Of two of the same import at once, the first is told of; the second only repeats it.
    pub fn begin(&self, import: Uuid) -> Under {
        let mut works = self.lock();
        works.retain(|_, work| work.stop != Stop::Idle || work.sender.receiver_count() > 0);
        let start = Progress::at(import, Phase::Waiting);
        let work = works
            .entry(import)
            .or_insert_with(|| Work { sender: watch::Sender::new(start), stop: Stop::Idle });
        let told = work.stop == Stop::Idle;
        if told {
            work.stop = Stop::Possible;
            work.sender.send_replace(start);
        }
        Under { teller: Teller { running: self.clone(), import, told }, ended: false }
    }

    /// How far the commit of an import has come; `None` when none is under way here.
    pub fn progress(&self, import: Uuid) -> Option<Progress> {
        self.lock().get(&import).filter(|work| work.stop != Stop::Idle).map(|work| *work.sender.borrow())
    }

    /// Listens to the commit of an import, also to one that has not begun. A slow listener misses steps, never the end.
    pub fn watch(&self, import: Uuid) -> watch::Receiver<Progress> {
        let mut works = self.lock();
        works.retain(|_, work| work.stop != Stop::Idle || work.sender.receiver_count() > 0);
        let idle =
            || Work { sender: watch::Sender::new(Progress::at(import, Phase::Idle)), stop: Stop::Idle };
        works.entry(import).or_insert_with(idle).sender.subscribe()
    }

    /// Asks the commit of an import to stop. After [`Stopping::Stops`] it stores nothing.
    pub fn stop(&self, import: Uuid) -> Stopping {
        let mut works = self.lock();
        match works.get_mut(&import) {
            None => Stopping::NotHere,
            Some(work) => match work.stop {
                Stop::Idle => Stopping::NotHere,
                Stop::TooLate => Stopping::TooLate,
                Stop::Possible | Stop::Wanted => {
                    work.stop = Stop::Wanted;
                    Stopping::Stops
                }
            },
        }
    }
}

/// A commit under way. Dropped before its end (the client went away, an error), it ends as refused.
#[derive(Debug)]
pub struct Under {
    teller: Teller,
    ended: bool,
}

/// Tells how far a commit has come, from wherever its rows are made.
#[derive(Clone, Debug)]
pub struct Teller {
    running: Running,
    import: Uuid,
    told: bool,
}

impl Teller {
    /// Tells how far it has come.
    ///
    /// # Errors
    /// When somebody has stopped it.
    pub fn step(&self, phase: Phase, rows_done: usize, rows: usize) -> Result<(), Stopped> {
        if !self.told {
            return Ok(());
        }
        let works = self.running.lock();
        let Some(work) = works.get(&self.import) else { return Ok(()) };
        if work.stop == Stop::Wanted {
            return Err(Stopped);
        }
        work.sender.send_replace(Progress { import: self.import, phase, rows_done, rows });
        Ok(())
    }
}

impl Under {
    /// Tells how far it has come.
    ///
    /// # Errors
    /// When somebody has stopped it.
    pub fn step(&self, phase: Phase, rows_done: usize, rows: usize) -> Result<(), Stopped> {
        self.teller.step(phase, rows_done, rows)
    }

    /// What tells of it elsewhere.
    pub fn teller(&self) -> Teller {
        self.teller.clone()
    }

    /// From here on it cannot be stopped any more.
    ///
    /// # Errors
    /// When somebody has stopped it.
    pub fn seal(&self) -> Result<(), Stopped> {
        if !self.teller.told {
            return Ok(());
        }
        let mut works = self.teller.running.lock();
        let Some(work) = works.get_mut(&self.teller.import) else { return Ok(()) };
        if work.stop == Stop::Wanted {
            return Err(Stopped);
        }
        work.stop = Stop::TooLate;
        Ok(())
    }

    /// It has ended.
    pub fn end(mut self, phase: Phase) {
        self.tell_end(phase);
    }

    fn tell_end(&mut self, phase: Phase) {
        if self.ended || !self.teller.told {
            return;
        }
        self.ended = true;
        let mut works = self.teller.running.lock();
        if let Some(work) = works.remove(&self.teller.import) {
            let last = *work.sender.borrow();
            let rows_done = if phase == Phase::Done { last.rows } else { 0 };
            work.sender.send_replace(Progress { phase, rows_done, ..last });
        }
    }
}

impl Drop for Under {
    fn drop(&mut self) {
        self.tell_end(Phase::Refused);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_told_from_its_start_to_its_end() {
        let (running, import) = (Running::default(), Uuid::from_u128(1));
        let mut seen = running.watch(import);
        assert_eq!(seen.borrow_and_update().phase, Phase::Idle);
        assert_eq!(running.progress(import), None, "to listen is not to run");
        let under = running.begin(import);
        assert_eq!(running.progress(import).map(|progress| progress.percent()), Some(0));
        let mut percents = Vec::new();
        for (phase, done) in
            [(Phase::Planning, 0), (Phase::Writing, 0), (Phase::Writing, 5), (Phase::Finishing, 10)]
        {
            under.step(phase, done, 10).expect("nobody stops it");
            percents.push(running.progress(import).expect("it runs").percent());
        }
        assert_eq!(percents, [10, 10, 50, 95]);
        under.end(Phase::Done);
        let last = *seen.borrow_and_update();
        assert_eq!(
            (last.phase, last.percent(), last.rows_done),
            (Phase::Done, 100, 10),
            "the end is never missed"
        );
        assert_eq!(running.progress(import), None);
    }

    #[test]
    fn it_can_be_stopped_until_it_is_sealed() {
        let (running, import) = (Running::default(), Uuid::from_u128(1));
        assert_eq!(running.stop(import), Stopping::NotHere);
        let under = running.begin(import);
        assert_eq!((running.stop(import), running.stop(import)), (Stopping::Stops, Stopping::Stops));
        assert_eq!((under.step(Phase::Writing, 0, 1), under.seal()), (Err(Stopped), Err(Stopped)));
        under.end(Phase::Cancelled);
        let under = running.begin(import);
        under.seal().expect("it runs anew");
        assert_eq!(running.stop(import), Stopping::TooLate);
        drop(under);
        assert_eq!(running.stop(import), Stopping::NotHere);
    }

    #[test]
    fn the_second_commit_of_an_import_does_not_speak_for_the_first() {
        let (running, import) = (Running::default(), Uuid::from_u128(1));
        let first = running.begin(import);
        let second = running.begin(import);
        first.step(Phase::Writing, 3, 10).expect("it runs");
        second.step(Phase::Planning, 0, 0).expect("it is not told of");
        drop(second);
        assert_eq!(running.progress(import).map(|progress| progress.rows_done), Some(3));
        drop(first);
        assert_eq!(running.progress(import), None, "dropped, it has ended");
    }
}
