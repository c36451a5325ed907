//! What can be watched: each stream is bound to the scope of the caller and ends by itself.

use async_graphql::{Context, Enum, ID, SimpleObject, Subscription as GraphQlSubscription};
use futures_util::stream::{Stream, StreamExt as _};

use super::context::reading;
use super::error::Result;
use super::input::reference;
use crate::actions::watch_import::watch_import;
use crate::import::running;

/// Where a commit is (giai đoạn ghi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "running::Phase")]
pub(crate) enum CommitPhase {
    /// No commit is under way in this server (chưa ghi).
    Idle,
    /// It waits for its turn to write (chờ đến lượt).
    Waiting,
    /// It plans again, with everything else kept out (đối chiếu lại).
    Planning,
    /// It writes reports and states (đang ghi).
    Writing,
    /// It makes all of it final (hoàn tất).
    Finishing,
    /// It is stored, or there was nothing to store (đã xong).
    Done,
    /// Nothing was stored: refused, stale, or failed (không ghi).
    Refused,
    /// Nothing was stored: somebody stopped it (đã dừng).
    Cancelled,
}

/// How far a commit has come (tiến độ ghi).
#[derive(SimpleObject)]
pub(crate) struct ImportProgress {
    /// Id of the import (mã lần nạp).
    import: ID,
    /// Where it is (giai đoạn).
    phase: CommitPhase,
    /// The phase in Vietnamese (tên giai đoạn).
    label: &'static str,
    /// Rows written (số dòng đã ghi).
    rows_done: u64,
    /// Rows to be written; 0 while that is not known (tổng số dòng).
    rows: u64,
    /// 0 to 100 (phần trăm).
    percent: u8,
}

impl From<running::Progress> for ImportProgress {
    fn from(progress: running::Progress) -> ImportProgress {
        let percent = progress.percent();
        let running::Progress { import, phase, rows_done, rows } = progress;
        ImportProgress {
            import: import.into(),
            phase: phase.into(),
            label: phase.label(),
            rows_done: rows_done as u64,
            rows: rows as u64,
            percent,
        }
    }
}

/// What can be watched.
#[derive(Debug, Default)]
pub struct Subscription;

/// Everything that can be watched, over text/event-stream (theo dõi).
#[GraphQlSubscription]
impl Subscription {
    /// How far the commit of an import has come, from now to its end; also of a commit that has not begun yet. A slow
    /// reader misses steps, never the end. The steps of a commit in another server are not told, its end is (tiến độ ghi
    /// lần nạp).
    async fn import_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the import (lần nạp)")] id: ID,
    ) -> Result<impl Stream<Item = ImportProgress> + use<>> {
        let asking = reading(ctx)?;
        let progress = watch_import(&asking.app, &asking.caller, reference::id(&id)).await?;
        Ok(progress.map(ImportProgress::from))
    }
}
