//! Answers through GraphQL, and what is remembered of them: listed, corrected, forgotten, and seen by its unit alone.

use giaoban::actions::commit_import::{CommitImport, Committed, commit_import};
use giaoban::actions::upload_import::{Upload, Uploaded, upload_import};
use giaoban::domain::access::{Caller, Role};
use serde_json::{Value, json};

use super::{ask, code, data};
use crate::support::app::{TestApp, on_both};
use crate::support::book::{BETWEEN_TWO, OWN_WORK, open_report, wording};

const ANSWER: &str = "mutation($input: AnswerImportInput!) { answerImport(input: $input) {
    import { planHash tables { sheet own headerRows columns { column heading meaning percentScale dayOrder evidence } } }
    plan { hash notMentioned counts { outcome count }
        questions { kind sheet rowNumber column cell waiting sentence readings
            row { content candidates { code score content task { code } } cells { part says ours theirs } } } }
    errors { code field message } } }";

async fn sent(app: &TestApp, caller: &Caller, bytes: Vec<u8>) -> Uploaded {
    let upload =
        Upload { unit: "40".into(), file_name: Some("bao-cao.xlsx".into()), bytes, reported_on: None };
    upload_import(&app.app, caller, upload).await.unwrap()
}

async fn answer(app: &TestApp, caller: &Caller, input: Value) -> Value {
    let mut answer = ask(app, caller, ANSWER, json!({ "input": input })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["answerImport"].take()
}

fn answers(id: &str) -> Value {
    json!({
        "id": id,
        "rows": [
            { "sheet": "Biểu 1", "rowNumber": 5, "task": "VII.4-3" },
            { "rowNumber": 6, "notATask": true },
        ],
        "columns": [
            { "column": "E", "percentScale": "FRACTIONS" },
            { "column": "C", "dayOrder": "SWAPPED" },
            { "column": "F", "meaning": "RESULT" },
        ],
    })
}

/// A report with its questions answered, committed.
async fn learned(app: &TestApp, officer: &Caller) -> Uploaded {
    let sent = sent(app, officer, open_report("4", "#0.5", "@2020-05-06")).await;
    let id = sent.import.id;
    let payload = answer(app, officer, answers(&id.to_string())).await;
    assert_eq!(payload["errors"], json!([]), "{payload}");
    let plan_hash = payload["plan"]["hash"].as_str().unwrap().to_owned();
    let done =
        commit_import(&app.app, officer, CommitImport { id, plan_hash, ..CommitImport::default() }).await;
    assert!(matches!(done.unwrap(), Committed::Stored { .. }));
    sent
}

#[tokio::test]
async fn a_client_sees_all_it_needs_to_ask_and_its_answers_are_taken() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["40"]).await;
        let sent = sent(app, &officer, open_report("4", "#0.5", "@2020-05-06")).await;
        let id = sent.import.id.to_string();
        let first =
            answer(app, &officer, json!({ "id": id, "rows": [{ "rowNumber": 6, "notATask": true }] })).await;
        let questions = first["plan"]["questions"].as_array().unwrap();
        let kinds: Vec<&str> = questions.iter().map(|question| question["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["PERCENT_SCALE", "DAY_ORDER", "TASK"], "{first}");
        assert_eq!(
            (&questions[1]["column"], &questions[1]["cell"], &questions[1]["readings"]),
            (&json!("C"), &json!("C4"), &json!(["06/5/2020", "05/6/2020"]))
        );
        let row = &questions[2]["row"];
        assert_eq!((&row["content"], &questions[2]["rowNumber"]), (&json!(BETWEEN_TWO), &json!(5)));
        let candidate =
            row["candidates"].as_array().unwrap().iter().find(|known| known["code"] == "VII.4-3").unwrap();
        assert_eq!(
            (&candidate["content"], &candidate["task"]["code"]),
            (&json!(wording("VII.4-3")), &json!("VII.4-3"))
        );
        assert!(first["plan"]["notMentioned"].as_array().unwrap().contains(&json!("VII.4-3")), "{first}");

        let all = answer(app, &officer, answers(&id)).await;
        assert_eq!(all["plan"]["questions"], json!([]), "{all}");
        let columns = all["import"]["tables"][0]["columns"].as_array().unwrap();
        let column = |letters: &str| columns.iter().find(|column| column["column"] == letters).unwrap();
        assert_eq!(column("F")["meaning"], "RESULT");
        assert!(column("F")["evidence"].as_str().unwrap().starts_with("do người dùng chỉ định"));
        assert_eq!(
            (&column("E")["percentScale"], &column("C")["dayOrder"]),
            (&json!("FRACTIONS"), &json!("SWAPPED"))
        );
        assert!(!all["plan"]["notMentioned"].as_array().unwrap().contains(&json!("VII.4-3")));

        for (input, field) in [
            (json!({ "id": id, "columns": [{ "column": "F", "meaning": "MARK" }] }), "markMeans"),
            (json!({ "id": id, "rows": [{ "rowNumber": 99, "notATask": true }] }), "rows"),
            (json!({ "id": uuid::Uuid::now_v7(), "acceptWorkbook": true }), "import"),
        ] {
            let refused = answer(app, &officer, input.clone()).await;
            assert_eq!(
                (&refused["plan"], &refused["errors"][0]["field"]),
                (&Value::Null, &json!(field)),
                "{input}"
            );
        }
    })
    .await;
}

const REMEMBERED: &str = "{ layouts(unit: \"40\") { totalCount edges { node { id sheet uses correctedBy reportedOn
    unit { code } import { id } columns { position heading meaning percentScale dayOrder byPerson } } } }
    wordings(unit: \"40\") { totalCount edges { node { id content isTask answeredBy task { code } import { id } } } } }";

#[tokio::test]
async fn what_was_answered_is_remembered_listed_corrected_and_forgotten() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["40"]).await;
        let sent = learned(app, &officer).await;
        let found = data(app, &officer, REMEMBERED).await;
        assert_eq!((&found["layouts"]["totalCount"], &found["wordings"]["totalCount"]), (&json!(1), &json!(2)));
        let layout = &found["layouts"]["edges"][0]["node"];
        assert_eq!((&layout["uses"], &layout["import"]["id"]), (&json!(1), &json!(sent.import.id)));
        let columns = layout["columns"].as_array().unwrap();
        assert_eq!(columns.len(), 7);
        assert_eq!(
            columns[5],
            json!({ "position": 6, "heading": "Diễn biến", "meaning": "RESULT", "percentScale": null, "dayOrder": null, "byPerson": true })
        );
        assert_eq!((&columns[4]["percentScale"], &columns[2]["dayOrder"]), (&json!("FRACTIONS"), &json!("SWAPPED")));
        let wordings: Vec<(&Value, &Value)> = found["wordings"]["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edge| (&edge["node"]["content"], &edge["node"]["task"]["code"]))
            .collect();
        assert!(wordings.contains(&(&json!(BETWEEN_TWO), &json!("VII.4-3"))), "{wordings:?}");
        assert!(wordings.contains(&(&json!(OWN_WORK), &Value::Null)), "{wordings:?}");

        let id = layout["id"].as_str().unwrap();
        let correct = "mutation($input: CorrectLayoutInput!) { correctLayout(input: $input) {
            layout { correctedBy columns { meaning byPerson } } errors { code field } } }";
        let input = json!({ "id": id, "columns": [{ "position": 6, "meaning": "DIFFICULTIES" }, { "position": 5, "percentScale": "WHOLE" }] });
        let done = ask(app, &officer, correct, json!({ "input": input })).await;
        let corrected = &done["data"]["correctLayout"]["layout"];
        assert_eq!((&corrected["correctedBy"], &corrected["columns"][5]["meaning"]), (&json!(officer.name), &json!("DIFFICULTIES")));
        let twice = json!({ "id": id, "columns": [{ "position": 7, "meaning": "DIFFICULTIES" }] });
        let refused = ask(app, &officer, correct, json!({ "input": twice })).await;
        assert_eq!(refused["data"]["correctLayout"]["errors"], json!([{ "code": "INVALID_INPUT", "field": "columns" }]));
        let may = self::sent(app, &officer, open_report("5", "#0.7", "@2020-07-08")).await;
        let said = may.plan.rows[0].stated();
        assert_eq!(said.result, None);
        assert!(said.difficulties.is_some() && said.percent.is_some_and(|percent| percent.hundredths() == 70));

        forget_all(app, &officer, &found).await;
        let june = self::sent(app, &officer, open_report("6", "#0.8", "@2020-09-08")).await;
        let open = giaoban::import::question::questions(&june.plan);
        assert_eq!(open.len(), 4, "all is asked again: {open:?}");
    })
    .await;
}

async fn forget_all(app: &TestApp, officer: &Caller, found: &Value) {
    let nodes = |list: &str| {
        let edges = found[list]["edges"].as_array().unwrap().iter();
        edges.map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let deeds = nodes("layouts").into_iter().map(|id| ("forgetLayout", id));
    for (deed, id) in deeds.chain(nodes("wordings").into_iter().map(|id| ("forgetWording", id))) {
        let query = format!("mutation {{ {deed}(id: \"{id}\") {{ forgotten errors {{ code }} }} }}");
        let done = data(app, officer, &query).await;
        assert_eq!(done[deed], json!({ "forgotten": id, "errors": [] }));
        let again = data(app, officer, &query).await;
        assert_eq!(again[deed], json!({ "forgotten": null, "errors": [{ "code": "NOT_FOUND" }] }));
    }
    let left = data(app, officer, REMEMBERED).await;
    assert_eq!((&left["layouts"]["totalCount"], &left["wordings"]["totalCount"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn what_is_remembered_of_a_unit_does_not_exist_for_another_and_is_not_used_for_it() {
    on_both(async |app| {
        let officer = app.caller(Role::Unit, &["40"]).await;
        learned(app, &officer).await;
        let found = data(app, &officer, REMEMBERED).await;
        let (layout, wording) =
            (&found["layouts"]["edges"][0]["node"]["id"], &found["wordings"]["edges"][0]["node"]["id"]);
        let other = app.caller(Role::Unit, &["38"]).await;
        assert_eq!(code(app, &other, REMEMBERED).await, "NOT_FOUND");
        assert_eq!(
            data(app, &other, &format!("{{ layout(id: {layout}) {{ id }} }}")).await,
            json!({ "layout": null })
        );
        for (deed, id) in [("forgetLayout", layout), ("forgetWording", wording)] {
            let query = format!("mutation {{ {deed}(id: {id}) {{ errors {{ code }} }} }}");
            assert_eq!(data(app, &other, &query).await[deed]["errors"], json!([{ "code": "NOT_FOUND" }]));
        }
        let bytes = open_report("5", "#0.7", "@2020-07-08");
        let upload = Upload { unit: "38".into(), file_name: None, bytes, reported_on: None };
        let theirs = upload_import(&app.app, &other, upload).await.unwrap();
        let open = giaoban::import::question::questions(&theirs.plan);
        assert!(open.len() >= 3, "the same file of another unit is asked about: {open:?}");
    })
    .await;
}
