//! A new .xlsx with the cells of a workbook as it was read: values, number formats, fonts, merges, what is hidden. For
//! senders whose file is no .xlsx and cannot be patched. Formulas become their results; widths are fitted to the text.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::write::WriteError;
use crate::sheet::cell::{self, Cell, Range, Sheet, Value, Visibility};
use crate::sheet::number_format::{Shows, shows};

/// Days between the two ways of counting serial dates.
const DAYS_FROM_1904: f64 = 1_462.0;

/// Widest and narrowest column, in characters.
const WIDTHS: (usize, usize) = (6, 60);

/// The bytes of the new file, and the names of its sheets in the order of the old one's: a name that Excel does not
/// allow is changed.
///
/// # Errors
/// When the library refuses, which what the reader gives should never make it do.
pub fn copy(workbook: &cell::Workbook) -> Result<(Vec<u8>, Vec<String>), WriteError> {
    let mut copy = Workbook::new();
    // Nothing of the hour gets in: equal files give equal copies.
    let midnight = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    if let Some(midnight) = midnight {
        copy.set_properties(&DocProperties::new().set_creation_datetime(&midnight.and_utc()));
    }
    let names = legal_names(workbook.sheets.iter().map(|sheet| sheet.name.as_str()));
    let any_visible = workbook.sheets.iter().any(|sheet| sheet.visibility == Visibility::Visible);
    for (sheet, name) in workbook.sheets.iter().zip(&names) {
        let target = copy.add_worksheet();
        target.set_name(name)?;
        if sheet.visibility == Visibility::Hidden && any_visible {
            target.set_hidden(true);
        }
        Copier { sheet, date_1904: workbook.date_1904, looks: HashMap::new() }.write(target)?;
    }
    Ok((copy.save_to_buffer()?, names))
}

/// Names that Excel allows (31 UTF-16 units, none of `[]:*?/\`, no apostrophe at the ends, no two alike).
fn legal_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    names
        .map(|name| {
            let clean: String = name
                .chars()
                .map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c })
                .collect();
            let clean = clean.trim_matches(['\'', ' ']);
            let clean =
                if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "Trang" } else { clean };
            let mut name = cut(clean, 31);
            let mut number = 2;
            while !taken.insert(name.to_lowercase()) {
                let ending = format!(" ({number})");
                name = format!("{}{ending}", cut(clean, 31 - ending.len()));
                number += 1;
            }
            name
        })
        .collect()
}

fn cut(text: &str, most: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    text.chars().take_while(fits).collect()
}

struct Copier<'a> {
    sheet: &'a Sheet,
    date_1904: bool,
    looks: HashMap<(u16, u16), Format>,
}

impl Copier<'_> {
    fn write(mut self, target: &mut Worksheet) -> Result<(), XlsxError> {
        let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
        for block in disjoint(&self.sheet.merges) {
            let plain = Format::new();
            // A block beyond what the format holds has no content that could be lost.
            if let Some((left, right)) = column(block.left).zip(column(block.right)) {
                target.merge_range(block.top, left, block.bottom, right, "", &plain)?;
            }
        }
        let merged: HashSet<(u32, u32)> =
            self.sheet.merges.iter().map(|block| (block.top, block.left)).collect();
        for row in &self.sheet.rows {
            for cell in &row.cells {
                let Some(at) = column(cell.column) else { continue };
                let shown = self.cell(target, (row.number, at), cell)?;
                if !merged.contains(&(row.number, cell.column)) {
                    let width = widths.entry(at).or_default();
                    *width = shown.max(*width);
                }
            }
        }
        for (column, width) in widths {
            #[expect(clippy::cast_precision_loss, reason = "at most 60")]
            let width = width.clamp(WIDTHS.0, WIDTHS.1) as f64 + 2.0;
            target.set_column_width(column, width)?;
        }
        target.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        for row in &self.sheet.hidden_rows {
            target.set_row_hidden(*row)?;
        }
        for hidden in self.sheet.hidden_columns.iter().filter_map(|hidden| column(*hidden)) {
            target.set_column_hidden(hidden)?;
        }
        Ok(())
    }

    /// Writes a cell and gives the length of what it shows.
    fn cell(
        &mut self,
        target: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Cell,
    ) -> Result<usize, XlsxError> {
        let is_day = self.is_day(cell);
        let look = self.look(cell);
        Ok(match &cell.value {
            Value::Empty => 0,
            Value::Text(text) => {
                let text = cut(text, crate::sheet::page::LONGEST_TEXT);
                // A text of this form would be taken for the XML of a rich string.
                let text = if text.starts_with("<r>") { format!(" {text}") } else { text };
                target.write_string_with_format(row, column, &text, look)?;
                text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
            }
            Value::Number(number) => {
                let moved = if is_day { number + DAYS_FROM_1904 } else { *number };
                target.write_number_with_format(row, column, moved, look)?;
                12
            }
            Value::DateTime(moment) => {
                target.write_datetime_with_format(row, column, moment, look)?;
                12
            }
            Value::Bool(yes) => {
                target.write_boolean_with_format(row, column, *yes, look)?;
                6
            }
            Value::Error(error) => {
                let formula = Formula::new(format!("={error}")).set_result(error.as_ref());
                target.write_formula_with_format(row, column, formula, look)?;
                8
            }
        })
    }

    /// Whether the cell is a date of a workbook that counts from 1904.
    fn is_day(&self, cell: &Cell) -> bool {
        let shown = shows(self.sheet.format_of(cell));
        self.date_1904 && matches!(shown, Shows::Day | Shows::Month | Shows::Quarter | Shows::Year)
    }

    fn look(&mut self, cell: &Cell) -> &Format {
        let sheet = self.sheet;
        self.looks.entry((cell.format, cell.font)).or_insert_with(|| {
            let mut look =
                Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::Black);
            let code = sheet.formats.get(usize::from(cell.format)).map_or("General", String::as_str);
            let is_date = matches!(cell.value, Value::DateTime(_));
            if !code.is_empty() && code != "General" {
                look = look.set_num_format(code);
            } else if is_date {
                look = look.set_num_format("dd\\/mm\\/yyyy");
            }
            match sheet.fonts.get(usize::from(cell.font)) {
                Some(font) if !font.is_empty() => look.set_font_name(font),
                Some(_) | None => look.set_font_name("Times New Roman"),
            }
        })
    }
}

fn column(column: u32) -> Option<u16> {
    u16::try_from(column).ok().filter(|column| *column < 16_384)
}

/// The merged blocks that do not overlap an earlier one (the library refuses those, and so does Excel).
fn disjoint(merges: &[Range]) -> Vec<Range> {
    let mut kept: Vec<Range> = Vec::new();
    let mut sorted = merges.to_vec();
    sorted.sort_by_key(|block| (block.top, block.left));
    // Blocks sorted by their first row: only those that reach down to it can overlap.
    let mut open: Vec<Range> = Vec::new();
    for block in sorted {
        open.retain(|other| other.bottom >= block.top);
        let overlaps = open.iter().any(|other| other.left <= block.right && block.left <= other.right);
        let single = block.top == block.bottom && block.left == block.right;
        if !overlaps && !single {
            open.push(block);
            kept.push(block);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_excel_allows_and_stay_apart() {
        let long = "Báo cáo tiến độ thực hiện nhiệm vụ quý I năm 2020";
        let names = legal_names(["Bảng [1]", "bảng  1 ", "'", long, long].into_iter());
        assert_eq!(names[0], "Bảng  1");
        assert_eq!(names[1], "bảng  1 (2)");
        assert_eq!(names[2], "Trang");
        assert!(names.iter().all(|name| name.chars().count() <= 31), "{names:?}");
        assert_ne!(names[3], names[4]);
    }

    #[test]
    fn blocks_that_overlap_or_hold_one_cell_are_left_out() {
        let block = |top, left, bottom, right| Range { top, left, bottom, right };
        let kept = disjoint(&[block(0, 0, 1, 3), block(1, 3, 2, 4), block(5, 5, 5, 5), block(2, 0, 2, 2)]);
        assert_eq!(kept, [block(0, 0, 1, 3), block(2, 0, 2, 2)]);
    }
}
