//! Stand-in for `domain::statistics` until it lands.

use crate::domain::standing::Standing;

/// What percents are percents of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Fell due.
    Due,
    /// All.
    All,
}

impl Base {
    /// Label.
    pub fn label(self) -> &'static str {
        match self {
            Base::Due => "số nhiệm vụ đã đến hạn (đã hoàn thành và quá hạn)",
            Base::All => "tổng số nhiệm vụ",
        }
    }
    /// Members.
    pub fn standings(self) -> &'static [Standing] {
        match self {
            Base::Due => &[Standing::CompletedOnTime, Standing::CompletedLate, Standing::OpenOverdue],
            Base::All => &Standing::ALL,
        }
    }
}

/// Counts by standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; 8]);

impl Counts {
    /// Of these.
    pub fn of(standings: impl Iterator<Item = Standing>) -> Counts {
        let mut counts = Counts::default();
        for standing in standings {
            counts.0[standing as usize] += 1;
        }
        counts
    }
    /// One.
    pub fn get(&self, standing: Standing) -> u64 {
        self.0[standing as usize]
    }
    /// Sum.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
    /// Both.
    pub fn add(&mut self, other: &Counts) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a += b;
        }
    }
    /// Base total.
    pub fn base(&self, base: Base) -> u64 {
        base.standings().iter().map(|s| self.get(*s)).sum()
    }
    /// Hundredths, largest remainder; none when the base is 0.
    pub fn percents(&self, base: Base) -> Vec<(Standing, Option<u64>)> {
        let total = self.base(base);
        let list = base.standings();
        if total == 0 {
            return list.iter().map(|s| (*s, None)).collect();
        }
        let mut parts: Vec<u64> = list.iter().map(|s| self.get(*s) * 10_000 / total).collect();
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(self.get(list[*i]) * 10_000 % total));
        let missing = 10_000 - parts.iter().sum::<u64>();
        for i in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
            parts[i] += 1;
        }
        list.iter().copied().zip(parts.into_iter().map(Some)).collect()
    }
}
