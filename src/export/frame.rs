//! What official papers have in common (Nghị định 30/2020, domain.md section 6): the two-column head, the title, the
//! foot, and the way dates and times are written.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike, Utc};

use crate::sheet::page::Page;
use crate::sheet::style::{Ink, Style};

/// The hour in Việt Nam: UTC+7 all year since 1975, no summer time.
const HANOI_SECONDS_EAST: i32 = 7 * 3600;

pub use crate::domain::date::official;

/// Who issues a paper, for the left half of its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The superior body, where there is one: "Bộ Thông tin và Truyền thông".
    pub superior: Option<String>,
    /// The issuing body: "Văn phòng".
    pub body: String,
    /// The place: "Hà Nội".
    pub place: Option<String>,
}

/// A date in words, as it stands under the national head: "ngày 02 tháng 3 năm 2020".
pub fn in_words(date: NaiveDate) -> String {
    let month = match date.month() {
        month @ (1 | 2) => format!("{month:02}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// A moment as people in Việt Nam read it: "14 giờ 05 phút ngày 02/3/2020".
pub fn moment(at: DateTime<Utc>) -> String {
    let local = local(at);
    format!("{:02} giờ {:02} phút ngày {}", local.hour(), local.minute(), official(local.date()))
}

/// The clock in Việt Nam.
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    FixedOffset::east_opt(HANOI_SECONDS_EAST)
        .map_or(at.naive_utc(), |zone| at.with_timezone(&zone).naive_local())
}

/// Writes the two-column head into rows 0 to 4 of a page. The left half ends before column `middle`.
pub fn head(page: &mut Page, head: &Head, middle: u16, at: DateTime<Utc>) {
    let last = page.width().saturating_sub(1);
    let (left, right) = ((0, middle.saturating_sub(1)), (middle, last));
    let plain = Style::plain(14).center().middle();
    let mut rows: Vec<(String, Style)> = Vec::new();
    if let Some(superior) = &head.superior {
        rows.push((superior.to_uppercase(), plain));
    }
    rows.push((head.body.to_uppercase(), plain.bold()));
    rows.push(("___________".to_owned(), Style::plain(8).center()));
    for (row, (text, style)) in (0..).zip(rows) {
        page.line(row, left, text, style);
    }
    page.line(0, right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", plain.bold());
    page.line(1, right, "Độc lập - Tự do - Hạnh phúc", Style { size: 15, ..plain }.bold());
    page.line(2, right, "____________________________________________", Style::plain(8).center());
    let place = head.place.as_ref().map_or(String::new(), |place| format!("{place}, "));
    let date = in_words(local(at).date());
    page.line(4, right, capitalised(&format!("{place}{date}")), Style::plain(14).italic().center());
    for (row, height) in [(0, 20.0), (1, 20.0), (2, 12.0), (3, 6.0), (4, 20.0)] {
        page.heights.insert(row, height);
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Writes title lines over the whole width from `row`; the first is the title proper. Gives the row after them.
pub fn titles(page: &mut Page, row: u32, title: &str, lines: &[(String, bool)]) -> u32 {
    let all = (0, page.width().saturating_sub(1));
    page.line(row, all, title, Style::plain(16).bold().center().middle().wrapped());
    let mut row = row + 1;
    for (text, italic) in lines {
        let style = Style::plain(14).center().middle().wrapped();
        page.line(row, all, text.as_str(), if *italic { style.italic() } else { style.bold() });
        row += 1;
    }
    row
}

/// A cell beside the table, outside the paper, that leads back to another sheet.
pub fn way_back(page: &mut Page, row: u32, sheet: &str) {
    let at = (row, page.width());
    page.link(at, sheet, "A1");
    page.text(at, format!("← {sheet}"), Style::plain(11).ink(Ink::Link));
}

#[cfg(test)]
mod tests {
    use super::{in_words, moment};
    use chrono::{DateTime, NaiveDate};

    #[test]
    fn dates_in_words_have_two_digits_for_days_and_for_the_first_two_months() {
        assert_eq!(in_words(NaiveDate::from_ymd_opt(2020, 3, 2).unwrap()), "ngày 02 tháng 3 năm 2020");
    }

    #[test]
    fn moments_are_those_of_ha_noi() {
        let at = DateTime::parse_from_rfc3339("2020-04-30T18:05:00Z").unwrap().to_utc();
        assert_eq!(moment(at), "01 giờ 05 phút ngày 01/5/2020");
    }
}
