//! What questions and verbs do to each other when there are many of them.

use std::time::Duration;

use giaoban::store;

use super::fixture::{Case, caller, now, on_both_seeded};

#[tokio::test]
async fn questions_are_answered_while_more_verbs_wait_than_there_are_connections() {
    on_both_seeded(async |case: &Case| {
        let verb = async || {
            let transaction = case.database.begin().await?;
            giaoban::events::lock(&transaction, &caller(), now()).await.map(|log| (transaction, log))
        };
        let first = verb().await.unwrap();
        let waiting = futures_util::future::join_all((0..6).map(|_| verb()));
        let asked = async {
            // The others are in the queue by then.
            tokio::time::sleep(Duration::from_millis(200)).await;
            let head = store::event::head(case.database.reader()).await;
            drop(first);
            head
        };
        let head = tokio::select! {
            _ = waiting => panic!("the log was locked by two verbs"),
            head = asked => head,
        };
        head.unwrap();
    })
    .await;
}
