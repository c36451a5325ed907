//! Columns in which something begins and ends: "Từ ngày | Đến ngày", "Bắt đầu | Kết thúc". The end is the deadline unless
//! another heading names one; the beginning never is, whatever stands above the two.

use crate::import::vocabulary::headings::{Guess, Meaning};
use crate::import::vocabulary::words;
use crate::sheet::column::Field;

use super::header::Heading;

/// Headings of beginnings, as a whole or as first words.
const FROM: [&str; 14] = [
    "tu ngay",
    "tu thang",
    "tu",
    "bat dau",
    "ngay bat dau",
    "thang bat dau",
    "thoi gian bat dau",
    "thoi diem bat dau",
    "khoi cong",
    "ngay khoi cong",
    "khoi dau",
    "start",
    "start date",
    "from",
];
/// Headings of ends. "Ngày hoàn thành" is none: beside a beginning, too, it is the day on which a task was done.
const TO: [&str; 16] = [
    "den ngay",
    "den thang",
    "den het",
    "den het ngay",
    "den",
    "toi ngay",
    "ket thuc",
    "ngay ket thuc",
    "thang ket thuc",
    "thoi gian ket thuc",
    "thoi diem ket thuc",
    "hoan thanh",
    "thoi gian hoan thanh",
    "end",
    "end date",
    "to",
];
/// Ends that say so without a beginning beside them.
const PLAIN_TO: usize = 4;

/// A heading of this weight names the deadline itself.
const PLAIN: f64 = 0.8;

/// Makes beginnings be nothing, and ends beside them the deadline where no other heading names it.
pub(super) fn settle(headings: &mut [Heading]) {
    let leaf = |heading: &Heading| words(&heading.leaf);
    let begins = headings.iter().any(|heading| is_from(&leaf(heading)));
    let deadline = Meaning::Field(Field::Deadline);
    let names_it = |heading: &Heading| {
        let named = heading.guesses.first().filter(|guess| guess.meaning == deadline);
        named.is_some_and(|guess| guess.weight >= PLAIN) && !is_to(&leaf(heading), begins)
    };
    let is_named = headings.iter().any(|heading| !heading.covered && names_it(heading));
    for heading in headings {
        let key = leaf(heading);
        if is_from(&key) {
            heading.guesses = vec![Guess { meaning: Meaning::Other, weight: 1.0 }];
        } else if !is_named && is_to(&key, begins) {
            heading.guesses.retain(|guess| guess.meaning != deadline);
            heading.guesses.retain(|guess| guess.meaning != Meaning::CompletedOn);
            heading.guesses.insert(0, Guess { meaning: deadline, weight: 0.95 });
        }
    }
}

/// "Từ ngày", "Bắt đầu từ", "Thời gian thực hiện từ ngày"; not "Từ ngày ... đến ngày ...".
fn is_from(key: &str) -> bool {
    let ends = [" tu ngay", " tu thang", " hien tu", " gian tu"].iter().any(|end| key.ends_with(end));
    let begins =
        FROM.iter().skip(3).any(|from| key.strip_prefix(from).is_some_and(|rest| rest.starts_with(' ')));
    let both = key.split(' ').any(|word| matches!(word, "den" | "toi" | "thuc" | "xong"));
    (FROM.contains(&key) || ends || begins) && !both
}

fn is_to(key: &str, begins: bool) -> bool {
    let place = TO.iter().position(|to| *to == key);
    place.is_some_and(|place| begins || place < PLAIN_TO)
}
