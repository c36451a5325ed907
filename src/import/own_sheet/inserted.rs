//! Rows of our own sheet without a key: inserted by hand, pasted from elsewhere, or below the table. Which task they
//! speak of is told by code and wording; what stands below the table and is no report is left out.

use std::cell::OnceCell;
use std::collections::HashMap;

use uuid::Uuid;

use super::{Keyed, Located, words};
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::text;
use crate::import::rows::phrases::{is_closing, is_note, is_signature, is_total, place_and_date};
use crate::sheet::cell::{Sheet, Value};
use crate::sheet::template::Column;

/// A finding names at most so many rows.
const MOST_NAMED: usize = 10;

/// By what the task of a row is known.
pub(super) enum Known<'t> {
    /// By its key.
    Key(&'t Keyed),
    /// By its key, although its code or its wording was changed to this.
    Reworded(&'t Keyed, String),
    /// By its code and its wording.
    Words(&'t Keyed),
    /// Not surely: its key leads to the first, and it is worded as one of the others or as none.
    Torn(&'t Keyed, Vec<&'t Keyed>),
    /// Not surely: it may be one of these.
    Maybe(Vec<&'t Keyed>),
}

impl<'t> Known<'t> {
    /// The same, as no more than a proposal.
    pub(super) fn asked(self) -> Known<'t> {
        match self {
            Known::Words(task) => Known::Maybe(vec![task]),
            Known::Key(_) | Known::Reworded(..) | Known::Torn(..) | Known::Maybe(_) => self,
        }
    }
}

/// The tasks of the unit by what is written about them; put together when a row asks.
pub(super) struct ByWords<'t> {
    tasks: &'t HashMap<Uuid, Keyed>,
    indexes: OnceCell<[HashMap<String, Vec<&'t Keyed>>; 2]>,
}

impl<'t> ByWords<'t> {
    pub(super) fn new(tasks: &'t HashMap<Uuid, Keyed>) -> ByWords<'t> {
        ByWords { tasks, indexes: OnceCell::new() }
    }

    /// By code as printed in the notice, and by wording.
    fn indexes(&self) -> &[HashMap<String, Vec<&'t Keyed>>; 2] {
        self.indexes.get_or_init(|| {
            let mut indexes = [HashMap::new(), HashMap::new()];
            for task in self.tasks.values() {
                let printed = task.code.split('@').next().unwrap_or_default();
                let [by_code, by_wording] = &mut indexes;
                for (index, written) in [(by_code, printed), (by_wording, &*task.wording)] {
                    let same: &mut Vec<&'t Keyed> = index.entry(text::key(written)).or_default();
                    same.push(task);
                }
            }
            indexes
                .iter_mut()
                .flat_map(HashMap::values_mut)
                .for_each(|same| same.sort_by(|a, b| a.code.cmp(&b.code)));
            indexes
        })
    }

    /// The task of a row with a key: whoever copies a row and writes over what he sees copies the hidden key too.
    pub(super) fn of_keyed(
        &self,
        sheet: &Sheet,
        located: &Located,
        (row, task): (u32, &'t Keyed),
    ) -> Known<'t> {
        let printed = task.code.split('@').next().unwrap_or_default();
        let is_plain = |(column, known): (Column, &str)| {
            let cell = located.columns.get(&column).and_then(|at| sheet.cell(row, *at));
            cell.is_none_or(|cell| matches!(&cell.value, Value::Text(text) if **text == *known))
        };
        let own = [(Column::Code, printed), (Column::Content, &*task.wording)];
        if own.into_iter().all(is_plain) {
            return Known::Key(task);
        }
        let said = own.map(|(column, known)| {
            let written = written(sheet, located, (row, column));
            let same = written.is_empty() || text::key(&written) == text::key(known);
            (written, same)
        });
        let [(code, same_code), (wording, same_wording)] = &said;
        if *same_code && *same_wording {
            return Known::Key(task);
        }
        let found = self.indexes().iter().zip(&said).filter(|(_, (_, same))| !same);
        let found = found.filter_map(|(index, (written, _))| index.get(&text::key(written)));
        let mut others: Vec<&Keyed> = found.flatten().filter(|other| **other != task).copied().collect();
        others.sort_by(|a, b| a.code.cmp(&b.code));
        others.dedup();
        let is_held = *same_code && !code.is_empty() || *same_wording && !wording.is_empty();
        if others.is_empty() && is_held {
            let changed = if *same_code { wording } else { code };
            return Known::Reworded(task, changed.clone());
        }
        Known::Torn(task, others)
    }

    /// The task of a row: code and wording agree, or there is no code and the wording is one task's own. Anything less is
    /// a proposal.
    pub(super) fn of_row(&self, sheet: &Sheet, located: &Located, row: u32) -> Known<'t> {
        let said = |column| text::key(&written(sheet, located, (row, column)));
        let (code, wording) = (said(Column::Code), said(Column::Content));
        if code.is_empty() && wording.is_empty() {
            return Known::Maybe(Vec::new());
        }
        let [by_code, by_wording] = self.indexes();
        let coded = by_code.get(&code).map_or(&[][..], Vec::as_slice);
        let worded = by_wording.get(&wording).map_or(&[][..], Vec::as_slice);
        let both: Vec<&Keyed> = coded.iter().filter(|task| worded.contains(task)).copied().collect();
        match (both.as_slice(), worded) {
            ([task], _) => Known::Words(task),
            ([], [task]) if code.is_empty() => Known::Words(task),
            ([], _) => {
                let rest = worded.iter().filter(|task| !coded.contains(task));
                Known::Maybe(coded.iter().chain(rest).copied().collect())
            }
            (several, _) => Known::Maybe(several.to_vec()),
        }
    }
}

/// Rows without a key that say something, and what is said of the others.
pub(super) struct Inserted<'t> {
    pub(super) rows: Vec<(u32, Known<'t>)>,
    pub(super) findings: Vec<Finding>,
}

/// The rows without a key, from the top.
pub(super) fn find<'t>(sheet: &Sheet, located: &Located, by_words: &ByWords<'t>) -> Inserted<'t> {
    let texts = |row: u32| -> Vec<String> {
        let columns = Column::ALL.into_iter().filter(|column| *column != Column::Key);
        columns.map(|column| written(sheet, located, (row, column))).filter(|text| !text.is_empty()).collect()
    };
    let said: Vec<(u32, Vec<String>)> = located
        .keyless
        .iter()
        .map(|row| (*row, texts(*row)))
        .filter(|(_, texts)| !texts.is_empty())
        .collect();
    let known: Vec<Known<'t>> = said.iter().map(|(row, _)| by_words.of_row(sheet, located, *row)).collect();
    let is_row = |(row, known): (u32, &Known<'t>)| {
        let is_worded = |column| !written(sheet, located, (row, column)).is_empty();
        !matches!(known, Known::Maybe(tasks) if tasks.is_empty())
            || is_worded(Column::Number) && is_worded(Column::Content)
    };
    let inserted =
        said.iter().map(|(row, _)| *row).zip(&known).filter(|row| is_row(*row)).map(|(row, _)| row);
    let last = located.keys.iter().map(|(row, _)| *row).chain(inserted).max();
    let mut found = Inserted { rows: Vec::new(), findings: Vec::new() };
    let (mut by_code, mut lines, mut is_signed) = (Vec::new(), Vec::new(), false);
    for ((row, texts), known) in said.into_iter().zip(known) {
        if last.is_none_or(|last| row > last) {
            let any = |is: fn(&str) -> bool| texts.iter().any(|text| is(text));
            // Names stand below the signatures.
            is_signed |= any(is_signature) || any(|text| place_and_date(text).is_some());
            if is_signed || any(is_total) {
                continue;
            }
            if any(is_note) || any(is_closing) {
                lines.push(row);
                continue;
            }
        }
        if matches!(known, Known::Words(_)) {
            by_code.push(row);
        }
        found.rows.push((row, known));
    }
    for (code, rows) in [(FindingCode::KeyByCode, by_code), (FindingCode::LinesNotRead, lines)] {
        found.findings.extend(
            named(&rows).map(|detail| Finding {
                sheet: Some(sheet.name.clone()),
                ..Finding::of_workbook(code, detail)
            }),
        );
    }
    found
}

/// Rows as a finding names them.
fn named(rows: &[u32]) -> Option<String> {
    let names: Vec<String> = rows.iter().take(MOST_NAMED).map(|row| (row + 1).to_string()).collect();
    let more = rows.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(", … (còn {more} dòng)") } else { String::new() };
    (!rows.is_empty()).then(|| format!("{}{more}", names.join(", ")))
}

fn written(sheet: &Sheet, located: &Located, (row, column): (u32, Column)) -> String {
    let cell = located.columns.get(&column).and_then(|at| sheet.cell(row, *at));
    cell.map_or_else(String::new, |cell| text::tidy(&words(&cell.value)))
}
