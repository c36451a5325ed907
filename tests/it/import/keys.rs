//! The key that a client gives to a commit: it makes a repeated request safe, belongs to one import of a unit, and has a
//! form that is checked before anything is done.

use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::domain::access::{Role, Scope};
use giaoban::error::Code;
use giaoban::store;

use super::sheet::{Line, officer, send_lines};
use crate::support::app::on_both;
use crate::support::book::book;

const LINE: Line<'_> = ("VII.4-1", "Đang thực hiện", "50", "Đã gỡ 12 bài", "");

#[tokio::test]
async fn a_key_belongs_to_one_import_and_makes_a_repeated_request_safe() {
    on_both(async |app| {
        let caller = officer(app).await;
        let sent = send_lines(app, "Quý I", &[LINE]).await;
        let with_key = |sent: &Uploaded| CommitImport {
            id: sent.import.id,
            plan_hash: sent.plan.hash.clone(),
            idempotency_key: Some("k-1".into()),
            strict: false,
        };
        commit_import(&app.app, &caller, with_key(&sent)).await.unwrap();
        let again = commit_import(&app.app, &caller, with_key(&sent)).await.unwrap();
        assert!(matches!(again, Committed::Repeated { .. }));
        let other = send_lines(app, "Quý I", &[("VII.4-1", "", "60", "", "")]).await;
        let refused = commit_import(&app.app, &caller, with_key(&other)).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (Code::InvalidInput, Some("idempotency_key")));
    })
    .await;
}

#[tokio::test]
async fn two_units_may_choose_the_same_key_and_neither_learns_of_the_other() {
    on_both(async |app| {
        let caller = app.caller(Role::Unit, &["48"]).await;
        let other = app.caller(Role::Unit, &["40"]).await;
        let row: [&str; 4] = ["1", "$VII.4-1", "Đang thực hiện", "50"];
        let headings = ["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Tỷ lệ (%)"];
        for (unit, caller) in [("48", caller), ("40", other)] {
            let bytes = book("BÁO CÁO", &headings, &[&row]);
            let upload = Upload { unit: unit.to_owned(), file_name: None, bytes, reported_on: None };
            let sent = upload_import(&app.app, &caller, upload).await.unwrap();
            let wanted = CommitImport {
                id: sent.import.id,
                plan_hash: sent.plan.hash.clone(),
                idempotency_key: Some("K-0".into()),
                strict: false,
            };
            let done = commit_import(&app.app, &caller, wanted.clone()).await.unwrap();
            assert!(matches!(done, Committed::Stored { .. }), "{unit}: {done:?}");
            let again = commit_import(&app.app, &caller, wanted).await.unwrap();
            assert!(matches!(again, Committed::Repeated { .. }), "{unit}: {again:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_key_is_refused_before_anything_is_done() {
    on_both(async |app| {
        let caller = officer(app).await;
        let sent = send_lines(app, "Quý I", &[LINE]).await;
        let longest = "ă".repeat(200);
        for (key, is_key) in [
            ("", false),
            ("  ", false),
            ("a\0", false),
            ("a\nb", false),
            (&*"ă".repeat(201), false),
            (&*longest, true),
        ] {
            let wanted = CommitImport {
                id: sent.import.id,
                plan_hash: sent.plan.hash.clone(),
                idempotency_key: Some(key.to_owned()),
                strict: false,
            };
            let done = commit_import(&app.app, &caller, wanted).await;
            let refused = done.err().map(|error| (error.code, error.field));
            let expected = (!is_key).then(|| (Code::InvalidInput, Some("idempotency_key".to_owned())));
            assert_eq!(refused, expected, "{key:?}");
        }
        let db = app.app.database.reader();
        assert_eq!(store::report::count(db, &Scope::All, &Default::default()).await.unwrap(), 1);
    })
    .await;
}
