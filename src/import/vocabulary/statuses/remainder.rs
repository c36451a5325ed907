//! What follows the words of a status and takes part of them back: "Đã hoàn thành dự thảo, đang trình UBND tỉnh" is not
//! completed. Statuses of cells that name a choice ("Hoàn thành/Chưa hoàn thành") or a question are none.

use crate::domain::status::part_of_count;
use crate::import::reading::ReportedStatus;
use crate::import::vocabulary::words;

use super::StatusWords;

/// How much of "completed" what follows leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// All of it.
    All,
    /// A part is done, the task is in progress.
    Part,
    /// "Hoàn thành 0%": nothing is done.
    Everything,
    /// Perhaps all, perhaps a part: a person is asked.
    Unsure,
}

/// What may stand between the status and its share.
const BEFORE_SHARE: [&str; 5] = ["duoc", "khoang", "dat", "tren", "gan"];
/// What is done is a part: "hoàn thành một phần", "đã hoàn thành dự thảo".
const PARTS: [&str; 14] = [
    "mot phan",
    "1 phan",
    "mot so",
    "1 so",
    "mot nua",
    "1 nua",
    "phan lon",
    "hau het",
    "co ban",
    "so bo",
    "du thao",
    "ban du thao",
    "xay dung du thao",
    "de cuong",
];
/// What is done may be all there is to do.
const STEPS: [&str; 9] =
    ["giai doan", "buoc", "dot", "phan", "cac phan", "tru", "ngoai tru", "muc 1", "noi dung 1"];
/// With these a clause begins that says what is still to be done.
const STILL: [&str; 14] = [
    "dang",
    "hien dang",
    "hien nay dang",
    "van dang",
    "con",
    "van con",
    "chua",
    "van chua",
    "nhung chua",
    "nhung con",
    "tiep tuc trien khai",
    "tiep tuc hoan thien",
    "can tiep tuc",
    "tru",
];
/// And with these one that says nothing of the kind, although it begins alike.
const NOTHING_LEFT: [&str; 9] = [
    "dang cho",
    "chua den han",
    "chua phat hien",
    "chua phat sinh",
    "chua co vuong mac",
    "chua co kho khan",
    "chua co van de",
    "con han",
    "con hieu luc",
];
/// Words that part clauses.
const JOINTS: [&str; 7] =
    [" nhưng ", " song ", " tuy nhiên ", " hiện đang ", " hiện nay ", " và đang ", " mà "];

/// How much of "completed" is left, by the words that follow (without diacritics) and by the text as written.
pub(super) fn left(raw: &str, rest: &str, is_of_documents: bool) -> Left {
    let mut share = rest;
    while let Some(after) = BEFORE_SHARE.iter().find_map(|word| begins(share, word)) {
        share = after;
    }
    let percent =
        share.split_once('%').and_then(|(number, _)| number.trim().split(' ').next()?.parse::<u32>().ok());
    if percent == Some(0) && share.trim_end().ends_with('%') {
        return Left::Everything;
    }
    let percent = percent.is_some_and(|percent| percent < 100);
    let counted = share.starts_with(|c: char| c.is_ascii_digit()) && part_of_count(&raw.to_lowercase());
    if percent || counted || PARTS.iter().any(|part| begins(rest, part).is_some()) {
        return Left::Part;
    }
    if STEPS.iter().any(|step| begins(rest, step).is_some()) {
        return Left::Unsure;
    }
    if clauses(raw).skip(1).any(|clause| is_left(&clause)) {
        return if is_of_documents { Left::Part } else { Left::Unsure };
    }
    Left::All
}

/// Whether a clause says what is still to be done.
fn is_left(clause: &str) -> bool {
    let begins = |list: &[&str]| list.iter().any(|word| begins(clause, word).is_some());
    begins(&STILL) && !begins(&NOTHING_LEFT)
}

/// The clauses of a text as words.
pub(super) fn clauses(raw: &str) -> impl Iterator<Item = String> {
    let mut text = raw.to_owned();
    for joint in JOINTS {
        if text.contains(joint) {
            text = text.replace(
                joint,
                &format!("; {}", joint.trim_start().trim_start_matches("và ").trim_start_matches("mà ")),
            );
        }
    }
    let parts: Vec<String> = text.split([',', ';', '.', ':', '\n', '(', '–', '—']).map(words).collect();
    parts.into_iter().filter(|part| !part.is_empty())
}

fn begins<'t>(text: &'t str, with: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(with)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

/// Whether a cell leaves open what it says: a form's choice of which nothing was struck out, or a question.
pub(super) fn leaves_open(raw: &str, understand: impl Fn(&str) -> Option<StatusWords>) -> bool {
    if raw.trim_end().ends_with('?') {
        return true;
    }
    let or = raw.replace(" hoặc ", "/").replace(" hay ", "/");
    if !or.contains('/') || or.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let parts: Vec<Option<ReportedStatus>> = or
        .split('/')
        .map(|part| understand(part).filter(|words| !words.more_follows).and_then(|words| words.status))
        .collect();
    parts.iter().all(Option::is_some) && parts.iter().any(|status| *status != parts[0])
}
