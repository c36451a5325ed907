//! Rows handed to PostgreSQL column by column: one text a column, unfolded by the server. A statement then has as many
//! parameters as the table has columns, however many rows it carries, where a list of VALUES has one for each cell, and
//! the server takes it at nearly the speed of COPY (which no transaction of SeaORM can reach).
//!
//! The values of a column are joined by a character that no text of an office holds; `string_to_array` is constant for
//! the server, which splits once, where the text of an array (`{"a",NULL}`) is parsed when planning and again when
//! running (measured: a fifth of the server's time). Texts that do hold the character travel as an array's text all the
//! same. Arrays cannot be bound: they would hold no NULLs here.

use std::fmt::Write;

use chrono::SecondsFormat;
use sea_orm::sea_query::{ColumnType, Expr, ExprTrait};
use sea_orm::{DbBackend, DbErr, Value};

/// Stands between values: U+001F, made for this.
const SEPARATOR: char = '\u{1f}';
/// Stands for an absent value: U+001E.
const ABSENT: char = '\u{1e}';
/// How the server splits.
const SPLIT: &str = "string_to_array(CAST($1 AS text), chr(31), chr(30))";

/// The values of one column.
pub(crate) struct List {
    kind: &'static str,
    /// The values, each behind a separator but the first.
    text: String,
    /// Where each value ends, and whether it is absent.
    ends: Vec<(usize, bool)>,
    /// Whether every value is the same so far; such a column travels as a single value.
    same: bool,
    /// Whether a value holds one of our two characters.
    awkward: bool,
}

impl List {
    /// An empty list for a column of this type; `None` for types that no table of ours has.
    pub(crate) fn of(column: &ColumnType) -> Option<List> {
        let kind = match column {
            ColumnType::Uuid => "uuid",
            ColumnType::Char(_) | ColumnType::String(_) | ColumnType::Text => "text",
            ColumnType::SmallInteger => "smallint",
            ColumnType::Integer => "integer",
            ColumnType::BigInteger => "bigint",
            ColumnType::Double => "double precision",
            ColumnType::Boolean => "boolean",
            ColumnType::Date => "date",
            ColumnType::TimestampWithTimeZone => "timestamptz",
            _ => return None,
        };
        Some(List { kind, text: String::new(), ends: Vec::new(), same: true, awkward: false })
    }

    /// Appends a value.
    ///
    /// # Errors
    /// For kinds of values that no column of ours holds.
    pub(crate) fn push(&mut self, value: Value) -> Result<(), DbErr> {
        if !self.ends.is_empty() {
            self.text.push(SEPARATOR);
        }
        let from = self.text.len();
        let absent = !write_value(&mut self.text, value)?;
        let written = &self.text[from..];
        self.awkward = self.awkward || written.contains([SEPARATOR, ABSENT]);
        if absent {
            self.text.push(ABSENT);
        }
        self.ends.push((self.text.len(), absent));
        self.same = self.same && self.ends[0].1 == absent && self.text[..self.ends[0].0] == self.text[from..];
        Ok(())
    }

    /// What stands in the list of a SELECT: a value for each row, or the one value of all rows when there is `another`
    /// column that tells how many rows there are.
    pub(crate) fn unfolded(self, another: bool) -> Expr {
        let kind = self.kind;
        match self.ends.first() {
            Some((_, true)) if self.same && another => Expr::cust(format!("CAST(NULL AS {kind})")),
            Some((end, false)) if self.same && another => {
                Expr::cust_with_values(format!("CAST($1 AS text)::{kind}"), [&self.text[..*end]])
            }
            Some(_) | None => {
                let (split, text) = self.split();
                Expr::cust_with_values(format!("unnest({split})::{kind}"), [text])
            }
        }
    }

    /// Whether the column holds any value of the list. Unfolded in a subquery, so that the server splits once: as
    /// `= ANY(...)` of a text it would be split at every row of a table that is scanned (measured: three minutes for
    /// 10,000 keys in 10,000 rows, on a table that was empty when its statistics were made).
    fn holds(self, column: Expr) -> Expr {
        let kind = self.kind;
        let (split, text) = self.split();
        let split = split.replace("$1", "$2");
        Expr::cust_with_exprs(format!("$1 IN (SELECT unnest({split})::{kind})"), [column, Expr::val(text)])
    }

    /// How the server makes an array of texts of the list, and from what.
    fn split(self) -> (&'static str, String) {
        // Split, an empty text would be no value instead of an empty one.
        if !self.awkward && !self.text.is_empty() {
            return (SPLIT, self.text);
        }
        let mut literal = String::from("{");
        let mut from = 0;
        for (end, absent) in self.ends {
            if literal.len() > 1 {
                literal.push(',');
            }
            match absent {
                true => literal.push_str("NULL"),
                false => quoted(&mut literal, &self.text[from..end]),
            }
            from = end + SEPARATOR.len_utf8();
        }
        literal.push('}');
        ("CAST($1 AS text)::text[]", literal)
    }
}

/// From this many keys on they travel as one list on PostgreSQL, which takes tens of milliseconds to plan a list of
/// thousands of parameters.
const MANY_KEYS: usize = 50;

/// Whether a column of this type holds one of the keys.
///
/// # Errors
/// For kinds of keys that no column of ours holds.
pub(crate) fn among(
    backend: DbBackend,
    (column, kind): (Expr, &ColumnType),
    keys: impl ExactSizeIterator<Item = Value>,
) -> Result<Expr, DbErr> {
    let list = List::of(kind).filter(|_| backend == DbBackend::Postgres && keys.len() >= MANY_KEYS);
    match list {
        None => Ok(column.is_in(keys)),
        Some(mut list) => {
            for key in keys {
                list.push(key)?;
            }
            Ok(list.holds(column))
        }
    }
}

/// Writes a value as the server reads it; says whether there is one.
fn write_value(text: &mut String, value: Value) -> Result<bool, DbErr> {
    // Writing to a String cannot fail.
    let _ = match value {
        Value::Bool(Some(value)) => write!(text, "{value}"),
        Value::SmallInt(Some(value)) => write!(text, "{value}"),
        Value::Int(Some(value)) => write!(text, "{value}"),
        Value::BigInt(Some(value)) => write!(text, "{value}"),
        Value::Double(Some(value)) => write!(text, "{value}"),
        Value::Uuid(Some(value)) => {
            text.push_str(value.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()));
            Ok(())
        }
        Value::ChronoDate(Some(value)) => write!(text, "{value}"),
        // Cut, not rounded, to what the server keeps: as a bound value would be.
        Value::ChronoDateTimeUtc(Some(value)) => {
            write!(text, "{}", value.to_rfc3339_opts(SecondsFormat::Micros, true))
        }
        Value::String(Some(value)) => {
            text.push_str(&value);
            Ok(())
        }
        Value::Bool(None)
        | Value::SmallInt(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::Double(None)
        | Value::Uuid(None)
        | Value::ChronoDate(None)
        | Value::ChronoDateTimeUtc(None)
        | Value::String(None) => return Ok(false),
        other => return Err(DbErr::Type(format!("no element of an array: {other:?}"))),
    };
    Ok(true)
}

fn quoted(text: &mut String, value: &str) {
    text.push('"');
    let mut rest = value;
    while let Some(at) = rest.find(['"', '\\']) {
        text.push_str(&rest[..at]);
        text.push('\\');
        text.push_str(&rest[at..=at]);
        rest = &rest[at + 1..];
    }
    text.push_str(rest);
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(kind: &ColumnType, values: Vec<Value>, another: bool) -> String {
        let mut list = List::of(kind).unwrap();
        values.into_iter().for_each(|value| list.push(value).unwrap());
        format!("{:?}", list.unfolded(another))
    }

    #[test]
    fn values_are_joined_and_absent_ones_are_marked() {
        let values =
            ["NULL", "", "a\"b\\c", "{x,y}"].map(Value::from).into_iter().chain([Value::String(None)]);
        let shown = list(&ColumnType::Text, values.collect(), true);
        let expected = format!("{:?}", "NULL\u{1f}\u{1f}a\"b\\c\u{1f}{x,y}\u{1f}\u{1e}");
        assert!(shown.contains(&expected) && shown.contains("unnest(string_to_array("), "{shown}");
    }

    #[test]
    fn texts_with_our_own_characters_and_a_single_empty_one_travel_quoted() {
        let values = ["NULL", "", "a\"b\\c", "\u{1f}", "\u{1e}"].map(Value::from);
        let shown = list(&ColumnType::Text, values.into_iter().chain([Value::String(None)]).collect(), true);
        let expected = format!("{:?}", "{\"NULL\",\"\",\"a\\\"b\\\\c\",\"\u{1f}\",\"\u{1e}\",NULL}");
        assert!(shown.contains(&expected) && shown.contains("unnest(CAST($1 AS text)::text[])"), "{shown}");
        let shown = list(&ColumnType::Text, vec![Value::from("")], false);
        assert!(shown.contains(&format!("{:?}", "{\"\"}")), "{shown}");
    }

    #[test]
    fn many_keys_travel_as_one_list_on_postgresql_only() {
        let keys = || (0..MANY_KEYS).map(|key| Value::Int(i32::try_from(key).ok()));
        let column = || (Expr::col("a"), &ColumnType::Integer);
        let shown = |backend| format!("{:?}", among(backend, column(), keys()).unwrap());
        // Read once, not once a row: see `List::holds`.
        let expected = "$1 IN (SELECT unnest(string_to_array(CAST($2 AS text), chr(31), chr(30)))::integer)";
        assert!(shown(DbBackend::Postgres).contains(expected));
        assert!(!shown(DbBackend::Sqlite).contains("unnest"));
    }

    #[test]
    fn a_column_of_equal_values_travels_as_one_unless_it_stands_alone() {
        let values = || vec![Value::Int(Some(7)), Value::Int(Some(7))];
        let one = list(&ColumnType::Integer, values(), true);
        assert!(one.contains("CAST($1 AS text)::integer") && !one.contains("unnest("), "{one}");
        let absent = list(&ColumnType::Integer, vec![Value::Int(None), Value::Int(None)], true);
        assert!(absent.contains("CAST(NULL AS integer)"), "{absent}");
        let alone = list(&ColumnType::Integer, values(), false);
        assert!(alone.contains("7\\u{1f}7") && alone.contains("unnest("), "{alone}");
        let other = list(&ColumnType::Text, vec![Value::String(None), Value::from("\u{1e}")], true);
        assert!(other.contains("unnest("), "an absent value is not our mark: {other}");
    }
}
