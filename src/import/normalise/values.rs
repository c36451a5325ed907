//! The values of one task row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::date::official;
use crate::domain::deadline::Deadline;
use crate::domain::finding::FindingCode;
use crate::domain::percent::Percent;
use crate::import::reading::{DeadlineCell, PercentValue, RawValue, ReportedStatus, StatusValue};
use crate::import::recognise::{Grid, Table};
use crate::import::rows::TaskRow;
use crate::import::vocabulary::statuses;
use crate::sheet::cell::{Cell, Value};
use crate::sheet::column::Field;

use super::context::Context;
use super::memory::Memory;
use super::percent::Noted;
use super::{deadline, percent};

mod standing;

/// The values of a row, with what was noticed about them (code, column, detail).
#[derive(Clone, Debug)]
pub struct Values {
    /// Text fields.
    pub texts: BTreeMap<Field, Option<String>>,
    /// Values of the single rows.
    pub parts: Vec<BTreeMap<Field, String>>,
    /// Cell of each field.
    pub cells: BTreeMap<Field, (u32, u32)>,
    /// Deadline.
    pub deadline: (Deadline, DeadlineCell),
    /// Percent.
    pub percent: PercentValue,
    /// Status.
    pub status: StatusValue,
    /// A code of the notice or of the sender.
    pub code: Option<String>,
    /// What was noticed.
    pub noted: Vec<(FindingCode, Option<u32>, String)>,
}

/// Fields that are text as written.
const TEXTS: [Field; 9] = [
    Field::Content,
    Field::LeadUnit,
    Field::CoordinatingUnits,
    Field::DocNo,
    Field::Result,
    Field::Difficulties,
    Field::Proposals,
    Field::Note,
    Field::Province,
];

/// Reads the values of a row.
pub fn values(
    grid: &Grid<'_>,
    table: &Table,
    (context, memory): (&Context, &mut Memory),
    task: &TaskRow<'_>,
) -> Values {
    let mut reader = Reader { grid, table, task, memory, cells: BTreeMap::new(), noted: Vec::new() };
    let mut texts: BTreeMap<Field, Option<String>> = BTreeMap::new();
    for field in TEXTS {
        if table.columns.fields.contains_key(&field) {
            let text = if field == Field::Result && task.row < task.row_to {
                reader.joined(field)
            } else if field == Field::Content {
                // The body has put together what was typed over several rows.
                reader.shown(field).map(|_| task.content.clone().into_owned())
            } else {
                reader.first_text(field)
            };
            texts.insert(field, text);
        }
    }
    if !table.columns.fields.contains_key(&Field::Result) {
        texts.extend(reader.listed().map(|text| (Field::Result, Some(text))));
    }
    let parts = reader.parts();
    let percent = reader.percent(context);
    let deadline = reader.deadline(context);
    let status = reader.status(context, percent.value);
    let code = table.columns.code.and_then(|column| grid.seen(task.row, column)).map(Cow::into_owned);
    if task.content.is_empty() {
        reader.noted.push((
            FindingCode::ContentMissing,
            table.columns.fields.get(&Field::Content).copied(),
            String::new(),
        ));
    }
    reader.extension(context);
    if !parts.is_empty() {
        reader.noted.push((FindingCode::SeveralRows, None, String::new()));
    }
    Values { texts, parts, cells: reader.cells, deadline, percent, status, code, noted: reader.noted }
}

/// Whether a text is a percent and nothing else.
pub(super) fn is_bare_percent(text: &str) -> bool {
    text.contains('%')
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '%' | ',' | '.' | ' ' | '~' | '≈'))
}

/// Bytes of a share that stands in place of a mark.
const LONGEST_SHARE: usize = 12;

struct Reader<'r, 'a> {
    grid: &'r Grid<'a>,
    table: &'r Table,
    task: &'r TaskRow<'r>,
    memory: &'r mut Memory,
    cells: BTreeMap<Field, (u32, u32)>,
    noted: Vec<(FindingCode, Option<u32>, String)>,
}

impl<'r, 'a> Reader<'r, 'a> {
    /// The rows of the task, without the heading of a page that begins inside it.
    fn rows(&self) -> impl Iterator<Item = u32> + use<'r, 'a> {
        let task: &'r TaskRow = self.task;
        (task.row..=task.row_to).filter(|row| !task.breaks.contains(row))
    }

    fn column(&self, field: Field) -> Option<u32> {
        self.table.columns.fields.get(&field).copied()
    }

    fn first_text(&mut self, field: Field) -> Option<String> {
        let column = self.column(field)?;
        let (cell, place) = self.grid.cell(self.task.row, column)?;
        let text = self.grid.text(cell)?;
        self.cells.insert(field, place);
        Some(text.into_owned())
    }

    /// The cell of a field in the first row of the task, when it shows anything.
    fn shown(&mut self, field: Field) -> Option<&'a Cell> {
        let column = self.column(field)?;
        let (cell, place) = self.grid.cell(self.task.row, column)?;
        let cell = Some(cell).filter(|cell| self.grid.shows_text(cell))?;
        self.cells.insert(field, place);
        Some(cell)
    }

    /// The text of a cell whose number, if it holds one, is read as such.
    fn unless_number(&self, cell: &'a Cell) -> Option<Cow<'a, str>> {
        if matches!(cell.value, Value::Number(_)) { None } else { self.grid.text(cell) }
    }

    /// The texts of all rows of the task, one below the other.
    fn joined(&mut self, field: Field) -> Option<String> {
        let column = self.column(field)?;
        let mut lines: Vec<String> = Vec::new();
        let mut last = None;
        for row in self.rows() {
            let Some((cell, place)) = self.grid.cell(row, column) else { continue };
            if last == Some(place) {
                continue;
            }
            last = Some(place);
            if let Some(text) = self.grid.text(cell) {
                self.cells.entry(field).or_insert(place);
                lines.push(text.into_owned());
            }
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn parts(&self) -> Vec<BTreeMap<Field, String>> {
        if self.task.row == self.task.row_to {
            return Vec::new();
        }
        self.rows()
            .map(|row| {
                let own = |field: &Field| {
                    let column = self.column(*field)?;
                    let (cell, place) = self.grid.cell(row, column)?;
                    (place.0 == row
                        && self.grid.merge_at(row, column).is_none_or(|range| range.bottom == row))
                    .then(|| self.grid.text(cell))
                    .flatten()
                    .map(|text| (*field, text.into_owned()))
                };
                TEXTS.iter().filter(|field| **field != Field::Content).filter_map(own).collect()
            })
            .collect()
    }

    /// The cell of a field in the first row that has one.
    fn first_cell(&mut self, field: Field) -> Option<(&'a Cell, u32)> {
        let column = self.column(field)?;
        let (cell, place) = self.rows().find_map(|row| self.grid.cell(row, column))?;
        self.cells.insert(field, place);
        Some((cell, column))
    }

    /// A later deadline beside the one that counts is named, not taken: only the office extends.
    fn extension(&mut self, context: &Context) {
        let Some(column) = self.table.columns.extension else { return };
        let Some((cell, _)) = self.rows().find_map(|row| self.grid.cell(row, column)) else { return };
        let text = self.unless_number(cell);
        let (later, ..) = deadline::read(self.grid, cell, text.as_deref(), context.days, context.notice_year);
        if let Some(due) = later.due {
            let written = text.map_or_else(|| official(due), Cow::into_owned);
            self.noted.push((FindingCode::ExtensionNotRead, Some(column), written));
        }
    }

    fn note(&mut self, noted: Vec<Noted>, column: u32) {
        self.noted.extend(noted.into_iter().map(|(code, detail)| (code, Some(column), detail)));
    }

    fn percent(&mut self, context: &Context) -> PercentValue {
        if self.column(Field::Percent).is_none() {
            return self.percent_beside_status().or_else(|| self.percent_in_mark()).unwrap_or_default();
        }
        let Some((cell, column)) = self.first_cell(Field::Percent) else { return PercentValue::default() };
        let text = self.unless_number(cell);
        let (value, noted) = percent::read(self.grid, cell, text.as_deref(), context.scale);
        self.note(noted, column);
        let several = if self.task.row == self.task.row_to { Vec::new() } else { self.different(column) };
        if several.len() < 2 {
            return value;
        }
        // The share done of each part says nothing of the whole.
        let raw = several.join("; ");
        self.note(vec![(FindingCode::ValuesDiffer, raw.clone())], column);
        PercentValue { raw: Some(RawValue::Text(raw)), value: None, formula: value.formula }
    }

    /// "Đang thực hiện (50%)": where no column has the percents, the one beside the words of the status counts. "Hoàn thành
    /// (90%)" may mean a share done or a slip of the pen: no percent is taken, and it is said.
    fn percent_beside_status(&mut self) -> Option<PercentValue> {
        let (cell, column) = self.first_cell(Field::Status)?;
        let text = self.grid.text(cell).filter(|text| text.contains('%'))?;
        if !is_bare_percent(&text) {
            statuses::understand(&text)?;
        }
        // A dash between the two is no sign of the number.
        let apart = text.replace(" - ", " ").replace(" – ", " ");
        let reading = crate::domain::percent::read_text(&apart);
        let value = reading.value?;
        let before = text.split(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default();
        let says_done =
            statuses::understand(before).is_some_and(|words| words.status == Some(ReportedStatus::Completed));
        // "Đã thực hiện được 50%" says how much was done and no more.
        let only_so_far = ["được", "đạt", "khoảng"].iter().any(|word| before.trim_end().ends_with(word));
        let says_done = says_done && !only_so_far;
        if says_done && value < Percent::FULL {
            self.note(vec![(FindingCode::StatusPercentConflict, text.into_owned())], column);
            return None;
        }
        let place = self.cells.get(&Field::Status).copied()?;
        self.cells.insert(Field::Percent, place);
        let detail = text.clone().into_owned();
        self.note(reading.findings.into_iter().map(|code| (code, detail.clone())).collect(), column);
        Some(PercentValue {
            raw: Some(RawValue::Text(text.into_owned())),
            value: Some(value),
            ..PercentValue::default()
        })
    }

    /// "60%" below "Đang thực hiện": a mark that says how far the task is.
    fn percent_in_mark(&mut self) -> Option<PercentValue> {
        let marks = &self.table.columns.marks;
        let begun = marks.iter().filter(|mark| mark.status == ReportedStatus::InProgress);
        let (text, place) = begun.into_iter().find_map(|mark| {
            let (cell, place) = self.grid.cell(self.task.row, mark.column)?;
            let text = self.grid.text(cell).filter(|text| text.len() <= LONGEST_SHARE)?;
            let bare = matches!(cell.value, Value::Number(number) if number > 1.0);
            (bare || text.contains('%')).then_some((text, place))
        })?;
        let reading = crate::domain::percent::read_text(&text);
        self.cells.insert(Field::Percent, place);
        let detail = text.clone().into_owned();
        self.note(reading.findings.into_iter().map(|code| (code, detail.clone())).collect(), place.1);
        let raw = Some(RawValue::Text(text.into_owned()));
        Some(PercentValue { raw, value: reading.value, ..PercentValue::default() })
    }

    fn deadline(&mut self, context: &Context) -> (Deadline, DeadlineCell) {
        let Some((cell, column)) = self.first_cell(Field::Deadline) else {
            return (Deadline::none(), DeadlineCell::Text);
        };
        let text = self.unless_number(cell);
        let read = || deadline::read(self.grid, cell, text.as_deref(), context.days, context.notice_year);
        let (deadline, kind, noted) = match (&cell.value, text.as_deref()) {
            (Value::Text(_), Some(text)) => self.memory.deadline(text, read),
            (Value::Text(_), None)
            | (Value::Empty | Value::Number(_) | Value::DateTime(_) | Value::Bool(_) | Value::Error(_), _) => {
                read()
            }
        };
        self.note(noted, column);
        (deadline, kind)
    }
}
