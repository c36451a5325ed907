//! Answers as JSON, both ways: what `import.answers` holds.

use serde_json::{Value as Json, json};

use crate::import::answers::{Answers, Link, RowAnswer, Side};

/// The answers as JSON.
pub fn write(answers: &Answers) -> Json {
    let rows: Vec<Json> = answers
        .rows
        .iter()
        .map(|((sheet, row), answer)| {
            let link = match &answer.link {
                None => Json::Null,
                Some(Link::NotATask) => json!([]),
                Some(Link::Task(code)) => json!([code]),
            };
            let side = answer.side.map(|side| match side {
                Side::Ours => "ours",
                Side::Theirs => "theirs",
            });
            json!({ "sheet": sheet, "row": row, "link": link, "side": side })
        })
        .collect();
    json!({ "rows": rows, "accept_workbook": answers.accept_workbook })
}

/// The answers written by [`write`]; `None` when the text is something else.
pub fn read(json: &Json) -> Option<Answers> {
    let rows = json["rows"].as_array()?.iter().map(|json| {
        let place = (json["sheet"].as_str()?.to_owned(), u32::try_from(json["row"].as_u64()?).ok()?);
        let link = match &json["link"] {
            Json::Null => None,
            Json::Array(codes) => Some(match codes.first() {
                None => Link::NotATask,
                Some(code) => Link::Task(code.as_str()?.to_owned()),
            }),
            Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => return None,
        };
        let side = match json["side"].as_str() {
            None => None,
            Some("ours") => Some(Side::Ours),
            Some("theirs") => Some(Side::Theirs),
            Some(_) => return None,
        };
        Some((place, RowAnswer { link, side }))
    });
    Some(Answers { rows: rows.collect::<Option<_>>()?, accept_workbook: json["accept_workbook"].as_bool()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_as_they_were() {
        let answer = |link, side| RowAnswer { link, side };
        let answers = Answers {
            rows: [
                (("A".to_owned(), 3), answer(Some(Link::Task("I.1-1".into())), None)),
                (("A".to_owned(), 4), answer(Some(Link::NotATask), None)),
                (("B".to_owned(), 4), answer(None, Some(Side::Ours))),
                (("B".to_owned(), 5), answer(None, Some(Side::Theirs))),
            ]
            .into(),
            accept_workbook: true,
        };
        assert_eq!(read(&write(&answers)), Some(answers));
    }
}
