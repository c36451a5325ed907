//! The walls of the house (ARCHITECTURE.md), read from the source. A broken one is reported as file, line, sentence.

use std::fs;
use std::path::{Path, PathBuf};

mod source;

use source::{Source, ends_in_word};

/// A room, the other rooms it may name, the crates it must never name, and the sentence that says so.
struct Wall {
    room: &'static str,
    may_name: &'static [&'static str],
    never: &'static [&'static str],
    sentence: &'static str,
}

const SPREADSHEETS: &[&str] = &["calamine", "rust_xlsxwriter", "quick_xml", "zip"];
const EVERYTHING: &[&str] = &[
    "domain",
    "sheet",
    "workbook",
    "entities",
    "store",
    "events",
    "actions",
    "import",
    "export",
    "auth",
    "graphql",
    "http",
    "cli",
    "app",
    "clock",
    "config",
    "error",
    "telemetry",
];

const WALLS: &[Wall] = &[
    Wall {
        room: "domain",
        may_name: &[],
        never: &[
            "tokio",
            "sea_orm",
            "async_graphql",
            "axum",
            "hyper",
            "serde",
            "serde_json",
            "tracing",
            "anyhow",
        ],
        sentence: "domain holds rules: never another room, I/O, async, serde or a clock",
    },
    Wall {
        room: "sheet",
        may_name: &["domain"],
        never: &["sea_orm", "tokio", "axum", "async_graphql"],
        sentence: "sheet says what sheets look like: it names domain only, never the store or a spreadsheet library",
    },
    Wall {
        room: "workbook",
        may_name: &["domain", "sheet"],
        never: &["sea_orm", "axum", "async_graphql"],
        sentence: "workbook reads and writes files: it names sheet and domain, never the store",
    },
    Wall {
        room: "entities",
        may_name: &["domain"],
        never: &["async_graphql", "axum", "serde"],
        sentence: "entities are rows: no behaviour, no GraphQL or serde derive, never the store",
    },
    Wall {
        room: "store",
        may_name: &["domain", "entities", "error", "config", "clock"],
        never: &["axum", "async_graphql", "hyper"],
        sentence: "store asks and writes: it names entities and domain, never a verb or a door",
    },
    Wall {
        room: "events",
        may_name: &["domain", "entities", "store", "error", "clock"],
        never: &["axum", "async_graphql", "hyper"],
        sentence: "events are written inside the transaction of a deed: never a verb or a door",
    },
    Wall {
        room: "actions",
        may_name: &[
            "domain", "entities", "store", "events", "import", "export", "sheet", "workbook", "app", "auth",
            "clock", "config", "error",
        ],
        never: &["axum", "async_graphql", "hyper"],
        sentence: "actions are verbs: never a door",
    },
    Wall {
        room: "import",
        may_name: &["domain", "sheet", "workbook", "entities", "store", "error", "clock", "events"],
        never: &["axum", "async_graphql", "hyper"],
        sentence: "import makes a plan of a workbook: never a door, never a verb",
    },
    Wall {
        room: "export",
        may_name: &["domain", "sheet", "workbook", "store", "entities", "error", "clock"],
        never: &["axum", "async_graphql", "hyper"],
        sentence: "export writes workbooks: never a door, never a verb",
    },
    Wall {
        room: "auth",
        may_name: &["domain", "store", "entities", "clock", "error", "config", "app"],
        never: &["async_graphql"],
        sentence: "auth says who is calling: never a verb, never GraphQL",
    },
    Wall {
        room: "graphql",
        may_name: &[
            "domain",
            "actions",
            "store",
            "entities",
            "export",
            "import",
            "sheet",
            "auth",
            "events",
            "app",
            "clock",
            "config",
            "error",
            "telemetry",
        ],
        never: &[],
        sentence: "graphql wraps rows and calls verbs: never another door, the reader or the writer",
    },
    Wall {
        room: "http",
        may_name: &[
            "domain",
            "actions",
            "import",
            "export",
            "auth",
            "graphql",
            "store",
            "entities",
            "app",
            "clock",
            "config",
            "error",
            "telemetry",
        ],
        never: &["sea_orm"],
        sentence: "http is a door: never SeaORM, the command line or the workbook room",
    },
];

/// Rooms that open or pass on transactions without building a query.
const NO_SQL: &[&str] = &["actions", "import", "export", "graphql", "auth", "http"];
/// What building a query looks like.
const SQL: &[&str] = &[
    "QueryFilter",
    "QuerySelect",
    "QueryOrder",
    "EntityTrait",
    "Statement",
    "Condition",
    "ColumnTrait",
    "sea_query",
];
/// Files in which import may name the store (the snapshot before, with its `known` and `pasts`; the writing
/// after).
const IMPORT_STORE: &[&str] = &["snapshot", "authors", "earlier", "known", "pasts", "apply"];
/// Names that say nothing about what lives there.
const NAMELESS: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager", "service"];
/// The longest file, in lines.
const LONGEST: usize = 400;
/// Data tables may be longer.
const DATA_TABLES: &[&str] = &["src/domain/finding.rs"];

/// The rooms named on a line: `crate::store::...`.
fn rooms_named(line: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        if ends_in_word(&line[..at]) {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        named.push(word(rest));
    }
    named.retain(|name| EVERYTHING.contains(name));
    named
}

fn word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
}

/// Whether a crate (or a type) is named as a whole word.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let after = line[at + name.len()..].chars().next();
        !ends_in_word(&line[..at]) && !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

/// Whether a crate is named: as the start of a path, or in `use`.
fn names_crate(line: &str, name: &str) -> bool {
    names(line, name) && (line.contains(&format!("{name}::")) || line.trim_start().starts_with("use "))
}

/// Everything that is broken in a file.
fn broken(source: &Source) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut say = |line: usize, sentence: &str| sentences.push(format!("{}:{line}: {sentence}", source.path));
    if !source.text.starts_with("//!") {
        say(1, "every file begins with //! saying what lives there");
    }
    if source.text.lines().count() > LONGEST && !DATA_TABLES.contains(&source.path.as_str()) {
        say(LONGEST, "no file is longer than 400 lines");
    }
    if source.path.split(['/', '.']).any(|part| NAMELESS.contains(&part)) {
        say(1, "a name says what lives there (no utils, helpers, common)");
    }
    for (number, line) in source.code.lines().enumerate() {
        if line.contains("#[allow") || line.contains("#![allow") {
            say(number + 1, "never #[allow]: #[expect(.., reason)] goes away when it is no longer needed");
        }
    }
    for (number, line) in source.lines() {
        if line.contains("use crate::{") {
            say(number, "one `use` a room, so that the walls can be read line by line");
        }
        if line.contains(".unwrap()") {
            say(number, "no unwrap outside tests");
        }
        wall(source, line, |sentence| say(number, sentence));
    }
    sentences
}

/// What a line of a room breaks.
fn wall(source: &Source, line: &str, mut say: impl FnMut(&str)) {
    let Some(room) = source.room() else { return };
    if room != "workbook" && SPREADSHEETS.iter().any(|library| names_crate(line, library)) {
        say("workbook is the only room that names a spreadsheet library");
    }
    if room != "main" && room != "cli" && rooms_named(line).contains(&"cli") {
        say("nothing names cli but main");
    }
    if NO_SQL.contains(&room) && SQL.iter().any(|name| names(line, name)) {
        say("only store builds queries");
    }
    if room == "import" && !IMPORT_STORE.contains(&source.stem()) && rooms_named(line).contains(&"store") {
        say("import names the store only in snapshot and apply");
    }
    let Some(wall) = WALLS.iter().find(|wall| wall.room == room) else { return };
    let strange = rooms_named(line).into_iter().any(|named| named != room && !wall.may_name.contains(&named));
    if strange || wall.never.iter().any(|name| names_crate(line, name)) {
        say(wall.sentence);
    }
}

/// Every Rust file of the repository.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["src", "tests", "benches", "migrations"].map(|name| root.join(name)).into();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                sources.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

#[test]
fn the_walls_of_the_house_stand() {
    let sources = sources();
    assert!(sources.len() > 30, "the source was not found");
    let sentences: Vec<String> = sources.iter().flat_map(broken).collect();
    assert!(sentences.is_empty(), "\n{}\n", sentences.join("\n"));
}

#[test]
fn a_broken_wall_is_found_and_what_only_looks_like_one_is_not() {
    for (path, line, expected) in [
        ("src/domain/a.rs", "use crate::store::page;", "domain holds rules"),
        ("src/domain/a.rs", "use serde::Serialize;", "domain holds rules"),
        ("src/domain/a.rs", "// crate::store is not for us", ""),
        ("src/domain/a.rs", "let a = \"crate::store\";", ""),
        ("src/domain/a.rs", "let a = r#\"say \"crate::store::x\"\"#;", ""),
        ("src/domain/a.rs", "let a = '\"'; let b = crate::store::x();", "domain holds rules"),
        ("src/store/a.rs", "use crate::actions::commit;", "never a verb or a door"),
        ("src/store/a.rs", "use crate::{entities::unit, actions::commit};", "one `use` a room"),
        ("src/store/a.rs", "pub(crate) fn a<'a>(x: &'a str) {}", ""),
        ("src/export/a.rs", "let a = calamine::open();", "only room that names a spreadsheet"),
        ("src/graphql/a.rs", "task::Entity::find(); use sea_orm::EntityTrait;", "only store builds"),
        ("src/import/plan.rs", "use crate::store::unit;", "only in snapshot and apply"),
        ("src/import/apply.rs", "use crate::store::unit;", ""),
        ("src/http/a.rs", "use crate::cli::serve;", "nothing names cli"),
        ("src/http/a.rs", "use sea_orm::ConnectionTrait;", "http is a door"),
        ("src/http/a.rs", "let a = b.unwrap();", "no unwrap outside tests"),
        ("src/http/a.rs", "#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }", ""),
        ("src/http/a.rs", "#[allow(dead_code)]", "never #[allow]"),
        ("src/http/utils.rs", "", "a name says what lives there"),
    ] {
        let found = broken(&Source::new(path, &format!("//! A file.\n{line}\n")));
        match expected {
            "" => assert!(found.is_empty(), "{line}: {found:?}"),
            _ => assert!(found.iter().any(|sentence| sentence.contains(expected)), "{line}: {found:?}"),
        }
    }
    assert!(broken(&Source::new("src/a.rs", "fn a() {}"))[0].contains("begins with //!"));
    assert!(broken(&Source::new("src/a.rs", &"//!\n".repeat(401)))[0].contains("400 lines"));
}
