//! Things named in a filter by what users know them by: units by code or abbreviation, fields by numeral, tasks by
//! code; or by id. What does not exist matches nothing.

use async_graphql::InputObject;
use uuid::Uuid;

use crate::domain::text::plain_key;
use crate::graphql::context::Asking;
use crate::graphql::error::{Failure, Result};
use crate::graphql::limits;
use crate::graphql::scalar::Date;
use crate::store;

/// A span of days, both ends included (khoảng ngày).
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct DateRange {
    /// This day or later (từ ngày).
    pub(crate) from: Option<Date>,
    /// This day or earlier (đến ngày).
    pub(crate) to: Option<Date>,
}

/// What a list of ids holds when names were given but none of them exists: it is no row's id.
const NOBODY: Uuid = Uuid::nil();

/// The ids of the units named by id, code or abbreviation. One statement, whatever the number of names.
pub(crate) async fn units(asking: &Asking, names: Option<Vec<String>>) -> Result<Vec<Uuid>> {
    let Some((mut ids, codes)) = split(names, "units")? else { return Ok(Vec::new()) };
    if !codes.is_empty() {
        let keys: Vec<String> = codes.iter().map(|code| plain_key(code)).collect();
        let all = store::unit::all(asking.app.database.reader(), &asking.scope).await?;
        let meant = all.iter().filter(|unit| {
            keys.contains(&plain_key(&unit.code)) || keys.contains(&plain_key(&unit.abbreviation))
        });
        ids.extend(meant.map(|unit| unit.id));
    }
    Ok(or_nobody(ids))
}

/// The ids of the fields of work named by id or by numeral. One statement.
pub(crate) async fn fields(asking: &Asking, names: Option<Vec<String>>) -> Result<Vec<Uuid>> {
    let Some((mut ids, numerals)) = split(names, "fields")? else { return Ok(Vec::new()) };
    if !numerals.is_empty() {
        let all = store::field::all(asking.app.database.reader(), &asking.scope).await?;
        let meant =
            all.iter().filter(|field| numerals.iter().any(|name| name.eq_ignore_ascii_case(&field.numeral)));
        ids.extend(meant.map(|field| field.id));
    }
    Ok(or_nobody(ids))
}

/// The ids of the tasks named by id or by code (of every notice that has it). One statement.
pub(crate) async fn tasks(asking: &Asking, names: Option<Vec<String>>) -> Result<Vec<Uuid>> {
    let Some((mut ids, codes)) = split(names, "tasks")? else { return Ok(Vec::new()) };
    if !codes.is_empty() {
        let found = store::task::by_codes(asking.app.database.reader(), &asking.scope, &codes).await?;
        ids.extend(found.iter().map(|task| task.id));
    }
    Ok(or_nobody(ids))
}

/// Ids of things that have no other name.
pub(crate) fn ids(given: Option<Vec<async_graphql::ID>>, field: &str) -> Result<Vec<Uuid>> {
    let names = given.map(|ids| ids.into_iter().map(|id| id.0).collect());
    let Some((ids, _)) = split(names, field)? else { return Ok(Vec::new()) };
    Ok(or_nobody(ids))
}

/// An id that a client sends; one that is none of ours is like one that does not exist.
pub(crate) fn id(given: &async_graphql::ID) -> Uuid {
    Uuid::parse_str(given).unwrap_or(NOBODY)
}

/// Ids and other names apart. `None` when nothing was asked for.
fn split(names: Option<Vec<String>>, field: &str) -> Result<Option<(Vec<Uuid>, Vec<String>)>> {
    let Some(names) = names.filter(|names| !names.is_empty()) else { return Ok(None) };
    if names.len() > limits::FILTER_VALUES {
        return Err(Failure::input(field, format!("Bộ lọc nhận tối đa {} giá trị.", limits::FILTER_VALUES)));
    }
    let (mut ids, mut others) = (Vec::new(), Vec::new());
    for name in names {
        match Uuid::parse_str(name.trim()) {
            Ok(id) => ids.push(id),
            Err(_) => others.push(name.trim().to_owned()),
        }
    }
    Ok(Some((ids, others)))
}

fn or_nobody(ids: Vec<Uuid>) -> Vec<Uuid> {
    if ids.is_empty() { vec![NOBODY] } else { ids }
}

/// A text that is searched for, when it holds a word at all.
pub(crate) fn text(given: Option<String>) -> Result<Option<String>> {
    let Some(text) = given.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    if text.chars().count() > limits::SEARCH_CHARS {
        return Err(Failure::input(
            "text",
            format!("Từ khoá tìm kiếm dài tối đa {} ký tự.", limits::SEARCH_CHARS),
        ));
    }
    Ok(Some(text))
}

/// The values of a list that must not be too long.
pub(crate) fn values<A: Into<B>, B>(given: Option<Vec<A>>, field: &str) -> Result<Vec<B>> {
    let values = given.unwrap_or_default();
    if values.len() > limits::FILTER_VALUES {
        return Err(Failure::input(field, format!("Bộ lọc nhận tối đa {} giá trị.", limits::FILTER_VALUES)));
    }
    Ok(values.into_iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_other_names_are_told_apart_and_too_many_are_refused() {
        let id = "0190a1b2-0000-7000-8000-000000000001";
        let names = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert!(split(None, "units").unwrap().is_none());
        assert!(split(names(&[]), "units").unwrap().is_none());
        let (ids, others) = split(names(&[id, " 40 ", "THH"]), "units").unwrap().unwrap();
        assert_eq!((ids.len(), others), (1, vec!["40".to_owned(), "THH".to_owned()]));
        assert!(split(Some(vec!["40".to_owned(); limits::FILTER_VALUES]), "units").is_ok());
        assert!(split(Some(vec!["40".to_owned(); limits::FILTER_VALUES + 1]), "units").is_err());
    }

    #[test]
    fn names_that_do_not_exist_match_nothing_instead_of_everything() {
        assert_eq!(ids(Some(vec!["nobody".into()]), "notices").unwrap(), [NOBODY]);
        assert!(ids(Some(vec![]), "notices").unwrap().is_empty());
    }
}
