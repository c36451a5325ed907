//! What was answered about the same file, or the same content in another file, when it was committed: not asked again.
//! Whose value counts in a conflict is, since the conflict is another one; and whether the file is to be taken although it
//! says nothing new.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ConnectionTrait;

use super::planning;
use super::taking_in::Told;
use crate::domain::finding::FindingCode;
use crate::domain::history::Part;
use crate::entities::import;
use crate::error::Result;
use crate::import::answers::{Answers, RowAnswer};
use crate::import::claim::{Claim, Place};

/// What was said of the columns of the same bytes: they are read as they were then.
///
/// # Errors
/// When the database does not answer.
pub(super) fn told(same_bytes: Option<&import::Model>) -> Result<Told> {
    Ok(same_bytes.map(planning::answers).transpose()?.unwrap_or_default().columns)
}

/// What was answered when `earlier` was committed, at the places where these claims stand. Of the same bytes places are
/// the same; of the same content in another file the rows are, in their order.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn answers(
    db: &impl ConnectionTrait,
    earlier: &import::Model,
    (import, claims): (&import::Model, &[Claim]),
) -> Result<Answers> {
    let answers = planning::answers(earlier)?;
    let rows = answers.of_rows().map(|(sheet, row, table, answer)| {
        let RowAnswer { link, side: _, progress, as_read } = answer.clone();
        ((sheet, row, table), RowAnswer { link, side: None, progress, as_read })
    });
    let rows = rows.filter(|(_, answer)| !answer.is_empty());
    if earlier.file_sha256 == import.file_sha256 {
        let mut carried = Answers { columns: answers.columns.clone(), ..Answers::default() };
        rows.for_each(|((sheet, row, table), answer)| *carried.entry(sheet, row, table) = answer);
        return Ok(carried);
    }
    let rows: Vec<_> = rows.collect();
    let mut carried = Answers::default();
    if rows.is_empty() {
        return Ok(carried);
    }
    let (_, before, _) = planning::claims(db, earlier).await?;
    let place = |claim: &'_ Claim| (claim.place.sheet.to_string(), claim.place.row, claim.place.table);
    let at: HashMap<_, usize> = before.iter().enumerate().map(|(at, claim)| (place(claim), at)).collect();
    for ((sheet, row, table), answer) in rows {
        let Some(at) = at.get(&(sheet.to_owned(), row, table)) else { continue };
        if let (Some(then), Some(now)) = (before.get(*at), claims.get(*at)) {
            let Place { sheet, row, table, .. } = &now.place;
            *carried.entry(sheet, *row, *table) = still_meant(answer, then, now);
        }
    }
    Ok(carried)
}

/// What of an answer is meant of a row with the same content: the words about progress may be others that are read alike
/// ("chưa đến hạn", "đang thực hiện"), and so may be what is asked.
fn still_meant(answer: RowAnswer, then: &Claim, now: &Claim) -> RowAnswer {
    let words = |claim: &Claim| claim.says.get(&Part::Progress).and_then(|said| said.raw.clone());
    let asked = |claim: &Claim| -> BTreeSet<(FindingCode, String)> {
        let asks = claim.findings.iter().filter(|finding| finding.code.severity().blocks());
        asks.map(|finding| (finding.code, finding.detail.clone())).collect()
    };
    RowAnswer {
        progress: answer.progress.filter(|_| words(then) == words(now)),
        as_read: answer.as_read && asked(then) == asked(now),
        ..answer
    }
}
