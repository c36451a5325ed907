//! What a committed import teaches: its layouts, and what its wordings were answered to mean. Written in the transaction
//! of the commit.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::memory::{columns_of, kept_columns};
use super::planning;
use crate::domain::access::Caller;
use crate::entities::{import, layout, wording};
use crate::error::Result;
use crate::events::{Draft, Log};
use crate::import::answers::{Answers, Link};
use crate::import::columns_json::{self, KeptColumn};
use crate::import::hints::{self, Remembered};
use crate::import::plan::Plan;
use crate::import::snapshot::Known;
use crate::sheet::meaning::PercentScale;
use crate::store;

/// What a commit leaves to remember.
pub(super) struct Lesson<'a> {
    /// Who commits.
    pub(super) caller: &'a Caller,
    /// The import, committed in the same transaction.
    pub(super) import: &'a import::Model,
    /// Its plan: the wordings of its rows.
    pub(super) plan: &'a Plan,
    /// The tasks.
    pub(super) known: &'a Known,
}

/// Remembers how the file is laid out and what was answered about its wordings. Our own sheets are known anyway.
///
/// # Errors
/// When the database refuses.
pub(super) async fn remember(db: &impl ConnectionTrait, log: &mut Log, lesson: Lesson<'_>) -> Result<()> {
    if lesson.import.base_event.is_some() {
        return Ok(());
    }
    let answers = planning::answers(lesson.import)?;
    remember_layouts(db, log, &lesson, &answers).await?;
    remember_wordings(db, log, &lesson, &answers).await
}

async fn remember_layouts(
    db: &impl ConnectionTrait,
    log: &mut Log,
    lesson: &Lesson<'_>,
    answers: &Answers,
) -> Result<()> {
    let import = lesson.import;
    let sheets = store::import::sheets_by_import_ids(db, &[import.id]).await?.remove(&import.id);
    let mut seen: BTreeMap<String, (String, Vec<Learned>)> = BTreeMap::new();
    for sheet in sheets.unwrap_or_default().into_iter().filter(|sheet| sheet.taken_for == "tasks") {
        let columns = kept_columns(&sheet)?.into_iter().filter(|column| column.headed);
        let columns: Vec<Learned> = columns.map(|column| learned(&sheet.name, column, answers)).collect();
        let print = hints::fingerprint(columns.iter().map(|column| column.now.heading.as_str()));
        seen.entry(print).or_insert((sheet.name, columns));
    }
    let prints: Vec<String> = seen.keys().cloned().collect();
    let mut known_layouts = store::memory::layouts_by_fingerprints(db, import.unit_id, &prints).await?;
    let mut rows = Vec::new();
    for (fingerprint, (sheet_name, columns)) in seen {
        let known = known_layouts.remove(&fingerprint);
        let before = known.as_ref().map(columns_of).transpose()?.unwrap_or_default();
        let columns: Vec<Remembered> =
            columns.into_iter().enumerate().map(|(place, column)| column.after(before.get(place))).collect();
        let columns = columns_json::write(&columns).to_string();
        let is_new = known.as_ref().is_none_or(|known| known.columns != columns);
        let row = layout::Model {
            id: known.as_ref().map_or_else(store::write::new_id, |known| known.id),
            unit_id: import.unit_id,
            fingerprint,
            sheet_name,
            columns,
            import_id: import.id,
            reported_on: import.reported_on,
            uses: known.as_ref().map_or(1, |known| known.uses.saturating_add(1)),
            corrected_by: known.as_ref().and_then(|known| known.corrected_by.clone()),
            created_at: known.as_ref().map_or(log.at(), |known| known.created_at),
            last_used_at: log.at(),
        };
        let kind = if is_new { "layout.remembered" } else { "layout.used" };
        record(
            log,
            import,
            (kind, "layout", row.id),
            json!({ "sheet": row.sheet_name, "columns": row.columns }),
        );
        rows.push(row);
    }
    Ok(store::memory::put_layouts(db, rows).await?)
}

/// What a file teaches of a column.
struct Learned {
    now: Remembered,
    /// Whether a person has said how the percents are meant.
    scale_told: bool,
}

/// What is learned of a column: how it was read, and whether a person has said so.
fn learned(sheet: &str, column: KeptColumn, answers: &Answers) -> Learned {
    let answer = answers.columns.get(&(sheet.to_owned(), column.column)).copied().unwrap_or_default();
    let facts = column.facts.then(answer);
    let now = Remembered { heading: column.header, facts, by_person: answer.meaning.is_some() };
    Learned { now, scale_told: answer.scale.is_some() }
}

impl Learned {
    /// What is remembered of the column, when `before` was known of it. A person's word stays until a person says
    /// otherwise.
    fn after(self, before: Option<&Remembered>) -> Remembered {
        let Learned { now: Remembered { heading, mut facts, by_person }, scale_told } = self;
        let told_before = before.is_some_and(|before| before.by_person);
        if let Some(before) = before.filter(|before| before.by_person && !by_person) {
            facts.meaning = before.facts.meaning;
        }
        let same = before.filter(|before| before.facts.meaning == facts.meaning).map(|before| before.facts);
        if !scale_told {
            facts.scale = scale_seen(same.and_then(|before| before.scale), facts.scale);
        }
        facts.days = facts.days.or(same.and_then(|before| before.days));
        Remembered { heading, facts, by_person: by_person || told_before }
    }
}

/// The percent scale that is remembered when a file shows `now` without a person's word. Fractions that are seen are
/// remembered; whole numbers only where a person has said so, since a lone 0.5 may be a fraction all the same. What the
/// file contradicts is forgotten, and asked about the next time it is open.
fn scale_seen(before: Option<PercentScale>, now: Option<PercentScale>) -> Option<PercentScale> {
    match (before, now) {
        (before, None) => before,
        (Some(PercentScale::Fractions) | None, Some(PercentScale::Fractions)) => {
            Some(PercentScale::Fractions)
        }
        (Some(PercentScale::Whole), Some(PercentScale::Whole)) => Some(PercentScale::Whole),
        (Some(PercentScale::Whole), Some(PercentScale::Fractions))
        | (Some(PercentScale::Fractions) | None, Some(PercentScale::Whole)) => None,
    }
}

async fn remember_wordings(
    db: &impl ConnectionTrait,
    log: &mut Log,
    lesson: &Lesson<'_>,
    answers: &Answers,
) -> Result<()> {
    let said = said_of_wordings(lesson, answers);
    let keys: Vec<String> = said.keys().cloned().collect();
    let mut before = store::memory::wordings_by_keys(db, lesson.import.unit_id, &keys).await?;
    let (mut rows, mut forgotten) = (Vec::new(), Vec::new());
    for (key, said) in said {
        let known = before.remove(&key);
        let Said::One(content, task) = said else {
            // The same words for two tasks: nothing can be learned from them, and what was learned is no longer true.
            forgotten.extend(known.map(|known| known.id));
            continue;
        };
        let row = wording::Model {
            id: known.as_ref().map_or_else(store::write::new_id, |known| known.id),
            unit_id: lesson.import.unit_id,
            key,
            content,
            is_task: task.is_some(),
            task_id: task,
            notice_day: lesson.known.catalogue.notices.first().map_or(lesson.import.reported_on, |n| n.date),
            import_id: lesson.import.id,
            reported_on: lesson.import.reported_on,
            answered_by: lesson.caller.name.clone(),
            created_at: known.as_ref().map_or(log.at(), |known| known.created_at),
            answered_at: log.at(),
        };
        let subject = ("wording.remembered", "wording", row.id);
        record(log, lesson.import, subject, json!({ "content": row.content, "task": row.task_id }));
        rows.push(row);
    }
    for id in &forgotten {
        record(
            log,
            lesson.import,
            ("wording.forgotten", "wording", *id),
            json!({ "reason": "contradictory" }),
        );
    }
    if !forgotten.is_empty() {
        store::memory::forget_wordings(db, &forgotten).await?;
    }
    Ok(store::memory::put_wordings(db, rows).await?)
}

/// What the answers say of one wording.
enum Said {
    /// One task (or none), with the words as written.
    One(String, Option<Uuid>),
    /// Several things.
    Several,
}

fn said_of_wordings(lesson: &Lesson<'_>, answers: &Answers) -> BTreeMap<String, Said> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for row in &lesson.plan.rows {
        let link = answers.of(&row.place).link;
        let (Some(link), Some(content)) = (link, &row.content) else { continue };
        let Some(key) = hints::wording_key(content) else { continue };
        let task = match link {
            Link::NotATask => None,
            Link::Task(code) => match lesson.known.tasks.get(&code) {
                Some(task) => Some(task.id),
                None => continue,
            },
        };
        let new = match said.get(&key) {
            Some(Said::One(_, other)) if *other != task => Said::Several,
            Some(Said::Several) => Said::Several,
            Some(Said::One(..)) | None => Said::One(content.to_string(), task),
        };
        said.insert(key, new);
    }
    said
}

fn record(
    log: &mut Log,
    import: &import::Model,
    (kind, subject, id): (&'static str, &'static str, Uuid),
    payload: serde_json::Value,
) {
    let _ = log.record(Draft {
        kind,
        subject,
        subject_id: Some(id),
        unit_id: Some(import.unit_id),
        import_id: Some(import.id),
        place: None,
        payload,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::column::Field;
    use crate::sheet::meaning::{ColumnFacts, ColumnMeaning};

    fn column(meaning: Field, scale: Option<PercentScale>, by_person: bool) -> Remembered {
        let meaning = Some(ColumnMeaning::Field(meaning));
        Remembered { heading: "A".into(), facts: ColumnFacts { meaning, scale, days: None }, by_person }
    }

    #[test]
    fn a_persons_word_on_a_meaning_stays_until_a_person_says_otherwise() {
        for (before, now, after) in [
            (
                column(Field::Note, None, true),
                column(Field::Result, None, false),
                column(Field::Note, None, true),
            ),
            (
                column(Field::Note, None, true),
                column(Field::Result, None, true),
                column(Field::Result, None, true),
            ),
            (
                column(Field::Note, None, false),
                column(Field::Result, None, false),
                column(Field::Result, None, false),
            ),
        ] {
            assert_eq!(Learned { now, scale_told: false }.after(Some(&before)), after);
        }
    }

    #[test]
    fn a_scale_that_is_seen_is_remembered_unless_a_later_file_contradicts_it() {
        use PercentScale::{Fractions, Whole};
        for (before, now, told, after) in [
            (None, Some(Fractions), false, Some(Fractions)),
            (None, Some(Whole), false, None),
            (None, Some(Whole), true, Some(Whole)),
            (Some(Whole), None, false, Some(Whole)),
            (Some(Whole), Some(Whole), false, Some(Whole)),
            (Some(Whole), Some(Fractions), false, None),
            (Some(Fractions), Some(Whole), false, None),
            (Some(Fractions), Some(Whole), true, Some(Whole)),
        ] {
            let learned = Learned { now: column(Field::Percent, now, false), scale_told: told };
            let kept = learned.after(Some(&column(Field::Percent, before, false)));
            assert_eq!(kept.facts.scale, after, "{before:?} {now:?} {told}");
        }
        let other = Learned { now: column(Field::Percent, None, false), scale_told: false };
        let kept = other.after(Some(&column(Field::Note, Some(Fractions), false)));
        assert_eq!(kept.facts.scale, None, "it was another column then");
    }
}
