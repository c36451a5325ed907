//! The event log: numbered without gaps, chained, one writer at a time.

use std::collections::BTreeSet;

use giaoban::error::{Code, Error};
use giaoban::events::{self, Bus, Chain, Draft, verify_chain};
use giaoban::store;
use giaoban::store::connect::Database;
use sea_orm::{ConnectionTrait, DbErr};

use crate::support::database::{Content, on_both_databases};

use super::fixture::{Case, caller, now, on_both};

fn draft(payload: serde_json::Value) -> Draft {
    Draft { kind: "test.happened", subject: "test", payload, ..Draft::default() }
}

async fn write(case: &Case, count: usize) -> Vec<i64> {
    let transaction = case.database.begin().await.unwrap();
    let mut log = events::lock(&transaction, &caller(), now()).await.unwrap();
    let numbers = (0..count)
        .map(|n| log.record(draft(serde_json::json!({ "n": n, "chữ": "Đ\u{0}ế".replace('\u{0}', "") }))))
        .collect();
    log.finish(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
    numbers
}

#[tokio::test]
async fn events_are_numbered_without_gaps_and_chained() {
    on_both(async |case: &Case| {
        assert_eq!(verify_chain(case.database.reader()).await.unwrap(), Chain::Whole { events: 0 });
        assert_eq!(write(case, 2).await, [1, 2]);
        let given_up = case.database.begin().await.unwrap();
        let mut log = events::lock(&given_up, &caller(), now()).await.unwrap();
        assert_eq!(log.record(draft(serde_json::Value::Null)), 3);
        log.finish(&given_up).await.unwrap();
        given_up.rollback().await.unwrap();
        assert_eq!(write(case, 2500).await[0], 3, "what was given up leaves no gap");
        assert_eq!(verify_chain(case.database.reader()).await.unwrap(), Chain::Whole { events: 2502 });
        assert_eq!(store::event::head(case.database.reader()).await.unwrap().number, 2502);
    })
    .await;
}

#[tokio::test]
async fn tampering_shows_with_its_place() {
    let tampered = [
        ("UPDATE event SET payload = '{}' WHERE number = 3", 3),
        ("UPDATE event SET caller = 'ai đó' WHERE number = 4", 4),
        ("DELETE FROM event WHERE number = 2", 2),
        ("DELETE FROM event WHERE number = 5", 5),
        ("UPDATE event_head SET number = 4", 6),
    ];
    for (sql, number) in tampered {
        on_both(async |case: &Case| {
            write(case, 5).await;
            case.database.writer().execute_unprepared(sql).await.unwrap();
            let chain = verify_chain(case.database.reader()).await.unwrap();
            assert_eq!(chain, Chain::Broken { number }, "{sql}");
        })
        .await;
    }
}

#[tokio::test]
async fn writers_at_the_same_time_queue_and_lose_nothing() {
    on_both(async |case: &Case| {
        let writers = (0..12).map(|_| write(case, 3));
        let numbers: Vec<i64> = futures_util::future::join_all(writers).await.concat();
        assert_eq!(numbers.iter().copied().collect::<BTreeSet<_>>(), (1..=36).collect());
        assert_eq!(verify_chain(case.database.reader()).await.unwrap(), Chain::Whole { events: 36 });
    })
    .await;
}

#[tokio::test]
async fn those_who_listen_hear_what_was_committed() {
    on_both(async |case: &Case| {
        let bus = Bus::new(8);
        let mut listener = bus.listen();
        let transaction = case.database.begin().await.unwrap();
        let mut log = events::lock(&transaction, &caller(), now()).await.unwrap();
        log.record(draft(serde_json::Value::Null));
        let events = log.finish(&transaction).await.unwrap();
        transaction.commit().await.unwrap();
        bus.send(events);
        assert_eq!(listener.recv().await.unwrap().number, 1);
    })
    .await;
}

#[tokio::test]
async fn a_writer_that_waits_too_long_is_told_that_the_system_is_busy() {
    on_both_databases(Content::Seeds, async |fresh| {
        let mut settings = fresh.config.database.clone();
        settings.lock_timeout_seconds = 1;
        let folder = fresh.folder();
        let first = Database::open(&settings, folder).await.unwrap();
        // As another process: it knows of the first only through the database.
        let second = Database::open(&settings, folder).await.unwrap();
        let held = first.begin().await.unwrap();
        let log = events::lock(&held, &caller(), now()).await.unwrap();
        for waiting in [&first, &second] {
            let waited: Result<(), DbErr> = async {
                let transaction = waiting.begin().await?;
                let log = events::lock(&transaction, &caller(), now()).await?;
                log.finish(&transaction).await?;
                transaction.commit().await
            }
            .await;
            assert_eq!(Error::from(waited.unwrap_err()).code, Code::Unavailable);
        }
        log.finish(&held).await.unwrap();
        held.commit().await.unwrap();
        let transaction = second.begin().await.unwrap();
        assert!(events::lock(&transaction, &caller(), now()).await.is_ok(), "free again");
        transaction.rollback().await.unwrap();
        first.close().await.unwrap();
        second.close().await.unwrap();
    })
    .await;
}
