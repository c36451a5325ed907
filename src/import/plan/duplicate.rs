//! Several rows about one task. Where they agree they are one statement; where they do not, nobody can say which counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::change::Theirs;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::Part;
use crate::import::claim::{Claim, Said};
use crate::import::value::Value;

use super::{Outcome, PlannedRow, Reason};

/// Marks repeated rows: of rows that agree the first one stays and the others are skipped, rows that contradict each
/// other are all errors. Gives the claims, by place in the list, that took over texts of skipped rows.
pub(super) fn mark(rows: &mut [PlannedRow], claims: &[Claim]) -> BTreeMap<usize, Claim> {
    let mut by_task: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.outcome == Outcome::Create) {
        if let Some(task) = &row.task {
            by_task.entry(task.clone()).or_default().push(index);
        }
    }
    let mut merged = BTreeMap::new();
    for group in by_task.into_values().filter(|group| group.len() > 1) {
        let joined = join(group.iter().map(|index| &claims[*index]));
        for (position, &index) in group.iter().enumerate() {
            let other = claims[group[usize::from(position == 0)]].place.row + 1;
            let row = &mut rows[index];
            if joined.is_none() {
                note(row, FindingCode::DuplicateContradictory, other);
                (row.outcome, row.reason) = (Outcome::Error, Some(Reason::Finding));
            } else {
                note(row, FindingCode::DuplicateIdentical, other);
                if position > 0 {
                    (row.outcome, row.reason) = (Outcome::Skipped, Some(Reason::Duplicate));
                }
            }
        }
        if let Some(joined) = joined {
            merged.insert(group[0], joined);
        }
    }
    merged
}

/// The rows as one: the same progress, percent and day; texts that differ are put one below the other, so that none is
/// lost. `None` when the rows contradict each other.
fn join<'a>(mut claims: impl Iterator<Item = &'a Claim>) -> Option<Claim> {
    let mut joined = claims.next()?.clone();
    for claim in claims {
        for part in Part::ALL {
            match both(joined.says.get(&part), claim.says.get(&part)) {
                Together::Contradict => return None,
                Together::Say(said) => {
                    joined.says.insert(part, said);
                }
                Together::Silent => {}
            }
        }
    }
    Some(joined)
}

/// What two rows that were one statement say of a value; `None` where they say nothing.
pub(in crate::import) fn together(
    above: Option<&Theirs<Value>>,
    below: Option<&Theirs<Value>>,
) -> Option<Theirs<Value>> {
    let said = |theirs: &Theirs<Value>| Said { theirs: theirs.clone(), cell: None, raw: None };
    match both(above.map(said).as_ref(), below.map(said).as_ref()) {
        Together::Say(said) => Some(said.theirs),
        Together::Silent | Together::Contradict => None,
    }
}

/// What two cells say together.
enum Together {
    Silent,
    Say(Said),
    Contradict,
}

fn both(ours: Option<&Said>, theirs: Option<&Said>) -> Together {
    let speaks = |said: &&Said| !matches!(said.theirs, Theirs::Absent | Theirs::Blank);
    match (ours.filter(speaks), theirs.filter(speaks)) {
        (None, None) => Together::Silent,
        (Some(ours), Some(theirs)) if ours.theirs == theirs.theirs => Together::Say(ours.clone()),
        (Some(ours), Some(theirs)) => match (text(ours), text(theirs)) {
            (Some(above), Some(below)) => {
                let text = Theirs::Value(Value::Text(format!("{above}\n{below}").into()));
                Together::Say(Said { theirs: text, ..ours.clone() })
            }
            (Some(_) | None, _) => Together::Contradict,
        },
        // Said in one row only: texts add to each other, anything else must stand in both.
        (Some(only), None) | (None, Some(only)) if text(only).is_some() => Together::Say(only.clone()),
        (Some(_), None) | (None, Some(_)) => Together::Contradict,
    }
}

fn text(said: &Said) -> Option<&str> {
    match &said.theirs {
        Theirs::Value(Value::Text(text)) => Some(text),
        Theirs::Value(Value::Progress(_) | Value::Percent(_) | Value::Day(_))
        | Theirs::Absent
        | Theirs::Blank
        | Theirs::Clear => None,
    }
}

/// Adds a finding unless the reader has already said so.
fn note(row: &mut PlannedRow, code: FindingCode, other_row: u32) {
    if !row.findings.iter().any(|finding| finding.code == code) {
        row.findings.push(Finding::at(
            code,
            &row.place.sheet,
            row.place.row + 1,
            None,
            other_row.to_string(),
        ));
    }
}
