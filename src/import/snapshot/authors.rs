//! Who changed what is no longer as a sheet started from, and when: shown beside a conflict.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::domain::history::past::Past;
use crate::domain::history::{Entry, Part, Parts, last_word};
use crate::import::author::Author;
use crate::import::plan::{Snapshot, TaskState};
use crate::store;

/// Tasks whose pasts lie in memory together.
const TASKS: usize = 2_500;

/// Says of every value that others have changed since the base who did and when.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn name(
    db: &impl ConnectionTrait,
    snapshot: &mut Snapshot,
    reported_on: NaiveDate,
) -> Result<(), DbErr> {
    let is_changed = |task: &&mut TaskState| task.compared.changed().next().is_some();
    let mut changed: Vec<&mut TaskState> = snapshot.tasks.values_mut().filter(is_changed).collect();
    let mut names = HashSet::new();
    for tasks in changed.chunks_mut(TASKS) {
        let words = last_words(db, tasks, reported_on).await?;
        let numbers: Vec<i64> = words.iter().flatten().map(|(_, number)| *number).collect();
        let mut authors = store::event::callers(db, &numbers).await?;
        for (name, _) in authors.values_mut() {
            share(&mut names, name);
        }
        for (task, words) in tasks.iter_mut().zip(words) {
            let author = |(part, number)| {
                let (name, at) = authors.get(&number)?.clone();
                Some((part, Author { name, at }))
            };
            let authors: Parts<Author> = words.into_iter().filter_map(author).collect();
            task.compared.authors = Some(Arc::new(authors));
        }
    }
    Ok(())
}

/// The last word about every value that is not as in the base; for that the whole past must be read.
async fn last_words(
    db: &impl ConnectionTrait,
    tasks: &[&mut TaskState],
    reported_on: NaiveDate,
) -> Result<Vec<Vec<(Part, i64)>>, DbErr> {
    let unread = tasks.iter().filter(|task| matches!(task.past, Past::Settled(_)));
    let unread: Vec<Uuid> = unread.filter_map(|task| task.assignment).collect();
    let read = store::history::of_ids(db, &unread).await?;
    let words = |task: &&mut TaskState| {
        let entries: &[Entry] = match &task.past {
            Past::Whole(entries) => entries,
            Past::Settled(_) => task.assignment.and_then(|id| read.get(&id)).map_or(&[], Vec::as_slice),
        };
        let word = |part| Some((part, last_word(entries, part, reported_on)?));
        task.compared.changed().filter_map(word).collect()
    };
    Ok(tasks.iter().map(words).collect())
}

/// The few people of many conflicts have one name each in memory.
fn share(names: &mut HashSet<Arc<str>>, name: &mut Arc<str>) {
    match names.get(name) {
        Some(known) => *name = Arc::clone(known),
        None => {
            names.insert(Arc::clone(name));
        }
    }
}
