//! What short texts were read as: a column of deadlines or statuses says the same few things over and over.

use crate::domain::deadline::Deadline;
use crate::domain::percent::Percent;
use crate::import::kept::Kept;
use crate::import::reading::{DeadlineCell, StatusValue};
use crate::import::recognise::legend::Legend;

use super::percent::Noted;
use super::status;

/// Longer texts are prose and seldom come again.
const LONGEST: usize = 64;
/// Texts kept of each kind by one thread.
const MOST_KEPT: usize = 512;

/// A deadline with how it stood in its cell and what was noticed.
pub(super) type DeadlineRead = (Deadline, DeadlineCell, Vec<Noted>);

/// The readings of texts of one table.
#[derive(Debug)]
pub struct Memory {
    deadlines: Kept<DeadlineRead>,
    /// By whether the percent beside them is none, 0 or 100.
    statuses: [Kept<(StatusValue, Vec<Noted>)>; 2],
}

impl Default for Memory {
    fn default() -> Self {
        let statuses = [Kept::at_most(MOST_KEPT), Kept::at_most(MOST_KEPT)];
        Memory { deadlines: Kept::at_most(MOST_KEPT), statuses }
    }
}

impl Memory {
    /// The deadline that a cell with this text has; `read` must depend on nothing but the text and the table.
    pub(super) fn deadline(&mut self, text: &str, read: impl FnOnce() -> DeadlineRead) -> DeadlineRead {
        if text.len() > LONGEST { read() } else { self.deadlines.of(text, read) }
    }

    /// The same as [`status::of_words`]; the legend must be that of the table.
    pub(super) fn status(
        &mut self,
        text: &str,
        percent: Option<Percent>,
        legend: &Legend,
    ) -> (StatusValue, Vec<Noted>) {
        let read = || status::of_words(text, percent, legend);
        let kept = usize::from(status::is_at_an_end(percent));
        if text.len() > LONGEST { read() } else { self.statuses[kept].of(text, read) }
    }
}
