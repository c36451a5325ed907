//! Several rows about one task. Where they agree they are one statement; where they do not, nobody can say which counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::change::Theirs;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::Part;
use crate::import::claim::{Claim, Said};
use crate::import::duplicates::identical;
use crate::import::value::Value;

use super::{Outcome, PlannedRow, Reason, Snapshot, Words};

/// Marks repeated rows: of rows that agree the first one stays and the others are skipped, rows that contradict each
/// other are all errors. Gives the claims, by place in the list, that took over texts of skipped rows.
///
/// In our own sheet a task stands once, so two rows about it are a copied row: they agree only where they say the same in
/// everything, and where one of them cannot be stored, none is.
pub(super) fn mark(rows: &mut [PlannedRow], claims: &[Claim], snapshot: &Snapshot) -> BTreeMap<usize, Claim> {
    let mut by_task: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    let speaks = |row: &PlannedRow| matches!(row.outcome, Outcome::Create | Outcome::Ask | Outcome::Error);
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| speaks(row)) {
        if let Some(task) = &row.task {
            by_task.entry(task.clone()).or_default().push(index);
        }
    }
    let mut merged = BTreeMap::new();
    for (task, mut group) in by_task.into_iter().filter(|(_, group)| group.len() > 1) {
        let is_own = snapshot.tasks.get(&task).is_some_and(|known| known.compared.words == Words::Shown);
        if is_own && group.iter().any(|index| rows[*index].outcome != Outcome::Create) {
            note_all(rows, &group, FindingCode::DuplicateOpen, str::to_owned);
            refuse(rows, &group);
            continue;
        }
        group.retain(|index| rows[*index].outcome == Outcome::Create);
        let [first, rest @ ..] = group.as_slice() else { continue };
        if rest.is_empty() {
            continue;
        }
        let same = rest.iter().all(|index| says_the_same(&claims[*first], &claims[*index]));
        let joined = join(group.iter().map(|index| &claims[*index])).filter(|_| same || !is_own);
        let Some(joined) = joined else {
            note_all(rows, &group, FindingCode::DuplicateContradictory, str::to_owned);
            refuse(rows, &group);
            continue;
        };
        note_all(rows, &group, FindingCode::DuplicateIdentical, |row| identical(row, same));
        for index in rest {
            (rows[*index].outcome, rows[*index].reason) = (Outcome::Skipped, Some(Reason::Duplicate));
        }
        merged.insert(*first, joined);
    }
    merged
}

fn says_the_same(one: &Claim, other: &Claim) -> bool {
    Part::ALL.into_iter().all(|part| Said::agree([one, other].map(|claim| claim.says.get(&part))))
}

/// Rows that would be stored are errors; those that wait or are wrong anyway stay so.
fn refuse(rows: &mut [PlannedRow], group: &[usize]) {
    for index in group {
        let row = &mut rows[*index];
        if row.outcome == Outcome::Create {
            (row.outcome, row.reason) = (Outcome::Error, Some(Reason::Finding));
        }
    }
}

/// Tells each row of another one about its task, unless the reader has already done so.
fn note_all(rows: &mut [PlannedRow], group: &[usize], code: FindingCode, detail: impl Fn(&str) -> String) {
    for (position, index) in group.iter().enumerate() {
        let other = rows[group[usize::from(position == 0)]].place.row + 1;
        let row = &mut rows[*index];
        if row.findings.iter().all(|finding| finding.code != code) {
            let detail = detail(&other.to_string());
            row.findings.push(Finding::at(code, &row.place.sheet, row.place.row + 1, None, detail));
        }
    }
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
