//! Answers as JSON, both ways: what `import.answers` and the events hold.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::domain::progress::Progress;
use crate::import::answers::{Answers, Link, RowAnswer, Side};
use crate::import::columns_json::facts;
use crate::sheet::meaning::{ColumnMeaning, DayOrder, PercentScale};

/// The answers as JSON.
pub fn write(answers: &Answers) -> Json {
    let rows: Vec<Json> =
        answers.of_rows().map(|(sheet, row, table, answer)| row_json((sheet, row, table), answer)).collect();
    let columns: Vec<Json> = answers
        .columns
        .iter()
        .map(|((sheet, column), facts)| {
            json!({
                "sheet": sheet,
                "column": column,
                "meaning": facts.meaning.map(ColumnMeaning::name),
                "percent_scale": facts.scale.map(PercentScale::as_str),
                "day_order": facts.days.map(DayOrder::as_str),
            })
        })
        .collect();
    json!({ "rows": rows, "columns": columns, "accept_workbook": answers.accept_workbook })
}

fn row_json((sheet, row, table): (&str, u32, Option<u32>), answer: &RowAnswer) -> Json {
    let link = match &answer.link {
        None => Json::Null,
        Some(Link::NotATask) => json!([]),
        Some(Link::Task(code)) => json!([code]),
    };
    json!({
        "sheet": sheet,
        "row": row,
        "table": table,
        "link": link,
        "side": answer.side.map(Side::as_str),
        "progress": answer.progress.map(Progress::as_str),
        "as_read": answer.as_read,
    })
}

/// The answers written by [`write`]; `None` when the text is something else. Answers kept before columns and progress
/// could be answered lack these.
pub fn read(json: &Json) -> Option<Answers> {
    let columns = match &json["columns"] {
        Json::Null => BTreeMap::new(),
        columns => columns
            .as_array()?
            .iter()
            .map(|json| Some((place(json, "column")?, facts(json)?)))
            .collect::<Option<_>>()?,
    };
    let accept_workbook = json["accept_workbook"].as_bool()?;
    let mut answers = Answers { columns, accept_workbook, ..Answers::default() };
    for json in json["rows"].as_array()? {
        let ((sheet, number), answer) = row(json)?;
        let table = json["table"].as_u64().map(u32::try_from).transpose().ok()?;
        *answers.entry(&sheet, number, table) = answer;
    }
    Some(answers)
}

fn place(json: &Json, number: &str) -> Option<(String, u32)> {
    Some((json["sheet"].as_str()?.to_owned(), u32::try_from(json[number].as_u64()?).ok()?))
}

fn row(json: &Json) -> Option<((String, u32), RowAnswer)> {
    let link = match &json["link"] {
        Json::Null => None,
        Json::Array(codes) => Some(match codes.first() {
            None => Link::NotATask,
            Some(code) => Link::Task(code.as_str()?.into()),
        }),
        Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => return None,
    };
    let side = match json["side"].as_str() {
        None => None,
        Some(word) => Some(Side::parse(word)?),
    };
    let progress = match json["progress"].as_str() {
        None => None,
        Some(word) => Some(Progress::parse(word)?),
    };
    let as_read = json["as_read"].as_bool().unwrap_or(false);
    Some((place(json, "row")?, RowAnswer { link, side, progress, as_read }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::column::Field;
    use crate::sheet::meaning::ColumnFacts;

    #[test]
    fn answers_come_back_as_they_were() {
        let answer = |link, side| RowAnswer { link, side, ..RowAnswer::default() };
        let progress =
            RowAnswer { progress: Some(Progress::NotStarted), as_read: true, ..RowAnswer::default() };
        let column = ColumnFacts {
            meaning: Some(ColumnMeaning::Field(Field::Deadline)),
            scale: Some(PercentScale::Fractions),
            days: Some(DayOrder::AsStored),
        };
        let answers = Answers {
            rows: [
                (("A".to_owned(), 3), answer(Some(Link::Task("I.1-1".into())), None)),
                (("A".to_owned(), 4), answer(Some(Link::NotATask), None)),
                (("B".to_owned(), 4), answer(None, Some(Side::Ours))),
                (("B".to_owned(), 5), answer(None, Some(Side::Theirs))),
                (("B".to_owned(), 6), progress),
            ]
            .into(),
            columns: [(("A".to_owned(), 5), column), (("A".to_owned(), 6), ColumnFacts::default())].into(),
            beside: [(("A".to_owned(), 3, 5), answer(Some(Link::Task("I.1-2".into())), None))].into(),
            accept_workbook: true,
        };
        assert_eq!(read(&write(&answers)), Some(answers));
    }

    #[test]
    fn answers_from_before_columns_could_be_answered_are_still_read() {
        let old = json!({
            "rows": [{ "sheet": "A", "row": 3, "link": [], "side": null }],
            "accept_workbook": false,
        });
        let not_a_task = RowAnswer { link: Some(Link::NotATask), ..RowAnswer::default() };
        assert_eq!(read(&old).map(|mut answers| answers.entry("A", 3, None).clone()), Some(not_a_task));
    }
}
