//! Forms with one task each ("Nội dung: ...", "Thời hạn: ...", one below the other): turned into the table they stand
//! for, so that all other phases see a table.

use std::collections::BTreeMap;

use crate::import::matching::Index;
use crate::import::reading::TableReading;
use crate::import::rows::stt;
use crate::import::vocabulary::headings::{Meaning, guesses};
use crate::import::vocabulary::words;
use crate::sheet::cell::{Cell, Row, Sheet, Value};

mod entries;

use entries::{Entry, entries};

use super::columns::assign;
use super::grid::Grid;
use super::header::{Header, Heading};
use super::tables::{SAMPLE, Table, is_task_table};

/// The table that the cards of a sheet stand for.
#[derive(Clone, Debug)]
pub struct Cards {
    /// The table as a sheet: a heading row, then a row for each card.
    pub sheet: Sheet,
    /// The real place of each cell of that sheet, by its row and column there.
    places: BTreeMap<(u32, u32), (u32, u32)>,
    /// The first and last real row of each card, in their order.
    rows: Vec<(u32, u32)>,
}

impl Cards {
    /// The table of the cards, when they speak of tasks and their progress.
    pub fn table(&self, grid: &Grid<'_>, index: &Index<'_>) -> Option<Table> {
        let heading = |cell: &Cell| {
            let text = grid.text(cell)?.into_owned();
            let guesses = guesses(&text);
            Some(Heading { column: cell.column, leaf: text.clone(), text, guesses, covered: false })
        };
        let columns = self.sheet.rows.first()?.cells.iter().filter_map(heading).collect();
        let sample: Vec<u32> = self.sheet.rows.iter().skip(1).map(|row| row.number).take(SAMPLE).collect();
        let columns = assign(grid, index, &Header { rows: vec![0], columns, by_shape: false }, &sample);
        let last = self.sheet.rows.last()?.number;
        is_task_table(&columns, &sample).then(|| Table {
            header_rows: vec![0],
            headings: Vec::new(),
            repeated: Vec::new(),
            title: Vec::new(),
            columns,
            headless: false,
            unheard: false,
            first: 1,
            last,
        })
    }

    /// Puts the rows and cells of a reading back to where they stand in the real sheet.
    pub fn put_back(&self, reading: &mut TableReading) {
        let real =
            |row: u32| row.checked_sub(1).and_then(|at| self.rows.get(usize::try_from(at).ok()?)).copied();
        for row in &mut reading.rows {
            let Some((first, last)) = real(row.row) else { continue };
            for place in row.cells.values_mut() {
                *place = self.places.get(place).copied().unwrap_or((first, place.1));
            }
            for finding in &mut row.findings {
                let place = finding.column.and_then(|column| self.places.get(&(row.row, column)));
                finding.row = Some(place.map_or(first, |place| place.0) + 1);
                finding.column = place.map(|place| place.1);
            }
            row.parent_row = row.parent_row.and_then(real).map(|(first, _)| first);
            (row.row, row.row_to) = (first, last);
        }
        reading.header_rows.clear();
        reading.skipped_rows.clear();
        reading.first_row = reading.rows.first().map_or(0, |row| row.row);
        reading.last_row = reading.rows.last().map_or(0, |row| row.row_to);
    }
}

/// A card has at least this many labels, the content among them.
const LEAST_LABELS: usize = 3;

#[derive(Debug)]
struct Card {
    first: u32,
    last: u32,
    entries: Vec<Entry>,
}

/// The cards of a sheet without tables; none when the sheet holds no such forms.
pub fn cards(grid: &Grid<'_>) -> Option<Cards> {
    let labelled = entries(grid);
    if is_transposed(&labelled) {
        return None;
    }
    let parted = blanks_part(&labelled);
    let mut cards: Vec<Card> = Vec::new();
    let mut labelled = labelled.into_iter().peekable();
    let mut title: Option<u32> = None;
    let mut reach = 0;
    for row in &grid.sheet.rows {
        let entries = labelled.next_if(|(number, _)| *number == row.number).map(|(_, entries)| entries);
        // "NHIỆM VỤ 1" alone in its row is the title of a card, also where such a label may stand beside a content.
        let entries = entries.filter(|entries| !is_bare(entries) || card_title(grid, row).is_none());
        let Some(entries) = entries else {
            match card_title(grid, row) {
                // A blank row may stand below "NHIỆM VỤ 1"; below "PHIẾU THEO DÕI" it parts the sheet's title from the card.
                Some(numbered) => (title, reach) = (Some(row.number), if numbered { 2 } else { 1 }),
                None => title = title.filter(|above| above + 1 == row.number),
            }
            continue;
        };
        for entry in entries {
            let goes_on = |card: &&mut Card| {
                let titled = title.is_some_and(|above| above >= card.last);
                let gap = entry.row.saturating_sub(card.last);
                !(titled || card.ends_before(&entry) || gap > 3 || parted && gap > 1)
            };
            match cards.last_mut().filter(goes_on) {
                Some(card) => {
                    card.last = card.last.max(entry.place.0).max(entry.row);
                    card.entries.push(entry);
                }
                None => {
                    let first = title.take().filter(|above| row.number - above <= reach);
                    let (first, last) = (first.unwrap_or(row.number), entry.place.0.max(row.number));
                    cards.push(Card { first, last, entries: vec![entry] });
                }
            }
        }
        title = None;
    }
    // One title above several cards is that of the sheet.
    let untitled = |card: &Card| card.entries.first().is_none_or(|entry| entry.row == card.first);
    if let [first, rest @ ..] = cards.as_mut_slice()
        && !rest.is_empty()
        && rest.iter().all(untitled)
        && let Some(entry) = first.entries.first()
    {
        first.first = entry.row;
    }
    cards.retain(|card| card.entries.len() >= LEAST_LABELS && card.entries.iter().any(Entry::is_content));
    (!cards.is_empty()).then(|| table(grid, &cards))
}

/// Whether a row holds the label of a content and nothing else.
fn is_bare(entries: &[Entry]) -> bool {
    matches!(entries, [entry] if entry.is_content() && entry.cell.value == Value::Empty && !entry.cell.formula)
}

impl Card {
    /// Whether an entry begins another card: its label stands here already, or the numbers of the labels start again.
    fn ends_before(&self, entry: &Entry) -> bool {
        let repeats = self.entries.iter().any(|known| {
            known.label.key == entry.label.key
                || known.is_content() && entry.is_content() && entry.label.weight >= PLAIN_CONTENT
        });
        let starts_again = entry.label.number == Some(1)
            && self.entries.iter().any(|known| known.label.number.is_some_and(|number| number >= 1));
        repeats || starts_again
    }
}

/// A label that names the task in so many words begins another card, also when it is worded in two ways.
const PLAIN_CONTENT: f64 = 0.9;

/// Whether tasks stand side by side, a column each ("Nhiệm vụ | A | B | C" over "Thời hạn | ... "). Rows cannot be named
/// there, so such a sheet is not read rather than read in part.
fn is_transposed(labelled: &[(u32, Vec<Entry>)]) -> bool {
    let several = labelled.iter().flat_map(|(_, entries)| entries).filter(|entry| entry.more_values);
    several.clone().count() >= LEAST_LABELS && several.into_iter().any(Entry::is_content)
}

/// Whether blank rows part the cards: each part with labels enough has one content of its own, and there are several.
fn blanks_part(labelled: &[(u32, Vec<Entry>)]) -> bool {
    let parts: Vec<usize> = labelled
        .chunk_by(|above, below| last_row(above) + 1 >= below.0)
        .filter(|rows| rows.iter().map(|(_, entries)| entries.len()).sum::<usize>() >= LEAST_LABELS)
        .map(|rows| rows.iter().flat_map(|(_, entries)| entries).filter(|entry| entry.is_content()).count())
        .collect();
    parts.len() >= 2 && parts.iter().all(|contents| *contents == 1)
}

fn last_row((row, entries): &(u32, Vec<Entry>)) -> u32 {
    entries.iter().map(|entry| entry.place.0).max().unwrap_or(*row).max(*row)
}

/// "NHIỆM VỤ 1", "Phiếu số 3", "2. Nhiệm vụ thứ hai": a line of its own above a card; the number may stand in a cell of
/// its own ("Nhiệm vụ số" | 1).
/// Whether it is numbered; none when it is no such line.
fn card_title(grid: &Grid<'_>, row: &Row) -> Option<bool> {
    let text = match row.cells.as_slice() {
        [cell] => grid.text(cell).map(std::borrow::Cow::into_owned),
        [cell, number] => {
            let number = grid.text(number).filter(|text| stt::parse(text).is_some());
            grid.text(cell).zip(number).map(|(text, number)| format!("{text} {number}"))
        }
        _ => None,
    };
    let text = text.filter(|text| !text.trim_end_matches(':').contains(':'))?;
    let key = words(&text);
    let numbered = key.rsplit(' ').next().is_some_and(|word| {
        word.bytes().all(|b| b.is_ascii_digit()) || stt::roman(&word.to_uppercase()).is_some()
    });
    let named =
        ["nhiem vu", "phieu", "cong viec", "nv", "so", "stt", "the"].iter().any(|word| key.starts_with(word));
    let leads = stt::leading(&text).is_some() && key.split(' ').count() <= 6;
    let is_title = named && (numbered || key.split(' ').count() <= 3) || leads;
    is_title.then_some(numbered || leads)
}

/// The labels of all cards in the order of their columns, and for each entry the column of its label. Labels that are
/// worded in two ways share a column when they mean the same and never stand in one card.
fn columns(cards: &[Card]) -> (Vec<String>, BTreeMap<&str, u32>) {
    let mut labels: Vec<&Entry> = Vec::new();
    let mut columns: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in cards.iter().flat_map(|card| &card.entries) {
        let key = entry.label.key.as_str();
        if columns.contains_key(key) {
            continue;
        }
        let together = |other: &Entry| {
            cards.iter().any(|card| {
                let has = |key: &str| card.entries.iter().any(|known| known.label.key == key);
                has(key) && has(&other.label.key)
            })
        };
        let same = labels.iter().position(|known| {
            matches!(known.label.meaning, Meaning::Field(_))
                && known.label.meaning == entry.label.meaning
                && !together(known)
        });
        let at = same.unwrap_or_else(|| {
            labels.push(entry);
            labels.len() - 1
        });
        columns.insert(key, u32::try_from(at).unwrap_or(0));
    }
    (labels.into_iter().map(|entry| entry.label.text.clone()).collect(), columns)
}

fn table(grid: &Grid<'_>, cards: &[Card]) -> Cards {
    let (labels, columns) = columns(cards);
    let heading = |(column, label): (u32, &String)| Cell {
        column,
        value: Value::Text(label.as_str().into()),
        format: 0,
        font: 0,
        formula: false,
    };
    let mut rows = vec![Row { number: 0, cells: (0..).zip(&labels).map(heading).collect() }];
    let mut places = BTreeMap::new();
    for (number, card) in (1..).zip(cards) {
        let mut cells: Vec<Cell> = Vec::new();
        for entry in
            card.entries.iter().filter(|entry| entry.cell.value != Value::Empty || entry.cell.formula)
        {
            let at = columns.get(entry.label.key.as_str()).copied().unwrap_or(0);
            if places.insert((number, at), entry.place).is_none() {
                cells.push(Cell { column: at, ..entry.cell.clone() });
            }
        }
        cells.sort_by_key(|cell| cell.column);
        rows.push(Row { number, cells });
    }
    let sheet = Sheet {
        name: grid.sheet.name.clone(),
        visibility: grid.sheet.visibility,
        rows,
        merges: Vec::new(),
        hidden_rows: Default::default(),
        fills: Vec::new(),
        hidden_columns: Default::default(),
        formats: grid.sheet.formats.clone(),
        fonts: grid.sheet.fonts.clone(),
    };
    Cards { sheet, places, rows: cards.iter().map(|card| (card.first, card.last)).collect() }
}
