//! Open questions, answered with curl alone: every kind of answer, what is refused and why, and that what was answered
//! once is not asked the next month.

use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::domain::access::{Role, Scope};
use giaoban::domain::history::Stated;
use giaoban::domain::percent::Percent;
use giaoban::entities::assignment;
use giaoban::store;
use serde_json::{Value, json};

use crate::support::app::{Server, TestApp, on_both};
use crate::support::book::{BETWEEN_TWO, OWN_WORK, book, open_report};

async fn upload(server: &Server, token: &str, bytes: Vec<u8>) -> Value {
    let answer =
        server.post("/imports?unit=40&fileName=bao-cao.xlsx", token).body(bytes).send().await.unwrap();
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(status, 201, "{body}");
    body
}

async fn answer(server: &Server, token: &str, plan: &Value, answers: Value) -> (u16, Value) {
    let id = plan["import"]["id"].as_str().unwrap();
    let request = server.post(&format!("/imports/{id}/answers"), token).json(&answers);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn answered(server: &Server, token: &str, plan: &Value, answers: Value) -> Value {
    let (status, body) = answer(server, token, plan, answers).await;
    assert_eq!(status, 200, "{body}");
    body
}

async fn commit(server: &Server, token: &str, plan: &Value) -> Value {
    let id = plan["import"]["id"].as_str().unwrap();
    let body = json!({ "planHash": plan["hash"] });
    let answer = server.post(&format!("/imports/{id}/commit"), token).json(&body).send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["outcome"], "stored", "{body}");
    body
}

/// The questions of a plan: kind and place.
fn asked(plan: &Value) -> Vec<String> {
    let of_column = ["percent_scale", "day_order", "column_meaning"];
    let place = |question: &Value| match question["kind"].as_str() {
        Some(kind) if of_column.contains(&kind) => question["column"].as_str().unwrap().to_owned(),
        _ => question["row"].as_u64().map_or("-".to_owned(), |row| row.to_string()),
    };
    let questions = plan["questions"].as_array().unwrap().iter();
    questions.map(|question| format!("{} {}", question["kind"].as_str().unwrap(), place(question))).collect()
}

fn outcomes(plan: &Value) -> Vec<String> {
    let rows = plan["rows"].as_array().unwrap().iter();
    rows.map(|row| format!("{} {}", row["task"].as_str().unwrap_or("-"), row["outcome"].as_str().unwrap()))
        .collect()
}

async fn assignment(app: &TestApp, code: &str) -> assignment::Model {
    let db = app.app.database.reader();
    let notices = store::notice::open(db, &Scope::All).await.unwrap();
    let tasks = store::task::of_notices(db, &Scope::All, &[notices[0].id]).await.unwrap();
    let task = tasks.into_iter().find(|task| task.code == code).unwrap();
    let all = store::assignment::of_unit(db, &Scope::All, app.unit("40").await).await.unwrap();
    all.into_iter().find(|row| row.task_id == task.id).unwrap_or_else(|| panic!("no assignment of {code}"))
}

fn april_answers() -> Value {
    json!({
        "rows": [
            { "sheet": "Biểu 1", "row": 5, "task": "VII.4-3" },
            { "row": 6, "notATask": true },
        ],
        "columns": [
            { "sheet": "Biểu 1", "column": "E", "percentScale": "fractions" },
            { "column": "c", "dayOrder": "swapped" },
            { "column": "F", "meaning": "result" },
        ],
    })
}

#[tokio::test]
async fn open_questions_are_answered_stored_and_not_asked_again_the_next_month() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let plan = upload(&server, &token, open_report("4", "#0.5", "@2020-05-06")).await;
        assert_eq!(asked(&plan), ["percent_scale E", "day_order C", "task 5", "task 6"], "{plan}");
        let questions = plan["questions"].as_array().unwrap();
        assert_eq!(questions[0]["readings"], json!(["0,5%", "50%"]));
        assert_eq!(questions[1]["readings"], json!(["06/5/2020", "05/6/2020"]));
        assert_eq!(questions[2]["content"], BETWEEN_TWO);
        let candidates = questions[2]["candidates"].as_array().unwrap();
        let named = |code: &str| candidates.iter().find(|candidate| candidate["task"] == code).unwrap();
        let wording = crate::support::book::wording("VII.4-3");
        assert_eq!(named("VII.4-3")["content"], wording, "a person sees what a code stands for");

        let settled = answered(&server, &token, &plan, april_answers()).await;
        assert_eq!(asked(&settled), [""; 0], "{settled}");
        assert_eq!(outcomes(&settled), ["VII.4-1 create", "VII.4-3 create", "- not_ours", "- not_ours"]);
        assert_ne!(settled["hash"], plan["hash"], "another plan has another hash");
        commit(&server, &token, &settled).await;
        let first = assignment(app, "VII.4-1").await;
        assert_eq!(first.percent, Percent::from_hundredths(5000));
        assert!(first.result.is_some_and(|result| result.contains("mạng xã hội")), "column F is the result");

        let may = upload(&server, &token, open_report("5", "#0.7", "@2020-07-08")).await;
        assert_eq!(asked(&may), [""; 0], "{may}");
        assert_eq!(outcomes(&may)[..1], ["VII.4-1 create"]);
        let links: Vec<&Value> = may["rows"].as_array().unwrap().iter().map(|row| &row["task"]).collect();
        assert_eq!(links, [&json!("VII.4-1"), &json!("VII.4-3"), &Value::Null, &Value::Null]);
        commit(&server, &token, &may).await;
        assert_eq!(assignment(app, "VII.4-1").await.percent, Percent::from_hundredths(7000));
    })
    .await;
}

#[tokio::test]
async fn a_later_answer_replaces_an_earlier_one_and_a_plan_made_again_knows_them() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let plan = upload(&server, &token, open_report("4", "#0.5", "@2020-05-06")).await;
        answered(&server, &token, &plan, april_answers()).await;
        let other = json!({
            "rows": [{ "row": 5, "task": "II.1-3" }],
            "columns": [
                { "column": "E", "percentScale": "whole" },
                { "column": "C", "dayOrder": "as_stored" },
                { "column": "G", "meaning": "result" },
            ],
        });
        let again = answered(&server, &token, &plan, other).await;
        assert_eq!(outcomes(&again)[..2], ["VII.4-1 create", "II.1-3 create"]);
        let cells = again["rows"][0]["cells"].as_array().unwrap();
        let theirs = |field: &str| {
            cells
                .iter()
                .find(|cell| cell["field"] == field)
                .map(|cell| cell["theirs"].clone())
                .unwrap_or_default()
        };
        assert_eq!(
            (theirs("percent"), theirs("result")),
            (json!(0.5), Value::Null),
            "G is the result now, and empty"
        );
        let id = again["import"]["id"].as_str().unwrap();
        let shown: Value =
            server.get(&format!("/imports/{id}"), &token).send().await.unwrap().json().await.unwrap();
        assert_eq!(shown["hash"], again["hash"], "the same plan from what was kept");
    })
    .await;
}

#[tokio::test]
async fn progress_values_sides_and_the_whole_workbook_are_answered() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let headings = [
            "STT",
            "Nội dung nhiệm vụ",
            "Thời hạn hoàn thành",
            "Kết quả thực hiện",
            "Tình trạng thực hiện",
            "Ghi chú",
        ];
        let rows: [&[&str]; 3] = [
            &["1", "$VII.4-1", "", "Đang rà soát các trang mạng", "Chưa đến hạn", ""],
            &["2", "$VII.4-3", "", "Đã ban hành kế hoạch của tỉnh", "", "Đã hoàn thành"],
            &["3", "$III.1-7", "", "Đã gửi dữ liệu cho Cục", "Đang thực hiện", ""],
        ];
        let title = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH THANH HÓA";
        let plan = upload(&server, &token, book(title, &headings, &rows)).await;
        assert_eq!(asked(&plan), ["workbook -", "progress 4", "values 5"], "{plan}");
        let accepted = answered(&server, &token, &plan, json!({ "acceptWorkbook": true })).await;
        assert_eq!(asked(&accepted), ["progress 4", "values 5"]);
        assert_eq!(outcomes(&accepted)[2], "III.1-7 create");
        let answers =
            json!({ "rows": [{ "row": 4, "progress": "not_started" }, { "row": 5, "asRead": true }] });
        let settled = answered(&server, &token, &plan, answers).await;
        assert_eq!(outcomes(&settled), ["VII.4-1 create", "VII.4-3 create", "III.1-7 create"]);
        commit(&server, &token, &settled).await;

        let by_hand = Stated { result: Some("Ghi tay".into()), ..Stated::default() };
        let officer = app.caller(Role::Unit, &["40"]).await;
        for code in ["VII.4-1", "III.1-7"] {
            let assignment = assignment(app, code).await.id;
            let wanted = RecordReport { assignment, reported_on: None, stated: by_hand.clone() };
            record_report(&app.app, &officer, wanted).await.unwrap();
        }
        let later: [&[&str]; 2] = [
            &["1", "$VII.4-1", "", "Đã rà soát xong", "Đang thực hiện", ""],
            &["2", "$III.1-7", "", "Đã gửi thêm dữ liệu", "Đang thực hiện", ""],
        ];
        let both = upload(&server, &token, book("BÁO CÁO THÁNG 5", &headings, &later)).await;
        assert_eq!(asked(&both), ["side 4", "side 5"], "{both}");
        let answers = json!({ "rows": [{ "row": 4, "keep": "theirs" }, { "row": 5, "keep": "ours" }] });
        let settled = answered(&server, &token, &both, answers).await;
        assert_eq!(asked(&settled), [""; 0], "{settled}");
        commit(&server, &token, &settled).await;
        assert_eq!(assignment(app, "VII.4-1").await.result.as_deref(), Some("Đã rà soát xong"));
        assert_eq!(assignment(app, "III.1-7").await.result.as_deref(), Some("Ghi tay"));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_refused_with_what_is_wrong_and_changes_nothing() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let plan = upload(&server, &token, open_report("4", "#0.5", "@2020-05-06")).await;
        for (answers, field, says) in [
            (json!({ "rows": [{ "row": 99, "task": "VII.4-3" }] }), "rows", "dòng 99"),
            (json!({ "rows": [{ "row": 0, "notATask": true }] }), "rows", "từ 1"),
            (json!({ "rows": [{ "sheet": "Không có", "row": 5, "notATask": true }] }), "rows", "Biểu 1"),
            (json!({ "rows": [{ "row": 5, "task": "IX.9-9" }] }), "rows", "IX.9-9"),
            (json!({ "rows": [{ "row": 5, "task": "VII.4-3", "notATask": true }] }), "rows", "cả hai"),
            (json!({ "rows": [{ "row": 5, "keep": "mine" }] }), "rows", "mine"),
            (json!({ "rows": [{ "row": 5, "progress": "suspended" }] }), "rows", "Văn phòng Bộ"),
            (json!({ "columns": [{ "column": "Z", "meaning": "percent" }] }), "columns", "cột Z"),
            (json!({ "columns": [{ "column": "7", "meaning": "percent" }] }), "columns", "“7”"),
            (json!({ "columns": [{ "column": "E", "meaning": "tyle" }] }), "columns", "percent"),
            (json!({ "columns": [{ "column": "F", "percentScale": "whole" }] }), "columns", "cột tỷ lệ"),
            (json!({ "columns": [{ "column": "F", "dayOrder": "swapped" }] }), "columns", "cột ngày"),
            (json!({ "columns": [{ "column": "B", "meaning": "note" }] }), "columns", "bảng nhiệm vụ"),
            (
                json!({ "columns": [{ "column": "F", "meaning": "result" }, { "column": "G", "meaning": "result" }] }),
                "columns",
                "cột F và cột G",
            ),
            (json!({}), "answers", "Chưa có câu trả lời"),
        ] {
            let (status, refused) = answer(&server, &token, &plan, answers.clone()).await;
            let error = &refused["error"];
            assert_eq!((status, &error["code"], &error["field"]), (400, &json!("INVALID_INPUT"), &json!(field)), "{answers} {refused}");
            let message = error["message"].as_str().unwrap();
            assert!(message.contains(says) && message.ends_with('.'), "{answers}: {message}");
        }
        let id = plan["import"]["id"].as_str().unwrap();
        let shown: Value = server.get(&format!("/imports/{id}"), &token).send().await.unwrap().json().await.unwrap();
        assert_eq!(shown["hash"], plan["hash"]);

        let other = app.token(Role::Unit, &["38"]).await;
        let (status, _) = answer(&server, &other, &plan, april_answers()).await;
        assert_eq!(status, 404, "another department's import does not exist");
        let reader = app.token(Role::Analyst, &[]).await;
        assert_eq!(answer(&server, &reader, &plan, april_answers()).await.0, 403);
        server.post(&format!("/imports/{id}/discard"), &token).send().await.unwrap();
        let (status, late) = answer(&server, &token, &plan, april_answers()).await;
        assert_eq!((status, &late["error"]["code"]), (409, &json!("IMPORT_STATE")));
    })
    .await;
}

#[tokio::test]
async fn of_two_tables_beside_each_other_an_answer_reaches_its_own_only() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let half = ["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Kết quả thực hiện"];
        let headings: Vec<&str> = half.iter().chain(&[""]).chain(&half).copied().collect();
        let rows: [&[&str]; 3] = [
            &["1", "$VII.4-1", "Đang thực hiện", "Đã họp", "", "1", "$VII.4-2.2", "Đang thực hiện", "Đã họp"],
            &["2", OWN_WORK, "Đang thực hiện", "Đã trình", "", "2", BETWEEN_TWO, "Chưa thực hiện", "Chờ"],
            &["", "", "", "", "", "3", OWN_WORK, "Đang thực hiện", "Đã họp"],
        ];
        let plan = upload(&server, &token, book("BÁO CÁO", &headings, &rows)).await;
        let question = |at: usize| &plan["questions"][at];
        assert_eq!(asked(&plan), ["task 5", "task 5", "task 6"], "{plan}");
        assert_eq!((&question(0)["table"], &question(1)["table"]), (&Value::Null, &json!("F")));

        // The right table first: a column of it names it.
        let right = json!({ "rows": [{ "row": 5, "table": "F", "task": "VII.4-3" }] });
        let settled = answered(&server, &token, &plan, right).await;
        assert_eq!(asked(&settled), ["task 5", "task 6"], "the left one still asks: {settled}");
        let linked = ["VII.4-1 create", "- ask", "VII.4-2.2 create", "VII.4-3 create", "- ask"];
        assert_eq!(outcomes(&settled), linked);
        assert_ne!(settled["hash"], plan["hash"]);

        // Without a column the left one; where only one table has the row, that one.
        let left = json!({ "rows": [{ "row": 5, "notATask": true }, { "row": 6, "notATask": true }] });
        let settled = answered(&server, &token, &settled, left).await;
        assert_eq!(asked(&settled), [""; 0], "{settled}");
        let linked = ["VII.4-1 create", "- not_ours", "VII.4-2.2 create", "VII.4-3 create", "- not_ours"];
        assert_eq!(outcomes(&settled), linked);
        let (status, refused) = answer(
            &server,
            &token,
            &settled,
            json!({ "rows": [{ "row": 6, "table": "A", "notATask": true }] }),
        )
        .await;
        assert_eq!((status, &refused["error"]["code"]), (400, &json!("INVALID_INPUT")), "{refused}");
        commit(&server, &token, &settled).await;
        assert_eq!(assignment(app, "VII.4-3").await.result.as_deref(), Some("Chờ"));
    })
    .await;
}

#[tokio::test]
async fn a_column_of_each_of_two_tables_beside_each_other_can_be_given_the_same_meaning() {
    on_both(async |app| {
        let (server, token) = (app.serve().await, app.token(Role::Unit, &["40"]).await);
        let half = ["STT", "Nội dung nhiệm vụ", "Tình trạng thực hiện", "Ghi chú"];
        let headings: Vec<&str> = half.iter().chain(&[""]).chain(&half).copied().collect();
        let rows: [&[&str]; 2] = [
            &[
                "1",
                "$VII.4-1",
                "Đang thực hiện",
                "Chưa có tiền",
                "",
                "1",
                "$VII.4-2.2",
                "Đang thực hiện",
                "Chờ",
            ],
            &["2", OWN_WORK, "Đang thực hiện", "", "", "2", "$VII.4-3", "Chưa thực hiện", "Thiếu người"],
        ];
        let plan = upload(&server, &token, book("BÁO CÁO", &headings, &rows)).await;
        let means = |columns: &[&str]| {
            let columns: Vec<Value> =
                columns.iter().map(|at| json!({ "column": at, "meaning": "difficulties" })).collect();
            json!({ "columns": columns })
        };
        let (status, refused) = answer(&server, &token, &plan, means(&["C", "D"])).await;
        assert_eq!(
            (status, &refused["error"]["code"]),
            (400, &json!("INVALID_INPUT")),
            "of one table: {refused}"
        );
        // Both in one breath, and one after the other.
        let settled = answered(&server, &token, &plan, means(&["D", "I"])).await;
        let settled = answered(&server, &token, &settled, means(&["I"])).await;
        commit(&server, &token, &settled).await;
        for (code, difficulties) in
            [("VII.4-1", "Chưa có tiền"), ("VII.4-2.2", "Chờ"), ("VII.4-3", "Thiếu người")]
        {
            assert_eq!(assignment(app, code).await.difficulties.as_deref(), Some(difficulties), "{code}");
        }
    })
    .await;
}
