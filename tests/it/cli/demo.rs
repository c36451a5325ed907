//! The demonstration: what a newcomer sees first.

use std::time::{Duration, Instant};

use giaoban::config::Config;
use giaoban::domain::access::Scope;
use giaoban::store;
use giaoban::store::connect::Database;

use super::program::run;

/// Assignments, reports, imports.
async fn counts(folder: &str) -> (u64, u64, u64) {
    let mut config = Config::defaults().unwrap();
    config.database.url = format!("{folder}/giaoban.sqlite");
    let database = Database::open(&config.database, &config.data.dir).await.unwrap();
    let (db, all) = (database.reader(), Scope::All);
    let leads = store::assignment::Filter {
        roles: vec![giaoban::domain::assignment::AssignmentRole::Lead],
        ..Default::default()
    };
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let as_of = store::as_of::AsOf::today(day);
    let assignments = store::assignment::count(db, &all, &leads, as_of).await.unwrap();
    let reports = store::report::count(db, &all, &Default::default()).await.unwrap();
    let imports = store::import::count(db, &all, &Default::default()).await.unwrap();
    database.close().await.unwrap();
    (assignments, reports, imports)
}

#[tokio::test]
async fn the_demonstration_sets_itself_up_quickly_and_a_second_run_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let demo = ["demo", "--no-serve", "--data", &data];
    let begun = Instant::now();
    let first = run(demo).well();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    for said in ["thanh-hoa.xlsx", "gia-lai.xls", "kien-giang.ods", "288", "tong-hop.xlsx"] {
        assert!(first.out.contains(said), "{said} is not in\n{}", first.out);
    }
    assert!(std::fs::read(folder.path().join("tong-hop.xlsx")).unwrap().starts_with(b"PK"));
    let before = counts(&data).await;
    assert_eq!((before.0, before.2), (288, 9));
    run(demo).well();
    assert_eq!(counts(&data).await, before);
}
