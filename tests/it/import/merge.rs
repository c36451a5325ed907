//! The three-way merge of our own sheets: the full table of base, ours and theirs, through a real sheet.

use giaoban::domain::history::{Part, Stated};
use giaoban::sheet::cell::Value;
use giaoban::sheet::template::Column;

use super::own_sheet::{Back, exported, report, text};
use crate::support::app::{TestApp, on_both};

/// One task for each pair of base (what the sheet shows) and ours (what is stored when it comes back).
const PAIRS: [(&str, Option<&str>, Option<&str>); 5] = [
    ("VII.4-1", None, None),
    ("VII.4-2.1", None, Some("b")),
    ("VII.4-2.2", Some("a"), Some("a")),
    ("VII.4-3", Some("a"), Some("b")),
    ("II.1-3", Some("a"), None),
];

/// What the sheet says, and what becomes of the value for each pair. `-` = the plan has no such cell.
const TABLE: [(&str, [&str; 5]); 6] = [
    ("untouched", ["blank", "blank", "same", "keep", "keep"]),
    ("another", ["take", "conflict", "take", "conflict", "conflict"]),
    ("as ours", ["blank", "same", "same", "same", "blank"]),
    ("blank", ["blank", "blank", "blank", "blank", "blank"]),
    ("(xoá)", ["same", "conflict", "clear", "conflict", "same"]),
    ("absent", ["-", "absent", "absent", "absent", "-"]),
];

async fn state(app: &TestApp, task: &str, from: Option<&str>, to: Option<&str>) {
    let stated = match (from, to) {
        (from, to) if from == to => return,
        (_, Some(value)) => Stated { result: text(value), ..Stated::default() },
        (_, None) => Stated { cleared: [Part::Result].into(), ..Stated::default() },
    };
    report(app, task, stated).await;
}

#[tokio::test]
async fn merge_three_way() {
    on_both(async |app| {
        for (task, base, _) in PAIRS {
            state(app, task, None, base).await;
        }
        let export = exported(app).await;
        for (task, base, ours) in PAIRS {
            state(app, task, base, ours).await;
        }
        for (theirs, expected) in TABLE {
            let mut back = Back::read(app, &export).await;
            for (task, _, ours) in PAIRS {
                let value = match theirs {
                    "untouched" | "absent" => continue,
                    "another" => Value::Text("x".into()),
                    "as ours" => ours.map_or(Value::Empty, |ours| Value::Text(ours.into())),
                    "blank" => Value::Empty,
                    word => Value::Text(word.into()),
                };
                back.put(app, task, Column::Result, value).await;
            }
            if theirs == "absent" {
                back.drop_column(Column::Result);
            }
            let plan = back.plan(app, export.event_no).await;
            for ((task, base, ours), expected) in PAIRS.into_iter().zip(expected) {
                let row = plan.rows.iter().find(|row| row.task.as_deref() == Some(task)).unwrap();
                let cell = row.cells().find(|cell| cell.part == Part::Result);
                let choice = cell.as_ref().map_or("-", |cell| cell.choice.as_str());
                assert_eq!(choice, expected, "base {base:?}, ours {ours:?}, theirs {theirs}");
                let outcome = match expected {
                    "take" | "clear" => "create",
                    "conflict" => "conflict",
                    _ => "no_change",
                };
                assert_eq!(row.outcome.as_str(), outcome, "base {base:?}, ours {ours:?}, theirs {theirs}");
                let changed = base != ours && expected != "-";
                let author = cell.and_then(|cell| cell.author).map(|author| author.name);
                assert_eq!(
                    author.as_deref(),
                    changed.then_some("test-unit"),
                    "who changed it: {task}, theirs {theirs}"
                );
            }
        }
    })
    .await;
}
