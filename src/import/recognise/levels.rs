//! The headings of single columns, put together from the rows of a heading.

use crate::import::vocabulary::headings::{Guess, Meaning};
use crate::import::vocabulary::money::is_of_money;
use crate::import::vocabulary::words;
use crate::sheet::column::Field;

use super::header::{Finder, Heading};
use super::spans;

impl Finder<'_, '_> {
    pub(super) fn columns(&mut self, rows: &[u32]) -> Vec<Heading> {
        let cells = rows.iter().filter_map(|row| self.grid.sheet.row(*row)).flat_map(|row| &row.cells);
        let mut columns: Vec<u32> = cells
            .flat_map(|cell| {
                let number = rows.iter().find(|row| self.grid.sheet.cell(**row, cell.column).is_some());
                let merge = number.and_then(|row| self.grid.merge_at(*row, cell.column));
                merge.map_or(cell.column..=cell.column, |range| range.left..=range.right.min(range.left + 64))
            })
            .collect();
        columns.sort_unstable();
        columns.dedup();
        let mut headings: Vec<Heading> =
            columns.into_iter().filter_map(|column| self.heading(rows, column)).collect();
        spans::settle(&mut headings);
        headings
    }

    fn heading(&mut self, rows: &[u32], column: u32) -> Option<Heading> {
        let mut parts: Vec<String> = Vec::new();
        let mut covered = false;
        let mut last_anchor = None;
        for (level, row) in rows.iter().enumerate() {
            let anchor = self.grid.anchor(*row, column);
            let text = match self.grid.seen(*row, column) {
                Some(text) => {
                    covered = anchor.1 < column;
                    (Some(anchor) != last_anchor).then(|| text.into_owned())
                }
                None => self.group_to_the_left(rows, level, column),
            };
            last_anchor = Some(anchor);
            parts.extend(text.map(|text| text.replace('\n', " ")));
        }
        let leaf = parts.last()?.clone();
        let text = parts.join(" / ");
        let mut found = self.guesses(&leaf);
        if parts.len() > 1 {
            let joined = self.guesses(&parts.join(" "));
            let whole = self.guesses(&text);
            for guess in whole.into_iter().chain(joined) {
                let weight = guess.weight * 0.95;
                match found.iter_mut().find(|known| known.meaning == guess.meaning) {
                    Some(known) => known.weight = known.weight.max(weight * 0.8),
                    None => found
                        .push(Guess { weight: weight * if found.is_empty() { 1.0 } else { 0.6 }, ..guess }),
                }
            }
            found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
        // Whatever stands below "Kỳ trước" was said then.
        if parts.iter().rev().skip(1).any(|part| is_of_before(part)) {
            found = vec![Guess { meaning: Meaning::Other, weight: 1.0 }];
        }
        if is_of_money(&text) {
            without_progress(&mut found);
        }
        Some(Heading { column, text, leaf, guesses: found, covered })
    }

    /// A group heading that was not merged over its columns: the nearest text to the left on the same level, when this
    /// column and all between have a text on a lower level.
    fn group_to_the_left(&self, rows: &[u32], level: usize, column: u32) -> Option<String> {
        let lower =
            |column: u32| rows.iter().skip(level + 1).any(|row| self.grid.sheet.cell(*row, column).is_some());
        let row = *rows.get(level)?;
        let mut at = column;
        while lower(at) && at > 0 {
            if at < column
                && let Some(cell) = self.grid.sheet.cell(row, at)
            {
                let merged = self.grid.merge_at(row, at).is_some();
                return if merged { None } else { self.grid.text(cell).map(std::borrow::Cow::into_owned) };
            }
            at -= 1;
        }
        None
    }
}

/// What a heading of money may mean: a share that was paid out is no progress of the task.
fn without_progress(found: &mut Vec<Guess>) {
    let of_progress = |meaning| matches!(meaning, Meaning::Field(Field::Percent | Field::Status));
    found.retain(|guess| !of_progress(guess.meaning));
    if found.first().is_none_or(|guess| guess.weight < 0.5) {
        found.retain(|guess| guess.meaning != Meaning::Other);
        found.insert(0, Guess { meaning: Meaning::Other, weight: 0.9 });
    }
}

/// Whether a group of columns is that of an earlier report.
fn is_of_before(group: &str) -> bool {
    let key = words(group);
    ["ki truoc", "thang truoc", "qui truoc", "tuan truoc", "nam truoc", "lan truoc", "dot truoc"]
        .iter()
        .any(|before| key.contains(before))
}
