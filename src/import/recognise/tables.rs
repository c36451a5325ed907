//! The tables of a sheet: a heading, the title lines above it and the rows below, up to the next heading.

use crate::import::matching::Index;
use crate::import::rows::phrases::{is_signature, is_total, may_be_sum, place_and_date};
use crate::import::rows::stt::{self, Stt};
use crate::import::vocabulary::headings::{Meaning, is_known};
use crate::import::vocabulary::words;
use crate::sheet::cell::Row;
use crate::sheet::column::Field;

use super::beside::side_by_side;
use super::column_numbers::is_column_numbers;
use super::columns::{Columns, assign};
use super::grid::Grid;
use super::header::{Finder, Header, Heading};
use super::headless::headless;

/// A table of tasks, before its rows are read.
#[derive(Clone, Debug)]
pub struct Table {
    /// Rows of the heading.
    pub header_rows: Vec<u32>,
    /// The headings of its columns.
    pub headings: Vec<Heading>,
    /// Rows of headings repeated further down.
    pub repeated: Vec<u32>,
    /// Lines above the heading that belong to this table, from top to bottom, with their rows.
    pub title: Vec<(u32, String)>,
    /// Its columns.
    pub columns: Columns,
    /// Whether it has no heading, so that its columns are told by their cells alone.
    pub headless: bool,
    /// Whether it has a heading in words that say little, so that most columns are told by their cells too.
    pub unheard: bool,
    /// First row that may belong to the body.
    pub first: u32,
    /// Last row that may belong to the body.
    pub last: u32,
}

/// Below so many columns known by their words a person confirms what the cells say.
const FEWEST_BY_WORDS: usize = 3;

/// Rows of the body that are looked at to learn what the columns mean.
pub(super) const SAMPLE: usize = 60;

/// The tables of tasks of a sheet, and whether the sheet counts tasks instead (a summary).
pub fn tables(grid: &Grid<'_>, index: &Index<'_>) -> (Vec<Table>, bool) {
    let headers = Finder::new(grid, index).headers();
    let last_row = grid.sheet.rows.last().map_or(0, |row| row.number);
    let mut found: Vec<Table> = Vec::new();
    let mut summary = false;
    let mut open: Option<(Header, Table)> = None;
    for (place, header) in headers.iter().enumerate() {
        let end = headers.get(place + 1).map_or(last_row, |next| next.rows[0].saturating_sub(1));
        let title = title_above(grid, header, place.checked_sub(1).and_then(|before| headers.get(before)));
        if let Some((known, table)) = &mut open {
            if same(known, header) && !begins_anew(grid, header, &title) {
                table.repeated.extend(&header.rows);
                table.repeated.extend(title.iter().map(|(row, _)| *row));
                table.last = end;
                continue;
            }
            table.last = title.first().map_or(header.rows[0], |(row, _)| *row).saturating_sub(1);
        }
        finish(grid, index, open.take(), &mut found, &mut summary);
        let first = header.rows.last().map_or(0, |row| row + 1);
        let table = Table {
            header_rows: header.rows.clone(),
            headings: Vec::new(),
            repeated: Vec::new(),
            title,
            columns: Columns::default(),
            headless: false,
            unheard: header.by_shape,
            first,
            last: end,
        };
        open = Some((header.clone(), table));
    }
    finish(grid, index, open, &mut found, &mut summary);
    if found.is_empty() && !summary {
        found.extend(headless(grid, index));
    }
    (found, summary)
}

fn finish(
    grid: &Grid<'_>,
    index: &Index<'_>,
    open: Option<(Header, Table)>,
    found: &mut Vec<Table>,
    summary: &mut bool,
) {
    let Some((header, mut table)) = open else { return };
    table.last = before_another(grid, &table);
    let sample = sample(grid, &table);
    let parts = side_by_side(&header);
    for part in &parts {
        let columns = assign(grid, index, part, &sample);
        *summary |= columns.counts;
        if is_task_table(&columns, &sample) {
            let title =
                if parts.len() > 1 { title_over(grid, part, &table.title) } else { table.title.clone() };
            let unheard = header.by_shape && columns.by_words < FEWEST_BY_WORDS;
            let headings = part.columns.clone();
            found.push(Table { columns, headings, title, unheard, ..table.clone() });
        }
    }
}

/// Rows from the top of the body that say something of their columns: with at least three values, or two where no more
/// stand in a row. Rows of sums do not.
fn sample(grid: &Grid<'_>, table: &Table) -> Vec<u32> {
    let from = grid.sheet.rows.partition_point(|row| row.number < table.first);
    let rows = |fewest: usize| -> Vec<u32> {
        grid.sheet.rows[from..]
            .iter()
            .take_while(|row| row.number <= table.last && !is_signed(grid, row))
            .filter(|row| row.cells.len() >= fewest && !table.repeated.contains(&row.number))
            .filter(|row| !numbers_columns(grid, row) && !sums_up(grid, row))
            .map(|row| row.number)
            .take(SAMPLE)
            .collect()
    };
    let full = rows(3);
    if full.len() >= 2 { full } else { rows(2) }
}

/// Whether the first text of a row heads sums.
fn sums_up(grid: &Grid<'_>, row: &Row) -> bool {
    let first = row.cells.iter().find_map(|cell| grid.text(cell));
    first.is_some_and(|text| is_total(&text) || may_be_sum(&text))
}

/// The last row of a table before another list begins, one of contacts or of documents: its row of headings stands below a
/// line of its own, or below none.
fn before_another(grid: &Grid<'_>, table: &Table) -> u32 {
    let rows = &grid.sheet.rows;
    let place = |number: u32| rows.partition_point(|row| row.number < number);
    let body = place(table.first)..place(table.last.saturating_add(1));
    let shown = |row: &Row| row.cells.iter().filter(|cell| grid.shows_text(cell)).count();
    let ends = body.skip(1).find_map(|at| {
        let row = rows.get(at)?;
        let above = rows.get(at - 1).filter(|above| above.number + 1 == row.number);
        let apart = above.is_none_or(|above| shown(above) <= 1);
        let heads = apart && !table.repeated.contains(&row.number) && is_row_of_headings(grid, row);
        heads.then(|| above.map_or(row.number, |above| above.number).saturating_sub(1))
    });
    ends.unwrap_or(table.last)
}

/// Whether most cells of a row are headings as a whole.
fn is_row_of_headings(grid: &Grid<'_>, row: &Row) -> bool {
    let texts = || row.cells.iter().filter_map(|cell| grid.text(cell));
    let known = || texts().filter(|text| is_known(text)).count();
    row.cells.len() >= FEWEST_HEADINGS && known() >= FEWEST_HEADINGS && known() * 2 > texts().count()
}

/// Fewer cells that are headings as a whole may stand in a row by chance.
const FEWEST_HEADINGS: usize = 3;

/// Whether the signatures begin here: what stands below is no part of the table and says nothing about its columns.
fn is_signed(grid: &Grid<'_>, row: &Row) -> bool {
    if row.cells.len() > 3 {
        return false;
    }
    // "ngày 30 tháng 4 năm 2020" beside something else may be the deadline of a task.
    let dated = |text: &str| place_and_date(text).is_some();
    let signs = |text: &str| is_signature(text) || dated(text) && !words(text).starts_with("ngay ");
    let texts: Vec<_> = row.cells.iter().filter_map(|cell| grid.text(cell)).collect();
    let all_dated = !texts.is_empty() && texts.iter().all(|text| dated(text));
    all_dated || texts.iter().any(|text| signs(text))
}

fn numbers_columns(grid: &Grid<'_>, row: &Row) -> bool {
    let texts: Vec<String> =
        row.cells.iter().filter_map(|cell| grid.text(cell)).map(std::borrow::Cow::into_owned).collect();
    is_column_numbers(&texts)
}

/// A table of tasks has tasks, and says something about their progress.
pub(super) fn is_task_table(columns: &Columns, sample: &[u32]) -> bool {
    const PROGRESS: [Field; 6] = [
        Field::Deadline,
        Field::Status,
        Field::Percent,
        Field::Result,
        Field::Difficulties,
        Field::Proposals,
    ];
    let progress = PROGRESS.iter().filter(|field| columns.fields.contains_key(field)).count();
    let progress = progress + usize::from(!columns.marks.is_empty());
    let known = columns.tasks_seen > 0;
    columns.fields.contains_key(&Field::Content)
        && !sample.is_empty()
        && (progress >= 2 || progress == 1 && (known || columns.fields.len() >= 4))
        && (known || !columns.counts)
}

/// The part of the title lines that stands over one of several tables beside each other.
fn title_over(grid: &Grid<'_>, part: &Header, title: &[(u32, String)]) -> Vec<(u32, String)> {
    let first = part.columns.first().map_or(0, |heading| heading.column);
    let last = part.columns.last().map_or(0, |heading| heading.column);
    let over = |row: &u32| {
        let cells = grid.sheet.row(*row).map_or(&[][..], |row| &row.cells);
        let own = cells.iter().filter(|cell| (first..=last).contains(&cell.column));
        let texts: Vec<_> = own.filter_map(|cell| grid.text(cell)).collect();
        (!texts.is_empty()).then(|| (*row, texts.join("\n")))
    };
    title.iter().filter_map(|(row, _)| over(row)).collect()
}

fn same(a: &Header, b: &Header) -> bool {
    let keys = |header: &Header| -> Vec<(u32, String)> {
        header.columns.iter().map(|heading| (heading.column, words(&heading.leaf))).collect()
    };
    keys(a) == keys(b)
}

/// Whether a heading that was seen before begins another table: its numbers start again, or it has a title of its own
/// and no numbers.
fn begins_anew(grid: &Grid<'_>, header: &Header, title: &[(u32, String)]) -> bool {
    let after = header.rows.last().map_or(0, |row| row + 1);
    let is_number = |heading: &&Heading| {
        heading.guesses.first().is_some_and(|guess| guess.meaning == Meaning::Field(Field::Stt))
    };
    let Some(column) = header.columns.iter().find(is_number).map(|heading| heading.column) else {
        return !title.is_empty();
    };
    let from = grid.sheet.rows.partition_point(|row| row.number < after);
    // Numbers start again in every section or group: below a section row they say nothing.
    let below = grid.sheet.rows[from..].iter().find(|row| !numbers_columns(grid, row));
    if below.is_some_and(|row| row.cells.len() == 1) {
        return !title.is_empty();
    }
    let first_number =
        grid.sheet.rows[from..].iter().take(5).filter(|row| !numbers_columns(grid, row)).find_map(|row| {
            row.cell(column).and_then(|cell| grid.text(cell)).and_then(|text| stt::parse(&text))
        });
    match first_number {
        Some(Stt::Arabic(parts)) => parts == [1],
        Some(Stt::Roman(number)) => number == 1,
        Some(Stt::Capital(_) | Stt::Letter(_) | Stt::Dash | Stt::Plus | Stt::Bullet) | None => {
            !title.is_empty()
        }
    }
}

/// The lines directly above a heading: rows with one value (or one on the left and one on the right, as in a
/// letterhead), up to the body of the table before.
fn title_above(grid: &Grid<'_>, header: &Header, before: Option<&Header>) -> Vec<(u32, String)> {
    let floor = before.and_then(|header| header.rows.last().copied()).map_or(0, |row| row + 1);
    let top = header.rows.first().copied().unwrap_or(0);
    let mut lines = Vec::new();
    let mut below = top;
    let upto = grid.sheet.rows.partition_point(|row| row.number < top);
    for row in grid.sheet.rows[..upto].iter().rev().take(12).take_while(|row| row.number >= floor) {
        let gap = below - row.number;
        let single = row.cells.len() == 1;
        // Below another table only the lines that stand right above this heading are its title.
        let stop =
            if before.is_some() { !single || gap > 2 && !lines.is_empty() } else { row.cells.len() > 3 };
        if stop {
            break;
        }
        let text: Vec<String> =
            row.cells.iter().filter_map(|cell| grid.text(cell)).map(std::borrow::Cow::into_owned).collect();
        lines.push((row.number, text.join("\n")));
        below = row.number;
    }
    lines.reverse();
    lines
}
