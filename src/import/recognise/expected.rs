//! What hints say of the columns of a table: first of all what a person says, then what is remembered and not
//! contradicted by the cells.

use std::collections::BTreeMap;

use crate::import::hints::{Changed, Expected};
use crate::sheet::column::Field;
use crate::sheet::meaning::ColumnMeaning;

use super::columns::{Column, Columns};
use super::fit::fit;
use super::grid::Grid;
use super::header::Header;
use super::marks::Mark;
use crate::import::matching::Index;

/// Cells that fit a meaning as badly as this cannot be it, whatever is remembered (see [`fit`]: what speaks plainly
/// against a meaning takes 0.35 and more).
const CONTRADICTS: f64 = -0.3;
/// A heading that says its meaning as plainly as this is a heading of its own and no new name of another.
const PLAIN: f64 = 0.8;

/// Meanings that are settled before headings and cells are looked at.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Columns that are spoken for.
    pub(super) taken: Vec<u32>,
    /// The column of each field.
    pub(super) fields: BTreeMap<Field, u32>,
    /// Columns of marks.
    pub(super) marks: Vec<Mark>,
    /// The day of completion.
    pub(super) completed_on: Option<u32>,
    /// A code.
    pub(super) code: Option<u32>,
}

/// What hints say of the table below a heading. Headings covered by a merged one are none of their own.
pub(super) fn expected(grid: &Grid<'_>, index: &Index<'_>, header: &Header) -> Expected {
    let own = header.columns.iter().filter(|heading| !heading.covered);
    let headings: Vec<(u32, &str)> = own.map(|heading| (heading.column, heading.text.as_str())).collect();
    index.hints().of_table(&grid.sheet.name, &headings)
}

/// The meanings that follow. What a person says comes first; of what is remembered only what is still free.
pub(super) fn settled(columns: &[Column<'_>], expected: &Expected) -> Settled {
    let mut settled = Settled::default();
    let said = |answer: bool| {
        columns.iter().filter_map(move |column| {
            let expectation = expected.columns.get(&column.number)?;
            let told = expectation.by_person;
            match (answer, expectation.answer.meaning) {
                (true, meaning) => Some((column, meaning?, true)),
                (false, None) => Some((column, expectation.memory.meaning?, told)),
                (false, Some(_)) => None,
            }
        })
    };
    for (column, meaning, told) in said(true).chain(said(false)) {
        if told || agrees(column, meaning) {
            settled.take(column.number, meaning);
        }
    }
    settled
}

/// Whether the cells leave room for what is remembered. That a column once was of no use says nothing of it now.
fn agrees(column: &Column<'_>, meaning: ColumnMeaning) -> bool {
    let looks = &column.looks;
    match meaning {
        ColumnMeaning::Field(field) => fit(field, looks) > CONTRADICTS,
        ColumnMeaning::Mark(..) => looks.filled == 0 || looks.share(looks.marks) >= 0.5,
        ColumnMeaning::CompletedOn => looks.filled == 0 || looks.share(looks.dates + looks.deadlines) > 0.0,
        ColumnMeaning::Code => true,
        ColumnMeaning::Nothing => false,
    }
}

impl Settled {
    fn take(&mut self, column: u32, meaning: ColumnMeaning) {
        if self.taken.contains(&column) {
            return;
        }
        match meaning {
            ColumnMeaning::Field(field) if self.fields.contains_key(&field) => return,
            ColumnMeaning::Field(field) => {
                self.fields.insert(field, column);
            }
            ColumnMeaning::Mark(status, timeliness) => {
                self.marks.push(Mark { column, status, timeliness, doubtful: false });
            }
            ColumnMeaning::CompletedOn => self.completed_on = self.completed_on.or(Some(column)),
            ColumnMeaning::Code => self.code = self.code.or(Some(column)),
            ColumnMeaning::Nothing => {}
        }
        self.taken.push(column);
    }

    /// The columns of marks: those that are settled, and those found, unless the status has a column of words.
    pub(super) fn with_marks(&self, found: Vec<Mark>) -> Vec<Mark> {
        if self.fields.contains_key(&Field::Status) {
            return Vec::new();
        }
        let free = found.into_iter().filter(|mark| !self.taken.contains(&mark.column));
        let mut marks: Vec<Mark> = self.marks.iter().copied().chain(free).collect();
        marks.sort_by_key(|mark| mark.column);
        marks
    }
}

/// The changed headings that a person must be asked about: the new one does not say plainly what it is, it is not
/// understood as what the old one was, and no other column has taken the old one's place.
pub(super) fn doubts(columns: &[Column<'_>], expected: &Expected, result: &Columns) -> Vec<Changed> {
    let doubtful = |changed: &&Changed| {
        let guess = columns
            .iter()
            .find(|column| column.number == changed.column)
            .and_then(|column| column.heading?.guesses.first().copied());
        let plain = guess.is_some_and(|guess| guess.weight >= PLAIN);
        // What the cells alone say under another heading is proposed, not assumed.
        let assumed = result.by_cells.contains(&changed.column);
        !plain && (assumed || !result.has(changed.meaning))
    };
    expected.changed.iter().filter(doubtful).cloned().collect()
}

impl Columns {
    /// What a column was taken for.
    pub fn meaning_of(&self, column: u32) -> ColumnMeaning {
        if let Some(mark) = self.marks.iter().find(|mark| mark.column == column) {
            return ColumnMeaning::Mark(mark.status, mark.timeliness);
        }
        let field = self.fields.iter().find(|(_, at)| **at == column);
        match field {
            Some((field, _)) => ColumnMeaning::Field(*field),
            None if self.completed_on == Some(column) => ColumnMeaning::CompletedOn,
            None if self.code == Some(column) => ColumnMeaning::Code,
            None => ColumnMeaning::Nothing,
        }
    }

    fn has(&self, meaning: ColumnMeaning) -> bool {
        match meaning {
            ColumnMeaning::Field(field) => self.fields.contains_key(&field),
            ColumnMeaning::Mark(status, _) => self.marks.iter().any(|mark| mark.status == status),
            ColumnMeaning::CompletedOn => self.completed_on.is_some(),
            ColumnMeaning::Code => self.code.is_some(),
            ColumnMeaning::Nothing => true,
        }
    }

    /// Whether the table is one that was seen before and every column is still what it was then.
    pub fn as_remembered(&self) -> bool {
        let same = |(column, expectation): (&u32, &crate::import::hints::Expectation)| {
            expectation.memory.meaning.is_none_or(|meaning| meaning == self.meaning_of(*column))
        };
        self.expected.known_layout && self.expected.columns.iter().all(same)
    }
}
