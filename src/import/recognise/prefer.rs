//! Which of several columns of one meaning counts: the latest of several months, the share done so far, the deadline that
//! was given and not the one the unit set itself.

use crate::import::periods::{Period, of_heading};
use crate::import::vocabulary::{word_position, words};
use crate::sheet::column::Field;

use super::columns::Column;

/// Of several columns for one field, each of its own month or quarter ("Kết quả tháng 3", "Kết quả tháng 4"), the latest
/// that has values counts: what was reported then is known already.
pub(super) fn latest(columns: &[Column<'_>], scores: &mut [(u32, Field, f64)]) {
    let period = |number: u32| {
        let column = columns.iter().find(|column| column.number == number && column.looks.filled > 0)?;
        of_heading(&column.heading?.text)
    };
    for field in [Field::Result, Field::Percent, Field::Status, Field::Difficulties, Field::Proposals] {
        let dated = scores.iter().filter(|(_, of, _)| *of == field);
        let dated: Vec<(u32, Period, f64)> =
            dated.filter_map(|(number, _, score)| Some((*number, period(*number)?, *score))).collect();
        let latest = dated.iter().max_by_key(|(_, period, _)| *period);
        let best = dated.iter().map(|(_, _, score)| *score).fold(0.0, f64::max);
        let Some((latest, last, own)) = latest.filter(|_| dated.len() >= 2) else { continue };
        // The cells of the latest speak for the meaning as those of the others do.
        let alike = best - *own <= 0.3;
        let same_kind = dated.iter().all(|(_, period, _)| period.kind == last.kind);
        for (number, of, score) in scores.iter_mut() {
            if same_kind && alike && of == &field && number == latest {
                *score = best + 0.01;
            }
        }
    }
}

/// Of a share done in the month and a share done so far the latter counts.
pub(super) fn so_far(columns: &[Column<'_>], scores: &mut [(u32, Field, f64)]) {
    let so_far = |number: u32| {
        let column = columns.iter().find(|column| column.number == number);
        column
            .and_then(|column| column.heading)
            .is_some_and(|heading| words(&heading.text).contains("luy ke"))
    };
    let best = scores.iter().filter(|(_, field, _)| *field == Field::Percent).map(|(_, _, score)| *score);
    let best = best.fold(0.0, f64::max);
    for (number, _, score) in scores.iter_mut().filter(|(_, field, _)| *field == Field::Percent) {
        if so_far(*number) {
            *score = best + 0.01;
        }
    }
}

/// Of several deadlines the one that the notice or the ministry gave counts, not the one by which a room is to be ready.
pub(super) fn given(columns: &[Column<'_>], scores: &mut [(u32, Field, f64)]) {
    const GIVEN: [&str; 8] =
        ["bo giao", "bo truong", "cua bo", "theo tb", "thong bao", "ket luan", "bo yeu cau", "theo van ban"];
    const OWN: [&str; 8] =
        ["noi bo", "so giao", "phong", "so dat", "tu dat", "dang ki", "don vi de ra", "so yeu cau"];
    let says = |number: u32, list: &[&str]| {
        let column = columns.iter().find(|column| column.number == number);
        let key = column.and_then(|column| column.heading).map(|heading| words(&heading.text));
        key.is_some_and(|key| list.iter().any(|word| word_position(&key, word).is_some()))
    };
    for (number, _, score) in scores.iter_mut().filter(|(_, field, _)| *field == Field::Deadline) {
        if says(*number, &GIVEN) {
            *score += 0.02;
        } else if says(*number, &OWN) {
            *score -= 0.02;
        }
    }
}
