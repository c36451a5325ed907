//! A past day is folded from history, in a constant number of statements.

use giaoban::domain::access::Scope;
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::state_now;
use giaoban::domain::progress::Progress;
use giaoban::domain::standing::{Standing, standing};
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::{self, Filter};
use giaoban::store::{history, statistics};

use super::fixture::{Case, day, list, on_both_seeded, today};
use super::write::{decide, record};

#[tokio::test]
async fn a_past_day_shows_what_was_reported_and_decided_until_then() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let row = case.assignments(&[AssignmentRole::Lead]).await.remove(0);
        record(case, &row, day("2020-03-20"), |report| {
            report.progress = Some(Progress::InProgress);
            report.result = Some("Đang rà soát".into());
        })
        .await;
        record(case, &row, day("2020-05-20"), |report| report.progress = Some(Progress::Completed)).await;
        decide(case, &row, DecisionKind::Confirm, day("2020-06-01")).await;
        let cases = [
            ("2020-03-19", Progress::NotStarted, None, Standing::OpenInTime),
            ("2020-03-20", Progress::InProgress, None, Standing::OpenInTime),
            ("2020-05-20", Progress::AwaitingConfirmation, Some("2020-05-20"), Standing::OpenInTime),
            ("2020-06-01", Progress::Completed, Some("2020-05-20"), Standing::CompletedOnTime),
            ("2020-06-15", Progress::Completed, Some("2020-05-20"), Standing::CompletedOnTime),
        ];
        for (as_of, progress, completed_on, wanted) in cases {
            let as_of = AsOf::day(day(as_of), today());
            let filter = Filter { tasks: vec![row.task_id], units: vec![row.unit_id], ..Filter::default() };
            let list = list(filter.clone(), as_of);
            let stood = assignment::all(read, &Scope::All, &list).await.unwrap().remove(0);
            assert_eq!((stood.progress, stood.completed_on), (progress, completed_on.map(day)), "{as_of:?}");
            let found = statistics::states(read, &Scope::All, &filter, as_of).await.unwrap();
            assert_eq!(found.len(), 1);
            assert_eq!(standing(found[0].1, as_of.date()), wanted, "{as_of:?}");
            let filter = Filter { standings: vec![wanted], ..filter };
            assert_eq!(assignment::count(read, &Scope::All, &filter, as_of).await.unwrap(), 1, "{as_of:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_state_beside_the_history_is_the_fold_of_the_history() {
    on_both_seeded(async |case: &Case| {
        let rows = case.assignments(&[AssignmentRole::Lead]).await;
        for (row, progress) in
            rows.iter().zip([Progress::InProgress, Progress::Completed, Progress::NotStarted])
        {
            record(case, row, day("2020-04-01"), |report| report.progress = Some(progress)).await;
        }
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let entries = history::of_ids(case.database.reader(), &ids).await.unwrap();
        assert_eq!(entries.len(), 3);
        for row in case.assignments(&[AssignmentRole::Lead]).await {
            let due = rows.iter().find(|before| before.id == row.id).unwrap().due_on;
            let state = state_now(due, entries.get(&row.id).map_or(&[], Vec::as_slice));
            let mut rebuilt = row.clone();
            history::put_state(&mut rebuilt, &state);
            assert_eq!(rebuilt, row);
        }
    })
    .await;
}

#[tokio::test]
async fn a_past_day_takes_six_statements_and_today_takes_one() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let rows = case.assignments(&[AssignmentRole::Lead]).await;
        for count in [0, 5, 50] {
            for row in &rows[..count] {
                record(case, row, day("2020-04-01"), |_| {}).await;
            }
            let filter = Filter::default();
            let past = AsOf::day(day("2020-05-01"), today());
            let (statements, _) =
                case.statements_of(statistics::states(read, &Scope::All, &filter, past)).await;
            assert_eq!(statements, 6);
            let now = AsOf::today(today());
            let (statements, found) =
                case.statements_of(statistics::states(read, &Scope::All, &filter, now)).await;
            assert_eq!((statements, found.unwrap().len()), (1, 358));
        }
    })
    .await;
}
