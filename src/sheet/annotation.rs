//! How our marks in a sender's workbook are known again when the mended file comes back: the sheet of findings by its
//! first words, notes by their author. Marks are never read as data.

use std::borrow::Cow;

use super::cell::{Sheet, Value, Workbook};

/// Name of the sheet of findings, where the sender has no sheet of that name.
pub const SHEET_NAME: &str = "Phát hiện";

/// First words of the sheet of findings: it is known by them, whatever it is called and wherever it stands.
pub const SIGNATURE: &str = "Giao Ban - Các phát hiện khi đọc tệp";

/// Author of our notes.
pub const AUTHOR: &str = "Giao Ban";

/// The workbook without our sheet of findings; the very same one when there is none.
pub fn unmarked(workbook: &Workbook) -> Cow<'_, Workbook> {
    if !workbook.sheets.iter().any(is_ours) {
        return Cow::Borrowed(workbook);
    }
    let mut workbook = workbook.clone();
    workbook.sheets.retain(|sheet| !is_ours(sheet));
    Cow::Owned(workbook)
}

/// Whether a sheet is our list of findings.
fn is_ours(sheet: &Sheet) -> bool {
    let first = sheet.rows.first().filter(|row| row.number == 0).and_then(|row| row.cell(0));
    first.is_some_and(|cell| matches!(&cell.value, Value::Text(text) if text.trim() == SIGNATURE))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sheet::cell::{Cell, Format, Row, Visibility};

    fn sheet(name: &str, first: &str) -> Sheet {
        let cell = Cell { column: 0, value: Value::Text(first.into()), format: 0, font: 0, formula: false };
        Sheet {
            name: name.into(),
            visibility: Visibility::Visible,
            rows: vec![Row { number: 0, cells: vec![cell] }],
            merges: Vec::new(),
            hidden_rows: BTreeSet::new(),
            fills: Vec::new(),
            hidden_columns: BTreeSet::new(),
            formats: vec!["General".into()],
            fonts: vec![String::new()],
        }
    }

    #[test]
    fn our_sheet_goes_by_its_first_words_and_the_senders_of_the_same_name_stays() {
        let book =
            |sheets| Workbook { format: Format::Xlsx, date_1904: false, sheets, properties: Vec::new() };
        let theirs = book(vec![sheet(SHEET_NAME, "Phát hiện của Sở"), sheet("Tiến độ", "STT")]);
        assert!(matches!(unmarked(&theirs), Cow::Borrowed(_)));
        let marked = book(vec![sheet("đổi tên", SIGNATURE), sheet(SHEET_NAME, "Phát hiện của Sở")]);
        assert_eq!(*unmarked(&marked), book(vec![sheet(SHEET_NAME, "Phát hiện của Sở")]));
    }
}
