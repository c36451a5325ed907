//! Checks that what is stored is whole: the file of the database, the chain of events, and the state of every assignment
//! against its history. Writes nothing.

use uuid::Uuid;

use crate::app::App;
use crate::domain::access::{Caller, Permission};
use crate::domain::history::state_now;
use crate::error::Result;
use crate::events::{Chain, verify_chain};
use crate::store;

/// Assignments folded at a time.
const PAGE: u64 = 1000;

/// What was found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What the database itself complains of (pages, foreign keys), in its own words.
    pub damage: Vec<String>,
    /// The chain of events.
    pub chain: Chain,
    /// How many assignments were compared.
    pub assignments: u64,
    /// Those whose columns of state are not what their history folds to.
    pub differing: Vec<Differing>,
}

impl Checked {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.damage.is_empty() && matches!(self.chain, Chain::Whole { .. }) && self.differing.is_empty()
    }
}

/// An assignment whose state is not that of its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The assignment.
    pub assignment: Uuid,
    /// Code of the task.
    pub task: String,
    /// Code of the unit.
    pub unit: String,
}

/// Checks everything, at one moment.
///
/// # Errors
/// `FORBIDDEN`; when the database does not answer.
pub async fn check_data(app: &App, caller: &Caller) -> Result<Checked> {
    caller.require(Permission::Administer)?;
    let scope = caller.scope();
    let moment = app.database.snapshot().await?;
    let damage = store::check::damage(&moment).await?;
    let chain = verify_chain(&moment).await?;
    let (mut assignments, mut differing, mut last) = (0, Vec::new(), Uuid::nil());
    loop {
        let page = store::assignment::after(&moment, last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
        let task_ids: Vec<Uuid> = page.iter().map(|row| row.task_id).collect();
        let unit_ids: Vec<Uuid> = page.iter().map(|row| row.unit_id).collect();
        let histories = store::history::of_ids(&moment, &ids).await?;
        let tasks = store::task::by_ids(&moment, &scope, &task_ids).await?;
        let units = store::unit::by_ids(&moment, &scope, &unit_ids).await?;
        for row in page {
            assignments += 1;
            let task = tasks.get(&row.task_id);
            let entries = histories.get(&row.id).map_or(&[][..], Vec::as_slice);
            let mut rebuilt = row.clone();
            store::history::put_state(&mut rebuilt, &state_now(task.and_then(|t| t.deadline_due), entries));
            if rebuilt != row {
                differing.push(Differing {
                    assignment: row.id,
                    task: task.map(|task| task.code.clone()).unwrap_or_default(),
                    unit: units.get(&row.unit_id).map(|unit| unit.code.clone()).unwrap_or_default(),
                });
            }
        }
    }
    moment.rollback().await?;
    Ok(Checked { damage, chain, assignments, differing })
}
