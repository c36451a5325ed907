//! Forms with one task each ("Nội dung: ...", "Thời hạn: ...", one below the other): turned into the table they stand
//! for, so that all other phases see a table.

use std::collections::BTreeMap;

use crate::import::matching::Index;
use crate::import::reading::TableReading;
use crate::import::rows::stt;
use crate::import::vocabulary::headings::{Meaning, guesses};
use crate::import::vocabulary::words;
use crate::sheet::cell::{Cell, Row, Sheet, Value};
use crate::sheet::column::Field;

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
        let columns = assign(grid, index, &Header { rows: vec![0], columns }, &sample);
        let last = self.sheet.rows.last()?.number;
        is_task_table(&columns, &sample).then(|| Table {
            header_rows: vec![0],
            repeated: Vec::new(),
            title: Vec::new(),
            columns,
            headless: false,
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

/// A label says plainly what its value is.
const PLAIN: f64 = 0.6;
/// A card has at least this many labels, the content among them.
const LEAST_LABELS: usize = 3;

struct Entry {
    label: String,
    meaning: Meaning,
    place: (u32, u32),
    cell: Cell,
}

struct Card {
    first: u32,
    last: u32,
    entries: Vec<Entry>,
}

/// The cards of a sheet without tables; none when the sheet holds no such forms.
pub fn cards(grid: &Grid<'_>) -> Option<Cards> {
    let mut cards: Vec<Card> = Vec::new();
    let mut title: Option<u32> = None;
    let mut reach = 0;
    for row in &grid.sheet.rows {
        if let Some(numbered) = card_title(grid, row) {
            title = Some(row.number);
            // A blank row may stand below "NHIỆM VỤ 1"; below "PHIẾU THEO DÕI" it parts the sheet's title from the card.
            reach = if numbered { 2 } else { 1 };
            continue;
        }
        let entries = entries(grid, row);
        if entries.is_empty() {
            title = title.filter(|above| above + 1 == row.number);
            continue;
        }
        for entry in entries {
            let repeats =
                cards.last().is_none_or(|card| card.entries.iter().any(|known| known.label == entry.label));
            match cards.last_mut().filter(|card| {
                !repeats && title.is_none_or(|above| above < card.last) && row.number - card.last <= 3
            }) {
                Some(card) => {
                    card.last = row.number;
                    card.entries.push(entry);
                }
                None => {
                    let first =
                        title.take().filter(|above| row.number - above <= reach).unwrap_or(row.number);
                    cards.push(Card { first, last: row.number, entries: vec![entry] });
                }
            }
        }
        title = None;
    }
    let has_content =
        |card: &Card| card.entries.iter().any(|entry| entry.meaning == Meaning::Field(Field::Content));
    cards.retain(|card| card.entries.len() >= LEAST_LABELS && has_content(card));
    (!cards.is_empty()).then(|| table(grid, &cards))
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

/// The labels with their values in a row: label and value in two cells, or both in one ("Thời hạn: 30/6/2020").
fn entries(grid: &Grid<'_>, row: &Row) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut cells = row.cells.iter().peekable();
    while let Some(cell) = cells.next() {
        let Some(text) = grid.text(cell).filter(|_| matches!(cell.value, Value::Text(_))) else { continue };
        if let Some((label, value)) = text.split_once(':').filter(|(_, value)| !value.trim().is_empty())
            && let Some(meaning) = label_meaning(label)
        {
            let cell = Cell { value: Value::Text(value.trim().into()), ..cell.clone() };
            let place = (row.number, cell.column);
            found.push(Entry { label: words(label), meaning, place, cell });
            continue;
        }
        let Some(meaning) = label_meaning(&text) else { continue };
        let value = cells.peek().filter(|next| {
            grid.text(next).is_none_or(|text| label_meaning(&text).is_none() || !text.ends_with(':'))
        });
        let (place, cell) = match value {
            Some(next) => ((row.number, next.column), (*next).clone()),
            None => {
                ((row.number, cell.column + 1), Cell { value: Value::Empty, formula: false, ..cell.clone() })
            }
        };
        if value.is_some() {
            cells.next();
        }
        found.push(Entry { label: words(&text), meaning, place, cell });
    }
    found
}

fn label_meaning(text: &str) -> Option<Meaning> {
    let label = stt::leading(text).map_or(text, |(_, rest)| rest).trim().trim_end_matches(':');
    if label.split_whitespace().count() > 8 {
        return None;
    }
    guesses(label)
        .first()
        .filter(|guess| guess.weight >= PLAIN || guess.weight >= 0.45 && text.trim_end().ends_with(':'))
        .map(|guess| guess.meaning)
}

fn table(grid: &Grid<'_>, cards: &[Card]) -> Cards {
    let mut labels: Vec<&str> = Vec::new();
    for entry in cards.iter().flat_map(|card| &card.entries) {
        if !labels.contains(&entry.label.as_str()) {
            labels.push(&entry.label);
        }
    }
    let column = |label: &str| {
        labels.iter().position(|known| *known == label).and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
    };
    let heading = |label: &&str| Cell {
        column: column(label),
        value: Value::Text((*label).into()),
        format: 0,
        font: 0,
        formula: false,
    };
    let mut rows = vec![Row { number: 0, cells: labels.iter().map(heading).collect() }];
    let mut places = BTreeMap::new();
    for (number, card) in (1..).zip(cards) {
        let mut cells: Vec<Cell> = Vec::new();
        for entry in
            card.entries.iter().filter(|entry| entry.cell.value != Value::Empty || entry.cell.formula)
        {
            let at = column(&entry.label);
            places.insert((number, at), entry.place);
            cells.push(Cell { column: at, ..entry.cell.clone() });
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
        hidden_columns: Default::default(),
        formats: grid.sheet.formats.clone(),
        fonts: grid.sheet.fonts.clone(),
    };
    Cards { sheet, places, rows: cards.iter().map(|card| (card.first, card.last)).collect() }
}
