//! Settings: defaults from the documented config.default.toml, then file, environment, flags. The only place that
//! reads the environment.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

/// The documented defaults, compiled in.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// Environment variables of settings begin with this; `__` parts section and key.
const PREFIX: &str = "GIAOBAN_";

/// Every setting. What each means stands in config.default.toml.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The HTTP server.
    pub server: Server,
    /// Workbooks coming in.
    pub upload: Upload,
    /// Where the data lie.
    pub database: Database,
    /// The folder on disk.
    pub data: Data,
    /// Access tokens.
    pub token: Token,
    /// The GraphQL door.
    pub graphql: GraphQl,
    /// What is logged, and how.
    pub log: Log,
}

/// The HTTP server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: String,
    /// Seconds for the head of a request.
    pub header_timeout_seconds: u64,
    /// Seconds for a whole request.
    pub request_timeout_seconds: u64,
    /// Seconds for requests under way at the end.
    pub shutdown_seconds: u64,
    /// Bytes of a body that is not an upload.
    pub max_body_bytes: usize,
    /// Connections at the same time.
    pub max_connections: usize,
}

/// Workbooks coming in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// Bytes of a workbook.
    pub max_bytes: usize,
}

/// Where the data lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// PostgreSQL address or SQLite path; empty for the file in the data folder.
    pub url: String,
    /// Connections at most for reading, and on PostgreSQL as many again for writing.
    pub connections: u32,
    /// Seconds to wait for a connection or a lock.
    pub lock_timeout_seconds: u64,
    /// Seconds for a statement on PostgreSQL.
    pub statement_timeout_seconds: u64,
}

/// The folder on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// The folder.
    pub dir: PathBuf,
}

/// Access tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Days a token is valid.
    pub lifetime_days: u32,
}

/// The GraphQL door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphQl {
    /// Whether the page to try queries is served.
    pub graphiql: bool,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// An `EnvFilter`.
    pub filter: String,
}

/// For whom the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    Pretty,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// The documented defaults.
    ///
    /// # Errors
    /// When config.default.toml does not fit this struct; a test keeps that from happening.
    pub fn defaults() -> anyhow::Result<Config> {
        Config::layered(None, std::iter::empty())
    }

    /// The settings in force: defaults, then the file (`giaoban.toml` of the working directory when none is named),
    /// then the environment.
    ///
    /// # Errors
    /// When the file cannot be read, or a setting is unknown or of the wrong kind.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Config> {
        let usual = Path::new("giaoban.toml");
        let file = file.or_else(|| usual.is_file().then_some(usual));
        let text = file
            .map(|path| {
                std::fs::read_to_string(path)
                    .with_context(|| format!("không đọc được tệp cấu hình {}", path.display()))
            })
            .transpose()?;
        Config::layered(text.as_deref(), std::env::vars())
    }

    /// Lays the layers over each other; pure, so that tests need no environment.
    fn layered(
        file: Option<&str>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> anyhow::Result<Config> {
        let mut table: Table = DEFAULTS.parse().context("config.default.toml")?;
        if let Some(text) = file {
            lay(&mut table, text.parse::<Table>().context("tệp cấu hình không phải TOML hợp lệ")?)?;
        }
        for (name, value) in environment {
            let Some((section, key)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__"))
            else {
                continue;
            };
            let (section, key) = (section.to_lowercase(), key.to_lowercase());
            set(&mut table, &section, &key, &value).with_context(|| format!("biến môi trường {name}"))?;
        }
        Value::Table(table).try_into().context("cấu hình không hợp lệ")
    }

    /// The settings as TOML, for `giaoban config`.
    ///
    /// # Errors
    /// When they cannot be written as TOML, which would be our fault.
    pub fn to_toml(&self) -> anyhow::Result<String> {
        Ok(toml::to_string(self)?)
    }

    /// Address of the database: the one set, or the SQLite file in the data folder.
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            self.data.dir.join("giaoban.sqlite").display().to_string()
        } else {
            self.database.url.clone()
        }
    }
}

/// Lays a file's sections over the defaults, key by key.
fn lay(under: &mut Table, over: Table) -> anyhow::Result<()> {
    for (section, values) in over {
        let Value::Table(values) = values else {
            bail!("“{section}” phải là một mục, ví dụ [{section}]")
        };
        let Some(Value::Table(known)) = under.get_mut(&section) else {
            bail!("không có mục [{section}]")
        };
        known.extend(values);
    }
    Ok(())
}

/// Sets one key from text, in the kind that its default has.
fn set(table: &mut Table, section: &str, key: &str, text: &str) -> anyhow::Result<()> {
    let Some(slot) = table.get_mut(section).and_then(|section| section.get_mut(key)) else {
        bail!("không có cấu hình {section}.{key}");
    };
    *slot = match slot {
        Value::Integer(_) => Value::Integer(text.parse().context("cần một số nguyên")?),
        Value::Boolean(_) => Value::Boolean(text.parse().context("cần true hoặc false")?),
        Value::String(_) | Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => {
            Value::String(text.to_owned())
        }
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_defaults_are_the_struct_field_by_field() {
        let config = Config::defaults().unwrap();
        let written: Table = config.to_toml().unwrap().parse().unwrap();
        // Unknown keys are refused when reading; this direction finds fields that are not documented.
        assert_eq!(written, DEFAULTS.parse::<Table>().unwrap());
    }

    #[test]
    fn every_setting_has_a_sentence_above_it() {
        let mut above = "";
        for line in DEFAULTS.lines() {
            if line.contains(" = ") && !line.starts_with('#') {
                assert!(above.starts_with("# ") && above.ends_with('.'), "no sentence above `{line}`");
            }
            above = line;
        }
    }

    #[test]
    fn the_environment_lies_over_the_file_and_the_file_over_the_defaults() {
        let file = "[server]\nlisten = \"a:1\"\nheader_timeout_seconds = 3\n";
        let environment = [
            ("GIAOBAN_SERVER__LISTEN", "b:2"),
            ("GIAOBAN_GRAPHQL__GRAPHIQL", "false"),
            ("GIAOBAN_REQUIRE_POSTGRES", "1"),
            ("HOME", "/root"),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = Config::layered(Some(file), environment.into_iter()).unwrap();
        assert_eq!(config.server.listen, "b:2");
        assert_eq!(config.server.header_timeout_seconds, 3);
        assert!(!config.graphql.graphiql);
        assert_eq!(config.token.lifetime_days, 90);
    }

    #[test]
    fn an_unknown_or_unfit_setting_is_named() {
        for (file, variable, expected) in [
            ("[server]\nlistne = 'x'", None, "listne"),
            ("[sevrer]\nlisten = 'x'", None, "sevrer"),
            ("", Some(("GIAOBAN_SERVER__LISTNE", "x")), "server.listne"),
            ("", Some(("GIAOBAN_TOKEN__LIFETIME_DAYS", "many")), "GIAOBAN_TOKEN__LIFETIME_DAYS"),
        ] {
            let environment = variable.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let error = Config::layered(Some(file), environment.into_iter()).unwrap_err();
            assert!(format!("{error:#}").contains(expected), "{error:#} does not name {expected}");
        }
    }
}
