//! Commits under way in this process: how far each import has come, who watches, and whether it shall stop. Kept in memory
//! only; what another server does is not known here.
//!
//! Several commits of one import may be under way at once (a double click). Told is the one that has come farthest; the
//! end is told when one of them has stored the import, or when the last of them has ended.

mod phase;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use uuid::Uuid;

pub use self::phase::{Phase, Progress};
pub use crate::domain::import::Stopped;

/// What becomes of the wish to stop the commits of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopping {
    /// None of them stores anything.
    Stops,
    /// One of them is about to be final; too late.
    TooLate,
    /// No commit of this import is under way in this process.
    NotHere,
}

/// Whether a commit may still be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Possible,
    Wanted,
    TooLate,
}

/// One commit.
#[derive(Debug)]
struct Run {
    number: u64,
    stop: Stop,
    progress: Progress,
}

/// The commits of an import, and those who watch.
#[derive(Debug)]
struct Work {
    sender: watch::Sender<Progress>,
    runs: Vec<Run>,
    /// One of them has stored the import: nothing more is to be told, or stopped.
    done: bool,
}

impl Work {
    fn idle(import: Uuid) -> Work {
        let sender = watch::Sender::new(Progress::at(import, Phase::Idle));
        Work { sender, runs: Vec::new(), done: false }
    }

    fn is_needed(&self) -> bool {
        !self.runs.is_empty() || self.sender.receiver_count() > 0
    }

    /// How far the one that has come farthest is.
    fn told(&self) -> Option<Progress> {
        let runs = self.runs.iter().filter(|_| !self.done);
        runs.map(|run| run.progress).max_by_key(|progress| progress.phase)
    }

    fn tell(&self) {
        if let Some(progress) = self.told() {
            self.sender.send_replace(progress);
        }
    }

    fn run(&mut self, number: u64) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.number == number)
    }
}

#[derive(Debug, Default)]
struct Works {
    by_import: HashMap<Uuid, Work>,
    /// How many commits have begun so far.
    begun: u64,
}

impl Works {
    /// The work on an import; what nobody needs any more is let go.
    fn of(&mut self, import: Uuid) -> &mut Work {
        self.by_import.retain(|_, work| work.is_needed());
        self.by_import.entry(import).or_insert_with(|| Work::idle(import))
    }
}

/// All commits under way in this process. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Running(Arc<Mutex<Works>>);

impl Running {
    /// Nothing here can be left half-done by a panic: each entry is replaced as a whole.
    fn lock(&self) -> MutexGuard<'_, Works> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A commit begins.
    pub fn begin(&self, import: Uuid) -> Under {
        let mut works = self.lock();
        works.begun += 1;
        let number = works.begun;
        let work = works.of(import);
        let progress = Progress::at(import, Phase::Waiting);
        work.runs.push(Run { number, stop: Stop::Possible, progress });
        work.tell();
        Under { teller: Teller { running: self.clone(), import, number }, ended: false }
    }

    /// How far the commit of an import has come; `None` when none is under way here.
    pub fn progress(&self, import: Uuid) -> Option<Progress> {
        self.lock().by_import.get(&import).and_then(Work::told)
    }

    /// Listens to the commit of an import, also to one that has not begun. A slow listener misses steps, never the end.
    pub fn watch(&self, import: Uuid) -> watch::Receiver<Progress> {
        self.lock().of(import).sender.subscribe()
    }

    /// Asks the commits of an import to stop: the one that runs and all that wait. After [`Stopping::Stops`] none of them
    /// stores anything; a commit that begins later is another one.
    pub fn stop(&self, import: Uuid) -> Stopping {
        let mut works = self.lock();
        let Some(work) = works.by_import.get_mut(&import).filter(|work| work.told().is_some()) else {
            return Stopping::NotHere;
        };
        if work.runs.iter().any(|run| run.stop == Stop::TooLate) {
            return Stopping::TooLate;
        }
        work.runs.iter_mut().for_each(|run| run.stop = Stop::Wanted);
        Stopping::Stops
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
    number: u64,
}

impl Teller {
    /// Tells how far it has come.
    ///
    /// # Errors
    /// When somebody has stopped it.
    pub fn step(&self, phase: Phase, rows_done: usize, rows: usize) -> Result<(), Stopped> {
        let progress = Progress { import: self.import, phase, rows_done, rows };
        self.change(|run| run.progress = progress)
    }

    /// Changes what is known of the commit, unless somebody has stopped it.
    fn change(&self, change: impl FnOnce(&mut Run)) -> Result<(), Stopped> {
        let mut works = self.running.lock();
        let Some(work) = works.by_import.get_mut(&self.import) else { return Ok(()) };
        let Some(run) = work.run(self.number) else { return Ok(()) };
        if run.stop == Stop::Wanted {
            return Err(Stopped);
        }
        change(run);
        work.tell();
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
        self.teller.change(|run| run.stop = Stop::TooLate)
    }

    /// It has ended.
    pub fn end(mut self, phase: Phase) {
        self.tell_end(phase);
    }

    fn tell_end(&mut self, phase: Phase) {
        if self.ended {
            return;
        }
        self.ended = true;
        let Teller { running, import, number } = &self.teller;
        let mut works = running.lock();
        let Some(work) = works.by_import.get_mut(import) else { return };
        let Some(place) = work.runs.iter().position(|run| run.number == *number) else { return };
        let last = work.runs.remove(place).progress;
        let over = phase == Phase::Done || work.runs.is_empty();
        if work.done || !over {
            work.tell();
        } else {
            let rows_done = if phase == Phase::Done { last.rows } else { 0 };
            work.sender.send_replace(Progress { phase, rows_done, ..last });
            work.done = true;
        }
        if work.runs.is_empty() {
            works.by_import.remove(import);
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
    fn of_two_commits_of_an_import_the_farthest_is_told_and_the_end_once() {
        let (running, import) = (Running::default(), Uuid::from_u128(1));
        let mut seen = running.watch(import);
        let [first, second] = [running.begin(import), running.begin(import)];
        first.step(Phase::Writing, 3, 10).expect("it runs");
        second.step(Phase::Planning, 0, 0).expect("it runs");
        assert_eq!(running.progress(import).map(|progress| progress.rows_done), Some(3));
        drop(first);
        assert_eq!(seen.borrow_and_update().phase, Phase::Planning, "the other one still goes on");
        let third = running.begin(import);
        second.end(Phase::Done);
        assert_eq!((seen.borrow_and_update().phase, running.progress(import)), (Phase::Done, None));
        assert_eq!(running.stop(import), Stopping::NotHere, "what waits will find it stored");
        third.step(Phase::Planning, 0, 0).expect("nobody stops it");
        third.end(Phase::Refused);
        assert_eq!(seen.borrow_and_update().phase, Phase::Done, "the end was told");
    }

    #[test]
    fn a_stop_is_meant_for_every_commit_that_has_begun_and_for_none_that_begins_later() {
        let (running, import) = (Running::default(), Uuid::from_u128(1));
        let [first, second] = [running.begin(import), running.begin(import)];
        first.step(Phase::Writing, 3, 10).expect("it runs");
        assert_eq!(running.stop(import), Stopping::Stops);
        first.end(Phase::Cancelled);
        let later = running.begin(import);
        assert_eq!((second.step(Phase::Planning, 0, 0), second.seal()), (Err(Stopped), Err(Stopped)));
        later.step(Phase::Planning, 0, 0).expect("it is another one");
        second.end(Phase::Cancelled);
        later.seal().expect("nobody stopped it");
        assert_eq!((running.stop(import), running.progress(Uuid::from_u128(2))), (Stopping::TooLate, None));
    }

    #[test]
    fn dropped_a_commit_has_ended() {
        let (running, import) = (Running::default(), Uuid::from_u128(1));
        let mut seen = running.watch(import);
        drop(running.begin(import));
        assert_eq!((seen.borrow_and_update().phase, running.progress(import)), (Phase::Refused, None));
    }
}
