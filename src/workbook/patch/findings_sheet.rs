//! The sheet "Phát hiện" that is put first: every finding with its sheet, cell (linked), severity, sentence, remedy and
//! code.

use super::Placed;
use super::book::Book;
use super::looks::Look;
use super::part::{escape, escape_shown, shortened};
use super::styles::Styles;
use crate::sheet::annotation::SIGNATURE;
use crate::sheet::cell::cell_name;
use crate::sheet::page::LONGEST_TEXT;

const HEADINGS: [&str; 7] = ["TT", "Trang", "Ô", "Mức độ", "Nội dung", "Cách sửa", "Mã"];
const WIDTHS: [f64; 7] = [6.0, 20.0, 9.0, 14.0, 62.0, 48.0, 26.0];

/// The most links a sheet may have (Excel drops the rest of the sheet otherwise).
const MOST_LINKS: usize = 65_000;

/// The XML of the sheet. With `open` it is the one that shows when the file is opened.
pub(super) fn compose(
    placed: &[Placed<'_>],
    book: &Book,
    styles: &mut Styles,
    (intro, open): (&[String], bool),
) -> String {
    let mut sheet = Sheet { styles, rows: String::new(), links: Vec::new(), merges: Vec::new(), next: 0 };
    sheet.line(SIGNATURE, Look::Title);
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
}

impl Sheet<'_> {
    fn row(&mut self, cells: &[(String, Look)]) {
        self.rows.push_str(&format!("<row r=\"{}\">", self.next + 1));
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

    /// A line over the whole width, as high as its words need.
    fn line(&mut self, text: &str, look: Look) {
        let last = u32::try_from(WIDTHS.len()).unwrap_or(1) - 1;
        self.merges.push(format!("{}:{}", cell_name(self.next, 0), cell_name(self.next, last)));
        let (name, look) = (cell_name(self.next, 0), self.styles.own(look));
        let room: f64 = WIDTHS.iter().sum();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a line has far fewer characters than a double counts"
        )]
        let lines = (text.chars().count() as f64 / room).ceil().max(1.0);
        self.rows.push_str(&format!(
            "<row r=\"{}\" ht=\"{}\" customHeight=\"1\"><c r=\"{name}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c></row>",
            self.next + 1,
            lines * 18.0,
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
        let merges: String =
            self.merges.iter().map(|block| format!("<mergeCell ref=\"{block}\"/>")).collect();
        let links = match self.links.is_empty() {
            true => String::new(),
            false => format!("<hyperlinks>{}</hyperlinks>", self.links.concat()),
        };
        // The elements stand in the order of CT_Worksheet; Excel "repairs" a sheet with another order.
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView showGridLines=\"0\"{} workbookViewId=\"0\"><pane ySplit=\"{below}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>{}</sheetData><autoFilter ref=\"A{below}:{}\"/><mergeCells count=\"{}\">{merges}</mergeCells>{links}<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
            book.flavour.main(),
            if open { " tabSelected=\"1\"" } else { "" },
            below + 1,
            self.rows,
            cell_name(self.next - 1, 6),
            self.merges.len(),
        )
    }
}
