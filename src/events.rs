//! The event log: numbered, hash-chained, written in the transaction of the deed; broadcast after commit.
//!
//! A verb locks the end of the log first ([`lock`]), so that numbers become visible in their order; records what it
//! does ([`Log::record`]), uses the numbers in its history rows, and writes the events last ([`Log::finish`]).

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::domain::access::Caller;
use crate::entities::event;
use crate::store;

/// Events held for a listener that is slow.
pub const EVENTS_HELD: usize = 1024;

/// What happened, before it has a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// What happened: `report.recorded`.
    pub kind: &'static str,
    /// Kind of thing it happened to: `assignment`.
    pub subject: &'static str,
    /// The thing.
    pub subject_id: Option<Uuid>,
    /// The unit concerned; decides who may see the event.
    pub unit_id: Option<Uuid>,
    /// The import it came with.
    pub import_id: Option<Uuid>,
    /// Sheet and cell it came from.
    pub place: Option<String>,
    /// What was done, as JSON. Never a secret.
    pub payload: serde_json::Value,
}

/// The locked end of the log, in the hands of one verb.
#[derive(Debug)]
#[must_use = "events that are not finished are lost"]
pub struct Log {
    end: End,
    /// Recorded, not yet written.
    events: Vec<event::Model>,
    /// Written; the newest of them, for those who listen.
    told: VecDeque<event::Model>,
}

/// Where the log ends, and what all events of a verb have in common.
#[derive(Clone, Debug)]
struct End {
    number: i64,
    hash: String,
    at: DateTime<Utc>,
    caller: String,
    user_id: Option<Uuid>,
}

impl End {
    /// The event that this becomes; the log ends with it.
    fn next(&mut self, draft: Draft) -> event::Model {
        let Draft { kind, subject, subject_id, unit_id, import_id, place, payload } = draft;
        self.number += 1;
        let mut event = event::Model {
            number: self.number,
            at: self.at,
            caller: self.caller.clone(),
            user_id: self.user_id,
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            subject_id,
            unit_id,
            import_id,
            place,
            payload: canonical(&payload),
            previous_hash: std::mem::take(&mut self.hash),
            hash: String::new(),
        };
        event.hash = hash(&event);
        self.hash.clone_from(&event.hash);
        event
    }
}

/// Locks the end of the log until the transaction ends. Call it first, inside the transaction.
///
/// # Errors
/// When the lock is not given in time.
pub async fn lock(db: &impl ConnectionTrait, caller: &Caller, at: DateTime<Utc>) -> Result<Log, DbErr> {
    let head = store::event::lock_head(db).await?;
    let end = End {
        number: head.number,
        hash: head.hash,
        // PostgreSQL keeps microseconds; the hash must be the same when the row is read back.
        at: at.trunc_subsecs(6),
        caller: caller.name.clone(),
        user_id: caller.user_id,
    };
    Ok(Log { end, events: Vec::new(), told: VecDeque::new() })
}

impl Log {
    /// Records an event and gives its number.
    pub fn record(&mut self, draft: Draft) -> i64 {
        self.events.push(self.end.next(draft));
        self.end.number
    }

    /// The number of the last event recorded (or of the last before this verb).
    pub fn number(&self) -> i64 {
        self.end.number
    }

    /// The moment that all events of this verb carry, as stored.
    pub fn at(&self) -> DateTime<Utc> {
        self.end.at
    }

    /// Writes what has been recorded so far.
    async fn write(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let events = std::mem::take(&mut self.events);
        let passed_over = events.len().saturating_sub(EVENTS_HELD);
        self.tell(events[passed_over..].iter().cloned());
        store::write::insert_all(db, events).await
    }

    /// Lends the end of the log to what records `count` events elsewhere while they are written, so that a verb with a
    /// hundred thousand of them need not hold them. They take the numbers that follow [`Log::number`].
    ///
    /// # Errors
    /// When the database refuses what has been recorded so far.
    pub async fn lend(&mut self, db: &impl ConnectionTrait, count: usize) -> Result<Recorder, DbErr> {
        self.write(db).await?;
        Ok(Recorder { end: self.end.clone(), left: count, told: Vec::new() })
    }

    /// Takes the end of the log back; all that was recorded must have been written.
    pub fn take_back(&mut self, recorder: Recorder) {
        self.end = recorder.end;
        self.tell(recorder.told.into_iter());
    }

    /// A listener that lags loses the oldest; more than it may hold need not be kept for it.
    fn tell(&mut self, events: impl Iterator<Item = event::Model>) {
        self.told.extend(events);
        let more = self.told.len().saturating_sub(EVENTS_HELD);
        self.told.drain(..more);
    }

    /// Writes the events and moves the end of the log. Call it last, inside the transaction; send the events to the
    /// [`Bus`] after commit. Of a great many only the newest are given back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn finish(mut self, db: &impl ConnectionTrait) -> Result<Vec<event::Model>, DbErr> {
        self.write(db).await?;
        if !self.told.is_empty() {
            store::event::move_head(db, self.end.number, &self.end.hash).await?;
        }
        Ok(self.told.into())
    }
}

/// The end of the log while it is lent ([`Log::lend`]).
#[derive(Debug)]
#[must_use = "a log that does not get its end back forgets what was recorded"]
pub struct Recorder {
    end: End,
    /// How many are still to come.
    left: usize,
    /// The newest, for those who listen.
    told: Vec<event::Model>,
}

impl Recorder {
    /// The event that this becomes.
    pub fn record(&mut self, draft: Draft) -> event::Model {
        let event = self.end.next(draft);
        if self.left <= EVENTS_HELD {
            self.told.push(event.clone());
        }
        self.left = self.left.saturating_sub(1);
        event
    }
}

/// JSON with sorted keys and no blanks, so that equal values have equal text.
pub fn canonical(value: &serde_json::Value) -> String {
    // JSON as JSON cannot fail.
    serde_json::to_string(&Sorted(value)).unwrap_or_default()
}

/// JSON that is written with the keys of every object in their order.
struct Sorted<'v>(&'v serde_json::Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde_json::Value;
        match self.0 {
            Value::Object(map) => {
                let mut entries: Vec<_> = map.iter().map(|(key, value)| (key, Sorted(value))).collect();
                entries.sort_unstable_by_key(|(key, _)| *key);
                serializer.collect_map(entries)
            }
            Value::Array(values) => serializer.collect_seq(values.iter().map(Sorted)),
            plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                plain.serialize(serializer)
            }
        }
    }
}

/// SHA-256, in hex, over the event (as canonical JSON, the hash before included).
fn hash(event: &event::Model) -> String {
    let event::Model {
        number,
        at,
        caller,
        user_id,
        kind,
        subject,
        subject_id,
        unit_id,
        import_id,
        place,
        payload,
        previous_hash,
        hash: _,
    } = event;
    let at = at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let said = Said {
        at: &at,
        caller,
        import_id,
        kind,
        number: *number,
        payload,
        place,
        previous_hash,
        subject,
        subject_id,
        unit_id,
        user_id,
    };
    // Texts, numbers and ids as JSON cannot fail.
    hex(&Sha256::digest(serde_json::to_vec(&said).unwrap_or_default()))
}

/// An event as it is hashed: its fields in the order of their names, which makes the JSON canonical.
#[derive(Serialize)]
struct Said<'e> {
    at: &'e str,
    caller: &'e str,
    import_id: &'e Option<Uuid>,
    kind: &'e str,
    number: i64,
    payload: &'e str,
    place: &'e Option<String>,
    previous_hash: &'e str,
    subject: &'e str,
    subject_id: &'e Option<Uuid>,
    unit_id: &'e Option<Uuid>,
    user_id: &'e Option<Uuid>,
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What looking through the whole chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every event is as it was written.
    Whole {
        /// How many events there are.
        events: i64,
    },
    /// The event with this number is missing, or it or the one before was altered.
    Broken {
        /// The number.
        number: i64,
    },
}

/// Looks through the whole log: numbers without gaps, every hash as computed, the head where the log ends.
///
/// # Errors
/// When the database does not answer.
pub async fn verify_chain(db: &impl ConnectionTrait) -> Result<Chain, DbErr> {
    const PAGE: u64 = 1000;
    let mut number = 0;
    let mut previous = store::event::GENESIS.to_owned();
    loop {
        let page = store::event::after(db, number, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for event in page {
            number += 1;
            if event.number != number || event.previous_hash != previous || event.hash != hash(&event) {
                return Ok(Chain::Broken { number });
            }
            previous = event.hash;
        }
    }
    let head = store::event::head(db).await?;
    if head.number == number && head.hash == previous {
        Ok(Chain::Whole { events: number })
    } else {
        Ok(Chain::Broken { number: number + 1 })
    }
}

/// Tells those who listen what was committed. Receivers that lag lose the oldest.
#[derive(Clone, Debug)]
pub struct Bus(broadcast::Sender<Arc<event::Model>>);

impl Bus {
    /// A bus that holds this many events for slow listeners.
    pub fn new(capacity: usize) -> Bus {
        Bus(broadcast::Sender::new(capacity))
    }

    /// Sends events, after commit.
    pub fn send(&self, events: Vec<event::Model>) {
        for event in events {
            // Nobody listening is no error.
            let _ = self.0.send(Arc::new(event));
        }
    }

    /// Listens from now on. The listener checks the scope of each event.
    pub fn listen(&self) -> broadcast::Receiver<Arc<event::Model>> {
        self.0.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_hashed_as_its_canonical_json() {
        let event = event::Model {
            number: 7,
            at: "2020-04-30T01:02:03.000004Z".parse().unwrap(),
            caller: "sở \"40\"".to_owned(),
            user_id: None,
            kind: "report.recorded".to_owned(),
            subject: "assignment".to_owned(),
            subject_id: Some(Uuid::from_u128(1)),
            unit_id: Some(Uuid::from_u128(2)),
            import_id: None,
            place: Some("Biểu 1!F9".to_owned()),
            payload: "{\"a\":1}".to_owned(),
            previous_hash: "ab".to_owned(),
            hash: String::new(),
        };
        let said = serde_json::json!({
            "number": 7, "at": "2020-04-30T01:02:03.000004Z", "caller": event.caller, "user_id": null,
            "kind": event.kind, "subject": event.subject, "subject_id": event.subject_id,
            "unit_id": event.unit_id, "import_id": null, "place": event.place, "payload": event.payload,
            "previous_hash": "ab",
        });
        assert_eq!(hash(&event), hex(&Sha256::digest(canonical(&said))));
    }

    #[test]
    fn canonical_json_does_not_depend_on_the_order_of_keys() {
        let one: serde_json::Value = serde_json::json!({"b": [1, {"y": null, "x": "ạ\n"}], "a": true});
        assert_eq!(canonical(&one), r#"{"a":true,"b":[1,{"x":"ạ\n","y":null}]}"#);
    }
}
