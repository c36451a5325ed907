//! Which column of one of our sheets is which, by evidence: the words of its heading, whatever their case, blanks, signs
//! and Unicode form; where a heading was retyped, what it means now and the place it stands at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::domain::finding::{Finding, FindingCode};
use crate::import::vocabulary::headings::{Meaning, guesses};
use crate::import::vocabulary::words;
use crate::sheet::cell::{Row, Sheet, Value, column_letters};
use crate::sheet::template::Column;

/// From here on a heading may mean something, and above [`PLAIN`] it says so plainly.
const MAY_MEAN: f64 = 0.7;
const PLAIN: f64 = 0.8;

/// The column whose heading this is, to the word.
pub(super) fn named(value: &Value) -> Option<Column> {
    let Value::Text(text) = value else { return None };
    let written = words(text);
    NAMES.iter().find(|(_, name)| *name == written).map(|(column, _)| *column)
}

static NAMES: LazyLock<Vec<(Column, String)>> =
    LazyLock::new(|| Column::ALL.into_iter().map(|column| (column, words(column.heading()))).collect());

/// How many columns a row names.
pub(super) fn count(row: &Row) -> usize {
    row.cells.iter().filter_map(|cell| named(&cell.value)).collect::<BTreeSet<Column>>().len()
}

/// Where each column stands, and what is odd about that. `key` is the column of the keys.
pub(super) fn columns(
    sheet: &Sheet,
    heading: &Row,
    key: Option<u32>,
) -> (BTreeMap<Column, u32>, Vec<Finding>) {
    let mut search = Search::new(sheet, heading, key);
    search.by_name();
    search.by_place();
    search.by_meaning();
    search.others();
    (search.columns, search.findings)
}

/// What the words of a heading say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// That it is this column.
    This,
    /// That it is something else.
    Other,
    /// Nothing: it is empty.
    Nothing,
    /// Nothing that is known.
    Unknown,
}

struct Search<'a> {
    sheet: &'a Sheet,
    heading: &'a Row,
    /// Columns with a heading or with something below it.
    used: BTreeSet<u32>,
    /// Columns with something below the heading.
    filled: BTreeSet<u32>,
    columns: BTreeMap<Column, u32>,
    /// Columns that stand in the place of another one and plainly are something else.
    strangers: BTreeMap<u32, Column>,
    findings: Vec<Finding>,
}

impl<'a> Search<'a> {
    fn new(sheet: &'a Sheet, heading: &'a Row, key: Option<u32>) -> Search<'a> {
        let mut filled = BTreeSet::new();
        for row in sheet.rows.iter().filter(|row| row.number > heading.number) {
            for cell in &row.cells {
                let blank = matches!(&cell.value, Value::Text(text) if text.trim().is_empty());
                if !blank && !filled.contains(&cell.column) {
                    filled.insert(cell.column);
                }
            }
        }
        let headed = heading.cells.iter().map(|cell| cell.column);
        let used = headed.chain(filled.iter().copied()).collect();
        let columns = key.map(|key| (Column::Key, key)).into_iter().collect();
        Search { sheet, heading, used, filled, columns, strangers: BTreeMap::new(), findings: Vec::new() }
    }

    fn text(&self, column: u32) -> &'a str {
        match self.heading.cell(column).map(|cell| &cell.value) {
            Some(Value::Text(text)) => text.trim(),
            Some(Value::Empty | Value::Number(_) | Value::DateTime(_) | Value::Bool(_) | Value::Error(_))
            | None => "",
        }
    }

    fn is_free(&self, column: u32) -> bool {
        self.columns.values().all(|taken| *taken != column)
    }

    /// A heading met twice is a copied column; the first one counts.
    fn by_name(&mut self) {
        for cell in &self.heading.cells {
            if let Some(column) = named(&cell.value).filter(|_| self.is_free(cell.column)) {
                self.columns.entry(column).or_insert(cell.column);
            }
        }
    }

    /// Columns that stand between their neighbours of the template although their headings are others now.
    fn by_place(&mut self) {
        let mut at = 0;
        while let Some(first) =
            Column::ALL.get(at..).and_then(|rest| rest.iter().position(|column| self.is_missing(*column)))
        {
            let first = at + first;
            let missing: Vec<Column> =
                Column::ALL.into_iter().skip(first).take_while(|column| self.is_missing(*column)).collect();
            at = first + missing.len();
            self.run(first, missing);
        }
    }

    /// Keys are known by what they are, not by their heading.
    fn is_missing(&self, column: Column) -> bool {
        column != Column::Key && !self.columns.contains_key(&column)
    }

    /// One run of missing columns, and the columns that stand in its place.
    fn run(&mut self, first: usize, mut missing: Vec<Column>) {
        let position = |column: &Column| self.columns.get(column).copied();
        let from = first.checked_sub(1).map(|before| position(&Column::ALL[before]));
        let after = Column::ALL.get(first + missing.len()).map(position);
        let from = from.flatten().map_or(0, |column| column + 1);
        let upto = after.map_or(u32::MAX, |column| column.unwrap_or(from));
        let mut free: Vec<u32> =
            self.used.range(from..upto.max(from)).copied().filter(|column| self.is_free(*column)).collect();
        missing.retain(|column| {
            let meant = free.iter().position(|at| says(self.text(*at), *column) == Says::This);
            if let Some(meant) = meant {
                let at = free.remove(meant);
                self.take(*column, at, FindingCode::OwnHeadingChanged);
            }
            meant.is_none()
        });
        // What was added at the far right stands behind the columns of the template.
        let is_last = after.is_none();
        if free.len() == missing.len() || is_last && free.len() > missing.len() {
            for (column, at) in missing.into_iter().zip(free) {
                match says(self.text(at), column) {
                    Says::This | Says::Nothing => self.take(column, at, FindingCode::OwnHeadingChanged),
                    Says::Unknown => self.take(column, at, FindingCode::OwnHeadingUnknown),
                    Says::Other => {
                        self.strangers.insert(at, column);
                    }
                }
            }
        }
    }

    /// Columns that were moved and retyped.
    fn by_meaning(&mut self) {
        for column in Column::ALL.into_iter().filter(|column| column.is_input()) {
            let meant = |at: &u32| {
                self.is_free(*at)
                    && named(&Value::Text(self.text(*at).into())).is_none()
                    && says(self.text(*at), column) == Says::This
            };
            if self.is_missing(column)
                && let Some(at) = self.used.iter().copied().find(|at| meant(at))
            {
                self.take(column, at, FindingCode::OwnHeadingUnknown);
            }
        }
    }

    fn take(&mut self, column: Column, at: u32, code: FindingCode) {
        self.columns.insert(column, at);
        if column.is_input() && self.filled.contains(&at) {
            let named = column.heading();
            self.note(code, at, format!("{} (trong mẫu: “{named}”)", self.name(at)));
        }
    }

    /// What is not read: copies that say something else, and columns of the unit's own.
    fn others(&mut self) {
        let others: Vec<u32> = self.filled.iter().copied().filter(|at| self.is_free(*at)).collect();
        for at in others {
            let name = self.name(at);
            let input = |column: &Column| column.is_input();
            let copied = named(&Value::Text(self.text(at).into())).filter(input);
            let first = copied.and_then(|column| self.columns.get(&column).copied());
            let stead =
                self.strangers.get(&at).copied().filter(|column| self.is_missing(*column)).filter(input);
            match (first, stead) {
                (Some(first), _) if self.differ(first, at) => {
                    let detail = format!("{name}, vì cột {} có cùng tiêu đề", column_letters(first));
                    self.note(FindingCode::OwnColumnNotRead, at, detail);
                }
                (Some(_), _) => {}
                (None, Some(stead)) => {
                    let detail = format!("{name}, đứng ở chỗ của “{}”", stead.heading());
                    self.note(FindingCode::OwnColumnNotRead, at, detail);
                }
                (None, None) => self.note(FindingCode::OwnColumnExtra, at, name),
            }
        }
    }

    fn differ(&self, first: u32, copy: u32) -> bool {
        let rows = self.sheet.rows.iter().filter(|row| row.number > self.heading.number);
        let value = |row: &'a Row, at| row.cell(at).map(|cell| &cell.value);
        rows.into_iter().any(|row| value(row, copy).is_some() && value(row, copy) != value(row, first))
    }

    fn name(&self, at: u32) -> String {
        match self.text(at) {
            "" => format!("{} không có tiêu đề", column_letters(at)),
            text => format!("{} “{text}”", column_letters(at)),
        }
    }

    fn note(&mut self, code: FindingCode, at: u32, detail: String) {
        let sheet = Some(self.sheet.name.clone());
        self.findings.push(Finding { sheet, column: Some(at), ..Finding::of_workbook(code, detail) });
    }
}

fn says(heading: &str, column: Column) -> Says {
    if heading.is_empty() {
        return Says::Nothing;
    }
    let found = guesses(heading);
    let is_this = |meaning: Meaning| match (meaning, column) {
        (Meaning::Field(field), _) => column.field() == Some(field),
        (Meaning::CompletedOn, Column::CompletedOn) | (Meaning::Code, Column::Code) => true,
        (Meaning::CompletedOn | Meaning::Code | Meaning::Count | Meaning::Extension | Meaning::Other, _) => {
            false
        }
    };
    if found.iter().any(|guess| guess.weight >= MAY_MEAN && is_this(guess.meaning)) {
        Says::This
    } else if found.first().is_some_and(|guess| guess.weight >= PLAIN) {
        Says::Other
    } else {
        Says::Unknown
    }
}
