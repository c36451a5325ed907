//! What was answered about the same file, or the same content in another file, when it was committed: not asked again.
//! Whose value counts in a conflict is, since the conflict is another one; and whether the file is to be taken although it
//! says nothing new.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::ConnectionTrait;

use super::planning;
use super::taking_in::Told;
use crate::entities::import;
use crate::error::Result;
use crate::import::answers::{Answers, RowAnswer};
use crate::import::claim::{Claim, Place};
use crate::import::claim_json;
use crate::store;
use crate::store::import::KeptRow;

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
    let places = places(db, earlier).await?;
    let at: HashMap<_, usize> =
        places.iter().enumerate().map(|(at, place)| ((&*place.sheet, place.row, place.table), at)).collect();
    for (place, answer) in rows {
        if let Some(claim) = at.get(&place).and_then(|at| claims.get(*at)) {
            let Place { sheet, row, table, .. } = &claim.place;
            *carried.entry(sheet, *row, *table) = answer;
        }
    }
    Ok(carried)
}

/// Where the rows of an import stand, in the order in which they were read.
async fn places(db: &impl ConnectionTrait, import: &import::Model) -> Result<Vec<Place>> {
    let names = store::import::sheet_names(db, import.id).await?;
    let nowhere = Arc::from("");
    let take = move |places: &mut Vec<Place>, row: KeptRow| {
        let number = |number: i32| u32::try_from(number).unwrap_or(0);
        places.push(Place {
            sheet: Arc::clone(names.get(&row.sheet_id).unwrap_or(&nowhere)),
            row: number(row.row),
            row_to: number(row.row_to),
            table: claim_json::table_of(&row.reading),
        });
        Ok(())
    };
    Ok(store::import::each_kept_row(db, &[import.id], Vec::new(), take).await?)
}
