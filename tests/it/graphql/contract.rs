//! The contract: `schema.graphql` is what the program answers to, and all of it is described.

use giaoban::domain::access::Caller;
use giaoban::graphql::sdl;
use serde_json::Value;

use super::{INTROSPECTION, data};
use crate::support::app::on_both;

#[test]
fn the_committed_schema_is_what_the_program_prints() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let committed = std::fs::read_to_string(root.join("schema.graphql")).unwrap_or_default();
    if committed.trim() != sdl().trim() {
        let fresh = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema.graphql");
        std::fs::write(&fresh, sdl()).unwrap();
        panic!(
            "schema.graphql has drifted; `just schema` writes it anew (what it should be: {})",
            fresh.display()
        );
    }
}

/// Introspection types and the scalars of the specification describe themselves.
fn ours(item: &&Value) -> bool {
    let name = item["name"].as_str().unwrap_or_default();
    !name.starts_with("__") && !["Int", "Float", "String", "Boolean", "ID"].contains(&name)
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

#[tokio::test]
async fn everything_is_described_in_english_with_the_vietnamese_term() {
    on_both(async |app| {
        let schema = data(app, &Caller::local("thử"), INTROSPECTION).await;
        let mut silent = Vec::new();
        let mut check = |path: String, item: &Value| {
            let text = item["description"].as_str().unwrap_or_default();
            if !(text.contains('(') && text.contains(')')) {
                silent.push(format!("{path}: {text:?}"));
            }
        };
        for kind in list(&schema["__schema"], "types").filter(ours) {
            let name = kind["name"].as_str().unwrap();
            check(name.to_owned(), kind);
            for field in list(kind, "fields") {
                let path = format!("{name}.{}", field["name"].as_str().unwrap());
                check(path.clone(), field);
                for argument in list(field, "args") {
                    check(format!("{path}({})", argument["name"].as_str().unwrap()), argument);
                }
            }
            for part in list(kind, "inputFields").chain(list(kind, "enumValues")) {
                check(format!("{name}.{}", part["name"].as_str().unwrap()), part);
            }
        }
        assert!(silent.is_empty(), "\n{}\n", silent.join("\n"));
    })
    .await;
}
