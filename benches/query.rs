//! Lists and statistics through the GraphQL schema, as of today and of a past day: 10,400 assignments, 10,000 of which
//! have a report.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must say so")]

#[expect(dead_code, reason = "each bench uses its part")]
mod made;

use async_graphql::Request;
use divan::Bencher;
use giaoban::graphql::Schema;
use giaoban::graphql::run::{Allowed, run};

use made::base::{BOTH, Base, On};

const ROWS: usize = 10_000;

/// `$day` stands for a day or for nothing.
const PAGE: &str = "{ assignments(first: 100, asOf: $day, orderBy: { field: DUE, direction: DESCENDING }) \
    { edges { node { id progress standing percent unit { name } task { code content } } } } }";
const OVERDUE: &str = "{ assignments(first: 50, asOf: $day, filter: { standing: [OPEN_OVERDUE], roles: [LEAD] }) \
    { totalCount edges { node { id standing } } } }";
const STATISTICS: &str =
    "{ statistics(asOf: $day) { rows { unit { name } figures { total completedRate } } } }";

const QUERIES: [(&str, &str); 3] = [("page", PAGE), ("overdue", OVERDUE), ("statistics", STATISTICS)];

fn main() {
    divan::main();
}

/// A query on a database, today or on a past day.
#[derive(Clone, Copy, Debug)]
struct Case(On, usize, Option<&'static str>);

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Case(on, query, day) = self;
        write!(f, "{on}, {}, {}", QUERIES[*query].0, day.unwrap_or("today"))
    }
}

fn cases() -> impl Iterator<Item = Case> {
    BOTH.into_iter().flat_map(|on| {
        (0..QUERIES.len())
            .flat_map(move |query| [None, Some("2020-04-29")].map(move |day| Case(on, query, day)))
    })
}

fn base(on: On) -> Base {
    let base = Base::new(on, ROWS).expect("a database");
    let bytes = base.own_sheet().expect("a workbook");
    base.upload(bytes).and_then(|sent| base.commit(&sent)).expect("reports");
    base
}

fn ask(base: &Base, schema: &Schema, case: Case) {
    let Case(_, query, day) = case;
    let day = day.map_or("null".to_owned(), |day| format!("\"{day}\""));
    let request = Request::new(QUERIES[query].1.replace("$day", &day));
    let asked = run(schema, &base.app, base.caller.clone(), request, Allowed::Queries);
    let answer = base.runtime.block_on(asked);
    assert!(answer.response.errors.is_empty(), "{case}: {:?}", answer.response.errors);
}

#[divan::bench(args = cases(), sample_count = 10, sample_size = 1)]
fn graphql(bencher: Bencher<'_, '_>, case: Case) {
    thread_local! {
        static BASES: [std::cell::OnceCell<Base>; 2] = const { [std::cell::OnceCell::new(), std::cell::OnceCell::new()] };
    }
    let schema = giaoban::graphql::schema();
    BASES.with(|bases| {
        let base = bases[usize::from(case.0 == On::Postgres)].get_or_init(|| base(case.0));
        bencher.bench_local(|| ask(base, &schema, case));
    });
}
