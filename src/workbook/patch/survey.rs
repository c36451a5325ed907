//! Finds the cell that shows a mark: the first cell of a row that has content, the first cell of a merged block.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::Placed;
use super::part::{attribute, place_of, rewrite};
use crate::domain::refusal::Refusal;

/// Gives every mark on this sheet its cell.
pub(super) fn place(xml: &str, name: &str, placed: &mut [Placed<'_>]) -> Result<(), Refusal> {
    let mut here: Vec<&mut Placed<'_>> = placed
        .iter_mut()
        .filter(|placed| placed.mark.sheet.as_deref() == Some(name) && placed.mark.row.is_some())
        .collect();
    if here.is_empty() {
        return Ok(());
    }
    let rows = here.iter().filter(|placed| placed.mark.column.is_none()).filter_map(|placed| placed.mark.row);
    let survey = Survey::of(xml, &rows.collect())?;
    for placed in &mut here {
        let Some(row) = placed.mark.row else { continue };
        let column =
            placed.mark.column.unwrap_or_else(|| survey.first.get(&row).copied().unwrap_or_default());
        placed.cell = Some(survey.merges.top_left((row, column)));
    }
    Ok(())
}

#[derive(Default)]
struct Survey {
    /// First column with content by row.
    first: BTreeMap<u32, u32>,
    merges: Merges,
}

/// Merged blocks, by their first row.
#[derive(Default)]
struct Merges(BTreeMap<u32, Vec<Block>>);

/// First and last row and column.
type Block = ((u32, u32), (u32, u32));

impl Merges {
    fn top_left(&self, place: (u32, u32)) -> (u32, u32) {
        let blocks = self.0.range(..=place.0).rev().flat_map(|(_, blocks)| blocks);
        // Blocks are rarely higher than a screen; those far above are not looked at.
        let mut near = blocks.take_while(|(start, _)| place.0 - start.0 < 5_000);
        let holds = |(start, end): &&Block| place.0 <= end.0 && (start.1..=end.1).contains(&place.1);
        near.find(holds).map_or(place, |(start, _)| *start)
    }
}

impl Survey {
    fn of(xml: &str, rows: &BTreeSet<u32>) -> Result<Survey, Refusal> {
        let mut survey = Survey::default();
        let (mut row, mut column, mut next_row) = (0, 0, 0);
        rewrite(xml, |event, depth, _| {
            let (Event::Start(element) | Event::Empty(element)) = &event else { return Ok(()) };
            match (depth, element.local_name().as_ref()) {
                (2, "row") => {
                    row = attribute(element, "r")
                        .and_then(|r| r.parse::<u32>().ok()?.checked_sub(1))
                        .unwrap_or(next_row);
                    next_row = row + 1;
                    column = 0;
                }
                // Anything below a cell is its content.
                (3, "c") => {
                    if let Some((_, at)) = attribute(element, "r").and_then(|name| place_of(&name)) {
                        column = at;
                    }
                    column += 1;
                }
                (4, "v" | "is" | "f") if rows.contains(&row) => {
                    survey.first.entry(row).or_insert(column - 1);
                }
                (2, "mergeCell") => {
                    let block = attribute(element, "ref").and_then(|name| {
                        let (start, end) = name.split_once(':')?;
                        Some((place_of(start)?, place_of(end)?))
                    });
                    if let Some(block) = block {
                        survey.merges.0.entry(block.0.0).or_default().push(block);
                    }
                }
                (_, _) => {}
            }
            Ok(())
        })?;
        Ok(survey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_shown_at_its_first_content_and_a_block_at_its_first_cell() {
        let xml = "<worksheet><sheetData><row r=\"3\"><c r=\"A3\" s=\"1\"/><c r=\"B3\"><v>1</v></c></row></sheetData>\
                   <mergeCells><mergeCell ref=\"B3:D5\"/></mergeCells></worksheet>";
        let survey = Survey::of(xml, &[2].into()).unwrap();
        assert_eq!(survey.first.get(&2), Some(&1));
        assert_eq!(survey.merges.top_left((4, 3)), (2, 1));
        assert_eq!(survey.merges.top_left((5, 3)), (5, 3));
    }
}
