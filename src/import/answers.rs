//! What a person has answered about an import: which task a row speaks of, whose value counts in a conflict, and that
//! a finding about the whole workbook is no obstacle. Answers belong to the import; the reading never changes.

use std::collections::BTreeMap;

/// The answer to "which task is this?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// This task.
    Task(String),
    /// No task of the notice.
    NotATask,
}

/// Whose value counts where both sides changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is stored.
    Ours,
    /// What the sheet says.
    Theirs,
}

/// The answers about one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowAnswer {
    /// Which task.
    pub link: Option<Link>,
    /// Whose values.
    pub side: Option<Side>,
}

/// All answers about an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// By sheet and first row (0-based).
    pub rows: BTreeMap<(String, u32), RowAnswer>,
    /// Go on although a finding about the whole workbook asks (another province in the letterhead).
    pub accept_workbook: bool,
}

impl Answers {
    /// The answer about a row, empty when there is none.
    pub fn row(&self, sheet: &str, row: u32) -> RowAnswer {
        self.rows.get(&(sheet.to_owned(), row)).cloned().unwrap_or_default()
    }
}
