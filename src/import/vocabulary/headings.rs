//! Headings of columns: what each may mean, and how plainly it says so.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::sheet::column::Field;

use super::{records, word_position, words};

mod fuzzy;
mod sense;

use fuzzy::fuzzy;

/// A meaning that a heading may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A field of the program.
    Field(Field),
    /// The day on which the unit completed: kept beside the status, never taken for the deadline.
    CompletedOn,
    /// A code of the sender's own or of the notice.
    Code,
    /// How many tasks: the mark of a summary table.
    Count,
    /// A later deadline that was asked for or agreed; deadlines change only by a decision of the office.
    Extension,
    /// Something else that has a name in the data (leader, product, budget, ...).
    Other,
}

impl Meaning {
    fn parse(name: &str) -> Meaning {
        match name {
            "completed_on" => Meaning::CompletedOn,
            "code" => Meaning::Code,
            "count" => Meaning::Count,
            "extension" => Meaning::Extension,
            _ => Field::parse(name).map_or(Meaning::Other, Meaning::Field),
        }
    }
}

/// A meaning with how plainly a heading says it, 0..1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The meaning.
    pub meaning: Meaning,
    /// 1 = says it plainly; below 0.7 the cells must agree.
    pub weight: f64,
}

struct Vocabulary {
    whole: HashMap<String, Vec<Guess>>,
    parts: Vec<(String, Guess)>,
    /// Every word of both.
    words: HashSet<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut whole: HashMap<String, Vec<Guess>> = HashMap::new();
    for record in records(include_str!("../../../seeds/vocabulary/headings.csv")) {
        let [meaning, heading, weight] = [0, 1, 2].map(|index| record.get(index).unwrap_or_default());
        let guess = Guess { meaning: Meaning::parse(meaning), weight: weight.parse().unwrap_or(1.0) };
        let guesses = whole.entry(words(heading)).or_default();
        if !guesses.iter().any(|known| known.meaning == guess.meaning) {
            guesses.push(guess);
        }
    }
    let parts = records(include_str!("../../../seeds/vocabulary/heading_words.csv"))
        .map(|record| {
            let [meaning, part, weight] = [0, 1, 2].map(|index| record.get(index).unwrap_or_default());
            let weight = weight.parse().unwrap_or(0.5);
            (words(part), Guess { meaning: Meaning::parse(meaning), weight })
        })
        .collect::<Vec<(String, Guess)>>();
    let all = whole.keys().chain(parts.iter().map(|(part, _)| part)).flat_map(|known| known.split(' '));
    let words = all.map(str::to_owned).collect();
    Vocabulary { whole, parts, words }
});

/// Longest heading that is looked up; longer texts are prose. The longest real heading in the data has 60 letters.
pub const LONGEST_HEADING: usize = 160;

/// A heading of this weight says plainly what it means.
const PLAIN: f64 = 0.8;

/// Below this a heading only hints.
const CLEAR: f64 = 0.5;

/// The first words of a heading say what it is about, whatever follows: they keep this much in a long one. Longer texts
/// are sentences.
const HEAD: f64 = 0.85;
const LONGEST_WITH_HEAD: usize = 12;

/// Each word that stands before the words looked for takes this much from them: the head of a heading comes first
/// ("Nội dung kết quả/Lý do chưa hoàn thành" is about the result, not the reason).
const LATER_WORD: f64 = 0.03;

/// What a heading may mean, best first. Empty when nothing in it is known.
pub fn guesses(heading: &str) -> Vec<Guess> {
    if heading.len() > LONGEST_HEADING * 2 {
        return Vec::new();
    }
    let heading = sense::without_own_number(heading);
    let key = words(heading);
    if key.is_empty() || key.len() > LONGEST_HEADING {
        return if heading.trim() == "#" { exact("stt") } else { Vec::new() };
    }
    let mut found = exact(&key);
    if found.is_empty() {
        found.extend(sense::by_choice(heading, &key));
    }
    if found.is_empty()
        && let Some(bare) = without_remark(heading)
    {
        found = guesses(&bare);
    }
    if found.is_empty() {
        // Of what the rest of a heading may mean only what it says plainly: "Kết quả tháng 5" is no status.
        found = without_period(&key).map_or_else(Vec::new, exact);
        found.retain(|guess| guess.weight >= PLAIN);
    }
    if found.is_empty() {
        found = spaced_out(&key);
    }
    if found.is_empty() {
        found = by_parts(&key);
        sense::limit(&mut found, heading, &key);
    }
    let weak = |found: &[Guess]| found.iter().all(|guess| guess.weight < 0.7);
    if weak(&found) {
        found.extend(fuzzy(&key));
    }
    if weak(&found)
        && let Some(written) = sense::written_out(&key)
    {
        found.extend(guesses(&written));
    }
    if found.iter().all(|guess| guess.weight < CLEAR) {
        found.extend(sense::by_head(&key));
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut best: Vec<Guess> = Vec::new();
    for guess in found {
        if !best.iter().any(|kept| kept.meaning == guess.meaning) {
            best.push(guess);
        }
    }
    best
}

/// A heading without the remark in brackets that says how to fill the column in: "Kết quả thực hiện (ghi rõ số, ký hiệu
/// văn bản)" is about the result. A single word in brackets is part of the heading: "Tiến độ (%)", "Đã hoàn thành (x)".
fn without_remark(heading: &str) -> Option<String> {
    let (before, rest) = heading.split_once('(')?;
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let bare = format!("{before} {after}");
    (words(inside).contains(' ') && !words(&bare).is_empty()).then_some(bare)
}

/// A heading without the month, quarter or year at its end: "KQ tháng 4/2020" is a "KQ".
fn without_period(key: &str) -> Option<&str> {
    const PERIODS: [&str; 6] = ["thang", "qui", "nam", "tuan", "ki", "dot"];
    let numbers = |c: char| c.is_ascii_digit() || c == ' ';
    let mut rest = key;
    loop {
        let before = rest.trim_end_matches(numbers);
        let before = ["iv", "iii", "ii", "i"]
            .iter()
            .find_map(|roman| before.strip_suffix(roman)?.strip_suffix(' '))
            .unwrap_or(before);
        let bare = PERIODS.iter().find_map(|period| before.strip_suffix(period)?.strip_suffix(' '));
        match bare.filter(|bare| before.len() < rest.len() && !bare.is_empty()) {
            Some(bare) => rest = bare,
            // "ngày 30 tháng 11 năm 2020" is no heading at all.
            None => {
                return (rest.len() < key.len() && !rest.contains(|c: char| c.is_ascii_digit()))
                    .then_some(rest);
            }
        }
    }
}

/// Whether a text is, as a whole, a heading in the data.
pub fn is_known(heading: &str) -> bool {
    let heading = sense::without_own_number(heading);
    let known = |heading: &str| VOCABULARY.whole.contains_key(&words(heading));
    known(heading) || without_remark(heading).is_some_and(|bare| known(&bare))
}

fn exact(key: &str) -> Vec<Guess> {
    // "Kết quả thực hiện đến ngày 15/4/2020" is "Kết quả thực hiện đến ngày": dates in a heading say nothing about it.
    let undated = key.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let known =
        VOCABULARY.whole.get(key).or_else(|| VOCABULARY.whole.get(undated).filter(|_| !undated.is_empty()));
    known.cloned().unwrap_or_default()
}

/// "T h ờ i  h ạ n": letters set apart for looks.
fn spaced_out(key: &str) -> Vec<Guess> {
    let letters = key.split(' ').filter(|part| part.len() == 1).count();
    let parts = key.split(' ').count();
    if parts < 3 || letters * 5 < parts * 4 {
        return Vec::new();
    }
    let joined = key.replace(' ', "");
    let mut known = VOCABULARY.whole.iter().filter(|(known, _)| known.replace(' ', "") == joined);
    known.next().map_or_else(Vec::new, |(_, guesses)| guesses.clone())
}

fn by_parts(key: &str) -> Vec<Guess> {
    let mut hits: Vec<(usize, usize, Guess)> = Vec::new();
    for (part, guess) in &VOCABULARY.parts {
        if let Some(position) = word_position(key, part) {
            hits.push((position, part.matches(' ').count() + 1, *guess));
        }
    }
    let covered = |position: usize, length: usize, guess: &Guess| {
        hits.iter().any(|(other, other_length, other_guess)| {
            *other_length > length
                && *other <= position
                && position + length <= other + other_length
                && other_guess.weight >= guess.weight
        })
    };
    let all = key.matches(' ').count() + 1;
    let known = (0..all)
        .filter(|word| hits.iter().any(|(at, length, _)| (*at..*at + *length).contains(word)))
        .count();
    // Half of the words of a heading are known words, or more; of a sentence only a few are.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let spoken = 0.5 + 0.5 * (2.0 * known as f64 / all as f64).min(1.0);
    hits.iter()
        .filter(|(position, length, guess)| !covered(*position, *length, guess))
        .map(|(position, length, guess)| {
            let whole_bonus = if *length == all { 0.05 } else { 0.0 };
            let head = *position == 0 && all <= LONGEST_WITH_HEAD;
            let spoken = if head { spoken.max(HEAD) } else { spoken };
            let late = LATER_WORD * f64::from(u8::try_from(*position).unwrap_or(u8::MAX));
            Guess { weight: ((guess.weight - late + whole_bonus) * spoken).max(0.05), ..*guess }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(heading: &str) -> Option<Meaning> {
        guesses(heading).first().map(|guess| guess.meaning)
    }

    #[test]
    fn headings_mean_what_their_words_say() {
        for (heading, field) in [
            ("TT", Field::Stt),
            ("Nội dung kết luận,\nchỉ đạo của Bộ trưởng", Field::Content),
            ("Nội dung các nhiệm vụ Bộ giao cho Sở", Field::Content),
            ("Đơn vị / bộ phận chủ trì", Field::LeadUnit),
            ("Các đơn vị phối hợp thực hiện", Field::CoordinatingUnits),
            ("Thời hạn phải hoàn thành", Field::Deadline),
            ("Tỷ lệ % đã đạt", Field::Percent),
            ("Kết quả thực hiện đến ngày 15/4/2020", Field::Result),
            ("Nội dung kết quả/Lý do chưa hoàn thành", Field::Result),
            ("Khó khăn, vướng mắc trong thực hiện", Field::Difficulties),
            ("Kiến nghị, đề xuất của địa phương", Field::Proposals),
            ("Tình trạng xử lí", Field::Status),
            ("G/c", Field::Note),
            ("Kết quả thực hiện nhiệm vụ", Field::Result),
            ("Số, ký hiệu văn bản giao", Field::DocNo),
        ] {
            assert_eq!(first(heading), Some(Meaning::Field(field)), "{heading}");
        }
    }

    #[test]
    fn other_columns_are_not_taken_for_fields() {
        for heading in ["Lãnh đạo phụ trách", "Ngày văn bản", "Sản phẩm", "Điện thoại", "Nguồn giao"]
        {
            assert_eq!(first(heading), Some(Meaning::Other), "{heading}");
        }
        assert_eq!(first("Ngày hoàn thành thực tế"), Some(Meaning::CompletedOn));
        assert_eq!(first("Đề nghị gia hạn đến"), Some(Meaning::Extension));
        assert_eq!(first("Mã NV"), Some(Meaning::Code));
        assert_eq!(first("Tổng số nhiệm vụ được giao"), Some(Meaning::Count));
    }

    #[test]
    fn a_slip_of_the_pen_is_forgiven() {
        assert_eq!(first("Thời hạn hoàn thàn"), Some(Meaning::Field(Field::Deadline)));
        assert_eq!(first("Ghi chu"), Some(Meaning::Field(Field::Note)));
        assert_eq!(first("T h ờ i  h ạ n"), Some(Meaning::Field(Field::Deadline)));
        for heading in ["KQ tháng 4", "KQ tháng 4/2020", "KQ quý II/2020", "KQ tháng 4 năm 2020", "KQ quý IV"]
        {
            assert_eq!(first(heading), Some(Meaning::Field(Field::Result)), "{heading}");
        }
        assert_eq!(without_period("so lieu nam"), None);
        assert_eq!(without_period("ngay 30 thang 11 nam 2020"), None);
        assert_eq!(first("K Q"), None);
    }
}
