//! What the program ships with, laid into the database: provinces, units, notices. Laying it twice changes nothing;
//! what a person changed afterwards stays as it is, for rows are only added.

mod assign;
mod notice;
mod place;
mod source;

use sea_orm::ConnectionTrait;

/// How many rows were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Provinces, in all their lives.
    pub provinces: usize,
    /// Units.
    pub units: usize,
    /// Notices.
    pub notices: usize,
    /// Tasks, headings included.
    pub tasks: usize,
    /// Assignments, leading and coordinating.
    pub assignments: usize,
}

impl Loaded {
    /// Whether everything was there already.
    pub fn is_nothing(self) -> bool {
        self == Loaded::default()
    }
}

/// Adds what is missing. Call it inside a transaction.
///
/// # Errors
/// When the seeds contradict themselves (our fault), or the database refuses.
pub async fn load(db: &impl ConnectionTrait) -> anyhow::Result<Loaded> {
    let provinces = place::provinces(db).await?;
    let units = place::units(db).await?;
    let (notices, tasks) = notice::load(db).await?;
    let assignments = assign::load(db).await?;
    Ok(Loaded { provinces, units, notices, tasks, assignments })
}
