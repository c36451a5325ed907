//! The labels of forms with their values: in one cell ("Thời hạn: 30/6/2020"), side by side, or one below the other; with
//! or without a number before or after the label ("2. Đơn vị chủ trì", "Nhiệm vụ 1").

use crate::import::rows::stt::{self, Stt};
use crate::import::vocabulary::headings::{Guess, Meaning, guesses, is_known};
use crate::import::vocabulary::{statuses, words};
use crate::sheet::cell::{Cell, Row, Value};
use crate::sheet::column::Field;

use super::super::grid::Grid;

/// A label says plainly what its value is.
const PLAIN: f64 = 0.6;
/// The same for a label with a colon, which is a label in any case.
const PLAIN_WITH_COLON: f64 = 0.45;
/// Longest label, in words.
const LONGEST: usize = 8;
/// So many labels with their value below make a sheet of forms that are filled in from top to bottom.
const FEWEST_BELOW: usize = 3;

/// What a label says.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// As written, without number and colon.
    pub(super) text: String,
    /// The same as words: cards of one sheet have the same labels.
    pub(super) key: String,
    /// Its number.
    pub(super) number: Option<u32>,
    /// What its value means.
    pub(super) meaning: Meaning,
    /// How plainly it says so.
    pub(super) weight: f64,
}

/// A label with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) label: Label,
    /// The place of the value.
    pub(super) place: (u32, u32),
    /// The value; the row of the label.
    pub(super) cell: Cell,
    pub(super) row: u32,
    /// Whether further values stand beside the value.
    pub(super) more_values: bool,
}

impl Entry {
    pub(super) fn is_content(&self) -> bool {
        self.label.meaning == Meaning::Field(Field::Content)
    }
}

#[derive(Clone)]
enum Piece<'a> {
    Label(Label, &'a Cell),
    Pair(Label, Cell),
    Value(&'a Cell),
}

/// The labels of each row that has some, from top to bottom; rows that are their values have none of their own.
pub(super) fn entries(grid: &Grid<'_>) -> Vec<(u32, Vec<Entry>)> {
    let rows: Vec<(&Row, Vec<Piece<'_>>)> =
        grid.sheet.rows.iter().map(|row| (row, pieces(grid, row))).collect();
    let downwards = downwards(&rows);
    let mut found: Vec<(u32, Vec<Entry>)> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    let mut headed: Vec<Piece<'_>> = Vec::new();
    while let Some((row, pieces)) = rows.next() {
        if goes_on(&headed, row, &pieces) {
            found.push((row.number, from_above(grid, headed.clone(), row, row.number)));
            continue;
        }
        let labels = pieces.iter().filter(|piece| matches!(piece, Piece::Label(..))).count();
        let bare = labels == pieces.len() && labels > 0;
        let below = rows
            .peek()
            .filter(|(next, pieces)| bare && next.number == row.number + 1 && is_values(pieces))
            .filter(|(next, _)| labels >= 2 && covers(row, next) || downwards && next.cells.len() == 1);
        match below.map(|(next, _)| *next) {
            Some(next) => {
                rows.next();
                headed.clone_from(&pieces);
                found.push((row.number, from_above(grid, pieces, next, row.number)));
            }
            None => found.push((row.number, beside(grid, pieces, row.number))),
        }
    }
    found.retain(|(_, entries)| !entries.is_empty());
    found
}

/// Whether the labels of a sheet mostly have their values below.
fn downwards(rows: &[(&Row, Vec<Piece<'_>>)]) -> bool {
    let lonely = |pieces: &[Piece<'_>]| matches!(pieces, [Piece::Label(..)]);
    let below = rows
        .windows(2)
        .filter(|pair| pair[1].0.number == pair[0].0.number + 1)
        .filter(|pair| lonely(&pair[0].1) && matches!(pair[1].1.as_slice(), [Piece::Value(_)]))
        .count();
    let beside = rows.iter().filter(|(_, pieces)| pieces.len() > 1 && !is_values(pieces)).count();
    let paired = rows.iter().filter(|(_, pieces)| matches!(pieces.as_slice(), [Piece::Pair(..)])).count();
    below >= FEWEST_BELOW && below > beside && below > paired
}

/// Whether a row of values stands below the labels of the first content again: "TT | Nội dung" once, then each task with the
/// labels of what is said of it in the rows below.
fn goes_on(headed: &[Piece<'_>], row: &Row, pieces: &[Piece<'_>]) -> bool {
    let columns: Vec<u32> = headed
        .iter()
        .filter_map(|piece| if let Piece::Label(_, at) = piece { Some(at.column) } else { None })
        .collect();
    columns.len() >= 2
        && is_values(pieces)
        && row.cells.len() == columns.len()
        && row.cells.iter().all(|cell| columns.contains(&cell.column))
}

fn is_values(pieces: &[Piece<'_>]) -> bool {
    !pieces.is_empty() && pieces.iter().all(|piece| matches!(piece, Piece::Value(_)))
}

/// Whether every value of the lower row stands below a label of the upper one.
fn covers(upper: &Row, lower: &Row) -> bool {
    lower.cells.iter().all(|cell| upper.cell(cell.column).is_some())
}

fn from_above(grid: &Grid<'_>, pieces: Vec<Piece<'_>>, values: &Row, row: u32) -> Vec<Entry> {
    let alone = pieces.len() == 1;
    let entry = |piece| {
        let Piece::Label(label, at) = piece else { return None };
        let below = if alone { values.cells.first() } else { values.cell(at.column) };
        let cell = below.filter(|cell| grid.shows_text(cell)).cloned();
        let column = cell.as_ref().map_or(at.column, |cell| cell.column);
        let cell = cell.unwrap_or_else(|| empty(at));
        Some(Entry { label, place: (values.number, column), cell, row, more_values: false })
    };
    pieces.into_iter().filter_map(entry).collect()
}

/// Labels whose value stands in the same cell or in the next one on the right.
fn beside(grid: &Grid<'_>, pieces: Vec<Piece<'_>>, row: u32) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Value(_) => {}
            Piece::Pair(label, cell) => {
                found.push(Entry { label, place: (row, cell.column), cell, row, more_values: false });
            }
            Piece::Label(label, at) => {
                let next = pieces.next_if(|piece| matches!(piece, Piece::Value(_)));
                let (column, cell) = match next {
                    Some(Piece::Value(cell)) if grid.shows_text(cell) => (cell.column, cell.clone()),
                    Some(_) | None => (at.column + 1, empty(at)),
                };
                let more_values = matches!(pieces.peek(), Some(Piece::Value(_)));
                found.push(Entry { label, place: (row, column), cell, row, more_values });
            }
        }
    }
    found
}

fn empty(label: &Cell) -> Cell {
    Cell { value: Value::Empty, formula: false, ..label.clone() }
}

fn pieces<'a>(grid: &Grid<'a>, row: &'a Row) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for cell in &row.cells {
        let Some(text) = grid.text(cell) else { continue };
        if !matches!(cell.value, Value::Text(_)) {
            pieces.push(Piece::Value(cell));
            continue;
        }
        let pairs = pairs(cell, &text);
        if !pairs.is_empty() {
            pieces.extend(pairs);
            continue;
        }
        let follows = matches!(pieces.last(), Some(Piece::Label(..)));
        // What follows a label is its value, unless it is a label beyond doubt: "Đã thực hiện" may be both.
        let certain = |text: &str| text.trim_end().ends_with(':') || is_known(text) && !is_status(text);
        let label = label(&text).filter(|_| !follows || certain(&text));
        pieces.push(label.map_or(Piece::Value(cell), |label| Piece::Label(label, cell)));
    }
    // The number of a label in a cell of its own is no value.
    let numbered = matches!(pieces.as_slice(), [Piece::Value(_), Piece::Label(..) | Piece::Pair(..), ..]);
    let first = row.cells.first().and_then(|cell| grid.text(cell));
    let number = first.and_then(|text| stt::parse(&text)).filter(|_| numbered);
    if let Some(number) = number {
        pieces.remove(0);
        if let (Stt::Arabic(parts), Some(Piece::Label(label, _) | Piece::Pair(label, _))) =
            (number, pieces.first_mut())
        {
            label.number = label.number.or(parts.first().copied().filter(|_| parts.len() == 1));
        }
    }
    pieces
}

fn is_status(text: &str) -> bool {
    statuses::named(text).is_some_and(|words| !words.more_follows)
}

/// The labels of one cell with their values: one, or one in each line.
fn pairs<'a>(cell: &Cell, text: &str) -> Vec<Piece<'a>> {
    let mut found: Vec<(Label, String)> = Vec::new();
    for line in text.split('\n') {
        let pair = line.split_once(':').and_then(|(before, value)| {
            let label = label(&format!("{before}:"))?;
            Some((label, value.trim().to_owned()))
        });
        match (pair, found.last_mut()) {
            (Some(pair), _) => found.push(pair),
            (None, Some((_, value))) => *value = format!("{value}\n{}", line.trim()).trim().to_owned(),
            (None, None) => return Vec::new(),
        }
    }
    // A label with a colon and nothing behind it has its value elsewhere.
    if let [(_, value)] = found.as_slice()
        && value.is_empty()
    {
        return Vec::new();
    }
    let piece = |(label, value): (Label, String)| {
        let value = if value.is_empty() { Value::Empty } else { Value::Text(value.as_str().into()) };
        Piece::Pair(label, Cell { value, ..cell.clone() })
    };
    found.into_iter().map(piece).collect()
}

/// The label that a text is; none for a text that is no label.
fn label(text: &str) -> Option<Label> {
    let colon = text.trim_end().ends_with(':');
    let (number, rest) = match stt::leading(text) {
        Some((Stt::Arabic(parts), rest)) => (parts.first().copied().filter(|_| parts.len() == 1), rest),
        Some((_, rest)) => (None, rest),
        None => (None, text),
    };
    let bare = without_number(rest.trim().trim_end_matches([':', '.', ' ']));
    let long = bare.split_whitespace().count() > LONGEST && !is_known(bare);
    if long || !colon && is_status(bare) {
        return None;
    }
    let Guess { meaning, weight } = guesses(bare).first().copied()?;
    let plain = weight >= PLAIN || colon && weight >= PLAIN_WITH_COLON;
    plain.then(|| Label { text: bare.to_owned(), key: words(bare), number, meaning, weight })
}

/// "Nhiệm vụ số 2", "Nhiệm vụ 2": the number of the card says nothing of the label.
fn without_number(text: &str) -> &str {
    let cut = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let cut = if cut.len() < text.trim_end().len() { cut } else { return text };
    let named = cut.strip_suffix("số").or_else(|| cut.strip_suffix("SỐ")).unwrap_or(cut).trim_end();
    if named.is_empty() { text } else { named }
}
