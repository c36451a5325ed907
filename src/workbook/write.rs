//! Writes workbooks: turns the plain data of `sheet::page` into an .xlsx package. The only file that names
//! rust_xlsxwriter. Equal content gives equal bytes: nothing of the machine or the hour gets in.

use std::collections::HashMap;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, FormatUnderline, Formula, Note, Workbook, Worksheet, XlsxError,
};

use super::patch::paper::first_pages_without_number;
use crate::domain::refusal::Refusal;
use crate::sheet::page::{Allowed, Book, Content, LONGEST_TEXT, Page, Placed, Rule};
use crate::sheet::style::{Across, Border, Down, FONT, Fill, Ink, Shown, Style};

/// A4 in the numbering of paper sizes.
const A4: u8 = 9;
/// Margins in inches: left 25 mm, the others 20 mm (domain.md section 6: large tables), header and footer at 10 mm.
const MARGINS: [f64; 6] = [0.984, 0.787, 0.787, 0.787, 0.394, 0.394];

/// Why a workbook could not be written: a composed page breaks a rule of the format (our fault).
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The library refused.
    #[error("cannot write the workbook: {0}")]
    Library(#[from] XlsxError),
    /// What the library wrote is not what we know.
    #[error("cannot patch the written workbook: {0}")]
    Patch(#[from] Refusal),
}

/// The bytes of an .xlsx file with this content.
pub fn write(book: &Book) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let standard = Format::new().set_font_name(FONT).set_font_size(11).set_font_family(1);
    workbook.set_default_format(&standard, 20, 64)?;
    let mut properties = DocProperties::new()
        .set_title(&book.title)
        .set_company("Giao Ban")
        .set_creation_datetime(&book.created);
    for (name, value) in &book.properties {
        properties = properties.set_custom_property(name, value);
    }
    workbook.set_properties(&properties);
    let mut looks = Looks::default();
    for page in &book.pages {
        render(workbook.add_worksheet(), page, &mut looks)?;
    }
    Ok(first_pages_without_number(&workbook.save_to_buffer()?, book.pages.len())?)
}

/// Formats already made: a workbook of 10,000 rows has a dozen looks.
#[derive(Default)]
struct Looks(HashMap<(Style, bool), Format>);

impl Looks {
    fn of(&mut self, style: Style, quoted: bool) -> &Format {
        self.0.entry((style, quoted)).or_insert_with(|| format(style, quoted))
    }
}

fn render(sheet: &mut Worksheet, page: &Page, looks: &mut Looks) -> Result<(), XlsxError> {
    sheet.set_name(&page.name)?;
    for (index, column) in (0u16..).zip(&page.columns) {
        sheet.set_column_width(index, column.width)?;
        if column.hidden {
            sheet.set_column_hidden(index)?;
        }
    }
    // Before the cells: the library writes the address as text, and the cell's own content replaces it.
    for link in &page.links {
        let place = format!("internal:'{}'!{}", link.sheet.replace('\'', "''"), link.cell);
        sheet.write_url(link.at.0, link.at.1, place.as_str())?;
    }
    for placed in &page.cells {
        place(sheet, placed, looks)?;
    }
    for (row, height) in &page.heights {
        sheet.set_row_height(*row, *height)?;
    }
    if let Some((row, column)) = page.freeze {
        sheet.set_freeze_panes(row, column)?;
    }
    if let Some(((top, left), (bottom, right))) = page.filter {
        sheet.autofilter(top, left, bottom, right)?;
    }
    for rule in &page.rules {
        let ((top, left), (bottom, right)) = rule.range;
        sheet.add_data_validation(top, left, bottom, right, &validation(rule)?)?;
    }
    for ((row, column), sentence) in &page.notes {
        let note = Note::new(sentence).set_author("Giao Ban").add_author_prefix(false).set_font_name(FONT);
        sheet.insert_note(*row, *column, &note.set_font_size(10).set_width(260).set_height(90))?;
    }
    paper(sheet, page)
}

fn paper(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    let [left, right, top, bottom, header, footer] = MARGINS;
    sheet.set_paper_size(A4).set_margins(left, right, top, bottom, header, footer);
    sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true).set_screen_gridlines(false);
    if page.print.landscape {
        sheet.set_landscape();
    }
    if let Some((first, last)) = page.print.repeat {
        sheet.set_repeat_rows(first, last)?;
    }
    if let Some((row, column)) = page.print.area {
        sheet.set_print_area(0, 0, row, column)?;
    }
    let foot = page.print.foot.replace('&', "&&");
    sheet.set_header(format!("&C&\"{FONT},Regular\"&13&P")).set_header_footer_scale_with_doc(false);
    sheet.set_footer(format!("&L&\"{FONT},Italic\"&9{foot}"));
    Ok(())
}

fn place(sheet: &mut Worksheet, placed: &Placed, looks: &mut Looks) -> Result<(), XlsxError> {
    let (row, column) = placed.at;
    let format = looks.of(placed.style, quoted(&placed.content));
    if placed.at != placed.to {
        // The block first, then its content over the first cell: the library merges text only.
        sheet.merge_range(row, column, placed.to.0, placed.to.1, "", format)?;
    }
    match &placed.content {
        Content::Blank => sheet.write_blank(row, column, format)?,
        Content::Text(text) => return write_text(sheet, placed.at, text, format),
        Content::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Content::Date(date) => sheet.write_date_with_format(row, column, date, format)?,
        Content::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = fitting(text);
    if text.starts_with("<r>") && text.ends_with("</r>") {
        // rust_xlsxwriter 0.102 takes such a text for the XML of a rich string and writes it unescaped, so that a
        // sender could write into the package. As a rich string of two parts it is escaped like any other.
        let (first, rest) = text.split_at(1);
        let plain = Format::default();
        sheet.write_rich_string_with_format(row, column, &[(&plain, first), (&plain, rest)], format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// The text, cut with a mark where it is longer than a cell can hold.
fn fitting(text: &str) -> String {
    const MARK: &str = "… (còn nữa)";
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let room = LONGEST_TEXT - MARK.encode_utf16().count();
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used <= room
    });
    kept.chain(MARK.chars()).collect()
}

/// Whether the cell needs the mark "this is text", so that opening it for editing does not make a formula of it.
fn quoted(content: &Content) -> bool {
    match content {
        Content::Text(text) => text.starts_with(['=', '+', '-', '@', '\'']),
        Content::Blank | Content::Number(_) | Content::Date(_) | Content::Formula(..) => false,
    }
}

fn format(style: Style, quoted: bool) -> Format {
    let mut format = Format::new().set_font_name(FONT).set_font_size(style.size).set_font_family(1);
    if style.bold {
        format = format.set_bold();
    }
    if style.italic {
        format = format.set_italic();
    }
    if style.wrap {
        format = format.set_text_wrap();
    }
    if quoted {
        format = format.set_quote_prefix();
    }
    format = match style.across {
        Across::Natural => format,
        Across::Left => format.set_align(FormatAlign::Left),
        Across::Center => format.set_align(FormatAlign::Center),
    };
    format = match style.down {
        Down::Top => format.set_align(FormatAlign::Top),
        Down::Middle => format.set_align(FormatAlign::VerticalCenter),
    };
    format = match style.border {
        Border::None => format,
        Border::Box => format.set_border(FormatBorder::Thin),
    };
    // The slashes are escaped: a bare one would become the date separator of whoever opens the file.
    format = match style.shown {
        Shown::General => format,
        Shown::Count => format.set_num_format("#,##0;\\-#,##0;\\-"),
        Shown::Percent => format.set_num_format("0.00"),
        Shown::DateEarly => format.set_num_format("dd\\/mm\\/yyyy"),
        Shown::DateLate => format.set_num_format("dd\\/m\\/yyyy"),
    };
    format = match style.fill {
        Fill::None => format,
        Fill::Heading => format.set_background_color(Color::RGB(0x00E7_ECF3)),
        Fill::Group => format.set_background_color(Color::RGB(0x00F4_F6F9)),
        Fill::Input => format.set_background_color(Color::RGB(0x00FF_FBE6)),
    };
    match style.ink {
        Ink::Black => format,
        Ink::Link => format.set_font_color(Color::RGB(0x001F_3864)).set_underline(FormatUnderline::Single),
        Ink::Hint => format.set_font_color(Color::RGB(0x0059_5959)),
    }
}

fn validation(rule: &Rule) -> Result<DataValidation, XlsxError> {
    let validation = DataValidation::new();
    let (title, hint) = rule.hint;
    let validation = match &rule.allowed {
        Allowed::Words(words) => validation.allow_list_strings(words)?,
        Allowed::Between(low, high) => {
            validation.allow_decimal_number(DataValidationRule::Between(*low, *high))
        }
        Allowed::Dates(from, to) => {
            validation.allow_date(DataValidationRule::Between(day(*from)?, day(*to)?))
        }
    };
    validation
        .set_input_title(title)?
        .set_input_message(hint)?
        .set_error_title(title)?
        .set_error_message(hint)
}

fn day(date: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike;
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1900), part(date.month()), part(date.day()))
}
