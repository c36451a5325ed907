//! Statistics: unit × standing, with percents that name their base.

use async_graphql::{Context, Enum, Object};
use chrono::NaiveDate;
use uuid::Uuid;

use super::unit::Unit;
use crate::domain;
use crate::domain::percent::Percent;
use crate::domain::standing::Standing;
use crate::domain::statistics::{Counts, Shares};
use crate::graphql::error::Result;
use crate::graphql::limits;
use crate::graphql::loader::{UnitId, rows_of};
use crate::graphql::scalar::Date;

/// What percents are of (cơ sở tính tỷ lệ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::statistics::Base", name = "StatisticsBase")]
pub(crate) enum Base {
    /// Assignments that fell due: completed, and open overdue (số nhiệm vụ đến hạn).
    Due,
    /// All assignments, those suspended, withdrawn and transferred included (tổng số nhiệm vụ).
    All,
}

/// Counts of each unit, as of a day.
pub(crate) struct Statistics {
    pub(crate) as_of: NaiveDate,
    pub(crate) base: domain::statistics::Base,
    /// Units in the order of tables.
    pub(crate) rows: Vec<(Uuid, Counts)>,
}

/// How many assignments stand where, by unit, as of a day (thống kê).
#[Object]
impl Statistics {
    /// The day the figures speak of (tính đến ngày).
    async fn as_of(&self) -> Date {
        Date(self.as_of)
    }

    /// What the percents are of (cơ sở tính tỷ lệ).
    async fn base(&self) -> Base {
        self.base.into()
    }

    /// The base as it is printed beside percents, in Vietnamese (cơ sở tính tỷ lệ).
    async fn base_label(&self) -> &'static str {
        self.base.label()
    }

    /// One row a unit that has assignments, in the order of tables (theo đơn vị).
    #[graphql(complexity = "1 + limits::STATISTICS_ROWS * child_complexity")]
    async fn rows(&self) -> Vec<StatisticsRow> {
        let row = |(unit, counts): &(Uuid, Counts)| StatisticsRow {
            unit: *unit,
            figures: Figures::new(*counts, self.base),
        };
        self.rows.iter().map(row).collect()
    }

    /// All units together (tổng cộng).
    async fn totals(&self) -> Figures {
        Figures::new(self.rows.iter().map(|(_, counts)| *counts).sum(), self.base)
    }
}

/// A row.
pub(crate) struct StatisticsRow {
    unit: Uuid,
    figures: Figures,
}

/// The figures of one unit (số liệu của một đơn vị).
#[Object]
impl StatisticsRow {
    /// The unit (đơn vị).
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        Ok(rows_of(ctx)?.load_one(UnitId(self.unit)).await?.map(Unit))
    }

    /// Its figures (số liệu).
    async fn figures(&self) -> &Figures {
        &self.figures
    }
}

/// Counts with their percents.
pub(crate) struct Figures {
    counts: Counts,
    base: domain::statistics::Base,
    shares: Option<Shares>,
}

impl Figures {
    fn new(counts: Counts, base: domain::statistics::Base) -> Figures {
        Figures { counts, base, shares: counts.shares(base) }
    }
}

/// Counts and percents by standing; the percents together are 100.00 (số lượng và tỷ lệ theo phân loại).
#[Object(name = "StatisticsFigures")]
impl Figures {
    /// All assignments (tổng số).
    async fn total(&self) -> u64 {
        self.counts.total()
    }

    /// Assignments inside the base (số nhiệm vụ thuộc cơ sở tính tỷ lệ).
    async fn in_base(&self) -> u64 {
        self.counts.in_base(self.base)
    }

    /// Completed, on time or late (đã hoàn thành).
    async fn completed(&self) -> u64 {
        self.counts.completed()
    }

    /// Not completed: in time, overdue, without deadline (chưa hoàn thành).
    async fn open(&self) -> u64 {
        self.counts.open()
    }

    /// Percent completed of the base; null when the base is empty (tỷ lệ hoàn thành, %).
    async fn completed_rate(&self) -> Option<f64> {
        self.counts.completed_rate(self.base).map(Percent::value)
    }

    /// How many stand where (số lượng theo phân loại).
    async fn counts(&self) -> StandingCounts {
        StandingCounts(self.counts)
    }

    /// Percents of the base; null outside it or when it is empty (tỷ lệ theo phân loại, %).
    async fn percents(&self) -> StandingPercents {
        StandingPercents(self.shares)
    }
}

/// Counts.
pub(crate) struct StandingCounts(Counts);

/// How many assignments have each standing (số lượng theo phân loại).
#[Object]
impl StandingCounts {
    /// Completed on time (hoàn thành đúng hạn).
    async fn completed_on_time(&self) -> u64 {
        self.0.get(Standing::CompletedOnTime)
    }

    /// Completed late (hoàn thành quá hạn).
    async fn completed_late(&self) -> u64 {
        self.0.get(Standing::CompletedLate)
    }

    /// Open in time (chưa hoàn thành, trong hạn).
    async fn open_in_time(&self) -> u64 {
        self.0.get(Standing::OpenInTime)
    }

    /// Open overdue (chưa hoàn thành, quá hạn).
    async fn open_overdue(&self) -> u64 {
        self.0.get(Standing::OpenOverdue)
    }

    /// Open without deadline (chưa hoàn thành, không có thời hạn).
    async fn open_no_deadline(&self) -> u64 {
        self.0.get(Standing::OpenNoDeadline)
    }

    /// Suspended (tạm dừng).
    async fn suspended(&self) -> u64 {
        self.0.get(Standing::Suspended)
    }

    /// Withdrawn (rút khỏi chương trình).
    async fn withdrawn(&self) -> u64 {
        self.0.get(Standing::Withdrawn)
    }

    /// Transferred (chuyển đơn vị khác).
    async fn transferred(&self) -> u64 {
        self.0.get(Standing::Transferred)
    }
}

/// Percents.
pub(crate) struct StandingPercents(Option<Shares>);

impl StandingPercents {
    fn get(&self, standing: Standing) -> Option<f64> {
        self.0.and_then(|shares| shares.get(standing)).map(Percent::value)
    }
}

/// Percents of each standing, 0 to 100 with two decimals; together 100.00 (tỷ lệ theo phân loại, %).
#[Object]
impl StandingPercents {
    /// Completed on time (hoàn thành đúng hạn).
    async fn completed_on_time(&self) -> Option<f64> {
        self.get(Standing::CompletedOnTime)
    }

    /// Completed late (hoàn thành quá hạn).
    async fn completed_late(&self) -> Option<f64> {
        self.get(Standing::CompletedLate)
    }

    /// Open in time (chưa hoàn thành, trong hạn).
    async fn open_in_time(&self) -> Option<f64> {
        self.get(Standing::OpenInTime)
    }

    /// Open overdue (chưa hoàn thành, quá hạn).
    async fn open_overdue(&self) -> Option<f64> {
        self.get(Standing::OpenOverdue)
    }

    /// Open without deadline (chưa hoàn thành, không có thời hạn).
    async fn open_no_deadline(&self) -> Option<f64> {
        self.get(Standing::OpenNoDeadline)
    }

    /// Suspended (tạm dừng).
    async fn suspended(&self) -> Option<f64> {
        self.get(Standing::Suspended)
    }

    /// Withdrawn (rút khỏi chương trình).
    async fn withdrawn(&self) -> Option<f64> {
        self.get(Standing::Withdrawn)
    }

    /// Transferred (chuyển đơn vị khác).
    async fn transferred(&self) -> Option<f64> {
        self.get(Standing::Transferred)
    }
}
