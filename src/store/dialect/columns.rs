//! Rows handed to PostgreSQL column by column: one array a column, unfolded by the server. A statement then has as many
//! parameters as the table has columns, however many rows it carries, where a list of VALUES has one for each cell, and
//! the server takes it at nearly the speed of COPY (which no transaction of SeaORM can reach).
//!
//! An array travels as its text (`{"a",NULL}`), since a bound array cannot hold NULLs here.

use std::fmt::Write;
use std::ops::Range;

use chrono::SecondsFormat;
use sea_orm::sea_query::{ColumnType, Expr, ExprTrait};
use sea_orm::{DbBackend, DbErr, Value};

/// The values of one column.
pub(crate) struct List {
    kind: &'static str,
    text: String,
    first: Range<usize>,
    /// Whether every value is the same so far; such a column travels as a single value.
    same: bool,
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
        Some(List { kind, text: String::new(), first: 0..0, same: true })
    }

    /// Appends a value.
    ///
    /// # Errors
    /// For kinds of values that no column of ours holds.
    pub(crate) fn push(&mut self, value: Value) -> Result<(), DbErr> {
        let begun = !self.text.is_empty();
        if begun {
            self.text.push(',');
        }
        let from = self.text.len();
        element(&mut self.text, value)?;
        if !begun {
            self.first = from..self.text.len();
        }
        self.same = self.same && self.text[self.first.clone()] == self.text[from..];
        Ok(())
    }

    /// What stands in the list of a SELECT: a value for each row, or the one value of all rows when there is `another`
    /// column that tells how many rows there are.
    pub(crate) fn unfolded(self, another: bool) -> Expr {
        let List { kind, text, first, same } = self;
        let (open, close, text) = match same && another {
            true => ("(", ")[1]", &text[first]),
            false => ("unnest(", ")", text.as_str()),
        };
        Expr::cust_with_values(format!("{open}CAST($1 AS text)::{kind}[]{close}"), [format!("{{{text}}}")])
    }

    /// Whether the column holds any value of the list. Unfolded in a subquery, so that the server reads the text once:
    /// `= ANY(text)` is not constant for it, and a scan of 10,000 rows would read a text of 10,000 keys at each of them
    /// (measured: three minutes, on a table that was empty when its statistics were made).
    fn holds(self, column: Expr) -> Expr {
        let List { kind, text, .. } = self;
        let list = Expr::val(format!("{{{text}}}"));
        Expr::cust_with_exprs(format!("$1 IN (SELECT unnest(CAST($2 AS text)::{kind}[]))"), [column, list])
    }
}

/// From this many keys on they travel as one array on PostgreSQL, which takes tens of milliseconds to plan a list of
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

/// Writes a value as an element of an array.
fn element(text: &mut String, value: Value) -> Result<(), DbErr> {
    // Writing to a String cannot fail.
    let _ = match value {
        Value::Bool(Some(value)) => write!(text, "{value}"),
        Value::SmallInt(Some(value)) => write!(text, "{value}"),
        Value::Int(Some(value)) => write!(text, "{value}"),
        Value::BigInt(Some(value)) => write!(text, "{value}"),
        Value::Double(Some(value)) => write!(text, "{value}"),
        Value::Uuid(Some(value)) => write!(text, "{value}"),
        Value::ChronoDate(Some(value)) => write!(text, "{value}"),
        // Cut, not rounded, to what the server keeps: as a bound value would be.
        Value::ChronoDateTimeUtc(Some(value)) => {
            write!(text, "\"{}\"", value.to_rfc3339_opts(SecondsFormat::Micros, true))
        }
        Value::String(Some(value)) => {
            quoted(text, &value);
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
        | Value::String(None) => write!(text, "NULL"),
        other => return Err(DbErr::Type(format!("no element of an array: {other:?}"))),
    };
    Ok(())
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
    fn elements_are_quoted_and_absent_ones_are_null() {
        let values =
            ["NULL", "", "a\"b\\c", "{x,y}"].map(Value::from).into_iter().chain([Value::String(None)]);
        let shown = list(&ColumnType::Text, values.collect(), true);
        let expected = format!("{:?}", r#"{"NULL","","a\"b\\c","{x,y}",NULL}"#);
        assert!(shown.contains(&expected) && shown.contains("unnest(CAST($1 AS text)::text[])"), "{shown}");
    }

    #[test]
    fn many_keys_travel_as_one_array_on_postgresql_only() {
        let keys = || (0..MANY_KEYS).map(|key| Value::Int(i32::try_from(key).ok()));
        let column = || (Expr::col("a"), &ColumnType::Integer);
        let shown = |backend| format!("{:?}", among(backend, column(), keys()).unwrap());
        // Read once, not once a row: see `List::holds`.
        assert!(shown(DbBackend::Postgres).contains("$1 IN (SELECT unnest(CAST($2 AS text)::integer[]))"));
        assert!(!shown(DbBackend::Sqlite).contains("unnest"));
    }

    #[test]
    fn a_column_of_equal_values_travels_as_one_unless_it_stands_alone() {
        let values = || vec![Value::Int(Some(7)), Value::Int(Some(7))];
        let one = list(&ColumnType::Integer, values(), true);
        assert!(one.contains("{7}") && one.contains(")[1]"), "{one}");
        let alone = list(&ColumnType::Integer, values(), false);
        assert!(alone.contains("{7,7}") && alone.contains("unnest("), "{alone}");
    }
}
