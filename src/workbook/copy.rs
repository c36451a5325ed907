//! A new .xlsx with the cells of a workbook as it was read: values, number formats, fonts, merges, what is hidden. For
//! senders whose file is no .xlsx and cannot be patched. Formulas become their results; widths are fitted to the text.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::write::WriteError;
use crate::sheet::cell::{self, Cell, Range, Row, Sheet, Value, Visibility};
use crate::sheet::measure::height;
use crate::sheet::number_format::{Shows, shows};
use crate::sheet::page::LONGEST_TEXT;

/// Days between the two ways of counting serial dates.
const DAYS_FROM_1904: f64 = 1_462.0;

/// Widest and narrowest column, in characters.
const WIDTHS: (usize, usize) = (6, 60);

/// Size of letters and height of a line in points, width of a column that nobody set.
const TEXT_SIZE: u8 = 11;
const LINE: f64 = 17.5;
const STANDARD_WIDTH: f64 = 8.43;

/// Columns of a merged block that are looked at for its width.
const MOST_COLUMNS: usize = 100;

/// The new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The names of its sheets in the order of the old one's: a name that Excel does not allow is changed.
    pub names: Vec<String>,
    /// Cells, by sheet, 0-based row and column, whose text is longer than Excel allows and was cut.
    pub cut: Vec<(usize, u32, u32)>,
}

/// What a text that was cut ends with.
const CUT: &str = "… [bị cắt bớt]";

/// Copies the workbook.
///
/// # Errors
/// When the library refuses, which what the reader gives should never make it do.
pub fn copy(workbook: &cell::Workbook) -> Result<Copied, WriteError> {
    let mut copy = Workbook::new();
    // Nothing of the hour gets in: equal files give equal copies.
    let midnight = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    if let Some(midnight) = midnight {
        copy.set_properties(&DocProperties::new().set_creation_datetime(&midnight.and_utc()));
    }
    let names = legal_names(workbook.sheets.iter().map(|sheet| sheet.name.as_str()));
    let first_visible = workbook.sheets.iter().position(|sheet| sheet.visibility == Visibility::Visible);
    let mut all_cut = Vec::new();
    for (at, (sheet, name)) in workbook.sheets.iter().zip(&names).enumerate() {
        let target = copy.add_worksheet();
        target.set_name(name)?;
        if sheet.visibility == Visibility::Hidden && first_visible.is_some() {
            target.set_hidden(true);
        }
        // The sheet that shows when the file is opened cannot be hidden, and that is the first unless another is named.
        if first_visible == Some(at) {
            target.set_active(true).set_first_tab(true);
        }
        let mut copier =
            Copier { sheet, date_1904: workbook.date_1904, looks: HashMap::new(), cut: Vec::new() };
        copier.write(target)?;
        all_cut.extend(copier.cut.into_iter().map(|(row, column)| (at, row, column)));
    }
    Ok(Copied { bytes: copy.save_to_buffer()?, names, cut: all_cut })
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
    cut: Vec<(u32, u32)>,
}

impl Copier<'_> {
    fn write(&mut self, target: &mut Worksheet) -> Result<(), XlsxError> {
        let mut longest: BTreeMap<u16, usize> = BTreeMap::new();
        let mut merged: HashMap<(u32, u32), Range> = HashMap::new();
        for block in disjoint(&self.sheet.merges) {
            let plain = Format::new();
            // A block beyond what the format holds has no content that could be lost.
            if let Some((left, right)) = column(block.left).zip(column(block.right)) {
                target.merge_range(block.top, left, block.bottom, right, "", &plain)?;
                merged.insert((block.top, block.left), block);
            }
        }
        for row in &self.sheet.rows {
            for cell in &row.cells {
                let Some(at) = column(cell.column) else { continue };
                let shown = self.cell(target, (row.number, at), cell)?;
                if !merged.contains_key(&(row.number, cell.column)) {
                    let width = longest.entry(at).or_default();
                    *width = shown.max(*width);
                }
            }
        }
        let mut widths = BTreeMap::new();
        for (column, width) in longest {
            #[expect(clippy::cast_precision_loss, reason = "at most 60")]
            let width = width.clamp(WIDTHS.0, WIDTHS.1) as f64 + 2.0;
            target.set_column_width(column, width)?;
            widths.insert(column, width);
        }
        for row in &self.sheet.rows {
            let height = tallest(row, &widths, &merged);
            if height > LINE {
                target.set_row_height(row.number, height)?;
            }
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
        Ok(match &cell.value {
            Value::Empty => 0,
            Value::Text(text) => {
                let text = if text.encode_utf16().count() > LONGEST_TEXT {
                    self.cut.push((row, cell.column));
                    cut(text, LONGEST_TEXT - CUT.encode_utf16().count()) + CUT
                } else {
                    text.to_string()
                };
                // A text of this form would be taken for the XML of a rich string.
                let text = if text.starts_with("<r>") { format!(" {text}") } else { text };
                target.write_string_with_format(row, column, &text, self.look(cell))?;
                text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
            }
            Value::Number(number) => {
                let moved = if is_day { number + DAYS_FROM_1904 } else { *number };
                target.write_number_with_format(row, column, moved, self.look(cell))?;
                12
            }
            Value::DateTime(moment) => {
                target.write_datetime_with_format(row, column, moment, self.look(cell))?;
                12
            }
            Value::Bool(yes) => {
                target.write_boolean_with_format(row, column, *yes, self.look(cell))?;
                6
            }
            Value::Error(error) => {
                let formula = Formula::new(format!("={error}")).set_result(error.as_ref());
                target.write_formula_with_format(row, column, formula, self.look(cell))?;
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

/// The height that the texts of a row need: not every program finds it out by itself. What is merged downwards has room
/// in other rows.
fn tallest(row: &Row, widths: &BTreeMap<u16, f64>, merged: &HashMap<(u32, u32), Range>) -> f64 {
    let needed = |cell: &Cell| {
        let Value::Text(text) = &cell.value else { return None };
        let block = merged.get(&(row.number, cell.column));
        let right = match block {
            Some(block) if block.bottom > row.number => return None,
            Some(block) => block.right,
            None => cell.column,
        };
        let columns = (cell.column..=right).take(MOST_COLUMNS).filter_map(column);
        let width = columns.map(|column| widths.get(&column).copied().unwrap_or(STANDARD_WIDTH)).sum();
        Some(height(text, width, TEXT_SIZE, false))
    };
    row.cells.iter().filter_map(needed).fold(0.0, f64::max)
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
    fn what_was_hidden_stays_hidden_the_first_sheet_too() {
        let sheet = |name: &str, visibility| Sheet {
            name: name.to_owned(),
            visibility,
            rows: Vec::new(),
            merges: Vec::new(),
            hidden_rows: Default::default(),
            fills: Vec::new(),
            hidden_columns: Default::default(),
            formats: vec!["General".to_owned()],
            fonts: vec![String::new()],
        };
        let (hidden, visible) = (Visibility::Hidden, Visibility::Visible);
        let sheets = vec![sheet("Bản cũ", hidden), sheet("Tiến độ", visible), sheet("Khác", hidden)];
        let format = cell::Format::Ods;
        let book = cell::Workbook { format, date_1904: false, sheets, properties: Vec::new() };
        let copied = copy(&book).unwrap();
        let read = crate::workbook::read::read_workbook(&copied.bytes).unwrap();
        let seen: Vec<Visibility> = read.sheets.iter().map(|sheet| sheet.visibility).collect();
        assert_eq!(seen, [hidden, visible, hidden]);
    }

    #[test]
    fn a_row_is_as_high_as_its_words_unless_they_are_merged_downwards() {
        let text = Value::Text("Đã ban hành kế hoạch. ".repeat(10).into());
        let cell = Cell { column: 1, value: text, format: 0, font: 0, formula: false };
        let row = Row { number: 3, cells: vec![cell] };
        let widths = BTreeMap::from([(1, 20.0), (2, 200.0)]);
        let block = |bottom, right| HashMap::from([((3, 1), Range { top: 3, left: 1, bottom, right })]);
        let alone = tallest(&row, &widths, &HashMap::new());
        assert!(alone > 5.0 * LINE, "{alone}");
        assert!(tallest(&row, &widths, &block(3, 2)) < alone / 3.0);
        assert!(tallest(&row, &widths, &block(4, 1)) < LINE);
    }

    #[test]
    fn blocks_that_overlap_or_hold_one_cell_are_left_out() {
        let block = |top, left, bottom, right| Range { top, left, bottom, right };
        let kept = disjoint(&[block(0, 0, 1, 3), block(1, 3, 2, 4), block(5, 5, 5, 5), block(2, 0, 2, 2)]);
        assert_eq!(kept, [block(0, 0, 1, 3), block(2, 0, 2, 2)]);
    }
}
