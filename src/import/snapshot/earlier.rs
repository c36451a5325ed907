//! What a unit last sent about each task: the base of its own sheets, which carry none.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{About, claim_of};
use crate::domain::access::Scope;
use crate::domain::change::Theirs;
use crate::domain::finding::FindingCode;
use crate::domain::history::{Part, Parts};
use crate::domain::import::RowOutcome;
use crate::entities::import;
use crate::import::answers_json;
use crate::import::claim::{Claim, ClaimKind};
use crate::import::plan::together;
use crate::import::value::Value;
use crate::store;
use crate::store::import::{KeptRow, Told};

/// What a unit last sent about a task.
pub(super) struct Earlier {
    /// What the sheet said.
    pub(super) says: Parts<Theirs<Value>>,
    /// Event number of the commit.
    pub(super) event: i64,
    /// Whether the unit has sent something else about the task since: what is sent now was sent before that.
    pub(super) superseded: bool,
}

/// What a unit last sent about each task, up to the day reported on: in a sheet of the same layout, else in any. For our
/// own sheets, which carry their base, only the same sheet sent before.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn earlier(
    db: &impl ConnectionTrait,
    unit: Uuid,
    about: About<'_>,
) -> Result<HashMap<Uuid, Earlier>, DbErr> {
    if about.base_event.is_some() && about.alike.is_none() {
        return Ok(HashMap::new());
    }
    let committed = store::import::committed(db, unit, about.reported_on).await?;
    let sent = sent(db, &bringing(&committed, about.alike), about).await?;
    let mut wanted: HashSet<i64> = sent.latest.values().map(|(_, event)| *event).collect();
    let alike = store::import::by_ids(db, &Scope::Units([unit].into()), about.alike.as_slice()).await?;
    let alike: Vec<import::Model> = alike.into_values().collect();
    wanted.extend(alike.iter().filter_map(|import| import.event_no));
    let imports = committed.into_iter().chain(alike);
    let imports = imports.filter_map(|import| Some((import.id, Source::of(&import)?)));
    let imports: BTreeMap<Uuid, Source> =
        imports.filter(|(_, source)| wanted.contains(&source.moment.1)).collect();
    let ids: Vec<Uuid> = imports.keys().copied().collect();
    let gathering = Gathering { sent, alike: about.alike, imports, found: HashMap::new() };
    let gathered = store::import::each_kept_row(db, &ids, gathering, |gathering: &mut Gathering, row| {
        gathering.take(&row)
    })
    .await?;
    Ok(gathered.found.into_iter().map(|(task, (_, earlier))| (task, earlier)).collect())
}

/// The imports that brought something. One that only repeated another, which is no change, says nothing of its own: what
/// has been sent in between still counts.
fn bringing(committed: &[import::Model], alike: Option<Uuid>) -> Vec<&import::Model> {
    let mut seen = HashSet::new();
    let mut bringing = Vec::new();
    for import in committed {
        let is_new = import.content_hash.as_ref().is_none_or(|hash| seen.insert(hash));
        if (is_new || has_stored(import)) && Some(import.id) != alike {
            bringing.push(import);
        }
    }
    bringing
}

/// Whether a committed import has stored anything.
pub fn has_stored(import: &import::Model) -> bool {
    let counts =
        import.counts.as_deref().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    counts.is_some_and(|counts| counts[RowOutcome::Create.as_str()].as_u64().unwrap_or(0) > 0)
}

/// When an import spoke: the day it speaks of, and the number of its event.
type Moment = (NaiveDate, i64);

/// Which import last spoke of each task. What speaks of a later day is the later word, also where a report about an earlier
/// day was sent after it.
#[derive(Default)]
struct Sent {
    /// In a sheet of the same layout, else in any; nothing for our own sheets, which carry their base.
    latest: HashMap<Uuid, Moment>,
    /// In any.
    ever: HashMap<Uuid, Moment>,
}

/// One statement, and one more for every time that a report about an earlier day came after one about a later.
async fn sent(
    db: &impl ConnectionTrait,
    imports: &[&import::Model],
    about: About<'_>,
) -> Result<Sent, DbErr> {
    let mut sent = Sent::default();
    for chain in chains(imports) {
        let ids: Vec<Uuid> = chain.iter().map(|import| import.id).collect();
        let days: HashMap<i64, NaiveDate> =
            chain.iter().filter_map(|import| Some((import.event_no?, import.reported_on))).collect();
        for Told { task, layout, event } in store::import::last_told(db, &ids).await? {
            let Some(day) = days.get(&event) else { continue };
            put(&mut sent.ever, task, (*day, event));
            if about.base_event.is_none() && layout.is_some_and(|layout| about.layouts.contains(&layout)) {
                put(&mut sent.latest, task, (*day, event));
            }
        }
    }
    if about.base_event.is_none() {
        for (task, moment) in &sent.ever {
            sent.latest.entry(*task).or_insert(*moment);
        }
    }
    Ok(sent)
}

fn put(moments: &mut HashMap<Uuid, Moment>, task: Uuid, moment: Moment) {
    let held = moments.entry(task).or_insert(moment);
    *held = moment.max(*held);
}

/// The imports, the first one first, in rows in which the days never go back: in each the last event speaks of the last day.
fn chains<'i>(imports: &[&'i import::Model]) -> Vec<Vec<&'i import::Model>> {
    let mut chains: Vec<Vec<&import::Model>> = Vec::new();
    for import in imports {
        let goes_on = |chain: &&mut Vec<&import::Model>| {
            chain.last().is_none_or(|last| last.reported_on <= import.reported_on)
        };
        match chains.iter_mut().find(goes_on) {
            Some(chain) => chain.push(import),
            None => chains.push(vec![import]),
        }
    }
    chains
}

/// An import that rows are taken from.
struct Source {
    moment: Moment,
    /// Rows whose progress a person chose.
    chosen: BTreeSet<i32>,
}

impl Source {
    fn of(import: &import::Model) -> Option<Source> {
        let moment = (import.reported_on, import.event_no?);
        let answers = import.answers.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let answers = answers.as_ref().and_then(answers_json::read).unwrap_or_default();
        let rows = answers.of_rows().filter(|(.., answer)| answer.progress.is_some());
        Some(Source { moment, chosen: rows.filter_map(|(_, row, ..)| i32::try_from(row).ok()).collect() })
    }
}

struct Gathering {
    sent: Sent,
    alike: Option<Uuid>,
    imports: BTreeMap<Uuid, Source>,
    /// By task, with the import.
    found: HashMap<Uuid, (Uuid, Earlier)>,
}

impl Gathering {
    /// Rows that were not taken (conflict, error, question) are no base: their values were never agreed on.
    fn take(&mut self, row: &KeptRow) -> Result<(), DbErr> {
        let (Some(task), Some(source)) = (row.task_id, self.imports.get(&row.import_id)) else {
            return Ok(());
        };
        let is_alike = self.alike == Some(row.import_id);
        if !is_alike && self.sent.latest.get(&task) != Some(&source.moment) {
            return Ok(());
        }
        let is_taken = matches!(row.outcome, RowOutcome::Create | RowOutcome::NoChange);
        match self.found.entry(task) {
            Entry::Occupied(mut place) => {
                let (import, earlier) = place.get_mut();
                if *import == row.import_id && row.outcome == RowOutcome::Skipped {
                    add(&mut earlier.says, &claim_of(row, Arc::from(""))?);
                } else if *import != row.import_id && is_alike && is_taken {
                    place.insert((row.import_id, self.sent.earlier(task, source, row)?));
                }
            }
            Entry::Vacant(place) if is_taken => {
                place.insert((row.import_id, self.sent.earlier(task, source, row)?));
            }
            Entry::Vacant(_) => {}
        }
        Ok(())
    }
}

impl Sent {
    fn earlier(&self, task: Uuid, source: &Source, row: &KeptRow) -> Result<Earlier, DbErr> {
        let mut claim = claim_of(row, Arc::from(""))?;
        if source.chosen.contains(&row.row) {
            // What was stored then is what the person chose, not what the reader made of the words.
            claim.says.remove(&Part::Progress);
        }
        let says = claim.says.iter().map(|(part, said)| (*part, said.theirs.clone())).collect();
        let superseded = self.ever.get(&task).is_some_and(|moment| *moment > source.moment);
        Ok(Earlier { says, event: source.moment.1, superseded })
    }
}

/// A further row of the same import about the same task: the two were one statement.
fn add(says: &mut Parts<Theirs<Value>>, further: &Claim) {
    let is_old = further.findings.iter().any(|finding| finding.code == FindingCode::EarlierPeriod);
    if further.kind != ClaimKind::Task || is_old {
        return;
    }
    for (part, said) in further.says.iter() {
        if let Some(both) = together(says.get(part), Some(&said.theirs)) {
            says.insert(*part, both);
        }
    }
}
