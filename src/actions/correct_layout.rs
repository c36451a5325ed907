//! Correcting what is remembered of a layout: what its columns mean, and how their percents and days are meant.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use super::memory::columns_of;
use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::entities::layout;
use crate::error::{Code, Error, Result};
use crate::events::Draft;
use crate::import::columns_json;
use crate::import::hints::Remembered;
use crate::sheet::meaning::ColumnFacts;
use crate::store;

/// Corrects columns of a remembered layout, by their place in it (0-based). What is not said stays.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `INVALID_INPUT` for a place that is not there, or when two columns would
/// mean the same.
pub async fn correct_layout(
    app: &App,
    caller: &Caller,
    id: Uuid,
    corrections: BTreeMap<usize, ColumnFacts>,
) -> Result<layout::Model> {
    caller.require(Permission::Import)?;
    let (transaction, mut log) = super::begin(app, caller).await?;
    let found = store::memory::layout(&transaction, &caller.scope(), id).await?;
    let mut layout = found.ok_or_else(|| super::absent("layout"))?;
    let columns = corrected(columns_of(&layout)?, &corrections)?;
    layout.columns = columns_json::write(&columns).to_string();
    layout.corrected_by = Some(caller.name.clone());
    let _ = log.record(Draft {
        kind: "layout.corrected",
        subject: "layout",
        subject_id: Some(id),
        unit_id: Some(layout.unit_id),
        import_id: None,
        place: None,
        payload: json!({ "columns": layout.columns }),
    });
    store::memory::put_layouts(&transaction, vec![layout.clone()]).await?;
    super::finish(app, transaction, log).await?;
    Ok(layout)
}

fn corrected(
    mut columns: Vec<Remembered>,
    corrections: &BTreeMap<usize, ColumnFacts>,
) -> Result<Vec<Remembered>> {
    let wrong = |sentence: String| Error::with(Code::InvalidInput, sentence).field("columns");
    for (place, facts) in corrections {
        let count = columns.len();
        let Some(column) = columns.get_mut(*place) else {
            return Err(wrong(format!("Mẫu bảng có {count} cột; không có cột thứ {}.", place + 1)));
        };
        column.facts = column.facts.then(*facts);
        column.by_person |= facts.meaning.is_some();
    }
    for (place, column) in columns.iter().enumerate() {
        let Some(meaning) = column.facts.meaning.filter(|meaning| meaning.is_single()) else { continue };
        let twin = columns.iter().skip(place + 1).find(|other| other.facts.meaning == Some(meaning));
        if let Some(twin) = twin {
            let (one, other) = (&column.heading, &twin.heading);
            return Err(wrong(format!(
                "Cột “{one}” và cột “{other}” không thể cùng là {}.",
                meaning.label()
            )));
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::column::Field;
    use crate::sheet::meaning::ColumnMeaning;

    #[test]
    fn two_columns_do_not_mean_the_same_and_a_column_that_is_not_there_is_named() {
        let facts = |meaning| ColumnFacts { meaning: Some(meaning), ..ColumnFacts::default() };
        let field = |field| facts(ColumnMeaning::Field(field));
        let column = |heading: &str, facts| Remembered { heading: heading.into(), facts, by_person: false };
        let layout = || vec![column("A", field(Field::Result)), column("B", field(Field::Note))];
        let after = |at, facts| corrected(layout(), &[(at, facts)].into());
        assert_eq!(after(1, field(Field::Result)).unwrap_err().field.as_deref(), Some("columns"));
        assert!(after(2, field(Field::Stt)).unwrap_err().message.contains("cột thứ 3"));
        let nothing = after(0, facts(ColumnMeaning::Nothing)).unwrap();
        assert!(nothing[0].by_person && !nothing[1].by_person);
        let swapped = [(0, field(Field::Note)), (1, field(Field::Result))].into();
        assert!(corrected(layout(), &swapped).is_ok(), "both are corrected at once");
    }
}
