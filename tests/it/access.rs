//! Who may see and do what through GraphQL: every root field, called as every role, kept as a table. A root field that
//! is not listed here fails the test; a forgotten check shows as a changed cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use giaoban::actions::record_report::{RecordReport, record_report};
use giaoban::actions::upload_import::{Upload, upload_import};
use giaoban::domain::access::{Caller, Role};
use giaoban::domain::history::Stated;
use giaoban::domain::progress::Progress;
use giaoban::entities::{layout, wording};
use giaoban::store;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::graphql::{INTROSPECTION, ask, data};
use crate::support::app::{TestApp, on_both};

/// Every root field, with arguments that speak of something of Thanh Hóa (38) where that matters. IDs are put in for
/// the words in capitals.
const CALLS: &[(&str, &str)] = &[
    ("viewer", "{ viewer { units { code } seesAllUnits } }"),
    ("notices", "{ notices { totalCount } }"),
    ("notice", "{ notice(id: \"NOTICE\") { id } }"),
    ("fields", "{ fields { totalCount } }"),
    ("field", "{ field(id: \"FIELD\") { id } }"),
    ("units", "{ units { totalCount } }"),
    ("unit", "{ unit(code: \"38\") { id } }"),
    ("tasks", "{ tasks { totalCount } }"),
    ("task", "{ task(code: \"III.1-5\") { id } }"),
    ("assignments", "{ assignments { totalCount } }"),
    ("assignment", "{ assignment(id: \"ASSIGNMENT\") { id } }"),
    ("reports", "{ reports { totalCount } }"),
    ("report", "{ report(id: \"REPORT\") { id } }"),
    ("imports", "{ imports { totalCount } }"),
    ("import", "{ import(id: \"IMPORT\") { id } }"),
    ("layouts", "{ layouts(unit: \"38\") { totalCount } }"),
    ("layout", "{ layout(id: \"LAYOUT\") { id } }"),
    ("wordings", "{ wordings(unit: \"38\") { totalCount } }"),
    ("undoPlan", "{ undoPlan(import: \"IMPORT\") { hash } }"),
    ("statistics", "{ statistics { rows { unit { code } } } }"),
    ("node", "{ node(id: \"ASSIGNMENT\") { id } }"),
    (
        "recordReport",
        "mutation { recordReport(input: { assignment: \"ASSIGNMENT\", result: \"x\" }) { errors { code } } }",
    ),
    (
        "recordDecision",
        "mutation { recordDecision(input: { assignment: \"ASSIGNMENT\", kind: SUSPEND }) { errors { code } } }",
    ),
    (
        "extendDeadline",
        "mutation { extendDeadline(input: { assignment: \"ASSIGNMENT\", newDue: \"2020-12-31\" }) { errors { code } } }",
    ),
    (
        "commitImport",
        "mutation { commitImport(input: { id: \"IMPORT\", planHash: \"-\" }) { errors { code } } }",
    ),
    (
        "answerImport",
        "mutation { answerImport(input: { id: \"IMPORT\", acceptWorkbook: true }) { errors { code } } }",
    ),
    (
        "correctLayout",
        "mutation { correctLayout(input: { id: \"LAYOUT\", columns: [{ position: 1, meaning: STT }] }) { errors { code } } }",
    ),
    ("forgetLayout", "mutation { forgetLayout(id: \"LAYOUT\") { errors { code } } }"),
    ("forgetWording", "mutation { forgetWording(id: \"WORDING\") { errors { code } } }"),
    ("undoImport", "mutation { undoImport(input: { id: \"IMPORT\", planHash: \"-\" }) { errors { code } } }"),
    ("redoImport", "mutation { redoImport(input: { id: \"IMPORT\", planHash: \"-\" }) { errors { code } } }"),
    ("cancelImport", "mutation { cancelImport(id: \"IMPORT\") { errors { code } } }"),
    ("importProgress", "subscription { importProgress(id: \"IMPORT\") { phase } }"),
    ("discardImport", "mutation { discardImport(id: \"IMPORT\") { errors { code } } }"),
];

/// What leads from what everybody may see to what belongs to Thanh Hóa.
const PATHS: &[(&str, &str, &str)] = &[
    (
        "task -> assignments",
        "{ task(code: \"III.1-5\") { assignments(first: 100) { id } } }",
        "/task/assignments",
    ),
    ("unit -> assignments", "{ unit(code: \"38\") { assignments(first: 100) { id } } }", "/unit/assignments"),
    ("import -> plan", "{ import(id: \"IMPORT\") { plan { hash } } }", "/import/plan"),
    ("import -> rows", "{ import(id: \"IMPORT\") { rows(first: 100) { id } } }", "/import/rows"),
    ("report -> import", "{ report(id: \"REPORT\") { assignment { id } } }", "/report/assignment"),
];

/// What belongs to Thanh Hóa: an assignment with a report, an import that waits.
async fn things(app: &TestApp) -> BTreeMap<&'static str, String> {
    let officer = app.caller(Role::Unit, &["38"]).await;
    let query = "{ notices { edges { node { id fields { id } } } } \
        assignments(first: 1, filter: { roles: LEAD }) { edges { node { id } } } }";
    let found = data(app, &officer, query).await;
    let notice = &found["notices"]["edges"][0]["node"];
    let assignment = found["assignments"]["edges"][0]["node"]["id"].as_str().unwrap();
    let stated = Stated { progress: Some(Progress::InProgress), ..Stated::default() };
    let wanted = RecordReport { assignment: Uuid::parse_str(assignment).unwrap(), reported_on: None, stated };
    let (report, _) = record_report(&app.app, &officer, wanted).await.unwrap();
    let bytes = include_bytes!("../../seeds/demo/thanh-hoa.xlsx").to_vec();
    let upload = Upload { unit: "38".into(), file_name: None, bytes, reported_on: None };
    let sent = upload_import(&app.app, &officer, upload).await.unwrap();
    let (layout, wording) = remembered(app, sent.import.id).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    BTreeMap::from([
        ("NOTICE", text(&notice["id"])),
        ("FIELD", text(&notice["fields"][0]["id"])),
        ("ASSIGNMENT", assignment.to_owned()),
        ("REPORT", report.id.to_string()),
        ("IMPORT", sent.import.id.to_string()),
        ("LAYOUT", layout.to_string()),
        ("WORDING", wording.to_string()),
    ])
}

/// A layout and a wording that are remembered of Thanh Hóa.
async fn remembered(app: &TestApp, import_id: Uuid) -> (Uuid, Uuid) {
    let (unit_id, day, at) = (app.unit("38").await, crate::support::app::today(), app.app.clock.now());
    let layout = layout::Model {
        id: Uuid::now_v7(),
        unit_id,
        fingerprint: "f".repeat(64),
        sheet_name: "Biểu 1".into(),
        columns: json!([{ "heading": "STT", "meaning": "stt", "by_person": false }]).to_string(),
        import_id,
        reported_on: day,
        uses: 1,
        corrected_by: None,
        created_at: at,
        last_used_at: at,
    };
    let wording = wording::Model {
        id: Uuid::now_v7(),
        unit_id,
        key: "một việc của sở".into(),
        content: "Một việc của Sở".into(),
        is_task: false,
        task_id: None,
        notice_day: day,
        import_id,
        reported_on: day,
        answered_by: "thử".into(),
        created_at: at,
        answered_at: at,
    };
    let db = app.app.database.writer();
    store::memory::put_layouts(db, vec![layout]).await.unwrap();
    store::memory::put_wordings(db, vec![wording]).await.unwrap();
    let layouts = store::memory::last_layouts(db, unit_id, 1).await.unwrap();
    let wordings = store::memory::last_wordings(db, unit_id, 1).await.unwrap();
    (layouts[0].id, wordings[0].id)
}

/// The callers of the table: each role, and a department whose things they are not.
async fn callers(app: &TestApp) -> Vec<(&'static str, Caller)> {
    vec![
        ("admin", app.caller(Role::Admin, &[]).await),
        ("office", app.caller(Role::Office, &[]).await),
        ("unit 38", app.caller(Role::Unit, &["38"]).await),
        ("unit 40", app.caller(Role::Unit, &["40"]).await),
        ("no unit", app.caller(Role::Unit, &[]).await),
        ("analyst", app.caller(Role::Analyst, &[]).await),
        ("leader", app.caller(Role::Leader, &[]).await),
    ]
}

/// An answer in a word: how many, found or null, done, or the code of the refusal.
fn word(value: &Value) -> String {
    if let Some(errors) = value.get("errors").and_then(Value::as_array) {
        return errors.first().map_or("done".to_owned(), |error| error["code"].as_str().unwrap().to_owned());
    }
    let rows = value.get("rows").or(value.get("totalCount")).unwrap_or(value);
    match rows {
        Value::Null => "null".to_owned(),
        Value::Array(items) => items.len().to_string(),
        Value::Number(number) => number.to_string(),
        Value::Object(_) | Value::String(_) | Value::Bool(_) => "found".to_owned(),
    }
}

async fn cell(app: &TestApp, caller: &Caller, query: &str, pointer: &str) -> String {
    let answer = ask(app, caller, query, Value::Null).await;
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    let at = answer["data"].pointer(pointer).cloned().unwrap_or_default();
    word(&at)
}

fn filled(query: &str, things: &BTreeMap<&str, String>) -> String {
    things.iter().fold(query.to_owned(), |query, (name, id)| query.replace(name, id))
}

async fn table(app: &TestApp) -> String {
    let mut table = format!("{:<20}", "");
    let callers = callers(app).await;
    for (name, _) in &callers {
        write!(table, " {name:<14}").unwrap();
    }
    let calls = CALLS.iter().map(|(field, query)| (*field, *query, format!("/{field}")));
    let (deeds, questions): (Vec<_>, Vec<_>) = calls.partition(|(_, query, _)| query.starts_with("mutation"));
    let paths = PATHS.iter().map(|(path, query, pointer)| (*path, *query, (*pointer).to_owned()));
    let mut found = things(app).await;
    for (name, query, pointer) in questions.into_iter().chain(paths).chain(deeds) {
        write!(table, "\n{name:<20}").unwrap();
        for (_, caller) in &callers {
            let answer = cell(app, caller, &filled(query, &found), &pointer).await;
            write!(table, " {answer:<14}").unwrap();
            if query.starts_with("mutation") {
                // What one may do must not be in the way of the next.
                undo(app, &found).await;
                found = things(app).await;
            }
        }
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Takes away what the next call would count or stumble over.
async fn undo(app: &TestApp, things: &BTreeMap<&str, String>) {
    use giaoban::actions::discard_import::discard_import;
    use giaoban::actions::record_decision::{RecordDecision, record_decision};
    use giaoban::domain::decision::DecisionKind;
    let admin = app.caller(Role::Admin, &[]).await;
    let import = Uuid::parse_str(&things["IMPORT"]).unwrap();
    discard_import(&app.app, &admin, import).await.unwrap();
    let assignment = Uuid::parse_str(&things["ASSIGNMENT"]).unwrap();
    let found = store::assignment::find(app.app.database.reader(), &admin.scope(), assignment).await.unwrap();
    if found.is_some_and(|found| found.progress == Progress::Suspended) {
        let kind = DecisionKind::Resume;
        let wanted = RecordDecision { assignment, kind, decided_on: None, note: None, transferred_to: None };
        record_decision(&app.app, &admin, wanted).await.unwrap();
    }
}

#[tokio::test]
async fn every_root_field_is_in_the_table() {
    on_both(async |app| {
        let schema = data(app, &Caller::local("thử"), INTROSPECTION).await;
        let types = schema["__schema"]["types"].as_array().unwrap();
        let roots = ["Query", "Mutation", "Subscription"];
        let roots = types.iter().filter(|kind| roots.iter().any(|root| kind["name"] == *root));
        let fields = roots.flat_map(|kind| kind["fields"].as_array().unwrap());
        let fields: Vec<&str> = fields.map(|field| field["name"].as_str().unwrap()).collect();
        let listed: Vec<&str> = CALLS.iter().map(|(field, _)| *field).collect();
        let missing: Vec<&&str> = fields.iter().filter(|field| !listed.contains(field)).collect();
        assert!(missing.is_empty(), "say in CALLS how to call {missing:?}");
        assert_eq!(fields.len(), listed.len(), "CALLS names fields that are no more");
    })
    .await;
}

#[tokio::test]
async fn who_may_see_and_do_what() {
    on_both(async |app| {
        insta::assert_snapshot!("who_may_what", table(app).await);
    })
    .await;
}

#[tokio::test]
async fn what_lies_outside_the_scope_is_answered_exactly_like_what_does_not_exist() {
    on_both(async |app| {
        let other = app.caller(Role::Unit, &["40"]).await;
        let things = things(app).await;
        let nothing: BTreeMap<&str, String> =
            things.keys().map(|name| (*name, Uuid::now_v7().to_string())).collect();
        for (field, query) in CALLS.iter().filter(|(_, query)| {
            ["ASSIGNMENT", "REPORT", "IMPORT", "LAYOUT", "WORDING"].iter().any(|id| query.contains(id))
        }) {
            let hidden = ask(app, &other, &filled(query, &things), Value::Null).await;
            let absent = ask(app, &other, &filled(query, &nothing), Value::Null).await;
            assert_eq!(hidden, absent, "{field}");
        }
        let filters = "{ assignments(filter: { units: \"38\" }) { totalCount edges { cursor } } \
            reports(filter: { units: \"38\" }) { totalCount } imports(filter: { units: \"38\" }) { totalCount } \
            statistics(filter: { units: \"38\" }) { totals { total } rows { unit { code } } } }";
        let found = data(app, &other, filters).await;
        let none = json!({
            "assignments": { "totalCount": 0, "edges": [] },
            "reports": { "totalCount": 0 },
            "imports": { "totalCount": 0 },
            "statistics": { "totals": { "total": 0 }, "rows": [] },
        });
        assert_eq!(found, none);
    })
    .await;
}
