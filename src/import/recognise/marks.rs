//! Columns of marks: the heading is a status, an x below it says that the status holds.

use crate::domain::status::{ReportedStatus, Timeliness};
use crate::import::rows::classify::status_of_title;
use crate::import::vocabulary::statuses::{self, StatusWords};

use super::columns::Column;
use super::legend::Legend;

/// A column of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The column.
    pub column: u32,
    /// The status a mark stands for.
    pub status: ReportedStatus,
    /// In time or late, where the heading says so.
    pub timeliness: Option<Timeliness>,
}

/// The columns of marks among the columns of a table: the cells are marks or empty. One such column alone must have
/// marks; several may be empty. Short headings mean what the legend of the table says.
pub(super) fn marks(columns: &[Column<'_>], legend: &Legend) -> Vec<Mark> {
    let found: Vec<(Mark, bool)> = columns
        .iter()
        .filter_map(|column| {
            let heading = &column.heading?.text;
            let words = meant(heading).or_else(|| legend.status(heading.rsplit(" / ").next()?))?;
            // Below a heading that is a status a 1 is a mark too; the sum below the ones is none.
            let set = column.looks.marks + column.looks.ones;
            let marked = set > 0 && column.looks.share(set) >= 0.5;
            let empty = column.looks.filled == column.looks.zeros;
            let mark = Mark { column: column.number, status: words.status?, timeliness: words.timeliness };
            (marked || empty).then_some((mark, marked))
        })
        .collect();
    let any = found.iter().any(|(_, marked)| *marked);
    let listed = if any { Vec::new() } else { listed(columns) };
    if listed.len() >= 2 {
        listed
    } else if any || found.len() >= 2 {
        found.into_iter().map(|(mark, _)| mark).collect()
    } else {
        Vec::new()
    }
}

/// Columns of statuses that hold what was done in place of a mark: several headings that are statuses, texts or nothing
/// below them, and some texts at all.
fn listed(columns: &[Column<'_>]) -> Vec<Mark> {
    let mut written = 0;
    let listed = columns.iter().filter_map(|column| {
        let heading = &column.heading?.text;
        let leaf = heading.rsplit(" / ").next()?;
        let words = meant(heading).or_else(|| status_of_title(leaf))?;
        let looks = &column.looks;
        let texts = looks.letters >= looks.filled * SHORTEST_TEXT && looks.numbers + looks.dates == 0;
        written += usize::from(texts && looks.filled > 0);
        let mark = Mark { column: column.number, status: words.status?, timeliness: words.timeliness };
        texts.then_some(mark)
    });
    let listed: Vec<Mark> = listed.collect();
    let different = listed.iter().any(|mark| mark.status != listed[0].status);
    if written > 0 && different { listed } else { Vec::new() }
}

/// Letters of a text that says what was done; a mark or a day is shorter.
const SHORTEST_TEXT: usize = 11;

/// The status that the levels of a heading name: "Đã hoàn thành / Quá hạn" is completed, and late.
fn meant(heading: &str) -> Option<StatusWords> {
    let mut levels = heading.rsplit(" / ");
    let leaf = levels.next()?;
    let own = statuses::as_heading(leaf)?;
    let above = levels
        .next()
        .and_then(statuses::understand)
        .filter(|words| words.status.is_some() && !words.more_follows);
    match above {
        Some(above) if own.timeliness.is_some() => Some(StatusWords { timeliness: own.timeliness, ..above }),
        Some(_) | None => Some(own),
    }
}
