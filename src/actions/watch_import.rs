//! Watching a commit, and stopping it. What another server does with an import is learned from the database alone: its
//! end, not its steps.

use std::time::Duration;

use futures_util::stream::{Stream, unfold};
use tokio::sync::watch;
use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission, Scope};
use crate::domain::import::ImportState;
use crate::entities::import;
use crate::error::{Code, Error, Result};
use crate::import::running::{Phase, Progress, Stopping};
use crate::store;

/// How often the database is asked about an import whose commit does not run here.
const ASK_AGAIN: Duration = Duration::from_secs(2);

/// How far the commit of an import has come.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope.
pub async fn import_progress(app: &App, caller: &Caller, id: Uuid) -> Result<(import::Model, Progress)> {
    caller.require(Permission::Read)?;
    let import = super::import_in_scope(app.database.reader(), &caller.scope(), id).await?;
    let progress = app.running.progress(id).unwrap_or(Progress::at(id, phase_of(import.state)));
    Ok((import, progress))
}

/// The progress of the commit of an import, from now to its end; also of one that has not begun. A slow listener misses
/// steps, never the end.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope.
pub async fn watch_import(
    app: &App,
    caller: &Caller,
    id: Uuid,
) -> Result<impl Stream<Item = Progress> + use<>> {
    let (_, now) = import_progress(app, caller, id).await?;
    // Should a commit begin and end between these two lines, the database tells of it.
    let seen = app.running.watch(id);
    let watched =
        Watched { app: app.clone(), scope: caller.scope(), id, seen, next: Some(now), ended: false };
    Ok(unfold(watched, |mut watched| async move {
        let progress = watched.next().await?;
        Some((progress, watched))
    }))
}

/// Stops the commit of an import, and those that wait behind it (a double click): none of them stores anything, and the
/// import still waits for a commit.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` outside the scope; `IMPORT_STATE` when no commit of it runs in this server, or when it is too
/// late.
pub async fn cancel_import(app: &App, caller: &Caller, id: Uuid) -> Result<import::Model> {
    caller.require(Permission::Import)?;
    let scope = caller.scope();
    super::import_in_scope(app.database.reader(), &scope, id).await?;
    let stopping = app.running.stop(id);
    // Asked only now: what was stored until a moment ago is not to be called stopped.
    let import = super::import_in_scope(app.database.reader(), &scope, id).await?;
    let sentence = match stopping {
        Stopping::Stops | Stopping::NotHere if import.state == ImportState::Committed => {
            "Lần nạp này đã ghi xong; dùng hoàn tác nếu cần."
        }
        Stopping::Stops => return Ok(import),
        Stopping::TooLate => "Việc ghi sắp xong nên không dừng được nữa; dùng hoàn tác nếu cần.",
        Stopping::NotHere => {
            "Máy chủ này không đang ghi lần nạp này. Nếu hệ thống có nhiều máy chủ, chỉ máy chủ đang ghi mới dừng được."
        }
    };
    Err(Error::with(Code::ImportState, sentence))
}

/// What is known of an import whose commit does not run here.
fn phase_of(state: ImportState) -> Phase {
    match state {
        ImportState::Received | ImportState::Read | ImportState::Planned => Phase::Idle,
        ImportState::Committed | ImportState::Undone => Phase::Done,
        ImportState::Discarded => Phase::Refused,
    }
}

struct Watched {
    app: App,
    scope: Scope,
    id: Uuid,
    seen: watch::Receiver<Progress>,
    /// What is told first, before anything happens.
    next: Option<Progress>,
    ended: bool,
}

impl Watched {
    async fn next(&mut self) -> Option<Progress> {
        if self.ended {
            return None;
        }
        let progress = match self.next.take() {
            Some(first) => first,
            None => self.changed().await?,
        };
        self.ended = progress.phase.is_end();
        Some(progress)
    }

    async fn changed(&mut self) -> Option<Progress> {
        loop {
            tokio::select! {
                changed = self.seen.changed() => {
                    // The sender goes only after it has told the end.
                    changed.ok()?;
                    return Some(*self.seen.borrow_and_update());
                }
                () = tokio::time::sleep(ASK_AGAIN) => {}
            }
            // Nothing was told for a while. Whoever may no longer see the import is told nothing more; and perhaps
            // another server has committed it.
            let db = self.app.database.reader();
            let import = store::import::find(db, &self.scope, self.id).await.ok().flatten()?;
            let phase = phase_of(import.state);
            if phase.is_end()
                && self.app.running.progress(self.id).is_none()
                && !self.seen.has_changed().unwrap_or(true)
            {
                return Some(Progress::at(self.id, phase));
            }
        }
    }
}
