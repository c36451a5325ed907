//! Two open notices: a code or a wording that both use is never taken for the wrong one in silence.

use giaoban::actions::answer_import::answer_import;
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::notice::NoticeState;
use giaoban::entities::{field, notice, task};
use giaoban::import::answers::{Answers, Link, RowAnswer};
use giaoban::store;
use giaoban::store::write::insert_all;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::history::{all_is_well, commit};
use super::sheet::{officer, outcomes, send_lines, task_of};
use crate::support::app::{TestApp, on_both};

const NEW_WORK: &str = "Rà soát toàn bộ trạm phát sóng trên địa bàn và lập bản đồ vùng lõm sóng";

/// A notice of the second quarter: VII.4-1 as in the first one, VII.4-3 another task.
async fn second_notice(app: &TestApp) {
    let db = app.app.database.writer();
    let founding = notice::Entity::find().one(db).await.unwrap().unwrap();
    let first = task_of(app, "VII.4-1").await.unwrap();
    let notice =
        notice::Model { id: Uuid::now_v7(), quarter: "2020-Q2".into(), state: NoticeState::Open, ..founding };
    let field = field::Model {
        id: Uuid::now_v7(),
        notice_id: notice.id,
        numeral: "VII".into(),
        name: "Địa phương".into(),
        sort_order: 7,
    };
    let task = |code: &str, sort_order, content: String| task::Model {
        id: Uuid::now_v7(),
        notice_id: notice.id,
        field_id: field.id,
        parent_id: None,
        code: code.to_owned(),
        sort_order,
        content,
        deadline_raw: None,
        deadline_due: None,
        ..first.clone()
    };
    let tasks = vec![task("VII.4-1", 1, first.content.clone()), task("VII.4-3", 2, NEW_WORK.to_owned())];
    let unit = app.unit("40").await;
    let assignments: Vec<_> = tasks
        .iter()
        .map(|task| store::assignment::untouched((task.id, task.deadline_due), unit, AssignmentRole::Lead))
        .collect();
    insert_all::<notice::Model>(db, vec![notice]).await.unwrap();
    insert_all::<field::Model>(db, vec![field]).await.unwrap();
    insert_all::<task::Model>(db, tasks).await.unwrap();
    insert_all::<giaoban::entities::assignment::Model>(db, assignments).await.unwrap();
}

#[tokio::test]
async fn a_wording_of_two_notices_is_asked_about_and_a_code_of_two_names_its_notice() {
    on_both(async |app| {
        let same = task_of(app, "VII.4-1").await.unwrap().content;
        let old = task_of(app, "VII.4-3").await.unwrap().content;
        second_notice(app).await;
        let lines = [
            (same.as_str(), "Đang thực hiện", "40", "", ""),
            (NEW_WORK, "Đang thực hiện", "50", "", ""),
            (old.as_str(), "Đang thực hiện", "60", "", ""),
        ];
        let sent = send_lines(app, "tháng 4", &lines).await;
        assert_eq!(outcomes(&sent.plan), ["- ask", "VII.4-3@2020-Q2 create", "VII.4-3@2020-Q1 create"]);
        let mut candidates: Vec<&str> =
            sent.plan.rows[0].candidates.iter().map(|(code, _)| code.as_ref()).collect();
        candidates.sort_unstable();
        assert_eq!(candidates, ["VII.4-1@2020-Q1", "VII.4-1@2020-Q2"]);

        let place = (sent.plan.rows[0].place.sheet.to_string(), sent.plan.rows[0].place.row);
        let link = RowAnswer { link: Some(Link::Task("VII.4-1@2020-Q2".into())), ..RowAnswer::default() };
        let answers = Answers { rows: [(place, link)].into(), ..Answers::default() };
        let answered = answer_import(&app.app, &officer(app).await, sent.import.id, answers).await.unwrap();
        assert_eq!(outcomes(&answered.plan)[0], "VII.4-1@2020-Q2 create");
        commit(app, &answered).await;
        all_is_well(app).await;
        let unit = app.unit("40").await;
        let scope = officer(app).await.scope();
        let all = store::assignment::of_unit(app.app.database.reader(), &scope, unit).await.unwrap();
        let reported = all.iter().filter(|row| row.last_report_id.is_some()).count();
        assert_eq!(reported, 3, "three tasks, each its own report");

        let again = send_lines(app, "tháng 4", &lines).await;
        assert!(
            again.plan.is_no_change(),
            "what was answered is not asked again: {:?}",
            outcomes(&again.plan)
        );
    })
    .await;
}
