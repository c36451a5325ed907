//! Finds the task of row after row. What comparing a wording with all tasks gave is kept for the rows that follow: a
//! sheet says the same words for many offices, months or communes, and only the clues beside them differ.

use std::borrow::Cow;
use std::rc::Rc;

use crate::domain::text;
use crate::import::kept::Kept;
use crate::import::reading::{Decision, Match};
use crate::import::vocabulary::words;

use super::decide::{
    Clues, Contest, ask, cut_off, decide, decide_by_code, linked, remembered, unlinked, without_deadline,
    without_marker,
};
use super::index::{Index, Likeness, Scratch, plain_length};
use super::lexicon::Spelled;
use super::notices::among_notices;

/// Wordings kept by one thread; a task of a usual notice has a few hundred in all sheets together.
const MOST_KEPT: usize = 4_096;
/// Wordings that differ in at most one letter of fifty are the same but for slips of the pen.
const SLIP: f64 = 0.97;
/// Supporting evidence (deadline, unit, section) adds this much each; it ranks, it does not decide.
const SUPPORT: f64 = 0.03;

/// Links rows to the tasks of an index.
pub struct Matcher<'i> {
    index: &'i Index<'i>,
    compared: Kept<Rc<Compared>>,
    units: Kept<Option<u32>>,
    scratch: Scratch,
}

/// What comparing a wording with all tasks gave.
enum Compared {
    /// It is the wording of this task, with how it is the same.
    Same(usize, &'static str),
    /// How like it is to each task that shares something with it.
    Like { length: Option<usize>, spelled: Spelled, found: Vec<Likeness> },
}

impl<'i> Matcher<'i> {
    /// A matcher that has seen nothing yet.
    pub fn new(index: &'i Index<'i>) -> Matcher<'i> {
        let (compared, units) = (Kept::at_most(MOST_KEPT), Kept::at_most(MOST_KEPT));
        Matcher { index, compared, units, scratch: Scratch::default() }
    }

    /// The task a row speaks of.
    pub fn find(&mut self, content: &str, clues: &Clues<'_>) -> Match {
        among_notices(self.index, self.find_wording(content, clues), (content, clues))
    }

    fn find_wording(&mut self, content: &str, clues: &Clues<'_>) -> Match {
        let index = self.index;
        if let Some(by_code) = clues.code.and_then(|code| index.coded(code)) {
            let found = decide_by_code(index, by_code, bare(content));
            return remembered(index, content, &found).unwrap_or(found);
        }
        let compare = || Rc::new(compare(index, content, &mut self.scratch));
        let compared = self.compared.of(content, compare);
        let (length, spelled, likenesses) = match &*compared {
            Compared::Same(task, how) => return linked(index, *task, how, Decision::Sure, 1.0),
            Compared::Like { length, spelled, found } => (*length, spelled, found),
        };
        let named = |unit| self.units.of(unit, || index.lead_named(&words(unit)));
        let unit = clues.unit.and_then(named);
        let found = likenesses
            .iter()
            .map(|like| (*like, like.score() + support(index, *like, (clues, unit))))
            .collect();
        let contest = Contest::new(found);
        let bare = bare(content);
        let slip = |best: &(Likeness, f64)| is_slip(index, best.0.task, (bare, length));
        if let Some((best, score)) = contest.best().filter(slip) {
            return linked(index, best.task, "normalised", Decision::Sure, score);
        }
        if let Some(known) = remembered(index, content, &unlinked()) {
            return known;
        }
        if let Some(cut) = cut_off(index, bare) {
            return cut;
        }
        let whole = |like: &Likeness| like.of_task >= 0.85;
        if likenesses.iter().filter(|like| whole(like) && !index.task(like.task).is_heading).count() >= 2 {
            let several = contest.in_order().into_iter().filter(|(like, _)| whole(like));
            return ask(index, &several.collect::<Vec<_>>());
        }
        decide(index, (bare, spelled), &contest)
    }
}

fn bare(content: &str) -> &str {
    without_marker(without_deadline(content))
}

fn compare(index: &Index<'_>, content: &str, scratch: &mut Scratch) -> Compared {
    let bare = bare(content);
    let whole = words(content);
    // Wordings with the same comparing key have the same words: the key is needed only where the words are known.
    if index.same_words_of(&whole).is_some()
        && let Some(exact) = index.exact(content)
    {
        return Compared::Same(exact, "exact");
    }
    let words = if bare.len() == content.len() { Cow::Borrowed(&whole) } else { Cow::Owned(words(bare)) };
    if let Some(same) = index.same_words_of(&words) {
        return Compared::Same(index.exact(bare).unwrap_or(same), "normalised");
    }
    let spelled = index.spelled(&words);
    let found = index.likenesses_of(&spelled, scratch);
    Compared::Like { length: plain_length(&words), spelled, found }
}

fn support(index: &Index<'_>, like: Likeness, (clues, unit): (&Clues<'_>, Option<u32>)) -> f64 {
    let task = index.task(like.task);
    let due = clues.due.is_some() && clues.due == task.due;
    let unit = unit.is_some_and(|unit| unit == index.lead(like.task));
    let section = clues.section.is_some_and(|section| task.code.split('.').next() == Some(section));
    [due, unit, section].into_iter().filter(|holds| *holds).map(|_| SUPPORT).sum()
}

/// Whether the wording of a row, with the length of its words, is that of a task but for slips of the pen. The lengths
/// tell nearly all others without a look at the letters: wordings that are so much alike differ in at most 0.062 letters
/// for each of the task's, and a letter more or less in a key changes its words by two at most (`a%` is `a %`).
fn is_slip(index: &Index<'_>, task: usize, (row, length): (&str, Option<usize>)) -> bool {
    let (known, lengths) = (index.key(task), index.lengths(task));
    let too_far = |(a, b): (usize, usize)| a.abs_diff(b) * 8 > lengths.key + 8;
    if lengths.words.zip(length).is_some_and(too_far) {
        return false;
    }
    let row = text::key(row);
    known.len().abs_diff(row.len()) * 20 < known.len()
        && rapidfuzz::fuzz::ratio(known.chars(), row.chars()) >= SLIP
}
