//! Tables beside each other under one row of headings: where each begins.

use crate::import::vocabulary::headings::Meaning;
use crate::import::vocabulary::words;
use crate::sheet::column::Field;

use super::header::{Header, Heading};

/// A heading as plain as this is that of a table's contents or numbers.
const PLAIN: f64 = 0.9;

/// The headings of each table: the same headings again, contents on both sides of an empty column, or a second column of
/// numbers with contents of its own. Each of several tables has contents.
pub(super) fn side_by_side(header: &Header) -> Vec<Header> {
    let columns = &header.columns;
    let found = [again(columns), by_gaps(columns), by_numbers(columns)];
    let starts = found.into_iter().find(|starts| starts.len() > 1 && all_have_contents(columns, starts));
    let Some(starts) = starts else { return vec![header.clone()] };
    let parts = parts(columns, &starts);
    parts.map(|part| Header { columns: part.to_vec(), ..header.clone() }).collect()
}

fn parts<'h>(columns: &'h [Heading], starts: &[usize]) -> impl Iterator<Item = &'h [Heading]> {
    let ends = starts.iter().copied().skip(1).chain([columns.len()]);
    // What stands before the first start belongs to the first table.
    let begins = [0].into_iter().chain(starts.iter().copied().skip(1));
    begins.zip(ends).filter_map(|(begin, end)| columns.get(begin..end)).collect::<Vec<_>>().into_iter()
}

fn all_have_contents(columns: &[Heading], starts: &[usize]) -> bool {
    let has_contents = |part: &[Heading]| {
        part.iter().any(|heading| {
            let mut guesses = heading.guesses.iter();
            guesses.any(|guess| guess.meaning == Meaning::Field(Field::Content) && guess.weight >= 0.5)
        })
    };
    parts(columns, starts).all(has_contents)
}

fn is(heading: &Heading, field: Field) -> bool {
    let first = heading.guesses.first();
    !heading.covered
        && first.is_some_and(|guess| guess.meaning == Meaning::Field(field) && guess.weight >= PLAIN)
}

/// The same three or more headings from left to right, over and over.
fn again(columns: &[Heading]) -> Vec<usize> {
    let keys: Vec<String> = columns.iter().map(|heading| words(&heading.text)).collect();
    let lengths = (3..=keys.len() / 2).filter(|length| keys.len().is_multiple_of(*length));
    for length in lengths {
        let mut tables = keys.chunks_exact(length);
        if tables.next().is_some_and(|first| tables.all(|table| table == first)) {
            return (0..keys.len()).step_by(length).collect();
        }
    }
    Vec::new()
}

/// Runs of headings without an empty column between them; one without contents goes with the run before.
fn by_gaps(columns: &[Heading]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut begins = 0;
    for (at, heading) in columns.iter().enumerate() {
        let gap = at > 0 && columns.get(at - 1).is_some_and(|before| before.column + 1 < heading.column);
        if gap {
            begins = at;
        }
        if is(heading, Field::Content) && starts.last() != Some(&begins) {
            starts.push(begins);
        }
    }
    starts
}

/// Columns of numbers, each the first of its table.
fn by_numbers(columns: &[Heading]) -> Vec<usize> {
    let numbered = columns.iter().enumerate().filter(|(_, heading)| is(heading, Field::Stt));
    numbered.map(|(at, _)| at).collect()
}
