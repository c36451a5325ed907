//! Rounds of `kill -9` at random moments of commits: each import is whole or absent, what was acknowledged is there, the
//! data is sound, and the server is ready again soon. The moments are seeded; GIAOBAN_KILL_ROUNDS asks for more rounds
//! and GIAOBAN_KILL_SEED for other moments.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use giaoban::actions::check_data::check_data;
use giaoban::domain::access::{Role, Scope};
use giaoban::domain::assignment::AssignmentRole;
use giaoban::domain::import::ImportState;
use giaoban::domain::notice::NoticeState;
use giaoban::entities::{assignment, field, import, notice, task};
use giaoban::store;
use giaoban::store::write::insert_all;
use reqwest::Client;
use rust_xlsxwriter::Workbook;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::program::{place, program, run_on};
use crate::support::app::{TestApp, on_both};

/// Tasks of the large notice, and rows of the large sheet.
const ROWS: u32 = 800;
/// The department that reports.
const UNIT: &str = "38";

fn content(number: u32) -> String {
    format!(
        "Hoàn thành hạng mục số {number} của kế hoạch hạ tầng cáp quang giai đoạn {}",
        number * 7919 % 9973
    )
}

/// A notice with many tasks, all led by one department.
async fn large_notice(app: &TestApp) {
    let (db, unit) = (app.app.database.writer(), app.unit(UNIT).await);
    let founding = notice::Entity::find().one(db).await.unwrap().unwrap();
    let notice = notice::Model {
        id: Uuid::now_v7(),
        quarter: "2020-Q2".to_owned(),
        state: NoticeState::Open,
        ..founding
    };
    let field = field::Model {
        id: Uuid::now_v7(),
        notice_id: notice.id,
        numeral: "I".to_owned(),
        name: "Hạ tầng".to_owned(),
        sort_order: 1,
    };
    let like = task::Entity::find().filter(task::Column::IsHeading.eq(false)).one(db).await.unwrap().unwrap();
    let tasks: Vec<task::Model> = (1..=ROWS)
        .map(|number| task::Model {
            id: Uuid::now_v7(),
            notice_id: notice.id,
            field_id: field.id,
            parent_id: None,
            code: format!("I-{number}"),
            sort_order: i32::try_from(number).unwrap(),
            content: content(number),
            ..like.clone()
        })
        .collect();
    let assignments: Vec<assignment::Model> = tasks
        .iter()
        .map(|task| store::assignment::untouched((task.id, task.deadline_due), unit, AssignmentRole::Lead))
        .collect();
    insert_all::<notice::Model>(db, vec![notice]).await.unwrap();
    insert_all::<field::Model>(db, vec![field]).await.unwrap();
    insert_all::<task::Model>(db, tasks).await.unwrap();
    insert_all::<assignment::Model>(db, assignments).await.unwrap();
}

/// A sheet that reports on all of them; every `sending` is another content.
fn large_sheet(sending: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in
        (0..).zip(["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Kết quả thực hiện"])
    {
        sheet.write(3, column, heading).unwrap();
    }
    for number in 1..=ROWS {
        let row = 3 + number;
        sheet.write(row, 0, number).unwrap();
        sheet.write(row, 1, content(number)).unwrap();
        sheet.write(row, 2, "Đang thực hiện").unwrap();
        sheet.write(row, 3, format!("Đã làm phần {row}, lần {sending}")).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A number given from outside.
#[expect(clippy::disallowed_methods, reason = "a switch of the test run, not a setting")]
fn given(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Chance that can be repeated (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below.max(1)
    }
}

/// A server process.
struct Served {
    child: Child,
    url: String,
    client: Client,
    token: String,
}

impl Served {
    /// Starts it and waits until it is ready; gives the time that took.
    async fn start(app: &TestApp, token: &str) -> (Served, Duration) {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let mut command = program();
        command.args(["serve", "--listen", &listen]).args(place(app.database()));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let url = format!("http://{listen}");
        let served = Served { child, url, client: Client::new(), token: token.to_owned() };
        let begun = Instant::now();
        while !served.is_ready().await {
            assert!(begun.elapsed() < Duration::from_secs(30), "the server did not come up");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (served, begun.elapsed())
    }

    async fn is_ready(&self) -> bool {
        let answer = self.client.get(format!("{}/health/ready", self.url)).send().await;
        answer.is_ok_and(|answer| answer.status() == 200)
    }

    /// Sends a sheet in; gives the id of the import and the hash of its plan.
    async fn upload(&self, bytes: Vec<u8>) -> (Uuid, String) {
        let request = self.client.post(format!("{}/imports?unit={UNIT}", self.url)).bearer_auth(&self.token);
        let answer: Value = request.body(bytes).send().await.unwrap().json().await.unwrap();
        let text = |name: &str| answer[name].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        assert_eq!(answer["counts"]["create"], ROWS, "{}", answer["counts"]);
        (text("id").parse().unwrap(), text("hash"))
    }

    /// Asks for a commit; says whether it was acknowledged.
    fn commit(&self, (id, hash): (Uuid, &str)) -> impl Future<Output = bool> + Send + 'static {
        let request = self.client.post(format!("{}/imports/{id}/commit", self.url)).bearer_auth(&self.token);
        let request = request.json(&json!({ "planHash": hash }));
        async move {
            let Ok(answer) = request.send().await else { return false };
            answer.status() == 200
                && answer.json::<Value>().await.is_ok_and(|answer| answer["outcome"] == "stored")
        }
    }

    /// SIGKILL.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// What became of the rounds.
#[derive(Debug, Default)]
struct Rounds {
    /// Killed before the commit was acknowledged, and nothing of it is there.
    absent: u32,
    /// Killed before the commit was acknowledged, but after it was final: all of it is there.
    whole: u32,
    /// Acknowledged before the kill.
    acknowledged: u32,
    /// The longest time until the server was ready again.
    slowest_start: Duration,
}

/// The import is there with all its rows, or not at all. Says which.
async fn whole_or_absent(app: &TestApp, id: Uuid) -> bool {
    let db = app.app.database.reader();
    let import = store::import::find(db, &Scope::All, id).await.unwrap().unwrap();
    let filter = store::report::Filter { imports: vec![id], ..Default::default() };
    let reports = store::report::count(db, &Scope::All, &filter).await.unwrap();
    match import.state {
        ImportState::Committed => assert_eq!(reports, u64::from(ROWS), "half a commit"),
        ImportState::Planned => assert_eq!(reports, 0, "reports without a commit"),
        other => panic!("{other:?}"),
    }
    import.state == ImportState::Committed
}

/// Everything acknowledged is there, and the data is sound.
async fn all_is_well(app: &TestApp, acknowledged: &BTreeSet<Uuid>) {
    let imports = import::Entity::find().all(app.app.database.reader()).await.unwrap();
    let committed: BTreeSet<Uuid> =
        imports.iter().filter(|row| row.state == ImportState::Committed).map(|row| row.id).collect();
    assert!(committed.is_superset(acknowledged), "an acknowledged commit is gone");
    let checked = check_data(&app.app, &app.caller(Role::Admin, &[]).await).await.unwrap();
    assert!(checked.is_whole(), "{checked:?}");
}

/// How long a commit takes when nobody disturbs it.
async fn undisturbed(served: &Served, acknowledged: &mut BTreeSet<Uuid>) -> u64 {
    let (id, hash) = served.upload(large_sheet(0)).await;
    let begun = Instant::now();
    assert!(served.commit((id, &hash)).await);
    acknowledged.insert(id);
    u64::try_from(begun.elapsed().as_micros()).unwrap()
}

#[tokio::test]
async fn whatever_is_killed_when_leaves_each_import_whole_or_absent() {
    let rounds = given("GIAOBAN_KILL_ROUNDS", 10);
    let seed = given("GIAOBAN_KILL_SEED", 20_200_430);
    on_both(async |app| {
        large_notice(app).await;
        // The server goes by the clock of the machine, so the token comes from the program too.
        let made =
            run_on(app.database(), &["token", "new", "--role", "unit", "--unit", UNIT, "--json"]).well();
        let token = made.json()["token"].as_str().unwrap().to_owned();
        let (mut chance, mut found, mut acknowledged) = (Chance(seed), Rounds::default(), BTreeSet::new());
        let (mut served, _) = Served::start(app, &token).await;
        let length = undisturbed(&served, &mut acknowledged).await;
        let mut waiting: Option<(Uuid, String)> = None;
        for round in 1..=usize::try_from(rounds).unwrap() {
            let (id, hash) = match waiting.take() {
                Some(import) => import,
                None => served.upload(large_sheet(round)).await,
            };
            let commit = tokio::spawn(served.commit((id, &hash)));
            tokio::time::sleep(Duration::from_micros(chance.next(length * 13 / 10))).await;
            served.kill();
            let was_acknowledged = commit.await.unwrap();
            let is_there = whole_or_absent(app, id).await;
            if was_acknowledged {
                acknowledged.insert(id);
                found.acknowledged += 1;
            } else if is_there {
                found.whole += 1;
            } else {
                found.absent += 1;
                waiting = Some((id, hash));
            }
            all_is_well(app, &acknowledged).await;
            let (again, took) = Served::start(app, &token).await;
            found.slowest_start = found.slowest_start.max(took);
            served = again;
        }
        if let Some((id, hash)) = waiting {
            assert!(served.commit((id, &hash)).await, "what was killed can be committed afterwards");
        }
        served.kill();
        say(&format!("{rounds} rounds, seed {seed}, undisturbed {} ms: {found:?}", length / 1000));
        assert!(found.slowest_start < Duration::from_secs(5), "{found:?}");
        assert!(u64::from(found.absent) * 3 >= rounds, "commits are killed in their middle: {found:?}");
    })
    .await;
}

/// The harness shows what a test printed when asked to (`--nocapture`).
#[expect(clippy::print_stdout, reason = "the figures of the rounds")]
fn say(line: &str) {
    println!("{line}");
}
