//! A little history, written by the verbs: reports, decisions and an extension of three units.

use chrono::NaiveDate;
use giaoban::actions::extend_deadline::{ExtendDeadline, extend_deadline};
use giaoban::actions::record_decision::{RecordDecision, record_decision};
use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::domain::access::{Role, Scope};
use giaoban::domain::decision::DecisionKind;
use giaoban::domain::history::Stated;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::store;
use uuid::Uuid;

use super::content::day;
use crate::support::app::TestApp;

/// The assignments of a unit in the order of the notice: task code and id.
pub(super) async fn assignments(app: &TestApp, unit: &str) -> Vec<(String, Uuid)> {
    let db = app.app.database.reader();
    let rows = store::assignment::of_unit(db, &Scope::All, app.unit(unit).await).await.unwrap();
    let tasks: Vec<Uuid> = rows.iter().map(|row| row.task_id).collect();
    let tasks = store::task::by_ids(db, &Scope::All, &tasks).await.unwrap();
    let mut rows: Vec<_> = rows.iter().map(|row| (&tasks[&row.task_id], row.id)).collect();
    rows.sort_by_key(|(task, _)| task.sort_order);
    rows.into_iter().map(|(task, id)| (task.code.clone(), id)).collect()
}

pub(super) async fn report(app: &TestApp, assignment: Uuid, on: &str, stated: Stated) {
    let office = app.caller(Role::Office, &[]).await;
    let report = RecordReport { assignment, reported_on: Some(day(on)), stated };
    record_report(&app.app, &office, report).await.unwrap();
}

pub(super) fn says(progress: Progress, percent: i64) -> Stated {
    Stated {
        progress: Some(progress),
        percent: Percent::from_hundredths(percent),
        result: Some("Đã ban hành Công văn số 125/STTTT-CNTT".into()),
        ..Stated::default()
    }
}

pub(super) async fn decide(app: &TestApp, assignment: Uuid, kind: DecisionKind, on: &str) {
    let office = app.caller(Role::Office, &[]).await;
    let transferred_to = (kind == DecisionKind::Transfer).then(|| "VP".to_owned());
    let decision = RecordDecision { assignment, kind, decided_on: Some(day(on)), note: None, transferred_to };
    record_decision(&app.app, &office, decision).await.unwrap();
}

pub(super) async fn extend(app: &TestApp, assignment: Uuid, due: Option<NaiveDate>, on: &str) {
    let office = app.caller(Role::Office, &[]).await;
    let wanted =
        ExtendDeadline { assignment, new_due: due, raw: None, reason: None, decided_on: Some(day(on)) };
    extend_deadline(&app.app, &office, wanted).await.unwrap();
}

/// Every standing that the notice's deadlines allow, spread over March and April.
pub(super) async fn write(app: &TestApp) {
    use DecisionKind::{Confirm, Return, Suspend, Transfer, Withdraw};
    use Progress::{Completed, InProgress, NotStarted};
    let thh = assignments(app, "THH").await;
    for (index, (_, id)) in (0..).zip(&thh) {
        let on = ["2020-03-04", "2020-03-12", "2020-03-18", "2020-04-14"][index % 4];
        let progress = [Completed, InProgress, Completed, NotStarted][index % 4];
        report(app, *id, on, says(progress, if progress == Completed { 10_000 } else { 3050 })).await;
        match index {
            0 | 2 => decide(app, *id, Confirm, "2020-03-19").await,
            4 => decide(app, *id, Return, "2020-03-25").await,
            5 => decide(app, *id, Suspend, "2020-03-25").await,
            6 => extend(app, *id, Some(day("2020-12-31")), "2020-03-25").await,
            7 => decide(app, *id, Withdraw, "2020-04-01").await,
            9 => decide(app, *id, Transfer, "2020-04-01").await,
            _ => {}
        }
    }
    for unit in ["40", "42"] {
        for (index, (_, id)) in (0..).zip(&assignments(app, unit).await) {
            report(app, *id, "2020-04-14", says([InProgress, Completed][index % 2], 6550)).await;
        }
    }
}
