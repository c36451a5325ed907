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
    /// What the bare numbers of a column are, from all of them: one above 1 makes it a column of whole numbers; several
    /// different values strictly between 0 and 1, and none above 1, one of fractions.
    pub fn of(bare_numbers: impl Iterator<Item = f64>) -> PercentColumn {
        let mut fractions: Vec<f64> = Vec::new();
        for number in bare_numbers {
            if number > 1.0 {
                return PercentColumn::WholeNumbers;
            }
            if number > 0.0 && number < 1.0 && !fractions.contains(&number) {
                fractions.push(number);
            }
        }
        if fractions.len() >= 2 { PercentColumn::Fractions } else { PercentColumn::Unknown }
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
    match number.bound {
        Some('<') => PercentReading::fault(FindingCode::PercentUnreadable),
        // "> 100": more than all, even though 100 itself would do.
        Some('>') if number.value >= 100.0 => PercentReading::fault(FindingCode::PercentOver100),
        Some('>') => PercentReading::fault(FindingCode::PercentUnreadable),
        _ if number.signed => checked(number.value),
        _ => read_number(number.value, false, in_column),
    }
}

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

/// The numbers of a text; none when one of them is part of a range, a fraction, a date or a code.
fn numbers(plain: &str) -> Option<Vec<Written>> {
    let mut numbers = Vec::new();
    let mut rest = plain;
    let mut before = "";
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        before = if start > 0 { &rest[..start] } else { before };
        let from = &rest[start..];
        let end = from.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(from.len());
        let digits = from[..end].trim_end_matches(['.', ',']);
        let after = from[digits.len()..].trim_start();
        let lead = before.trim_end();
        let negative = lead.ends_with('-');
        let signed = after.starts_with('%') || after.starts_with("phan tram");
        // "50-60%", "từ 50 đến 60%", "3/5": two numbers that are one value.
        let joins = |text: &str| {
            let text = text.trim_start_matches('%').trim_start();
            let second = text.strip_prefix(['-', '/', '~']).or_else(|| text.strip_prefix("den "));
            second.is_some_and(|second| second.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        };
        let slash = after
            .strip_prefix('/')
            .is_some_and(|over| over.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        if joins(after) && !slash {
            return None;
        }
        if slash {
            // "3/5 chỉ tiêu (60%)": the fraction is skipped, a percent beside it counts.
            let over = after[1..].trim_start();
            let past = over.find(|c: char| !c.is_ascii_digit()).unwrap_or(over.len());
            numbers.push(Written { value: f64::NAN, signed: false, bound: None });
            rest = &over[past..];
            before = "";
            continue;
        }
        let value = parse_number(digits)?;
        let bound = lead.chars().next_back().filter(|c| matches!(c, '<' | '>'));
        numbers.push(Written { value: if negative { -value } else { value }, signed, bound });
        rest = &from[digits.len()..];
        before = "";
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// A number with a decimal comma or point; dots and commas between groups of three are left out.
fn parse_number(digits: &str) -> Option<f64> {
    let separators = digits.matches(['.', ',']).count();
    match separators {
        0 | 1 => digits.replace(',', ".").parse().ok(),
        _ => {
            let grouped = digits.split(['.', ',']).skip(1).all(|group| group.len() == 3);
            grouped.then(|| digits.replace(['.', ','], "").parse().ok())?
        }
    }
}

#[cfg(test)]
mod tests;
