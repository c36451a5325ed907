//! Long lists worked through by several threads. The results are those of one thread, in the same order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Fewer items are not worth a thread: starting one costs about as much as reading 20 rows.
const FEWEST: usize = 1_000;
/// A server reads two workbooks at once and answers others meanwhile.
const MOST_THREADS: usize = 4;
/// Items that a thread takes at a time: handing them over costs nothing beside them, and no thread waits long for another.
const BLOCK: usize = 128;
/// Blocks that may wait for each thread until they are taken.
const BLOCKS_WAITING: usize = 4;

/// Works each item out and hands what comes of it to `take`, in the order of the items. `start` makes what one thread
/// keeps to itself from item to item.
pub(super) fn each<T: Send, S, R: Send>(
    items: impl ExactSizeIterator<Item = T> + Send,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
    if threads == 1 || items.len() < FEWEST {
        let mut own = start();
        items.for_each(|item| take(work(&mut own, item)));
        return;
    }
    let source = Mutex::new(items.enumerate());
    let (made, done) = sync_channel(threads * BLOCKS_WAITING);
    thread::scope(|scope| {
        let spawn = |_| {
            let made = made.clone();
            let (source, start, work) = (&source, &start, &work);
            scope.spawn(move || work_through(source, &made, start, work))
        };
        let workers: Vec<_> = (0..threads).map(spawn).collect();
        drop(made);
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (first, block) in done {
            waiting.insert(first, block);
            while let Some(block) = waiting.remove(&next) {
                next += block.len();
                block.into_iter().for_each(&mut take);
            }
        }
        for worker in workers {
            worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
}

/// One thread: takes block after block until there are no more, or nobody takes what it makes.
fn work_through<T, S, R>(
    source: &Mutex<impl Iterator<Item = (usize, T)>>,
    made: &SyncSender<(usize, Vec<R>)>,
    start: impl Fn() -> S,
    work: impl Fn(&mut S, T) -> R,
) {
    let mut own = start();
    loop {
        let block: Vec<(usize, T)> =
            source.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(BLOCK).collect();
        let Some((first, _)) = block.first() else { return };
        let first = *first;
        let block = block.into_iter().map(|(_, item)| work(&mut own, item)).collect();
        if made.send((first, block)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_however_long_the_list() {
        for length in [0, 1, FEWEST - 1, FEWEST, FEWEST * 3 + 7] {
            let mut all = Vec::new();
            each(
                (0..length).collect::<Vec<_>>().into_iter(),
                || (),
                |(), item| item * 2,
                |made| all.push(made),
            );
            assert_eq!(all, (0..length).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_a_thread_keeps_goes_from_item_to_item() {
        let mut seen = Vec::new();
        let count = |own: &mut usize, _| {
            *own += 1;
            *own
        };
        each((0..FEWEST * 4).collect::<Vec<_>>().into_iter(), || 0, count, |nth| seen.push(nth));
        let begun = seen.iter().filter(|nth| **nth == 1).count();
        assert!((1..=MOST_THREADS).contains(&begun), "{begun} threads began anew");
    }
}
