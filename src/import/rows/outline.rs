//! Levels and parents: which task rows stand below which, by the forms of their numbers.

use crate::import::reading::RowKind;

use super::body::TaskRow;
use super::stt::Stt;

/// Where a task row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// 1 = top.
    pub level: u8,
    /// Index of the parent among the task rows.
    pub parent: Option<usize>,
    /// Task, subtask or heading.
    pub kind: RowKind,
}

/// The form of a number without its value: rows of one form are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Roman,
    Capital,
    Arabic(usize),
    Letter,
    Dash,
    Plus,
    Bullet,
}

fn form(stt: &Stt) -> Form {
    match stt {
        Stt::Roman(_) => Form::Roman,
        Stt::Capital(_) => Form::Capital,
        Stt::Arabic(parts) => Form::Arabic(parts.len()),
        Stt::Letter(_) => Form::Letter,
        Stt::Dash => Form::Dash,
        Stt::Plus => Form::Plus,
        Stt::Bullet => Form::Bullet,
    }
}

/// The places of the rows. Numbers start again in each section or group.
pub fn outline(rows: &[TaskRow<'_>]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(rows.len());
    let mut stack: Vec<(Form, usize)> = Vec::new();
    let mut block = usize::MAX;
    for (number, row) in rows.iter().enumerate() {
        if row.block != block {
            block = row.block;
            stack.clear();
        }
        let parent = match &row.form {
            // A row without a number stands by itself and leaves the order of the others as it is.
            None => None,
            Some(stt) => {
                let own = form(stt);
                if let Some(sibling) = stack.iter().position(|(known, _)| *known == own) {
                    stack.truncate(sibling);
                }
                let parent = stack
                    .last()
                    .map(|(_, parent)| *parent)
                    .filter(|parent| belongs(stt, rows[*parent].form.as_ref()));
                if parent.is_none() {
                    stack.clear();
                }
                stack.push((own, number));
                parent
            }
        };
        let level = parent.map_or(1, |parent| places[parent].level.saturating_add(1));
        let kind = if parent.is_some() { RowKind::Subtask } else { RowKind::Task };
        places.push(Place { level, parent, kind });
    }
    for number in 0..places.len() {
        let is_parent = places.get(number + 1).is_some_and(|next| next.parent == Some(number));
        if is_parent && !rows[number].has_values {
            places[number].kind = RowKind::Heading;
        }
    }
    places
}

/// Whether a number may stand below another: 2.1 below 2, not below 1; letters and dashes below any number.
fn belongs(stt: &Stt, parent: Option<&Stt>) -> bool {
    match (stt, parent) {
        (Stt::Arabic(parts), Some(Stt::Arabic(above))) => {
            parts.len() > above.len() && parts.starts_with(above)
        }
        (Stt::Arabic(parts), Some(Stt::Roman(above))) => parts.len() == 1 || parts.first() == Some(above),
        (Stt::Arabic(_), Some(Stt::Capital(_))) => true,
        (Stt::Arabic(_), Some(Stt::Letter(_) | Stt::Dash | Stt::Plus | Stt::Bullet) | None) => false,
        (Stt::Roman(_) | Stt::Capital(_), _) => false,
        (Stt::Letter(_) | Stt::Dash | Stt::Plus | Stt::Bullet, above) => above.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::stt;
    use super::*;

    fn rows(numbers: &[(&str, bool)]) -> Vec<TaskRow<'static>> {
        let row = |(at, (number, has_values)): (usize, &(&str, bool))| TaskRow {
            row: u32::try_from(at).unwrap(),
            row_to: u32::try_from(at).unwrap(),
            stt: Some((*number).to_owned().into()),
            form: stt::parse(number),
            content: String::new().into(),
            section: None,
            group: None,
            block: 0,
            section_status: None,
            has_values: *has_values,
            breaks: Vec::new(),
        };
        numbers.iter().enumerate().map(row).collect()
    }

    #[test]
    fn numbers_give_levels_and_parents() {
        let places = outline(&rows(&[
            ("1", true),
            ("2", false),
            ("2.1", true),
            ("a)", true),
            ("b)", true),
            ("2.2", true),
            ("-", true),
            ("3", true),
            ("+", true),
        ]));
        let seen: Vec<(u8, Option<usize>)> = places.iter().map(|place| (place.level, place.parent)).collect();
        assert_eq!(
            seen,
            [
                (1, None),
                (1, None),
                (2, Some(1)),
                (3, Some(2)),
                (3, Some(2)),
                (2, Some(1)),
                (3, Some(5)),
                (1, None),
                (2, Some(7))
            ]
        );
        assert_eq!(places[1].kind, RowKind::Heading);
        assert_eq!(places[2].kind, RowKind::Subtask);
    }
}
