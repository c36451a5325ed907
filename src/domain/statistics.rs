//! Counts and percents by standing, always with their base; the percents of a row add up to 100.00.
//!
//! Three bases are in use in published reports (and figures of the same office differ by them), so a percent is never
//! given without its base. The default is the Government's: tasks that fell due.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

use super::percent::Percent;
use super::standing::Standing;

/// What a percent is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// Tasks that fell due: completed, and open overdue.
    #[default]
    Due,
    /// All tasks, those suspended, withdrawn and transferred included.
    All,
}

impl Base {
    /// Every base.
    pub const ALL: [Base; 2] = [Base::Due, Base::All];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Base::Due => "due",
            Base::All => "all",
        }
    }

    /// The base with this stable name.
    pub fn parse(name: &str) -> Option<Base> {
        Base::ALL.into_iter().find(|base| base.as_str() == name)
    }

    /// How it is printed beside a percent.
    pub fn label(self) -> &'static str {
        match self {
            Base::Due => "trên số nhiệm vụ đến hạn (đã hoàn thành và quá hạn)",
            Base::All => "trên tổng số nhiệm vụ",
        }
    }

    /// Whether assignments of this standing are inside the base.
    pub fn holds(self, standing: Standing) -> bool {
        match (self, standing) {
            (Base::All, _)
            | (Base::Due, Standing::CompletedOnTime | Standing::CompletedLate | Standing::OpenOverdue) => {
                true
            }
            (
                Base::Due,
                Standing::OpenInTime
                | Standing::OpenNoDeadline
                | Standing::Suspended
                | Standing::Withdrawn
                | Standing::Transferred,
            ) => false,
        }
    }
}

/// How many assignments stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; Standing::ALL.len()]);

impl Counts {
    /// Counts of these standings.
    pub fn of(standings: impl IntoIterator<Item = Standing>) -> Counts {
        let mut counts = Counts::default();
        for standing in standings {
            counts.count(standing, 1);
        }
        counts
    }

    /// Adds so many assignments of a standing.
    pub fn count(&mut self, standing: Standing, count: u64) {
        self.0[standing as usize] += count;
    }

    /// Assignments of this standing.
    pub fn get(&self, standing: Standing) -> u64 {
        self.0[standing as usize]
    }

    /// All assignments.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Completed, on time or late.
    pub fn completed(&self) -> u64 {
        self.get(Standing::CompletedOnTime) + self.get(Standing::CompletedLate)
    }

    /// Not completed: in time, overdue, without deadline.
    pub fn open(&self) -> u64 {
        self.get(Standing::OpenInTime) + self.get(Standing::OpenOverdue) + self.get(Standing::OpenNoDeadline)
    }

    /// Assignments inside a base.
    pub fn in_base(&self, base: Base) -> u64 {
        Standing::ALL
            .into_iter()
            .filter(|standing| base.holds(*standing))
            .map(|standing| self.get(standing))
            .sum()
    }

    /// The percents of every standing inside the base; together 100.00. None when the base is empty: 0 of 0 is no
    /// percent.
    pub fn shares(&self, base: Base) -> Option<Shares> {
        let parts = Standing::ALL.map(|standing| if base.holds(standing) { self.get(standing) } else { 0 });
        Some(Shares { base, hundredths: hundredths(parts)? })
    }

    /// The percent of completed assignments in the base, equal to the sum of its two parts in [`Counts::shares`].
    pub fn completed_rate(&self, base: Base) -> Option<Percent> {
        self.shares(base).map(|shares| shares.completed())
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        for (own, count) in self.0.iter_mut().zip(other.0) {
            *own += count;
        }
    }
}

impl Add for Counts {
    type Output = Counts;

    fn add(mut self, other: Counts) -> Counts {
        self += other;
        self
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), Add::add)
    }
}

/// Percents of one row, with their base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    base: Base,
    hundredths: [i64; Standing::ALL.len()],
}

impl Shares {
    /// What the percents are of.
    pub fn base(&self) -> Base {
        self.base
    }

    /// The percent of a standing; none for one outside the base.
    pub fn get(&self, standing: Standing) -> Option<Percent> {
        self.base.holds(standing).then(|| self.sum([standing]))
    }

    /// Completed, on time and late together.
    pub fn completed(&self) -> Percent {
        self.sum([Standing::CompletedOnTime, Standing::CompletedLate])
    }

    fn sum<const N: usize>(&self, standings: [Standing; N]) -> Percent {
        let hundredths = standings.into_iter().map(|standing| self.hundredths[standing as usize]).sum();
        // All parts together are 10000, so any of them are a percent.
        Percent::from_hundredths(hundredths).unwrap_or(Percent::FULL)
    }
}

/// Parts of a whole in hundredths of a percent that add up to 10000: each is cut, then those that lost most get one
/// more (the earlier first among equals). None when the whole is nothing.
fn hundredths<const N: usize>(parts: [u64; N]) -> Option<[i64; N]> {
    let whole: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    if whole == 0 {
        return None;
    }
    let scaled = parts.map(|part| u128::from(part) * 10_000);
    let mut shares = scaled.map(|part| i64::try_from(part / whole).unwrap_or(10_000));
    let missing = usize::try_from(10_000 - shares.iter().sum::<i64>()).unwrap_or(0);
    let mut by_loss: Vec<usize> = (0..N).collect();
    by_loss.sort_by_key(|index| std::cmp::Reverse(scaled[*index] % whole));
    for index in by_loss.into_iter().take(missing) {
        shares[index] += 1;
    }
    Some(shares)
}

#[cfg(test)]
mod tests;
