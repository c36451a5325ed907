//! Standing in SQL and standing in the rules are the same.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use giaoban::domain::access::Scope;
use giaoban::domain::progress::Progress;
use giaoban::domain::standing::{Standing, State, standing};
use giaoban::entities::assignment;
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::{Filter, all, put_states};
use uuid::Uuid;

use super::fixture::{Case, day, list, on_both_seeded};

#[tokio::test]
async fn every_combination_stands_the_same_in_sql_and_in_the_rules() {
    on_both_seeded(async |case: &Case| {
        let rows = combinations(case.assignments(&[]).await);
        put_states(case.database.writer(), rows.clone()).await.unwrap();
        for as_of in ["2020-04-14", "2020-04-15", "2020-04-16", "2020-04-20"].map(day) {
            for wanted in Standing::ALL {
                let by_rule: BTreeSet<Uuid> = rows
                    .iter()
                    .filter(|row| standing(state(row), as_of) == wanted)
                    .map(|row| row.id)
                    .collect();
                let filter = Filter { standings: vec![wanted], ..Filter::default() };
                let list = list(filter, AsOf::today(as_of));
                let by_sql = all(case.database.reader(), &Scope::All, &list).await.unwrap();
                let by_sql: BTreeSet<Uuid> = by_sql
                    .iter()
                    .map(|row| row.id)
                    .filter(|id| rows.iter().any(|row| row.id == *id))
                    .collect();
                assert_eq!(by_sql, by_rule, "{wanted:?} as of {as_of}");
            }
        }
    })
    .await;
}

fn state(row: &assignment::Model) -> State {
    State { progress: row.progress, due: row.due_on, completed_on: row.completed_on }
}

/// One assignment for each combination that the tables allow, days before, on and after each other.
fn combinations(mut free: Vec<assignment::Model>) -> Vec<assignment::Model> {
    let days: [Option<NaiveDate>; 4] =
        [None, Some(day("2020-04-14")), Some(day("2020-04-15")), Some(day("2020-04-16"))];
    let mut rows = Vec::new();
    for progress in Progress::ALL {
        for due_on in days {
            for completed_on in days {
                let open = matches!(progress, Progress::NotStarted | Progress::InProgress);
                if open && completed_on.is_some() {
                    continue;
                }
                let mut row = free.pop().unwrap();
                (row.progress, row.due_on, row.completed_on) = (progress, due_on, completed_on);
                rows.push(row);
            }
        }
    }
    assert_eq!(rows.len(), 5 * 16 + 2 * 4);
    rows
}
