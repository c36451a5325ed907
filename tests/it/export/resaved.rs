//! A sheet that LibreOffice opened and saved again.

use giaoban::domain::history::AssignmentState;
use giaoban::domain::percent::Percent;
use giaoban::domain::progress::Progress;
use giaoban::export::round_trip::write;

use super::content::day;
use super::exact::{comes_back, rows};
use super::round_trip::content;
use super::texts::hostile;
use crate::support::office::converted;

#[test]
fn what_libreoffice_saves_again_says_the_same() {
    // Control characters are the exception: LibreOffice drops them, and so would a person.
    let texts = hostile().into_iter().filter(|text| !text.contains(|c: char| c.is_control() && c != '\n'));
    let states: Vec<AssignmentState> = (0..)
        .zip(texts)
        .map(|(number, text)| {
            let mut state = AssignmentState::initial(Some(day("2020-06-29")));
            state.progress = Progress::ALL[number % 7];
            (state.result, state.note) = (Some(text.as_str().into()), Some(text.into()));
            state.completed_on = Some(day("2020-03-15"));
            state.percent = Percent::from_hundredths(6555);
            state
        })
        .collect();
    let bytes = write(&content(rows(&states))).unwrap();
    if let Some(again) = converted(&bytes, "xlsx") {
        drop(comes_back(&again, &states));
    }
}
