//! The rows of a table from top to bottom: tasks with the rows they stretch over, and the rest with its reason.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::import::matching::Index;
use crate::import::recognise::column_numbers::is_column_numbers;
use crate::import::recognise::{Grid, Table};
use crate::import::side_by_side;
use crate::import::vocabulary::statuses::StatusWords;

use crate::sheet::column::Field;

use super::classify::{Above, Line, View};
use super::stt::{self, Stt};
use super::title::{says_how_far, status_of_title};

/// A task row before its values are read. What it says is that of its cells, held once.
#[derive(Clone, Debug)]
pub struct TaskRow<'a> {
    /// First row.
    pub row: u32,
    /// Last row.
    pub row_to: u32,
    /// Number as written.
    pub stt: Option<Cow<'a, str>>,
    /// The form of the number, also when it stands at the beginning of the content.
    pub form: Option<Stt>,
    /// Content; empty when the row has a number and values only.
    pub content: Cow<'a, str>,
    /// Section row above.
    pub section: Option<String>,
    /// Group row above.
    pub group: Option<String>,
    /// Which section or group it stands in, counted; numbers start again in each.
    pub block: usize,
    /// Status that the section gives, with its text.
    pub section_status: Option<(StatusWords, String)>,
    /// Whether the row says something about progress.
    pub has_values: bool,
    /// Rows in it that belong to the heading of a page and not to the task.
    pub breaks: Vec<u32>,
}

/// The body of a table.
#[derive(Clone, Debug, Default)]
pub struct Body<'a> {
    /// Tasks.
    pub tasks: Vec<TaskRow<'a>>,
    /// Rows left out, with the reason.
    pub skipped: Vec<(u32, &'static str)>,
    /// Lines below the table (place and date, signatures), for whom the table is by and when.
    pub tail: Vec<String>,
}

/// Gaps up to this many rows are listed as blank; a longer gap is the end of what people wrote.
const LISTED_GAP: u32 = 20;

/// Reads the body of a table.
pub fn body<'a>(grid: &Grid<'a>, index: &Index<'_>, table: &Table) -> Body<'a> {
    let mut reader = Reader {
        grid,
        index,
        table,
        body: Body::default(),
        section: None,
        group: None,
        status: None,
        block: 0,
        ended: false,
        remarks: false,
        arabic: numbered_in_arabic(grid, table),
    };
    let from = grid.sheet.rows.partition_point(|row| row.number < table.first);
    let upto = grid.sheet.rows.partition_point(|row| row.number <= table.last);
    let repeated: HashSet<u32> = table.repeated.iter().copied().collect();
    let mut after_header = true;
    let mut last = table.first.saturating_sub(1);
    let rows = grid.sheet.rows.get(from..upto).unwrap_or_default();
    side_by_side::each(
        rows.iter(),
        || (),
        |(), row| View::new(grid, &table.columns, row),
        |mut view| {
            let row = view.number();
            if repeated.contains(&row) {
                reader.body.skipped.push((row, "repeated_header"));
                after_header = true;
                last = row;
                return;
            }
            reader.gap(last, row);
            last = row;
            if after_header && is_column_numbers(&view.texts()) {
                reader.body.skipped.push((row, "column_numbers"));
                return;
            }
            after_header = false;
            reader.read(&mut view, row);
            if reader.ended {
                reader.body.tail.extend(view.texts());
            }
        },
    );
    reader.trim();
    reader.body
}

struct Reader<'r, 'a> {
    grid: &'r Grid<'a>,
    index: &'r Index<'r>,
    table: &'r Table,
    body: Body<'a>,
    section: Option<String>,
    group: Option<String>,
    status: Option<(StatusWords, String)>,
    block: usize,
    ended: bool,
    /// Remarks below the tasks have begun.
    remarks: bool,
    arabic: bool,
}

/// Whether the rows of a table are numbered 1, 2, 3.
fn numbered_in_arabic(grid: &Grid<'_>, table: &Table) -> bool {
    let Some(column) = table.columns.fields.get(&Field::Stt) else { return false };
    let from = grid.sheet.rows.partition_point(|row| row.number < table.first);
    let rows = grid.sheet.rows[from..].iter().take_while(|row| row.number <= table.last).take(SAMPLE);
    rows.filter_map(|row| row.cell(*column))
        .filter_map(|cell| grid.text(cell))
        .any(|text| matches!(stt::parse(&text), Some(Stt::Arabic(_))))
}

/// Rows looked at for the form of their numbers.
const SAMPLE: usize = 60;

impl<'a> Reader<'_, 'a> {
    fn gap(&mut self, last: u32, row: u32) {
        if !self.ended && row > last + 1 && row - last <= LISTED_GAP && !self.body.tasks.is_empty() {
            let task_end = self.body.tasks.last().map_or(0, |task| task.row_to);
            self.body
                .skipped
                .extend((last + 1..row).filter(|blank| *blank > task_end).map(|blank| (blank, "blank")));
        }
    }

    fn read(&mut self, view: &mut View<'_, 'a>, row: u32) {
        if let Some(task) = self.body.tasks.last_mut().filter(|task| row <= task.row_to) {
            task.has_values |= view.values > 0;
            return;
        }
        let page_break = self.page_break(row);
        let line = view.classify(self.index, self.above(row, !page_break.is_empty()));
        self.remarks = match &line {
            Line::Skip("note") => !self.body.tasks.is_empty(),
            Line::Task | Line::Section(_) | Line::Group(_) => false,
            Line::Blank | Line::Continues | Line::Wraps | Line::Skip(_) | Line::End(_) => self.remarks,
        };
        match line {
            Line::Blank => self.body.skipped.push((row, "blank")),
            // Below the signatures only a full row of the table brings the table back.
            Line::Task if self.ended && !(view.form.is_some() && view.values >= 1) => {
                self.body.skipped.push((row, "below_table"));
            }
            Line::Task => {
                self.ended = false;
                self.task(view, row);
            }
            Line::Continues | Line::Wraps if self.ended => self.body.skipped.push((row, "below_table")),
            Line::Wraps => {
                if let Some(task) = self.body.tasks.last_mut() {
                    let content = view.content.as_deref().unwrap_or_default();
                    task.content = Cow::Owned(format!("{}\n{content}", task.content));
                    task.row_to = row;
                    task.has_values |= view.values > 0;
                    task.breaks.extend(page_break);
                }
            }
            Line::Continues => {
                if let Some(task) = self.body.tasks.last_mut() {
                    task.row_to = row;
                    task.has_values = true;
                    task.breaks.extend(page_break);
                }
            }
            Line::Section(_) | Line::Group(_) if self.ended => self.body.skipped.push((row, "below_table")),
            Line::Section(text) => {
                self.status =
                    status_of_title(&text).filter(says_how_far).map(|status| (status, text.clone()));
                (self.section, self.group) = (Some(text), None);
                self.block += 1;
                self.body.skipped.push((row, "section"));
            }
            Line::Group(text) => {
                self.group = Some(text);
                self.block += 1;
                self.body.skipped.push((row, "group"));
            }
            Line::Skip(why) => self.body.skipped.push((row, if self.ended { "below_table" } else { why })),
            Line::End(why) => {
                self.ended = true;
                self.body.skipped.push((row, why));
            }
        }
    }

    /// What stands above a row; `new_page` when only the heading of a page parts it from the task above.
    fn above(&self, row: u32, new_page: bool) -> Above {
        let task = self.body.tasks.last().filter(|task| task.row_to + 1 == row || new_page);
        let unfinished =
            task.is_some_and(|task| !task.content.trim_end().ends_with(['.', ';', ':', '!', '…']));
        let totals = self.body.skipped.last().is_some_and(|(last, why)| *why == "total" && last + 1 == row);
        Above { task: task.is_some(), unfinished, arabic: self.arabic, remarks: self.remarks, totals }
    }

    /// The rows between the last task and this one, when they are nothing but the heading of a new page: what stands below
    /// may go on with the task above.
    fn page_break(&self, row: u32) -> Vec<u32> {
        let above = self.body.tasks.last().map_or(row, |task| task.row_to + 1);
        let between: Vec<u32> = self
            .body
            .skipped
            .iter()
            .rev()
            .take_while(|(skipped, why)| {
                *skipped >= above && matches!(*why, "repeated_header" | "column_numbers")
            })
            .map(|(skipped, _)| *skipped)
            .collect();
        let whole = usize::try_from(row.saturating_sub(above)).is_ok_and(|rows| rows == between.len());
        if whole { between } else { Vec::new() }
    }

    fn task(&mut self, view: &mut View<'_, 'a>, row: u32) {
        let content = view.content.take().unwrap_or_default();
        let form = view.form.take().or_else(|| stt::leading(&content).map(|(form, _)| form));
        let content_column = self.table.columns.fields.get(&Field::Content);
        let merged_to = content_column
            .and_then(|column| self.grid.merge_at(row, *column))
            .filter(|range| range.top == row)
            .map_or(row, |range| range.bottom.min(self.table.last));
        self.body.tasks.push(TaskRow {
            row,
            row_to: merged_to,
            stt: view.stt.take(),
            form,
            content,
            section: self.section.clone(),
            group: self.group.clone(),
            block: self.block,
            section_status: self.status.clone(),
            has_values: view.values > 0,
            breaks: Vec::new(),
        });
    }

    /// Blank rows, sections and the like after the last task are no part of the table.
    fn trim(&mut self) {
        let last = self.body.tasks.last().map_or(0, |task| task.row_to);
        self.body.skipped.retain(|(row, why)| {
            *row <= last || !matches!(*why, "blank" | "section" | "group" | "text" | "outside_table")
        });
    }
}
