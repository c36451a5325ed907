//! One of our own sheets that came back (`sheet::template`): its rows are known by their keys, so nothing is guessed.
//! Texts are kept to the letter; columns that are not for input are not looked at.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::domain::change::{Theirs, is_clear_word};
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::{Part, Parts};
use crate::domain::percent::{self, PercentColumn};
use crate::domain::progress::Progress;
use crate::domain::{date, text};
use crate::import::claim::{Claim, ClaimKind, Place, Said, stated_progress};
use crate::import::normalise::status;
use crate::import::reading::Decision;
use crate::import::recognise::legend::Legend;
use crate::import::value::Value;
use crate::sheet::cell::{Cell, Sheet, Value as CellValue, Workbook};
use crate::sheet::number_format::{Shows, moment, shows};
use crate::sheet::template::Column;

mod headings;
mod inserted;
mod locate;
mod tabs;

use inserted::{ByWords, Known};
pub use locate::{Located, keys, tables};
pub use tabs::unread;

/// How well a row without a key fits a task that has its code or its wording, and not both.
const MAYBE: f64 = 0.8;

/// A task that a key of our own sheets leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// Its code.
    pub code: Arc<str>,
    /// Its wording, as the sheet was written with it.
    pub wording: Arc<str>,
}

/// What one of our own sheets says.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnSheet {
    /// What its rows claim, by ascending number.
    pub claims: Vec<Claim>,
    /// Findings about the sheet as a whole.
    pub findings: Vec<Finding>,
}

/// What our own sheet says. `tasks` gives the task of an assignment of the sender.
pub fn read(workbook: &Workbook, located: &Located, tasks: &HashMap<Uuid, Keyed>) -> OwnSheet {
    let mut findings = located.findings.clone();
    let Some(sheet) = workbook.sheets.get(located.sheet) else {
        return OwnSheet { claims: Vec::new(), findings };
    };
    let reader = Reader { workbook, sheet, name: sheet.name.as_str().into(), located };
    let by_words = ByWords::new(tasks);
    let inserted = inserted::find(sheet, located, &by_words);
    findings.extend(inserted.findings);
    let keyed = located.keys.iter().map(|(row, key)| {
        let known = match tasks.get(key) {
            Some(task) => by_words.of_keyed(sheet, located, (*row, task)),
            // A key that is none of the unit's may come from the sheet of another one: a person decides.
            None => by_words.of_row(sheet, located, *row).asked(),
        };
        (*row, known)
    });
    let mut rows: Vec<(u32, Known<'_>)> = keyed.chain(inserted.rows).collect();
    rows.sort_by_key(|(row, _)| *row);
    let claims = rows.into_iter().map(|(row, known)| reader.claim(row, known)).collect();
    OwnSheet { claims, findings }
}

struct Reader<'a> {
    workbook: &'a Workbook,
    sheet: &'a Sheet,
    /// The name of the sheet, which every claim has.
    name: Arc<str>,
    located: &'a Located,
}

/// What a cell says, before it is known whether it may.
type Heard = (Theirs<Value>, Option<FindingCode>);

impl Reader<'_> {
    fn cell(&self, row: u32, column: Column) -> Option<&Cell> {
        self.sheet.cell(row, *self.located.columns.get(&column)?)
    }

    fn claim(&self, row: u32, known: Known<'_>) -> Claim {
        let mut findings = Vec::new();
        let mut note = |code, detail: &str| {
            findings.push(Finding::at(code, &self.sheet.name, row + 1, None, detail));
        };
        let maybe = |tasks: Vec<&Keyed>| tasks.iter().map(|task| (Arc::clone(&task.code), MAYBE)).collect();
        let sure = |task: &Keyed| vec![(Arc::clone(&task.code), 1.0)];
        let (task, candidates) = match known {
            Known::Key(task) | Known::Words(task) => (Some(task), sure(task)),
            Known::Reworded(task, written) => {
                note(FindingCode::OwnCellReworded, &written);
                (Some(task), sure(task))
            }
            Known::Torn(task, others) => {
                note(FindingCode::KeyContradicted, &task.code);
                (None, maybe(others.into_iter().chain([task]).collect()))
            }
            Known::Maybe(tasks) => {
                note(FindingCode::KeyUnknown, "");
                (None, maybe(tasks))
            }
        };
        if self.sheet.hidden_rows.contains(&row) {
            findings.push(Finding::at(FindingCode::HiddenRow, &self.sheet.name, row + 1, None, ""));
        }
        let mut says = Parts::new();
        for part in Part::ALL {
            let Some(&column) = self.located.columns.get(&column_of(part)) else { continue };
            let cell = self.sheet.cell(row, column);
            let (theirs, finding) = match cell {
                None => (Theirs::Blank, None),
                Some(cell) => self.heard(part, cell),
            };
            let raw = cell.map(|cell| self.written(part, cell)).filter(|raw| !raw.is_empty());
            let raw: Option<Arc<str>> = match (&theirs, raw) {
                (Theirs::Value(Value::Text(text)), Some(raw)) if **text == *raw => Some(Arc::clone(text)),
                (Theirs::Value(_) | Theirs::Absent | Theirs::Blank | Theirs::Clear, raw) => {
                    raw.map(Into::into)
                }
            };
            if let Some(code) = finding {
                let raw = raw.as_deref().unwrap_or_default();
                findings.push(Finding::at(code, &self.sheet.name, row + 1, Some(column), raw));
            }
            says.insert(part, Said { theirs, cell: Some((row, column)), raw });
        }
        says.shrink_to_fit();
        take_day_of_words(&mut says);
        ignore_day_of_open_task(&mut says, &mut findings, &self.sheet.name);
        Claim {
            place: Place { sheet: Arc::clone(&self.name), row, row_to: row, table: None },
            kind: ClaimKind::Task,
            decision: if task.is_some() { Decision::Sure } else { Decision::Ask },
            candidates,
            task: task.map(|task| Arc::clone(&task.code)),
            content: self.cell(row, Column::Content).map(|cell| wording(&words(&cell.value), task)),
            says,
            findings,
        }
    }

    /// What a person sees in a cell of a text: a program makes a number of a day, a time or a percent that is typed there.
    fn written(&self, part: Part, cell: &Cell) -> String {
        let number = match (&cell.value, part) {
            (CellValue::Number(number), Part::Result | Part::Difficulties | Part::Proposals | Part::Note) => {
                *number
            }
            (value, _) => return words(value),
        };
        let at = moment(number, self.workbook.date_1904);
        let shown = match shows(self.sheet.format_of(cell)) {
            Shows::Day | Shows::Month | Shows::Quarter | Shows::Year => {
                at.map(|at| date::official(at.date()))
            }
            Shows::Time => at.map(|at| at.format("%H:%M").to_string()),
            Shows::Percent => Some(format!("{}%", (number * 10_000.0).round() / 100.0).replace('.', ",")),
            Shows::Number => None,
        };
        shown.unwrap_or_else(|| words(&cell.value))
    }

    fn heard(&self, part: Part, cell: &Cell) -> Heard {
        let written = self.written(part, cell);
        match (&cell.value, part) {
            (CellValue::Error(_), _) => (Theirs::Blank, Some(FindingCode::FormulaError)),
            (CellValue::Empty, _) => {
                (Theirs::Blank, cell.formula.then_some(FindingCode::FormulaWithoutValue))
            }
            _ if written.trim().is_empty() => (Theirs::Blank, None),
            (_, Part::Progress) if is_clear_word(&written) => {
                (Theirs::Blank, Some(FindingCode::StatusNotClearable))
            }
            _ if is_clear_word(&written) => (Theirs::Clear, None),
            (_, Part::Progress) => progress(&written),
            (_, Part::Percent) => self.percent(cell, &written),
            (_, Part::CompletedOn) => self.day(cell, &written),
            (_, Part::Result | Part::Difficulties | Part::Proposals | Part::Note) => {
                (Theirs::Value(Value::Text(written.into())), None)
            }
        }
    }

    fn percent(&self, cell: &Cell, written: &str) -> Heard {
        let reading = match &cell.value {
            // Our column holds 0 to 100, so a small number is small, not a fraction, unless its format says so.
            CellValue::Number(number) => {
                let shown_as_percent = self.sheet.format_of(cell).contains('%');
                let column =
                    if shown_as_percent { PercentColumn::Fractions } else { PercentColumn::WholeNumbers };
                let mut reading = percent::read_number(*number, shown_as_percent, column);
                reading.findings.retain(|code| *code != FindingCode::PercentSuspicious);
                reading
            }
            CellValue::Text(_)
            | CellValue::Empty
            | CellValue::DateTime(_)
            | CellValue::Bool(_)
            | CellValue::Error(_) => percent::read_text(written),
        };
        let theirs = reading.value.map_or(Theirs::Blank, |value| Theirs::Value(Value::Percent(value)));
        (theirs, reading.findings.first().copied())
    }

    fn day(&self, cell: &Cell, written: &str) -> Heard {
        let day = match &cell.value {
            CellValue::Number(serial) => date::from_serial(*serial, self.workbook.date_1904),
            CellValue::DateTime(moment) => Some(moment.date()),
            CellValue::Text(_) | CellValue::Empty | CellValue::Bool(_) | CellValue::Error(_) => {
                date::parse(written)
            }
        };
        match day {
            Some(day) => (Theirs::Value(Value::Day(day)), None),
            None => (Theirs::Blank, Some(FindingCode::DayUnreadable)),
        }
    }
}

/// The label in the status cell. States of the office stand there as we wrote them; a unit does not state them.
fn progress(written: &str) -> Heard {
    let key = text::key(written);
    match Progress::ALL.into_iter().find(|progress| text::key(progress.label()) == key) {
        Some(Progress::AwaitingConfirmation) => (Theirs::Value(Value::Progress(Progress::Completed)), None),
        Some(progress @ (Progress::NotStarted | Progress::InProgress | Progress::Completed)) => {
            (Theirs::Value(Value::Progress(progress)), None)
        }
        Some(Progress::Suspended | Progress::Withdrawn | Progress::Transferred) => (Theirs::Blank, None),
        None => in_words(written),
    }
}

/// A status in the unit's own words, as the reader of other sheets understands it.
fn in_words(written: &str) -> Heard {
    let (status, noted) = status::of_words(written, None, &Legend::default());
    let found = noted.first().map(|(code, _)| *code);
    match status.value {
        None => (Theirs::Blank, found),
        Some(said) => match stated_progress(said) {
            Some(progress) => (Theirs::Value(Value::Progress(progress)), found),
            None => (Theirs::Blank, Some(FindingCode::StatusNeedsDecision)),
        },
    }
}

/// "Đã hoàn thành ngày 5/4/2020" gives the day where its own cell is empty.
fn take_day_of_words(says: &mut Parts<Said>) {
    let Some(Said { cell, raw: Some(raw), .. }) = says.get(&Part::Progress) else { return };
    if Progress::ALL.into_iter().any(|progress| progress.label() == &**raw) {
        return;
    }
    let (status, _) = status::of_words(raw, None, &Legend::default());
    let (Some(day), cell, raw) = (status.completed_on, *cell, Arc::clone(raw)) else { return };
    if says.get(&Part::CompletedOn).is_none_or(|said| said.theirs == Theirs::Blank && said.raw.is_none()) {
        says.insert(Part::CompletedOn, Said { theirs: Theirs::Value(Value::Day(day)), cell, raw: Some(raw) });
    }
}

/// A day of completion says something only beside "Đã hoàn thành". Where the status column is gone, it says nothing. The
/// word that clears it says the same everywhere.
fn ignore_day_of_open_task(says: &mut Parts<Said>, findings: &mut Vec<Finding>, sheet: &str) {
    let done = Theirs::Value(Value::Progress(Progress::Completed));
    if says.get(&Part::Progress).is_some_and(|said| said.theirs == done) {
        return;
    }
    if says.get(&Part::CompletedOn).is_none_or(|said| said.theirs == Theirs::Clear) {
        return;
    }
    let Some(said) = says.remove(&Part::CompletedOn) else { return };
    if let (Theirs::Value(_), Some((row, column))) = (&said.theirs, said.cell) {
        let detail = said.raw.as_deref().unwrap_or_default();
        findings.push(Finding::at(FindingCode::CompletedOnIgnored, sheet, row + 1, Some(column), detail));
    }
}

fn column_of(part: Part) -> Column {
    match part {
        Part::Progress => Column::Status,
        Part::Percent => Column::Percent,
        Part::CompletedOn => Column::CompletedOn,
        Part::Result => Column::Result,
        Part::Difficulties => Column::Difficulties,
        Part::Proposals => Column::Proposals,
        Part::Note => Column::Note,
    }
}

/// The wording of a row; where nobody has touched it, the task's own lies in memory already.
fn wording(written: &str, task: Option<&Keyed>) -> Arc<str> {
    let written = text::tidy(written);
    match task {
        Some(task) if *task.wording == *written => Arc::clone(&task.wording),
        Some(_) | None => written.into(),
    }
}

/// A cell as words, to the letter.
fn words(value: &CellValue) -> String {
    match value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
        CellValue::Number(number) => number.to_string(),
        CellValue::DateTime(moment) => date::official(moment.date()),
        CellValue::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
    }
}
