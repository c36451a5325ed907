//! Several open notices: a wording that more than one of them has is never taken for the wrong one in silence.

use super::decide::{Clues, ask, linked, remembered};
use super::index::{Index, Likeness};
use crate::import::reading::{Decision, Match};

/// A wording that stands in several open notices: a code that names the notice, the deadline of the row, or
/// an answer remembered may tell which is meant; otherwise a person is asked.
pub(super) fn among_notices(index: &Index<'_>, found: Match, (content, clues): (&str, &Clues<'_>)) -> Match {
    let Some(number) = found.task.as_deref().and_then(|code| index.coded(code)) else { return found };
    let twins = index.twins(number);
    if twins.is_empty() || clues.code == found.task.as_deref() {
        return found;
    }
    let fits = |twin: &&usize| clues.due.is_some() && index.task(**twin).due == clues.due;
    match twins.iter().filter(fits).collect::<Vec<_>>().as_slice() {
        [one] => linked(index, **one, found.how, Decision::Likely, 1.0),
        _ => {
            let alike = |task: &usize| (Likeness { task: *task, row: 1.0, of_task: 1.0 }, 1.0);
            let asked = ask(index, &twins.iter().map(alike).collect::<Vec<_>>());
            remembered(index, content, &asked).unwrap_or(asked)
        }
    }
}
