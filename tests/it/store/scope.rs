//! A unit sees its own assignments, reports, imports and events, and nothing of others.

use std::collections::BTreeSet;

use giaoban::domain::access::Scope;
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::{self, Filter, List};
use giaoban::store::page::Page;
use giaoban::store::{history, import, report, statistics, unit};
use uuid::Uuid;

use super::fixture::{Case, day, list, on_both_seeded, today};
use super::write::{decide, record, upload};

#[tokio::test]
async fn a_unit_sees_its_own_and_what_is_not_its_own_is_not_there() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let nghe_an = unit::by_code_or_alias(read, "40").await.unwrap().unwrap().id;
        let ha_tinh = unit::by_code_or_alias(read, "42").await.unwrap().unwrap().id;
        let theirs = assignment::of_unit(read, &Scope::All, ha_tinh).await.unwrap().remove(0);
        let their_report = record(case, &theirs, day("2020-04-01"), |_| {}).await;
        decide(case, &theirs, giaoban::domain::decision::DecisionKind::Suspend, day("2020-04-02")).await;
        let their_import = upload(case, ha_tinh).await;
        let all = list(Filter::default(), AsOf::today(today()));
        for (who, scope, wanted) in [
            ("nobody", Scope::Units(BTreeSet::new()), 0),
            ("Nghệ An", Scope::Units(BTreeSet::from([nghe_an])), 5),
            ("Nghệ An and Hà Tĩnh", Scope::Units(BTreeSet::from([nghe_an, ha_tinh])), 10),
            ("those who see all", Scope::All, 358),
        ] {
            let sees = scope.contains(ha_tinh);
            let past = List { as_of: AsOf::day(day("2020-05-01"), today()), ..all.clone() };
            for list in [&all, &past] {
                let rows = assignment::all(read, &scope, list).await.unwrap();
                assert_eq!(rows.len(), wanted, "{who}");
                assert!(rows.iter().all(|row| scope.contains(row.unit_id)), "{who}");
                let states = statistics::states(read, &scope, &list.filter, list.as_of).await.unwrap();
                assert_eq!(states.len(), wanted, "{who}");
            }
            assert_eq!(assignment::find(read, &scope, theirs.id).await.unwrap().is_some(), sees, "{who}");
            assert_eq!(report::find(read, &scope, their_report).await.unwrap().is_some(), sees, "{who}");
            assert_eq!(import::find(read, &scope, their_import).await.unwrap().is_some(), sees, "{who}");
            let found = |rows: usize| rows == usize::from(sees);
            let ids = [theirs.id];
            let by_ids = assignment::by_ids(read, &scope, &ids).await.unwrap();
            assert!(found(by_ids.len()), "{who}");
            let reports = report::by_assignment_ids(read, &scope, &ids, 10).await.unwrap();
            assert!(found(reports.len()), "{who}");
            let decisions = report::decisions_by_assignment_ids(read, &scope, &ids).await.unwrap();
            assert!(found(decisions.len()), "{who}");
            let imports = import::by_unit_ids(read, &scope, &[ha_tinh], 10).await.unwrap();
            assert!(found(imports.len()), "{who}");
            let page = Page::first(100, None).unwrap();
            let filter = report::Filter { tasks: vec![theirs.task_id], ..report::Filter::default() };
            let reports = report::page(read, &scope, &filter, Default::default(), &page).await.unwrap();
            assert!(found(reports.rows.len()), "{who}");
            let events = giaoban::store::event::about(read, &scope, theirs.id, 10).await.unwrap();
            assert_eq!(!events.is_empty(), sees, "{who}");
        }
        let unknown = history::of_ids(read, &[Uuid::nil()]).await.unwrap();
        assert!(unknown.is_empty());
    })
    .await;
}
