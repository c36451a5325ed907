//! Lists: pages that lose and double nothing, filters, search, loaders in a constant number of statements.

use std::collections::BTreeSet;

use giaoban::domain::access::Scope;
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::unit_kind::UnitKind;
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::{self, Filter, List, Order};
use giaoban::store::page::{Cursor, Direction, Page};
use giaoban::store::{notice, report, task, unit};
use uuid::Uuid;

use super::fixture::{Case, day, list, on_both_seeded, today};

#[tokio::test]
async fn pages_join_to_the_whole_list_in_every_order_both_ways_today_and_in_the_past() {
    on_both_seeded(async |case: &Case| {
        for order in [Order::Task, Order::Unit, Order::Due, Order::LastReported] {
            for direction in [Direction::Ascending, Direction::Descending] {
                for as_of in [AsOf::today(today()), AsOf::day(day("2020-04-01"), today())] {
                    let list = List { filter: Filter::default(), order, direction, as_of };
                    let whole = assignment::all(case.database.reader(), &Scope::All, &list).await.unwrap();
                    let whole: Vec<Uuid> = whole.into_iter().map(|row| row.id).collect();
                    assert_eq!(whole.len(), 358);
                    assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 358);
                    for count in [41, 100] {
                        assert_eq!(forth(case, &list, count).await, whole, "{list:?} by {count}");
                        assert_eq!(back(case, &list, count).await, whole, "{list:?} back by {count}");
                    }
                }
            }
        }
    })
    .await;
}

async fn forth(case: &Case, list: &List, count: u64) -> Vec<Uuid> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = Page::first(count, cursor).unwrap();
        let slice = assignment::page(case.database.reader(), &Scope::All, list, &page).await.unwrap();
        ids.extend(slice.rows.iter().map(|(_, row)| row.id));
        // Through its text, as callers hold it.
        cursor = slice.rows.last().map(|(cursor, _)| Cursor::decode(&cursor.encode()).unwrap());
        if !slice.has_next {
            return ids;
        }
    }
}

async fn back(case: &Case, list: &List, count: u64) -> Vec<Uuid> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = Page::last(count, cursor).unwrap();
        let slice = assignment::page(case.database.reader(), &Scope::All, list, &page).await.unwrap();
        ids.splice(0..0, slice.rows.iter().map(|(_, row)| row.id));
        cursor = slice.rows.first().map(|(cursor, _)| cursor.clone());
        if !slice.has_previous {
            return ids;
        }
    }
}

#[tokio::test]
async fn a_cursor_of_another_order_is_refused() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let mut wanted = list(Filter::default(), AsOf::today(today()));
        let page = Page::first(1, None).unwrap();
        let slice = assignment::page(read, &Scope::All, &wanted, &page).await.unwrap();
        wanted.order = Order::Due;
        let page = Page::first(1, Some(slice.rows[0].0.clone())).unwrap();
        let error = assignment::page(read, &Scope::All, &wanted, &page).await.unwrap_err();
        assert_eq!(error.code.as_str(), "INVALID_INPUT");
    })
    .await;
}

#[tokio::test]
async fn filters_find_what_they_say() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let thh = unit::by_code_or_alias(read, "THH").await.unwrap().unwrap().id;
        let cases: Vec<(&str, Filter, u64)> = vec![
            ("everything", Filter::default(), 358),
            ("leads", Filter { roles: vec![AssignmentRole::Lead], ..Filter::default() }, 288),
            ("one unit", Filter { units: vec![thh], ..Filter::default() }, 14),
            (
                "leads of departments",
                Filter {
                    unit_kinds: vec![UnitKind::Department],
                    roles: vec![AssignmentRole::Lead],
                    ..Filter::default()
                },
                252,
            ),
            (
                "with a due day",
                Filter { has_deadline: Some(true), roles: vec![AssignmentRole::Lead], ..Filter::default() },
                20,
            ),
            (
                "without",
                Filter { has_deadline: Some(false), roles: vec![AssignmentRole::Lead], ..Filter::default() },
                268,
            ),
            ("reported", Filter { reported: Some(true), ..Filter::default() }, 0),
            ("due by mid-March", Filter { due_to: Some(day("2020-03-15")), ..Filter::default() }, 3),
            ("words without accents", Filter { text: Some("ma buu chinh".into()), ..Filter::default() }, 2),
            ("words in any order", Filter { text: Some("CHÍNH  bưu Mã".into()), ..Filter::default() }, 2),
            (
                "a sign of LIKE",
                Filter { text: Some("100%".into()), units: vec![thh], ..Filter::default() },
                percent_rows(case, thh).await,
            ),
            ("a sign of LIKE alone", Filter { text: Some("_".into()), ..Filter::default() }, 0),
        ];
        for (what, filter, wanted) in cases {
            let found = assignment::count(read, &Scope::All, &filter, AsOf::today(today())).await.unwrap();
            assert_eq!(found, wanted, "{what}");
            let past = AsOf::day(day("2020-03-02"), today());
            let found = assignment::count(read, &Scope::All, &filter, past).await.unwrap();
            assert_eq!(found, wanted, "{what}, in the past");
        }
        let before = AsOf::day(day("2020-03-01"), today());
        let found = assignment::count(read, &Scope::All, &Filter::default(), before).await.unwrap();
        assert_eq!(found, 0, "nothing was assigned before the meeting");
    })
    .await;
}

/// Counted by hand in the wording, for the filter that must not take `%` for a wildcard.
async fn percent_rows(case: &Case, unit: Uuid) -> u64 {
    let rows = assignment::of_unit(case.database.reader(), &Scope::All, unit).await.unwrap();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.task_id).collect();
    let tasks = task::by_ids(case.database.reader(), &Scope::All, &ids).await.unwrap();
    tasks.values().filter(|task| task.content.contains("100%")).count().try_into().unwrap()
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_rows() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let (scope, now) = (&Scope::All, AsOf::today(today()));
        let rows = case.assignments(&[]).await;
        let units: Vec<Uuid> = rows.iter().map(|row| row.unit_id).collect();
        let tasks: Vec<Uuid> = rows.iter().map(|row| row.task_id).collect();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        for count in [1, 10, 358] {
            let (units, tasks, ids) = (&units[..count], &tasks[..count], &ids[..count]);
            let (statements, found) =
                case.statements_of(assignment::by_task_ids(read, scope, tasks, (&[], now, 5))).await;
            assert!(found.unwrap().values().all(|rows| (1..=5).contains(&rows.len())));
            assert_eq!(statements, 1);
            let (statements, found) =
                case.statements_of(assignment::by_unit_ids(read, scope, units, (&[], now, 3))).await;
            assert!(found.unwrap().values().all(|rows| (1..=3).contains(&rows.len())));
            assert_eq!(statements, 1);
            let past = AsOf::day(day("2020-03-10"), today());
            let (statements, found) =
                case.statements_of(assignment::by_task_ids(read, scope, tasks, (&[], past, 5))).await;
            assert!(found.unwrap().values().all(|rows| (1..=5).contains(&rows.len())));
            assert_eq!(statements, 6);
            let (statements, _) = case.statements_of(unit::by_ids(read, scope, units)).await;
            assert_eq!(statements, 1);
            let (statements, _) = case.statements_of(report::by_assignment_ids(read, scope, ids, 10)).await;
            assert_eq!(statements, 1);
            let (statements, _) = case.statements_of(task::resembling(read, scope, tasks)).await;
            assert!((1..=2).contains(&statements), "{statements}");
        }
        let open = notice::open(read, scope).await.unwrap();
        let (statements, found) =
            case.statements_of(task::by_notice_ids(read, scope, &[open[0].id], 100)).await;
        assert_eq!((statements, found.unwrap()[&open[0].id].len()), (1, 41));
    })
    .await;
}
