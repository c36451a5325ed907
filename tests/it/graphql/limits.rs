//! What a single request may ask for, and that refusing is cheap.

use std::time::{Duration, Instant};

use giaoban::domain::access::Role;
use giaoban::graphql::limits;
use serde_json::Value;

use super::{INTROSPECTION, ask, code, data};
use crate::support::app::on_both;

/// Fragments of which each spreads the next one twice: unfolded, 2^levels fields.
fn doubling(levels: usize) -> String {
    let spread =
        |level: usize| format!("fragment F{level} on Query {{ ...F{next} ...F{next} }}", next = level + 1);
    let chain: Vec<String> = (0..levels).map(spread).collect();
    format!("{{ ...F0 }} {} fragment F{levels} on Query {{ viewer {{ name }} }}", chain.join(" "))
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_its_code_and_without_touching_the_database() {
    on_both(async |app| {
        let caller = app.caller(Role::Analyst, &[]).await;
        let aliases: String = (0..=limits::ALIASES).map(|n| format!(" a{n}: viewer {{ name }}")).collect();
        let deep = format!("{}id{}", "{ children ".repeat(20), " }".repeat(20));
        let page = |size: i32| format!("{{ tasks(first: {size}) {{ edges {{ node {{ id }} }} }} }}");
        let costly = "{ units(first: 100) { edges { node { assignments(first: 100) { task { assignments(first: 100) \
            { id } } } } } } }";
        for (query, expected) in [
            (format!("{{ {} }}", "viewer { name } ".repeat(limits::TOKENS)), "TOO_COMPLEX"),
            (format!("{{ {aliases} }}"), "TOO_COMPLEX"),
            (format!("{{ task(code: \"I.1\") {deep} }}"), "TOO_COMPLEX"),
            (doubling(40), "TOO_COMPLEX"),
            ("{ ...A } fragment A on Query { ...A }".to_owned(), "TOO_COMPLEX"),
            (costly.to_owned(), "TOO_COMPLEX"),
            (page(0), "INVALID_INPUT"),
            (page(101), "INVALID_INPUT"),
            (page(-1), "INVALID_INPUT"),
            ("{ tasks(first: 1, last: 1) { edges { cursor } } }".to_owned(), "INVALID_INPUT"),
            ("{ tasks(after: \"ab\") { edges { cursor } } }".to_owned(), "INVALID_INPUT"),
            ("{ assignments(asOf: \"2020-05-01\") { edges { cursor } } }".to_owned(), "INVALID_INPUT"),
            ("{ nothing }".to_owned(), "INVALID_INPUT"),
            ("{".to_owned(), "INVALID_INPUT"),
        ] {
            let begun = Instant::now();
            let (found, statements) = app.statements(code(app, &caller, &query)).await;
            let shown: String = query.chars().take(60).collect();
            assert_eq!(found, expected, "{shown}");
            assert_eq!(statements, Vec::<String>::new(), "{shown}");
            assert!(begun.elapsed() < Duration::from_secs(2), "{shown}: {:?}", begun.elapsed());
        }
        assert_eq!(code(app, &caller, &page(100)).await, "");
    })
    .await;
}

#[tokio::test]
async fn a_long_filter_costs_and_a_longer_one_is_refused() {
    on_both(async |app| {
        let caller = app.caller(Role::Analyst, &[]).await;
        let query = "query($units: [String!]) { assignments(filter: { units: $units }) { totalCount } }";
        for (count, expected) in [(1, Value::Null), (200, Value::Null), (201, "INVALID_INPUT".into())] {
            let units = serde_json::json!({ "units": vec!["40"; count] });
            let answer = ask(app, &caller, query, units).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], expected, "{count}");
        }
    })
    .await;
}

#[tokio::test]
async fn everyone_with_a_token_may_learn_the_schema() {
    on_both(async |app| {
        for role in Role::ALL {
            let caller = app.caller(role, &[]).await;
            let schema = data(app, &caller, INTROSPECTION).await;
            assert!(schema["__schema"]["types"].as_array().unwrap().len() > 30, "{role}");
        }
    })
    .await;
}
