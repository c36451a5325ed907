//! The sheet "Phát hiện" that is put first: every finding with its sheet, cell (linked), severity, sentence and remedy.

use super::Mark;
use super::part::escape;
use super::styles::Styles;
use super::workbook_part::Book;
use crate::domain::finding::Severity;
use crate::sheet::cell::cell_name;

/// Name of the sheet.
pub const SHEET_NAME: &str = "Phát hiện";

/// First words of the sheet, by which the reader and a second annotation know it for ours.
pub const SIGNATURE: &str = "Giao Ban - Các phát hiện khi đọc tệp";

const HEADINGS: [&str; 6] = ["Trang", "Ô", "Mức độ", "Mã", "Nội dung", "Cách sửa"];

/// Severity in words.
fn label(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Thông tin",
        Severity::Warning => "Cảnh báo",
        Severity::Ask => "Cần trả lời",
        Severity::Error => "Lỗi",
    }
}

/// The XML of the sheet.
pub(super) fn compose(marks: &[Mark], book: &Book, styles: &mut Styles) -> String {
    let mut rows = row(1, &[cell(0, 0, SIGNATURE, 0)]);
    let headings: Vec<String> = HEADINGS
        .iter()
        .enumerate()
        .map(|(column, heading)| cell(2, column, heading, styles.marked(0, Severity::Info)))
        .collect();
    rows.push_str(&row(3, &headings));
    let mut links = String::new();
    for (index, mark) in marks.iter().enumerate() {
        let at = index + 3;
        let place = mark.cell.map(|(row, column)| cell_name(row, column)).unwrap_or_default();
        let sheet = mark.sheet.clone().unwrap_or_default();
        if book.sheets.iter().any(|(name, _)| *name == sheet) && !place.is_empty() {
            let location = escape(&format!("'{}'!{place}", sheet.replace('\'', "''")));
            links.push_str(&format!("<hyperlink ref=\"B{}\" location=\"{location}\"/>", at + 1));
        }
        let look = styles.marked(0, mark.severity);
        let texts = [sheet.as_str(), &place, label(mark.severity), &mark.code, &mark.sentence, &mark.remedy];
        let cells: Vec<String> = texts
            .iter()
            .enumerate()
            .map(|(column, text)| cell(at, column, text, if column == 2 { look } else { 0 }))
            .collect();
        rows.push_str(&row(at + 1, &cells));
    }
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"1\" width=\"18\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"8\" customWidth=\"1\"/><col min=\"3\" max=\"3\" width=\"14\" customWidth=\"1\"/><col min=\"4\" max=\"4\" width=\"28\" customWidth=\"1\"/><col min=\"5\" max=\"6\" width=\"60\" customWidth=\"1\"/></cols><sheetData>{rows}</sheetData>{links}<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}

fn row(number: usize, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn cell(row: usize, column: usize, text: &str, look: usize) -> String {
    let name = cell_name(u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(0));
    format!(
        "<c r=\"{name}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        escape(text)
    )
}
