//! Columns in which something begins and ends: "Từ ngày | Đến ngày", "Bắt đầu | Kết thúc". The end is the deadline; the
//! beginning never is, whatever stands above the two.

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
/// Headings of ends.
const TO: [&str; 18] = [
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
    "ngay hoan thanh",
    "thoi gian hoan thanh",
    "ngay xong",
    "end",
    "end date",
    "to",
];
/// Ends that say so without a beginning beside them.
const PLAIN_TO: usize = 4;

/// Makes beginnings be nothing, and ends beside them the deadline.
pub(super) fn settle(headings: &mut [Heading]) {
    let leaf = |heading: &Heading| words(&heading.leaf);
    let begins = headings.iter().any(|heading| is_from(&leaf(heading)));
    for heading in headings {
        let key = leaf(heading);
        if is_from(&key) {
            heading.guesses = vec![Guess { meaning: Meaning::Other, weight: 1.0 }];
        } else if is_to(&key, begins) {
            heading.guesses.retain(|guess| guess.meaning != Meaning::Field(Field::Deadline));
            heading.guesses.retain(|guess| guess.meaning != Meaning::CompletedOn);
            heading.guesses.insert(0, Guess { meaning: Meaning::Field(Field::Deadline), weight: 0.95 });
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
