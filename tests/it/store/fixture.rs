//! What the tests of the store start from: a fresh database of each kind, its statements counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use giaoban::domain::access::{Caller, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::entities::assignment;
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::{Filter, List, Order};
use giaoban::store::connect::Database;
use giaoban::store::page::Direction;
use giaoban::store::{self, migrate};

use crate::support::database::{Content, TestDatabase, on_both_databases};

/// A database of one test.
pub(super) struct Case {
    /// The database.
    pub(super) database: Database,
    statements: Arc<AtomicUsize>,
}

impl Case {
    /// How many statements the deed takes.
    pub(super) async fn statements_of<T>(&self, deed: impl Future<Output = T>) -> (usize, T) {
        let before = self.statements.load(Ordering::SeqCst);
        let result = deed.await;
        (self.statements.load(Ordering::SeqCst) - before, result)
    }

    /// Every assignment with this role, in the order of tasks, as of today.
    pub(super) async fn assignments(&self, roles: &[AssignmentRole]) -> Vec<assignment::Model> {
        let filter = Filter { roles: roles.to_vec(), ..Filter::default() };
        let list = list(filter, AsOf::today(today()));
        store::assignment::all(self.database.reader(), &Scope::All, &list).await.unwrap()
    }
}

/// Runs the test on an empty, migrated database of each kind.
pub(super) async fn on_both(test: impl AsyncFn(&Case)) {
    on_both_databases(Content::Nothing, async |fresh| {
        let case = open(fresh).await;
        migrate::up(case.database.writer()).await.unwrap();
        test(&case).await;
        case.database.close().await.unwrap();
    })
    .await;
}

/// Runs the test on a seeded database of each kind.
pub(super) async fn on_both_seeded(test: impl AsyncFn(&Case)) {
    on_both_databases(Content::Seeds, async |fresh| {
        let case = open(fresh).await;
        test(&case).await;
        case.database.close().await.unwrap();
    })
    .await;
}

async fn open(fresh: &TestDatabase) -> Case {
    let mut database = fresh.open().await;
    let statements = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&statements);
    database.on_statement(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    Case { database, statements }
}

/// The program itself.
pub(super) fn caller() -> Caller {
    Caller::local("thử nghiệm")
}

/// The fixed clock.
pub(super) fn now() -> DateTime<Utc> {
    "2020-06-15T03:00:00.123456789Z".parse().unwrap()
}

/// The day of the fixed clock.
pub(super) fn today() -> NaiveDate {
    day("2020-06-15")
}

/// A day.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A list in the order of tasks.
pub(super) fn list(filter: Filter, as_of: AsOf) -> List {
    List { filter, order: Order::Task, direction: Direction::Ascending, as_of }
}
