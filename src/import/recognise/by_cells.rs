//! What a column is by its cells alone, where its heading says nothing that is known.

use crate::import::vocabulary::{word_position, words};
use crate::sheet::column::Field;

use super::columns::Column;
use super::evidence::Looks;

/// Cells without a heading must reach this.
const ENOUGH: f64 = 0.35;
/// What cells that speak plainly reach.
const PLAIN: f64 = 0.36;
/// Most of the cells are of one kind.
const MOSTLY: f64 = 0.6;

/// The columns of days whose headings say nothing, when they are several: which of them is the deadline nobody can tell.
pub(super) fn contested(columns: &[Column<'_>]) -> Vec<u32> {
    let says = |column: &Column<'_>| {
        column.heading.and_then(|heading| heading.guesses.first()).is_some_and(|guess| guess.weight >= 0.5)
    };
    let holds_days = |column: &&Column<'_>| {
        column.looks.filled > 0 && column.looks.share(column.looks.dates + column.looks.deadlines) >= MOSTLY
    };
    let found: Vec<&Column<'_>> = columns.iter().filter(holds_days).filter(|column| !says(column)).collect();
    if found.len() < 2 { Vec::new() } else { found.iter().map(|column| column.number).collect() }
}

/// Whether a column has no heading at all.
pub(super) fn is_headless(column: &Column<'_>) -> bool {
    column.heading.is_none_or(|heading| heading.text.is_empty())
}

/// Whether a heading speaks of the day of something else: "Ngày Bộ ký", "Nhận ngày", "Vào sổ ngày".
pub(super) fn names_another_day(heading: &str) -> bool {
    let key = words(heading);
    let has = |word: &str| word_position(&key, word).is_some();
    has("ngay") && OTHER_DAYS.into_iter().any(has)
}

/// What happens on days that are no deadlines.
const OTHER_DAYS: [&str; 23] = [
    "ky",
    "ki",
    "nhan",
    "den",
    "ban hanh",
    "giao",
    "gui",
    "chuyen",
    "van ban",
    "cong van",
    "vb",
    "cv",
    "lap",
    "trinh",
    "so",
    "cap nhat",
    "bao cao",
    "duyet",
    "bat dau",
    "hop",
    "xong",
    "thuc hien",
    "thuc te",
];

/// How well the cells of a column without a telling heading fit a field; none when they do not. `fit` is what they say for
/// it, `content_at` the column of the contents.
pub(super) fn by_cells(column: &Column<'_>, field: Field, (fit, content_at): (f64, u32)) -> Option<f64> {
    let headless = column.by_cells || column.heading.is_some_and(|heading| heading.text.is_empty());
    let looks = &column.looks;
    let mostly = |count: usize| looks.filled >= 2 && looks.share(count) >= MOSTLY;
    // What is in the way and what is asked for stands in few rows; one cell is enough when it says so at once.
    let clearly = |count: usize| mostly(count) || looks.filled == 1 && count == 1;
    let speaks = match field {
        Field::Content => {
            looks.share(looks.tasks) >= 0.4 || looks.filled >= 2 && looks.share(looks.orders) >= MOSTLY
        }
        Field::Stt => looks.share(looks.ordinals) >= 0.8 && looks.filled >= 2 && column.number < content_at,
        Field::Status => looks.share(looks.statuses) >= MOSTLY,
        Field::Percent => looks.share(looks.percents) >= MOSTLY,
        Field::Deadline => looks.share(looks.dates + looks.deadlines) >= MOSTLY,
        // Names of units speak for themselves: rooms of the sender lead, others and several take part.
        Field::LeadUnit => {
            let units = looks.share(looks.units) >= if headless { MOSTLY } else { 0.7 };
            units && looks.share(looks.others) < 0.5 && (headless || looks.filled >= 2) && in_most_rows(looks)
        }
        Field::CoordinatingUnits => mostly(looks.others),
        // Where no column has a heading, results are told by their cells too; a person confirms them.
        Field::Result if headless => {
            let other = looks.requests + looks.troubles + looks.persons + looks.of_ministry + looks.units;
            looks.average_length() >= 10 && looks.tasks == 0 && fit >= 0.0 && looks.share(other) < 0.5
        }
        Field::Result => {
            let other = looks.share(looks.requests.max(looks.troubles));
            mostly(looks.reports) && is_text(looks) && fit >= 0.0 && other < 0.5
        }
        Field::Difficulties => clearly(looks.troubles) && is_text(looks),
        Field::Proposals => clearly(looks.requests) && is_text(looks),
        Field::DocNo => mostly(looks.of_ministry),
        Field::Note | Field::Province => false,
    };
    let total = match field {
        Field::Result | Field::Difficulties | Field::Proposals | Field::DocNo => fit.max(PLAIN),
        Field::LeadUnit | Field::CoordinatingUnits if fit >= 0.3 => PLAIN,
        Field::Content
        | Field::Stt
        | Field::Status
        | Field::Percent
        | Field::Deadline
        | Field::LeadUnit
        | Field::CoordinatingUnits
        | Field::Note
        | Field::Province => fit - 0.05,
    };
    (speaks && total >= ENOUGH - if headless { 0.15 } else { 0.0 }).then_some(total)
}

/// Whether a column has values in half of the rows or more: every task has a lead unit.
fn in_most_rows(looks: &Looks) -> bool {
    looks.filled * 2 >= looks.rows
}

/// Whether cells are texts and neither tasks nor statuses alone.
fn is_text(looks: &Looks) -> bool {
    looks.share(looks.tasks) < 0.3 && looks.share(looks.statuses) < 0.5 && looks.average_length() >= 6
}
