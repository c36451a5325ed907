//! Columns as JSON: those of a sheet as an import keeps them (`import_sheet.columns`), and those of a remembered layout
//! (`layout.columns`).

use serde_json::{Value as Json, json};

use crate::import::hints::Remembered;
use crate::sheet::cell::column_number;
use crate::sheet::meaning::{ColumnFacts, ColumnMeaning, DayOrder, PercentScale};

/// A column as an import keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptColumn {
    /// 0-based column.
    pub column: u32,
    /// The heading as read.
    pub header: String,
    /// Whether it has a heading of its own.
    pub headed: bool,
    /// What it means, with the percent scale and the order of days where they are known.
    pub facts: ColumnFacts,
    /// Why.
    pub evidence: String,
}

/// The columns of a sheet of an import; `None` when the text is something else.
pub fn kept(text: &str) -> Option<Vec<KeptColumn>> {
    let json: Json = serde_json::from_str(text).ok()?;
    json.as_array()?.iter().map(kept_column).collect()
}

fn kept_column(json: &Json) -> Option<KeptColumn> {
    Some(KeptColumn {
        column: column_number(json["column"].as_str()?)?,
        header: json["header"].as_str()?.to_owned(),
        headed: json["headed"].as_bool().unwrap_or(false),
        facts: facts(json)?,
        evidence: json["evidence"].as_str().unwrap_or_default().to_owned(),
    })
}

/// The columns of a layout as JSON.
pub fn write(columns: &[Remembered]) -> Json {
    let column = |column: &Remembered| {
        json!({
            "heading": column.heading,
            "meaning": column.facts.meaning.map(ColumnMeaning::name),
            "percent_scale": column.facts.scale.map(PercentScale::as_str),
            "day_order": column.facts.days.map(DayOrder::as_str),
            "by_person": column.by_person,
        })
    };
    columns.iter().map(column).collect()
}

/// The columns written by [`write`]; `None` when the text is something else.
pub fn read(text: &str) -> Option<Vec<Remembered>> {
    let json: Json = serde_json::from_str(text).ok()?;
    let column = |json: &Json| {
        Some(Remembered {
            heading: json["heading"].as_str()?.to_owned(),
            facts: facts(json)?,
            by_person: json["by_person"].as_bool()?,
        })
    };
    json.as_array()?.iter().map(column).collect()
}

/// What is said of a column; words that are none of ours are no facts at all.
pub(super) fn facts(json: &Json) -> Option<ColumnFacts> {
    fn word<T>(json: &Json, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        match json.as_str() {
            None => Some(None),
            Some(word) => parse(word).map(Some),
        }
    }
    Some(ColumnFacts {
        meaning: word(&json["meaning"], ColumnMeaning::parse)?,
        scale: word(&json["percent_scale"], PercentScale::parse)?,
        days: word(&json["day_order"], DayOrder::parse)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::column::Field;

    #[test]
    fn a_layout_comes_back_as_it_was() {
        let column =
            |heading: &str, facts, by_person| Remembered { heading: heading.into(), facts, by_person };
        let columns = vec![
            column("STT", ColumnFacts::default(), false),
            column(
                "Tỷ lệ",
                ColumnFacts {
                    meaning: Some(ColumnMeaning::Field(Field::Percent)),
                    scale: Some(PercentScale::Fractions),
                    days: Some(DayOrder::Swapped),
                },
                true,
            ),
        ];
        assert_eq!(read(&write(&columns).to_string()), Some(columns));
        assert_eq!(read("[{\"heading\": \"A\", \"meaning\": \"no word\", \"by_person\": true}]"), None);
    }
}
