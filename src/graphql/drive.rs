//! Runs a query together with the batches of its loaders, in one task: a batch is sent when the query can go no
//! further without it. So a batch holds everything that was asked for by then, however long the lists are, and the
//! number of statements depends on the query alone, not on timers (async-graphql's loader waits a millisecond).

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A batch that a loader wants to send.
pub(crate) type Batch = BoxFuture<'static, ()>;

/// Where loaders put their batches, and where [`drive`] finds them.
pub(crate) fn lane() -> (UnboundedSender<Batch>, UnboundedReceiver<Batch>) {
    unbounded_channel()
}

/// Whether the query wants to be polled. A list of async-graphql polls a few of its rows and wakes itself for the rest:
/// to be pending does not mean to be stuck, to be asleep does.
struct Awake {
    query: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Awake {
    fn wake(self: Arc<Awake>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Awake>) {
        self.query.store(true, Ordering::Release);
        self.task.wake();
    }
}

/// Runs `query` to its end, and the batches it waits for.
pub(crate) async fn drive<T>(query: impl Future<Output = T>, mut lane: UnboundedReceiver<Batch>) -> T {
    let mut query = pin!(query);
    let mut under_way = FuturesUnordered::new();
    let awake = Arc::new(Awake { query: AtomicBool::new(true), task: AtomicWaker::new() });
    let waker = Waker::from(Arc::clone(&awake));
    poll_fn(move |context| {
        awake.task.register(context.waker());
        loop {
            if awake.query.swap(false, Ordering::AcqRel)
                && let Poll::Ready(answer) = query.as_mut().poll(&mut Context::from_waker(&waker))
            {
                return Poll::Ready(answer);
            }
            if awake.query.load(Ordering::Acquire) {
                // It woke itself, and the task with it. Others get their turn; batches wait until it sleeps.
                return Poll::Pending;
            }
            while let Ok(batch) = lane.try_recv() {
                under_way.push(batch);
            }
            match under_way.poll_next_unpin(context) {
                // A batch has come back: the query goes on before another one is looked at.
                Poll::Ready(Some(())) => {}
                Poll::Ready(None) | Poll::Pending if awake.query.load(Ordering::Acquire) => {}
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::convert::Infallible;
    use std::sync::Mutex;
    use std::time::Duration;

    use async_graphql::dataloader::{DataLoader, Loader, NoCache};
    use futures_util::future::join_all;

    use super::*;

    /// Notes how many keys each batch holds.
    struct Sizes(Arc<Mutex<Vec<usize>>>);

    impl Loader<usize> for Sizes {
        type Value = usize;
        type Error = Infallible;

        async fn load(&self, keys: &[usize]) -> Result<HashMap<usize, usize>, Infallible> {
            self.0.lock().unwrap().push(keys.len());
            tokio::task::yield_now().await;
            Ok(keys.iter().map(|key| (*key, *key)).collect())
        }
    }

    #[tokio::test]
    async fn what_is_asked_for_together_is_sent_together_however_much_it_is() {
        for count in [1, 29, 100, 5_000] {
            let sizes = Arc::new(Mutex::new(Vec::new()));
            let (sender, batches) = lane();
            let send = move |batch: Batch| {
                let _ = sender.send(batch);
            };
            let loader = DataLoader::with_cache(Sizes(Arc::clone(&sizes)), send, NoCache)
                .delay(Duration::ZERO)
                .max_batch_size(usize::MAX);
            let row = async |key: usize| {
                // As async-graphql does it: the fields of a row are futures of their own, which yield.
                let mut fields = FuturesUnordered::new();
                fields.push(async {
                    let first = loader.load_one(key).await.unwrap().unwrap();
                    loader.load_one(count + first).await.unwrap().unwrap()
                });
                fields.next().await.unwrap()
            };
            let query = join_all((0..count).map(row));
            assert_eq!(drive(query, batches).await.len(), count);
            assert_eq!(*sizes.lock().unwrap(), [count, count]);
        }
    }
}
