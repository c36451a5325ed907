//! The same task twice in a workbook: with the same values a warning (which says whether texts are put together), with
//! others an error.

use std::collections::BTreeMap;

use crate::domain::finding::{Finding, FindingCode};
use crate::domain::text;
use crate::import::reading::{Decision, RowKind, RowReading, TableReading};
use crate::sheet::column::Field;

/// A finding names at most this many of the other rows; naming all of them in each would be no help, and a task that
/// stands in a thousand rows would cost a million names.
const MOST_NAMED: usize = 10;

/// Notes rows that report on the same task.
pub fn note(tables: &mut [TableReading]) {
    let mut rows: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        for (number, row) in table.rows.iter().enumerate() {
            // A row of another province speaks of another assignment.
            // Nor does a row of an earlier period contradict the latest.
            let apart = [FindingCode::ProvinceMismatch, FindingCode::EarlierPeriod];
            let own = row.findings.iter().all(|finding| !apart.contains(&finding.code));
            let linked = matches!(row.matched.decision, Decision::Sure | Decision::Likely)
                && row.kind != RowKind::Heading
                && own;
            if let Some(task) = row.matched.task.as_deref().filter(|_| linked) {
                rows.entry(task).or_default().push((at, number));
            }
        }
    }
    let several: Vec<_> = rows.into_values().filter(|places| places.len() > 1).collect();
    for places in several {
        let seen = |(table, row): &(usize, usize)| &tables[*table].rows[*row];
        let same = places.windows(2).all(|pair| says_the_same(seen(&pair[0]), seen(&pair[1])));
        let code = if same { FindingCode::DuplicateIdentical } else { FindingCode::DuplicateContradictory };
        let words = same && places.windows(2).all(|pair| has_the_same_words(seen(&pair[0]), seen(&pair[1])));
        let several_sheets =
            places.iter().any(|(table, _)| tables[*table].sheet != tables[places[0].0].sheet);
        let name = |place: &(usize, usize)| {
            let row = seen(place).row + 1;
            if several_sheets { format!("{row} ({})", tables[place.0].sheet) } else { row.to_string() }
        };
        // Of one more than are named, so that each row is told of the first ones that it is not.
        let names: Vec<String> = places.iter().take(MOST_NAMED + 1).map(name).collect();
        let unnamed = (places.len() - 1).saturating_sub(MOST_NAMED);
        let besides = |own: usize| {
            let others = names.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, name)| name.clone());
            let more = (unnamed > 0).then(|| format!("… (còn {unnamed} dòng)"));
            let others = others.take(MOST_NAMED).chain(more).collect::<Vec<_>>().join(", ");
            if same { identical(&others, words) } else { others }
        };
        let details: Vec<String> = (0..names.len()).map(besides).collect();
        for (own, (table, row)) in places.iter().enumerate() {
            let TableReading { sheet, rows, .. } = &mut tables[*table];
            let row = &mut rows[*row];
            // All rows after those named are told the same.
            let detail = details[own.min(MOST_NAMED)].as_str();
            row.findings.push(Finding::at(code, sheet, row.row + 1, None, detail));
        }
    }
}

/// How rows about the same task say the same, behind their numbers. Nobody is told that texts are the same which are put
/// together.
pub(super) fn identical(rows: &str, words: bool) -> String {
    match words {
        true => format!("{rows} với cùng giá trị"),
        false => format!("{rows} với cùng tình trạng và tỷ lệ; lời văn khác nhau được ghép lại"),
    }
}

/// Status, percent and deadline decide; a result may be worded in two ways.
fn says_the_same(a: &RowReading, b: &RowReading) -> bool {
    a.status.value == b.status.value
        && a.percent.value == b.percent.value
        && a.deadline.0.due == b.deadline.0.due
}

/// Whether nothing is to be put together.
fn has_the_same_words(a: &RowReading, b: &RowReading) -> bool {
    let said = |row: &RowReading, field| row.texts.get(&field).and_then(Option::as_deref).map(text::tidy);
    let all = [Field::Result, Field::Difficulties, Field::Proposals, Field::Note];
    all.into_iter().all(|field| said(a, field).unwrap_or_default() == said(b, field).unwrap_or_default())
}
