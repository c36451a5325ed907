//! The status of a task from its cells: words, marks, texts in columns of statuses, the title above, the day of completion.

use std::collections::BTreeSet;

use crate::domain::change::is_clear_word;
use crate::domain::finding::FindingCode;
use crate::domain::percent::Percent;
use crate::import::normalise::status;
use crate::import::reading::{ReportedStatus, StatusValue};
use crate::import::vocabulary::statuses::{self, Doubt, StatusWords};
use crate::sheet::cell::Value;
use crate::sheet::colour::Colour;
use crate::sheet::column::Field;
use crate::sheet::number_format::Shows;

use super::{Reader, is_bare_percent};
use crate::import::normalise::context::Context;

/// Whether a status and a percent in one cell agree: "Đạt: 80%" does not say that the task is completed.
fn agrees(status: ReportedStatus, percent: Option<Percent>) -> bool {
    match (status, percent) {
        (_, None) => false,
        (ReportedStatus::Completed, Some(percent)) => percent == Percent::FULL,
        (ReportedStatus::NotStarted, Some(percent)) => percent == Percent::ZERO,
        (ReportedStatus::InProgress | ReportedStatus::Ongoing, Some(percent)) => percent < Percent::FULL,
        (ReportedStatus::Suspended | ReportedStatus::Cancelled | ReportedStatus::NotApplicable, Some(_)) => {
            true
        }
    }
}

/// A status that is shown by nothing but a colour.
fn of_colour(colour: Colour) -> StatusValue {
    let raw = Some(format!("(nền màu {})", colour.label()));
    StatusValue { raw, source: Some("fill"), ..StatusValue::default() }
}

/// Fewer words in a column of marks are a mark with a remark.
const FEWEST_LISTED: usize = 3;

impl Reader<'_, '_> {
    pub(super) fn status(&mut self, context: &Context, percent: Option<Percent>) -> StatusValue {
        let mut status = if self.table.columns.marks.is_empty() {
            self.status_in_words(percent)
        } else {
            self.marks(context, percent)
        };
        if status.value.is_none() && status.raw.is_none() && !self.grid.sheet.fills.is_empty() {
            status = self.coloured(context, status);
        }
        if status.value.is_none() && status.raw.is_none() {
            if let Some((words, title)) = &self.task.section_status {
                status = status::of_title(*words, title, "section_title");
            } else if let Some(titled) = &context.title_status {
                status = titled.clone();
            }
        }
        if status.value.is_none() && status.raw.is_none() {
            status = self.completed_by_day().unwrap_or(status);
        }
        if let Some(place) = self.cleared_day() {
            status.completed_on = None;
            (status.day_cleared, status.completed_at) = (true, Some(place));
        } else if let Some((day, place)) = self.completion_day(context, status.value)
            && status.completed_on.is_none()
        {
            (status.completed_on, status.completed_at) = (Some(day), Some(place));
        }
        status
    }

    fn status_in_words(&mut self, percent: Option<Percent>) -> StatusValue {
        let found = self.first_cell(Field::Status);
        let text = found.and_then(|(cell, _)| self.grid.text(cell));
        match (found, text) {
            // "60%" under "Tình trạng" is the percent, where nothing else has it.
            (Some(_), Some(text)) if is_bare_percent(&text) && self.column(Field::Percent).is_none() => {
                StatusValue::default()
            }
            (Some((_, column)), Some(text)) => {
                let (value, noted) = self.memory.status(&text, percent, &self.table.columns.legend);
                self.note(noted, column);
                self.of_all_rows(column, value)
            }
            (Some(_), None) => self.status_beside().unwrap_or_default(),
            (None, _) => {
                let beside = self.status_beside().or_else(|| self.status_with_percent(percent));
                beside.or_else(|| self.status_before_result(percent)).unwrap_or_default()
            }
        }
    }

    /// What a text says as a status of this table.
    fn understand(&self, text: &str) -> Option<StatusWords> {
        self.table.columns.legend.status(text).or_else(|| statuses::understand(text))
    }

    /// The status that a colour shows: behind the cell of the status, behind one of the columns of statuses, or, where the
    /// table has neither, behind the number or the content. A legend says what the colours mean; without one it is said
    /// that nothing was read.
    fn coloured(&mut self, context: &Context, found: StatusValue) -> StatusValue {
        let (columns, row) = (&self.table.columns, self.task.row);
        let filled: Vec<_> =
            columns.marks.iter().filter_map(|mark| Some((mark, self.grid.fill(row, mark.column)?))).collect();
        if let [(mark, colour)] = filled.as_slice()
            && context.marked_by_colour
        {
            self.noted.retain(|(code, ..)| *code != FindingCode::StatusMissing);
            let (value, timeliness) = (Some(mark.status), mark.timeliness);
            return StatusValue { value, timeliness, ..of_colour(*colour) };
        }
        let column = columns.fields.get(&Field::Status).copied();
        let shown = |column: u32| self.grid.fill(row, column);
        let of_row = || {
            let elsewhere =
                [Field::Stt, Field::Content].into_iter().filter_map(|field| columns.fields.get(&field));
            elsewhere
                .copied()
                .find_map(shown)
                .filter(|_| columns.marks.is_empty() && columns.legend.names_colours())
        };
        let Some(colour) = column.map_or_else(of_row, shown) else { return found };
        match columns.legend.colour(colour) {
            Some(words) => {
                StatusValue { value: words.status, timeliness: words.timeliness, ..of_colour(colour) }
            }
            None if context.coloured => {
                self.noted.push((FindingCode::StatusByColour, column, colour.label().to_owned()));
                found
            }
            None => found,
        }
    }

    /// A task over several rows that says "done" in one and something else in another is not done: a person is asked.
    fn of_all_rows(&mut self, column: u32, first: StatusValue) -> StatusValue {
        let texts = self.different(column);
        let said = texts.iter().filter_map(|text| self.understand(text)?.status);
        let said: BTreeSet<&str> = said.map(ReportedStatus::as_str).collect();
        if said.len() < 2 {
            return first;
        }
        let raw = texts.join("; ");
        self.note(vec![(FindingCode::ValuesDiffer, raw.clone())], column);
        StatusValue { raw: Some(raw), value: Some(ReportedStatus::InProgress), ..StatusValue::default() }
    }

    /// The different texts of a column in the rows of the task.
    pub(super) fn different(&self, column: u32) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for text in self.rows().filter_map(|row| self.grid.seen(row, column)) {
            if !texts.iter().any(|known| *known == *text) {
                texts.push(text.into_owned());
            }
        }
        texts
    }

    /// "100% - Hoàn thành", "Đang thực hiện (25%)" in the column of percents, where no column has the statuses: the words
    /// that stand apart from the number, when they are a status and nothing else.
    fn status_with_percent(&mut self, percent: Option<Percent>) -> Option<StatusValue> {
        if self.column(Field::Status).is_some() {
            return None;
        }
        let column = self.column(Field::Percent)?;
        let (cell, place) = self.grid.cell(self.task.row, column)?;
        let text = self.grid.text(cell).filter(|text| text.contains('%'))?;
        let words = text.split(['-', '–', ':', ';', ',', '(', ')', '\n']).find_map(|part| {
            let bare = !part.bytes().any(|b| b.is_ascii_digit());
            let shortened = |word: &str| word.chars().count() >= 2 && word.chars().all(char::is_uppercase);
            let several = part.split_whitespace().nth(1).is_some() || shortened(part.trim());
            statuses::understand(part)
                .filter(|words| bare && several && !words.more_follows && words.doubt != Some(Doubt::Mixed))
        });
        let words = words.filter(|words| words.status.is_some_and(|status| agrees(status, percent)))?;
        self.cells.insert(Field::Status, place);
        let (value, timeliness) = (words.status, words.timeliness);
        Some(StatusValue { raw: Some(text.into_owned()), value, timeliness, ..StatusValue::default() })
    }

    /// "Đang thực hiện. Đã họp với Công an tỉnh": where nearly all results begin with the status and no column has it.
    fn status_before_result(&mut self, percent: Option<Percent>) -> Option<StatusValue> {
        let column = self.column(Field::Result).filter(|_| self.table.columns.status_in_result)?;
        let (cell, place) = self.grid.cell(self.task.row, column)?;
        let text = self.grid.text(cell)?;
        self.understand(&text)?;
        let (value, noted) = self.memory.status(&text, percent, &self.table.columns.legend);
        self.note(noted, column);
        self.cells.insert(Field::Status, place);
        Some(value)
    }

    /// A status written one column beside its heading: asked about, not taken silently.
    fn status_beside(&mut self) -> Option<StatusValue> {
        let column = self.column(Field::Status)?;
        let beside = [column + 1, column.checked_sub(1)?];
        let (at, text) = beside.into_iter().find_map(|at| {
            let text = self.grid.sheet.cell(self.task.row, at).and_then(|cell| self.grid.text(cell))?;
            let words = self.understand(&text)?;
            (!words.more_follows && words.status.is_some()).then(|| (at, text.into_owned()))
        })?;
        let (value, noted) = status::of_words(&text, None, &self.table.columns.legend);
        self.note(noted, at);
        self.noted.push((FindingCode::ValueInWrongColumn, Some(at), text));
        Some(value)
    }

    /// What is written in columns of statuses instead of marks, where no other column has the results.
    pub(super) fn listed(&mut self) -> Option<String> {
        if self.table.columns.marks.is_empty() {
            return self.told_with_status();
        }
        let mut lines: Vec<String> = Vec::new();
        for mark in &self.table.columns.marks {
            let cell = self.grid.cell(self.task.row, mark.column);
            let text = cell.and_then(|(cell, place)| self.grid.text(cell).map(|text| (text, place)));
            let Some((text, place)) = text else { continue };
            if text.split_whitespace().count() >= FEWEST_LISTED && crate::domain::date::find(&text).is_none()
            {
                self.cells.entry(Field::Result).or_insert(place);
                lines.push(text.into_owned());
            }
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// "Đang thực hiện: đã xử lý 8 tài khoản": the status with what was done, where no other column has the results.
    fn told_with_status(&mut self) -> Option<String> {
        let (cell, _) = self.first_cell(Field::Status)?;
        let text = self.grid.text(cell)?;
        let (_, told) = text.split_once([':', ';', ',', '.', '-', '–', '(', '\n'])?;
        let is_told =
            told.split_whitespace().nth(FEWEST_LISTED - 1).is_some() && self.understand(&text).is_some();
        let place = self.cells.get(&Field::Status).copied().filter(|_| is_told)?;
        self.cells.insert(Field::Result, place);
        Some(text.into_owned())
    }

    fn marks(&mut self, context: &Context, percent: Option<Percent>) -> StatusValue {
        let mut set = Vec::new();
        for mark in &self.table.columns.marks {
            if let Some((cell, place)) = self.grid.cell(self.task.row, mark.column)
                && let Some(text) = self.grid.text(cell)
                && context.empty_signs.iter().all(|sign| *sign != *text)
            {
                self.cells.entry(Field::Status).or_insert(place);
                if is_clear_word(&text) {
                    self.note(vec![(FindingCode::StatusNotClearable, text.into_owned())], mark.column);
                } else {
                    set.push((*mark, text.into_owned()));
                }
            }
        }
        let heading = |at: u32| {
            let reading = self.table.columns.readings.iter().find(|reading| reading.column == at);
            let levels = reading.map_or("", |reading| reading.header.as_str());
            levels.rsplit(" / ").next().unwrap_or_default().to_owned()
        };
        let (value, noted) = status::of_marks(&set, percent, heading);
        let column = self.table.columns.marks.first().map_or(0, |mark| mark.column);
        self.note(noted, column);
        value
    }

    /// "Ngày hoàn thành | Đang thực hiện | Chưa thực hiện": beside columns of marks for all else a day of completion is the
    /// mark of what is completed.
    fn completed_by_day(&mut self) -> Option<StatusValue> {
        let columns = &self.table.columns;
        let marks = &columns.marks;
        let none_of_it = marks.iter().all(|mark| mark.status != ReportedStatus::Completed);
        let column = columns.completed_on.filter(|_| !marks.is_empty() && none_of_it)?;
        let text = self.grid.seen(self.task.row, column)?;
        crate::domain::date::find(&text)?;
        self.noted.retain(|(code, ..)| *code != FindingCode::StatusMissing);
        let (raw, value) = (Some(text.into_owned()), Some(ReportedStatus::Completed));
        Some(StatusValue { raw, value, source: Some("completed_on"), ..StatusValue::default() })
    }

    /// The cell of the day of completion, where the word that clears stands in it.
    fn cleared_day(&self) -> Option<(u32, u32)> {
        let (cell, place) = self.grid.cell(self.task.row, self.table.columns.completed_on?)?;
        is_clear_word(&self.grid.text(cell)?).then_some(place)
    }

    /// The day in the column of days of completion, with its cell. Where day and month may have changed places it is asked
    /// about, if the row says that the task is completed; of an open task the day means nothing.
    fn completion_day(
        &mut self,
        context: &Context,
        status: Option<ReportedStatus>,
    ) -> Option<(chrono::NaiveDate, (u32, u32))> {
        let column = self.table.columns.completed_on?;
        let (cell, place) = self.grid.cell(self.task.row, column)?;
        let day = crate::domain::date::find(&self.grid.text(cell)?)?;
        let true_date = matches!(cell.value, Value::Number(_)) && self.grid.shows(cell) == Shows::Day;
        let Some(meant) = context.completed.meant(day).filter(|_| true_date) else {
            return Some((day, place));
        };
        if status == Some(ReportedStatus::Completed) {
            let question = context.completed.question(day, meant);
            self.note(question.into_iter().collect(), column);
        }
        Some((meant, place))
    }
}
