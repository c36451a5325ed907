//! Percents of assignments: 0.00 to 100.00, read from text or from a number with its format.
//!
//! Rules (design.md section 2): a cell formatted `0%` with 0.655 is 65.5; "50,5%" is 50.5; a bare 0.5 in a column of
//! whole numbers is a finding; above 100 or negative is an error and gives no value.

use super::finding::FindingCode;
use super::text::{is_blank, is_dash, plain_key, words};

/// A percent in hundredths: 0 to 10000 (65.5 % = 6550). Exact, so that sums and comparisons are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

impl Percent {
    /// 100 %.
    pub const FULL: Percent = Percent(10_000);
    /// 0 %.
    pub const ZERO: Percent = Percent(0);

    /// From hundredths of a percent, 0 to 10000.
    pub fn from_hundredths(hundredths: i64) -> Option<Percent> {
        u16::try_from(hundredths).ok().filter(|h| *h <= 10_000).map(Percent)
    }

    /// Hundredths of a percent.
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// On the scale 0..100.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// As printed: 50%, 65,5%, 98,62% (decimal comma, no zeros at the end).
impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}%"),
            part if part % 10 == 0 => write!(f, "{whole},{}%", part / 10),
            part => write!(f, "{whole},{part:02}%"),
        }
    }
}

/// The reading of a percent cell.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentReading {
    /// The percent, when usable.
    pub value: Option<Percent>,
    /// Findings about it.
    pub findings: Vec<FindingCode>,
}

impl PercentReading {
    fn of(value: Option<Percent>) -> PercentReading {
        PercentReading { value, findings: Vec::new() }
    }

    fn fault(finding: FindingCode) -> PercentReading {
        PercentReading { value: None, findings: vec![finding] }
    }
}

/// What the bare numbers of a column (no percent format, no % sign) are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentColumn {
    /// 0 to 100: a lone 0.5 is suspicious.
    WholeNumbers,
    /// 0 to 1: 0.5 means 50 %.
    Fractions,
    /// Too little to tell; a number up to 1 is suspicious.
    Unknown,
}

impl PercentColumn {
    /// What the bare numbers of a column are, from all of them: several different values strictly between 0 and 1 are one
    /// of fractions; a number above 1 makes it a column of whole numbers, unless there are more fractions than such numbers
    /// and none is above 2 (1.25 among shares of a plan is 125 %, and 0.6 is not 0.6 %).
    pub fn of(bare_numbers: impl Iterator<Item = f64>) -> PercentColumn {
        let (mut fractions, mut between, mut above) = (Vec::new(), 0, 0);
        for number in bare_numbers {
            if number > 2.0 {
                return PercentColumn::WholeNumbers;
            }
            above += usize::from(number > 1.0);
            if number > 0.0 && number < 1.0 {
                between += 1;
                if !fractions.contains(&number) {
                    fractions.push(number);
                }
            }
        }
        match (fractions.len() >= 2, above > 0) {
            (true, _) if between > above => PercentColumn::Fractions,
            (_, true) => PercentColumn::WholeNumbers,
            (_, false) => PercentColumn::Unknown,
        }
    }
}

/// The percent of a number cell. `percent_format` when its number format shows percents (`0%`, `0.00%`): the stored
/// number is then a fraction whatever the column holds.
pub fn read_number(number: f64, percent_format: bool, column: PercentColumn) -> PercentReading {
    let suspicious = match column {
        PercentColumn::WholeNumbers => number > 0.0 && number < 1.0,
        PercentColumn::Unknown => number > 0.0 && number <= 1.0,
        PercentColumn::Fractions => false,
    };
    if percent_format || column == PercentColumn::Fractions {
        return checked(number * 100.0);
    }
    let mut reading = checked(number);
    if suspicious {
        reading.findings.push(FindingCode::PercentSuspicious);
    }
    reading
}

/// A number on the scale 0..100 as a percent, or why it is none.
fn checked(percent: f64) -> PercentReading {
    // A hundredth of a hundredth more is the rounding of a calculation and not more than all.
    if !percent.is_finite() {
        PercentReading::fault(FindingCode::PercentUnreadable)
    } else if percent > 100.000_1 {
        PercentReading::fault(FindingCode::PercentOver100)
    } else if percent < -0.000_1 {
        PercentReading::fault(FindingCode::PercentNegative)
    } else {
        #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
        let hundredths = (percent * 100.0).round() as i64;
        PercentReading::of(Percent::from_hundredths(hundredths))
    }
}

/// The percent written in a text: "50,5%", "đạt 50%", "khoảng 70 %", "46 (82%)". Blank or a dash is no percent;
/// ranges, fractions ("1/2") and words without a number are findings.
pub fn read_text(raw: &str) -> PercentReading {
    read_text_in(raw, PercentColumn::WholeNumbers)
}

/// As [`read_text`], for a text without % sign in a column whose bare numbers are known ("0,5" among fractions).
pub fn read_text_in(raw: &str, column: PercentColumn) -> PercentReading {
    if raw.chars().all(|c| is_blank(c) || is_dash(c)) {
        return PercentReading::of(None);
    }
    let plain = plain_key(raw);
    let Some(numbers) = numbers(&plain) else {
        return PercentReading::fault(FindingCode::PercentUnreadable);
    };
    let with_sign: Vec<&Written> = numbers.iter().filter(|number| number.signed).collect();
    let (number, in_column) = match (with_sign.as_slice(), numbers.as_slice()) {
        ([one], _) => (*one, PercentColumn::WholeNumbers),
        ([], [one]) if only_known_words(&plain) => (one, column),
        _ => return PercentReading::fault(FindingCode::PercentUnreadable),
    };
    if says_something_else(&plain) {
        return PercentReading::fault(FindingCode::PercentUnreadable);
    }
    match number.bound {
        Some('<') => PercentReading::fault(FindingCode::PercentUnreadable),
        // "> 100": more than all, even though 100 itself would do.
        Some('>') if number.value >= 100.0 => PercentReading::fault(FindingCode::PercentOver100),
        Some('>') => PercentReading::fault(FindingCode::PercentUnreadable),
        // "Gần 100%" is not all, and nobody knows how much it is.
        _ if number.value >= 100.0 && words(&plain).next() == Some("gan") => {
            PercentReading::fault(FindingCode::PercentUnreadable)
        }
        _ if number.signed => checked(number.value),
        _ => read_number(number.value, false, in_column),
    }
}

/// Whether words right before the first number make it something else than the share done: "còn 20%", "chưa đạt 50%". "Chưa
/// thực hiện (0%)" is none.
fn says_something_else(plain: &str) -> bool {
    let before = plain.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let near: Vec<&str> = words(before.rsplit('(').next().unwrap_or_default()).collect();
    near.iter().rev().take(2).any(|word| OTHER.contains(word))
}

/// Words that make a number after them something else than the share done.
const OTHER: [&str; 8] = ["con", "thieu", "tang", "giam", "duoi", "chua", "khong", "them"];

/// A number in a text.
struct Written {
    value: f64,
    /// "%" or "phần trăm" follows.
    signed: bool,
    /// "<" or ">" stands before it.
    bound: Option<char>,
}

/// Words that may stand beside a bare number without making it something else than a percent.
const BESIDE: [&str; 12] =
    ["dat", "khoang", "duoc", "uoc", "gan", "hoan", "thanh", "xong", "ti", "le", "phan", "tram"];

fn only_known_words(plain: &str) -> bool {
    words(plain).all(|word| BESIDE.contains(&word) || word.chars().all(|c| c.is_ascii_digit()))
}

/// The numbers of a text; none when there is no number, when two of them are the ends of a range ("50-60%", "50 đến
/// 60%"), or when one cannot be read. A fraction ("3/5 chỉ tiêu") is a number that is no percent.
fn numbers(plain: &str) -> Option<Vec<Written>> {
    let mut numbers = Vec::new();
    let mut rest = plain;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let lead = rest[..start].trim_end();
        let (digits, after) = split_digits(&rest[start..]);
        if let Some(over) = number_after(after, &["/"]) {
            let (whole, after) = split_digits(over);
            // "50/100" is a percent in so many words; any other fraction counts something.
            let value = parse_number(digits).filter(|_| whole == "100").unwrap_or(f64::NAN);
            numbers.push(Written { value, signed: false, bound: None });
            rest = after;
            continue;
        }
        if number_after(after.trim_start_matches([' ', '%']), &["-", "~", "den "]).is_some() {
            return None;
        }
        let value = parse_number(digits)?;
        let last = lead.chars().next_back();
        numbers.push(Written {
            // After words a dash parts them from the number: "Đang thực hiện - 25%".
            value: if last == Some('-') && !after_words(lead) { -value } else { value },
            signed: after.trim_start().starts_with('%') || after.trim_start().starts_with("phan tram"),
            bound: last.filter(|sign| matches!(sign, '<' | '>')),
        });
        rest = after;
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// Whether a dash at the end of a text follows words.
fn after_words(lead: &str) -> bool {
    lead.trim_end_matches('-').trim_end().ends_with(|c: char| c.is_alphabetic() || c == ')')
}

/// The digits with their separators at the beginning of a text, and the rest.
fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    text.split_at(text[..end].trim_end_matches(['.', ',']).len())
}

/// The text from a number on that follows one of these joints.
fn number_after<'a>(text: &'a str, joints: &[&str]) -> Option<&'a str> {
    let text = text.trim_start();
    let after = joints.iter().find_map(|joint| text.strip_prefix(joint))?.trim_start();
    after.starts_with(|c: char| c.is_ascii_digit()).then_some(after)
}

/// A number with a decimal comma or point; dots and commas between groups of three are left out.
fn parse_number(digits: &str) -> Option<f64> {
    let separators = digits.matches(['.', ',']).count();
    match separators {
        // "1.000" is a thousand to one and one to another.
        1 if digits.ends_with(".000") => None,
        0 | 1 => digits.replace(',', ".").parse().ok(),
        _ if digits.split(['.', ',']).skip(1).all(|group| group.len() == 3) => {
            digits.replace(['.', ','], "").parse().ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
