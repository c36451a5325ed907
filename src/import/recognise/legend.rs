//! A legend beside a table says what its short names, signs and colours mean: "Quy ước: cột C - chưa thực hiện; cột Đ -
//! đang thực hiện", "1 | Hoàn thành", "● đã hoàn thành ◐ đang thực hiện", "màu xanh: đã hoàn thành".

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::import::rows::stt;
use crate::import::rows::title::status_of_title;
use crate::import::vocabulary::statuses::{self, StatusWords};
use crate::import::vocabulary::words;
use crate::sheet::colour::Colour;

use super::grid::Grid;
use super::header::Header;

mod found;
mod pairs;

use pairs::short_name;

/// Letters of the longest text that a legend may explain.
const LONGEST: usize = 24;

/// What short names, signs and colours stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// By the name in small letters (Đ is not D).
    names: BTreeMap<String, StatusWords>,
    colours: BTreeMap<Colour, StatusWords>,
    /// Whether the statuses of the table also say, in words, that a task is completed.
    completed_said: bool,
}

impl Legend {
    /// The legend of a table: in its headings, above, below or beside it; what it leaves open another sheet may explain.
    /// Empty when there is none.
    pub(super) fn of(grid: &Grid<'_>, header: &Header) -> Legend {
        found::of_table(grid, header).and(grid.elsewhere())
    }

    /// Whether the texts of a row are a legend: "● | đã hoàn thành | ◐ | đang thực hiện".
    pub fn is_row(texts: &[Cow<'_, str>]) -> bool {
        found::is_row(texts)
    }

    /// The legend that a sheet holds in lines of its own, for the tables of other sheets.
    pub fn of_sheet(grid: &Grid<'_>) -> Legend {
        found::of_sheet(grid)
    }

    /// This legend, and of another one what this one does not explain.
    #[must_use]
    pub fn and(mut self, other: &Legend) -> Legend {
        for (name, meaning) in &other.names {
            self.names.entry(name.clone()).or_insert(*meaning);
        }
        for (colour, meaning) in &other.colours {
            self.colours.entry(*colour).or_insert(*meaning);
        }
        self
    }

    /// The legend beside statuses of which some say that a task is completed, or none does.
    pub(super) fn beside(self, completed_said: bool) -> Legend {
        Legend { completed_said, ..self }
    }

    /// What a short text stands for.
    pub fn status(&self, text: &str) -> Option<StatusWords> {
        if self.names.is_empty() && self.colours.is_empty() || text.len() > LONGEST * 4 {
            return None;
        }
        let named = || short_name(text).and_then(|name| self.names.get(&name)).copied();
        let coloured = || Colour::named(&words(text)).first().and_then(|colour| self.colour(*colour));
        named().or_else(coloured)
    }

    /// What a colour stands for.
    pub fn colour(&self, colour: Colour) -> Option<StatusWords> {
        self.colours.get(&colour).copied()
    }

    /// Whether it explains colours.
    pub fn names_colours(&self) -> bool {
        !self.colours.is_empty()
    }

    /// Whether an abbreviation that may stand for "đang" or "đã thực hiện" is the former: the table has other words for
    /// what is completed.
    pub fn completed_said(&self) -> bool {
        self.completed_said
    }
}

/// The status that a text names, and nothing else.
fn status_of(text: &str) -> Option<StatusWords> {
    let text = text.trim().trim_matches(['.', ':', '"', '“', '”']);
    let whole = |words: &StatusWords| words.status.is_some() && !words.more_follows && words.doubt.is_none();
    // "A: đang thực hiện" is a pair itself, and no title with a number.
    let titled = || status_of_title(text).filter(|_| stt::leading(text).is_none());
    statuses::understand(text).filter(whole).or_else(|| titled().filter(whole))
}

#[cfg(test)]
mod tests {
    use super::found::Found;
    use super::pairs::beside;
    use super::*;
    use crate::domain::status::ReportedStatus::{self, Completed, InProgress, NotStarted};

    fn legend(texts: &[&str]) -> Legend {
        let mut found = Found::default();
        for text in texts {
            found.take_text(text, true);
        }
        found.legend()
    }

    fn said(legend: &Legend, text: &str) -> Option<ReportedStatus> {
        legend.status(text).and_then(|words| words.status)
    }

    #[test]
    fn a_legend_explains_short_names_by_statuses() {
        for (texts, names) in [
            (
                &[
                    "Quy ước: cột C - chưa thực hiện; cột Đ - đang thực hiện; cột H - đã hoàn thành. Đánh dấu (x).",
                ][..],
                ["H", "Đ", "C"],
            ),
            (&["Ghi chú: C: Chưa thực hiện, Đ: Đang thực hiện, H: Hoàn thành"], ["h", "(Đ)", "C."]),
            (&["Ghi chú: H: hoàn thành; Đ: đang thực hiện; C: chưa thực hiện"], ["H", "Đ", "C"]),
            (&["(C = chưa thực hiện; Đ = đang thực hiện; H = đã hoàn thành)"], ["H", "đ", "C"]),
            (&["Ghi chú: HT: hoàn thành; ĐTH: đang thực hiện; CTH: chưa thực hiện"], ["HT", "ĐTH", "CTH"]),
            (&["Hoàn thành (HT), đang thực hiện (ĐTH), chưa thực hiện (CTH)"], ["HT", "ĐTH", "CTH"]),
            (&["Tình trạng (1: đã hoàn thành; 2: đang thực hiện; 3: chưa thực hiện)"], ["1", "2", "3"]),
            (&["(1) Đã hoàn thành; (2) Đang thực hiện; (3) Chưa thực hiện"], ["1", "2", "3"]),
            (&["1 là hoàn thành, 2 là đang thực hiện, 3 là chưa thực hiện"], ["1", "2", "3"]),
            (
                &["Ghi chú:", "- ✓: Đã hoàn thành", "- ●: Đang thực hiện", "- ○: Chưa thực hiện"],
                ["✓", "●", "○"],
            ),
            (&["Đã hoàn thành: ✓; đang thực hiện: ●; chưa thực hiện: ○"], ["✓", "●", "○"]),
            (&["Chú thích: ● đã hoàn thành; ◐ đang thực hiện; ○ chưa thực hiện"], ["●", "◐", "○"]),
            (&["Ký hiệu: ● đã hoàn thành; ◐ đang thực hiện; ○ chưa thực hiện"], ["●", "◐", "○"]),
            (&["● Đã hoàn thành ◐ Đang thực hiện ○ Chưa thực hiện"], ["●", "◐", "○"]),
            (&["Đã hoàn thành ★★ đang thực hiện ★ chưa thực hiện ☆"], ["★★", "★", "☆"]),
            (&["Chú thích: HT hoàn thành, ĐTH đang thực hiện, CTH chưa thực hiện"], ["HT", "đth", "CTH"]),
            (&["x đã hoàn thành, v đang thực hiện, o chưa thực hiện"], ["x", "V", "o"]),
            (&["Trạng thái\n1. Hoàn thành\n2. Đang thực hiện\n3. Chưa thực hiện"], ["1", "2", "3"]),
            (&["a) hoàn thành; b) đang thực hiện; c) chưa thực hiện"], ["a", "B", "c"]),
            (&["(+) đã hoàn thành; (*) đang thực hiện; (-) chưa thực hiện"], ["+", "*", "–"]),
            (&["Xanh = hoàn thành | Vàng = đang thực hiện | Đỏ = chưa thực hiện"], ["xanh", "vàng", "đỏ"]),
            (
                &["Màu xanh: đã hoàn thành; màu vàng: đang thực hiện; màu đỏ: chưa thực hiện"],
                ["Xanh", "vàng", "màu đỏ"],
            ),
            (
                &["Đã hoàn thành tô màu xanh lá; đang thực hiện tô màu vàng; chưa thực hiện tô màu đỏ"],
                ["xanh lá cây", "vàng", "Đỏ"],
            ),
        ] {
            let legend = legend(texts);
            let meant = names.map(|name| said(&legend, name));
            assert_eq!(meant, [Some(Completed), Some(InProgress), Some(NotStarted)], "{texts:?} {legend:?}");
        }
    }

    #[test]
    fn other_texts_explain_nothing() {
        for texts in [
            &["Tình trạng: đã hoàn thành"][..],
            &["Sở TTTT: đang thực hiện việc rà soát các nhiệm vụ"],
            &["Ngày 15-4: hoàn thành"],
            &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            &["Đã hoàn thành: 5; đang thực hiện: 3; chưa thực hiện: 2"],
            &["Đã hoàn thành (05), đang thực hiện (03)"],
            &["Trong đó: hoàn thành 05 nhiệm vụ, đang thực hiện 03 nhiệm vụ"],
            &["5 đã hoàn thành, 3 đang thực hiện, 2 chưa thực hiện"],
            &["- Đã hoàn thành", "- Đang thực hiện", "- Chưa thực hiện"],
        ] {
            let legend = legend(texts);
            assert!(legend.names.is_empty() && legend.colours.is_empty(), "{texts:?} {legend:?}");
        }
    }

    #[test]
    fn what_stands_in_cells_beside_each_other_explains_too() {
        let cells = |texts: &[&'static str]| {
            beside(&texts.iter().map(|text| Cow::Borrowed(*text)).collect::<Vec<_>>())
        };
        assert_eq!(cells(&["HT", "Hoàn thành", "ĐTH", "Đang thực hiện"]).len(), 2);
        assert_eq!(cells(&["1", "Hoàn thành"]).len(), 1);
        assert!(cells(&["Đã hoàn thành", "5", "Đang thực hiện", "3"]).is_empty());
        assert!(cells(&["1", "Rà soát văn bản", "Đang thực hiện"]).is_empty());
    }
}
