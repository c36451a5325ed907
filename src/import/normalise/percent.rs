//! Percents of a table: cell by cell, in the light of the whole column.

use crate::domain::finding::FindingCode;
use crate::domain::percent::{self, Percent, PercentColumn};
use crate::import::reading::{PercentValue, RawValue};
use crate::import::recognise::Grid;
use crate::sheet::cell::{Cell, Value};
use crate::sheet::meaning::PercentScale;
use crate::sheet::number_format::Shows;

/// A code with the detail that fills its sentence.
pub type Noted = (FindingCode, String);

/// What the bare numbers of a column of percents are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    bare: PercentColumn,
    /// Whether a person has said so about this file: nothing is left to be asked.
    told: bool,
}

impl Scale {
    /// The scale of a column, from all its cells in the rows of tasks.
    pub fn of<'c>(grid: &Grid<'_>, cells: impl Iterator<Item = &'c Cell>) -> Scale {
        let bare: Vec<f64> = cells
            .filter_map(|cell| match cell.value {
                Value::Number(number) if grid.shows(cell) != Shows::Percent => Some(number),
                Value::Number(_)
                | Value::Empty
                | Value::Text(_)
                | Value::DateTime(_)
                | Value::Bool(_)
                | Value::Error(_) => None,
            })
            .collect();
        let column = PercentColumn::of(bare.iter().copied());
        // One fraction that comes again and again, among zeros and ones, is a column of fractions too.
        let fractions = bare.iter().filter(|number| **number > 0.0 && **number < 1.0).count();
        let bare = if column == PercentColumn::Unknown && fractions >= 2 && bare.len() >= 3 {
            PercentColumn::Fractions
        } else {
            column
        };
        Scale { bare, told: false }
    }

    /// The scale in the light of what is known beforehand: a person's word about this file counts, memory only where
    /// the column itself leaves it open.
    #[must_use]
    pub fn expecting(self, answer: Option<PercentScale>, memory: Option<PercentScale>) -> Scale {
        let column = |scale| match scale {
            PercentScale::Whole => PercentColumn::WholeNumbers,
            PercentScale::Fractions => PercentColumn::Fractions,
        };
        match (answer, memory) {
            (Some(scale), _) => Scale { bare: column(scale), told: true },
            (None, Some(scale)) if self.bare == PercentColumn::Unknown => {
                Scale { bare: column(scale), told: true }
            }
            (None, _) => self,
        }
    }

    /// The scale, where it is known.
    pub fn known(self) -> Option<PercentScale> {
        match self.bare {
            PercentColumn::WholeNumbers => Some(PercentScale::Whole),
            PercentColumn::Fractions => Some(PercentScale::Fractions),
            PercentColumn::Unknown => None,
        }
    }
}

/// The percent of a cell.
pub fn read(grid: &Grid<'_>, cell: &Cell, text: Option<&str>, scale: Scale) -> (PercentValue, Vec<Noted>) {
    let formula = cell.formula;
    let value = |raw: Option<RawValue>, value: Option<Percent>| PercentValue { raw, value, formula };
    let (raw, reading) = match (&cell.value, text) {
        (Value::Number(number), _) => {
            let as_percent = grid.shows(cell) == Shows::Percent;
            (RawValue::Number(*number), percent::read_number(*number, as_percent, scale.bare))
        }
        (Value::Error(error), _) => {
            return (
                value(Some(RawValue::Text(error.to_string())), None),
                vec![(FindingCode::FormulaError, error.to_string())],
            );
        }
        (Value::Empty, _) if formula => {
            return (value(None, None), vec![(FindingCode::FormulaWithoutValue, String::new())]);
        }
        (Value::Empty | Value::Text(_) | Value::DateTime(_) | Value::Bool(_), None) => {
            return (value(None, None), Vec::new());
        }
        (Value::Empty | Value::Text(_) | Value::DateTime(_) | Value::Bool(_), Some(text)) => {
            (RawValue::Text(text.to_owned()), percent::read_text_in(text, scale.bare))
        }
    };
    let mut noted: Vec<Noted> =
        reading.findings.into_iter().map(|code| (code, shown(grid, cell, &raw))).collect();
    if scale.told {
        noted.retain(|(code, _)| *code != FindingCode::PercentSuspicious);
    }
    // With nothing else in the column to compare, 0.5 or 1 may be a share or a percent: ask, never guess.
    if scale.bare == PercentColumn::Unknown
        && noted.iter().any(|(code, _)| *code == FindingCode::PercentSuspicious)
    {
        noted.push((FindingCode::PercentScaleUnsure, shown(grid, cell, &raw)));
    }
    (value(Some(raw), reading.value), noted)
}

/// A percent as a finding about it shows it.
fn shown(grid: &Grid<'_>, cell: &Cell, raw: &RawValue) -> String {
    match raw {
        RawValue::Text(text) => text.clone(),
        RawValue::Number(number) if grid.shows(cell) == Shows::Percent => {
            format!("{}%", (number * 10_000.0).round() / 100.0)
        }
        RawValue::Number(number) => number.to_string(),
    }
}
