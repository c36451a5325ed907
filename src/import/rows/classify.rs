//! What one row of a table is.

use std::borrow::Cow;

use crate::import::matching::Index;
use crate::import::normalise::mark::is_set;
use crate::import::recognise::evidence::is_unit;
use crate::import::recognise::legend::Legend;
use crate::import::recognise::{Columns, Grid};
use crate::import::vocabulary::words;
use crate::sheet::cell::{Cell, Row, Value};
use crate::sheet::column::Field;

use super::phrases::{is_closing, is_note, is_signature, is_total, may_be_sum, names_figure, place_and_date};
use super::stt::{self, Stt};
use super::title::status_of_title;

/// What one row of a table is.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// Nothing legible.
    Blank,
    /// A task, or a row that heads others (told apart later).
    Task,
    /// Goes on with the task above (one result a row).
    Continues,
    /// Goes on with the sentence of the content above, which was typed over two rows.
    Wraps,
    /// Heads a field of work.
    Section(String),
    /// Heads the tasks of a unit.
    Group(String),
    /// Left out, with the reason.
    Skip(&'static str),
    /// Left out; what follows is no part of the table either.
    End(&'static str),
}

/// What stands above a row, as far as it says what the row is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Above {
    /// A task ends in the row right above.
    pub task: bool,
    /// And its content does not end like a sentence.
    pub unfinished: bool,
    /// The tasks of the table are numbered 1, 2, 3: roman numerals and capitals head them.
    pub arabic: bool,
    /// Remarks below the tasks have begun ("Đánh giá chung: ...", "Kiến nghị").
    pub remarks: bool,
    /// A row of totals stands right above.
    pub totals: bool,
}

/// A row as the table sees it.
pub struct View<'g, 'a> {
    grid: &'g Grid<'a>,
    columns: &'g Columns,
    row: &'a Row,
    /// The number of the row, when its column has one.
    pub stt: Option<Cow<'a, str>>,
    /// The form of that number.
    pub form: Option<Stt>,
    /// The content, also when merged from above.
    pub content: Option<Cow<'a, str>>,
    /// Whether the content's cell begins in this row.
    pub own_content: bool,
    /// Fields besides number, content and units that have a value of their own in this row.
    pub values: usize,
    /// Of these, what is said of a task as a whole: its deadline, status, percent, a mark.
    pub graded: usize,
    /// Units and document numbers with a value of their own.
    pub extras: usize,
    /// Whether exactly one cell of the row shows something.
    lonely: bool,
}

impl<'g, 'a> View<'g, 'a> {
    /// The view of a row.
    pub fn new(grid: &'g Grid<'a>, columns: &'g Columns, row: &'a Row) -> View<'g, 'a> {
        let seen = |field: Field| {
            let column = *columns.fields.get(&field)?;
            let (cell, place) = grid.cell(row.number, column)?;
            grid.text(cell).map(|text| (text, place))
        };
        let stt = seen(Field::Stt);
        let content = seen(Field::Content);
        // One cell merged over the whole row stands in every column; it counts once, as the content or the number.
        let spread = stt.as_ref().zip(content.as_ref()).is_some_and(|(a, b)| a.1 == b.1);
        let counted = content.as_ref().map(|(_, place)| *place);
        let own = |field: Field| {
            columns.fields.get(&field).is_some_and(|column| {
                let place = grid.anchor(row.number, *column);
                place.0 == row.number
                    && Some(place) != counted
                    && row.cell(place.1).is_some_and(|cell| grid.shows_text(cell))
            })
        };
        let marks = columns.marks.iter().filter(|mark| row.cell(mark.column).is_some_and(is_set)).count();
        let (mut values, mut graded, mut extras) = (marks, marks, 0);
        for field in Field::ALL {
            match field {
                Field::Stt | Field::Content => {}
                Field::LeadUnit | Field::CoordinatingUnits | Field::DocNo | Field::Province => {
                    extras += usize::from(own(field));
                }
                Field::Deadline | Field::Status | Field::Percent => {
                    let own = usize::from(own(field));
                    (values, graded) = (values + own, graded + own);
                }
                Field::Result | Field::Difficulties | Field::Proposals | Field::Note => {
                    values += usize::from(own(field));
                }
            }
        }
        let stt = stt.filter(|_| !spread).map(|(text, _)| text);
        let mut shown = row.cells.iter().filter(|cell| grid.shows_text(cell));
        let lonely = shown.next().is_some() && shown.next().is_none();
        View {
            grid,
            columns,
            row,
            own_content: content.as_ref().is_some_and(|(_, place)| place.0 == row.number),
            content: content.map(|(text, _)| text),
            form: stt.as_deref().and_then(stt::parse),
            stt,
            values,
            graded,
            extras,
            lonely,
        }
    }

    fn bare(&self) -> bool {
        self.values == 0 && self.extras == 0
    }

    /// The number of the row in its sheet, 0-based.
    pub fn number(&self) -> u32 {
        self.row.number
    }

    /// The texts of the row, from left to right.
    pub fn texts(&self) -> Vec<String> {
        self.seen().map(Cow::into_owned).collect()
    }

    fn seen(&self) -> impl Iterator<Item = Cow<'a, str>> {
        self.row.cells.iter().filter_map(|cell| self.grid.text(cell))
    }

    /// Whether one cell of this row is merged over at least three columns of the table.
    fn spans(&self) -> bool {
        self.row.cells.iter().any(|cell| {
            self.grid
                .merge_at(self.row.number, cell.column)
                .is_some_and(|range| range.right - range.left >= 2)
        })
    }

    /// What the row is.
    pub fn classify(&self, index: &Index<'_>, above: Above) -> Line {
        let Some(first) = self.seen().next().filter(|_| !self.unticked()) else { return Line::Blank };
        let numbered = self.form.is_some();
        if (!numbered || self.lonely)
            && let Some(end) = self.end()
        {
            return end;
        }
        if !numbered && Legend::is_row(&self.seen().collect::<Vec<_>>()) {
            return Line::Skip("note");
        }
        let arabic = matches!(self.form, Some(Stt::Arabic(_)));
        if (!arabic || !self.own_content || self.bare())
            && (is_total(&first) || self.content.as_deref().is_some_and(is_total))
        {
            return Line::Skip("total");
        }
        if !numbered
            && self.stt.is_none()
            && self.content.as_deref().is_some_and(may_be_sum)
            && self.has_sums()
        {
            return Line::Skip("total");
        }
        let names_figure = || above.totals || self.content.as_deref().is_some_and(names_figure);
        if above.arabic && !arabic && self.own_content && self.counts() && names_figure() {
            return Line::Skip("total");
        }
        let Some(content) = self.content.as_deref().filter(|_| self.own_content) else {
            return self.without_content(index, above.task);
        };
        let wraps = above.task && above.unfinished && self.wraps(content);
        let bare = self.bare() || above.arabic && self.sums_up(content);
        // Whether it is a task of the notice is asked last: it costs more than all the rest.
        if !wraps && !bare || index.exact(content).is_some() || index.same_words(content).is_some() {
            Line::Task
        } else if wraps {
            Line::Wraps
        } else if above.remarks && !numbered && !speaks_of_task(index, content) {
            Line::Skip("note")
        } else {
            self.bare_line(index, content)
        }
    }

    /// A row without a number whose text begins in the middle of a sentence.
    fn wraps(&self, content: &str) -> bool {
        self.columns.fields.contains_key(&Field::Stt)
            && self.stt.is_none()
            && self.graded == 0
            && content.chars().next().is_some_and(char::is_lowercase)
    }

    /// A section row that shows the average or the counts of the rows below it, and nothing else.
    fn sums_up(&self, content: &str) -> bool {
        let heads = match &self.form {
            Some(Stt::Roman(_) | Stt::Capital(_)) => true,
            None if self.stt.is_none() => is_upper(content) || words(content).starts_with("linh vuc"),
            Some(Stt::Arabic(_) | Stt::Letter(_) | Stt::Dash | Stt::Plus | Stt::Bullet) | None => false,
        };
        heads && self.values > 0 && self.counts()
    }

    /// Whether the row has check boxes that nobody ticked, and nothing else.
    fn unticked(&self) -> bool {
        let mut shown = self.row.cells.iter().filter(|cell| self.grid.shows_text(cell));
        shown.all(|cell| !is_set(cell))
    }

    /// Whether the row has figures beside its text, and nothing else.
    fn has_sums(&self) -> bool {
        let figure = |cell: &Cell| matches!(&cell.value, Value::Number(_) | Value::Error(_));
        self.row.cells.iter().any(|cell| figure(cell) || cell.formula) && self.counts()
    }

    /// Whether the values of the row are figures and nothing else.
    fn counts(&self) -> bool {
        let fields = &self.columns.fields;
        let before = [Field::Stt, Field::Content].map(|field| fields.get(&field).copied());
        let own = |cell: &&Cell| !before.contains(&Some(cell.column)) && self.grid.shows_text(cell);
        let mut figures = self.row.cells.iter().filter(own);
        let due = fields.get(&Field::Deadline).and_then(|column| self.row.cell(*column));
        self.extras == 0
            && due.is_none()
            && figures.all(|cell| match &cell.value {
                Value::Number(_) | Value::Error(_) | Value::Empty => true,
                Value::Text(text) => is_count(text),
                Value::DateTime(_) | Value::Bool(_) => false,
            })
    }

    fn end(&self) -> Option<Line> {
        let own_values = self.values >= 2 && self.content.is_some() && self.form.is_some();
        if own_values {
            return None;
        }
        let texts: Vec<Cow<'_, str>> = self.seen().collect();
        let dated = self.row.cells.iter().filter(|cell| !self.is_day_of_task(cell));
        if dated.filter_map(|cell| self.grid.text(cell)).any(|text| place_and_date(&text).is_some()) {
            return Some(Line::End("place_date"));
        }
        let signed = texts.iter().filter(|text| is_signature(text)).count();
        (signed > 0 && signed * 2 >= texts.len()).then_some(Line::End("signature"))
    }

    /// Whether a cell is the day of a task in words ("ngày 30 tháng 4 năm 2020") and not the line above the signatures.
    fn is_day_of_task(&self, cell: &Cell) -> bool {
        let columns = self.columns;
        let days = [columns.fields.get(&Field::Deadline).copied(), columns.completed_on, columns.extension];
        self.own_content
            && days.contains(&Some(cell.column))
            && self.content.as_deref().is_some_and(|content| !is_signature(content))
            && self.grid.text(cell).is_some_and(|text| words(&text).starts_with("ngay "))
    }

    /// A row without content of its own.
    fn without_content(&self, index: &Index<'_>, after_task: bool) -> Line {
        if let Some(lone) = self.seen().next().filter(|_| self.lonely) {
            let lone = lone.as_ref();
            // A remark in whatever column comes first is no value of the task above.
            if is_note(lone) {
                return Line::Skip("note");
            }
            // A section row that stands in the column of numbers, or beside the table.
            let numbered_only = stt::parse(lone).is_some();
            if numbered_only {
                return Line::Skip("empty_row");
            }
            let in_table =
                self.columns.fields.get(&Field::Stt).is_some_and(|stt| self.row.cell(*stt).is_some());
            if in_table {
                // A text in the column of numbers is no task, unless it is worded as one.
                return match self.bare_line(index, lone) {
                    Line::Task if !speaks_of_task(index, lone) => Line::Skip("note"),
                    line => line,
                };
            }
        }
        match (self.form.is_some() || self.stt.is_some(), self.values + self.extras > 0) {
            (true, false) => Line::Skip("empty_row"),
            (true, true) if self.content.is_none() => Line::Task,
            (_, true) if after_task => Line::Continues,
            (_, true) => Line::Skip("stray_values"),
            (false, false) => Line::Skip("outside_table"),
        }
    }

    /// A row with a text and nothing else: a section, a group, a remark, or a task nobody has reported on.
    fn bare_line(&self, index: &Index<'_>, content: &str) -> Line {
        let (form, text) = match (self.form.clone(), stt::leading(content)) {
            (Some(form), _) => (Some(form), content),
            (None, Some((form, rest))) => (Some(form), rest),
            (None, None) => (None, content),
        };
        let full = match &self.stt {
            Some(stt) => format!("{}. {}", stt.trim_end_matches('.'), content),
            None => content.to_owned(),
        };
        let speaks_of_task = speaks_of_task(index, text);
        if !speaks_of_task && self.is_remark(form.as_ref(), text) {
            return Line::Skip("note");
        }
        let is_group =
            is_unit(text) && text.chars().count() <= 90 && !words(text).starts_with("cac so nganh");
        let is_status = status_of_title(text).is_some();
        match form {
            Some(Stt::Roman(_) | Stt::Capital(_)) if !speaks_of_task || is_status => {
                if is_group {
                    Line::Group(full)
                } else {
                    Line::Section(full)
                }
            }
            Some(Stt::Arabic(_)) if !speaks_of_task && (is_group || self.spans()) => {
                if is_group {
                    Line::Group(full)
                } else {
                    Line::Section(full)
                }
            }
            Some(_) => Line::Task,
            None if speaks_of_task => Line::Task,
            None if is_status => Line::Section(full),
            None if is_group => Line::Group(full),
            None if self.spans()
                || words(content).starts_with("linh vuc")
                || is_upper(content)
                || content.ends_with(':') =>
            {
                Line::Section(full)
            }
            None if !self.columns.fields.contains_key(&Field::Stt)
                && content.split_whitespace().count() >= 5 =>
            {
                Line::Task
            }
            None => Line::Skip("text"),
        }
    }
}

impl View<'_, '_> {
    /// A line of its own that says something about the tasks: "* Đánh giá chung: ...", "Ghi chú: ...". A line with a list
    /// mark that is merged over the columns of the table has no place for values, and is no part of a task either.
    fn is_remark(&self, form: Option<&Stt>, text: &str) -> bool {
        let listed = matches!(form, Some(Stt::Dash | Stt::Plus | Stt::Bullet | Stt::Letter(_)));
        let own_number = self.form.is_some();
        let says_so = is_note(text) || is_closing(text);
        !own_number && (says_so && (form.is_none() || listed) || listed && self.spans())
    }
}

/// Whether a text is worded as a task of a notice. A field of work is named by words that its tasks have too, and a few
/// words may stand in any task.
fn speaks_of_task(index: &Index<'_>, text: &str) -> bool {
    let text = stt::leading(text).map_or(text, |(_, rest)| rest);
    text.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
        && !words(text).starts_with("linh vuc")
        && index.likenesses(text).first().is_some_and(|like| like.score() >= 0.5)
}

/// Fewer words say nothing of a task.
const FEWEST_WORDS: usize = 4;

/// Whether a text is a figure with what it counts: "02 nhiệm vụ", "3/5", "55%", "Bình quân 55%".
fn is_count(text: &str) -> bool {
    let key = words(text);
    let counted = ["nhiem", "vu", "nv", "viec", "cong", "%", "binh", "quan", "trung", "tb", "tong", "so"];
    let figure = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    key.split(' ').any(figure) && key.split(' ').all(|word| figure(word) || counted.contains(&word))
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}
