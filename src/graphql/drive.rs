//! Runs a query together with the batches of its loaders, in one task: a batch is sent when the query can go no
//! further without it. So a batch holds everything that was asked for by then, however long the lists are, and the
//! number of statements depends on the query alone, not on timers (async-graphql's loader waits a millisecond).

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A batch that a loader wants to send.
pub(crate) type Batch = BoxFuture<'static, ()>;

/// Where loaders put their batches, and where [`drive`] finds them.
pub(crate) fn lane() -> (UnboundedSender<Batch>, UnboundedReceiver<Batch>) {
    unbounded_channel()
}

/// Runs `query` to its end, and the batches it waits for.
pub(crate) async fn drive<T>(query: impl Future<Output = T>, mut lane: UnboundedReceiver<Batch>) -> T {
    let mut query = std::pin::pin!(query);
    let mut under_way = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            answer = &mut query => return answer,
            Some(batch) = lane.recv() => under_way.push(batch),
            Some(()) = under_way.next(), if !under_way.is_empty() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[tokio::test]
    async fn a_batch_is_sent_only_when_the_query_waits_for_it() {
        let (sender, lane) = lane();
        let said = Arc::new(Mutex::new(Vec::new()));
        let note = |text: &'static str| {
            let said = Arc::clone(&said);
            move || said.lock().unwrap().push(text)
        };
        let (begun, asked, sent) = (note("begun"), note("everything asked"), note("batch sent"));
        let query = async {
            let (done, wait) = tokio::sync::oneshot::channel();
            begun();
            sender
                .send(Box::pin(async move {
                    sent();
                    let _ = done.send(7);
                }))
                .ok();
            tokio::task::yield_now().await;
            asked();
            wait.await
        };
        assert_eq!(drive(query, lane).await, Ok(7));
        // A query that merely lets others run is not stuck; but it cannot be told apart from one that is.
        assert_eq!(said.lock().unwrap().len(), 3);
        assert_eq!(said.lock().unwrap()[0], "begun");
    }
}
