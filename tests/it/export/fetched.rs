//! Workbooks of what is in the database: the caller's scope, the same figures as the statistics, past days, and a
//! number of statements that does not depend on the number of rows.

use std::collections::{BTreeMap, BTreeSet};

use giaoban::domain::access::{Role, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::standing::{Standing, standing};
use giaoban::domain::statistics::{Base, Counts};
use giaoban::domain::unit_kind::UnitKind;
use giaoban::error::Code;
use giaoban::export::fetch;
use giaoban::store;
use giaoban::store::as_of::AsOf;
use giaoban::store::assignment::Filter;
use uuid::Uuid;

use super::content::day;
use super::read_back::Back;
use crate::support::app::{TestApp, on_both, today};

const SUMMARY: &str = "Tổng hợp";

async fn consolidated(app: &TestApp, scope: &Scope, as_of: &str) -> Back {
    let now = app.app.clock.now();
    let snapshot = app.app.database.snapshot().await.unwrap();
    let export = fetch::consolidated(&snapshot, scope, day(as_of), Base::Due, now).await.unwrap();
    Back::read(&export.bytes)
}

/// The numbers of a summary row, by the words in its second column: total and counts by standing.
fn figures(back: &Back) -> BTreeMap<String, Vec<u64>> {
    let names = back.values(SUMMARY).iter().filter(|((row, column), _)| *column == 1 && *row > 10);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
    let count = |place| back.number(SUMMARY, place) as u64;
    names
        .map(|((row, _), name)| (name.to_string(), (2..11).map(|column| count((*row, column))).collect()))
        .collect()
}

async fn counts_by_unit(app: &TestApp, scope: &Scope, as_of: &str) -> BTreeMap<Uuid, Counts> {
    let filter = Filter { roles: vec![AssignmentRole::Lead], ..Filter::default() };
    let as_of = AsOf::day(day(as_of), today());
    let states = store::statistics::states(app.app.database.reader(), scope, &filter, as_of).await.unwrap();
    let mut counts: BTreeMap<Uuid, Counts> = BTreeMap::new();
    for (unit, state) in states {
        counts.entry(unit).or_default().count(standing(state, as_of.date()), 1);
    }
    counts
}

fn row_of(counts: &Counts) -> Vec<u64> {
    [counts.total()].into_iter().chain(Standing::ALL.map(|standing| counts.get(standing))).collect()
}

#[tokio::test]
async fn the_summary_counts_what_the_statistics_count() {
    on_both(async |app| {
        super::history::write(app).await;
        for as_of in ["2020-03-05", "2020-03-20", "2020-04-30", "2020-12-31"] {
            let back = consolidated(app, &Scope::All, as_of).await;
            let figures = figures(&back);
            let counts = counts_by_unit(app, &Scope::All, as_of).await;
            let all: Counts = counts.values().copied().sum();
            assert_eq!(figures["Tổng cộng"], row_of(&all), "{as_of}");
            // Those of the notice, and the one that Văn phòng took over by transfer.
            assert_eq!(all.total(), 288 + 1);
            let units = store::unit::all(app.app.database.reader(), &Scope::All).await.unwrap();
            for unit in units {
                if let Some(counts) = counts.get(&unit.id) {
                    let name =
                        if unit.kind == UnitKind::Department { &unit.abbreviation } else { &unit.name };
                    assert_eq!(figures[name], row_of(counts), "{name} {as_of}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn there_is_a_sheet_for_every_unit_with_an_assignment() {
    on_both(async |app| {
        let back = consolidated(app, &Scope::All, "2020-04-30").await;
        let rows = store::assignment::visible(&Scope::All).all(app.app.database.reader()).await.unwrap();
        let units: BTreeSet<Uuid> = rows.iter().map(|row| row.unit_id).collect();
        assert_eq!(back.names().len(), units.len() + 3);
        assert!(back.names().contains(&"40 Nghệ An"), "{:?}", back.names());
    })
    .await;
}

#[tokio::test]
async fn a_unit_sees_only_itself() {
    on_both(async |app| {
        super::history::write(app).await;
        let caller = app.caller(Role::Unit, &["40"]).await;
        let back = consolidated(app, &caller.scope(), "2020-04-30").await;
        assert_eq!(back.names(), [SUMMARY, "Quá hạn", "40 Nghệ An", "Nguồn số liệu"]);
        let nobody = Scope::Units(BTreeSet::new());
        assert_eq!(consolidated(app, &nobody, "2020-04-30").await.names().len(), 3);

        let other = store::unit::by_code_or_alias(app.app.database.reader(), "42").await.unwrap().unwrap();
        let now = app.app.clock.now();
        let refused =
            fetch::sheet_for_unit(app.app.database.reader(), &caller.scope(), &other, now).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_rows() {
    on_both(async |app| {
        super::history::write(app).await;
        let all = app.statements(consolidated(app, &Scope::All, "2020-04-30")).await.1.len();
        let scope = app.caller(Role::Unit, &["40"]).await.scope();
        let one = app.statements(consolidated(app, &scope, "2020-04-30")).await.1.len();
        assert!(all == one && all <= 16, "{all} for everything, {one} for one unit");
    })
    .await;
}
