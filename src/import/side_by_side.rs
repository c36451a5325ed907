//! Long lists worked through by several threads. The results are those of one thread, in the same order.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

/// Fewer items are not worth a thread: starting one costs about as much as reading 20 rows.
const FEWEST: usize = 1_000;
/// A server reads two workbooks at once and answers others meanwhile.
const MOST_THREADS: usize = 4;

/// What the work makes of each item.
pub(super) fn map<'i, T: Sync, R: Send>(items: &'i [T], work: impl Fn(&'i T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
    if threads == 1 || items.len() < FEWEST {
        return items.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let parts = items.chunks(items.len().div_ceil(threads));
        let parts: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>())).collect();
        let mut all = Vec::with_capacity(items.len());
        for part in parts {
            all.extend(part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_however_long_the_list() {
        for length in [0, 1, FEWEST - 1, FEWEST, FEWEST * 3 + 7] {
            let items: Vec<usize> = (0..length).collect();
            assert_eq!(map(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }
}
