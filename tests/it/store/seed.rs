//! What the seeds lay into the database.

use chrono::{Datelike, NaiveDate};
use giaoban::actions;
use giaoban::domain::access::{Caller, Role, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::deadline;
use giaoban::events::{Chain, verify_chain};
use giaoban::store::{self, unit::by_code_or_alias};

use super::fixture::{Case, caller, day, now, on_both, on_both_seeded};

#[tokio::test]
async fn laying_the_seeds_twice_adds_nothing_and_leaves_no_event() {
    on_both(async |case: &Case| {
        let loaded = actions::seed::seed(&case.database, &caller(), now()).await.unwrap();
        assert_eq!((loaded.provinces, loaded.notices, loaded.tasks), (97, 1, 41));
        assert_eq!(loaded.units, 35 + 63 + 2);
        assert_eq!(loaded.assignments, 288 + 70);
        let again = actions::seed::seed(&case.database, &caller(), now()).await.unwrap();
        assert!(again.is_nothing(), "{again:?}");
        let chain = verify_chain(case.database.reader()).await.unwrap();
        assert_eq!(chain, Chain::Whole { events: 1 });
    })
    .await;
}

#[tokio::test]
async fn only_an_administrator_lays_seeds() {
    on_both(async |case: &Case| {
        for role in [Role::Office, Role::Unit, Role::Analyst, Role::Leader] {
            let caller = Caller { role, ..caller() };
            let error = actions::seed::seed(&case.database, &caller, now()).await.unwrap_err();
            assert_eq!(error.code.as_str(), "FORBIDDEN", "{role}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_founding_notice_gives_288_leads_and_the_coordinating_units_that_it_names() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let leads = case.assignments(&[AssignmentRole::Lead]).await;
        assert_eq!(leads.len(), 288);
        let with_deadline = leads.iter().filter(|row| row.due_on.is_some()).count();
        assert_eq!(with_deadline, 20, "the tasks of departments have none");
        let notice = store::notice::open(read, &Scope::All).await.unwrap().remove(0);
        assert_eq!((notice.meeting_on, notice.number), (day("2020-03-02"), None));
        let fields = store::field::by_notice_ids(read, &Scope::All, &[notice.id]).await.unwrap();
        let numerals: Vec<&str> = fields[&notice.id].iter().map(|field| field.numeral.as_str()).collect();
        assert_eq!(numerals, ["I", "II", "III", "IV", "V", "VI", "VII"]);
        let tasks = store::task::of_notices(read, &Scope::All, &[notice.id]).await.unwrap();
        assert_eq!(tasks.iter().filter(|task| task.is_heading).count(), 1);
        let coordinating = case.assignments(&[AssignmentRole::Coordinating]).await;
        let units = store::unit::all(read, &Scope::All).await.unwrap();
        let code = |id| units.iter().find(|unit| unit.id == id).unwrap().code.as_str();
        let named = |task: &str| {
            let task = tasks.iter().find(|row| row.code == task).unwrap().id;
            let rows = coordinating.iter().filter(move |row| row.task_id == task);
            rows.map(|row| code(row.unit_id)).collect::<Vec<_>>()
        };
        assert_eq!(named("I.1-1"), ["VNPOST"]);
        assert_eq!(named("II.1-1"), ["CNTT"]);
        assert_eq!(named("II.1-2"), [""; 0]);
        assert_eq!(named("II.1-3").len(), 63);
        assert_eq!(named("III.1-10"), ["86"]);
        assert_eq!(named("III.1-12"), ["CBC"]);
        let bank = tasks.iter().find(|task| task.code == "II.1-2").unwrap();
        assert!(bank.coordinating_raw.contains("Ngân hàng Nhà nước"), "{}", bank.coordinating_raw);
    })
    .await;
}

#[tokio::test]
async fn parts_know_their_heading_and_tasks_what_they_resemble() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let filter =
            store::task::Filter { codes: vec!["VII.4-2".into(), "III.1-1".into()], ..Default::default() };
        let page = store::page::Page::first(10, None).unwrap();
        let order = (store::task::Order::Place, store::page::Direction::Ascending);
        let found = store::task::page(read, &Scope::All, &filter, order, &page).await.unwrap();
        let (other, heading) = (&found.rows[0].1, &found.rows[1].1);
        let parts = store::task::by_parent_ids(read, &Scope::All, &[heading.id]).await.unwrap();
        let codes: Vec<&str> = parts[&heading.id].iter().map(|task| task.code.as_str()).collect();
        assert_eq!(codes, ["VII.4-2.1", "VII.4-2.2"]);
        let close = store::task::resembling(read, &Scope::All, &[other.id]).await.unwrap();
        let codes: Vec<&str> = close[&other.id].iter().map(|task| task.code.as_str()).collect();
        assert_eq!(codes, ["III.1-8", "III.1-9"]);
    })
    .await;
}

#[tokio::test]
async fn the_deadlines_of_the_notice_are_what_the_rules_read_in_their_words() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let notices: Vec<_> = store::notice::open(read, &Scope::All).await.unwrap();
        for task in store::task::of_notices(read, &Scope::All, &[notices[0].id]).await.unwrap() {
            let Some(raw) = &task.deadline_raw else { continue };
            let read = deadline::read(raw, notices[0].meeting_on.year()).deadline;
            let stored = (task.deadline_due, task.deadline_precision, task.deadline_best_effort);
            assert_eq!((read.due, read.precision, read.best_effort), stored, "{}: {raw}", task.code);
            assert_eq!(read.from, task.deadline_from, "{}: {raw}", task.code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_unit_is_found_by_what_people_type() {
    on_both_seeded(async |case: &Case| {
        let cases = [
            ("40", Some("40")),
            ("THH", Some("THH")),
            ("thh", Some("THH")),
            ("Cục THH", Some("THH")),
            ("cuc tin hoc hoa", Some("THH")),
            ("Cục Tin học hoá", Some("THH")),
            ("VP", Some("VP")),
            ("NEAC", Some("NEAC")),
            ("vnnic", Some("VNNIC")),
            ("CATTT", Some("ATTT")),
            ("ATTT", Some("ATTT")),
            ("Nghệ An", Some("40")),
            ("nghe an", Some("40")),
            ("Sở TTTT Nghệ An", Some("40")),
            ("TP Hà Nội", Some("01")),
            ("Vụ CNTT", Some("CNTT")),
            ("Bộ Công an", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            let found = by_code_or_alias(case.database.reader(), text).await.unwrap();
            assert_eq!(found.as_ref().map(|unit| unit.code.as_str()), wanted, "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_province_code_means_a_province_only_with_a_day() {
    on_both_seeded(async |case: &Case| {
        let read = case.database.reader();
        let on = async |day: NaiveDate| store::province::on(read, &Scope::All, day).await.unwrap();
        let (old, new) = (on(day("2020-03-02")).await, on(day("2025-07-01")).await);
        assert_eq!((old.len(), new.len()), (63, 34));
        assert_eq!(on(day("2025-06-30")).await.len(), 63);
        let ha_giang = old.iter().find(|province| province.name == "Hà Giang").unwrap();
        let successors = store::province::successors_of(read, &Scope::All, &[ha_giang.id]).await.unwrap();
        assert_eq!(successors[&ha_giang.id][0].name, "Tuyên Quang");
        let all: Vec<_> = old.iter().map(|province| province.id).collect();
        let successors = store::province::successors_of(read, &Scope::All, &all).await.unwrap();
        assert_eq!(successors.len(), 63, "every province of 2020 has a successor");
    })
    .await;
}
