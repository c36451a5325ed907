//! What is remembered of files: once for a unit, seen inside the scope, and nothing that makes no sense.

use std::collections::BTreeSet;

use giaoban::domain::access::Scope;
use giaoban::entities::{import, layout, wording};
use giaoban::store::{self, write};
use uuid::Uuid;

use super::fixture::{Case, day, now, on_both_seeded};

async fn units_and_import(case: &Case) -> (Uuid, Uuid, Uuid) {
    let db = case.database.writer();
    let units = store::unit::all(db, &Scope::All).await.unwrap();
    store::import::keep_bytes(db, "00".repeat(32), b"x".to_vec()).await.unwrap();
    let import = import::Model {
        id: write::new_id(),
        unit_id: units[0].id,
        file_sha256: "00".repeat(32),
        file_name: None,
        uploaded_by: "thử nghiệm".into(),
        uploaded_at: now(),
        reported_on: day("2020-04-01"),
        state: giaoban::domain::import::ImportState::Planned,
        refusal: None,
        plan_hash: None,
        committed_by: None,
        committed_at: None,
        counts: None,
        answers: None,
        content_hash: None,
        base_event: None,
        event_no: None,
        commit_key: None,
    };
    let id = import.id;
    store::import::insert(db, import).await.unwrap();
    (units[0].id, units[1].id, id)
}

fn layout(unit_id: Uuid, import_id: Uuid, uses: i32) -> layout::Model {
    layout::Model {
        id: write::new_id(),
        unit_id,
        fingerprint: "f".repeat(64),
        sheet_name: "Bảng 1".into(),
        columns: "[]".into(),
        import_id,
        reported_on: day("2020-04-01"),
        uses,
        corrected_by: None,
        created_at: now(),
        last_used_at: now(),
    }
}

fn wording(unit_id: Uuid, import_id: Uuid, is_task: bool) -> wording::Model {
    wording::Model {
        id: write::new_id(),
        unit_id,
        key: "xay dung ke hoach".into(),
        content: "Xây dựng kế hoạch".into(),
        is_task,
        task_id: None,
        notice_day: day("2020-03-02"),
        import_id,
        reported_on: day("2020-04-01"),
        answered_by: "thử nghiệm".into(),
        created_at: now(),
        answered_at: now(),
    }
}

#[tokio::test]
async fn a_layout_and_a_wording_are_kept_once_for_a_unit_and_seen_by_it_alone() {
    on_both_seeded(async |case: &Case| {
        let db = case.database.writer();
        let (unit, other, import) = units_and_import(case).await;
        let first = layout(unit, import, 1);
        store::memory::put_layouts(db, vec![first.clone(), layout(other, import, 1)]).await.unwrap();
        store::memory::put_layouts(db, vec![layout(unit, import, 2)]).await.unwrap();
        let found = store::memory::last_layouts(db, unit, 9).await.unwrap();
        assert_eq!((found.len(), found[0].id, found[0].uses), (1, first.id, 2), "the id of the first stays");
        store::memory::put_wordings(db, vec![wording(unit, import, false), wording(other, import, false)])
            .await
            .unwrap();
        store::memory::put_wordings(db, vec![wording(unit, import, false)]).await.unwrap();
        assert_eq!(store::memory::last_wordings(db, unit, 9).await.unwrap().len(), 1);

        let seen = Scope::Units(BTreeSet::from([other]));
        assert!(store::memory::layout(db, &seen, first.id).await.unwrap().is_none());
        assert_eq!(store::memory::count_layouts(db, &seen, unit).await.unwrap(), 0);
        assert_eq!(store::memory::count_wordings(db, &Scope::All, unit).await.unwrap(), 1);
        assert!(store::memory::forget_layout(db, first.id).await.unwrap());
        assert!(!store::memory::forget_layout(db, first.id).await.unwrap(), "it is gone");
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_not_remembered() {
    on_both_seeded(async |case: &Case| {
        let db = case.database.writer();
        let (unit, _, import) = units_and_import(case).await;
        assert!(
            store::memory::put_wordings(db, vec![wording(unit, import, true)]).await.is_err(),
            "a task without one"
        );
        let empty = wording::Model { key: String::new(), ..wording(unit, import, false) };
        assert!(store::memory::put_wordings(db, vec![empty]).await.is_err());
        assert!(store::memory::put_layouts(db, vec![layout(unit, import, 0)]).await.is_err(), "never used");
        let short = layout::Model { fingerprint: "f".into(), ..layout(unit, import, 1) };
        assert!(store::memory::put_layouts(db, vec![short]).await.is_err(), "no hash");
        assert!(
            store::memory::put_layouts(db, vec![layout(unit, write::new_id(), 1)]).await.is_err(),
            "of no import"
        );
    })
    .await;
}
