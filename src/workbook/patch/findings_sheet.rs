//! The sheet "Phát hiện" that is put first: every finding with its sheet, cell (linked), severity, sentence, remedy and
//! code.

use super::Placed;
use super::book::Book;
use super::looks::Look;
use super::part::{escape, escape_shown, shortened};
use super::styles::Styles;
use crate::sheet::annotation::SIGNATURE;
use crate::sheet::cell::cell_name;
use crate::sheet::measure::height;
use crate::sheet::page::LONGEST_TEXT;

const HEADINGS: [&str; 7] = ["TT", "Trang", "Ô", "Mức độ", "Nội dung", "Cách sửa", "Mã"];
const WIDTHS: [f64; 7] = [6.0, 20.0, 9.0, 14.0, 62.0, 48.0, 26.0];

/// Sizes of the letters of text and title, and the height of a line, in points.
const TEXT_SIZE: u8 = 12;
const TITLE_SIZE: u8 = 14;
const LINE: f64 = 18.0;

/// The first column with fills that are kept.
const KEPT_FROM: u32 = 8;

/// The most links a sheet may have (Excel drops the rest of the sheet otherwise).
const MOST_LINKS: usize = 65_000;

/// The XML of the sheet. With `open` it is the one that shows when the file is opened.
pub(super) fn compose(
    placed: &[Placed<'_>],
    book: &Book,
    styles: &mut Styles,
    (intro, open): (&[String], bool),
) -> String {
    let mut sheet =
        Sheet { styles, rows: String::new(), links: Vec::new(), merges: Vec::new(), next: 0, kept: 0 };
    sheet.title();
    for line in intro {
        sheet.line(line, Look::Intro);
    }
    sheet.row(&[]);
    let heading = sheet.next;
    sheet.row(&HEADINGS.map(|text| (text.to_owned(), Look::Heading)));
    for (number, placed) in (1u32..).zip(placed) {
        sheet.finding(number, placed, book);
    }
    if placed.is_empty() {
        let none = [(String::new(), Look::Short), ("Không có phát hiện nào.".to_owned(), Look::Prose)];
        sheet.row(&none);
    }
    sheet.xml(book, heading, open)
}

struct Sheet<'a> {
    styles: &'a mut Styles,
    rows: String,
    links: Vec<String>,
    merges: Vec<String>,
    /// 0-based number of the next row.
    next: u32,
    /// How many of the sender's fills are kept.
    kept: u32,
}

impl Sheet<'_> {
    /// A row as high as its words need: not every program finds out by itself.
    fn row(&mut self, cells: &[(String, Look)]) {
        let needed = |((text, look), width): (&(String, Look), f64)| {
            let bold = matches!(look, Look::Heading | Look::Tag(_));
            height(text, width, TEXT_SIZE, bold)
        };
        let height = cells.iter().zip(WIDTHS).map(needed).fold(LINE, f64::max);
        self.rows.push_str(&format!("<row r=\"{}\" ht=\"{height:.1}\" customHeight=\"1\">", self.next + 1));
        for (column, (text, look)) in (0u32..).zip(cells) {
            let (name, look) = (cell_name(self.next, column), self.styles.own(*look));
            let text = escape_shown(&shortened(text, LONGEST_TEXT / 2));
            self.rows.push_str(&format!("<c r=\"{name}\" s=\"{look}\""));
            self.rows.push_str(&match text.parse::<u32>() {
                _ if text.is_empty() => "/>".to_owned(),
                Ok(number) if column == 0 => format!("><v>{number}</v></c>"),
                Ok(_) | Err(_) => {
                    format!(" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
                }
            });
        }
        self.rows.push_str("</row>");
        self.next += 1;
    }

    /// The first line. Behind the last column it keeps, hidden, the sender's fills beneath our marks: whatever program
    /// saves the file, a fill that a cell has is not lost.
    fn title(&mut self) {
        let kept = self.styles.kept();
        let cells = (KEPT_FROM..).zip(&kept).map(|(column, (number, look))| {
            format!("<c r=\"{}\" s=\"{look}\"><v>{number}</v></c>", cell_name(self.next, column))
        });
        let kept_cells: String = cells.collect();
        self.kept = u32::try_from(kept.len()).unwrap_or(0);
        self.line_with(SIGNATURE, Look::Title, &kept_cells);
    }

    /// A line over the whole width, as high as its words need.
    fn line(&mut self, text: &str, look: Look) {
        self.line_with(text, look, "");
    }

    fn line_with(&mut self, text: &str, look: Look, more: &str) {
        let last = u32::try_from(WIDTHS.len()).unwrap_or(1) - 1;
        self.merges.push(format!("{}:{}", cell_name(self.next, 0), cell_name(self.next, last)));
        let height = match look {
            Look::Title => height(text, WIDTHS.iter().sum(), TITLE_SIZE, true),
            _ => height(text, WIDTHS.iter().sum(), TEXT_SIZE, false),
        };
        let (name, look) = (cell_name(self.next, 0), self.styles.own(look));
        self.rows.push_str(&format!(
            "<row r=\"{}\" ht=\"{height:.1}\" customHeight=\"1\"><c r=\"{name}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>{more}</row>",
            self.next + 1,
            escape_shown(text)
        ));
        self.next += 1;
    }

    fn finding(&mut self, number: u32, placed: &Placed<'_>, book: &Book) {
        let (mark, at) = (placed.mark, self.next);
        let sheet = mark.sheet.as_deref();
        let place = placed.cell.or_else(|| Some((mark.row?, mark.column.unwrap_or(0))));
        let place = place.map(|(row, column)| cell_name(row, column)).unwrap_or_default();
        let known = sheet.is_some_and(|name| book.sheets.iter().any(|sheet| sheet.name == name));
        let linked = known && !place.is_empty() && self.links.len() < MOST_LINKS;
        if let (Some(name), true) = (sheet, linked) {
            let location = escape(&format!("'{}'!{place}", name.replace('\'', "''")));
            let display = escape(&place);
            self.links.push(format!(
                "<hyperlink ref=\"{}\" location=\"{location}\" display=\"{display}\"/>",
                cell_name(at, 2)
            ));
        }
        self.row(&[
            (number.to_string(), Look::Short),
            (sheet.unwrap_or("Cả tệp").to_owned(), Look::Prose),
            (place, if linked { Look::Link } else { Look::Short }),
            (mark.severity.label().to_owned(), Look::Tag(mark.severity)),
            (mark.sentence.clone(), Look::Prose),
            (mark.remedy.clone(), Look::Prose),
            (mark.code.clone(), Look::Prose),
        ]);
    }

    fn xml(self, book: &Book, heading: u32, open: bool) -> String {
        let below = heading + 1;
        let columns: String = (1u32..)
            .zip(WIDTHS)
            .map(|(at, width)| {
                format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>")
            })
            .collect();
        let hidden = match self.kept {
            0 => String::new(),
            kept => format!(
                "<col min=\"{}\" max=\"{}\" width=\"9\" hidden=\"1\" customWidth=\"1\"/>",
                KEPT_FROM + 1,
                KEPT_FROM + kept
            ),
        };
        let merges: String =
            self.merges.iter().map(|block| format!("<mergeCell ref=\"{block}\"/>")).collect();
        let links = match self.links.is_empty() {
            true => String::new(),
            false => format!("<hyperlinks>{}</hyperlinks>", self.links.concat()),
        };
        // The elements stand in the order of CT_Worksheet; Excel "repairs" a sheet with another order.
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView showGridLines=\"0\"{} workbookViewId=\"0\"><pane ySplit=\"{below}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}{hidden}</cols><sheetData>{}</sheetData><autoFilter ref=\"A{below}:{}\"/><mergeCells count=\"{}\">{merges}</mergeCells>{links}<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
            book.flavour.main(),
            if open { " tabSelected=\"1\"" } else { "" },
            below + 1,
            self.rows,
            cell_name(self.next - 1, 6),
            self.merges.len(),
        )
    }
}
