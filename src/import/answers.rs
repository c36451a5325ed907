//! What a person has answered about an import: which task a row speaks of, what its progress is, whose value counts in
//! a conflict, what a column means, and that a finding about the whole workbook is no obstacle. Answers belong to the
//! import; a later answer replaces an earlier one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::progress::Progress;
use crate::import::claim::Place;
use crate::sheet::meaning::ColumnFacts;

/// The answer to "which task is this?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// This task.
    Task(Arc<str>),
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

impl Side {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Ours => "ours",
            Side::Theirs => "theirs",
        }
    }

    /// The side with this stable name.
    pub fn parse(name: &str) -> Option<Side> {
        [Side::Ours, Side::Theirs].into_iter().find(|side| side.as_str() == name)
    }
}

/// The answers about one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowAnswer {
    /// Which task.
    pub link: Option<Link>,
    /// Whose values.
    pub side: Option<Side>,
    /// What its progress is, where the words leave it open.
    pub progress: Option<Progress>,
    /// The values are right as they were read.
    pub as_read: bool,
}

impl RowAnswer {
    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        *self == RowAnswer::default()
    }
}

/// All answers about an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// By sheet and first row (0-based).
    pub rows: BTreeMap<(String, u32), RowAnswer>,
    /// About rows of tables with another one on their left in the same rows: by sheet, first row, and first column of the
    /// table.
    pub beside: BTreeMap<(String, u32, u32), RowAnswer>,
    /// By sheet and column (0-based).
    pub columns: BTreeMap<(String, u32), ColumnFacts>,
    /// Go on although a finding about the whole workbook asks (another province in the letterhead).
    pub accept_workbook: bool,
}

impl Answers {
    /// The answer about the row that stands here, empty when there is none.
    pub fn of(&self, place: &Place) -> RowAnswer {
        let sheet = || place.sheet.to_string();
        let answer = match place.table {
            None => self.rows.get(&(sheet(), place.row)),
            Some(table) => self.beside.get(&(sheet(), place.row, table)),
        };
        answer.cloned().unwrap_or_default()
    }

    /// The answers about rows: sheet, first row, first column of a table beside another one, answer.
    pub fn of_rows(&self) -> impl Iterator<Item = (&str, u32, Option<u32>, &RowAnswer)> {
        let rows = self.rows.iter().map(|((sheet, row), answer)| (sheet.as_str(), *row, None, answer));
        let beside = self.beside.iter();
        rows.chain(beside.map(|((sheet, row, table), answer)| (sheet.as_str(), *row, Some(*table), answer)))
    }

    /// The answer about a row, to be filled in.
    pub fn entry(&mut self, sheet: &str, row: u32, table: Option<u32>) -> &mut RowAnswer {
        match table {
            None => self.rows.entry((sheet.to_owned(), row)).or_default(),
            Some(table) => self.beside.entry((sheet.to_owned(), row, table)).or_default(),
        }
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && !self.accept_workbook
            && self.of_rows().all(|(.., answer)| answer.is_empty())
    }

    /// These answers and later ones. A later answer replaces an earlier one to the same question; where it gives a
    /// meaning to a column, another column of the same table that was given the same meaning before loses it. `shared`
    /// tells whether two columns of a sheet stand in one table.
    #[must_use]
    pub fn then(mut self, later: &Answers, shared: impl Fn(&str, [u32; 2]) -> bool) -> Answers {
        self.accept_workbook |= later.accept_workbook;
        for (sheet, row, table, new) in later.of_rows() {
            let row = self.entry(sheet, row, table);
            row.link = new.link.clone().or(row.link.take());
            row.side = new.side.or(row.side);
            row.progress = new.progress.or(row.progress);
            row.as_read |= new.as_read;
        }
        for (place, new) in &later.columns {
            if let Some(meaning) = new.meaning.filter(|meaning| meaning.is_single()) {
                for ((sheet, column), old) in &mut self.columns {
                    let same = *sheet == place.0 && old.meaning == Some(meaning);
                    if same && shared(sheet, [*column, place.1]) {
                        old.meaning = None;
                    }
                }
            }
            let old = self.columns.entry(place.clone()).or_default();
            *old = old.then(*new);
        }
        self.columns.retain(|_, facts| *facts != ColumnFacts::default());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::column::Field;
    use crate::sheet::meaning::{ColumnMeaning, PercentScale};

    fn column(meaning: ColumnMeaning) -> ColumnFacts {
        ColumnFacts { meaning: Some(meaning), ..ColumnFacts::default() }
    }

    #[test]
    fn answers_add_up_and_a_later_one_to_the_same_question_counts() {
        let place = |row| ("PL".to_owned(), row);
        let link = |code: &str| RowAnswer { link: Some(Link::Task(code.into())), ..RowAnswer::default() };
        let side = RowAnswer { side: Some(Side::Ours), ..RowAnswer::default() };
        let first = Answers {
            rows: [(place(4), link("I.1-1")), (place(5), side.clone())].into(),
            ..Answers::default()
        };
        let later =
            Answers { rows: [(place(4), link("I.1-2"))].into(), accept_workbook: true, ..Answers::default() };
        let both = first.then(&later, |_, _| true).then(&Answers::default(), |_, _| true);
        let of = |row, table| both.of(&Place { sheet: "PL".into(), row, row_to: row, table });
        assert_eq!(of(4, None), link("I.1-2"));
        assert_eq!(of(5, None), side);
        assert!(of(5, Some(6)).is_empty(), "of the table on the left only");
        assert!(both.accept_workbook && !both.is_empty() && Answers::default().is_empty());
    }

    #[test]
    fn one_column_of_a_table_has_a_meaning_at_a_time_but_any_number_have_marks_or_none() {
        let percent = column(ColumnMeaning::Field(Field::Percent));
        let nothing = column(ColumnMeaning::Nothing);
        let of = |list: &[(&str, u32, ColumnFacts)]| Answers {
            columns: list.iter().map(|(sheet, at, facts)| (((*sheet).to_owned(), *at), *facts)).collect(),
            ..Answers::default()
        };
        let scale = ColumnFacts { scale: Some(PercentScale::Whole), ..ColumnFacts::default() };
        let first = of(&[("A", 5, percent), ("B", 5, percent), ("A", 7, nothing)]);
        let later = of(&[("A", 5, scale), ("A", 6, percent), ("A", 8, nothing)]);
        let both = first.clone().then(&later, |_, columns| columns == [5, 6]);
        assert_eq!(
            both,
            of(&[
                ("A", 5, scale),
                ("A", 6, percent),
                ("B", 5, percent),
                ("A", 7, nothing),
                ("A", 8, nothing)
            ])
        );
    }
}
