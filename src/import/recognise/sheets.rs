//! What a sheet without a table of tasks is taken for.

use crate::import::vocabulary::words;
use crate::sheet::cell::Visibility;

use super::grid::Grid;

/// The reason why a sheet is left out, as the samples word it.
pub fn taken_for(grid: &Grid<'_>, counts_tasks: bool) -> &'static str {
    let sheet = grid.sheet;
    let cells: usize = sheet.rows.iter().take(200).map(|row| row.cells.len()).sum();
    let widest = sheet.rows.iter().take(200).map(|row| row.cells.len()).max().unwrap_or(0);
    let says = |part: &str| {
        sheet
            .rows
            .iter()
            .take(40)
            .flat_map(|row| &row.cells)
            .filter_map(|cell| grid.text(cell))
            .any(|text| words(&text).contains(part))
    };
    match () {
        () if sheet.rows.is_empty() => "empty",
        () if sheet.visibility == Visibility::Hidden && widest <= 4 => "hidden list of values",
        () if sheet.visibility == Visibility::Hidden => "hidden sheet",
        () if counts_tasks || says("so lieu tong hop") || says("so luong") || says("tong so") => {
            "summary figures, no task rows"
        }
        () if says("huong dan") => "instructions",
        () if widest <= 2 && cells <= 12 => "cover",
        () if widest <= 2 => "list of values",
        () => "no column of tasks with their progress",
    }
}
